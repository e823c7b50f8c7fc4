"""What a person's support costs: lines begun, changed and ended, each from a day, so that the past stays true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from mhtracker import text
from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution
from mhtracker.domain.money.cost_rules import check_line
from mhtracker.domain.money.costs import gross_on
from mhtracker.domain.money.weekly import BY_UNIT, Frequency
from mhtracker.domain.pathway import by_id
from mhtracker.domain.records import CostLine, Person, Placement, Review, new_id
from mhtracker.operations.drafting import Consequence, Preview, changed, drafted, previewed, reason_of
from mhtracker.operations.money.cost_drafts import (
    ALL,
    CostDraft,
    draft_costs,
    save_costs,
    stay_on,
)
from mhtracker.operations.money.stay_costs import follow_charge, lines_after, lines_arriving, save_lines
from mhtracker.store import Store, Work
from mhtracker.store.cost_words import line_name, weekly_words


def add_cost_line(store: Store, person_id: str, *, instead_of: str = "", **fields: Any) -> CostLine:
    """Begin a line of cost: beside what runs, or `instead_of` everything ("all") or one line (its id).

    It ends with the stay of its first day, unless `goes_along`. A one-off is due on `started_on`. Raises Invalid.
    """
    with store.operation("Add cost", person_id=person_id) as work:
        draft = draft_costs(store, person_id, [_line(store, person_id, fields)], instead_of)
        work.label = f"{_verb(draft.new[0], instead_of)}: {_name(store, draft.new[0])}"
        return save_costs(work, draft)[0]


def preview_cost_line(store: Store, person_id: str, *, instead_of: str = "", **fields: Any) -> Preview:
    """What adding a line would do: a week's cost from that day, and what is written out or ends."""
    try:
        draft = draft_costs(store, person_id, [_line(store, person_id, fields)], instead_of)
    except Invalid as invalid:
        return Preview(invalid.problems, invalid.mends)
    return previewed(lambda: draft.cautions, *consequences(store, person_id, draft))


def change_cost_line(
    store: Store, line_id: str, *, from_on: date | None, rate_pence: int | None, units: float | None = None
) -> CostLine:
    """Another rate, or more or fewer hours, from a day: the line ends and one like it begins. Raises Invalid."""
    line = store.get(CostLine, line_id)
    with store.operation("Change cost", person_id=line.person_id) as work:
        draft = _draft_change(store, line, from_on, rate_pence, units)
        work.label = f"Change cost: {_name(store, line)}"
        return save_costs(work, draft)[0]


def preview_change(
    store: Store, line_id: str, *, from_on: date | None, rate_pence: int | None, units: float | None = None
) -> Preview:
    """What changing a line from a day would do."""
    line = store.get(CostLine, line_id)
    try:
        draft = _draft_change(store, line, from_on, rate_pence, units)
    except Invalid as invalid:
        return Preview(invalid.problems, invalid.mends)
    return previewed(lambda: draft.cautions, *consequences(store, line.person_id, draft))


def _draft_change(
    store: Store, line: CostLine, from_on: date | None, rate_pence: int | None, units: float | None
) -> CostDraft:
    if from_on is None:
        raise Invalid({"from_on": "The first day is empty. Write the first day of the new cost."})
    if rate_pence is None:
        raise Invalid({"rate_pence": "Rate is empty. Write what is paid."})
    if from_on <= line.started_on:
        words = f"This line began on {write_date(line.started_on)}. Write a later day, or correct the line itself."
        raise Invalid({"from_on": words})
    if line.ended_on is not None and from_on >= line.ended_on:
        raise Invalid({"from_on": f"This line ended on {write_date(line.ended_on)}. Add another instead."})
    new = replace(line, id=new_id(), started_on=from_on, rate_pence=rate_pence, units=units, taper_id=None, version=0)
    try:
        return draft_costs(store, line.person_id, [_plain(new)], line.id)
    except Invalid as invalid:
        found = {"from_on" if name == "started_on" else name: words for name, words in invalid.problems.items()}
        raise Invalid(found, invalid.mends) from invalid


def edit_cost_line(store: Store, line_id: str, *, base: CostLine | None = None, **changes: Any) -> CostLine:
    """Put a line right that was written down wrongly: its whole time changes. Raises Invalid, Conflict."""
    found = store.get(CostLine, line_id)
    with store.operation(f"Correct cost: {_name(store, found)}", person_id=found.person_id) as work:
        line = drafted(store, _plain(changed(store, work.get(CostLine, line_id), changes, base)))
        _check(store, line)
        return work.save(line)


def preview_edit(store: Store, line_id: str, **changes: Any) -> Preview:
    """What correcting a line would say."""
    return previewed(lambda: _check(store, _plain(changed(store, store.get(CostLine, line_id), changes, None))))


def end_cost_line(store: Store, line_id: str, *, ended_on: date | None) -> CostLine:
    """Nothing is paid for it any more from a day; the later steps of its taper go. Raises Invalid.

    The stay's own cost does not come back where its last line ends.
    """
    found = store.get(CostLine, line_id)
    with store.operation(f"End cost: {_name(store, found)}", person_id=found.person_id) as work:
        if ended_on is None:
            raise Invalid({"ended_on": "The end is empty. Write the first day it no longer costs."})
        for later in work.find(CostLine, person_id=found.person_id):
            if found.taper_id and later.taper_id == found.taper_id and later.started_on > found.started_on:
                work.delete(later)
        line = replace(work.get(CostLine, line_id), ended_on=ended_on)
        _check(store, line)
        _settle_own_cost(store, work, line, ended_on)
        return work.save(line)


def remove_cost_line(store: Store, line_id: str, *, reason: str) -> None:
    """Take away a line that never was. What it said stays in the history. Raises Invalid without a reason."""
    reason = reason_of(reason)
    if not reason:
        raise Invalid({"reason": "Reason is empty. Say why this cost is taken away."})
    found = store.get(CostLine, line_id)
    with store.operation(f"Take away cost: {_name(store, found)}", person_id=found.person_id, reason=reason) as work:
        work.delete(work.get(CostLine, line_id))


def decide_cost(store: Store, review: Review, pence: int, from_on: date) -> CostDraft:
    """The whole cost a week that a review decided on, from a day, past or ahead. Raises Invalid("changes_on")."""
    stay = stay_on(store, review.person_id, from_on)
    if stay is None:
        raise Invalid({"changes_on": f"There is no stay on {write_date(from_on)} whose cost could change."})
    home = by_id(store.stages())[stay.stage_id].own_home
    held = f"decided at the review on {write_date(review.held_on)}" if review.held_on else ""
    if held and review.hours_per_week is not None:
        held = f"{review.hours_per_week:g} hours a week, {held}"
    kind = "support" if home else "accommodation"
    line = CostLine(new_id(), review.person_id, kind, pence, from_on, placement_id=stay.id, what=held)
    return draft_costs(store, review.person_id, [line], ALL)


def follow_move(store: Store, work: Work, *, arriving: Placement, leaving: Sequence[Placement]) -> None:
    """Within the operation of a move: costs of the places left end, and what the form says of the new one holds.

    Lines tied to no stay go along; the new stay's own cost then becomes a line beside them. A charge that differs from
    how funding is split begins a split like the one before.
    """
    was = now = work.find(CostLine, person_id=arriving.person_id)
    for placement in leaving:
        now = lines_after(now, replace(placement, ended_on=None), placement)
    save_lines(work, was, lines_arriving(now, arriving, by_id(store.stages())))
    follow_charge(work, arriving)


def consequences(store: Store, person_id: str, draft: CostDraft) -> list[Consequence]:
    """What recording a draft would do, in words: the week's cost from its first day, and what ends or goes."""
    new = [line for line in draft.new if line.frequency != Frequency.ONE_OFF]
    if not new:
        return [Consequence("place", "Stands beside the weekly cost, and counts once")]
    day = min(line.started_on for line in new)
    after = {line.id: line for line in store.find(CostLine, person_id=person_id)}
    stay = stay_on(store, person_id, day)
    before = gross_on(stay, after.values(), day)
    after |= {line.id: line for line in draft.saves}
    for line in draft.goes:
        del after[line.id]
    gross, was = gross_on(stay, after.values(), day), ""
    if before is not None and before != gross:
        was = f"; without this it would be {text.format_pence(before)}"
    found = [Consequence("place", f"From {text.format_date(day)} a week costs {text.format_pence(gross)} in all{was}")]
    fresh = {line.id for line in draft.new}
    found += [
        Consequence("gap", f"{_name(store, line)}, {weekly_words(line)}, ends on {text.format_date(line.ended_on)}")
        for line in draft.saves
        if line.id not in fresh and line.ended_on == day
    ]
    if draft.goes:
        found.append(Consequence("gap", f"{text.count(len(draft.goes), 'line')} planned for later will go"))
    return found


def _line(store: Store, person_id: str, fields: dict[str, Any]) -> CostLine:
    """A new line from a form's values. Raises Invalid where kind, rate or first day are missing."""
    values = dict(fields)
    missing = {
        "kind": "Cost is empty. Choose what is paid for.",
        "rate_pence": "Rate is empty. Write what is paid.",
        "started_on": "The first day is empty. Write the first day it costs.",
    }
    problems = {name: words for name, words in missing.items() if values.get(name) in (None, "")}
    if problems:
        raise Invalid(problems)
    goes_along = values.pop("goes_along", False)
    stay = None if goes_along else stay_on(store, person_id, values["started_on"])
    return _plain(CostLine(new_id(), person_id, **values, placement_id=stay.id if stay is not None else None))


def _plain(line: CostLine) -> CostLine:
    """Without what its frequency has no use for."""
    if line.frequency not in {each.value for each in BY_UNIT}:
        line = replace(line, units=None)
    return replace(line, ended_on=None) if line.frequency == Frequency.ONE_OFF else line


def _check(store: Store, line: CostLine) -> tuple[Caution, ...]:
    labels = {item.code: item.label for item in store.codes("cost_kind")}
    others = store.find(CostLine, person_id=line.person_id)
    return check_line(line, others, person=store.get(Person, line.person_id), known_kinds=labels)


def _settle_own_cost(store: Store, work: Work, line: CostLine, ended_on: date) -> None:
    """Where the last line ends nothing more is paid: a line of nothing keeps the stay's own cost from coming back."""
    stay = stay_on(store, line.person_id, ended_on)
    others = [e for e in work.find(CostLine, person_id=line.person_id) if e.id != line.id]
    if stay is None or stay.weekly_cost_pence is None or gross_on(None, others, ended_on) is not None:
        return
    if stay.ended_on is None or stay.ended_on > ended_on:
        later = [e.started_on for e in others if e.frequency != Frequency.ONE_OFF and e.started_on > ended_on]
        until = min([*later, *([stay.ended_on] if stay.ended_on else [])], default=None)
        what = f"nothing paid since {write_date(ended_on)}"
        work.save(replace(line, id=new_id(), rate_pence=0, started_on=ended_on, ended_on=until, what=what,
                          frequency="weekly", units=None, taper_id=None, placement_id=stay.id, version=0))  # fmt: skip


def _name(store: Store, line: CostLine) -> str:
    return line_name(line, store.code_label("cost_kind", line.kind))


def _verb(line: CostLine, instead_of: str) -> str:
    if line.frequency == Frequency.ONE_OFF:
        return "Add one-off cost"
    return "Change cost" if instead_of else "Add cost"
