"""A small chart of one thing over time: a goal's 0 to 10, a measure's totals, readiness. Every mark is a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from mhtracker import text
from mhtracker.domain.progress import number
from mhtracker.figures.palette import PAPER, Palette
from mhtracker.figures.picture import Ink, Mark, Picture
from mhtracker.figures.time_axis import TimeAxis

SHORTEST_DAYS = 84
"""Fewer days than this are drawn as many: two scores within a week are no steep climb."""


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day, and the record that says so ("" for one worked out)."""

    day: date
    value: float
    record_id: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """What is drawn: its name in words, the whole range of its values, and its points, oldest first."""

    name: str
    points: Sequence[Point]
    lowest: float
    highest: float
    kind: str = ""
    higher_is_better: bool = True


def natural_height(text_size: float) -> float:
    """The height a chart needs at a text size, in the same units."""
    return text_size * 7.6


def draw_course(
    course: Course,
    as_at: date,
    palette: Palette = PAPER,
    *,
    width: float,
    height: float | None = None,
    text_size: float = 8.25,
) -> Picture:
    """The chart of one course up to a day. `width`, `height` and `text_size` are in one unit.

    The axis holds the whole range, so that charts of one measure compare; its ends and its dates are written out.
    """
    height = max(height or 0, natural_height(text_size))
    ink = Ink(palette, width, height, text_size)
    points = [point for point in course.points if point.day <= as_at]
    first = min([point.day for point in points] + [as_at - timedelta(days=SHORTEST_DAYS)])
    ends = (number(course.lowest), number(course.highest))
    left = max(ink.width_of(words) for words in ends) + text_size * 0.8
    latest = number(points[-1].value) if points else ""
    right = width - max(ink.width_of(latest, bold=True) + text_size * 1.1, text_size * 2.2)
    axis = TimeAxis(first, max(as_at, first + timedelta(days=1)), left, right)
    foot, top = text_size * 1.9, height - text_size * 0.75
    spread = course.highest - course.lowest or 1

    def level(value: float) -> float:
        return foot + (top - foot) * (value - course.lowest) / spread

    _draw_ground(ink, course, axis, foot, top)
    marks = _draw_points(ink, course, [(axis.x(p.day), level(p.value), p) for p in points])
    return Picture(ink.drawing, marks, _describe(course, points, as_at))


def _draw_ground(ink: Ink, course: Course, axis: TimeAxis, foot: float, top: float) -> None:
    palette, size = ink.palette, ink.size
    for part, value in ((0.0, course.lowest), (0.5, None), (1.0, course.highest)):
        y = foot + (top - foot) * part
        ink.line((axis.left, y, axis.right, y), stroke=palette.line2 if part == 0 else palette.line)
        if value is not None:
            ink.text(axis.left - size * 0.5, y - size * 0.33, number(value), fill=palette.text2, anchor="end")
    row = foot - size * 1.25
    ink.label([(axis.left, "start")], row, text.format_month(axis.first), fill=palette.text2)
    ink.label([(axis.right, "end")], row, text.format_month(axis.last), fill=palette.text2)


def _draw_points(ink: Ink, course: Course, placed: Sequence[tuple[float, float, Point]]) -> tuple[Mark, ...]:
    palette, size, marks = ink.palette, ink.size, []
    for (x1, y1, _), (x2, y2, _) in pairwise(placed):
        ink.line((x1, y1, x2, y2), stroke=palette.info, width=ink.hairline * 2)
    for place, (x, y, point) in enumerate(placed):
        last = place == len(placed) - 1
        r = size * (0.36 if last else 0.28)
        ink.circle(x, y, r, fill=palette.info if last else palette.surface, edge=palette.info, width=ink.hairline * 1.6)
        words = f"{text.format_date(point.day)}: {number(point.value)}"
        reach = size * 0.6
        marks.append(Mark(x - reach, y - reach, 2 * reach, 2 * reach, words, course.kind, point.record_id))
        if last:
            ink.text(x + size * 0.75, y - size * 0.33, number(point.value), fill=palette.text, bold=True)
    return tuple(marks)


def _describe(course: Course, points: Sequence[Point], as_at: date) -> str:
    said = ", ".join(f"{number(point.value)} on {text.format_date(point.day)}" for point in points) or "nothing yet"
    better = "higher is better" if course.higher_is_better else "lower is better"
    between = f"from {number(course.lowest)} to {number(course.highest)}, {better}"
    return f"{course.name}, {between}, up to {text.format_date(as_at)}: {said}."
