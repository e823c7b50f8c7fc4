"""A to-scale axis of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mhtracker.domain.dates import add_months

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Days from `first` to `last` laid evenly between `left` and `right`."""

    first: date
    last: date
    left: float
    right: float

    @property
    def per_day(self) -> float:
        return (self.right - self.left) / max(1, (self.last - self.first).days)

    def x(self, day: date) -> float:
        """Where a day begins; days outside the axis stand at its ends."""
        inside = min(max(day, self.first), self.last)
        return self.left + (inside - self.first).days * self.per_day

    def ticks(self, letter: float) -> list[tuple[float, str]]:
        """Where to rule lines and what to write there: years, or months on a short axis.

        They stand apart by what their words need at a text size of `letter`.
        """
        steps = (12, 24, 60, 120, 240) if (self.last - self.first).days > 1100 else (1, 3, 6, 12, 24)
        for months in steps:
            if months * 30.4 * self.per_day >= letter * (2.9 if months >= 12 else 4.8):
                break
        first = self._first_tick(months)
        out = []
        day = first
        while day <= self.last:
            words = str(day.year) if months >= 12 else f"{_MONTHS[day.month - 1]} {day.year}"
            out.append((self.x(day), words))
            if day.year > 9990 - months // 12:
                break
            day = add_months(day, months)
        return out

    def _first_tick(self, months: int) -> date:
        years = max(1, months // 12)
        year = self.first.year if months < 12 else -(-self.first.year // years) * years
        day = date(max(1, year), 1, 1)
        while day < self.first:
            day = add_months(day, months)
        return day


def around(days: list[date], as_at: date, *, after_today: float, after_last: float) -> tuple[date, date]:
    """The first and last day of an axis that shows the days, with room after `as_at` for words and plans.

    `after_today` and `after_last` are the parts of the whole axis to leave free after `as_at` and after the last of
    the days. What lies very far ahead does not squeeze the past: the future takes at most three fifths.
    """
    first = min([*days, as_at - timedelta(days=180)])
    past, ahead = (as_at - first).days, (max([*days, as_at]) - as_at).days
    shown = max(past * after_today / (1 - after_today), (ahead + past * after_last) / (1 - after_last))
    return _moved(first, -past * 0.02 - 2), _moved(as_at, min(shown, max(past * 1.5, 550)))


def _moved(day: date, days: float) -> date:
    return date.fromordinal(min(max(day.toordinal() + round(days), 1), date.max.toordinal() - 1))
