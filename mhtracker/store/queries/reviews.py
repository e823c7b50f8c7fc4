"""What the forms of reviews stand on: the review before, those around the person, the workers' diaries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mhtracker.domain.legal.orders import status_held
from mhtracker.domain.names import fold
from mhtracker.domain.pathway import current_placement
from mhtracker.domain.records import (
    Action,
    Contact,
    LegalAndStatus,
    Person,
    Placement,
    Review,
    ReviewAttendance,
    StatusKind,
    Worker,
)
from mhtracker.domain.reviewing.proposing import Taken
from mhtracker.store.schema import people, reviews
from mhtracker.store.store import Store
from mhtracker.text import plain_name


@dataclass(frozen=True, slots=True)
class LastReview:
    """The review held last, who was asked to it, and what was agreed at it."""

    review: Review
    attendance: tuple[ReviewAttendance, ...]
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who may come. `came` is what is kept of them with a booking; None when they were not asked yet."""

    name: str
    role: str | None = None
    came: str | None = None


def read_last_review(store: Store, person_id: str) -> LastReview | None:
    """The review of a person held last; None when none was."""
    held = [review for review in store.find(Review, person_id=person_id) if review.held_on is not None]
    last = max(held, key=lambda review: (review.held_on or review.booked_on, review.id), default=None)
    if last is None:
        return None
    attendance = store.find(ReviewAttendance, review_id=last.id, order_by=("id",))
    actions = store.find(Action, review_id=last.id, order_by=("due_on", "id"))
    return LastReview(last, tuple(attendance), tuple(actions))


def read_invited(store: Store, person_id: str, review_id: str | None = None) -> list[Invited]:
    """Who was asked to a review; then the person, the worker, and those around them now."""
    asked = store.find(ReviewAttendance, review_id=review_id, order_by=("id",)) if review_id else []
    found = [Invited(each.name, each.role, each.came) for each in asked]
    person = store.get(Person, person_id)
    found.append(Invited(plain_name(person)))
    worker = store.peek(Worker, person.worker_id) if person.worker_id else None
    if worker is not None:
        found.append(Invited(worker.name, "social_worker"))
    if person.care_coordinator:
        found.append(Invited(person.care_coordinator, "care_coordinator"))
    today = store.today
    for contact in store.find(Contact, person_id=person_id, order_by=("kind", "name")):
        begun = contact.started_on is None or contact.started_on <= today
        if begun and (contact.ended_on is None or contact.ended_on > today):
            found.append(Invited(contact.name, contact.kind))
    once: dict[str, Invited] = {}
    for each in found:
        once.setdefault(fold(each.name), each)
    return list(once.values())


def has_after_care(store: Store, person_id: str) -> bool:
    """Whether the person has a right to s117 after-care today."""
    statuses = store.find(LegalAndStatus, person_id=person_id, kind=StatusKind.S117)
    return status_held(statuses, StatusKind.S117, store.today) is not None


def present_stay(store: Store, person_id: str) -> Placement | None:
    """Where the person is today."""
    return current_placement(store.find(Placement, person_id=person_id), store.today)


def read_diary(store: Store, worker_ids: Iterable[str | None], as_at: date) -> list[Taken]:
    """The reviews that stand booked from a day on, by the worker who holds each case."""
    query = (
        select(people.c.worker_id, reviews.c.booked_on, reviews.c.booked_time, people.c.ref)
        .join_from(reviews, people, people.c.id == reviews.c.person_id)
        .where(reviews.c.held_on.is_(None), reviews.c.abandoned_on.is_(None), reviews.c.booked_on >= as_at)
    )
    wanted = set(worker_ids)
    rows = store.database.connection.execute(query)
    return [Taken(worker_id, day, time, ref) for worker_id, day, time, ref in rows if worker_id in wanted]
