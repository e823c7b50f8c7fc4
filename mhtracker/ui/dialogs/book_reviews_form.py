"""Booking reviews of several people in one step, with a day and a time proposed for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mhtracker import text
from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.dates import WEEKDAYS, next_working_day
from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import Review, ReviewKind
from mhtracker.domain.reviewing.proposing import Proposal, Slot, Taken, Wanted, propose_days
from mhtracker.operations.drafting import Preview
from mhtracker.operations.reviews import Booking, book_reviews, preview_bookings
from mhtracker.store import Store
from mhtracker.store.queries.caseload import lines_of
from mhtracker.store.queries.reviews import read_diary
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_drafts import mark_of
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.review_facts import kinds_offered
from mhtracker.ui.forms import Ask, Form, Part
from mhtracker.ui.more_editors import CheckEdit, NumberEdit, TimeEdit
from mhtracker.ui.widgets.labels import Label

MOST = 60
WEEKS = 4
DAYS = tuple(f"day{number}" for number in range(5))


@dataclass(frozen=True, slots=True)
class ToBook:
    """The people, those longest overdue first, the kinds of review, and what stands in the workers' diaries.

    `more` are those for whom the form has no room.
    """

    people: tuple[CaseloadLine, ...]
    kinds: tuple[Choice, ...]
    diary: tuple[Taken, ...]
    more: int = 0


class BookReviewsForm(FormPanel):
    """Proposes working days, each before the review's limit where that can be; each can be changed before it is booked.

    `kinds` and `limits` say, by the person's id, what kind is wanted and by when, where it is not the main review.
    """

    wide = 620

    def __init__(
        self,
        context: Context,
        *,
        person_ids: Sequence[str],
        kinds: Mapping[str, str] | None = None,
        limits: Mapping[str, date | str] | None = None,
    ) -> None:
        self._ids = tuple(person_ids)
        self._kinds = dict(kinds or {})
        self._limits = {name: date.fromisoformat(str(day)) for name, day in (limits or {}).items()}
        self._asked: tuple[Any, ...] = ()
        title = f"Book {text.count(min(len(self._ids), MOST), 'review')}"
        key = f"book_reviews::{mark_of((self._ids, tuple(self._kinds.items())))}"
        args = {"person_ids": self._ids, "kinds": self._kinds, "limits": self._limits}
        super().__init__(context, title, primary=title, key=key, args=args)

    def read(self, store: Store) -> ToBook:
        people = lines_of(store, self._ids, store.today)
        people.sort(key=lambda line: (self._limit_of(line) or date.max, line.name_key))
        more, people = len(people[MOST:]), people[:MOST]
        diary = read_diary(store, {line.worker_id for line in people}, store.today)
        return ToBook(tuple(people), tuple(kinds_offered(store)), tuple(diary), more)

    def make_form(self, data: ToBook) -> Form:
        theme, today = self.theme, lambda: self.context.today
        self._said = Label("", tone="text2", wrap=True)
        self._said.setAccessibleName("What could be proposed")
        days = [
            Ask(day, CheckEdit(theme, WEEKDAYS[n].capitalize()), label="" if n else "On", help="")
            for n, day in enumerate(DAYS)
        ]
        form = Form(
            theme,
            Ask("kind", ChoiceEdit(theme, data.kinds), of=(Review, "kind")),
            Ask("first", DateEdit(theme, today, ahead=True), label="First day", required=True),
            Ask("last", DateEdit(theme, today, ahead=True), label="Last day", required=True),
            Ask(
                "a_day",
                NumberEdit(theme, least=1, most=8),
                label="At most",
                help="A day, for each worker.",
                required=True,
            ),
            *days,
            Part("Proposed", ruled=True),
            *self._left_out(data),
            self._said,
            *(self._row(line) for line in data.people),
            name="Book reviews",
        )
        for number, day in enumerate(DAYS):
            form.editors[day].set_name(WEEKDAYS[number])
        first = next_working_day(self.context.today)
        form.set_values(
            {"kind": ReviewKind.CARE_ACT, "first": first, "last": first + timedelta(weeks=WEEKS), "a_day": 2}
        )
        form.set_values(dict.fromkeys(DAYS, True))
        self._asked = ()
        self._propose(form)
        for name in ("first", "last", "a_day", *DAYS):
            form.editors[name].settled.connect(lambda: self._propose(form))
        return form

    def _left_out(self, data: ToBook) -> list[Label]:
        if not data.more:
            return []
        words = (
            f"{len(data.people)} of {len(data.people) + data.more} people, those due longest first. Book these, then "
            "choose the rest."
        )
        return [Label(words, "strong", wrap=True)]

    def _row(self, line: CaseloadLine) -> Ask:
        theme, limit_on = self.theme, self._limit_of(line)
        late = limit_on is not None and limit_on < self.context.today
        day = text.format_day(limit_on, self.context.today)
        due = f"{'was due' if late else 'due'} {day}" if limit_on else "no date due"
        return Ask(
            line.person_id,
            DateEdit(theme, lambda: self.context.today, ahead=True),
            label=f"{text.name_in_order(line.surname, line.given_names)}, {due}",
            help="",
            beside=Ask(f"at:{line.person_id}", TimeEdit(theme), label="", help=""),
        )

    def _limit_of(self, line: CaseloadLine) -> date | None:
        return self._limits.get(line.person_id, line.review_due_on)

    # Proposing

    def after_swap(self) -> None:
        """The days of a draft stand as they were kept: they are not proposed anew for its first and last day."""
        if self.form is not None:
            self._asked = self._wanted(self.form) or self._asked
        super().after_swap()

    def _wanted(self, form: Form) -> tuple[Any, ...]:
        """What the proposal follows from; () while it cannot be read."""
        try:
            first, last, a_day = (form.editors[name].value() for name in ("first", "last", "a_day"))
        except Invalid:
            return ()
        weekdays = frozenset(number for number, name in enumerate(DAYS) if form.editors[name].value())
        return () if None in (first, last, a_day) else (first, last, a_day, weekdays)

    def _propose(self, form: Form) -> None:
        """Fill the days and times in anew when what they follow from has changed."""
        asked = self._wanted(form)
        if not asked or asked == self._asked:
            return
        self._asked = asked
        first, last, a_day, weekdays = asked
        people = self.data.people
        wanted = [
            Wanted(line.person_id, line.worker_id, self._limit_of(line)) for line in people if not self._is_booked(line)
        ]
        found = propose_days(wanted, first=first, last=last, a_day=a_day, weekdays=weekdays, taken=self.data.diary)
        slots = {slot.key: slot for slot in found.slots}
        for line in people:
            self._show_slot(form, line, slots.get(line.person_id))
        self._said.setText(self._words(found))

    def _show_slot(self, form: Form, line: CaseloadLine, slot: Slot | None) -> None:
        form.editors[line.person_id].set_value(slot.day if slot is not None else None)
        form.editors[f"at:{line.person_id}"].set_value(slot.time if slot is not None else None)

    def _words(self, found: Proposal) -> str:
        names = {line.person_id: text.name_in_order(line.surname, line.given_names) for line in self.data.people}
        passed = [
            slot.key
            for slot in found.slots
            if slot.late and (self._limit_of(self._line(slot.key)) or date.max) >= self.context.today
        ]
        said = ["Every review is held in time, or as soon as can be where its day has passed."]
        if passed:
            said = [f"Past the day due, for want of room before: {text.join_words([names[key] for key in passed])}."]
        booked = [names[line.person_id] for line in self.data.people if self._is_booked(line)]
        if booked:
            said.append(f"Booked already, and left out while no day is written: {text.join_words(booked)}.")
        if found.left:
            said.append(f"No day is free for {text.join_words([names[key] for key in found.left])}.")
        return " ".join(said)

    def _is_booked(self, line: CaseloadLine) -> bool:
        """Whether a review stands booked already. Somebody whose other kind is wanted may have one beside it."""
        booked_on = line.review_booked_on
        return booked_on is not None and booked_on >= self.context.today and line.person_id not in self._kinds

    def _line(self, person_id: str) -> CaseloadLine:
        people: tuple[CaseloadLine, ...] = self.data.people
        return next(line for line in people if line.person_id == person_id)

    # Recording

    def _bookings(self, values: Mapping[str, Any]) -> list[Booking]:
        return [
            Booking(
                line.person_id,
                values[line.person_id],
                values.get(f"at:{line.person_id}") or "",
                self._kinds.get(line.person_id, str(values["kind"])),
            )
            for line in self.data.people
            if values.get(line.person_id) is not None
        ]

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        return preview_bookings(store, self._bookings(values)) if values.get("kind") is not None else None

    def perform(self, store: Store, values: Mapping[str, Any]) -> list[Review]:
        bookings = self._bookings(values)
        if not bookings:
            raise Invalid({"": "No day is written for anybody. Write one for each review to be booked."})
        try:
            return book_reviews(store, bookings)
        except Invalid as wrong:
            by_ref = {line.ref: line.person_id for line in self.data.people}
            raise Invalid({by_ref.get(ref, ""): words for ref, words in wrong.problems.items()}) from wrong

    def said(self, result: list[Review]) -> str:
        return f"Booked {text.count(len(result), 'review')}."
