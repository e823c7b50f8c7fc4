"""The truths that forms look after between records, in one list, for whoever brings records back without a form."""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable, Iterator
from datetime import date, timedelta
from typing import Any

from mhtracker.domain.contradictions import Link, Picture, Truth, fitting, one_at_a_time, only_one
from mhtracker.domain.legal.after_care import ended_by_detention
from mhtracker.domain.legal.orders import ONE_AT_A_TIME, holds, is_community_treatment_order, out_of_force_on
from mhtracker.domain.money.weekly import Frequency
from mhtracker.domain.names import fold
from mhtracker.domain.pathway import overlaps
from mhtracker.domain.people_around import COORDINATOR
from mhtracker.domain.places.contracts import service_ids
from mhtracker.domain.records import (
    KINDS,
    Barrier,
    Contact,
    Contract,
    CostLine,
    CostTableRow,
    Document,
    FundingSplit,
    Goal,
    GoalScore,
    Hold,
    LegalAndStatus,
    MeasureScore,
    MeasureTool,
    MoveOnPlan,
    NotSame,
    Offer,
    Person,
    Placement,
    Programme,
    Provider,
    Record,
    Review,
    ReviewType,
    Service,
    Stage,
    StatusKind,
    Target,
    Team,
    Unit,
    Waiting,
    Worker,
)

Broken = Iterator[tuple[Record, ...]]
_CLOSED = "although the case is closed"


def _span(record: Any) -> tuple[date, date]:
    return record.started_on or date.min, record.ended_on or date.max


def _status_span(status: LegalAndStatus) -> tuple[date, date]:
    return status.started_on or date.min, out_of_force_on(status) or date.max


def _hold_span(hold: Hold) -> tuple[date, date]:
    until = hold.until_on + timedelta(days=1) if hold.until_on not in (None, date.max) else date.max
    return hold.started_on, min(hold.ended_on or date.max, until)


def _name(record: Any) -> Hashable:
    return fold(record.name) or None


def _cost(line: CostLine) -> Hashable:
    return None if line.frequency == Frequency.ONE_OFF else (line.person_id, line.kind, fold(line.what))


def _stays_overlap(picture: Picture) -> Broken:
    by_person: dict[str, list[Placement]] = {}
    for stay in picture.all(Placement):
        by_person.setdefault(stay.person_id, []).append(stay)
    for stays in by_person.values():
        for one, other in overlaps(stays, picture.stages):
            # A ward's stay may run beside another as long as its stage keeps the place.
            yield one, other, *(stage for each in (one, other) if (stage := picture.stages.get(each.stage_id)))


def _after_care(picture: Picture) -> dict[str, list[LegalAndStatus]]:
    """By person, the statuses of everybody whose after-care ended as two bodies decide."""
    found: dict[str, list[LegalAndStatus]] = {}
    for status in picture.all(LegalAndStatus):
        if status.kind in (StatusKind.S117, StatusKind.CTO):
            found.setdefault(status.person_id, []).append(status)
    return found


def _ended_during_order(picture: Picture) -> Broken:
    for statuses in _after_care(picture).values():
        for care in statuses:
            if care.kind == StatusKind.S117 and care.ended_on is not None and not ended_by_detention(care, statuses):
                for order in statuses:
                    if is_community_treatment_order(order) and holds(order, care.ended_on):
                        yield care, order


def _ended_by_nobody(picture: Picture) -> Broken:
    for statuses in _after_care(picture).values():
        detentions = [each for each in statuses if each.kind == StatusKind.S117]
        for care in detentions:
            if care.ended_on is None or ended_by_detention(care, statuses):
                continue
            if not (care.ended_by_health.strip() and care.ended_by_council.strip()):
                yield tuple(detentions)


def _goes_on(record_type: type[Any], is_open: Any, words: str) -> Truth:
    """Of somebody who left or died nothing stays open, as closing a case sees to."""

    def find(picture: Picture) -> Broken:
        for record in picture.all(record_type):
            person = picture.one(Person, record.person_id)
            gone = (person.died_on or person.left_on) if person is not None else None
            if person is not None and gone is not None and is_open(record, gone):
                yield record, person

    return Truth(f"{words} {_CLOSED}", (Link(record_type, "person_id", pointing=True), Link(Person, "id")), find)


def _runs_on(line: Any, gone: date) -> bool:
    return getattr(line, "frequency", "") != Frequency.ONE_OFF and (line.ended_on is None or line.ended_on > gone)


def _unended(record: Any, gone: date) -> bool:
    return record.ended_on is None


def _unit_is_open(stay: Placement, unit: Unit) -> bool:
    first, last = unit.opened_on or date.min, unit.closed_on or date.max
    return first <= stay.started_on and (stay.ended_on or date.max) <= last


def _within_stay(line: CostLine, stay: Placement) -> bool:
    last = stay.ended_on or date.max
    return line.frequency == Frequency.ONE_OFF or (line.ended_on or date.max) <= last


def _within_goal(score: GoalScore, goal: Goal) -> bool:
    return goal.set_on <= score.scored_on <= (goal.ended_on or date.max)


def _at_closed_service(picture: Picture) -> Broken:
    for stay in picture.all(Placement):
        service = picture.one(Service, stay.service_id)
        if stay.ended_on is None and service and service.closed_on and service.closed_on <= picture.today:
            yield stay, service


def _of_the_provider(picture: Picture) -> Broken:
    for contract in picture.all(Contract):
        for service_id in service_ids(contract):
            service = picture.one(Service, service_id)
            if service is not None and service.provider_id != contract.provider_id:
                yield contract, service


TRUTHS: tuple[Truth, ...] = (
    Truth("Two stays would overlap", (Link(Placement, "person_id"), Link(Stage, None)), _stays_overlap),
    one_at_a_time(Placement, "unit_id", lambda stay: stay.unit_id, _span, "Two people would live in one place at once",
                  unless=lambda one, other: one.person_id == other.person_id),
    fitting(Placement, Unit, "unit_id", lambda stay, unit: stay.service_id == unit.service_id,
            "A stay would name a place of another service"),
    fitting(Placement, Unit, "unit_id", _unit_is_open, "A stay would run beyond the days on which its place is open"),
    fitting(Placement, Person, "person_id", lambda stay, person: stay.started_on >= (person.born_on or date.min),
            "A stay would begin before the birth"),
    fitting(Placement, Stage, "stage_id", lambda stay, stage: stay.ended_on is not None or not stage.retired,
            "Somebody would be in a stage that is retired", going_on=True),
    Truth("Somebody would live at a service that is closed",
          (Link(Placement, "service_id", pointing=True, going_on=True), Link(Service, "id")), _at_closed_service),
    _goes_on(Placement, _unended, "A stay would go on"),
    _goes_on(MoveOnPlan, _unended, "A move-on plan would be in force"),
    _goes_on(Review, lambda review, gone: review.held_on is None and review.abandoned_on is None,
             "A review would be open"),
    _goes_on(Waiting, _unended, "Somebody would wait for a place"),
    _goes_on(Hold, _unended, "A place would be held"),
    _goes_on(CostLine, _runs_on, "A cost would run on"),
    _goes_on(FundingSplit, _runs_on, "Who pays would run on"),
    only_one(MoveOnPlan, "person_id", lambda plan: plan.person_id if plan.ended_on is None else None,
             "Two move-on plans would be in force"),
    fitting(Target, MoveOnPlan, "plan_id", lambda target, plan: target.person_id == plan.person_id,
            "A target would belong to somebody else’s plan"),
    only_one(Waiting, "person_id", lambda waiting: waiting.person_id if waiting.ended_on is None else None,
             "Somebody would be on the waiting list twice"),
    only_one(Offer, "waiting_id", lambda offer: offer.waiting_id if offer.answer is None else None,
             "Two offers would wait for an answer"),
    fitting(Offer, Waiting, "waiting_id", lambda offer, waiting: offer.answer is not None or waiting.ended_on is None,
            "An offer would be open to somebody who no longer waits"),
    one_at_a_time(Hold, "unit_id", lambda hold: hold.unit_id, _hold_span, "One place would be held twice"),
    only_one(Unit, "service_id", lambda unit: None if unit.closed_on else (unit.service_id, fold(unit.name)),
             "Two places of a service would have one name"),
    one_at_a_time(CostLine, "person_id", _cost, _span, "One cost would count twice"),
    fitting(CostLine, Placement, "placement_id", _within_stay, "A cost would outlast the stay it belongs to"),
    one_at_a_time(FundingSplit, "person_id", lambda split: split.person_id, _span,
                  "Who pays would be settled twice for the same days"),
    one_at_a_time(LegalAndStatus, "person_id",
                  lambda status: (status.person_id, status.kind) if status.kind in ONE_AT_A_TIME else None,
                  _status_span, "Two statuses of one kind would hold at once"),
    Truth("After-care would have ended during a community treatment order", (Link(LegalAndStatus, "person_id"),),
          _ended_during_order),
    Truth("After-care would have ended without both bodies", (Link(LegalAndStatus, "person_id"),), _ended_by_nobody),
    one_at_a_time(Barrier, "person_id", lambda barrier: (barrier.person_id, barrier.code), _span,
                  "One barrier would be recorded twice for the same days"),
    only_one(Goal, "person_id", lambda goal: (goal.person_id, fold(goal.words)) if goal.ended_on is None else None,
             "One goal would be there twice"),
    only_one(GoalScore, "goal_id", lambda score: (score.goal_id, score.scored_on),
             "A goal would have two scores of one day"),
    fitting(GoalScore, Goal, "goal_id", _within_goal, "A goal would have a score from outside its time"),
    only_one(MeasureScore, "person_id", lambda score: (score.person_id, score.tool_id, score.taken_on),
             "A measure would have two totals of one day"),
    fitting(MeasureScore, MeasureTool, "tool_id", lambda score, tool: tool.lowest <= score.total <= tool.highest,
            "A total would be outside what its measure allows"),
    only_one(Contact, "person_id",
             lambda each: each.person_id if each.kind == COORDINATOR and each.ended_on is None else None,
             "There would be two care coordinators"),
    only_one(Document, "person_id", lambda document: (document.person_id, document.sha256),
             "One document would be in the record twice"),
    only_one(Person, "ref", lambda person: person.ref, "Two people would have one reference"),
    only_one(Person, "nhs_number", lambda person: None if person.merged_into else person.nhs_number,
             "Two people would have one NHS number"),
    only_one(Person, "local_id", lambda person: None if person.merged_into else fold(person.local_id or "") or None,
             "Two people would have one local id"),
    only_one(Team, None, _name, "Two teams would have one name"),
    only_one(Worker, None, _name, "Two workers would have one name"),
    only_one(Provider, None, _name, "Two providers would have one name"),
    only_one(Service, None, _name, "Two services would have one name"),
    only_one(MeasureTool, None, _name, "Two measures would have one name"),
    only_one(Stage, None, lambda stage: None if stage.retired else fold(stage.label), "Two stages would have one name"),
    only_one(Stage, None, lambda stage: None if stage.retired else stage.level, "Two stages would be at one level"),
    only_one(ReviewType, None, lambda each: fold(each.label) or None, "Two kinds of review would have one name"),
    only_one(Programme, None, lambda each: None if each.ended_on else fold(each.name),
             "Two programmes would have one name"),
    only_one(CostTableRow, "table_id", lambda row: (row.table_id, fold(row.label)),
             "Two lines of a table would have one name"),
    Truth("A contract would name a service of another provider",
          (Link(Contract, None), Link(Service, None)), _of_the_provider),
)  # fmt: skip


def _of_somebody_merged(picture: Picture) -> Broken:
    merged = {person.id: person for person in picture.all(Person) if person.merged_into}
    for record in picture.records.values():
        person = merged.get(getattr(record, "person_id", ""))
        if person is not None:
            yield record, person


NOTHING_LEFT_BEHIND = Truth(
    "Something would be hidden in a record that was merged into another",
    (
        Link(Person, "id"),
        *(
            Link(each, "person_id")
            for each in KINDS.values()
            if each is not NotSame and any(field.name == "person_id" for field in dataclasses.fields(each))
        ),
    ),
    _of_somebody_merged,
)
"""To be asked where somebody is merged into another: nothing of their own is left. It asks after every kind."""
