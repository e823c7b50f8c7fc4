"""Readiness on a person's page: each domain with what it was before and what shows it, and two days compared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from mhtracker import text
from mhtracker.domain.move_on_rules import HIGHEST, RATING_WORDS
from mhtracker.domain.records import Rating
from mhtracker.domain.summary import CaseSummary
from mhtracker.figures.readiness import draw_readiness, rating_days, ratings_on, total_words
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.person.parts import breakable
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.figure_view import FigureView, figure_palette
from mhtracker.ui.widgets.labels import Label

Run = Callable[..., object]
FIGURE_TEXT = 11.0


class RatingBlocks(QWidget):
    """Three blocks, filled as far as a rating goes."""

    def __init__(self, theme: Theme, rating: int | None, words: str) -> None:
        super().__init__()
        self._theme, self._rating = theme, rating
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(HIGHEST * 17 + 2), self._theme.px(18))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        accent = theme.color("accent" if self._rating is not None else "border")
        painter.setPen(QPen(accent, 1))
        for number in range(HIGHEST):
            full = self._rating is not None and number < self._rating
            painter.setBrush(accent if full else Qt.BrushStyle.NoBrush)
            painter.drawRect(theme.px(number * 17), theme.px(6), theme.px(14), theme.px(6))
        painter.end()


class ReadinessCard(Card):
    """The card as a whole. `run` starts forms; without `may_record` it offers none."""

    def __init__(self, theme: Theme, summary: CaseSummary, run: Run, *, may_record: bool) -> None:
        rate = Button(theme, "Rate", lambda: run("rate"), kind="quiet", icon="mdi6.pencil-outline", small=True)
        rate.setEnabled(may_record)
        held = summary.around.latest_ratings()
        super().__init__(theme, "Readiness", readiness_caption(summary, held), action=rate, ruled=True)
        self._summary, self._run, self._may = summary, run, may_record
        self._held = held
        if not held:
            self.add(
                EmptyState(
                    theme,
                    "mdi6.stairs-up",
                    "Not rated yet",
                    f"Say how far {text.called(summary.person)} has come in each part of living more independently, "
                    "and what shows it.",
                    "Rate readiness" if may_record else "",
                    lambda: run("rate"),
                )
            )
            return
        self.add(self._domains())
        self._days = rating_days(summary.around.ratings)
        if len(self._days) > 1:
            self.add_rule()
            self._add_comparison()

    def _domains(self) -> QWidget:
        theme = self._theme
        table = QWidget()
        table.setAccessibleName("Readiness by domain")
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(7))
        grid.setColumnStretch(3, 1)
        for row, (domain, words) in enumerate(self._summary.domains):
            self._domain_row(grid, row, words, self._held.get(domain), _before(self._summary, domain))
        return table

    def _domain_row(
        self, grid: QGridLayout, row: int, words: str, rating: Rating | None, before: Rating | None
    ) -> None:
        top = Qt.AlignmentFlag.AlignTop
        name = Label(words, wrap=True)
        name.setMinimumWidth(self._theme.px(120))
        grid.addWidget(name, row, 0, top)
        said = "not rated" if rating is None else f"{rating.rating} {RATING_WORDS[rating.rating]}"
        grid.addWidget(RatingBlocks(self._theme, rating.rating if rating else None, f"{words}: {said}"), row, 1, top)
        grid.addWidget(Label(said, tone="" if rating else "text3"), row, 2, top)
        if rating is None:
            return
        changed = before is not None and before.rating != rating.rating
        was = f"was {before.rating} on {text.format_date(before.rated_on)}" if before and changed else ""
        by = ", ".join(filter(None, (text.format_date(rating.rated_on), rating.rated_by, was)))
        shown = Label(breakable("\n".join(filter(None, (rating.evidence, by)))), "caption", "text2", wrap=True)
        shown.setAccessibleName(f"{words}: {said}. {rating.evidence} {by}")
        grid.addWidget(shown, row, 3, top)
        if self._may:
            correct = LinkButton(self._theme, "Correct", lambda: self._run("correct_rating", rating_id=rating.id))
            correct.setAccessibleName(f"Correct the rating of {text.first_lower(words)}")
            grid.addWidget(correct, row, 4, top)

    def _add_comparison(self) -> None:
        theme = self._theme
        choices = [Choice(day, text.format_date(day)) for day in self._days]
        self.first, self.second = (ChoiceEdit(theme, choices, width=130) for _ in range(2))
        for editor, name, day in ((self.first, "Compare", self._days[-1]), (self.second, "with", self._days[0])):
            editor.set_name(f"{name} the ratings as they stood on")
            editor.set_value(day)
            editor.edited.connect(self._draw)
        line = QWidget()
        line.setAccessibleName("Two days to compare")
        row = QHBoxLayout(line)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(theme.px(8))
        for words, editor in (("Compare", self.first), ("with", self.second)):
            row.addWidget(Label(words, tone="text2"))
            row.addWidget(editor)
        row.addStretch(1)
        self.add(line)
        self.figure = FigureView(theme, "Readiness on two days", grows=False)
        self.figure.resized.connect(lambda _: self._draw())
        self.add(self.figure)
        self._draw()

    def _draw(self) -> None:
        first, second = self.first.value(), self.second.value()
        if not isinstance(first, date) or not isinstance(second, date):
            return
        first, second = sorted((first, second))  # as on any scale of time: the earlier day at the left
        theme, ratings = self._theme, self._summary.around.ratings
        size = FIGURE_TEXT * theme.scale
        picture = draw_readiness(
            self._summary.domains,
            ratings_on(ratings, first),
            ratings_on(ratings, second),
            figure_palette(theme),
            width=float(max(self.figure.width(), theme.px(260))),
            text_size=size,
            headings=(text.format_date(first), text.format_date(second)),
        )
        self.figure.show_picture(picture)
        self.figure.setFixedHeight(round(picture.height))


def _before(summary: CaseSummary, domain: str) -> Rating | None:
    """The rating before the one that holds."""
    mine = [rating for rating in summary.around.ratings if rating.domain == domain]
    return mine[1] if len(mine) > 1 else None


def readiness_caption(summary: CaseSummary, held: dict[str, Rating]) -> str:
    """`29 of 39, up 5 since 12 Feb 2026`."""
    if not held:
        return ""
    days = rating_days(summary.around.ratings)
    now = total_words(held)
    if len(days) < 2:
        return now
    earlier = ratings_on(summary.around.ratings, days[1])
    common = [domain for domain in held if domain in earlier]
    change = sum(held[domain].rating - earlier[domain].rating for domain in common)
    way = "up" if change > 0 else "down"
    moved = f"{way} {abs(change)}" if change else "unchanged"
    return f"{now}, {moved} since {text.format_date(days[1])}"
