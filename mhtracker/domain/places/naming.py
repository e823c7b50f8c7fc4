"""Which place of a service a room is: people write "Flat 18" where the service lists a place of that name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mhtracker.domain.names import fold
from mhtracker.domain.places.seating import unit_open
from mhtracker.domain.records import Placement, Unit


def unit_called(words: str, units: Iterable[Unit], stay: Placement) -> Unit | None:
    """The place of that name, where it was open all the time of a stay; None for none."""
    wanted = fold(words)
    named = (unit for unit in units if wanted and fold(unit.name) == wanted)
    return next((unit for unit in named if _open_all_along(unit, stay)), None)


def in_its_place(stay: Placement, units: Iterable[Unit], before: Placement | None = None) -> Placement:
    """A stay whose room and place say the same: a room that is a place's name is that place, a place gives its name.

    `units` are those of its service; `before` is how the stay was. What neither changed is left as it is, and so is
    what was said of both.
    """
    known = {unit.id: unit for unit in units}
    was = known.get(before.unit_id or "") if before is not None else None
    if before is not None and (stay.unit_id, stay.address, stay.service_id) == (
        before.unit_id,
        before.address,
        before.service_id,
    ):
        return stay
    chosen = stay.unit_id is not None and (before is None or stay.unit_id != before.unit_id)
    written = bool(stay.address.strip()) and (before is None or stay.address != before.address)
    if chosen:
        unit = known.get(stay.unit_id or "")
        kept = written or (before is not None and not _goes_with(before, was) and bool(stay.address.strip()))
        return stay if unit is None or kept else replace(stay, address=unit.name)
    if before is not None and before.unit_id is not None and stay.unit_id is None and not written:
        return replace(stay, address="") if _goes_with(before, was) else stay
    moved = before is not None and stay.service_id != before.service_id
    if not written and not moved:
        return stay
    found = unit_called(stay.address, known.values(), stay)
    if found is not None:
        return replace(stay, unit_id=found.id)
    if stay.unit_id is not None and (_goes_with(before, was) or stay.unit_id not in known):
        return replace(stay, unit_id=None)
    return stay


def _open_all_along(unit: Unit, stay: Placement) -> bool:
    if not unit_open(unit, stay.started_on):
        return False
    return unit.closed_on is None or (stay.ended_on is not None and stay.ended_on <= unit.closed_on)


def _goes_with(before: Placement | None, unit: Unit | None) -> bool:
    """Whether a stay's room was the name of its place."""
    return before is not None and unit is not None and fold(before.address) == fold(unit.name)
