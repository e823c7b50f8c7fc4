"""How a contract stands on a day: running, to be settled soon, or past its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from mhtracker.domain.dates import add_months
from mhtracker.domain.records import Contract, DueState, Provider, Service
from mhtracker.domain.reviewing.due import due_state

_PER = {
    "weekly": "a week",
    "fortnightly": "every two weeks",
    "four_weekly": "every four weeks",
    "monthly": "a month",
    "quarterly": "a quarter",
    "annually": "a year",
    "one_off": "in all",
}


class ContractState(StrEnum):
    """`OWN` and `BY_PERSON` need none: the council's own staff, and places outside its area bought one by one."""

    OWN = "own"
    BY_PERSON = "by_person"
    NONE = "none"
    NOT_BEGUN = "not_begun"
    RUNNING = "running"
    ENDING = "ending"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class ContractStanding:
    """How things stand on a day.

    `last_on` is the last day as things stand, None for no end; `days` is positive when it has passed. `due` is the same
    as lists of what is due have it. `followed_by` carries on a contract that would else be ending: it runs, then.
    """

    state: ContractState
    contract: Contract | None = None
    last_on: date | None = None
    days: int | None = None
    due: DueState = DueState.NONE
    followed_by: Contract | None = None

    @property
    def wants_looking_at(self) -> bool:
        return self.state in (ContractState.ENDING, ContractState.ENDED)


def last_day(contract: Contract) -> date | None:
    """The last day a contract holds: its end, or the day it was ended early; None for no end."""
    ends = [day for day in (contract.ends_on, contract.ended_on) if day is not None]
    return min(ends, default=None)


def service_ids(contract: Contract) -> frozenset[str]:
    """The services it names; empty for all of the provider's."""
    return frozenset(contract.service_ids.split())


def covers(contract: Contract, service: Service) -> bool:
    """Whether a contract is about a service."""
    named = service_ids(contract)
    return contract.provider_id == service.provider_id and (not named or service.id in named)


def standing_of(contract: Contract, as_at: date) -> ContractStanding:
    """How one contract stands on a day."""
    last_on = last_day(contract)
    days = (as_at - last_on).days if last_on is not None else None
    soon = (last_on - add_months(last_on, -contract.warn_months)).days if last_on is not None else 0
    state = due_state(last_on, as_at, soon)
    if contract.started_on is not None and as_at < contract.started_on:
        return ContractStanding(ContractState.NOT_BEGUN, contract, last_on, days, DueState.NONE)
    if state == DueState.OVERDUE:
        return ContractStanding(ContractState.ENDED, contract, last_on, days, state)
    if state in (DueState.DUE_TODAY, DueState.DUE_SOON):
        return ContractStanding(ContractState.ENDING, contract, last_on, days, state)
    return ContractStanding(ContractState.RUNNING, contract, last_on, days, state)


def service_standing(
    service: Service, provider: Provider | None, contracts: Iterable[Contract], as_at: date
) -> ContractStanding:
    """How the contract behind a service stands: of several, the one that holds longest counts.

    One near its end that another carries on is running, and nobody need look at it.
    """
    if provider is not None and provider.own:
        return ContractStanding(ContractState.OWN)
    found = [standing_of(each, as_at) for each in contracts if covers(each, service)]
    found.sort(key=lambda s: (s.state != ContractState.NOT_BEGUN, s.last_on or date.max))
    if found:
        later = (each.contract for each in found if each.contract is not None)
        return _carried_on(found[-1], [each for each in later if follows(each, found[-1].contract, [service])])
    return ContractStanding(ContractState.NONE if service.in_area else ContractState.BY_PERSON)


def _carried_on(standing: ContractStanding, followers: Sequence[Contract]) -> ContractStanding:
    if standing.state != ContractState.ENDING or not followers:
        return standing
    longest = max(followers, key=lambda each: last_day(each) or date.max)
    return replace(standing, state=ContractState.RUNNING, due=DueState.NONE, followed_by=longest)


def follows(later: Contract, earlier: Contract | None, services: Iterable[Service]) -> bool:
    """Whether a contract carries on what another covers, with no day between, so that its end needs no looking at."""
    if earlier is None or later.id == earlier.id or later.provider_id != earlier.provider_id:
        return False
    ends, end = last_day(later), last_day(earlier)
    if end is None or (ends is not None and ends <= end):
        return False
    if later.started_on is not None and later.started_on > end + timedelta(days=1):
        return False
    return all(covers(later, service) for service in services if covers(earlier, service))


def value_per(contract: Contract) -> str:
    """What its value is for, to stand behind it: `a year`, `in all`; "" where no value is recorded."""
    if contract.value_pence is None:
        return ""
    return _PER.get(contract.value_frequency, contract.value_frequency.replace("_", " "))
