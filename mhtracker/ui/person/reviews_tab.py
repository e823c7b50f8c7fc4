"""The reviews tab: what is due, and every review with its state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.records import DueState, Review
from mhtracker.domain.reviewing.due import ReviewLine, is_not_needed
from mhtracker.domain.reviewing.needs import covers_s117
from mhtracker.domain.summary import CaseSummary
from mhtracker.reports.person.review_words import need_words, review_facts
from mhtracker.ui.context import Context
from mhtracker.ui.person.parts import Tab, breakable
from mhtracker.ui.person.words import code_words, review_kind
from mhtracker.ui.widgets.badge import Badge
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import Label
from mhtracker.ui.widgets.shapes import SHAPE_OF_DUE


class ReviewsTab(Tab):
    """`run(command, **args)` starts a form for the person."""

    def __init__(self, context: Context, run: Callable[..., object]) -> None:
        super().__init__(context.theme, "Reviews")
        self._run = run
        self.rows: dict[str, QWidget] = {}

    def show_summary(self, summary: CaseSummary, *, may_record: bool) -> None:
        """Show what is due, then the reviews, newest first."""
        self.clear()
        self.rows = {}
        self.column.addWidget(self._due(summary, may_record))
        if summary.needs:
            self.column.addWidget(self._needs(summary, may_record))
        if summary.reviews:
            card = Card(self.theme, "Reviews", "newest first", ruled=True, padded=False)
            for place, line in enumerate(summary.reviews):
                if place:
                    card.add_rule()
                row = self._row(summary, line, may_record)
                self.rows[line.review.id] = row
                card.add(row)
            self.column.addWidget(card)
        self.column.addStretch(1)

    def _due(self, summary: CaseSummary, may_record: bool) -> Card:
        theme, need = self.theme, summary.review
        card = Card(theme, "Next review")
        steps = FlowLayout(across=theme.px(8), down=theme.px(6))
        if may_record:
            steps.addWidget(Button(theme, "Record a review", lambda: self._run("review")))
            steps.addWidget(Button(theme, "Book a review", lambda: self._run("book_review")))
        if need.due.due_on is None:
            if summary.reviews or need.booked:
                card.add(Label("No review is due.", tone="text2", wrap=True))
                card.add_layout(steps)
                return card
            card.add(
                EmptyState(
                    theme,
                    "mdi6.clipboard-check-outline",
                    "No reviews yet",
                    "The first review falls due 8 weeks after a stay begins, later ones a year after the last.",
                    "Record a review" if may_record else "",
                    lambda: self._run("review"),
                )
            )
            return card
        line = QHBoxLayout()
        line.setSpacing(theme.px(10))
        words = text.due_words(need.due) if need.due.state != DueState.IN_DATE else text.in_words(-need.due.days)
        line.addWidget(Badge(theme, SHAPE_OF_DUE[need.due.state], words))
        due = f"{'First review of this stay' if need.first else 'Review'} due "
        line.addWidget(Label(due + text.format_date(need.due.due_on, weekday=True), wrap=True), 1)
        card.add_layout(line)
        if need.booked is not None:
            card.add(Label("A booking clears nothing: only a review that is held does.", "caption", "text2", wrap=True))
        card.add_layout(steps)
        return card

    def _needs(self, summary: CaseSummary, may_record: bool) -> Card:
        """What kinds of review ask for beside the main one, each with its state."""
        theme = self.theme
        card = Card(theme, "Also asked for", ruled=True, padded=False)
        for place, need in enumerate(sorted(summary.needs, key=lambda each: each.due_on)):
            if place:
                card.add_rule()
            row = QWidget()
            shape, words = need_words(need, summary)
            row.setAccessibleName(f"{need.what}: {words}")
            line = FlowLayout(row, across=theme.px(10), down=theme.px(4))
            line.setContentsMargins(theme.px(14), theme.px(9), theme.px(14), theme.px(9))
            line.addWidget(Badge(theme, shape, words, quiet=shape not in ("overdue", "today")))
            line.addWidget(Label(need.what, "strong"))
            line.addWidget(Label(f"by {text.format_date(need.due_on)}", tone="text2"))
            if covers_s117(need, summary.review.due.due_on, summary.as_at):
                line.addWidget(Label("at the next review", tone="text2"))
            if may_record and need.is_listed(summary.as_at):
                run = partial(self._run, "note") if need.contact else partial(self._run, "review", kind=need.kind)
                step = "Record the contact" if need.contact else "Record as held"
                line.addWidget(Button(theme, step, run, small=True))
                if need.contact:
                    not_needed = partial(self._run, "contact_not_needed", kind=need.kind)
                    line.addWidget(Button(theme, "Not needed", not_needed, small=True))
            card.add(row)
        return card

    def _row(self, summary: CaseSummary, line: ReviewLine, may_record: bool) -> QWidget:
        theme, review = self.theme, line.review
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(theme.px(14), theme.px(9), theme.px(14), theme.px(9))
        column.setSpacing(theme.px(4))
        shape, state, quiet = _state(line, summary)
        head = FlowLayout(across=theme.px(10), down=theme.px(4))
        head.addWidget(Badge(theme, shape, state, quiet=quiet))
        head.addWidget(Label(review_kind(summary, review), "strong"))
        outcome = code_words(summary, "review_outcome", review.outcome)
        if outcome:
            head.addWidget(Label(outcome))
        if review.held_on is not None and line.due.due_on is not None:
            late = (review.held_on - line.due.due_on).days
            if late > 0:
                head.addWidget(Label(f"{text.count(late, 'day')} late", tone="text2"))
        row.setAccessibleName(f"{review_kind(summary, review)}: {state}")
        column.addLayout(head)
        for label, said in (("", review.summary), ("Why", review.abandon_reason)):
            if said.strip():
                column.addWidget(Label(breakable(f"{label}: {said}" if label else said), wrap=True, selectable=True))
        facts = review_facts(summary, review)
        if facts:
            self._add_details(column, review, facts, opened=line is summary.reviews[0])
        if may_record and review.held_on is None and review.abandoned_on is None:
            column.addLayout(self._steps(line, summary.as_at))
        return row

    def _add_details(self, column: QVBoxLayout, review: Review, facts: list[tuple[str, str]], *, opened: bool) -> None:
        """All that was told at a review, opened and closed by a press; the newest stands open."""
        box = QWidget()
        box.setAccessibleName("What was told at this review")
        inside = QVBoxLayout(box)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(self.theme.px(3))
        for heading, words in facts:
            inside.addWidget(Label(breakable(f"{heading}: {words}"), wrap=True, selectable=True))

        def turn() -> None:
            box.setVisible(box.isHidden())
            button.set_words("Show less" if not box.isHidden() else "Show all that was said")

        button = Button(self.theme, "Show less" if opened else "Show all that was said", turn, kind="link", small=True)
        line = QHBoxLayout()
        line.addWidget(button)
        line.addStretch(1)
        column.addWidget(box)
        box.setVisible(opened)
        column.addLayout(line)

    def _steps(self, line: ReviewLine, as_at: date) -> FlowLayout:
        """What has a day ahead cannot have been held yet."""
        theme, args = self.theme, {"review_id": line.review.id}
        steps = FlowLayout(across=theme.px(6), down=theme.px(4))
        booked_on = line.review.booked_on
        if booked_on is None or booked_on <= as_at:
            steps.addWidget(Button(theme, "Record as held", lambda: self._run("review", **args), small=True))
        if line.review.booked_on is not None:
            steps.addWidget(Button(theme, "Change booking", lambda: self._run("rebook_review", **args), small=True))
        steps.addWidget(Button(theme, "Give up", lambda: self._run("abandon_review", **args), small=True))
        return steps

    def go_to(self, record_id: str) -> None:
        """Bring a review into view."""
        row = self.rows.get(record_id)
        if row is not None:
            self.ensureWidgetVisible(row, 0, self.theme.px(40))
            row.setFocus(Qt.FocusReason.OtherFocusReason)


def _state(line: ReviewLine, summary: CaseSummary) -> tuple[str, str, bool]:
    """Shape, words and whether the badge is quiet."""
    review, as_at = line.review, summary.as_at
    if review.held_on is not None and review.held_on <= as_at:
        return "in_date", f"Held {text.format_date(review.held_on)}", True
    if review.abandoned_on is not None and review.abandoned_on <= as_at:
        if is_not_needed(review):
            return "in_date", f"Not needed, {text.format_date(review.abandoned_on)}", True
        return "mismatch", f"Given up {text.format_date(review.abandoned_on)}", True
    if review.booked_on is not None:
        # A booking that has passed is not late by itself: only the review's own date says so.
        late = review.booked_on < as_at and line.due.state == DueState.OVERDUE
        said = text.booking_words(review.booked_on, review.booked_time, as_at)
        return "overdue" if late else "booked", said, False
    words = text.due_words(line.due) or "Not due"
    return SHAPE_OF_DUE[line.due.state], f"{words}", line.due.state in (DueState.IN_DATE, DueState.NONE)
