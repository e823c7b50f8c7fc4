"""Parts of the summary that say in short what other tabs tell in full: readiness, barriers, actions, goals."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.around import barrier_days
from mhtracker.domain.move_on_rules import RATING_WORDS
from mhtracker.domain.progress import HIGHEST, GoalProgress, goal_progress
from mhtracker.domain.progress_words import score_words
from mhtracker.domain.records import Action, DueState
from mhtracker.domain.reviewing.due import due
from mhtracker.domain.summary import CaseSummary
from mhtracker.ui.person.parts import breakable
from mhtracker.ui.person.readiness_card import RatingBlocks, readiness_caption
from mhtracker.ui.person.words import code_words
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.badge import Badge
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.card import Card, clear_layout
from mhtracker.ui.widgets.labels import Label
from mhtracker.ui.widgets.shapes import SHAPE_OF_DUE

Go = Callable[[str], object]
MOST_ACTIONS, MOST_GOALS = 4, 5
TWO_WIDE = 440
"""With so much room, at 100%, the domains of readiness stand in two columns."""


def part_head(theme: Theme, title: str, caption: str, link: LinkButton | None) -> QWidget:
    """A part's heading inside a card, what it comes to, and where it is told in full or added to."""
    head = QWidget()
    head.setAccessibleName(title)
    row = QHBoxLayout(head)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(8))
    row.addWidget(Label(title, "strong"))
    row.addWidget(Label(caption, "caption", "text2"), 1)
    if link is not None:
        row.addWidget(link)
    return head


class ReadinessBrief(QWidget):
    """Each rated domain with its blocks and its word, in two columns where there is room."""

    def __init__(self, theme: Theme, summary: CaseSummary) -> None:
        super().__init__()
        self._theme, self._columns = theme, 0
        self.setAccessibleName("Readiness by domain")
        held = summary.around.latest_ratings()
        self._rated = [(words, held[key].rating) for key, words in summary.domains if key in held]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(theme.px(3))
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        theme = self._theme
        columns = 2 if self.width() / theme.scale >= TWO_WIDE else 1
        if columns == self._columns:
            return
        self._columns = columns
        clear_layout(self._grid)
        self._grid.setHorizontalSpacing(theme.px(10))
        high = -(-len(self._rated) // columns)
        for place, (words, rating) in enumerate(self._rated):
            column, row = divmod(place, high)
            said = f"{rating} {RATING_WORDS[rating]}"
            self._grid.addWidget(Label(words, wrap=True), row, column * 3)
            self._grid.addWidget(RatingBlocks(theme, rating, f"{words}: {said}"), row, column * 3 + 1)
            self._grid.addWidget(Label(said, "caption", "text2"), row, column * 3 + 2)
        for column in range(6):
            self._grid.setColumnStretch(column, 1 if column in (0, 3)[:columns] else 0)


def add_readiness(card: Card, theme: Theme, summary: CaseSummary, go: Go) -> None:
    """Readiness as a part of the card; nothing where nothing was ever rated."""
    held = summary.around.latest_ratings()
    if not held:
        return
    link = LinkButton(theme, "Evidence", lambda: go("move_on"))
    card.add_rule()
    card.add(part_head(theme, "Readiness", readiness_caption(summary, held), link))
    card.add(ReadinessBrief(theme, summary))


def add_barriers(card: Card, theme: Theme, summary: CaseSummary, add: LinkButton) -> None:
    """The open barriers with their days, or that there is none."""
    card.add_rule()
    card.add(part_head(theme, "Barriers", "", add))
    still = summary.around.open_barriers()
    if not still:
        card.add(Label("Nothing holds the move up.", tone="text2", wrap=True))
    for barrier in still:
        words = code_words(summary, "delay_reason", barrier.code)
        days = text.count(barrier_days(barrier, summary.as_at), "day")
        since = Label(f"since {text.format_date(barrier.started_on)}", "caption", "text2")
        card.add(
            _line(f"Open: {words}, {days}", theme, Badge(theme, "stuck", "Open"), words, since, Label(days, "strong"))
        )


def add_actions(card: Card, theme: Theme, summary: CaseSummary, add: LinkButton, go: Go) -> None:
    """What is to be done next, soonest first, or that nothing is."""
    card.add_rule()
    card.add(part_head(theme, "Actions", "", add))
    still = summary.around.open_actions()
    if not still:
        card.add(Label("Nothing is open.", tone="text2", wrap=True))
    for action in still[:MOST_ACTIONS]:
        badge = action_badge(theme, summary, action)
        owner = Label(summary.worker_names.get(action.worker_id or "", action.owner), "caption", "text2")
        card.add(_line(f"{action.what}, {badge.accessibleName()}", theme, None, action.what, owner, badge))
    if len(still) > MOST_ACTIONS:
        more = LinkButton(theme, f"and {text.count(len(still) - MOST_ACTIONS, 'more action')}", lambda: go("move_on"))
        row = QHBoxLayout()
        row.addWidget(more)
        row.addStretch(1)
        card.add_layout(row)


def action_badge(theme: Theme, summary: CaseSummary, action: Action) -> Badge:
    """How an action stands: its state where it is due, else its day."""
    stands = due(action.due_on, summary.as_at)
    late = stands.state in (DueState.OVERDUE, DueState.DUE_TODAY)
    said = text.due_words(stands) or "No day set"
    if action.due_on is not None and not late:
        said = text.format_day(action.due_on, summary.as_at, weekday=True)
    return Badge(theme, SHAPE_OF_DUE[stands.state], said, quiet=not late)


def _line(name: str, theme: Theme, before: QWidget | None, words: str, *after: QWidget) -> QWidget:
    line = QWidget()
    line.setAccessibleName(name)
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(8))
    top = Qt.AlignmentFlag.AlignTop
    if before is not None:
        row.addWidget(before, 0, top)
    row.addWidget(Label(breakable(words), wrap=True), 1)
    for widget in after:
        row.addWidget(widget, 0, top)
    return line


class GoalBar(QWidget):
    """How far along a goal is, from 0 to 10."""

    def __init__(self, theme: Theme, score: int, words: str) -> None:
        super().__init__()
        self._theme, self._score = theme, score
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        painter.fillRect(rect, theme.color("hover"))
        if theme.is_contrast:
            painter.setPen(theme.color("line"))
            painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.fillRect(QRectF(0, 0, rect.width() * self._score / HIGHEST, rect.height()), theme.color("accent"))
        painter.end()


def goals_card(theme: Theme, summary: CaseSummary, go: Go) -> Card | None:
    """The person's open goals with how far along they are; None where there is none."""
    still = [e for e in goal_progress(summary.around.goals, summary.around.goal_scores) if e.goal.ended_on is None]
    if not still:
        return None
    scored = [each.latest.scored_on for each in still if each.latest is not None]
    caption = f"last scored {text.format_date(max(scored))}" if scored else ""
    link = LinkButton(theme, "All goals", partial(go, "goals"))
    card = Card(theme, "Goals", caption, action=link, ruled=True, padded=False)
    for place, each in enumerate(still[:MOST_GOALS]):
        if place:
            card.add_rule()
        card.add(_goal(theme, each))
    return card


def _goal(theme: Theme, each: GoalProgress) -> QWidget:
    px, said = theme.px, score_words(each)
    box = QWidget()
    box.setAccessibleName(f"Goal: {each.goal.words}, {said}")
    column = QVBoxLayout(box)
    column.setContentsMargins(px(14), px(7), px(14), px(8))
    column.setSpacing(px(4))
    row = QHBoxLayout()
    row.addWidget(Label(breakable(f"“{each.goal.words}”"), wrap=True), 1)
    row.addWidget(Label(said, "strong" if each.latest else "caption", "" if each.latest else "text2"))
    column.addLayout(row)
    if each.latest is not None:
        column.addWidget(GoalBar(theme, each.latest.score, said))
    return box
