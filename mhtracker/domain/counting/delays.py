"""Days a move was held up: by each reason, and by any."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mhtracker.domain.records import Barrier


@dataclass(frozen=True, slots=True)
class DelayedDays:
    """`by_reason` is code: days, most first; `total` the days on which at least one reason held.

    Days under several reasons stand under each of them, so the total is at most their sum.
    """

    by_reason: dict[str, int]
    total: int


def delayed_days(barriers: Iterable[Barrier], first: date, last: date) -> DelayedDays:
    """The days held up from `first` up to, and not including, `last`.

    A barrier counts from its first day until the day it no longer held, as `around.barrier_days` does; one that has
    not ended counts up to `last`. Within one reason no day counts twice, though two records of it overlap.
    """
    spans: dict[str, list[tuple[date, date]]] = {}
    for barrier in barriers:
        start, end = max(barrier.started_on, first), min(barrier.ended_on or last, last)
        if start < end:
            spans.setdefault(barrier.code, []).append((start, end))
    by_reason = {code: _covered(each) for code, each in spans.items()}
    ordered = dict(sorted(by_reason.items(), key=lambda item: (-item[1], item[0])))
    return DelayedDays(ordered, _covered([span for each in spans.values() for span in each]))


def _covered(spans: Sequence[tuple[date, date]]) -> int:
    """How many days the spans cover together."""
    days, reached = 0, date.min
    for start, end in sorted(spans):
        start = max(start, reached)
        if start < end:
            days += (end - start).days
            reached = end
    return days
