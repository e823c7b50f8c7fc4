"""What the time is. The only place that asks the computer; everything else is handed a clock or a date."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The moment, in UTC."""

    def today(self) -> date:
        """The day, where the office is."""


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return datetime.now().astimezone().date()


class FixedClock:
    """Always the same moment: for tests, demo registers and pictures."""

    def __init__(self, moment: date | datetime) -> None:
        if isinstance(moment, datetime):
            self._moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        else:
            self._moment = datetime(moment.year, moment.month, moment.day, 9, 41, tzinfo=UTC)

    def now(self) -> datetime:
        return self._moment

    def today(self) -> date:
        return self._moment.date()
