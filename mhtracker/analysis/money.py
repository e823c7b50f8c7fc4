"""What the pathway costs, who pays, what moves have saved, and whose rate is far from the others'. Whole pence."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol, TypeVar

from mhtracker.analysis.flow import Flow, Move
from mhtracker.domain.caseload import ON_PATHWAY, PersonFacts, status_on
from mhtracker.domain.leaving import gone_on
from mhtracker.domain.money.costs import WeeklyCost, cost_on, one_offs
from mhtracker.domain.money.period_cost import DaySum, cost_over, in_pence
from mhtracker.domain.money.rates import LEAST_PEOPLE, fences_of, middle
from mhtracker.domain.money.weekly import pence_over
from mhtracker.domain.pathway import current_placement
from mhtracker.domain.records import CostLine, FundingSplit, LegalAndStatus, Person, Placement, Stage
from mhtracker.domain.stage_kinds import is_hospital
from mhtracker.domain.standing import person_on, placements_on
from mhtracker.store.lines import read_rows
from mhtracker.store.store import Store

BEFORE_DAYS = 90
"""How long before a move its one-off costs may fall due."""

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
class Saved:
    """What one move has saved so far: old net cost less new net cost, a week and altogether.

    `transition` is what was paid once around it; it stands beside the saving.
    """

    person_id: str
    a_week: int
    so_far: int
    transition: int = 0


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
    `saved` are the moves in the period whose costs before and after are known, `not_counted` the others. `of` has
    everybody's cost a week, by person.
    """

    stages: tuple[GroupCost, ...]
    services: tuple[GroupCost, ...]
    of: Mapping[str, WeeklyCost]
    unknown: tuple[str, ...]
    on_wards: tuple[str, ...]
    saved: tuple[Saved, ...]
    not_counted: tuple[str, ...]
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
    def saving(self) -> int:
        return sum(each.so_far for each in self.saved)

    @property
    def transition(self) -> int:
        """What was paid once around the moves that saved."""
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
    """Cost, saving and rates. A move back counts too: what it costs is taken off."""
    stages = {stage_id: _Sum() for stage_id in facts.stages}
    services: dict[str, _Sum] = {}
    of: dict[str, WeeklyCost] = {}
    rates: dict[str, dict[str, int]] = {}
    unknown: list[str] = []
    on_wards: list[str] = []
    for person_id in sorted(facts.on_pathway):
        now, cost = cost_now(facts.people[person_id], facts.as_at)
        if now is None:
            continue
        if cost is None:
            (on_wards if is_hospital(facts.stages[now.stage_id]) else unknown).append(person_id)
            continue
        of[person_id] = cost
        stages[now.stage_id].take(person_id, cost)
        services.setdefault(now.service_id or "", _Sum()).take(person_id, cost)
        rates.setdefault(now.stage_id, {})[person_id] = cost.gross
    saved, not_counted = [], []
    for move in moved.moves:
        by_move = saved_by(facts, move)
        if by_move is None:
            not_counted.append(move.person_id)
        else:
            saved.append(by_move)
    return Money(
        tuple(each.group(key) for key, each in stages.items()),
        tuple(sorted((each.group(key) for key, each in services.items()), key=lambda one: (-one.net, one.key))),
        of,
        tuple(unknown),
        tuple(on_wards),
        tuple(saved),
        tuple(not_counted),
        _period(facts, moved.from_on, moved.to_on),
        tuple(found for stage_id in facts.stages if (found := rates_of(stage_id, rates.get(stage_id, {}))) is not None),
    )


def cost_now(each: PersonFacts, as_at: date) -> tuple[Placement | None, WeeklyCost | None]:
    """Where somebody is and what it costs a week; None for who is in no place, and for a cost that is not recorded."""
    now = current_placement(each.placements, as_at)
    return now, cost_on(now, each.costs, each.splits, each.statuses, as_at) if now is not None else None


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
    total, transition, wards = DaySum(), 0, wards_of(facts)
    for each in facts.people.values():
        total.add(days_cost(each, from_on, to_on, wards))
        if each.costs:
            transition += one_offs(each.costs, from_on, to_on)
    return period_of(total, transition)


def wards_of(facts: Source) -> frozenset[str]:
    """The ids of the stages that are NHS wards."""
    return frozenset(key for key, stage in facts.stages.items() if is_hospital(stage))


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


def saved_by(facts: Source, move: Move) -> Saved | None:
    """What a move has saved: from the last stay begun in the old stage to the first in the new one from that day on."""
    each = facts.people[move.person_id]
    left = [p for p in each.placements if p.stage_id == move.from_stage_id and p.started_on <= move.left_on]
    came = [p for p in each.placements if p.stage_id == move.to_stage_id and p.started_on >= move.moved_on]
    before, after = max(left, key=_begun, default=None), min(came, key=_begun, default=None)
    if before is None or after is None:
        return None
    return saved_by_move(each, before, after, move.moved_on, facts.as_at, wards=wards_of(facts))


def _begun(placement: Placement) -> tuple[date, str]:
    return placement.started_on, placement.id


def saved_by_move(
    each: PersonFacts,
    before: Placement,
    after: Placement,
    moved_on: date,
    as_at: date,
    *,
    wards: Collection[str] = frozenset(),
) -> Saved | None:
    """What leaving one stay for another has saved; None where either cost is not known. `wards` are ids of stages.

    The old net cost goes on as it was on the last day there; the new one is taken day by day, so that a taper counts.
    """
    last = max(before.started_on, min(before.ended_on or moved_on, moved_on) - timedelta(days=1))
    left, came = before.stage_id in wards, after.stage_id in wards
    old = cost_on(before, each.costs, each.splits, each.statuses, last, ward=left)
    new = cost_on(after, each.costs, each.splits, each.statuses, after.started_on, ward=came)
    if old is None or new is None:
        return None
    until = min(after.ended_on - timedelta(days=1) if after.ended_on is not None else as_at, as_at)
    spent = cost_over([after], each.costs, each.splits, each.statuses, after.started_on, until, wards=wards)
    once = [line for line in each.costs if line.kind == "transition"]
    transition = one_offs(once, moved_on - timedelta(days=BEFORE_DAYS), until) if once else 0
    so_far = pence_over(old.net, moved_on, until) - in_pence(spent.net)
    return Saved(each.person.id, old.net - new.net, so_far, transition)
