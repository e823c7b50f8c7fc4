"""A person's own goals with their progress, and measures with their range, on paper."""

from __future__ import annotations

from collections.abc import Sequence

from mhtracker import text
from mhtracker.domain.progress import (
    HIGHEST,
    LOWEST,
    GoalProgress,
    MeasureCourse,
    goal_progress,
    measure_courses,
    number,
)
from mhtracker.domain.progress_words import goal_change_words, measure_change_words, range_words, score_words
from mhtracker.domain.summary import CaseSummary
from mhtracker.figures.course_chart import Course, Point, draw_course
from mhtracker.figures.palette import PAPER
from mhtracker.reports.paper.layout import CAPTION, LEFT, ROOM, Cell, Column, Flow, table_height
from mhtracker.reports.paper.page_frame import label
from mhtracker.reports.person.words import BLANK, said

RECENTLY_ENDED = 5
_BESIDE = 2
_GUTTER = 18.0
_MOST_KEPT = 420.0
"""With more than this a section begins where it stands, and runs on over pages."""


def draw_goals(flow: Flow, summary: CaseSummary) -> None:
    """Open goals with how far they are, the latest that ended, and each course drawn. Nothing without any."""
    found = goal_progress(summary.around.goals, summary.around.goal_scores)
    still = [each for each in found if each.goal.ended_on is None]
    over = [each for each in found if each.goal.ended_on is not None][:RECENTLY_ENDED]
    if not found:
        return
    heading = "Goals, in the person’s own words"
    columns = (Column("Goal", ROOM - 324), Column("Progress", 112), Column("Change", 130), Column("Hoped for by", 82))
    rows = [_goal_row(summary, each) for each in [*still, *over]]
    courses = [
        Course(
            f"“{each.goal.words}”",
            [Point(score.scored_on, score.score) for score in each.scores],
            LOWEST,
            HIGHEST,
        )
        for each in still
        if len(each.scores) > 1
    ]
    _draw_section(flow, summary, heading, columns, rows, courses)


def _goal_row(summary: CaseSummary, each: GoalProgress) -> tuple[Cell, ...]:
    goal, latest = each.goal, each.latest
    when = f", {text.format_date(latest.scored_on)}" if latest is not None else ""
    if goal.ended_on is not None:
        how = f"{label(summary, 'goal_end', goal.end_reason)} {text.format_date(goal.ended_on)}"
        return Cell(f"“{goal.words}”"), Cell(score_words(each)), Cell(how), said(text.format_date(goal.aimed_for))
    progress = Cell(when, lead=score_words(each)) if latest is not None else Cell(score_words(each), fill=PAPER.text3)
    change = goal_change_words(each)
    return Cell(f"“{goal.words}”"), progress, Cell(change or "–"), said(text.format_date(goal.aimed_for))


def draw_measures(flow: Flow, summary: CaseSummary) -> None:
    """Each measure's latest total with its range, direction and change; nothing where none was ever taken."""
    found = measure_courses(summary.around.measures, summary.around.tools)
    if not found:
        return
    columns = (Column("Measure", ROOM - 390), Column("Total", 110), Column("Range", 130), Column("Change", 150))
    rows = [_measure_row(each) for each in found]
    courses = [
        Course(
            each.tool.name,
            [Point(total.taken_on, total.total) for total in each.totals],
            each.tool.lowest,
            each.tool.highest,
            higher_is_better=each.tool.higher_is_better,
        )
        for each in found
        if len(each.totals) > 1
    ]
    _draw_section(flow, summary, "Measures", columns, rows, courses)


def _measure_row(each: MeasureCourse) -> tuple[Cell, ...]:
    total = Cell(f", {text.format_date(each.latest.taken_on)}", lead=number(each.latest.total))
    change = measure_change_words(each)
    return Cell(each.tool.name), total, Cell(range_words(each.tool)), Cell(change) if change else BLANK


def _draw_section(
    flow: Flow,
    summary: CaseSummary,
    heading: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    courses: Sequence[Course],
) -> None:
    """A heading, a table, and charts two beside each other, each under its name.

    The first charts stay on the page of their heading where one page can hold them; those on a further page have it
    again above them.
    """
    wide = (ROOM - _GUTTER) / _BESIDE
    pictures = [draw_course(each, summary.as_at, PAPER, width=wide, text_size=CAPTION) for each in courses]
    first_charts = max((picture.height for picture in pictures[:_BESIDE]), default=0.0) + 20
    flow.heading(heading, keep=min(table_height(columns, rows) + first_charts, _MOST_KEPT))
    flow.table(columns, rows)
    for first in range(0, len(courses), _BESIDE):
        pair = list(zip(courses, pictures, strict=True))[first : first + _BESIDE]
        tall = max(picture.height for _, picture in pair)
        if flow.lacks(tall + 20):
            flow.new_page()
            flow.heading(f"{heading}, continued")
        flow.y -= tall + 18
        for place, (course, picture) in enumerate(pair):
            left = LEFT + place * (wide + _GUTTER)
            name = _shortened(course.name)
            flow.sheet.text(left, flow.y + tall + 4, name, size=CAPTION, fill=PAPER.text2)
            flow.sheet.picture(picture.drawing, left, flow.y)


def _shortened(words: str) -> str:
    return words if len(words) <= 56 else f"{words[:55].rstrip()}…"
