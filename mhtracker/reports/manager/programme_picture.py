"""A programme as its figure draws it, the same on screen and on paper."""

from __future__ import annotations

from datetime import date

from mhtracker import text
from mhtracker.analysis.forecast import Forecast
from mhtracker.analysis.programme import ProgrammeProgress
from mhtracker.domain.counting.programmes import expected_percent, steps_of
from mhtracker.domain.dates import add_months
from mhtracker.figures.trajectory import Trajectory

_MOST_YEARS = 40


def trajectory_of(
    found: ProgrammeProgress,
    today: date,
    supposed: Forecast | None = None,
    supposed_name: str = "",
    *,
    is_today: bool = False,
) -> Trajectory:
    """The lines of a programme: what has happened, what was planned, where it leads, and where if something changed.

    The day looked at is called today only where it is: on paper, or looking back, it stands as a date.
    """
    programme, cohort = found.programme, found.cohort

    def people(day: date) -> float:
        return expected_percent(programme, cohort, day) * cohort / 100 if day < programme.aim_on else found.aim

    corners = [programme.baseline_on, *(step.by for step in steps_of(programme)), programme.aim_on]
    forecast = []
    if found.forecast is not None:
        for month in found.forecast.months:
            day = min(add_months(today, month.months), programme.aim_on)
            forecast.append((day, month.middle, month.low, month.high))
    old = []
    if found.old_pace is not None:
        # A curve, if a flat one: as people go, fewer are left to.
        days = [add_months(programme.baseline_on, month) for month in range(0, 12 * _MOST_YEARS, 3)]
        days = [*(day for day in days if day < programme.aim_on), programme.aim_on]
        old = [(day, found.old_pace.by(day, cohort)) for day in days]
    return Trajectory(
        cohort,
        found.aim,
        min(today, programme.aim_on),
        [(programme.baseline_on, 0.0), *((each.day, float(len(each.moved))) for each in found.months)],
        [(day, people(day)) for day in corners],
        forecast,
        [(min(add_months(today, month.months), programme.aim_on), month.middle) for month in supposed.months]
        if supposed is not None
        else (),
        supposed_name,
        "Today" if is_today and today <= programme.aim_on else text.format_date(min(today, programme.aim_on)),
        old,
    )
