"""Actions: what somebody is to do by when. The dated steps of ready-made plans are actions too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from mhtracker.domain import move_on_rules as rules
from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution
from mhtracker.domain.records import Action, MoveOnPlan, Person, new_id
from mhtracker.operations.drafting import Preview, changed, drafted, none_if_empty, previewed, reason_of
from mhtracker.store import Store
from mhtracker.text import format_date


def add_action(
    store: Store,
    person_id: str,
    *,
    what: str,
    due_on: date | None = None,
    worker_id: str | None = None,
    owner: str = "",
    note: str = "",
    set_on: date | None = None,
    review_id: str | None = None,
) -> Action:
    """Agree on an action. Its owner is one of the office's workers (`worker_id`) or a name as written (`owner`)."""
    with store.operation("Add action", person_id=person_id) as work:
        action = _new(store, person_id, what, due_on, worker_id, owner, note, set_on)
        return work.save(_checked(store, replace(action, review_id=review_id))[0])


def preview_action(
    store: Store,
    person_id: str,
    *,
    what: str,
    due_on: date | None = None,
    worker_id: str | None = None,
    owner: str = "",
    note: str = "",
    set_on: date | None = None,
) -> Preview:
    """What adding an action would say."""
    return previewed(lambda: _checked(store, _new(store, person_id, what, due_on, worker_id, owner, note, set_on))[1])


def finish_action(
    store: Store, action_id: str, *, done_on: date | None = None, outcome: str = "", note: str = ""
) -> Action:
    """Say that an action is done, today unless told otherwise. A sustainment check needs its outcome."""
    found = store.get(Action, action_id)
    with store.operation("Do action", person_id=found.person_id) as work:
        action = _open(work.get(Action, action_id))
        words = "\n".join(filter(None, (action.note, note)))
        done = replace(action, done_on=done_on or work.today, outcome=outcome, note=words)
        work.label = f"Done: {_short(action)}"
        return work.save(_checked(store, done)[0])


def reopen_action(store: Store, action_id: str) -> Action:
    """An action done or dropped is to be done after all."""
    found = store.get(Action, action_id)
    with store.operation("Take up action again", person_id=found.person_id) as work:
        action = work.get(Action, action_id)
        return work.save(replace(action, done_on=None, dropped_on=None, drop_reason="", outcome=""))


def drop_action(store: Store, action_id: str, *, reason: str, dropped_on: date | None = None) -> Action:
    """An action will not be done. Raises Invalid without a reason."""
    found, reason = store.get(Action, action_id), reason_of(reason)
    with store.operation("Drop action", person_id=found.person_id, reason=reason) as work:
        action = _open(work.get(Action, action_id))
        return work.save(_checked(store, replace(action, dropped_on=dropped_on or work.today, drop_reason=reason))[0])


def put_off_action(store: Store, action_id: str, *, due_on: date, reason: str) -> Action:
    """Give an action another day, saying why; its note keeps the day before and the reason."""
    found, reason = store.get(Action, action_id), reason_of(reason)
    with store.operation("Put off action", person_id=found.person_id, reason=reason) as work:
        action = _open(work.get(Action, action_id))
        if not reason:
            raise Invalid({"reason": "Reason is empty. Say why it gets another day."})
        if due_on == action.due_on:
            raise Invalid({"due_on": f"{write_date(due_on)} is the day already. Choose another."})
        if due_on < work.today:
            words = f"{write_date(due_on)} has passed. Choose today or later."
            raise Invalid({"due_on": words}, {"due_on": (work.today, work.today + timedelta(days=7))})
        was = f"from {format_date(action.due_on)} " if action.due_on else ""
        kept = f"Put {was}to {format_date(due_on)}: {reason}"
        moved = moved_to(action, due_on)
        return work.save(_checked(store, replace(moved, note="\n".join(filter(None, (action.note, kept)))))[0])


def edit_action(store: Store, action_id: str, *, base: Action | None = None, **changes: Any) -> Action:
    """Put an action right: its words, owner, day, note. Raises Invalid, Conflict."""
    found = store.get(Action, action_id)
    with store.operation("Change action", person_id=found.person_id) as work:
        before = work.get(Action, action_id)
        values = none_if_empty(changes, ("worker_id",))
        action = changed(store, before, values, base)
        if action.due_on != before.due_on and action.due_on is not None:
            action = replace(moved_to(before, action.due_on), **{k: getattr(action, k) for k in values})
        return work.save(_checked(store, action)[0])


def moved_to(action: Action, due_on: date) -> Action:
    """An action on another day. A step keeps its distance from the move, so that it goes along when the move does."""
    if action.from_days is None or action.due_on is None:
        return replace(action, due_on=due_on)
    return replace(action, due_on=due_on, from_days=action.from_days + (due_on - action.due_on).days)


def _new(
    store: Store,
    person_id: str,
    what: str,
    due_on: date | None,
    worker_id: str | None,
    owner: str,
    note: str,
    set_on: date | None,
) -> Action:
    plan = next(iter(store.find(MoveOnPlan, person_id=person_id, ended_on=None)), None)
    return Action(
        id=new_id(),
        person_id=person_id,
        what=what,
        due_on=due_on,
        owner="" if worker_id else owner,
        worker_id=worker_id or None,
        note=note,
        set_on=set_on or store.today,
        plan_id=plan.id if plan is not None else None,
    )


def _checked(store: Store, action: Action) -> tuple[Action, tuple[Caution, ...]]:
    action = drafted(store, action)
    return action, rules.check_action(action, person=store.get(Person, action.person_id), today=store.today)


def _open(action: Action) -> Action:
    if action.done_on is not None:
        raise Invalid({"": f"This was done on {write_date(action.done_on)} already."})
    if action.dropped_on is not None:
        raise Invalid({"": f"This was dropped on {write_date(action.dropped_on)}. Take it up again first."})
    return action


def _short(action: Action) -> str:
    return action.what if len(action.what) <= 60 else f"{action.what[:59].rstrip()}…"
