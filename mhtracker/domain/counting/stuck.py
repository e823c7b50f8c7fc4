"""Who is stuck: the one meaning that lists, the board, a person's page and the manager's figures share."""

from __future__ import annotations

from datetime import date, timedelta

from mhtracker.domain.counting.stay_lengths import StayLengths
from mhtracker.domain.records import Stage

MEANING = (
    "People longer in their stage than its longest usual stay or, once ten stays there have ended, than three in four "
    "of them. Nobody is stuck in a home of their own."
)


def stuck_after(stage: Stage, lengths: StayLengths | None) -> int | None:
    """The days in a stage beyond which somebody is stuck there; None where nothing says so."""
    if stage.own_home:
        return None
    quartile = lengths.quartiles[2] if lengths is not None else None
    return min((mark for mark in (quartile, stage.limit_days) if mark is not None), default=None)


def over_by(since_on: date | None, mark: int | None, as_at: date) -> int:
    """The days beyond the mark on a day; 0 for somebody who is not stuck."""
    if since_on is None or mark is None:
        return 0
    return max(0, (as_at - since_on).days - mark)


def stuck_before(mark: int, as_at: date) -> date:
    """Those are stuck on a day who came to the stage before this one."""
    days = (as_at - date.min).days
    return as_at - timedelta(days=min(mark, days))
