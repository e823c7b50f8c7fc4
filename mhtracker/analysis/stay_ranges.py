"""How long people stay, as boxes show it: the middle half, and the days by which 1 in 20 and 19 in 20 had left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mhtracker.domain.counting.stay_lengths import enough_ended

if TYPE_CHECKING:
    from mhtracker.analysis.columns.packed import Numbers
    from mhtracker.analysis.columns.reading import Truths
    from mhtracker.analysis.columns.spells import Spells

SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Whiskers reach from the first to the last; the box from the second to the fourth."""


@dataclass(frozen=True, slots=True)
class StayRange:
    """One stage. `days` are the lengths at SHARES, None where the stays so far do not reach that far.

    All are None where fewer than ten stays have ended: of so few nothing is said.

    `of` has a person once for each stay, `ended` those whose stay has ended; `so_far` is the days of those there now.
    """

    stage_id: str
    days: tuple[int | None, ...]
    of: tuple[str, ...]
    ended: tuple[str, ...]
    so_far: dict[str, int]


def stay_ranges(spells: Spells) -> dict[str, StayRange]:
    """Every stage that anybody has been in, in their order."""
    days, over = spells.days, spells.over
    found = {}
    for place, stage in enumerate(spells.everybody.stages):
        mine = spells.stage == place
        if not mine.any():
            continue
        there, ended = mine & ~over, mine & over
        enough = enough_ended(int(ended.sum()))
        found[stage.id] = StayRange(
            stage.id,
            _stay_days_of(days[mine], over[mine]) if enough else (None,) * len(SHARES),
            tuple(spells.people(mine)),
            tuple(spells.people(ended)),
            dict(zip(spells.people(there), days[there].tolist(), strict=True)),
        )
    return found


def _stay_days_of(days: Numbers, over: Truths) -> tuple[int | None, ...]:
    """`stay_days_at` of columns: counted by length first, which for very many is far less to go through."""
    import numpy as np

    found: Counter[tuple[int, bool]] = Counter()
    for ended in (True, False):
        lengths, counts = np.unique(days[over == ended], return_counts=True)
        found.update({(day, ended): count for day, count in zip(lengths.tolist(), counts.tolist(), strict=True)})
    return stay_days_at(found)


def stay_days_at(stays: Iterable[tuple[int, bool]]) -> tuple[int | None, ...]:
    """The first day by which each of SHARES has left: the product-limit method, of (days, ended) or these counted."""
    counted = stays if isinstance(stays, Counter) else Counter(stays)
    watched, staying = sum(counted.values()), 1.0
    found: list[int | None] = [None] * len(SHARES)
    # Whoever is still there after some days was there on that day: those who left on it go first.
    for (days, ended), count in sorted(counted.items(), key=lambda each: (each[0][0], not each[0][1])):
        if ended:
            staying *= 1 - count / watched
            for place, share in enumerate(SHARES):
                # A share reached exactly must not be missed by the last bit of a product.
                if found[place] is None and staying <= 1 - share + 1e-12:
                    found[place] = days
        watched -= count
    return tuple(found)
