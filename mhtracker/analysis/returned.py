"""Who moved on and came back: the people behind the number of returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mhtracker.analysis.columns.flow import came_back
from mhtracker.analysis.share import Share

if TYPE_CHECKING:
    from mhtracker.analysis.columns.spells import Spells

EVER, OF_PERIOD = "Ever returned within a year", "Returned, year up in the period"
"""The figure of all moves there were, and the measure of a period: they stand on one page."""


@dataclass(frozen=True, slots=True)
class Returned:
    """Person ids, once for each move: those `back` within the time, `of` all moves onward watched for that long."""

    back: tuple[str, ...]
    of: tuple[str, ...]


def who_returned(spells: Spells, days: int = 365, from_on: date = date.min) -> Returned:
    """Whom `returns_of` counts; of a period, those whose time was up on its first day or later."""
    after, back = came_back(spells, days, from_on)
    return Returned(tuple(spells.people(after[back])), tuple(spells.people(after)))


def returned_share(spells: Spells, from_on: date) -> Share:
    """Who came back within a year, of the moves onward whose year was up in the period."""
    found = who_returned(spells, from_on=from_on)
    return Share(
        OF_PERIOD,
        "Moves onward whose year was up in the period: those made a year before it. Counted: within that year in a "
        "stage lower than the one moved to, or in hospital, also by way of another stage or with the place kept. Moves "
        "not yet watched for a year are left out.",
        "Placements",
        found.back,
        found.of,
    )
