"""Measures by name: the tools an office is licensed for, and people's totals with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution
from mhtracker.domain.progress import check_measure, check_tool, number
from mhtracker.domain.records import MeasureScore, MeasureTool, Person, new_id
from mhtracker.operations.drafting import Preview, changed, drafted, previewed, reason_of
from mhtracker.store import Store


def save_tool(store: Store, tool: MeasureTool) -> MeasureTool:
    """Add a measure (version 0) or change one. A range that leaves out recorded totals is refused. Raises Invalid."""
    with store.operation("Add measure" if tool.version == 0 else "Change measure") as work:
        tool = drafted(store, replace(tool, id=tool.id or new_id()))
        check_tool(tool, work.find(MeasureTool))
        totals = [each.total for each in work.find(MeasureScore, tool_id=tool.id)]
        if totals and not tool.lowest <= min(totals) <= max(totals) <= tool.highest:
            low, high = number(min(totals)), number(max(totals))
            field = "lowest" if min(totals) < tool.lowest else "highest"
            raise Invalid({field: f"Totals from {low} to {high} are recorded. The range has to hold them."})
        return work.save(tool)


def preview_tool(store: Store, tool: MeasureTool) -> Preview:
    """What saving a measure would say."""
    return previewed(lambda: check_tool(tool, store.find(MeasureTool)))


def retire_tool(store: Store, tool_id: str, *, retired: bool = True) -> MeasureTool:
    """Offer a measure no longer (or again). Totals recorded with it stay."""
    name = store.get(MeasureTool, tool_id).name
    with store.operation(f"{'Retire' if retired else 'Offer again'} {name}") as work:
        return work.save(replace(work.get(MeasureTool, tool_id), retired=retired))


def record_measure(
    store: Store, person_id: str, *, tool_id: str, total: float, taken_on: date | None = None, note: str = ""
) -> MeasureScore:
    """Record the total of a measure on a day. Raises Invalid, also for a total outside the measure's range."""
    name = store.get(MeasureTool, tool_id).name
    with store.operation(f"Record {name}", person_id=person_id) as work:
        return work.save(_new(store, person_id, tool_id, total, taken_on, note)[0])


def preview_measure(
    store: Store, person_id: str, *, tool_id: str, total: float, taken_on: date | None = None, note: str = ""
) -> Preview:
    """What recording a total would say."""
    return previewed(lambda: _new(store, person_id, tool_id, total, taken_on, note)[1])


def correct_measure(store: Store, measure_id: str, *, base: MeasureScore | None = None, **changes: Any) -> MeasureScore:
    """Put a total right. Raises Invalid, Conflict."""
    found = store.get(MeasureScore, measure_id)
    name = store.get(MeasureTool, found.tool_id).name
    with store.operation(f"Correct {name}", person_id=found.person_id) as work:
        measure = drafted(store, changed(store, work.get(MeasureScore, measure_id), changes, base))
        _check(store, measure)
        return work.save(measure)


def remove_measure(store: Store, measure_id: str, *, reason: str) -> None:
    """Take away a total that was never taken. Raises Invalid without a reason."""
    reason = reason_of(reason)
    if not reason:
        raise Invalid({"reason": "Reason is empty. Say why this total is taken away."})
    found = store.get(MeasureScore, measure_id)
    name = store.get(MeasureTool, found.tool_id).name
    with store.operation(f"Take away {name}", person_id=found.person_id, reason=reason) as work:
        work.delete(work.get(MeasureScore, measure_id))


def _new(
    store: Store, person_id: str, tool_id: str, total: float, taken_on: date | None, note: str
) -> tuple[MeasureScore, tuple[Caution, ...]]:
    day = taken_on or store.today
    measure = drafted(store, MeasureScore(new_id(), person_id, tool_id, float(total), day, note, store.who))
    return measure, _check(store, measure)


def _check(store: Store, measure: MeasureScore) -> tuple[Caution, ...]:
    tool = store.get(MeasureTool, measure.tool_id)
    others = store.find(MeasureScore, person_id=measure.person_id, tool_id=measure.tool_id)
    person = store.get(Person, measure.person_id)
    return check_measure(measure, tool, others, person=person, today=store.today)
