"""What the pathway costs, who pays, what moves have saved, and whose rate is far from the others'. Whole pence."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol, TypeVar

from mhtracker.analysis.flow import Flow
from mhtracker.analysis.savings import Saved, Savings, saved_by, savings_of, wards_among
from mhtracker.domain.caseload import ON_PATHWAY, PersonFacts, status_on
from mhtracker.domain.leaving import gone_on
from mhtracker.domain.money.costs import WeeklyCost, cost_on, one_offs
from mhtracker.domain.money.period_cost import DaySum, cost_over, in_pence
from mhtracker.domain.money.rates import LEAST_PEOPLE, fences_of, middle
from mhtracker.domain.pathway import current_placement, kept_place
from mhtracker.domain.records import CostLine, FundingSplit, LegalAndStatus, Person, Placement, Stage
from mhtracker.domain.standing import person_on, placements_on
from mhtracker.store.lines import read_rows
from mhtracker.store.store import Store

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class GroupCost:
    """A week's cost of the people in one stage or service whose cost is recorded. `key` is its id, "" for none."""

    key: str
    people: tuple[str, ...]
    gross: int
    person: int
    health: int
    net: int

    @property
    def stage_id(self) -> str:
        return self.key


@dataclass(frozen=True, slots=True)
class StageRates:
    """What a week usually costs in one stage (gross), and who is far from it, dearest first."""

    stage_id: str
    people: int
    middle: int
    low: int
    high: int
    outside: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Period:
    """What the people on the pathway came to over the period, day by day. `transition` was paid once and is beside it.

    `unknown_days` are days in a place whose cost is not recorded; on an NHS ward none is missing.
    """

    gross: int
    person: int
    health: int
    net: int
    transition: int
    unknown_days: int


@dataclass(frozen=True, slots=True)
class Money:
    """As at the day asked. `unknown` are people in a place whose cost is not recorded.

    `on_wards` are those on an NHS ward for whom no cost is recorded: the council does not pay there.
    Who is in hospital with a place kept stands under the stage and the service of that place, which is paid for.
    `of` has everybody's cost a week, by person; `savings` are of the moves in the period.
    """

    stages: tuple[GroupCost, ...]
    services: tuple[GroupCost, ...]
    of: Mapping[str, WeeklyCost]
    unknown: tuple[str, ...]
    on_wards: tuple[str, ...]
    savings: Savings
    period: Period
    rates: tuple[StageRates, ...]

    @property
    def gross(self) -> int:
        return sum(each.gross for each in self.stages)

    @property
    def person(self) -> int:
        return sum(each.person for each in self.stages)

    @property
    def health(self) -> int:
        return sum(each.health for each in self.stages)

    @property
    def net(self) -> int:
        return sum(each.net for each in self.stages)

    @property
    def saved(self) -> tuple[Saved, ...]:
        """The moves onward whose costs before and after are known."""
        return self.savings.onward

    @property
    def not_counted(self) -> tuple[str, ...]:
        """The other moves onward."""
        return self.savings.onward_unknown

    @property
    def saving(self) -> int:
        """Of moves onward alone: a move back, to a ward say, may cost the council less and is no success."""
        return sum(each.so_far for each in self.saved)

    @property
    def saving_back(self) -> int:
        """What moves back have saved, less than nothing where they cost more."""
        return sum(each.so_far for each in self.savings.back)

    @property
    def transition(self) -> int:
        """What was paid once around the moves onward."""
        return sum(each.transition for each in self.saved)


class Source(Protocol):
    """Whose money is counted: everybody as they stood on a day, with all their costs."""

    @property
    def as_at(self) -> date: ...
    @property
    def stages(self) -> Mapping[str, Stage]: ...
    @property
    def people(self) -> Mapping[str, PersonFacts]: ...
    @property
    def on_pathway(self) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class Paying:
    """A `Source` with stays, lines and splits alone, which are read far sooner than everybody's whole records.

    Only those who are charged have their statuses too: s117 says whether it counts.
    """

    as_at: date
    stages: Mapping[str, Stage]
    people: Mapping[str, PersonFacts]
    on_pathway: frozenset[str]


def read_paying(store: Store, as_at: date, ids: Sequence[str] | None = None) -> Paying:
    """Some people (None: everybody), but for those entered by mistake or merged away."""
    people: dict[str, PersonFacts] = {}
    chunks = [None] if ids is None else [ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK)]
    for chunk in chunks:
        for person in read_rows(store, Person, "id", chunk):
            if person.merged_into is None and person.left_reason != "error":
                people[person.id] = PersonFacts(person)
        _fill(people, read_rows(store, Placement, "person_id", chunk), lambda each: each.placements)
        _fill(people, read_rows(store, CostLine, "person_id", chunk), lambda each: each.costs)
        _fill(people, read_rows(store, FundingSplit, "person_id", chunk), lambda each: each.splits)
    charged = [person_id for person_id, each in people.items() if _is_charged(each)]
    for start in range(0, len(charged), _CHUNK):
        some = read_rows(store, LegalAndStatus, "person_id", charged[start : start + _CHUNK])
        _fill(people, some, lambda each: each.statuses)
    on_pathway = set()
    for person_id, each in people.items():
        if status_on(each.person, each.placements, as_at) == ON_PATHWAY:
            on_pathway.add(person_id)
        each.person = person_on(each.person, as_at)
        each.placements = placements_on(each.placements, as_at)
    stages = {stage.id: stage for stage in sorted(store.find(Stage), key=lambda stage: stage.level)}
    return Paying(as_at, stages, people, frozenset(on_pathway))


def _is_charged(each: PersonFacts) -> bool:
    return any(stay.weekly_charge_pence for stay in each.placements) or any(s.person_pence for s in each.splits)


R = TypeVar("R", Placement, CostLine, FundingSplit, LegalAndStatus)


def _fill(people: Mapping[str, PersonFacts], records: Iterable[R], place: Callable[[PersonFacts], list[R]]) -> None:
    for record in records:
        whose = people.get(record.person_id)
        if whose is not None:
            place(whose).append(record)


@dataclass(slots=True)
class _Sum:
    people: list[str] = field(default_factory=list)
    gross: int = 0
    person: int = 0
    health: int = 0
    net: int = 0

    def take(self, person_id: str, cost: WeeklyCost) -> None:
        self.people.append(person_id)
        self.gross += cost.gross
        self.person += cost.person
        self.health += cost.health
        self.net += cost.net

    def group(self, key: str) -> GroupCost:
        return GroupCost(key, tuple(self.people), self.gross, self.person, self.health, self.net)


def count_money(facts: Source, moved: Flow) -> Money:
    """Cost, saving and rates."""
    stages = {stage_id: _Sum() for stage_id in facts.stages}
    services: dict[str, _Sum] = {}
    of: dict[str, WeeklyCost] = {}
    rates: dict[str, dict[str, int]] = {}
    unknown: list[str] = []
    on_wards: list[str] = []
    wards = wards_among(facts.stages)
    for person_id in sorted(facts.on_pathway):
        now, cost = cost_now(facts.people[person_id], facts.as_at, wards)
        if now is None:
            continue
        if cost is None:
            (on_wards if now.stage_id in wards else unknown).append(person_id)
            continue
        of[person_id] = cost
        stages[now.stage_id].take(person_id, cost)
        services.setdefault(now.service_id or "", _Sum()).take(person_id, cost)
        rates.setdefault(now.stage_id, {})[person_id] = cost.gross
    saved = [saved_by(facts.people[move.person_id], move, facts.stages, facts.as_at) for move in moved.moves]
    return Money(
        tuple(each.group(key) for key, each in stages.items()),
        tuple(sorted((each.group(key) for key, each in services.items()), key=lambda one: (-one.net, one.key))),
        of,
        tuple(unknown),
        tuple(on_wards),
        savings_of(moved.moves, saved),
        _period(facts, moved.from_on, moved.to_on),
        tuple(found for stage_id in facts.stages if (found := rates_of(stage_id, rates.get(stage_id, {}))) is not None),
    )


def cost_now(each: PersonFacts, as_at: date, wards: Collection[str]) -> tuple[Placement | None, WeeklyCost | None]:
    """Where somebody is and what it costs a week; None for who is in no place, and for a cost that is not recorded.

    During a hospital stay with the place kept it is that place. `wards` are ids of stages.
    """
    now = current_placement(each.placements, as_at)
    if now is None:
        return None, None
    kept = kept_place(each.placements, now, as_at) if now.stage_id in wards else None
    return kept or now, cost_on(now, each.costs, each.splits, each.statuses, as_at, kept=kept)


def rates_of(stage_id: str, rates: Mapping[str, int]) -> StageRates | None:
    """The rates of one stage, from those of its people in the order of their ids; None for too few to compare."""
    fences = fences_of(list(rates.values()), LEAST_PEOPLE)
    if fences is None:
        return None
    # Comparing exact fractions is slow: whole pence lie below one where they lie below the next whole number.
    least, most = math.ceil(fences.lower), math.floor(fences.upper)
    outside = [(who, rate) for who, rate in rates.items() if not least <= rate <= most]
    outside.sort(key=lambda each: (-each[1], each[0]))
    low, high = max(0, round(fences.lower)), round(fences.upper)
    return StageRates(stage_id, len(rates), middle(list(rates.values())) or 0, low, high, tuple(outside))


def _period(facts: Source, from_on: date, to_on: date) -> Period:
    """Who was entered by mistake is in `facts` no more."""
    total, transition, wards = DaySum(), 0, wards_among(facts.stages)
    for each in facts.people.values():
        total.add(days_cost(each, from_on, to_on, wards))
        if each.costs:
            transition += one_offs(each.costs, from_on, to_on)
    return period_of(total, transition)


def days_cost(each: PersonFacts, from_on: date, to_on: date, wards: Collection[str] = frozenset()) -> DaySum:
    """What somebody came to, both days included; who left or died costs until that day. `wards` are ids of stages."""
    gone = gone_on(each.person)
    last = min(to_on, gone - timedelta(days=1)) if gone is not None else to_on
    if not each.placements or last < from_on:
        return DaySum()
    return cost_over(each.placements, each.costs, each.splits, each.statuses, from_on, last, wards=wards)


def period_of(total: DaySum, transition: int) -> Period:
    """A sum of days in whole pence; the net cost is what the shares leave, so that the columns add to the penny."""
    gross, person, health = (in_pence(each) for each in (total.gross, total.person, total.health))
    return Period(gross, person, health, gross - person - health, transition, total.unknown)
