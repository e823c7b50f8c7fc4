"""What is paid for people in services of like stage: beside what was agreed, and beside each other.

Support by the hour is compared by the hour. People are alike who live in services of one stage and are paid for in the
same way; whose cost is not known, or whose hours are not where it is by the hour, is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.money.rates import LEAST_PEOPLE, LEAST_SERVICES, Fences, fences_of, middle
from mhtracker.domain.records import Service, Stage
from mhtracker.store.queries.place_facts import PlaceFacts, read_place_facts
from mhtracker.store.queries.services import ServiceLine, service_lines
from mhtracker.store.store import Store

LOW, HIGH = "low", "high"


@dataclass(frozen=True, slots=True)
class PaidRate:
    """What is paid for one person: pence a week, or an hour. `beyond` is "low" or "high" where that stands out."""

    line: CaseloadLine
    pence: int
    hours: float | None = None
    beyond: str = ""


@dataclass(frozen=True, slots=True)
class RateLine:
    """A service's rates on a day, pence a week (or an hour with `by_hour`). `of` is what each is compared with.

    `agreed_beyond` says that the agreed rate stands out among like services', `fences` what is usual for a person;
    None where too few are known.
    `not_known` people have no cost recorded.
    """

    service_line: ServiceLine
    by_hour: bool
    agreed_pence: int | None
    paid: tuple[PaidRate, ...]
    not_known: int
    fences: Fences | None
    agreed_beyond: str = ""

    @property
    def service(self) -> Service:
        return self.service_line.service

    @property
    def stage(self) -> Stage | None:
        return self.service_line.stage

    @property
    def middle_pence(self) -> int | None:
        return middle([each.pence for each in self.paid])

    @property
    def lowest_pence(self) -> int | None:
        return min((each.pence for each in self.paid), default=None)

    @property
    def highest_pence(self) -> int | None:
        return max((each.pence for each in self.paid), default=None)

    @property
    def over_percent(self) -> int | None:
        """How far what is paid in the middle lies above (or below) what was agreed, in whole percent."""
        if self.middle_pence is None or not self.agreed_pence:
            return None
        return round(100 * (self.middle_pence - self.agreed_pence) / self.agreed_pence)

    @property
    def beyond(self) -> tuple[PaidRate, ...]:
        """Those that stand out."""
        return tuple(each for each in self.paid if each.beyond)


def list_rates(store: Store, as_at: date) -> tuple[RateLine, ...]:
    """Every service with an agreed rate or people, those of one stage beside each other, dearest first."""
    return rate_lines(read_place_facts(store, as_at))


def rate_lines(facts: PlaceFacts) -> tuple[RateLine, ...]:
    """The same from facts already read."""
    people: dict[str, list[CaseloadLine]] = {}
    for line in facts.lines.values():
        people.setdefault(line.service_id or "", []).append(line)
    lines = [_line(facts, each, people.get(each.service.id, [])) for each in service_lines(facts)]
    lines = [each for each in lines if each.agreed_pence is not None or each.paid or _wants_costs(each)]
    return tuple(sorted(_compared(lines), key=_order))


def _wants_costs(line: RateLine) -> bool:
    """Whether costs are missing that the council would pay: a hospital’s are not its own."""
    return bool(line.not_known) and (line.stage is None or not line.stage.keeps_place)


def _line(facts: PlaceFacts, line: ServiceLine, people: Iterable[CaseloadLine]) -> RateLine:
    by_hour = line.hour_rate_pence is not None or line.hours is not None
    found, not_known = [], 0
    for person in people:
        paid = _paid(person, facts.hours if by_hour else None)
        if paid is None:
            not_known += 1
        else:
            found.append(paid)
    found.sort(key=lambda each: (-each.pence, each.line.name_key, each.line.person_id))
    agreed = line.hour_rate_pence if by_hour else line.rate_pence
    return RateLine(line, by_hour, agreed, tuple(found), not_known, None)


def _paid(line: CaseloadLine, hours: Mapping[str, float] | None) -> PaidRate | None:
    cost = line.weekly_cost_pence
    if cost is None:
        return None
    if hours is None:
        return PaidRate(line, cost)
    planned = hours.get(line.person_id)
    return PaidRate(line, round(cost / planned), planned) if planned else None


def _compared(lines: list[RateLine]) -> list[RateLine]:
    """The same lines, each told what is usual for its stage."""
    groups: dict[tuple[str, bool], list[RateLine]] = {}
    for line in lines:
        groups.setdefault((line.service.stage_id or "", line.by_hour), []).append(line)
    found = []
    for (stage_id, _), alike in groups.items():
        paid = [each.pence for line in alike for each in line.paid]
        agreed = [line.agreed_pence for line in alike if line.agreed_pence is not None]
        people = fences_of(paid, LEAST_PEOPLE) if stage_id else None
        rates = fences_of(agreed, LEAST_SERVICES) if stage_id else None
        found += [_with_fences(line, people, rates) for line in alike]
    return found


def _with_fences(line: RateLine, people: Fences | None, rates: Fences | None) -> RateLine:
    paid = tuple(PaidRate(each.line, each.pence, each.hours, _beyond(each.pence, people)) for each in line.paid)
    agreed = _beyond(line.agreed_pence, rates) if line.agreed_pence is not None else ""
    return RateLine(line.service_line, line.by_hour, line.agreed_pence, paid, line.not_known, people, agreed)


def _beyond(pence: int, fences: Fences | None) -> str:
    if fences is None:
        return ""
    return HIGH if fences.high(pence) else LOW if fences.low(pence) else ""


def _order(line: RateLine) -> tuple[object, ...]:
    level = line.stage.level if line.stage is not None else 10_000
    rate = line.agreed_pence if line.agreed_pence is not None else line.middle_pence
    return level, line.by_hour, -(rate or 0), line.service.name.casefold(), line.service.id
