"""Booking reviews of several people in one step, with a day proposed for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mhtracker import text
from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.dates import add_working_days, next_working_day
from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import Review, ReviewKind
from mhtracker.operations.reviews import Booking, book_reviews
from mhtracker.store import Store
from mhtracker.store.queries.caseload import lines_of
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_drafts import mark_of
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import code_choices
from mhtracker.ui.forms import Ask, Form, Part
from mhtracker.ui.more_editors import NumberEdit

MOST = 60


@dataclass(frozen=True, slots=True)
class ToBook:
    """The people, those longest overdue first, and the kinds of review."""

    people: tuple[CaseloadLine, ...]
    kinds: tuple[Choice, ...]


def proposed_days(count: int, first: date, a_day: int) -> list[date]:
    """A working day for each of `count` reviews, so many a day, from the first on."""
    start = next_working_day(first)
    return [add_working_days(start, place // max(a_day, 1)) for place in range(count)]


class BookReviewsForm(FormPanel):
    """Proposes working days in the order in which reviews fall due; each can be changed before it is booked."""

    def __init__(self, context: Context, *, person_ids: Sequence[str]) -> None:
        self._ids = tuple(person_ids)[:MOST]
        title = f"Book {text.count(len(self._ids), 'review')}"
        super().__init__(
            context, title, primary=title, key=f"book_reviews::{mark_of(self._ids)}", args={"person_ids": self._ids}
        )

    def read(self, store: Store) -> ToBook:
        people = lines_of(store, self._ids, store.today)
        people.sort(key=lambda line: (line.review_due_on or date.max, line.name_key))
        return ToBook(tuple(people), tuple(code_choices(store, "review_kind")))

    def make_form(self, data: ToBook) -> Form:
        theme, today = self.theme, lambda: self.context.today
        self._first = DateEdit(theme, today)
        self._a_day = NumberEdit(theme, least=1, most=20)
        asks = [
            Ask(
                line.person_id,
                DateEdit(theme, today),
                label=text.name_in_order(line.surname, line.given_names),
                required=True,
            )
            for line in data.people
        ]
        form = Form(
            theme,
            Ask("kind", ChoiceEdit(theme, data.kinds), of=(Review, "kind")),
            Ask("first", self._first, label="First day", required=True),
            Ask("a_day", self._a_day, label="A day", help="How many are held on one day.", required=True),
            Part("Proposed", ruled=True),
            *asks,
            name="Book reviews",
        )
        form.set_values({"kind": ReviewKind.CARE_ACT, "first": next_working_day(self.context.today), "a_day": 2})
        self._proposed: tuple[date, int] | None = None
        self._propose(form)
        for editor in (self._first, self._a_day):
            editor.settled.connect(lambda: self._propose(form))
        return form

    def _propose(self, form: Form) -> None:
        try:
            first, a_day = self._first.value(), self._a_day.value()
        except Invalid:
            return
        if first is None or a_day is None or (first, a_day) == self._proposed:
            return
        self._proposed = (first, a_day)
        people = self.data.people
        for line, day in zip(people, proposed_days(len(people), first, a_day), strict=True):
            form.editors[line.person_id].set_value(day)

    def perform(self, store: Store, values: Mapping[str, Any]) -> list[Review]:
        kind = ReviewKind(values["kind"])
        bookings = [Booking(line.person_id, values[line.person_id], kind=kind) for line in self.data.people]
        try:
            return book_reviews(store, bookings)
        except Invalid as wrong:
            by_ref = {line.ref: line.person_id for line in self.data.people}
            raise Invalid({by_ref.get(ref, ""): words for ref, words in wrong.problems.items()}) from wrong

    def said(self, result: list[Review]) -> str:
        return f"Booked {text.count(len(result), 'review')}."
