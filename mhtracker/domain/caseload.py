"""One line of the caseload for each person: what lists sort, filter and show, built from the person's own records.

A line holds dates, never states: states are counted from them for whatever day is asked (`reviews.due_state`). It also
says between which days it stays true of itself (`good_from` to `good_until`), so that a register opened tomorrow, or
read as at last March, rebuilds only the lines that a date has overtaken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from mhtracker.domain.legal.orders import is_charged_after_care, out_of_force_on, status_held
from mhtracker.domain.money.costs import change_days, charge_on, cost_on
from mhtracker.domain.names import fold
from mhtracker.domain.pathway import current_placement, kept_place
from mhtracker.domain.records import (
    Barrier,
    CostLine,
    DatePrecision,
    FundingSplit,
    LegalAndStatus,
    MoveOnPlan,
    Person,
    Placement,
    Provider,
    Record,
    Review,
    ReviewType,
    Service,
    Stage,
    StatusKind,
    Target,
    Team,
    Worker,
)
from mhtracker.domain.reviewing.due import Due, ReviewRules, due, review_need
from mhtracker.domain.stage_kinds import is_hospital

ON_PATHWAY, LEFT, DIED, NOT_YET = "on_pathway", "left", "died", "not_yet"


@dataclass(slots=True)
class PersonFacts:
    """All records of one person that a line or a summary is built from."""

    person: Person
    placements: list[Placement] = field(default_factory=list)
    plans: list[MoveOnPlan] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    statuses: list[LegalAndStatus] = field(default_factory=list)
    barriers: list[Barrier] = field(default_factory=list)
    costs: list[CostLine] = field(default_factory=list)
    splits: list[FundingSplit] = field(default_factory=list)


READ_FOR_LISTS: dict[type[Record], tuple[str, ...]] = {
    Placement: (
        "id", "person_id", "stage_id", "started_on", "ended_on", "service_id", "address", "end_reason",
        "weekly_cost_pence", "weekly_charge_pence",
    ),
    Review: (
        "id", "person_id", "kind", "due_on", "booked_on", "booked_time", "held_on", "abandoned_on", "s117_decision",
    ),
    LegalAndStatus: ("id", "person_id", "kind", "code", "started_on", "ended_on", "expires_on"),
    Target: ("id", "plan_id", "person_id", "target_on", "set_on", "position"),
    MoveOnPlan: ("id", "person_id", "aim_stage_id", "started_on", "ended_on"),
    Barrier: ("id", "person_id", "code", "started_on", "ended_on"),
}  # fmt: skip
"""The fields that a line and the review needs are built from; of other types, all. Most of a record is never listed."""


@dataclass(slots=True)
class Names:
    """What the ids in a person's records stand for, and the office's rules."""

    stages: Mapping[str, Stage]
    services: Mapping[str, Service]
    providers: Mapping[str, Provider]
    workers: Mapping[str, Worker]
    teams: Mapping[str, Team]
    rules: ReviewRules
    review_types: tuple[ReviewType, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseloadLine:
    """One person's line. `strip` is "stage:start:end;…" (end empty while it lasts); `slips` counts changes of target.

    `charge` is true where somebody with a right to s117 after-care is charged. `barrier` is the code of the reason that
    has held the move up longest and still does, "" for none; `barriers` counts all that do.

    `review_soon_on` is the first day on which the review counts as due soon.
    """

    person_id: str
    ref: str
    surname: str
    given_names: str
    known_as: str
    name_key: str
    born_on: date | None
    born_precision: DatePrecision
    nhs_number: str | None
    local_id: str | None
    gender: str | None
    locality: str
    status: str
    stage_id: str | None
    stage: str
    stage_level: int
    service_id: str | None
    service: str
    provider: str
    address: str
    since_on: date | None
    worker_id: str | None
    worker: str
    team_id: str | None
    team: str
    s117: bool
    accommodation: str
    employment: str
    aim_stage_id: str | None
    plan_id: str | None
    target_original_on: date | None
    target_on: date | None
    slips: int
    review_due_on: date | None
    review_soon_on: date | None
    review_first: bool
    review_never: bool
    review_booked_on: date | None
    review_booked_time: str
    last_reviewed_on: date | None
    weekly_cost_pence: int | None
    weekly_charge_pence: int | None
    charge: bool
    barrier: str
    barriers: int
    left_on: date | None
    strip: str
    good_from: date
    good_until: date

    def days_in_stage(self, as_at: date) -> int | None:
        """Days since the present stay in this stage began; None without a stay."""
        return (as_at - self.since_on).days if self.since_on else None

    def review_due(self, as_at: date) -> Due:
        """The review as it stands on a day."""
        soon = (self.review_due_on - self.review_soon_on).days if self.review_due_on and self.review_soon_on else 14
        return due(self.review_due_on, as_at, soon)

    def target_due(self, as_at: date, soon_days: int = 14) -> Due:
        """The move-on target as it stands on a day."""
        return due(self.target_on, as_at, soon_days)

    @property
    def slip_days(self) -> int:
        if self.target_on is None or self.target_original_on is None:
            return 0
        return (self.target_on - self.target_original_on).days


def status_on(person: Person, placements: Sequence[Placement], as_at: date) -> str:
    """Whether someone is on the pathway on a day, has left or died, or had not come yet."""
    if person.died_on is not None and person.died_on <= as_at:
        return DIED
    if person.left_on is not None and person.left_on <= as_at:
        return LEFT
    if placements and all(placement.started_on > as_at for placement in placements):
        return NOT_YET
    return ON_PATHWAY


def begun_on(plan: MoveOnPlan, targets: Iterable[Target]) -> date:
    """When a plan began. Without a start of its own it begins with its first target."""
    first = min((t.set_on for t in targets if t.plan_id == plan.id), default=date.min)
    return plan.started_on or first


def plan_in_force(plans: Iterable[MoveOnPlan], targets: Sequence[Target], as_at: date) -> MoveOnPlan | None:
    """The latest plan begun and not ended by a day."""
    live = [p for p in plans if begun_on(p, targets) <= as_at and (p.ended_on is None or p.ended_on > as_at)]
    return max(live, key=lambda plan: (begun_on(plan, targets), plan.id), default=None)


def targets_of(plan: MoveOnPlan, targets: Iterable[Target], as_at: date) -> list[Target]:
    """The targets of a plan that had been set by a day, oldest first."""
    mine = [t for t in targets if t.plan_id == plan.id and t.set_on <= as_at]
    return sorted(mine, key=lambda t: (t.set_on, t.position, t.id))


def barriers_open(barriers: Iterable[Barrier], as_at: date) -> list[Barrier]:
    """What holds a move up on a day, longest first."""
    held = [b for b in barriers if b.started_on <= as_at and (b.ended_on is None or b.ended_on > as_at)]
    return sorted(held, key=lambda b: (b.started_on, b.id))


def stage_since(current: Placement, placements: Sequence[Placement]) -> date:
    """When the present unbroken run of stays in this stage began: a transfer inside a stage is no move."""
    since = current.started_on
    for placement in sorted(placements, key=lambda p: p.started_on, reverse=True):
        if placement.started_on >= since or placement.stage_id != current.stage_id:
            continue
        if placement.ended_on is not None and placement.ended_on >= since - timedelta(days=1):
            since = placement.started_on
    return since


Named = TypeVar("Named")


def _named(table: Mapping[str, Named], key: str | None) -> Named | None:
    return table.get(key) if key else None


def build_line(facts: PersonFacts, names: Names, as_at: date) -> CaseloadLine:
    """The caseload line of one person as at a day."""
    person = facts.person
    status = status_on(person, facts.placements, as_at)
    gone = status in (LEFT, DIED)
    current = None if gone else current_placement(facts.placements, as_at)
    stage = _named(names.stages, current.stage_id) if current else None
    service = _named(names.services, current.service_id) if current else None
    provider = _named(names.providers, service.provider_id) if service else None
    worker, team = _named(names.workers, person.worker_id), _named(names.teams, person.team_id)
    plan = None if gone else plan_in_force(facts.plans, facts.targets, as_at)
    targets = targets_of(plan, facts.targets, as_at) if plan else []
    started_on = current.started_on if current else None
    need = review_need(facts.reviews, started_on, names.rules, as_at, on_pathway=status == ON_PATHWAY)
    soon = names.rules.soon_before(first=need.first, never=need.never)
    s117 = status_held(facts.statuses, StatusKind.S117, as_at)
    lives = status_held(facts.statuses, StatusKind.ACCOMMODATION, as_at)
    works = status_held(facts.statuses, StatusKind.EMPLOYMENT, as_at)
    held_up = [] if gone else barriers_open(facts.barriers, as_at)
    kept = kept_place(facts.placements, current, as_at) if current is not None and is_hospital(stage) else None
    cost = None if gone else cost_on(current, facts.costs, facts.splits, facts.statuses, as_at, kept=kept)
    charge_pence = charge_on(current, facts.splits, as_at, kept=kept) if current is not None else None
    good_from, good_until = _good_between(facts, as_at)
    return CaseloadLine(
        person_id=person.id,
        ref=person.ref,
        surname=person.surname,
        given_names=person.given_names,
        known_as=person.known_as,
        name_key=name_key(person),
        born_on=person.born_on,
        born_precision=person.born_precision,
        nhs_number=person.nhs_number,
        local_id=person.local_id,
        gender=person.gender,
        locality=person.locality,
        status=status,
        stage_id=stage.id if stage else None,
        stage=stage.label if stage else "",
        stage_level=stage.level if stage else 0,
        service_id=service.id if service else None,
        service=service.name if service else "",
        provider=provider.name if provider else "",
        address=current.address if current else "",
        since_on=stage_since(current, facts.placements) if current else None,
        worker_id=person.worker_id,
        worker=worker.name if worker else "",
        team_id=person.team_id,
        team=team.name if team else "",
        s117=s117 is not None,
        accommodation=lives.code if lives else "",
        employment=works.code if works else "",
        aim_stage_id=plan.aim_stage_id if plan else None,
        plan_id=plan.id if plan else None,
        target_original_on=targets[0].target_on if targets else None,
        target_on=targets[-1].target_on if targets else None,
        slips=max(0, len(targets) - 1),
        review_due_on=need.due.due_on,
        review_soon_on=need.due.due_on - timedelta(days=soon) if need.due.due_on else None,
        review_first=need.first,
        review_never=need.never,
        review_booked_on=need.booked.booked_on if need.booked else None,
        review_booked_time=need.booked.booked_time if need.booked else "",
        last_reviewed_on=need.last_held_on,
        weekly_cost_pence=cost.gross if cost else None,
        weekly_charge_pence=charge_pence,
        charge=is_charged_after_care(charge_pence, facts.statuses, as_at),
        barrier=held_up[0].code if held_up else "",
        barriers=len(held_up),
        left_on=(person.left_on or person.died_on) if gone else None,
        strip=_strip(facts.placements, as_at),
        good_from=good_from,
        good_until=good_until,
    )


def name_key(person: Person) -> str:
    """What lists sort names by: surname and given names, folded."""
    return f"{fold(person.surname)} {fold(person.given_names)}".strip()


def _strip(placements: Sequence[Placement], as_at: date) -> str:
    stays = sorted((p for p in placements if p.started_on <= as_at), key=lambda p: (p.started_on, p.id))
    return ";".join([_stay_of_strip(p.stage_id, p.started_on, p.ended_on, as_at) for p in stays])


def _stay_of_strip(stage_id: str, started_on: date, ended_on: date | None, as_at: date) -> str:
    ended = ended_on.isoformat() if ended_on is not None and ended_on <= as_at else ""
    return f"{stage_id}:{started_on.isoformat()}:{ended}"


def _good_between(facts: PersonFacts, as_at: date) -> tuple[date, date]:
    """The days between which nothing in these records starts, ends or happens by its own date."""
    days = [day for day in _turning_days(facts) if day is not None]
    booked = [review.booked_on for review in facts.reviews if review.booked_on is not None]
    if len(booked) > 1:
        # Which of several bookings counts depends on which are still ahead.
        days += [day + timedelta(days=1) for day in booked]
    before = max([day for day in days if day <= as_at], default=date.min)
    return before, min([day for day in days if day > as_at], default=date.max)


def _turning_days(facts: PersonFacts) -> list[date | None]:
    """Listed at once rather than told one by one: this is asked of everybody."""
    days = [facts.person.left_on, facts.person.died_on]
    for placement in facts.placements:
        days += (placement.started_on, placement.ended_on)
    for plan in facts.plans:
        days += (plan.started_on, plan.ended_on)
    days += [target.set_on for target in facts.targets]
    for review in facts.reviews:
        days += (review.held_on, review.abandoned_on)
    for status in facts.statuses:
        days += (status.started_on, out_of_force_on(status))
    for barrier in facts.barriers:
        days += (barrier.started_on, barrier.ended_on)
    if facts.costs or facts.splits:
        days += change_days(facts.costs, facts.splits)
    return days
