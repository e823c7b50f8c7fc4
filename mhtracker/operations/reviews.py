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
from mhtracker.domain.reviewing.proposing import Taken, clashes
from mhtracker.operations.drafting import Preview, drafted, previewed, reason_of
from mhtracker.operations.review_holding import Attending as Attending
from mhtracker.operations.review_holding import hold_review as hold_review
from mhtracker.operations.review_holding import preview_review as preview_review
from mhtracker.operations.review_holding import record_review as record_review
from mhtracker.operations.review_holding import rule_due, save_attendance
from mhtracker.store import Store
from mhtracker.store.queries.due_needs import read_needs
from mhtracker.store.queries.reviews import read_diary
from mhtracker.text import name_in_order


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
    """What booking would say, such as that the day is a bank holiday, or that the worker is elsewhere at that time."""

    def draft() -> tuple[Caution, ...]:
        found = _booked(store, booking)[1]
        return found + _elsewhere(store, booking) + _other_bookings(store, booking.person_id, booking.booked_on)

    return previewed(draft)


def preview_bookings(store: Store, bookings: Sequence[Booking]) -> Preview:
    """What booking several would say, with names; problems are by the person's id."""
    problems: dict[str, str] = {}
    cautions: list[Caution] = []
    people = {person.id: person for person in store.find(Person, id=[each.person_id for each in bookings])}
    diary = read_diary(store, {person.worker_id for person in people.values()}, store.today)
    for booking in bookings:
        person = people[booking.person_id]
        try:
            found = _booked(store, booking)[1]
        except Invalid as invalid:
            problems[person.id] = str(invalid)
            continue
        found += _clash(diary, person, booking)
        diary.append(Taken(person.worker_id, booking.booked_on, booking.booked_time, person.ref))
        name = name_in_order(person.surname, person.given_names)
        cautions += [Caution(person.id, f"{name}: {each.words}") for each in found]
    return Preview(problems, cautions=tuple(cautions))


def preview_rebooking(store: Store, review_id: str, *, booked_on: date, booked_time: str = "") -> Preview:
    """What changing a booking's day and time would say."""
    review = store.get(Review, review_id)

    def draft() -> tuple[Caution, ...]:
        person = store.get(Person, review.person_id)
        changed = replace(review, booked_on=booked_on, booked_time=booked_time)
        asked = Booking(review.person_id, booked_on, booked_time, review.kind)
        same = (review.booked_on, review.booked_time) == (booked_on, booked_time)
        found = rules.check_booking(changed, person=person, today=store.today)
        return found if same else found + _elsewhere(store, asked, but=(review.booked_on, review.booked_time))

    return previewed(draft)


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


def say_not_needed(store: Store, person_id: str, kind: str, *, reason: str) -> Review:
    """A contact that is asked for after a discharge is not needed, because of a reason. Raises Invalid."""
    with store.operation("Contact not needed", person_id=person_id, reason=reason_of(reason)) as work:
        asked_of = work.get(Person, person_id)
        needs = read_needs(store, person_id, work.today)
        if not any(need.contact and need.kind == kind and need.is_listed(work.today) for need in needs):
            raise Invalid({"": f"No contact with {asked_of.given_names} {asked_of.surname} is asked for now."})
        if not reason.strip():
            words = "The reason is empty. Say why nobody needs to be in touch, such as: moved abroad."
            raise Invalid({"abandon_reason": words})
        said = drafted(store, Review(new_id(), person_id, abandoned_on=work.today, abandon_reason=reason.strip()))
        # A contact is no review, and so its kind is not among those that are offered.
        return work.save(replace(said, kind=kind))


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


def _elsewhere(store: Store, booking: Booking, *, but: tuple[date | None, str] | None = None) -> tuple[Caution, ...]:
    """That the worker has another review at that time; `but` is the person's own booking that is being changed."""
    person = store.get(Person, booking.person_id)
    diary = read_diary(store, {person.worker_id}, store.today)
    return _clash([each for each in diary if (each.whose, (each.day, each.time)) != (person.ref, but)], person, booking)


def _clash(diary: Sequence[Taken], person: Person, booking: Booking) -> tuple[Caution, ...]:
    found = clashes(diary, person.worker_id, booking.booked_on, booking.booked_time)
    if not found:
        return ()
    whose = f" of {found[0].whose}" if found[0].whose != person.ref else " of the same person"
    words = f"The worker has a review{whose} at {booking.booked_time} on {write_date(booking.booked_on)} already."
    return (Caution("booked_time", words),)


def _other_bookings(store: Store, person_id: str, booked_on: date) -> tuple[Caution, ...]:
    """That a review of another kind stands booked for the person: one visit may do for both."""
    waiting = store.find(Review, person_id=person_id, held_on=None, abandoned_on=None)
    ahead = sorted(r.booked_on for r in waiting if r.booked_on is not None and r.booked_on >= store.today)
    if not ahead:
        return ()
    words = f"Another review of this person is booked for {write_date(ahead[0])} already. One visit may do for both."
    return (Caution("booked_on", words),)


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
