"""The review before, to be read while this one is written."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.records import Action
from mhtracker.store.queries.reviews import LastReview
from mhtracker.ui.person.parts import breakable
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.down_scroll import DownScroll
from mhtracker.ui.widgets.labels import Label


class LastReviewView(DownScroll):
    """Reads the review before aloud: what was decided, said and agreed, and what became of that."""

    def __init__(self, theme: Theme, last: LastReview | None, words_of: dict[str, str]) -> None:
        super().__init__("The review before")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inside = QWidget()
        inside.setProperty("box", "sunken")
        inside.setAccessibleName("The review before")
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        column.setSpacing(theme.px(4))
        column.addWidget(Label("The review before", "heading"))
        if last is None:
            column.addWidget(Label("No review was held yet. This one is the first.", tone="text2", wrap=True))
        for title, said in facts_of(last, words_of) if last is not None else ():
            column.addSpacing(theme.px(4))
            column.addWidget(Label(title, "caption-strong", "text2"))
            column.addWidget(Label(breakable(said), wrap=True, selectable=True))
        column.addStretch(1)
        self.setWidget(inside)


def facts_of(last: LastReview, words_of: dict[str, str]) -> list[tuple[str, str]]:
    """What there is to read of it, as (heading, words)."""
    review = last.review

    def code(list_name: str, value: str | None) -> str:
        return words_of.get(f"{list_name}/{value}", value or "")

    held = f"{code('review_kind', review.kind)}, held {text.format_date(review.held_on, weekday=True)}"
    came = [f"{a.name} ({code('attendance', a.came).lower()})" if a.came else a.name for a in last.attendance]
    support = ", ".join(
        filter(
            None,
            (
                code("support_change", review.support_change),
                f"{review.hours_per_week:g} hours a week" if review.hours_per_week is not None else "",
                f"{text.format_pence(review.weekly_cost_pence)} a week" if review.weekly_cost_pence is not None else "",
                f"from {text.format_date(review.changes_on)}" if review.changes_on else "",
            ),
        )
    )
    after_care = ". ".join(filter(None, (code("s117_decision", review.s117_decision), review.s117_reason)))
    found = [
        ("Held", held),
        ("Outcome", code("review_outcome", review.outcome)),
        ("Their own view", review.own_view),
        ("What works", review.works),
        ("What does not", review.does_not_work),
        ("Summary", review.summary),
        ("After-care", after_care),
        ("Support", support),
        ("Who came", ", ".join(came) or review.attended),
    ]
    found += [("Agreed" if not n else "", action_words(each)) for n, each in enumerate(last.actions)]
    return [(title, said) for title, said in found if said.strip()]


def action_words(action: Action) -> str:
    """`See Canal View, by 1 Aug 2026: done 28 Jul 2026`."""
    by = f", by {text.format_date(action.due_on)}" if action.due_on else ""
    if action.done_on is not None:
        return f"{action.what}{by}: done {text.format_date(action.done_on)}"
    return f"{action.what}{by}: {'dropped' if action.dropped_on is not None else 'still open'}"
