"""Placements and moves: starting a stay, moving from one to the next, putting a stay right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Unpack

from mhtracker import text
from mhtracker.domain import rules
from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution
from mhtracker.domain.pathway import by_id
from mhtracker.domain.records import CostLine, FundingSplit, Person, Placement
from mhtracker.operations.drafting import Preview, changed, drafted, none_if_empty, previewed, reason_of
from mhtracker.operations.money import costs
from mhtracker.operations.money.stay_costs import follow_removal, follow_stay, own_money_cautions
from mhtracker.operations.move_drafts import (
    MAY_BE_NONE,
    MoveFields,
    consequences_of_move,
    draft_move,
    draft_placement,
    legal_cautions,
    name_of_move,
    situation_of,
)
from mhtracker.operations.places.place_taking import (
    consequences_of_taking,
    place_cautions,
    take_place,
    take_place_anew,
    with_place,
)
from mhtracker.operations.step_plans import follow_move, follow_no_stay, follow_start
from mhtracker.store import Store


def start_placement(store: Store, person_id: str, *, stage_id: str, started_on: date, **fields: Any) -> Placement:
    """Record a stay: the first one, one after a gap, or one from before MHTracker (`ended_on` and more in `fields`)."""
    stage = by_id(store.stages()).get(stage_id)
    with store.operation(
        f"Add stay in {text.first_lower(stage.label) if stage else stage_id}", person_id=person_id
    ) as work:
        others = work.find(Placement, person_id=person_id)
        values = {"stage_id": stage_id, "started_on": started_on, **fields}
        placement, _ = draft_placement(store, work.get(Person, person_id), others, values)
        take_place_anew(store, work, placement)
        return work.save(placement)


def record_move(store: Store, person_id: str, **move: Unpack[MoveFields]) -> Placement:
    """End the present stay and start the next. Undoable. A move that reaches the plan's aim ends plan and barriers.

    A hold of the place moved to ends with the move, and so does the wait for it (`place_taking`). Steps planned for the
    move go along to its day, those of the stay left are dropped, and a home of one's own gets its two checks
    (`step_plans`). A move back needs `back_reason`.

    With `keep_place` (a hospital stay) the present stay goes on underneath and nothing of it is ended. Moving from
    hospital to the kept place's own stage and service ends the hospital stay only. Returns the stay the person is in
    afterwards. Raises Invalid by the form's fields, also for a gap without its reason.
    """
    with store.operation("Move", person_id=person_id) as work:
        there = situation_of(store, person_id)
        work.label = name_of_move(store, there, move)
        draft = draft_move(store, there, move)
        for placement in draft.leaving:
            work.save(placement)
        if draft.met is not None:
            work.save(draft.met)
        for barrier in draft.overcome:
            work.save(barrier)
        arrived = work.save(draft.arriving)
        take_place(store, work, arrived)
        kept = bool(move.get("keep_place")) or arrived.id in {place.id for place in there.kept}
        follow_move(store, work, arriving=arrived, leaving=draft.leaving, with_steps=bool(move.get("steps")), kept=kept)
        costs.follow_move(store, work, arriving=arrived, leaving=draft.leaving)
        return arrived


def preview_move(store: Store, person_id: str, **move: Unpack[MoveFields]) -> Preview:
    """What recording the move form would do, filled in as far as it is: for "When you record this"."""
    try:
        there = situation_of(store, person_id)
    except Invalid as invalid:
        return Preview(invalid.problems)
    return previewed(lambda: draft_move(store, there, move).cautions, *consequences_of_move(store, there, move))


def edit_placement(store: Store, placement_id: str, *, base: Placement | None = None, **changes: Any) -> Placement:
    """Put a stay right; its costs and the checks that a home lasts go along. `base` is the stay as the form showed it.

    Raises Invalid, Conflict.
    """
    found = store.get(Placement, placement_id)
    with store.operation("Change stay", person_id=found.person_id) as work:
        before = work.get(Placement, placement_id)
        placement = _redrafted(store, before, changes, base)
        _check_one(store, placement)
        follow_start(store, work, before, placement)
        follow_stay(work, before, placement)
        if placement.service_id != before.service_id:
            take_place_anew(store, work, placement)
        return work.save(placement)


def preview_placement(store: Store, person_id: str, placement_id: str | None = None, **fields: Any) -> Preview:
    """What adding a stay (no id) or changing one would say, such as that a gap is not explained."""
    before = store.get(Placement, placement_id) if placement_id is not None else None
    drawn: list[Placement] = []

    def draft() -> tuple[Caution, ...]:
        if before is None:
            others = store.find(Placement, person_id=person_id)
            stay, cautions = draft_placement(store, store.get(Person, person_id), others, fields)
        else:
            stay = _redrafted(store, before, fields, None)
            cautions = _check_one(store, stay) + _own_money(store, before, stay)
        drawn.append(stay)
        return cautions

    found = previewed(draft)
    if not drawn or (before is not None and _there(drawn[0]) == _there(before)):
        return found
    return replace(found, consequences=tuple(consequences_of_taking(store, drawn[0], anew=True)))


def _there(stay: Placement) -> tuple[str | None, str | None]:
    return stay.service_id, stay.unit_id


def remove_placement(store: Store, placement_id: str, *, reason: str) -> None:
    """Take away a stay that never was. What it said stays in the history. Raises Invalid without a reason."""
    reason = reason_of(reason)
    if not reason:
        raise Invalid({"reason": "Reason is empty. Say why this stay is taken away."})
    found = store.get(Placement, placement_id)
    with store.operation("Take away stay", person_id=found.person_id, reason=reason) as work:
        follow_removal(work, found)
        follow_no_stay(work, found)
        work.delete(work.get(Placement, placement_id))


def _redrafted(store: Store, placement: Placement, changes: dict[str, Any], base: Placement | None) -> Placement:
    after = drafted(store, changed(store, placement, none_if_empty(changes, MAY_BE_NONE), base))
    return with_place(store, after, placement)


def _own_money(store: Store, before: Placement, after: Placement) -> tuple[Caution, ...]:
    lines = store.find(CostLine, person_id=after.person_id)
    splits = store.find(FundingSplit, person_id=after.person_id)
    return own_money_cautions(before, after, lines, splits, store.today)


def _check_one(store: Store, placement: Placement) -> tuple[Caution, ...]:
    person = store.get(Person, placement.person_id)
    others = store.find(Placement, person_id=placement.person_id)
    found = rules.check_placement(placement, others, stages=by_id(store.stages()), person=person, today=store.today)
    return found + legal_cautions(store, placement) + place_cautions(store, placement)
