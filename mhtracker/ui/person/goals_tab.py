"""The tab of goals and measures: what the person wants, in their words, and how it goes over time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.progress import GoalProgress, goal_progress
from mhtracker.domain.progress_words import goal_change_words, score_words
from mhtracker.domain.summary import CaseSummary
from mhtracker.figures.course_chart import Course, Point
from mhtracker.ui.context import Context
from mhtracker.ui.person.course_view import CourseView
from mhtracker.ui.person.measure_cards import add_measures, readiness_card
from mhtracker.ui.person.parts import CardColumns, Tab, breakable
from mhtracker.ui.person.words import code_words
from mhtracker.ui.widgets.buttons import Button, IconButton, LinkButton
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import Label

Run = Callable[..., object]


class TwoColumns(CardColumns):
    """Cards in two columns where there is room, in one where there is not."""

    THREE = 1_000_000


class GoalsTab(Tab):
    """`run(command, **args)` starts a form for the person."""

    def __init__(self, context: Context, run: Run) -> None:
        super().__init__(context.theme, "Goals and measures")
        self._context, self._run = context, run
        self.rows: dict[str, QWidget] = {}

    def show_summary(self, summary: CaseSummary, *, may_record: bool) -> None:
        """Show goals at the left, measures and readiness at the right."""
        self.clear()
        self.rows = {}
        found = goal_progress(summary.around.goals, summary.around.goal_scores)
        cards = TwoColumns(self.theme)
        cards.add(self._goals(summary, [each for each in found if each.goal.ended_on is None], may_record), 0, 0)
        over = [each for each in found if each.goal.ended_on is not None]
        if over:
            cards.add(self._ended(summary, over), 0, 0)
        add_measures(self._context, summary, cards, self._run, self.rows, may_record=may_record)
        readiness = readiness_card(self.theme, summary)
        if readiness is not None:
            cards.add(readiness, 1, 1)
        self.column.addWidget(cards)
        self.column.addStretch(1)

    def _goals(self, summary: CaseSummary, goals: list[GoalProgress], may_record: bool) -> Card:
        theme, called = self.theme, text.called(summary.person)
        add = LinkButton(theme, "Set a goal", lambda: self._run("goal"), icon="mdi6.plus")
        add.setEnabled(may_record)
        if not goals:
            card = Card(theme, "Goals")
            words = f"Write what {called} wants, in {called}’s own words, and how far along it is from 0 to 10."
            card.add(
                EmptyState(
                    theme,
                    "mdi6.flag-outline",
                    "No goals yet",
                    words,
                    "Set a goal" if may_record else "",
                    lambda: self._run("goal"),
                )
            )
            return card
        card = Card(theme, "Goals", f"in {called}’s own words, 0 to 10", action=add, ruled=True, padded=False)
        for place, each in enumerate(goals):
            if place:
                card.add_rule()
            row = self._goal(summary, each, may_record, first=place == 0, last=place == len(goals) - 1)
            self.rows[each.goal.id] = row
            card.add(row)
        return card

    def _goal(self, summary: CaseSummary, each: GoalProgress, may_record: bool, *, first: bool, last: bool) -> QWidget:
        theme, goal, px = self.theme, each.goal, self.theme.px
        row = QWidget()
        row.setAccessibleName(f"Goal: {goal.words}, {score_words(each)}")
        column = QVBoxLayout(row)
        column.setContentsMargins(px(14), px(10), px(14), px(10))
        column.setSpacing(px(4))
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(Label(breakable(f"“{goal.words}”"), "strong", wrap=True, selectable=True), 1)
        head.addWidget(Label(score_words(each), "strong" if each.latest else "body", "" if each.latest else "text2"))
        column.addLayout(head)
        column.addWidget(Label(_about(each), "caption", "text2", wrap=True))
        if each.scores:
            points = [Point(score.scored_on, score.score, score.id) for score in each.scores]
            chart = CourseView(
                theme, Course(f"Progress with “{goal.words}”", points, 0, 10, "goal_score"), summary.as_at
            )
            if may_record:
                chart.pressed.connect(lambda _, score_id: self._run("edit_score", score_id=score_id))
            column.addWidget(chart)
            if each.latest is not None and each.latest.note:
                column.addWidget(Label(breakable(each.latest.note), wrap=True, selectable=True))
        if may_record:
            column.addLayout(self._steps(goal.id, first=first, last=last))
        return row

    def _steps(self, goal_id: str, *, first: bool, last: bool) -> FlowLayout:
        theme = self.theme
        steps = FlowLayout(across=theme.px(6), down=theme.px(4))
        for words, command in (("Score it", "score_goal"), ("Reword", "reword_goal"), ("End", "end_goal")):
            steps.addWidget(Button(theme, words, _starter(self._run, command, goal_id), small=True))
        up = IconButton(theme, "mdi6.arrow-up", "Move up", lambda: self._move(goal_id, up=True))
        down = IconButton(theme, "mdi6.arrow-down", "Move down", lambda: self._move(goal_id, up=False))
        for button, possible in ((up, not first), (down, not last)):
            button.setEnabled(possible)
            steps.addWidget(button)
        return steps

    def _move(self, goal_id: str, *, up: bool) -> None:
        from mhtracker.operations.goals import move_goal

        self._context.jobs.do(move_goal, goal_id, up=up, then=lambda _: None)

    def _ended(self, summary: CaseSummary, goals: list[GoalProgress]) -> Card:
        card = Card(self.theme, "Goals that ended", text.count(len(goals), "goal"))
        for each in goals:
            how = code_words(summary, "goal_end", each.goal.end_reason)
            said = f"“{each.goal.words}”\n{how} {text.format_date(each.goal.ended_on)}"
            last = f", last at {score_words(each)}" if each.latest is not None else ""
            label = Label(breakable(f"{said}{last}"), wrap=True, selectable=True)
            self.rows[each.goal.id] = label
            card.add(label)
        return card

    def go_to(self, record_id: str) -> None:
        """Bring a goal or a measure into view."""
        row = self.rows.get(record_id)
        if row is not None:
            self.ensureWidgetVisible(row, 0, self.theme.px(40))


def _starter(run: Run, command: str, goal_id: str) -> Callable[[], object]:
    return lambda: run(command, goal_id=goal_id)


def _about(each: GoalProgress) -> str:
    """When it was set, last scored and changed, and by when it is hoped for."""
    said = [f"Set {text.format_date(each.goal.set_on)}"]
    if each.goal.aimed_for is not None:
        said.append(f"hoped for by {text.format_date(each.goal.aimed_for)}")
    if each.latest is not None:
        said.append(f"scored {text.format_date(each.latest.scored_on)}")
    change = goal_change_words(each)
    return ", ".join(said) + (f". {change}." if change else ".")
