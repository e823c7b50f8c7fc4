"""The demo register's last days, recorded one operation at a time, so that history and undo have something to show."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from mhtracker.domain.caseload import ON_PATHWAY
from mhtracker.domain.records import Note, Review, ReviewOutcome, Target, Worker
from mhtracker.operations import demo_names as names
from mhtracker.store import FixedClock, Store
from mhtracker.store.queries.caseload import CaseloadQuery, list_caseload

NewId = Callable[[], str]


RECENT_DAYS = 10


def record_recent_days(store: Store, as_at: date, chance: random.Random, ids: NewId) -> None:
    """Notes, bookings, slips and held reviews of the last ten days, by the workers whose people they are."""
    lines = list_caseload(store, CaseloadQuery(), as_at)
    workers = {worker.id: worker.name for worker in store.find(Worker)}
    usual_who, usual_clock = store.who, store.clock
    picked = chance.sample(lines, min(len(lines), 36))
    moments = sorted(_moment(as_at, chance) for _ in picked)
    try:
        for line, moment in zip(picked, moments, strict=True):
            store.who = workers.get(line.worker_id or "", usual_who)
            store.clock = FixedClock(moment)
            if line.since_on is not None and line.since_on < moment.date() and line.status == ON_PATHWAY:
                chance.choice((_write_note, _book, _slip, _hold))(store, line.person_id, chance, ids)
    finally:
        store.who, store.clock = usual_who, usual_clock


def _moment(as_at: date, chance: random.Random) -> datetime:
    day = as_at - timedelta(days=chance.randint(0, RECENT_DAYS))
    day -= timedelta(days=max(0, day.weekday() - 4))
    # Nothing after nine on the day itself: the register opens at 9:41.
    hour = 8 if day == as_at else chance.randint(9, 16)
    return datetime.combine(day, time(hour, chance.randint(0, 59)), UTC)


def _write_note(store: Store, person_id: str, chance: random.Random, ids: NewId) -> None:
    kind, text = chance.choice(names.NOTES)
    with store.operation("Add note", person_id=person_id) as work:
        work.save(Note(ids(), person_id, kind, work.today, text, work.who, work.now))


def _book(store: Store, person_id: str, chance: random.Random, ids: NewId) -> None:
    if any(review.booked_on for review in store.find(Review, person_id=person_id, held_on=None)):
        return _write_note(store, person_id, chance, ids)
    with store.operation("Book review", person_id=person_id) as work:
        day = work.today + timedelta(days=chance.randint(14, 40))
        day -= timedelta(days=max(0, day.weekday() - 4))
        work.save(Review(ids(), person_id, booked_on=day, booked_time=chance.choice(("10:00", "11:30", "14:00"))))
    return None


def _slip(store: Store, person_id: str, chance: random.Random, ids: NewId) -> None:
    targets = sorted(store.find(Target, person_id=person_id), key=lambda target: target.position)
    if not targets or targets[-1].set_on > store.today:
        return _write_note(store, person_id, chance, ids)
    last = targets[-1]
    with store.operation("Change target", person_id=person_id, reason="No offer yet") as work:
        later = max(last.target_on, work.today) + timedelta(days=chance.randint(14, 90))
        code = chance.choice(("no_offer", "funding", "no_vacancy", "adaptations"))
        work.save(Target(ids(), last.plan_id, person_id, later, work.today, code, "", work.who, last.position + 1))
    return None


def _hold(store: Store, person_id: str, chance: random.Random, ids: NewId) -> None:
    booked = store.find(Review, person_id=person_id, held_on=None, abandoned_on=None)
    summary = chance.choice(names.REVIEW_SUMMARIES)
    with store.operation("Hold review", person_id=person_id) as work:
        review = booked[0] if booked else Review(ids(), person_id)
        work.save(replace(review, held_on=work.today, outcome=ReviewOutcome.CONTINUE, summary=summary))
