"""Which automatic backups are kept: all of two days, then one a day, one a week, one a month."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from datetime import datetime, timedelta

ALL_FOR = timedelta(days=2)
DAYS, WEEKS, MONTHS = 12, 10, 9
APART = timedelta(minutes=30)

_LADDER: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
    (DAYS, lambda at: at.date()),
    (WEEKS, lambda at: at.isocalendar()[:2]),
    (MONTHS, lambda at: (at.year, at.month)),
)


def kept_of(moments: Collection[datetime], now: datetime) -> set[datetime]:
    """Those to keep: all of the last two days, and the newest of each of the last so many days, weeks and months."""
    newest_first = sorted(moments, reverse=True)
    kept = {at for at in newest_first if now - at <= ALL_FOR} | set(newest_first[:1])
    for count, of in _LADDER:
        kept |= _newest_of_each(newest_first, of, count)
    return kept


def _newest_of_each(newest_first: Sequence[datetime], of: Callable[[datetime], Hashable], count: int) -> set[datetime]:
    found: dict[Hashable, datetime] = {}
    for at in newest_first:
        found.setdefault(of(at), at)
    return set(list(found.values())[:count])


def is_due(moments: Collection[datetime], changed_at: datetime | None, now: datetime) -> bool:
    """Whether another backup is wanted: something is newer than the newest, and that is half an hour old."""
    if changed_at is None:
        return False
    if not moments:
        return True
    newest = max(moments)
    return changed_at > newest and now - newest >= APART
