"""One person: found by what people call them, and summed up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select

from mhtracker.domain.around import Around
from mhtracker.domain.caseload import (
    ON_PATHWAY,
    Names,
    PersonFacts,
    build_line,
    plan_in_force,
    status_on,
    targets_of,
)
from mhtracker.domain.dates import age_on
from mhtracker.domain.errors import NotFound
from mhtracker.domain.forecast import forecast_move
from mhtracker.domain.legal.orders import status_held
from mhtracker.domain.lists.code_lists import is_current
from mhtracker.domain.pathway import current_placement, gaps, in_order
from mhtracker.domain.records import MoveOnPlan, Note, Person, Placement, StatusKind
from mhtracker.domain.reviewing.due import Need, due, review_lines, review_need
from mhtracker.domain.reviewing.needs import build_needs, is_spoken, with_spoken
from mhtracker.domain.standing import costs_on, person_on, placements_on, plans_on, splits_on, statuses_on
from mhtracker.domain.summary import CaseSummary, MoveOn, Stay
from mhtracker.store.lines import read_facts, read_names
from mhtracker.store.queries.around import codes_used, read_around
from mhtracker.store.queries.experience import read_experience
from mhtracker.store.schema import people
from mhtracker.store.store import Store


def find_person(store: Store, text: str) -> Person:
    """The person of a reference, an NHS number, a local id or a record id, as typed.

    Those of somebody merged into another lead to that one. Raises NotFound, also when several people share what was
    typed: their references are named.
    """
    typed = text.strip()
    digits = typed.replace(" ", "").replace("-", "")
    query = select(people.c.id, people.c.merged_into).where(
        or_(
            people.c.id == typed,
            func.lower(people.c.ref) == typed.lower(),
            people.c.nhs_number == digits,
            func.lower(people.c.local_id) == typed.lower(),
        )
    )
    found = store.database.connection.execute(query.order_by(people.c.ref)).all()
    if not found:
        raise NotFound(f"Nobody in this register has the reference, NHS number or local id “{typed}”.")
    persons = [store.get(Person, each) for each in dict.fromkeys(row.merged_into or row.id for row in found)]
    if len(persons) > 1:
        refs = ", ".join(sorted(person.ref for person in persons))
        raise NotFound(f"“{typed}” stands for several people: {refs}. Give a reference.")
    return persons[0]


def kept_id(store: Store, person_id: str) -> str:
    """The id of the record that a person's is part of by now: its own, unless it was merged into another."""
    query = select(people.c.merged_into).where(people.c.id == person_id)
    return store.database.connection.execute(query).scalar() or person_id


def build_case_summary(
    store: Store, person_id: str, as_at: date, *, names: Names | None = None, read_at: datetime | None = None
) -> CaseSummary:
    """Everything one case summary says, as at a day. `names` may be shared by the summaries of one pack.

    Raises NotFound.
    """
    names = names or read_names(store)
    person_id = kept_id(store, person_id)
    facts = read_facts(store, [person_id]).get(person_id)
    if facts is None:
        raise NotFound("This person is no longer in the register.")
    notes = [note for note in store.find(Note, person_id=person_id) if note.noted_on <= as_at]
    around = read_around(store, [person_id], as_at)[person_id]
    return summarise(store, facts, notes, around, names, as_at, read_at)


def summarise(
    store: Store,
    facts: PersonFacts,
    notes: Sequence[Note],
    around: Around,
    names: Names,
    as_at: date,
    read_at: datetime | None = None,
) -> CaseSummary:
    """The summary of facts already read."""
    person = person_on(facts.person, as_at)
    status = status_on(facts.person, facts.placements, as_at)
    on_pathway = status == ON_PATHWAY
    held = placements_on(facts.placements, as_at)
    stays = _stays(held, names, as_at)
    now = current_placement(held, as_at) if on_pathway else None
    current = next((stay for stay in stays if now is not None and stay.placement.id == now.id), None)
    need = review_need(facts.reviews, now.started_on if now else None, names.rules, as_at, on_pathway=on_pathway)
    plans = plans_on(facts.plans, facts.targets, as_at)
    plan = plan_in_force(plans, facts.targets, as_at) if on_pathway else None
    past = [each for each in plans if plan is None or each.id != plan.id]
    statuses = statuses_on(facts.statuses, as_at)

    def present_start(day: date) -> date | None:
        there = current_placement(facts.placements, day)
        return there.started_on if there is not None else None

    known_on = store.as_known_on or store.today
    worker = names.workers.get(person.worker_id or "")
    team = names.teams.get(person.team_id or "")
    return CaseSummary(
        as_at=as_at,
        as_known=store.as_known_on,
        person=person,
        age=_age(person, as_at),
        status=status,
        worker=worker.name if worker else "",
        team=team.name if team else "",
        stages=store.stages(),
        stays=stays,
        current=current,
        review=need,
        reviews=review_lines(facts.reviews, need, present_start, names.rules, as_at),
        move_on=_with_forecast(store, _move_on(plan, facts, names, as_at), around, as_at) if plan else None,
        past_plans=tuple(_move_on(each, facts, names, as_at) for each in past),
        statuses=tuple(sorted(statuses, key=lambda s: (s.started_on or date.min, s.id))),
        s117=status_held(statuses, StatusKind.S117, as_at),
        accommodation=status_held(statuses, StatusKind.ACCOMMODATION, as_at),
        employment=status_held(statuses, StatusKind.EMPLOYMENT, as_at),
        notes=tuple(sorted(notes, key=lambda n: (n.noted_on, n.id), reverse=True)),
        labels=_labels(store, facts, notes, around),
        council=store.council,
        demo=store.is_demo,
        read_at=read_at,
        around=around,
        needs=_needs(facts, notes, names, as_at),
        domains=_domains(store, around, as_at),
        worker_names={
            action.worker_id: names.workers[action.worker_id].name
            for action in around.actions
            if action.worker_id is not None and action.worker_id in names.workers
        },
        costs=tuple(
            sorted(costs_on(facts.costs, as_at, known_on), key=lambda line: (line.started_on, line.kind, line.id))
        ),
        splits=tuple(sorted(splits_on(facts.splits, as_at, known_on), key=lambda split: (split.started_on, split.id))),
    )


def _needs(facts: PersonFacts, notes: Sequence[Note], names: Names, as_at: date) -> tuple[Need, ...]:
    line = build_line(facts, names, as_at)
    found = build_needs(facts, line, names, as_at, since=as_at - timedelta(days=365))
    return tuple(with_spoken(found, [note.noted_on for note in notes if is_spoken(note)]))


def _age(person: Person, as_at: date) -> int | None:
    """Whole years on a day, or at death; None before birth and where the birth date is not known."""
    day = min(as_at, person.died_on or as_at)
    return age_on(person.born_on, day) if person.born_on is not None and person.born_on <= day else None


def _stays(placements: Sequence[Placement], names: Names, as_at: date) -> tuple[Stay, ...]:
    gap_days = {gap.after.id: gap.days for gap in gaps(placements, as_at)}
    stays = []
    for placement in in_order(placements):
        service = names.services.get(placement.service_id or "")
        provider = names.providers.get(service.provider_id or "") if service else None
        end = placement.ended_on if placement.ended_on and placement.ended_on <= as_at else as_at
        days = (end - placement.started_on).days
        stage = names.stages[placement.stage_id]
        stays.append(Stay(placement, stage, service, provider, days, gap_days.get(placement.id, 0)))
    return tuple(stays)


def _move_on(plan: MoveOnPlan, facts: PersonFacts, names: Names, as_at: date) -> MoveOn:
    targets = targets_of(plan, facts.targets, as_at)
    live = targets[-1] if targets else None
    ended = plan.ended_on is not None and plan.ended_on <= as_at
    return MoveOn(
        plan=plan,
        aim_stage=names.stages.get(plan.aim_stage_id or ""),
        original=targets[0] if targets else None,
        current=live,
        slips=tuple(targets[1:]),
        due=due(live.target_on if live and not ended else None, as_at, names.rules.soon_days),
    )


def _domains(store: Store, around: Around, as_at: date) -> tuple[tuple[str, str], ...]:
    """The readiness domains that may be rated on a day, and those that were."""
    rated = {rating.domain for rating in around.ratings}
    items = store.codes("readiness_domain")
    known = [(item.code, item.label) for item in items if is_current(item, as_at) or item.code in rated]
    return (*known, *((code, code) for code in sorted(rated - {item.code for item in items})))


def _with_forecast(store: Store, move_on: MoveOn, around: Around, as_at: date) -> MoveOn:
    if move_on.original is None or move_on.current is None:
        return move_on
    forecast = forecast_move(
        move_on.plan.aim_stage_id,
        move_on.original.target_on,
        move_on.current.target_on,
        around.open_barriers(),
        read_experience(store, as_at),
        as_at,
    )
    return replace(move_on, forecast=forecast)


def _labels(store: Store, facts: PersonFacts, notes: Sequence[Note], around: Around) -> dict[str, str]:
    """The words for every code these records hold, by "list/code"."""
    used: set[tuple[str, str | None]] = {
        ("gender", facts.person.gender),
        ("ethnicity", facts.person.ethnicity),
        ("leaving_reason", facts.person.left_reason),
    }
    for placement in facts.placements:
        used |= {("end_reason", placement.end_reason), ("destination", placement.destination)}
        used |= {("back_reason", placement.back_reason)}
    used |= {("slip_reason", target.reason_code) for target in facts.targets}
    used |= {("plan_end_reason", plan.end_reason) for plan in facts.plans}
    for review in facts.reviews:
        used |= {("review_kind", review.kind), ("review_outcome", review.outcome)}
        used |= {("unplanned_reason", review.reason_code), ("review_method", review.method)}
        used |= {("s117_decision", review.s117_decision), ("support_change", review.support_change)}
    used |= {(status.kind.value, status.code) for status in facts.statuses}
    used |= {("primary_support", facts.person.primary_support)} | codes_used(around)
    used |= {("note_kind", note.kind) for note in notes} | {("cost_kind", line.kind) for line in facts.costs}
    return {f"{name}/{code}": store.code_label(name, code) for name, code in used if code}
