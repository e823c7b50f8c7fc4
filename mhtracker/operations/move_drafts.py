"""A move worked out before it is recorded: what ends, what begins, whether the plan is met, and what else follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypedDict

from mhtracker import text
from mhtracker.domain import rules
from mhtracker.domain.dates import add_months
from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution, Findings
from mhtracker.domain.legal import orders as legal
from mhtracker.domain.pathway import Direction, by_id, direction, in_order, reaches
from mhtracker.domain.records import (
    Action,
    Barrier,
    LegalAndStatus,
    MoveOnPlan,
    Person,
    Placement,
    Review,
    Service,
    Stage,
    Target,
    new_id,
)
from mhtracker.domain.reviewing.due import next_review_due
from mhtracker.operations.drafting import Consequence, drafted, none_if_empty
from mhtracker.operations.places.place_taking import (
    consequences_of_taking,
    contract_cautions,
    place_cautions,
    with_place,
)
from mhtracker.operations.step_plans import steps_of_stays
from mhtracker.store import Store

MAY_BE_NONE = ("service_id", "unit_id", "end_reason", "destination", "back_reason")
"""Fields of a stay that are None, not "", when empty."""

DESTINATIONS = {
    "hospital": "hospital",
    "nursing": "nursing",
    "residential": "residential",
    "enablement": "enablement",
    "supported": "supported",
    "visiting": "supported",
    "floating": "own_tenancy",
    "independent": "own_tenancy",
}
"""The destination that a move to a stage usually means; a council's own stages have none until one is chosen."""

READMISSION = "readmission"

_AS_THE_FORM_SAYS = {"ended_on": "left_on", "end_reason": "reason_code"}


class MoveFields(TypedDict, total=False):
    """The move form. `keep_place` leaves the present stay open underneath a hospital stay.

    `back_reason` says why a move goes back; `steps` makes the ready-made steps around it.
    """

    left_on: date | None
    planned: bool | None
    reason_code: str | None
    stage_id: str | None
    service_id: str | None
    unit_id: str | None
    started_on: date | None
    address: str
    gap_reason: str
    destination: str | None
    weekly_cost_pence: int | None
    weekly_charge_pence: int | None
    note: str
    keep_place: bool
    back_reason: str | None
    steps: bool


@dataclass(frozen=True, slots=True)
class Situation:
    """Where somebody is as a move begins. `kept` are places kept for them meanwhile; `target` is the plan's current."""

    person: Person
    placements: tuple[Placement, ...]
    stages: dict[str, Stage]
    now: Placement
    kept: tuple[Placement, ...]
    plan: MoveOnPlan | None
    target: Target | None

    def place_to_go_back_to(self, move: MoveFields) -> Placement | None:
        """The kept place that the move leads to, if it does."""
        wanted = (move.get("stage_id"), move.get("service_id") or None)
        return next((place for place in self.kept if (place.stage_id, place.service_id) == wanted), None)

    def goes_back(self, move: MoveFields) -> bool:
        """Whether the move is one back: not to a place kept meanwhile, which never was left."""
        to_stage = self.stages.get(move.get("stage_id") or "")
        if to_stage is None or self.place_to_go_back_to(move) is not None:
            return False
        return direction(self.stages[self.now.stage_id], to_stage) == Direction.BACK

    def back_reason(self, move: MoveFields) -> str | None:
        """Why a move goes back; None for any other. Into hospital it is a readmission unless something else is said."""
        if not self.goes_back(move):
            return None
        usual = READMISSION if self.stages[move.get("stage_id") or ""].keeps_place else None
        return move.get("back_reason") or usual

    def meets_plan(self, move: MoveFields) -> bool:
        """Whether living in the stage moved to fulfils the plan."""
        to_stage = self.stages.get(move.get("stage_id") or "")
        aim = self.stages.get(self.plan.aim_stage_id or "") if self.plan is not None else None
        return to_stage is not None and aim is not None and reaches(to_stage, aim)

    def left_by(self, move: MoveFields) -> tuple[Placement, ...]:
        """The stays that the move ends."""
        back = self.place_to_go_back_to(move)
        return () if move.get("keep_place") else (self.now, *(place for place in self.kept if place is not back))


@dataclass(frozen=True, slots=True)
class MoveDraft:
    """What a move changes. `arriving` is where the person is after it: a new stay, or the kept one they go back to.

    `leaving` are the stays that end, more than one when a kept place is given up too. `met` is the plan, ended.
    `overcome` are the barriers that held this move up, ended with it.
    """

    leaving: tuple[Placement, ...]
    arriving: Placement
    met: MoveOnPlan | None
    overcome: tuple[Barrier, ...]
    cautions: tuple[Caution, ...]


def situation_of(store: Store, person_id: str) -> Situation:
    """Read where somebody is. Raises Invalid when there is no stay to move from."""
    placements = in_order(store.find(Placement, person_id=person_id))
    running = [placement for placement in placements if placement.ended_on is None]
    if not running:
        raise Invalid({"": "There is no stay to move from. Add the stay the person is in now instead."})
    plan = next(iter(store.find(MoveOnPlan, person_id=person_id, ended_on=None)), None)
    targets = store.find(Target, plan_id=plan.id) if plan is not None else []
    return Situation(
        person=store.get(Person, person_id),
        placements=tuple(placements),
        stages=by_id(store.stages()),
        now=running[-1],
        kept=tuple(running[:-1]),
        plan=plan,
        target=max(targets, key=lambda target: (target.set_on, target.position), default=None),
    )


def draft_move(store: Store, there: Situation, move: MoveFields) -> MoveDraft:
    """Work a move out and check it whole, changing nothing. Raises Invalid with the form's fields."""
    _check_filled_in(there, move)
    back = there.place_to_go_back_to(move)
    try:
        leaving = tuple(drafted(store, _ended(placement, move)) for placement in there.left_by(move))
    except Invalid as invalid:
        raise _renamed(invalid) from invalid
    arriving = back or with_place(store, drafted(store, _begun(there, move)))
    cautions = _check(store, there, leaving, arriving, goes_back=back is not None)
    cautions += legal_cautions(store, arriving, move_to=there.stages.get(arriving.stage_id))
    cautions += place_cautions(store, arriving) + contract_cautions(store, arriving) if back is None else ()
    met: MoveOnPlan | None = None
    overcome: tuple[Barrier, ...] = ()
    if there.plan is not None and back is None and there.meets_plan(move):
        met = replace(there.plan, ended_on=arriving.started_on, end_reason="met")
        overcome = tuple(
            replace(each, ended_on=max(each.started_on, arriving.started_on)) for each in _barriers(store, there)
        )
    return MoveDraft(leaving, arriving, met, overcome, cautions)


def _barriers(store: Store, there: Situation) -> list[Barrier]:
    return store.find(Barrier, person_id=there.person.id, ended_on=None)


def draft_placement(
    store: Store, person: Person, others: Iterable[Placement], fields: dict[str, Any]
) -> tuple[Placement, tuple[Caution, ...]]:
    """A new stay by itself, checked against the person's others, with its cautions. Raises Invalid."""
    values = none_if_empty(fields, MAY_BE_NONE)
    if values.get("started_on") is None:
        raise Invalid({"started_on": "The start is empty. Write the first day there."})
    placement = with_place(store, drafted(store, Placement(id=new_id(), person_id=person.id, **values)))
    stages = by_id(store.stages())
    cautions = rules.check_placement(placement, others, stages=stages, person=person, today=store.today)
    return placement, cautions + legal_cautions(store, placement) + place_cautions(store, placement)


def legal_cautions(store: Store, placement: Placement, move_to: Stage | None = None) -> tuple[Caution, ...]:
    """What the law says to a stay: no charge while s117 holds; no authorisation outside hospitals and care homes."""
    statuses = store.find(LegalAndStatus, person_id=placement.person_id)
    day = min(placement.ended_on or store.today, store.today)
    found = legal.check_charge(placement.weekly_charge_pence, statuses, max(day, placement.started_on))
    if move_to is not None and legal.dols_lost_in(move_to, statuses, placement.started_on):
        found += (Caution("stage_id", legal.dols_words(move_to)),)
    return found


def name_of_move(store: Store, there: Situation, move: MoveFields) -> str:
    """What undo and history call it: `Move to supported living`, or `Transfer to Canal View` within a stage."""
    to_stage = there.stages.get(move.get("stage_id") or "")
    if to_stage is None:
        return "Move"
    if direction(there.stages[there.now.stage_id], to_stage) != Direction.TRANSFER:
        return f"Move to {text.first_lower(to_stage.label)}"
    service_id = move.get("service_id")
    service = store.peek(Service, service_id) if service_id else None
    return f"Transfer to {service.name}" if service else f"Transfer within {text.first_lower(to_stage.label)}"


def consequences_of_move(store: Store, there: Situation, move: MoveFields) -> tuple[Consequence, ...]:
    """What follows from a move, as far as the form is filled in."""
    started_on, to_stage = move.get("started_on"), there.stages.get(move.get("stage_id") or "")
    back = there.place_to_go_back_to(move)
    found: list[Consequence] = []
    if to_stage is not None and started_on is not None and started_on >= there.now.started_on:
        found += _review_that_follows(store, there, back.started_on if back else started_on)
        found += _plan_after(there, move, started_on, store.today)
        if back is None and there.meets_plan(move) and (held_up := _barriers(store, there)):
            found.append(Consequence("plan", f"Ends {text.count(len(held_up), 'barrier')}"))
    if started_on is not None and move.get("left_on") is None and not move.get("keep_place"):
        day = text.format_day(started_on, store.today)
        found.append(Consequence("gap", f"A gap will need explaining if {text.called(there.person)} left before {day}"))
    if move.get("keep_place"):
        found.append(Consequence("place", f"The place in {_label(there, there.now)} is kept meanwhile"))
    for place in there.kept:
        does = "Goes back to" if place is back else "Gives up"
        found.append(Consequence("place", f"{does} the place kept in {_label(there, place)}"))
    if to_stage is not None and there.goes_back(move):
        words = f"A step back from {_label(there, there.now)} to {text.first_lower(to_stage.label)}"
        found.append(Consequence("stage", words))
    if to_stage is not None:
        found += _steps_after(store, there, move)
    if to_stage is not None and back is None and not move.get("keep_place"):
        found += _checks_after(there, to_stage, started_on)
    if to_stage is not None and started_on is not None:
        found += consequences_of_taking(store, back or with_place(store, _begun(there, move)))
    return tuple(found)


def _steps_after(store: Store, there: Situation, move: MoveFields) -> list[Consequence]:
    actions = store.find(Action, person_id=there.person.id)
    found = []
    for place in there.left_by(move):
        if steps := steps_of_stays(actions, {place.id}):
            service = store.peek(Service, place.service_id) if place.service_id else None
            where = service.name if service is not None else _label(there, place)
            words = f"{text.count(len(steps), 'step')} of {where} will be dropped"
            found.append(Consequence("place", words))
    return found


def _checks_after(there: Situation, to_stage: Stage, started_on: date | None) -> list[Consequence]:
    """What a move to or from a home of one's own does to the checks that it lasts."""
    was_home = there.stages[there.now.stage_id].own_home
    if to_stage.own_home and not was_home and started_on is not None:
        days = " and ".join(text.format_date(add_months(started_on, months)) for months in (6, 12))
        return [Consequence("place", f"Asks whether {text.called(there.person)} is still at home on {days}")]
    if was_home and not to_stage.own_home:
        return [Consequence("place", "Checks that the home lasts are settled: no longer at home")]
    return []


def _check_filled_in(there: Situation, move: MoveFields) -> None:
    findings = Findings()
    to_stage = there.stages.get(move.get("stage_id") or "")
    if to_stage is None:
        findings.refuse("stage_id", "Stage is empty. Choose where the person goes.")
    if move.get("started_on") is None:
        findings.refuse("started_on", "The start is empty. Write the first day there.")
    if not move.get("keep_place"):
        if move.get("left_on") is None:
            findings.refuse("left_on", "The day of leaving is empty. Write the day they left.")
        if move.get("planned") is None:
            findings.refuse("planned", "Say whether the move was planned.")
        if not move.get("reason_code"):
            findings.refuse("reason_code", "Reason is empty. Choose why they moved.")
    if there.goes_back(move) and not there.back_reason(move):
        findings.refuse(
            "back_reason", "The reason for going back is empty. Say whether it is a return, a readmission or a step up."
        )
    if move.get("keep_place") and to_stage is not None and not to_stage.keeps_place:
        findings.refuse(
            "keep_place", "A place is kept during a hospital stay. For any other move, end the present stay."
        )
    findings.settle()


def _ended(placement: Placement, move: MoveFields) -> Placement:
    return replace(
        placement,
        ended_on=move.get("left_on"),
        planned=move.get("planned"),
        end_reason=move.get("reason_code") or None,
        destination=move.get("destination") or DESTINATIONS.get(move.get("stage_id") or ""),
    )


def _begun(there: Situation, move: MoveFields) -> Placement:
    started_on, stage_id = move.get("started_on"), move.get("stage_id")
    assert started_on is not None, "checked as filled in"
    assert stage_id is not None, "checked as filled in"
    return Placement(
        id=new_id(),
        person_id=there.person.id,
        stage_id=stage_id,
        started_on=started_on,
        service_id=move.get("service_id") or None,
        unit_id=move.get("unit_id") or None,
        address=move.get("address", ""),
        gap_reason=move.get("gap_reason", ""),
        weekly_cost_pence=move.get("weekly_cost_pence"),
        weekly_charge_pence=move.get("weekly_charge_pence"),
        note=move.get("note", ""),
        back_reason=there.back_reason(move),
    )


def _check(
    store: Store, there: Situation, leaving: tuple[Placement, ...], arriving: Placement, *, goes_back: bool
) -> tuple[Caution, ...]:
    over = {placement.id for placement in leaving}
    others = [placement for placement in there.placements if placement.id not in over]
    if not goes_back:
        first = leaving[0] if leaving else None
        others += leaving[1:]
        return rules.check_move(first, arriving, others, stages=there.stages, person=there.person, today=store.today)
    try:
        return rules.check_placement(leaving[0], others, stages=there.stages, person=there.person, today=store.today)
    except Invalid as invalid:
        raise _renamed(invalid) from invalid


def _renamed(invalid: Invalid) -> Invalid:
    return Invalid(
        {_AS_THE_FORM_SAYS.get(name, name): words for name, words in invalid.problems.items()},
        {_AS_THE_FORM_SAYS.get(name, name): mends for name, mends in invalid.mends.items()},
    )


def _review_that_follows(store: Store, there: Situation, present_since: date) -> list[Consequence]:
    reviews = store.find(Review, person_id=there.person.id)
    held = [review.held_on for review in reviews if review.held_on is not None]
    earlier = [
        review.due_on
        for review in reviews
        if review.due_on is not None and review.held_on is None and review.abandoned_on is None
    ]
    office = store.review_rules()
    due_on, first = next_review_due(held, present_since, office, earlier)
    if due_on is None:
        return []
    day = text.format_date(due_on, weekday=True)
    if not first:
        return [Consequence("review", f"Next review stays due on {day}")]
    if due_on in earlier:
        return [Consequence("review", f"Next review stays due on {day}, as was set")]
    return [Consequence("review", f"First review will fall due on {day}, after {office.first_days} days")]


def _plan_after(there: Situation, move: MoveFields, started_on: date, today: date) -> list[Consequence]:
    aim = there.stages.get(there.plan.aim_stage_id or "") if there.plan is not None else None
    if aim is None or there.place_to_go_back_to(move) is not None:
        return []
    target_on = there.target.target_on if there.target is not None else None
    if not there.meets_plan(move):
        by = f" by {text.format_date(target_on)}" if target_on else ""
        return [Consequence("plan", f"The plan goes on: {text.first_lower(aim.label)}{by}")]
    if started_on > today:
        return []
    if target_on is None:
        return [Consequence("plan", f"Meets the aim of the plan, {text.first_lower(aim.label)}")]
    days = (target_on - started_on).days
    if days < 0:
        late = f"Meets the aim {text.count(-days, 'day')} after the target of {text.format_date(target_on)}"
        return [Consequence("target", late)]
    apart = "on the day" if days == 0 else f"{text.count(days, 'day')} early"
    return [Consequence("target", f"Meets the target of {text.format_date(target_on)}, {apart}")]


def _label(there: Situation, placement: Placement) -> str:
    return text.first_lower(there.stages[placement.stage_id].label)
