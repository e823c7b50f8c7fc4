"""Move-on plans and their dates. A date is never overwritten: each change is another target with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mhtracker.domain import rules
from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution
from mhtracker.domain.pathway import by_id, current_placement
from mhtracker.domain.records import MoveOnPlan, Person, Placement, Target, new_id
from mhtracker.operations.drafting import Consequence, Preview, changed, drafted, previewed, reason_of
from mhtracker.store import Store
from mhtracker.text import count, slip_length


def start_plan(
    store: Store,
    person_id: str,
    *,
    aim_stage_id: str | None,
    aim: str = "",
    target_on: date | None = None,
    started_on: date | None = None,
) -> MoveOnPlan:
    """Begin a move-on plan, with its original target if one is given. A person has one plan at a time."""
    with store.operation("Start move-on plan", person_id=person_id) as work:
        plan, target, _ = _new_plan(store, person_id, aim_stage_id, aim, target_on, started_on)
        saved = work.save(plan)
        if target is not None:
            work.save(target)
        return saved


def preview_plan(
    store: Store,
    person_id: str,
    *,
    aim_stage_id: str | None,
    aim: str = "",
    target_on: date | None = None,
    started_on: date | None = None,
) -> Preview:
    """What starting a plan would say."""
    return previewed(lambda: _new_plan(store, person_id, aim_stage_id, aim, target_on, started_on)[2])


def edit_plan(
    store: Store, plan_id: str, *, base: MoveOnPlan | None = None, aim_stage_id: str | None, aim: str = ""
) -> MoveOnPlan:
    """Change what a plan aims at; its dates stay. Raises Invalid, Conflict."""
    found = store.get(MoveOnPlan, plan_id)
    with store.operation("Change aim", person_id=found.person_id) as work:
        wanted = {"aim_stage_id": aim_stage_id or None, "aim": aim}
        plan = drafted(store, changed(store, _open(work.get(MoveOnPlan, plan_id)), wanted, base))
        rules.check_plan(plan, stages=by_id(store.stages()))
        return work.save(plan)


def change_target(
    store: Store,
    plan_id: str,
    *,
    target_on: date,
    reason_code: str | None = None,
    reason: str = "",
    set_on: date | None = None,
) -> Target:
    """Set a plan's next target (its first needs no reason). `set_on` is today unless told otherwise."""
    plan, reason = store.get(MoveOnPlan, plan_id), reason_of(reason)
    first = not store.find(Target, plan_id=plan_id)
    with store.operation("Set target" if first else "Change target", person_id=plan.person_id, reason=reason) as work:
        target, _ = _next_target(store, plan_id, target_on, reason_code, reason, set_on)
        return work.save(target)


def preview_target(
    store: Store, plan_id: str, *, target_on: date | None, reason_code: str | None = None, reason: str = ""
) -> Preview:
    """What changing the target would say: how far it slips from the original."""
    if target_on is None:
        return Preview({"target_on": "Target is empty. Write the day the move should happen by."})
    day = target_on
    targets = _in_order(store.find(Target, plan_id=plan_id))
    found: list[Consequence] = []
    if targets and targets[0].target_on != day:
        original = targets[0].target_on
        way = "after" if day > original else "before"
        words = f"{slip_length(original, day)} {way} the original target, {write_date(original)}"
        found.append(Consequence("target", f"{words}, in {count(len(targets), 'change')}"))
    return previewed(lambda: _next_target(store, plan_id, day, reason_code, reason, None)[1], *found)


def end_plan(store: Store, plan_id: str, *, reason_code: str, ended_on: date | None = None) -> MoveOnPlan:
    """End a plan that was met, changed or given up. Its dates stay in the history."""
    found = store.get(MoveOnPlan, plan_id)
    with store.operation("End move-on plan", person_id=found.person_id) as work:
        plan = _open(work.get(MoveOnPlan, plan_id))
        day = ended_on or store.today
        if day > store.today:
            words = f"Plan ended on {write_date(day)} lies ahead. It is recorded once it has ended."
            raise Invalid({"ended_on": words}, {"ended_on": (store.today,)})
        if not reason_code:
            raise Invalid({"end_reason": "Reason is empty. Choose why the plan ends."})
        ended = drafted(store, replace(plan, ended_on=day, end_reason=reason_code))
        rules.check_plan(ended, stages=by_id(store.stages()))
        return work.save(ended)


def _new_plan(
    store: Store,
    person_id: str,
    aim_stage_id: str | None,
    aim: str,
    target_on: date | None,
    started_on: date | None,
) -> tuple[MoveOnPlan, Target | None, tuple[Caution, ...]]:
    person, stages, day = store.get(Person, person_id), by_id(store.stages()), started_on or store.today
    if store.find(MoveOnPlan, person_id=person_id, ended_on=None):
        raise Invalid({"": "There is a move-on plan in force. Change its target or its aim, or end it first."})
    if day > store.today:
        words = f"Plan began on {write_date(day)} lies ahead. Write today or earlier."
        raise Invalid({"started_on": words}, {"started_on": (store.today,)})
    now = current_placement(store.find(Placement, person_id=person_id), day)
    plan = drafted(store, MoveOnPlan(new_id(), person_id, aim_stage_id or None, aim, day))
    cautions = rules.check_plan(plan, stages=stages, now_in=stages.get(now.stage_id) if now is not None else None)
    if target_on is None:
        return plan, None, cautions
    target = Target(new_id(), plan.id, person_id, target_on, day, set_by=store.who)
    return plan, target, cautions + rules.check_target(target, [], person=person, today=store.today)


def _next_target(
    store: Store, plan_id: str, target_on: date, reason_code: str | None, reason: str, set_on: date | None
) -> tuple[Target, tuple[Caution, ...]]:
    plan = _open(store.get(MoveOnPlan, plan_id))
    earlier = _in_order(store.find(Target, plan_id=plan_id))
    target = Target(
        id=new_id(),
        plan_id=plan_id,
        person_id=plan.person_id,
        target_on=target_on,
        set_on=set_on or store.today,
        reason_code=reason_code or None,
        reason=reason,
        set_by=store.who,
        position=earlier[-1].position + 1 if earlier else 0,
    )
    target, person = drafted(store, target), store.get(Person, plan.person_id)
    return target, rules.check_target(target, earlier, person=person, today=store.today)


def _open(plan: MoveOnPlan) -> MoveOnPlan:
    if plan.ended_on is not None:
        raise Invalid({"": f"This plan ended on {write_date(plan.ended_on)}. Start a new one instead."})
    return plan


def _in_order(targets: list[Target]) -> list[Target]:
    return sorted(targets, key=lambda target: (target.set_on, target.position))
