"""How long people stay: completed and current stays together, by the product-limit method."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StayLengths:
    """Medians and quartiles of stays, in days. None where the stays so far do not reach that far.

    `people` is how many stays were counted, `completed` how many of them had ended.
    """

    people: int
    completed: int
    lower_quartile_days: int | None
    median_days: int | None
    upper_quartile_days: int | None


def stay_lengths(stays: Iterable[tuple[int, bool]]) -> StayLengths:
    """Lengths from (days, ended) pairs; a stay that goes on counts as at least its days.

    A quantile is the first day by which the share that has ended reaches it.
    """
    counted = sorted(stays)
    ended_on: dict[int, int] = {}
    for days, ended in counted:
        if ended:
            ended_on[days] = ended_on.get(days, 0) + 1
    found: dict[float, int | None] = {0.25: None, 0.5: None, 0.75: None}
    staying, gone = 1.0, 0
    for days in sorted(ended_on):
        while gone < len(counted) and counted[gone][0] < days:
            gone += 1
        staying *= 1 - ended_on[days] / (len(counted) - gone)
        for share in found:
            # A share reached exactly must not be missed by the last bit of a product.
            if found[share] is None and staying <= 1 - share + 1e-12:
                found[share] = days
    return StayLengths(len(counted), sum(ended_on.values()), found[0.25], found[0.5], found[0.75])
