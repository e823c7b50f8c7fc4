"""What may be recorded of who waits, of a place offered to them, and of a contract."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mhtracker.domain.dates import add_months, write_date
from mhtracker.domain.findings import Caution, Findings
from mhtracker.domain.money.weekly import Frequency
from mhtracker.domain.number_limits import check_numbers
from mhtracker.domain.places.contracts import last_day, service_ids
from mhtracker.domain.places.place_rules import contract_ended_words
from mhtracker.domain.records import Contract, Offer, Person, Service, Waiting

ANSWERED_NO = frozenset({"refused", "declined"})
MOST_WARN_MONTHS = 60


def check_waiting(waiting: Waiting, others: Iterable[Waiting], *, person: Person, today: date) -> tuple[Caution, ...]:
    """Check an entry of the waiting list. `others` are the person's."""
    findings = Findings()
    since = waiting.since_on
    if since > today:
        findings.refuse("since_on", f"Waiting since {write_date(since)} lies ahead. Write today or earlier.", (today,))
    if person.born_on is not None and since < person.born_on:
        findings.refuse("since_on", f"Waiting since {write_date(since)} is before they were born. Check the year.")
    if waiting.stage_id is None and waiting.service_id is None:
        findings.refuse("stage_id", "For is empty. Choose the stage they wait for, or one service.")
    running = [each for each in others if each.id != waiting.id and each.ended_on is None]
    if waiting.ended_on is None and running:
        since_words = write_date(running[0].since_on)
        findings.refuse("", f"They are on the waiting list since {since_words} already. Change that entry instead.")
    if waiting.ended_on is None and (person.died_on is not None or person.left_on is not None):
        findings.refuse("", "They have left the pathway. Nobody who has left can wait for a place.")
    if waiting.priority != "ordinary" and waiting.ended_on is None and not waiting.priority_reason.strip():
        why = "it is urgent" if waiting.priority == "urgent" else "they come before others"
        findings.refuse("priority_reason", f"The reason is empty. Say why {why}.")
    if waiting.own_wish is False and waiting.ended_on is None:
        findings.caution("own_wish", "They do not wish to move, so no place will be put before them.")
    _check_taken_off(waiting, findings, today)
    return findings.settle()


def _check_taken_off(waiting: Waiting, findings: Findings, today: date) -> None:
    ended = waiting.ended_on
    if ended is None:
        if waiting.end_reason:
            findings.refuse("ended_on", "Off the list on is empty. Write the day, or leave out why.")
        return
    if ended > today:
        findings.refuse("ended_on", "Off the list on lies ahead. Write today or earlier.", (today,))
    if ended < waiting.since_on:
        words = f"Off the list before they were on it, on {write_date(waiting.since_on)}. Check both days."
        findings.refuse("ended_on", words)
    if not waiting.end_reason:
        findings.refuse("end_reason", "The reason is empty. Choose why they no longer wait.")


def check_offer(
    offer: Offer,
    waiting: Waiting,
    others: Iterable[Offer],
    *,
    today: date,
    room: bool = True,
    contract_ended: date | None = None,
) -> tuple[Caution, ...]:
    """Check an offer to somebody who waits. `others` are the entry's offers; `room`: whether the place is free.

    `contract_ended` is when the contract behind the service ended, if it has.
    """
    findings = Findings()
    offered = offer.offered_on
    if offered > today:
        findings.refuse("offered_on", f"Offered on {write_date(offered)} lies ahead. Write today or earlier.", (today,))
    if offered < waiting.since_on or (waiting.ended_on is not None and offered > waiting.ended_on):
        findings.refuse("offered_on", "They were not on the waiting list that day. Check the day, or the list.")
    open_ones = [each for each in others if each.id != offer.id and each.answer is None]
    if offer.answer is None and waiting.ended_on is not None:
        findings.refuse("", "They no longer wait. Put them on the waiting list first.")
    if offer.answer is None and open_ones:
        words = f"A place offered on {write_date(open_ones[0].offered_on)} is not answered yet. Answer that one first."
        findings.refuse("", words)
    if offer.answer is None and not room:
        findings.caution("service_id", "Nothing is free there now, and nothing is held for them.")
    if offer.answer is None and contract_ended is not None:
        findings.caution("service_id", contract_ended_words(contract_ended))
    _check_answer(offer, findings, today)
    return findings.settle()


def _check_answer(offer: Offer, findings: Findings, today: date) -> None:
    answered = offer.answered_on
    if offer.answer is None:
        if answered is not None or offer.reason_code:
            findings.refuse("answer", "Answer is empty. Choose what the answer was.")
        return
    if answered is None:
        findings.refuse("answered_on", "Answered on is empty. Write the day.")
        return
    if answered > today:
        findings.refuse("answered_on", "Answered on lies ahead. Write today or earlier.", (today,))
    if answered < offer.offered_on:
        words = f"Answered before it was offered, on {write_date(offer.offered_on)}. Check both days."
        findings.refuse("answered_on", words)
    if offer.answer in ANSWERED_NO and not offer.reason_code:
        findings.refuse("reason_code", "Reason is empty. Choose why it came to nothing; the figures count it.")


def check_contract(
    contract: Contract, others: Iterable[Contract], services: Iterable[Service], *, today: date
) -> tuple[Caution, ...]:
    """Check a contract. `others` are the provider's contracts, `services` all services of the register."""
    findings = Findings()
    check_numbers(contract, findings)
    if not contract.provider_id:
        findings.refuse("provider_id", "Provider is empty. Choose with whom the contract is.")
    if not contract.name.strip():
        findings.refuse("name", "Contract is empty. Write what it is called.")
    known = {service.id: service for service in services}
    for service_id in sorted(service_ids(contract)):
        service = known.get(service_id)
        if service is None or service.provider_id != contract.provider_id:
            name = service.name if service is not None else "A service"
            findings.refuse("service_ids", f"{name} is not this provider’s. Choose from the provider’s own services.")
    _check_contract_dates(contract, findings, today)
    if contract.value_pence is not None and contract.value_pence < 0:
        findings.refuse("value_pence", "Value is below nothing. Write what it is worth, or leave it empty.")
    if contract.value_frequency in (Frequency.HOURLY, Frequency.DAILY, Frequency.SESSION):
        findings.refuse("value_frequency", "A contract’s value is for a span of time. Choose one, such as a year.")
    if not 0 <= contract.warn_months <= MOST_WARN_MONTHS:
        findings.refuse("warn_months", f"Warn ahead is out of range. Write 0 to {MOST_WARN_MONTHS} months.")
    _check_beside(contract, others, findings)
    return findings.settle()


def _check_contract_dates(contract: Contract, findings: Findings, today: date) -> None:
    started, ends, furthest = contract.started_on, contract.ends_on, contract.extendable_to
    if started is not None and ends is not None and ends < started:
        findings.refuse("ends_on", f"To {write_date(ends)} is before it begins on {write_date(started)}. Check both.")
    if furthest is not None and ends is None:
        findings.refuse("ends_on", "To is empty. Write the last day as things stand, before any extension.")
    elif furthest is not None and ends is not None and furthest < ends:
        words = f"It can be extended to {write_date(furthest)}, before it ends on {write_date(ends)}. Check both."
        findings.refuse("extendable_to", words)
    if ends is None and contract.ended_on is None:
        findings.caution("ends_on", "No last day, so nobody is told when it ends.")
    elif ends is not None and ends < today and contract.ended_on is None:
        findings.caution("ends_on", "It has ended. Extend it, or record the one that follows.")
    if contract.ended_on is not None and started is not None and contract.ended_on < started:
        words = f"Ended early before it began on {write_date(started)}. Check both."
        findings.refuse("ended_on", words)
    if contract.ended_on is not None and ends is not None and contract.ended_on > ends:
        findings.refuse("ended_on", f"It ends on {write_date(ends)} anyway. Leave this empty.", (ends,))


def _check_beside(contract: Contract, others: Iterable[Contract], findings: Findings) -> None:
    """Another contract about the same services on the same days is rarely meant."""
    first, last = contract.started_on or date.min, last_day(contract) or date.max
    for other in others:
        named, theirs = service_ids(contract), service_ids(other)
        if other.id == contract.id or other.provider_id != contract.provider_id:
            continue
        same = not named or not theirs or named & theirs
        if same and (other.started_on or date.min) <= last and first <= (last_day(other) or date.max):
            findings.caution("started_on", f"{other.name} covers some of the same services on the same days.")
            return


def check_extension(contract: Contract, to: date) -> None:
    """Check that a contract may be extended to a day. Raises Invalid."""
    findings = Findings()
    if contract.ended_on is not None:
        findings.refuse("", f"It was ended early on {write_date(contract.ended_on)}. Record a new contract instead.")
    elif contract.ends_on is None:
        findings.refuse("", "It has no end to put off.")
    elif to <= contract.ends_on:
        words = f"{write_date(to)} is not after its end on {write_date(contract.ends_on)}. Choose a later day."
        findings.refuse("ends_on", words, (add_months(contract.ends_on, 12),))
    elif contract.extendable_to is None:
        findings.refuse("ends_on", "It has no option to extend. Change the contract, or record the one that follows.")
    elif to > contract.extendable_to:
        furthest = write_date(contract.extendable_to)
        findings.refuse(
            "ends_on", f"The options reach to {furthest}. Choose a day up to it.", (contract.extendable_to,)
        )
    findings.settle()
