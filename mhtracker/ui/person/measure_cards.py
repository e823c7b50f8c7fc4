"""The cards of measures by name and of readiness over time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.progress import MeasureCourse, measure_courses, number, readiness_over_time
from mhtracker.domain.progress_words import measure_change_words, range_words
from mhtracker.domain.reviewing.due import due_state
from mhtracker.domain.summary import CaseSummary
from mhtracker.figures.course_chart import Course, Point
from mhtracker.ui.context import Context
from mhtracker.ui.person.course_view import CourseView
from mhtracker.ui.person.parts import breakable
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.badge import Badge
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import Label
from mhtracker.ui.widgets.shapes import SHAPE_OF_DUE

if TYPE_CHECKING:
    from mhtracker.ui.person.parts import CardColumns

HIGHEST_RATING = 3


def add_measures(
    context: Context,
    summary: CaseSummary,
    cards: CardColumns,
    run: Callable[..., object],
    rows: dict[str, QWidget],
    *,
    may_record: bool,
) -> None:
    """Put the card of measures among the others; `rows` learns where each record stands."""
    theme = context.theme
    offered = [tool for tool in summary.around.tools.values() if not tool.retired]
    courses = measure_courses(summary.around.measures, summary.around.tools)
    if not courses:
        cards.add(_none_yet(context, run, may_record=may_record, offered=bool(offered)), 1, 1)
        return
    add = LinkButton(theme, "Record a measure", lambda: run("measure"), icon="mdi6.plus")
    add.setEnabled(may_record and bool(offered))
    card = Card(theme, "Measures", action=add, ruled=True, padded=False)
    for place, course in enumerate(courses):
        if place:
            card.add_rule()
        row = _course(theme, summary, course, run if may_record else None)
        rows.update({total.id: row for total in course.totals})
        card.add(row)
    cards.add(card, 1, 1)


def _none_yet(context: Context, run: Callable[..., object], *, may_record: bool, offered: bool) -> Card:
    card = Card(context.theme, "Measures")
    if offered:
        words, button = "Record the total of a measure and its day, and see it over time.", "Record a measure"
        step: Callable[[], object] = lambda: run("measure")  # noqa: E731
    else:
        words = "None is built in, since most need a licence. Add those your office is licensed for in Settings."
        button = "Open Settings"
        step = lambda: context.shell.open_page("settings", part="measures")  # noqa: E731
    icon = "mdi6.chart-timeline-variant"
    card.add(EmptyState(context.theme, icon, "No measures yet", words, button if may_record else "", step))
    return card


def _course(theme: Theme, summary: CaseSummary, course: MeasureCourse, run: Callable[..., object] | None) -> QWidget:
    px, tool, latest = theme.px, course.tool, course.latest
    row = QWidget()
    row.setAccessibleName(f"{tool.name}: {number(latest.total)} on {text.format_date(latest.taken_on)}")
    column = QVBoxLayout(row)
    column.setContentsMargins(px(14), px(10), px(14), px(10))
    column.setSpacing(px(4))
    head = QHBoxLayout()
    head.addWidget(Label(breakable(tool.name), "strong", wrap=True), 1)
    head.addWidget(Label(number(latest.total), "strong"))
    column.addLayout(head)
    about = FlowLayout(across=px(10), down=px(2))
    about.addWidget(Label(range_words(tool), "caption", "text2"))
    about.addWidget(Label(f"taken {text.format_date(latest.taken_on)}", "caption", "text2"))
    change = measure_change_words(course)
    if change:
        shape = "in_date" if course.better else "slipped" if course.better is False else "none"
        about.addWidget(Badge(theme, shape, change, quiet=True))
    if course.due_on is not None:
        state = due_state(course.due_on, summary.as_at)
        about.addWidget(Badge(theme, SHAPE_OF_DUE[state], f"Again by {text.format_date(course.due_on)}", quiet=True))
    column.addLayout(about)
    points = [Point(total.taken_on, total.total, total.id) for total in course.totals]
    drawn = Course(tool.name, points, tool.lowest, tool.highest, "measure", tool.higher_is_better)
    chart = CourseView(theme, drawn, summary.as_at)
    if run is not None:
        chart.pressed.connect(lambda _, measure_id: run("edit_measure", measure_id=measure_id))
    column.addWidget(chart)
    if latest.note:
        column.addWidget(Label(breakable(latest.note), wrap=True, selectable=True))
    return row


def readiness_card(theme: Theme, summary: CaseSummary) -> Card | None:
    """Readiness added up over time; None where nothing was ever rated."""
    ratings = [(each.domain, each.rating, each.rated_on) for each in summary.around.ratings]
    course = readiness_over_time(ratings, summary.as_at)
    if not course:
        return None
    domains = {domain for domain, _, _ in ratings}
    most = HIGHEST_RATING * len(domains)
    since = ""
    if len(course) > 1:
        change = course[-1][1] - course[0][1]
        way = "unchanged" if not change else f"{'up' if change > 0 else 'down'} {abs(change)}"
        since = f", {way} since {text.format_date(course[0][0])}"
    card = Card(theme, "Readiness over time", f"{course[-1][1]} of {most}{since}")
    points = [Point(day, value) for day, value in course]
    card.add(CourseView(theme, Course("Readiness", points, 0, most), summary.as_at))
    words = f"Ratings 0 to 3 in {text.count(len(domains), 'domain')}, added up as they held on each day."
    card.add(Label(words, "caption", "text2", wrap=True))
    return card
