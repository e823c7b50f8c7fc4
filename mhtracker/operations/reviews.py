"""Reviews: booking, holding, giving up, and the date of the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from mhtracker.domain import rules
from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution
from mhtracker.domain.pathway import current_placement
from mhtracker.domain.records import Person, Placement, Review, ReviewKind, ReviewOutcome, new_id
from mhtracker.domain.reviews import next_review_due
from mhtracker.operations.drafting import Consequence, Preview, drafted, previewed, reason_of
from mhtracker.store import Store, Work
from mhtracker.text import format_date


@dataclass(frozen=True, slots=True)
class Booking:
    """One of several reviews booked at once."""

    person_id: str
    booked_on: date
    booked_time: str = ""
    kind: ReviewKind = ReviewKind.CARE_ACT


def book_review(
    store: Store, person_id: str, *, kind: ReviewKind = ReviewKind.CARE_ACT, booked_on: date, booked_time: str = ""
) -> Review:
    """Book a review. It clears nothing: only holding it does. Raises Invalid, also when one of its kind is booked."""
    with store.operation("Book review", person_id=person_id) as work:
        booking, _ = _booked(store, Booking(person_id, booked_on, booked_time, kind))
        return work.save(booking)


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
    """Change a booking's day, and its time unless None. The reason goes into the history."""
    found = store.get(Review, review_id)
    with store.operation("Change booking", person_id=found.person_id, reason=reason_of(reason)) as work:
        review = work.get(Review, review_id)
        time = review.booked_time if booked_time is None else booked_time
        booking = drafted(store, replace(review, booked_on=booked_on, booked_time=time))
        rules.check_booking(booking, person=work.get(Person, review.person_id), today=work.today)
        return work.save(booking)


def hold_review(
    store: Store,
    review_id: str,
    *,
    held_on: date,
    outcome: ReviewOutcome,
    next_on: date | None = None,
    summary: str = "",
    attended: str = "",
) -> Review:
    """Complete a review and schedule the next. Undoable. Raises Invalid("held_on") for a date in the future.

    A `next_on` before the rule's date becomes the due date; any later one is a booking, which postpones nothing.
    """
    found = store.get(Review, review_id)
    with store.operation("Hold review", person_id=found.person_id) as work:
        review = work.get(Review, review_id)
        if review.held_on is not None:
            raise Invalid({"": f"This review was held on {write_date(review.held_on)} already."})
        return _hold(store, work, review, held_on, outcome, next_on, summary, attended)


def record_review(
    store: Store,
    person_id: str,
    *,
    kind: ReviewKind = ReviewKind.CARE_ACT,
    held_on: date,
    outcome: ReviewOutcome,
    next_on: date | None = None,
    summary: str = "",
    attended: str = "",
) -> Review:
    """Record a review that was held without a booking; otherwise as `hold_review`."""
    with store.operation("Record review", person_id=person_id) as work:
        review = Review(new_id(), person_id, ReviewKind(kind))
        return _hold(store, work, review, held_on, outcome, next_on, summary, attended)


def preview_review(store: Store, person_id: str, *, held_on: date | None, next_on: date | None = None) -> Preview:
    """What holding a review that day would do: when the next falls due, and what a "next review" date becomes."""
    if held_on is None:
        return Preview({"held_on": "Held on is empty. Write the day the review took place."})
    day, person = held_on, store.get(Person, person_id)
    rule_on = _rule_due(store, person_id, day)

    def draft() -> tuple[Caution, ...]:
        held = Review(new_id(), person_id, held_on=day)
        cautions = rules.check_review_held(held, person=person, today=store.today)
        return cautions + (rules.check_next_review(day, next_on) if next_on is not None else ())

    found: list[Consequence] = []
    if next_on is not None and (rule_on is None or next_on < rule_on):
        found.append(Consequence("review", f"Next review will fall due on {format_date(next_on, weekday=True)}"))
    elif rule_on is not None:
        found.append(Consequence("review", f"Next review will fall due on {format_date(rule_on, weekday=True)}"))
        if next_on is not None:
            words = f"{format_date(next_on, weekday=True)} is kept as a booking; it postpones nothing"
            found.append(Consequence("booking", words))
    return previewed(draft, *found)


def abandon_review(store: Store, review_id: str, *, reason: str, abandoned_on: date | None = None) -> Review:
    """A due or booked review will not take place. It still counts as not held."""
    found = store.get(Review, review_id)
    with store.operation("Abandon review", person_id=found.person_id, reason=reason_of(reason)) as work:
        review = work.get(Review, review_id)
        given_up = drafted(store, replace(review, abandoned_on=abandoned_on or work.today, abandon_reason=reason))
        rules.check_abandoned(given_up, work.today)
        return work.save(given_up)


def set_review_due(store: Store, person_id: str, *, due_on: date, kind: ReviewKind = ReviewKind.CARE_ACT) -> Review:
    """Ask for the next review earlier than the rule's own date. Raises Invalid for a later one."""
    rule_on = _rule_due(store, person_id, None)
    with store.operation("Bring review forward", person_id=person_id) as work:
        if rule_on is not None and due_on >= rule_on:
            words = f"It falls due on {write_date(rule_on)} anyway. Choose an earlier day, or book it for a later one."
            raise Invalid({"due_on": words})
        if due_on < work.today:
            raise Invalid({"due_on": f"Due {write_date(due_on)} has passed. Choose today or later."})
        return work.save(Review(new_id(), person_id, ReviewKind(kind), due_on=due_on))


def _booked(store: Store, booking: Booking) -> tuple[Review, tuple[Caution, ...]]:
    """The booking as a review: the one that is due and not yet booked, if a date was set for it, else a new one."""
    person = store.get(Person, booking.person_id)
    kind = ReviewKind(booking.kind)
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


def _hold(
    store: Store,
    work: Work,
    review: Review,
    held_on: date,
    outcome: ReviewOutcome,
    next_on: date | None,
    summary: str,
    attended: str,
) -> Review:
    if not outcome:
        raise Invalid({"outcome": "Outcome is empty. Choose what the review decided."})
    held = replace(review, held_on=held_on, outcome=ReviewOutcome(outcome), summary=summary, attended=attended)
    held = drafted(store, held)
    rules.check_review_held(held, person=work.get(Person, review.person_id), today=work.today)
    saved = work.save(held)
    for other in work.find(Review, person_id=review.person_id, held_on=None, abandoned_on=None, booked_on=None):
        # A date set for a review is met by any review held on or after it.
        if other.due_on is not None and other.due_on <= held_on:
            met = f"Met by the review held on {write_date(held_on)}"
            work.save(replace(other, abandoned_on=held_on, abandon_reason=met))
    if next_on is not None:
        rules.check_next_review(held_on, next_on)
        rule_on = _rule_due(store, review.person_id, held_on)
        sooner = rule_on is None or next_on < rule_on
        following = Review(new_id(), review.person_id, held.kind)
        work.save(replace(following, due_on=next_on) if sooner else replace(following, booked_on=next_on))
    return saved


def _rule_due(store: Store, person_id: str, held_on: date | None) -> date | None:
    """When the rule makes the next review due, a review held that day included. Dates set by workers are left out."""
    held = [review.held_on for review in store.find(Review, person_id=person_id) if review.held_on is not None]
    now = current_placement(store.find(Placement, person_id=person_id), store.today)
    days = [*held, held_on] if held_on is not None else held
    return next_review_due(days, now.started_on if now is not None else None, store.review_rules())[0]
