"""What may be recorded of places: a service's facts, its units, who is kept a place, and a stay in one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from mhtracker.domain.dates import write_date
from mhtracker.domain.findings import Caution, Findings
from mhtracker.domain.money.weekly import Frequency
from mhtracker.domain.names import fold
from mhtracker.domain.number_limits import check_numbers
from mhtracker.domain.pathway import holds_on
from mhtracker.domain.places.seating import hold_runs, seats_of, service_open, unit_open
from mhtracker.domain.records import Hold, Placement, Service, Unit

MOST_PLACES = 2000
LONG_HOLD_DAYS = 56
_CQC = re.compile(r"1-[0-9]{6,12}")


def check_service(
    service: Service, stays: Iterable[Placement], units: Sequence[Unit], *, today: date
) -> tuple[Caution, ...]:
    """Check a service's facts, its name apart. `stays` are all there, `units` all of it."""
    findings = Findings()
    _check_numbers(service, findings)
    _check_span(service.opened_on, service.closed_on, findings)
    living = [stay for stay in stays if stay.ended_on is None]
    if service.closed_on is not None and service.closed_on <= today and living:
        words = f"{_people(len(living))} still recorded here. Record where they went, or choose a later day."
        findings.refuse("closed_on", words)
    if units and service.capacity is not None:
        findings.caution("capacity", "Its places are listed one by one; they are counted, and not this number.")
    elif service.capacity is not None and service.hours_per_week is None and len(living) > service.capacity:
        findings.caution("capacity", f"{_people(len(living))} recorded here, more than {service.capacity} places.")
    if service.cqc_id.strip() and not _CQC.fullmatch(service.cqc_id.strip()):
        findings.refuse("cqc_id", "A CQC location ID looks like 1-101728442. Write it so, or leave it empty.")
    return findings.settle()


def _check_numbers(service: Service, findings: Findings) -> None:
    check_numbers(service, findings)
    if service.capacity is not None and not 0 <= service.capacity <= MOST_PLACES:
        findings.refuse("capacity", f"Places: {service.capacity} is out of range. Write 0 to {MOST_PLACES:,}.")
    hours = service.hours_per_week
    if hours is not None and not 0 < hours <= 100_000:
        findings.refuse("hours_per_week", "Hours are out of range. Write what it can give in a week, such as 140.")
    if service.rate_pence is not None and service.rate_pence < 0:
        findings.refuse("rate_pence", "Agreed rate is below nothing. Write what was agreed, or leave it empty.")
    if service.rate_frequency == Frequency.ONE_OFF:
        findings.refuse("rate_frequency", "A rate is paid again and again. Choose how often.")


def _check_span(opened_on: date | None, closed_on: date | None, findings: Findings) -> None:
    if opened_on is not None and closed_on is not None and closed_on < opened_on:
        words = f"Closed on {write_date(closed_on)} is before it opened on {write_date(opened_on)}. Check both."
        findings.refuse("closed_on", words)


def check_unit(
    unit: Unit, others: Iterable[Unit], stays: Iterable[Placement], holds: Iterable[Hold]
) -> tuple[Caution, ...]:
    """Check one place of a service. `others` are the service's units, `stays` and `holds` those of this unit."""
    findings = Findings()
    if not unit.name.strip():
        findings.refuse("name", "Place is empty. Write what it is called there, such as Flat 5.")
    for other in others:
        if other.id != unit.id and other.closed_on is None and fold(other.name) == fold(unit.name):
            findings.refuse("name", f"{other.name} is listed already. Give this one another name.")
    _check_span(unit.opened_on, unit.closed_on, findings)
    mine = [stay for stay in stays if stay.unit_id == unit.id]
    if unit.closed_on is not None:
        after = [stay for stay in mine if stay.ended_on is None or stay.ended_on > unit.closed_on]
        if after:
            words = f"Somebody is recorded in it after {write_date(unit.closed_on)}. Record where they went first."
            findings.refuse("closed_on", words)
        if any(hold.unit_id == unit.id and hold_runs(hold, unit.closed_on) for hold in holds):
            findings.caution("closed_on", "It is held for somebody then. Let it go, or hold another place.")
    first = min((stay.started_on for stay in mine), default=None)
    if unit.opened_on is not None and first is not None and first < unit.opened_on:
        words = f"Somebody is recorded in it since {write_date(first)}, before it opened. Check both days."
        findings.refuse("opened_on", words, (first,))
    return findings.settle()


def check_hold(
    hold: Hold,
    service: Service,
    units: Sequence[Unit],
    stays: Sequence[Placement],
    holds: Iterable[Hold],
    *,
    today: date,
    leaving: Iterable[str] = (),
    contract_ended: date | None = None,
) -> tuple[Caution, ...]:
    """Check that a place may be held. `stays` and `holds` are the service's; `leaving` are people expected to leave.

    `contract_ended` is when the contract behind the service ended, if it has.
    """
    findings = Findings()
    _check_hold_dates(hold, findings, today)
    if hold.person_id is not None and contract_ended is not None:
        findings.caution("service_id", contract_ended_words(contract_ended))
    if not service_open(service, hold.started_on):
        findings.refuse("service_id", f"{service.name} is not open on {write_date(hold.started_on)}.")
    others = [each for each in holds if each.id != hold.id and hold_runs(each, hold.started_on)]
    if hold.person_id is not None and any(each.person_id == hold.person_id for each in others):
        findings.refuse("person_id", "A place here is held for them already. Change that one, or let it go.")
    if hold.unit_id is not None:
        _check_held_unit(hold, units, stays, others, set(leaving), findings)
    elif (units or service.capacity is not None) and hold.person_id not in _living(stays, hold.started_on):
        _check_any_room(hold, service, units, stays, others, set(leaving), findings)
    return findings.settle()


def contract_ended_words(ended: date) -> str:
    """What is said before a place is given whose contract has ended."""
    return f"The contract for this service ended on {write_date(ended)}. Settle it before a place is given."


def _living(stays: Iterable[Placement], day: date) -> set[str]:
    return {stay.person_id for stay in stays if holds_on(stay, day)}


def _check_hold_dates(hold: Hold, findings: Findings, today: date) -> None:
    started, until, ended = hold.started_on, hold.until_on, hold.ended_on
    if until is not None and until < started:
        words = f"Held until {write_date(until)} is before it begins on {write_date(started)}. Check both."
        findings.refuse("until_on", words)
    elif until is None and ended is None:
        findings.caution("until_on", "Nothing says until when. A place held without an end stands empty unseen.")
    elif until is not None and (until - started).days > 365:
        findings.caution("until_on", "That is more than a year empty. Check the year.")
    elif until is not None and until > started + timedelta(days=LONG_HOLD_DAYS):
        findings.caution("until_on", "That is more than eight weeks empty.")
    if ended is not None and ended < started:
        findings.refuse("ended_on", f"Let go before it was held, on {write_date(started)}. Check both.")
    if ended is not None and ended > today:
        findings.refuse("ended_on", "Let go on lies ahead. Write until when it is held instead.", (today,))


def _check_held_unit(
    hold: Hold,
    units: Sequence[Unit],
    stays: Sequence[Placement],
    others: Sequence[Hold],
    leaving: set[str],
    findings: Findings,
) -> None:
    unit = next((each for each in units if each.id == hold.unit_id), None)
    day = hold.started_on
    if unit is None:
        findings.refuse("unit_id", "This place belongs to another service. Choose one of this service.")
        return
    if not unit_open(unit, day):
        findings.refuse("unit_id", f"{unit.name} is not open on {write_date(day)}. Choose another place or day.")
    living = [stay for stay in stays if stay.unit_id == unit.id and holds_on(stay, day)]
    strangers = [stay for stay in living if stay.person_id != hold.person_id]
    if strangers and not all(stay.person_id in leaving for stay in strangers):
        findings.refuse("unit_id", f"Somebody lives in {unit.name}, and nobody expects them to leave. Choose another.")
    elif strangers:
        findings.caution("unit_id", f"Somebody still lives in {unit.name}. It is kept for when they leave.")
    if any(each.unit_id == unit.id for each in others):
        findings.refuse("unit_id", f"{unit.name} is held already. Let it go first, or choose another.")


def _check_any_room(
    hold: Hold,
    service: Service,
    units: Sequence[Unit],
    stays: Sequence[Placement],
    others: Sequence[Hold],
    leaving: set[str],
    findings: Findings,
) -> None:
    day = hold.started_on
    seats, _ = seats_of(service, units, [stay for stay in stays if stay.started_on <= day])
    free = sum(seat.empty_at(day) for seat in seats) - len(others)
    if free > 0:
        return
    if any(stay.person_id in leaving for stay in stays if holds_on(stay, day)):
        findings.caution("service_id", f"Nothing is free at {service.name} yet. It is kept for when somebody leaves.")
    else:
        findings.refuse("service_id", f"Every place at {service.name} is taken or held on {write_date(day)}.")


def check_stay_place(
    stay: Placement,
    service: Service | None,
    units: Sequence[Unit],
    stays: Sequence[Placement],
    holds: Iterable[Hold],
    called: Mapping[str, str] | None = None,
) -> Findings:
    """Whether somebody may live in the place a stay names. `units`, `stays` and `holds` are the service's.

    `called` are the names of those for whom places are held, by their ids.
    """
    findings = Findings()
    others = [each for each in stays if each.id != stay.id and each.person_id != stay.person_id]
    if stay.unit_id is not None:
        _check_unit_of_stay(stay, units, others, findings)
    if service is None:
        return findings
    day = stay.started_on
    if stay.ended_on is None and not service_open(service, day):
        findings.caution("service_id", f"{service.name} was not open on {write_date(day)}. Check the day.")
    held = [h for h in holds if hold_runs(h, day) and h.person_id != stay.person_id]
    mine = next((hold for hold in held if hold.unit_id == stay.unit_id), None) if stay.unit_id is not None else None
    if mine is not None:
        name = next((unit.name for unit in units if unit.id == stay.unit_id), "This place")
        findings.caution("unit_id", f"{name} is {_kept_words(mine, called or {})}. Check before recording.")
    total = sum(unit_open(unit, day) for unit in units) if units else service.capacity
    if stay.ended_on is not None or total is None or service.hours_per_week is not None:
        return findings
    living = sum(holds_on(each, day) for each in others)
    if living >= total:
        words = f"{service.name} has {total} places and {_people(living)} recorded there. This makes one more."
        findings.caution("service_id", words)
    elif stay.unit_id is None and living + len(held) >= total:
        findings.caution("service_id", f"Every place left at {service.name} is held for somebody else or out of use.")
    return findings


def _kept_words(hold: Hold, called: Mapping[str, str]) -> str:
    until = f" to {write_date(hold.until_on)}" if hold.until_on is not None else ""
    if hold.person_id is None:
        return f"out of use{until}"
    return f"held for {called.get(hold.person_id, 'somebody else')}{until}"


def _check_unit_of_stay(
    stay: Placement, units: Sequence[Unit], others: Sequence[Placement], findings: Findings
) -> None:
    unit = next((each for each in units if each.id == stay.unit_id), None)
    if unit is None:
        findings.refuse("unit_id", "This place belongs to another service. Choose one of the service lived at.")
        return
    last = stay.ended_on or date.max
    if not unit_open(unit, stay.started_on) or (unit.closed_on is not None and last > unit.closed_on):
        findings.refuse("unit_id", f"{unit.name} was not open all that time. Choose another place, or check the days.")
    for other in others:
        first, end = max(stay.started_on, other.started_on), min(last, other.ended_on or date.max)
        if other.unit_id == unit.id and first < end:
            words = f"Somebody else is recorded in {unit.name} on {write_date(first)}. Choose another place."
            findings.refuse("unit_id", words)


def _people(number: int) -> str:
    return "1 person is" if number == 1 else f"{number} people are"
