"""The bands in which papers tell how long people have been in their stage; they end where the usual limits lie."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

STAY_BANDS = (84, 365, 730, 1826)
"""Where the bands end, in days: twelve weeks (enablement), a year (high support), two years (the rest), five years."""

BAND_NAMES = ("to 12 weeks", "to a year", "to 2 years", "to 5 years", "longer")


def band_of(days: int) -> int:
    """The place of the band that a length falls in; the day on which a band ends is in the next."""
    return bisect_right(STAY_BANDS, days)


def banded(lengths: Iterable[int]) -> tuple[int, ...]:
    """How many lengths fall in each band."""
    found = [0] * len(BAND_NAMES)
    for days in lengths:
        found[band_of(days)] += 1
    return tuple(found)
