"""How long people stay: completed and current stays together, by the product-limit method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ENOUGH_ENDED = 10
"""So many stays must have ended before they say what is long: with fewer, one odd stay would."""


@dataclass(frozen=True, slots=True)
class StayLengths:
    """Medians and quartiles of stays, in days. None where the stays so far do not reach that far.

    `people` is how many stays were counted, `completed` how many of them had ended. The days are as counted, of
    however few: what is shown to anybody, or says who is stuck, is `quartiles`.
    """

    people: int
    completed: int
    lower_quartile_days: int | None
    median_days: int | None
    upper_quartile_days: int | None

    @property
    def quartiles(self) -> tuple[int | None, int | None, int | None]:
        """By when a quarter, half and three in four have left; nothing is said where too few stays have ended."""
        if not enough_ended(self.completed):
            return None, None, None
        return self.lower_quartile_days, self.median_days, self.upper_quartile_days


def enough_ended(completed: int) -> bool:
    """Whether so many stays that ended say how long stays are."""
    return completed >= ENOUGH_ENDED


def stay_lengths(stays: Iterable[tuple[int, bool]]) -> StayLengths:
    """Lengths from (days, ended) pairs; a stay that goes on counts as at least its days.

    A quantile is the first day by which the share that has ended reaches it.
    """
    return lengths_of_counted(Counter(stays))


def lengths_of_counted(counted: Mapping[tuple[int, bool], int]) -> StayLengths:
    """The same from how many stays there are of each (days, ended)."""
    people = sum(counted.values())
    found: dict[float, int | None] = {0.25: None, 0.5: None, 0.75: None}
    staying, gone, completed = 1.0, 0, 0
    # Those who are still there after some days were there on that day: who ended on it leaves after them all.
    for (days, ended), count in sorted(counted.items(), key=lambda each: (each[0][0], not each[0][1])):
        if ended and count:
            completed += count
            staying *= 1 - count / (people - gone)
            for share in found:
                # A share reached exactly must not be missed by the last bit of a product.
                if found[share] is None and staying <= 1 - share + 1e-12:
                    found[share] = days
        gone += count
    return StayLengths(people, completed, found[0.25], found[0.5], found[0.75])
