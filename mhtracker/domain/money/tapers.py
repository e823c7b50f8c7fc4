"""Support that comes down in steps: from so many hours a week to so many, each step lasting some weeks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mhtracker.domain.records import CostLine

QUARTER_HOURS = 4


@dataclass(frozen=True, slots=True)
class Step:
    """So many hours a week from a day until the day before the next step (None: they go on)."""

    started_on: date
    units: float
    ended_on: date | None


def taper_steps(from_on: date, from_units: float, to_units: float, steps: int, every_weeks: int) -> list[Step]:
    """The hours of each step, in even parts rounded to quarter hours; the last goes on, and is left out at nothing.

    35 hours down to 7 in 4 steps every 6 weeks: 35, 28, 21, 14, then 7 from the 24th week on.
    """
    hours = [from_units - (from_units - to_units) * n / steps for n in range(steps + 1)]
    hours = [from_units, *(round(each * QUARTER_HOURS) / QUARTER_HOURS for each in hours[1:-1]), to_units]
    days = [from_on + timedelta(weeks=every_weeks * n) for n in range(steps + 1)]
    found: list[Step] = []
    for number, (day, units) in enumerate(zip(days, hours, strict=True)):
        ended = days[number + 1] if number < steps else None
        if found and found[-1].units == units:
            found[-1] = Step(found[-1].started_on, units, ended)
        else:
            found.append(Step(day, units, ended))
    return [step for step in found if step.units > 0]


def steps_of(lines: Iterable[CostLine], taper_id: str) -> list[CostLine]:
    """The lines of one taper, oldest first."""
    return sorted((line for line in lines if line.taper_id == taper_id), key=lambda line: line.started_on)


def next_steps(lines: Iterable[CostLine], as_at: date) -> list[CostLine]:
    """The steps of tapers that lie ahead of a day, soonest first."""
    ahead = [line for line in lines if line.taper_id and line.started_on > as_at]
    return sorted(ahead, key=lambda line: (line.started_on, line.id))
