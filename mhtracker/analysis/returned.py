"""Who moved on and came back: the people behind the number of returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mhtracker.analysis.columns.spells import BACK, ONWARD

if TYPE_CHECKING:
    from mhtracker.analysis.columns.spells import Spells


@dataclass(frozen=True, slots=True)
class Returned:
    """Person ids, once for each move: those `back` within the time, `of` all moves onward watched for that long."""

    back: tuple[str, ...]
    of: tuple[str, ...]


def who_returned(spells: Spells, days: int = 365) -> Returned:
    """Whom `returns_of` counts."""
    import numpy as np

    rows = np.flatnonzero(spells.has_next & (spells.exit == ONWARD))
    after = rows + 1
    after = after[spells.everybody.day - spells.started[after] >= days]
    back = (spells.exit[after] == BACK) & (spells.days[after] <= days)
    return Returned(tuple(spells.people(after[back])), tuple(spells.people(after)))
