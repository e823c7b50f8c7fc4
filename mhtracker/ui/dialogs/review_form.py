"""Reviews: recording one as held, booking one or changing its booking, giving one up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mhtracker import text
from mhtracker.domain.records import Review, ReviewKind
from mhtracker.operations.drafting import Preview
from mhtracker.operations.reviews import (
    Booking,
    abandon_review,
    book_review,
    hold_review,
    preview_booking,
    preview_review,
    rebook_review,
    record_review,
)
from mhtracker.store import Store
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import code_choices
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import TextEdit, TimeEdit

ANOTHER = "another"


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """The reviews that are still open, those booked first and earliest first, and what may be chosen."""

    open: tuple[Review, ...]
    kinds: tuple[Choice, ...]
    outcomes: tuple[Choice, ...]

    def review(self, review_id: str | None) -> Review | None:
        """An open review by its id."""
        return next((review for review in self.open if review.id == review_id), None)

    def words(self, review: Review) -> str:
        """`Care Act review, booked 22 Jul 2026 10:30`."""
        kind = next((choice.words for choice in self.kinds if choice.value == review.kind), review.kind)
        if review.booked_on is not None:
            return f"{kind}, booked {text.format_date(review.booked_on)} {review.booked_time}".rstrip()
        return f"{kind}, due {text.format_date(review.due_on)}" if review.due_on else kind


def read_reviews(store: Store, person_id: str) -> ReviewFacts:
    """What the forms of reviews need."""
    found = store.find(Review, person_id=person_id, held_on=None, abandoned_on=None)
    ordered = sorted(found, key=lambda r: (r.booked_on is None, r.booked_on or r.due_on or date.max, r.id))
    return ReviewFacts(
        tuple(ordered), tuple(code_choices(store, "review_kind")), tuple(code_choices(store, "review_outcome"))
    )


class HoldReviewForm(FormPanel):
    """Records a review as held: one that was booked or due, or another. `review_id` chooses it at once."""

    def __init__(self, context: Context, *, person_id: str, review_id: str | None = None) -> None:
        self._review_id = review_id
        super().__init__(
            context, "Record a review", primary="Record review", key=f"review:{person_id}", person_id=person_id
        )

    chosen_once = ("which",)

    def stands_on(self, data: ReviewFacts) -> Any:
        return data.open

    def read(self, store: Store) -> ReviewFacts:
        return read_reviews(store, self.person_id or "")

    def make_form(self, data: ReviewFacts) -> Form:
        theme, today = self.theme, lambda: self.context.today
        which = [Choice(review.id, data.words(review)) for review in data.open]
        form = Form(
            theme,
            Ask("which", ChoiceEdit(theme, [*which, Choice(ANOTHER, "Another, not booked")]), label="Which review"),
            Ask("kind", ChoiceEdit(theme, data.kinds), of=(Review, "kind")),
            Ask("held_on", DateEdit(theme, today), of=(Review, "held_on"), required=True, help=""),
            Ask("outcome", ChoiceEdit(theme, data.outcomes), of=(Review, "outcome"), required=True),
            Ask("attended", LineEdit(theme), of=(Review, "attended")),
            Ask("summary", TextEdit(theme, lines=6), of=(Review, "summary")),
            Ask("next_on", DateEdit(theme, today), of=(Review, "next_on")),
            name="Record a review",
        )
        chosen = data.review(self._review_id) or self._likely(data)
        form.set_values({"which": chosen.id if chosen else ANOTHER, "kind": ReviewKind.CARE_ACT})
        if chosen is not None and chosen.booked_on and chosen.booked_on <= self.context.today:
            form.set_values({"held_on": chosen.booked_on})
        form.set_shown("which", bool(data.open))
        return form

    def _likely(self, data: ReviewFacts) -> Review | None:
        """The booking whose day has come, else the only open one."""
        come = [r for r in data.open if r.booked_on is not None and r.booked_on <= self.context.today]
        return come[-1] if come else data.open[0] if data.open else None

    def on_edited(self) -> None:
        if self.form is not None:
            self.form.set_shown("kind", self.values_so_far().get("which") in (None, ANOTHER))

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if values.get("held_on") is None:
            return None
        return preview_review(store, self.person_id or "", held_on=values["held_on"], next_on=values.get("next_on"))

    def perform(self, store: Store, values: Mapping[str, Any]) -> Review:
        given = {name: values.get(name) or "" for name in ("summary", "attended")}
        held_on, outcome, next_on = values["held_on"], values["outcome"], values.get("next_on")
        which = values.get("which")
        if which not in (None, ANOTHER):
            return hold_review(store, which, held_on=held_on, outcome=outcome, next_on=next_on, **given)
        kind = values.get("kind") or ReviewKind.CARE_ACT
        return record_review(
            store, self.person_id or "", kind=kind, held_on=held_on, outcome=outcome, next_on=next_on, **given
        )

    def said(self, result: Review) -> str:
        return f"Recorded {self.whole_name}’s review, held {text.format_date(result.held_on)}."


class BookReviewForm(FormPanel):
    """Books a review."""

    def __init__(self, context: Context, *, person_id: str) -> None:
        super().__init__(
            context, "Book a review", primary="Book review", key=f"book_review:{person_id}", person_id=person_id
        )

    def read(self, store: Store) -> ReviewFacts:
        return read_reviews(store, self.person_id or "")

    def make_form(self, data: ReviewFacts) -> Form:
        theme = self.theme
        form = Form(
            theme,
            Ask("kind", ChoiceEdit(theme, data.kinds), of=(Review, "kind")),
            Ask("booked_on", DateEdit(theme, lambda: self.context.today), of=(Review, "booked_on"), required=True),
            Ask("booked_time", TimeEdit(theme), of=(Review, "booked_time")),
            name="Book a review",
        )
        form.set_values({"kind": ReviewKind.CARE_ACT})
        return form

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if values.get("booked_on") is None:
            return None
        return preview_booking(store, self._booking(values))

    def _booking(self, values: Mapping[str, Any]) -> Booking:
        kind = ReviewKind(values.get("kind") or ReviewKind.CARE_ACT)
        return Booking(self.person_id or "", values["booked_on"], values.get("booked_time") or "", kind)

    def perform(self, store: Store, values: Mapping[str, Any]) -> Review:
        asked = self._booking(values)
        return book_review(
            store, asked.person_id, kind=asked.kind, booked_on=asked.booked_on, booked_time=asked.booked_time
        )

    def said(self, result: Review) -> str:
        return f"Booked {self.whole_name}’s review for {text.format_date(result.booked_on, weekday=True)}."


class RebookReviewForm(FormPanel):
    """Changes a booking's day and time, with the reason. Without `review_id` it is the booking there is."""

    def __init__(self, context: Context, *, person_id: str, review_id: str | None = None) -> None:
        self._review_id = review_id
        super().__init__(
            context,
            "Change booking",
            primary="Change booking",
            key=":".join(filter(None, ("rebook_review", person_id, review_id))),
            person_id=person_id,
            args={"review_id": review_id} if review_id else {},
        )

    def read(self, store: Store) -> ReviewFacts:
        return read_reviews(store, self.person_id or "")

    def make_form(self, data: ReviewFacts) -> Form:
        theme = self.theme
        self._review = data.review(self._review_id) or next((r for r in data.open if r.booked_on), None)
        form = Form(
            theme,
            Ask("booked_on", DateEdit(theme, lambda: self.context.today), of=(Review, "booked_on"), required=True),
            Ask("booked_time", TimeEdit(theme), of=(Review, "booked_time")),
            Ask(
                "reason",
                TextEdit(theme, lines=2),
                label="Reason",
                help="Why the day changes. It goes into the history.",
            ),
            name="Change booking",
        )
        self.base = self._review
        if self._review is not None:
            self.set_title(f"Change booking: {data.words(self._review)}")
            form.set_values({"booked_on": self._review.booked_on, "booked_time": self._review.booked_time or None})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> Review:
        if self._review is None:
            return book_review(store, self.person_id or "", booked_on=values["booked_on"])
        return rebook_review(
            store,
            self._review.id,
            booked_on=values["booked_on"],
            booked_time=values.get("booked_time") or "",
            reason=values.get("reason") or "",
        )

    def said(self, result: Review) -> str:
        return f"{self.called}’s review is now booked for {text.format_date(result.booked_on, weekday=True)}."


class AbandonReviewForm(FormPanel):
    """Gives a due or booked review up, with the reason. It still counts as not held."""

    def __init__(self, context: Context, *, person_id: str, review_id: str | None = None) -> None:
        self._review_id = review_id
        super().__init__(
            context, "Give a review up", primary="Give up", key=f"abandon_review:{person_id}", person_id=person_id
        )

    chosen_once = ("which",)

    def stands_on(self, data: ReviewFacts) -> Any:
        return data.open

    def read(self, store: Store) -> ReviewFacts:
        return read_reviews(store, self.person_id or "")

    def make_form(self, data: ReviewFacts) -> Form:
        choices = [Choice(review.id, data.words(review)) for review in data.open]
        form = Form(
            self.theme,
            Ask("which", ChoiceEdit(self.theme, choices), label="Which review", required=True),
            Ask("abandon_reason", TextEdit(self.theme, lines=3), of=(Review, "abandon_reason"), required=True),
            name="Give a review up",
        )
        form.set_values({"which": self._review_id or (data.open[0].id if data.open else None)})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> Review:
        return abandon_review(store, values["which"], reason=values["abandon_reason"])

    def said(self, result: Review) -> str:
        return f"Gave up a review of {self.whole_name}. A review is still due."
