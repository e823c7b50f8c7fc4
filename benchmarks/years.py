"""A register that was kept for a year: 10,000 people, and some 50,000 changes recorded day by day since."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from benchmarks.day import AS_AT
from benchmarks.registers import FOLDER
from mhtracker.domain.records import Note, Person, Placement, Record, Review, ReviewOutcome, Target, Worker, new_id
from mhtracker.operations.demo.making import make_demo
from mhtracker.store import FixedClock, open_register
from mhtracker.store.past import PastAct, record_past
from mhtracker.store.schema import SCHEMA
from mhtracker.store.store import Store

BACK = AS_AT - timedelta(days=365)
"""The day the year began on."""

_PLACES = ("residential", "supported", "independent")


def register_kept_a_year(people: int, changes: int) -> Path:
    """The register; made once and kept in `build/benchmarks`."""
    path = FOLDER / f"kept-{people}-{changes}-{SCHEMA}.mhtracker"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".making")
        partial.unlink(missing_ok=True)
        make_demo(partial, people=people, as_at=BACK).close()
        with open_register(partial, who="bench", clock=FixedClock(AS_AT)) as store:
            record_past(store, _year(store, changes))
        partial.replace(path)
    return path


def _year(store: Store, changes: int) -> Iterator[PastAct]:
    """Notes, reviews booked and held, targets that slip, moves and reassignments, spread over the year."""
    chance = random.Random(5)
    people = {person.id: person for person in store.find(Person, left_on=None, order_by=("id",))}
    workers = [worker.id for worker in store.find(Worker, order_by=("id",))]
    stays = {stay.person_id: stay for stay in store.find(Placement, ended_on=None, order_by=("id",))}
    targets = {target.person_id: target for target in store.find(Target, order_by=("plan_id", "position"))}
    booked: dict[str, Review] = {}
    ids, done = list(people), 0
    while done < changes:
        person_id = chance.choice(ids)
        at = datetime.combine(BACK + timedelta(days=1 + done * 364 // changes), time(9 + done % 8, done % 60), UTC)
        saved: list[Record] = []
        kind = chance.random()
        if kind < 0.34:
            saved.append(Note(new_id(), person_id, "visit", at.date(), "Visited at home. All well.", "Ann", at))
        elif kind < 0.74:
            review = booked.pop(person_id, None)
            if review is None:
                review = booked[person_id] = Review(new_id(), person_id, booked_on=at.date() + timedelta(days=21))
            else:
                review = replace(review, held_on=at.date(), outcome=ReviewOutcome.CONTINUE, summary="Went well.")
            saved.append(review)
        elif kind < 0.86 and person_id in targets:
            last = targets[person_id]
            later = replace(
                last, id=new_id(), set_on=at.date(), target_on=last.target_on + timedelta(days=60),
                position=last.position + 1, reason_code="no_offer", version=0,
            )  # fmt: skip
            targets[person_id] = later
            saved.append(later)
        elif kind < 0.93 and person_id in stays:
            saved += _move(stays, person_id, at.date(), chance)
        else:
            people[person_id] = replace(people[person_id], worker_id=chance.choice(workers))
            saved.append(people[person_id])
        done += len(saved)
        yield PastAct(at, f"Worker {done % 300}", "Record", saved, person_id=person_id)


def _move(stays: dict[str, Placement], person_id: str, day: date, chance: random.Random) -> list[Record]:
    old = stays[person_id]
    if old.started_on >= day:
        return []
    new = Placement(new_id(), person_id, chance.choice(_PLACES), day)
    stays[person_id] = new
    return [replace(old, ended_on=day, planned=True), new]
