"""Reviews: booking, booking anew, giving up, and the date of the next one. `review_holding` holds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from mhtracker.domain import rules
from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution
from mhtracker.domain.records import Person, Review, ReviewKind, new_id
from mhtracker.operations.drafting import Preview, drafted, previewed, reason_of
from mhtracker.operations.review_holding import Attending as Attending
from mhtracker.operations.review_holding import hold_review as hold_review
from mhtracker.operations.review_holding import preview_review as preview_review
from mhtracker.operations.review_holding import record_review as record_review
from mhtracker.operations.review_holding import rule_due, save_attendance
from mhtracker.store import Store


@dataclass(frozen=True, slots=True)
class Booking:
    """One of several reviews booked at once."""

    person_id: str
    booked_on: date
    booked_time: str = ""
    kind: str = ReviewKind.CARE_ACT


def book_review(
    store: Store,
    person_id: str,
    *,
    kind: str = ReviewKind.CARE_ACT,
    booked_on: date,
    booked_time: str = "",
    asked: Sequence[Attending] = (),
) -> Review:
    """Book a review. It clears nothing: only holding it does. Raises Invalid, also when one of its kind is booked.

    `asked` are those who are to come.
    """
    with store.operation("Book review", person_id=person_id) as work:
        booking = work.save(_booked(store, Booking(person_id, booked_on, booked_time, kind))[0])
        if asked:
            save_attendance(work, store, booking, asked)
        return booking


def book_reviews(store: Store, bookings: Sequence[Booking]) -> list[Review]:
    """Book reviews of several people in one step. All are booked, or none; problems are by the person's reference."""
    problems: dict[str, str] = {}
    saved = []
    with store.operation(f"Book {len(bookings)} reviews" if len(bookings) != 1 else "Book review") as work:
        for booking in bookings:
            try:
                saved.append(work.save(_booked(store, booking)[0]))
            except Invalid as invalid:
                problems[work.get(Person, booking.person_id).ref] = str(invalid)
        if problems:
            raise Invalid(problems)
    return saved


def preview_booking(store: Store, booking: Booking) -> Preview:
    """What booking would say, such as that the day is a bank holiday."""
    return previewed(lambda: _booked(store, booking)[1])


def rebook_review(
    store: Store, review_id: str, *, booked_on: date, booked_time: str | None = None, reason: str = ""
) -> Review:
    """Change a booking's day, and its time unless None. Raises Invalid without a reason: it goes into the history."""
    reason = reason_of(reason)
    if not reason:
        raise Invalid({"reason": "Reason is empty. Say why the booking changes."})
    found = store.get(Review, review_id)
    with store.operation("Change booking", person_id=found.person_id, reason=reason) as work:
        review = work.get(Review, review_id)
        time = review.booked_time if booked_time is None else booked_time
        booking = replace(review, booked_on=booked_on, booked_time=time, rebook_reason=reason)
        booking = drafted(store, booking)
        rules.check_booking(booking, person=work.get(Person, review.person_id), today=work.today)
        return work.save(booking)


def abandon_review(store: Store, review_id: str, *, reason: str, abandoned_on: date | None = None) -> Review:
    """A due or booked review will not take place. It still counts as not held."""
    found = store.get(Review, review_id)
    with store.operation("Abandon review", person_id=found.person_id, reason=reason_of(reason)) as work:
        review = work.get(Review, review_id)
        given_up = drafted(store, replace(review, abandoned_on=abandoned_on or work.today, abandon_reason=reason))
        rules.check_abandoned(given_up, work.today)
        return work.save(given_up)


def set_review_due(store: Store, person_id: str, *, due_on: date, kind: str = ReviewKind.CARE_ACT) -> Review:
    """Ask for the next review earlier than the rule's own date. Raises Invalid for a later one."""
    rule_on = rule_due(store, person_id, None)
    with store.operation("Bring review forward", person_id=person_id) as work:
        if rule_on is not None and due_on >= rule_on:
            words = f"It falls due on {write_date(rule_on)} anyway. Choose an earlier day, or book it for a later one."
            raise Invalid({"due_on": words})
        if due_on < work.today:
            raise Invalid({"due_on": f"Due {write_date(due_on)} has passed. Choose today or later."})
        return work.save(drafted(store, Review(new_id(), person_id, kind, due_on=due_on)))


def _booked(store: Store, booking: Booking) -> tuple[Review, tuple[Caution, ...]]:
    """The booking as a review: the one that is due and not yet booked, if a date was set for it, else a new one."""
    person = store.get(Person, booking.person_id)
    kind = str(booking.kind)
    waiting = store.find(Review, person_id=person.id, held_on=None, abandoned_on=None)
    for review in waiting:
        if review.kind == kind and review.booked_on is not None and review.booked_on >= store.today:
            words = f"A review of this kind is booked for {write_date(review.booked_on)} already. Change that booking."
            raise Invalid({"booked_on": words})
    due = [review for review in waiting if review.booked_on is None and review.due_on is not None]
    found = min(due, key=lambda review: review.due_on or store.today, default=Review(new_id(), person.id))
    booked = replace(found, kind=kind, booked_on=booking.booked_on, booked_time=booking.booked_time)
    booked = drafted(store, booked)
    return booked, rules.check_booking(booked, person=person, today=store.today)
