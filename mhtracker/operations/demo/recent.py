"""The demo register's last days: notes, bookings, slips and held reviews that are still fresh."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from mhtracker.domain.records import (
    MoveOnPlan,
    Note,
    Person,
    Placement,
    Record,
    Review,
    ReviewOutcome,
    Target,
    Worker,
)
from mhtracker.operations.demo import names
from mhtracker.operations.demo.past import Fact

NewId = Callable[[], str]
RECENT_DAYS = 10
_SHARE = 0.17


def recent_facts(
    records: Sequence[Record], worker: Worker, as_at: date, chance: random.Random, ids: NewId
) -> list[Fact]:
    """What was recorded of one person within the last ten days; nothing of most."""
    (person,) = (record for record in records if isinstance(record, Person))
    last = [record for record in records if isinstance(record, Placement)][-1]
    day = as_at - timedelta(days=chance.randint(0, RECENT_DAYS))
    day -= timedelta(days=max(0, day.weekday() - 4))
    if chance.random() >= _SHARE or person.left_on is not None or last.started_on >= day:
        return []
    fact = chance.choice((_note, _book, _slip, _hold))(records, person.id, worker, day, chance, ids)
    return [fact or _note(records, person.id, worker, day, chance, ids)]


def _note(
    _records: Sequence[Record], person_id: str, worker: Worker, day: date, chance: random.Random, ids: NewId
) -> Fact:
    kind, text = chance.choice(names.NOTES)
    return Fact(day, "Add note", [Note(ids(), person_id, kind, day, text, worker.name)], late=(0, 0))


def _book(
    records: Sequence[Record], person_id: str, _worker: Worker, day: date, chance: random.Random, ids: NewId
) -> Fact | None:
    if _has_booking(records):
        return None
    booked_on = day + timedelta(days=chance.randint(14, 40))
    booked_on -= timedelta(days=max(0, booked_on.weekday() - 4))
    review = Review(ids(), person_id, booked_on=booked_on, booked_time=chance.choice(("10:00", "11:30", "14:00")))
    return Fact(day, "Book review", [review], late=(0, 0))


def _slip(
    records: Sequence[Record], person_id: str, worker: Worker, day: date, chance: random.Random, ids: NewId
) -> Fact | None:
    plans = {plan.id for plan in records if isinstance(plan, MoveOnPlan) and plan.ended_on is None}
    targets = [record for record in records if isinstance(record, Target) and record.plan_id in plans]
    last = max(targets, key=lambda target: target.position, default=None)
    if last is None or last.set_on >= day:
        return None
    later = max(last.target_on, day) + timedelta(days=chance.randint(14, 90))
    code = chance.choice(("no_offer", "funding", "no_vacancy", "adaptations"))
    reason = chance.choice(names.SLIP_REASONS[code])
    target = Target(ids(), last.plan_id, person_id, later, day, code, reason, worker.name, last.position + 1)
    return Fact(day, "Change target", [target], reason, late=(0, 0))


def _hold(
    records: Sequence[Record], person_id: str, _worker: Worker, day: date, chance: random.Random, ids: NewId
) -> Fact | None:
    if _has_booking(records):
        return None
    summary = chance.choice(names.REVIEW_SUMMARIES)
    held = Review(ids(), person_id, held_on=day, outcome=ReviewOutcome.CONTINUE, summary=summary)
    return Fact(day, "Record review", [held], late=(0, 0))


def _has_booking(records: Sequence[Record]) -> bool:
    return any(isinstance(each, Review) and each.booked_on and each.held_on is None for each in records)
