"""A person with 500 notes, 60 reviews and 40 placements: from the click to the painted page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.day import AS_AT
from benchmarks.measure import Figure, median
from mhtracker.domain.records import Note, Person, Placement, Record, Review, ReviewKind, ReviewOutcome, new_id
from mhtracker.store import FixedClock, create_register

NOTES, REVIEWS, STAYS = 500, 60, 40
_WORDS = (
    "Saw the flat at Canal View with his brother. He liked the kitchen and asked about the tenancy twice. ",
    "Rang housing, who hope for a date next week. The support plan was read aloud and agreed. ",
    "Slept badly. Wants the review on a morning, and his sister to be there. ",
)


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.mhtracker"
        person_id = _make(path)
        surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "MHTRACKER_CONFIG": folder}
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.child_person", str(path), person_id],
            check=True,
            capture_output=True,
            text=True,
            timeout=600,
            env=surroundings,
        )
    took = json.loads(done.stdout)
    floor = median(took["floor"][1:])
    for tab in ("summary", "notes", "chronology"):
        value = median(took[tab][1:])
        name = f"person with {NOTES} notes, {REVIEWS} reviews, {STAYS} stays: {tab}"
        yield Figure(name, value, "ms", floor, "60 bare labels", "<= 200 ms", value <= 200)


def _make(path: Path) -> str:
    """A register with the person in it; gives their id."""
    with create_register(path, who="Ewa Fikcyjna", clock=FixedClock(AS_AT), demo=True) as store:
        person = Person(new_id(), "MHT-00001", "Długi", "Zapis", born_on=date(1970, 5, 4))
        records: list[Record] = [person]
        start = AS_AT - timedelta(days=STAYS * 180)
        stages = ("hospital", "residential", "enablement", "supported")
        for number in range(STAYS):
            day = start + timedelta(days=number * 180)
            stay = Placement(new_id(), person.id, stages[number % 4], day)
            records.append(
                stay if number == STAYS - 1 else replace(stay, ended_on=day + timedelta(days=180), planned=True)
            )
        for number in range(REVIEWS):
            day = AS_AT - timedelta(days=30 + number * 110)
            review = Review(new_id(), person.id, ReviewKind.CARE_ACT, held_on=day, outcome=ReviewOutcome.CONTINUE)
            records.append(replace(review, summary=_WORDS[number % 3] * 2))
        for number in range(NOTES):
            day = AS_AT - timedelta(days=number * 13)
            at = datetime(day.year, day.month, day.day, 15, tzinfo=UTC)
            text = f"{_WORDS[number % 3]}{_WORDS[(number + 1) % 3] * (number % 4)}"
            records.append(Note(new_id(), person.id, "visit", day, text, "Ewa Fikcyjna", at))
        with store.operation("A long record") as work:
            work.add_many(records)
        return person.id
