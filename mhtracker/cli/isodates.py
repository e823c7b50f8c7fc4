"""How a date is written in JSON."""

from __future__ import annotations

from datetime import date


def iso(day: date | None) -> str | None:
    """A date in JSON; null when unknown."""
    return day.isoformat() if day is not None else None
