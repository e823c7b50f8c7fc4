"""Ready-made plans of dated steps: in-reach before a move, weeks of enablement after it, checks that a home lasts.

Steps are actions that know their distance from the move (`from_days`). They are made from the office's templates, can
each be changed like any action, and go along when the day of the move does.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta

from mhtracker.domain import move_on_rules as rules
from mhtracker.domain.dates import add_months, write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.move_on_rules import ENABLEMENT, HOME, IN_REACH, NOT_HOME, SUSTAINMENT
from mhtracker.domain.pathway import Direction, direction
from mhtracker.domain.records import Action, MoveOnPlan, Person, Placement, StepTemplate, new_id
from mhtracker.operations.drafting import drafted, reason_of
from mhtracker.store import Store, Work
from mhtracker.text import count, format_date

PHASES = (IN_REACH, ENABLEMENT)
_DAYS_A_MONTH = 30.4375


def make_steps(
    store: Store,
    person_id: str,
    *,
    move_on: date,
    phases: Collection[str] = PHASES,
    owner: str = "",
    worker_id: str | None = None,
) -> list[Action]:
    """Make the steps of a move on a day, planned or past, in one operation. Days that have passed are left out.

    Raises Invalid when open steps of a phase are there already, and when no step is left to make.
    """
    with store.operation("Plan steps", person_id=person_id) as work:
        there = _open_steps(work.find(Action, person_id=person_id), phases)
        if there:
            words = f"{count(len(there), 'step')} of this plan are open already. Move them, or drop the rest first."
            raise Invalid({"": words.replace("step of this plan are", "step of this plan is")})
        made = planned_steps(store, work, person_id, move_on, phases, None)
        if not made:
            words = (
                f"Every step of a move on {write_date(move_on)} has passed. Write a later day, or choose other steps."
            )
            raise Invalid({"move_on": words})
        owned = [replace(step, owner="" if worker_id else owner, worker_id=worker_id or None) for step in made]
        work.label = f"Plan {count(len(made), 'step')} around the move"
        return [work.save(drafted(store, step)) for step in owned]


def planned_steps(
    store: Store, work: Work, person_id: str, move_on: date, phases: Collection[str], placement_id: str | None
) -> list[Action]:
    """The steps that templates ask for, from today on, not yet saved."""
    plan = next(iter(work.find(MoveOnPlan, person_id=person_id, ended_on=None)), None)
    templates = [each for each in work.find(StepTemplate, retired=False) if each.phase in phases]
    return [
        Action(
            id=new_id(),
            person_id=person_id,
            what=each.what,
            due_on=move_on + timedelta(days=each.from_days),
            phase=each.phase,
            set_on=work.today,
            plan_id=plan.id if plan is not None else None,
            placement_id=placement_id,
            from_days=each.from_days,
        )
        for each in sorted(templates, key=lambda template: (template.from_days, template.position))
        if move_on + timedelta(days=each.from_days) >= work.today
    ]


def move_steps(store: Store, person_id: str, *, move_on: date) -> list[Action]:
    """The move comes on another day: every open step goes along, those that were changed by as much as before."""
    with store.operation("Move steps", person_id=person_id) as work:
        there = _open_steps(work.find(Action, person_id=person_id), PHASES)
        if not there:
            raise Invalid({"": "There is no open step to move. Plan the steps first."})
        work.label = f"Move steps to a move on {format_date(move_on)}"
        return [work.save(step) for step in _shifted(there, move_on)]


def drop_steps(store: Store, person_id: str, *, reason: str, phases: Collection[str] = PHASES) -> list[Action]:
    """The steps still open will not be done. Raises Invalid without a reason."""
    reason = reason_of(reason)
    with store.operation("Drop the rest of the steps", person_id=person_id, reason=reason) as work:
        person = work.get(Person, person_id)
        dropped = []
        for step in _open_steps(work.find(Action, person_id=person_id), phases):
            step = drafted(store, replace(step, dropped_on=work.today, drop_reason=reason))
            rules.check_action(step, person=person, today=work.today)
            dropped.append(work.save(step))
        if not dropped:
            raise Invalid({"": "There is no open step to drop."})
        return dropped


def follow_move(
    store: Store, work: Work, *, arriving: Placement, leaving: Sequence[Placement], with_steps: bool, kept: bool
) -> None:
    """Within the operation of a move: what it does to steps and checks.

    Open steps planned for it go along to its true day; with `with_steps` those still missing are made. Those of a stay
    that ends are dropped. A home of one's own gets its two checks; leaving for anything else settles the open ones.
    `kept`: the stay left goes on underneath, or the one arrived at was kept meanwhile, and no check is settled.
    """
    stages = {stage.id: stage for stage in store.stages()}
    home = stages[arriving.stage_id].own_home
    actions = work.find(Action, person_id=arriving.person_id)
    ended = {each.id: each for each in leaving}
    for step in steps_of_stays(actions, ended):
        left = ended[step.placement_id or ""]
        onward = direction(stages[left.stage_id], stages[arriving.stage_id]) == Direction.ONWARD
        reason = "Moved on" if onward else "Left that place"
        work.save(replace(step, dropped_on=left.ended_on, drop_reason=reason))
    if kept:
        return
    waiting = [step for step in _open_steps(actions, PHASES) if step.placement_id is None]
    for step in _shifted(waiting, arriving.started_on):
        work.save(replace(step, placement_id=arriving.id))
    if with_steps:
        missing = [phase for phase in PHASES if all(step.phase != phase for step in waiting)]
        for step in planned_steps(store, work, arriving.person_id, arriving.started_on, missing, arriving.id):
            work.save(step)
    was_home = any(stages[each.stage_id].own_home for each in leaving)
    if home and not was_home:
        for step in _checks(work, arriving):
            work.save(step)
    elif not home:
        _settle(work, actions, leaving)


def steps_of_stays(actions: Sequence[Action], stay_ids: Collection[str]) -> list[Action]:
    """The open steps before and after the move into any of these stays: nobody does them once it is left."""
    return [step for step in _open_steps(actions, PHASES) if step.placement_id in stay_ids]


def drop_on_leaving(work: Work, person_id: str, left_on: date, reason: str) -> None:
    """Within the operation that closes a case: no step or check of a ready-made plan stays open."""
    for step in _open_steps(work.find(Action, person_id=person_id), (*PHASES, SUSTAINMENT)):
        work.save(replace(step, dropped_on=left_on, drop_reason=reason))


def follow_start(store: Store, work: Work, before: Placement, after: Placement) -> None:
    """Within the operation that corrects a stay: the open checks of a home go along with its first day.

    A check put off by hand stays as far from its usual day as it was.
    """
    if before.started_on == after.started_on:
        return
    checks = _open_steps(work.find(Action, person_id=after.person_id, placement_id=after.id), (SUSTAINMENT,))
    for check in checks:
        if check.due_on is None or check.from_days is None:
            continue
        months = round(check.from_days / _DAYS_A_MONTH)
        put_off = check.due_on - add_months(before.started_on, months)
        due_on = add_months(after.started_on, months) + put_off
        work.save(replace(check, due_on=due_on, from_days=(due_on - after.started_on).days))


def follow_no_stay(work: Work, stay: Placement) -> None:
    """Within the operation that takes away a stay: nobody checks a home that never was; other steps stay without it."""
    tied = work.find(Action, placement_id=stay.id)
    unasked = _open_steps(tied, (SUSTAINMENT,))
    for step in tied:
        if step in unasked:
            work.delete(step)
        else:
            work.save(replace(step, placement_id=None))


def _checks(work: Work, arriving: Placement) -> list[Action]:
    """Still at home after six and twelve months? The templates' days are read as whole calendar months."""
    found = work.find(StepTemplate, phase=SUSTAINMENT, retired=False)
    checks = []
    for each in sorted(found, key=lambda template: (template.from_days, template.position)):
        due_on = add_months(arriving.started_on, round(each.from_days / _DAYS_A_MONTH))
        checks.append(
            Action(
                id=new_id(),
                person_id=arriving.person_id,
                what=each.what,
                due_on=due_on,
                phase=SUSTAINMENT,
                set_on=work.today,
                placement_id=arriving.id,
                from_days=(due_on - arriving.started_on).days,
            )
        )
    return checks


def _settle(work: Work, actions: Sequence[Action], leaving: Sequence[Placement]) -> None:
    """The open checks of a home that was left: whoever was still there on a check's day was at home then."""
    left_on = max((each.ended_on for each in leaving if each.ended_on is not None), default=None)
    if left_on is None:
        return
    for check in _open_steps(actions, (SUSTAINMENT,)):
        there = check.due_on is not None and check.due_on <= left_on
        words = f"Settled by the move: left this home on {format_date(left_on)}."
        note = "\n".join(filter(None, (check.note, words)))
        outcome = HOME if there else NOT_HOME
        work.save(replace(check, done_on=left_on, outcome=outcome, note=note))


def _open_steps(actions: Sequence[Action], phases: Collection[str]) -> list[Action]:
    return [each for each in actions if each.phase in phases and each.done_on is None and each.dropped_on is None]


def _shifted(steps: Sequence[Action], move_on: date) -> list[Action]:
    return [
        replace(step, due_on=move_on + timedelta(days=step.from_days)) if step.from_days is not None else step
        for step in steps
    ]
