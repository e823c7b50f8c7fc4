"""Barriers: what holds a move up, from when until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from mhtracker.domain import move_on_rules as rules
from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution
from mhtracker.domain.lists.code_lists import is_current
from mhtracker.domain.records import Barrier, MoveOnPlan, Person, new_id
from mhtracker.operations.drafting import Preview, changed, drafted, none_if_empty, previewed
from mhtracker.store import Store
from mhtracker.text import first_lower


def start_barrier(
    store: Store,
    person_id: str,
    *,
    code: str,
    started_on: date,
    ended_on: date | None = None,
    note: str = "",
    attributable: str = "",
) -> Barrier:
    """Say what holds the move up since a day; `ended_on` for one that is over. Raises Invalid."""
    with store.operation("Add barrier", person_id=person_id) as work:
        barrier = _new(store, person_id, code, started_on, ended_on, note, attributable)
        work.label = f"Add barrier: {first_lower(store.code_label('delay_reason', barrier.code))}"
        return work.save(_checked(store, barrier)[0])


def preview_barrier(
    store: Store,
    person_id: str,
    *,
    code: str,
    started_on: date,
    ended_on: date | None = None,
    note: str = "",
    attributable: str = "",
) -> Preview:
    """What adding a barrier would say."""
    return previewed(lambda: _checked(store, _new(store, person_id, code, started_on, ended_on, note, attributable))[1])


def end_barrier(store: Store, barrier_id: str, *, ended_on: date, note: str = "") -> Barrier:
    """Say that a barrier holds the move up no longer, from a day on. `note` is added to its own."""
    found = store.get(Barrier, barrier_id)
    label = f"End barrier: {first_lower(store.code_label('delay_reason', found.code))}"
    with store.operation(label, person_id=found.person_id) as work:
        barrier = work.get(Barrier, barrier_id)
        if barrier.ended_on is not None:
            raise Invalid({"ended_on": f"This barrier ended on {write_date(barrier.ended_on)} already."})
        words = "\n".join(filter(None, (barrier.note, note)))
        return work.save(_checked(store, replace(barrier, ended_on=ended_on, note=words))[0])


def edit_barrier(store: Store, barrier_id: str, *, base: Barrier | None = None, **changes: Any) -> Barrier:
    """Put a barrier right; without `ended_on` it holds again. Raises Invalid, Conflict."""
    found = store.get(Barrier, barrier_id)
    with store.operation("Change barrier", person_id=found.person_id) as work:
        values = none_if_empty(changes, ("ended_on",))
        return work.save(_checked(store, changed(store, work.get(Barrier, barrier_id), values, base))[0])


def remove_barrier(store: Store, barrier_id: str) -> None:
    """Take away a barrier entered by mistake. What it said stays in the history."""
    found = store.get(Barrier, barrier_id)
    with store.operation("Take away barrier", person_id=found.person_id) as work:
        work.delete(work.get(Barrier, barrier_id))


def _new(
    store: Store,
    person_id: str,
    code: str,
    started_on: date,
    ended_on: date | None,
    note: str,
    attributable: str | None,
) -> Barrier:
    plan = next(iter(store.find(MoveOnPlan, person_id=person_id, ended_on=None)), None)
    barrier = Barrier(new_id(), person_id, code, started_on, ended_on, note, attributable or "")
    return replace(barrier, plan_id=plan.id if plan is not None else None)


def _checked(store: Store, barrier: Barrier) -> tuple[Barrier, tuple[Caution, ...]]:
    barrier = drafted(store, barrier)
    item = next((each for each in store.codes("delay_reason") if each.code == barrier.code), None)
    others = store.find(Barrier, person_id=barrier.person_id)
    person = store.get(Person, barrier.person_id)
    label = item.label if item is not None else ""
    cautions = rules.check_barrier(barrier, others, person=person, today=store.today, label=label)
    if item is not None and not is_current(item, barrier.started_on):
        words = f"“{item.label}” is not on the national list for {write_date(barrier.started_on)}."
        cautions += (Caution("code", words),)
    return barrier, cautions
