"""What goals and measures come to, in words that screen and paper share."""

from __future__ import annotations

from mhtracker.domain.dates import write_date
from mhtracker.domain.progress import HIGHEST, GoalProgress, MeasureCourse, number
from mhtracker.domain.records import MeasureTool


def score_words(progress: GoalProgress) -> str:
    """`7 of 10`, or that it was never scored."""
    return f"{progress.latest.score} of {HIGHEST}" if progress.latest is not None else "Not scored yet"


def goal_change_words(progress: GoalProgress) -> str:
    """`Up 2 since 1 Jun 2026`; "" until there are two scores."""
    if progress.change is None:
        return ""
    return _change(progress.change, write_date(progress.scores[-2].scored_on))


def measure_change_words(course: MeasureCourse) -> str:
    """`Up 7 since 5 Jan 2026, better`; "" until there are two totals."""
    if course.change is None:
        return ""
    words = _change(course.change, write_date(course.totals[-2].taken_on))
    return words if course.better is None else f"{words}, {'better' if course.better else 'worse'}"


def range_words(tool: MeasureTool) -> str:
    """`14 to 70, higher is better`."""
    way = "higher" if tool.higher_is_better else "lower"
    return f"{number(tool.lowest)} to {number(tool.highest)}, {way} is better"


def _change(change: float, since: str) -> str:
    if not change:
        return f"Unchanged since {since}"
    return f"{'Up' if change > 0 else 'Down'} {number(abs(change))} since {since}"
