"""Reviews: booking one or changing its booking, giving one up. `hold_review_form` records one as held."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mhtracker import text
from mhtracker.domain.errors import NotFound
from mhtracker.domain.records import Review, ReviewKind
from mhtracker.operations.drafting import Preview
from mhtracker.operations.reviews import (
    Attending,
    Booking,
    abandon_review,
    book_review,
    preview_booking,
    preview_rebooking,
    rebook_review,
)
from mhtracker.store import Store
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.hold_review_form import HoldReviewForm as HoldReviewForm
from mhtracker.ui.dialogs.review_facts import ReviewFacts, read_reviews
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form, Part
from mhtracker.ui.more_editors import CheckEdit, TextEdit, TimeEdit


class BookReviewForm(FormPanel):
    """Books a review, of `kind` at first, and says who is asked to come."""

    def __init__(self, context: Context, *, person_id: str, kind: str = ReviewKind.CARE_ACT) -> None:
        self._kind = kind
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
            Part("Who is asked to come", ruled=True),
            *(Ask(f"asked:{each.name}", CheckEdit(theme, each.name), label="", help="") for each in data.invited),
            Ask("others", LineEdit(theme), label="Others", help="Names, with commas between them."),
            name="Book a review",
        )
        for each in data.invited:
            form.editors[f"asked:{each.name}"].set_name(f"Ask {each.name}")
        form.set_values({"kind": self._kind, **{f"asked:{each.name}": True for each in data.invited[:2]}})
        return form

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if values.get("booked_on") is None:
            return None
        return preview_booking(store, self._booking(values))

    def _booking(self, values: Mapping[str, Any]) -> Booking:
        kind = str(values.get("kind") or ReviewKind.CARE_ACT)
        return Booking(self.person_id or "", values["booked_on"], values.get("booked_time") or "", kind)

    def perform(self, store: Store, values: Mapping[str, Any]) -> Review:
        asked = self._booking(values)
        invited = [Attending(each.name, each.role) for each in self.data.invited if values.get(f"asked:{each.name}")]
        invited += [Attending(name.strip()) for name in (values.get("others") or "").split(",") if name.strip()]
        return book_review(
            store,
            asked.person_id,
            kind=asked.kind,
            booked_on=asked.booked_on,
            booked_time=asked.booked_time,
            asked=invited,
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
        found = read_reviews(store, self.person_id or "")
        booked = next((review.id for review in found.open if review.booked_on), None)
        self._review_id = self._review_id or booked
        if self._review_id and found.review(self._review_id) is None:
            raise NotFound("This review is no longer booked: it was held, given up or taken away.")
        return found

    def about(self, data: ReviewFacts) -> Mapping[str, Any]:
        return {"review_id": self._review_id} if self._review_id else {}

    def make_form(self, data: ReviewFacts) -> Form:
        theme = self.theme
        self._review = data.review(self._review_id)
        form = Form(
            theme,
            Ask("booked_on", DateEdit(theme, lambda: self.context.today), of=(Review, "booked_on"), required=True),
            Ask("booked_time", TimeEdit(theme), of=(Review, "booked_time")),
            Ask(
                "reason",
                TextEdit(theme, lines=2),
                label="Reason",
                help="Why the day changes. It is kept with the review.",
                required=self._review is not None,
            ),
            name="Change booking",
        )
        self.base = self._review
        if self._review is not None:
            self.set_title(f"Change booking: {data.words(self._review)}")
            form.set_values({"booked_on": self._review.booked_on, "booked_time": self._review.booked_time or None})
        return form

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if self._review is None or values.get("booked_on") is None:
            return None
        time = values.get("booked_time") or ""
        return preview_rebooking(store, self._review.id, booked_on=values["booked_on"], booked_time=time)

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
