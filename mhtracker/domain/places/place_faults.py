"""What stays say of places that no form would have taken: asked of a whole register when it is checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from mhtracker.domain.pathway import overlap
from mhtracker.domain.records import Placement, Unit


def place_faults(units: Mapping[str, Unit], stays: Iterable[Placement]) -> Iterator[tuple[str, str, str]]:
    """Places named by stays elsewhere, and places with two people on one day: what, where, and how it is mended."""
    by_unit: dict[str, list[Placement]] = {}
    for stay in stays:
        unit = units.get(stay.unit_id or "")
        if unit is None:
            continue
        if unit.service_id != stay.service_id:
            mend = "Put the stay right: choose a place of the service lived at."
            yield "a stay names a place of another service", f"placement {stay.id}", mend
        by_unit.setdefault(unit.id, []).append(stay)
    for unit_id, there in by_unit.items():
        there.sort(key=lambda stay: (stay.started_on, stay.id))
        longest = there[0]
        for stay in there[1:]:
            if longest.person_id != stay.person_id and overlap(longest, stay) is not None:
                where = f"place {unit_id}, placements {longest.id} and {stay.id}"
                yield "two people are in one place on one day", where, "Put one of the stays right."
            longest = max(longest, stay, key=lambda each: each.ended_on or date.max)
