"""Looking for those who may be the person being typed, at every keystroke, among 100,000 people."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import cast

from benchmarks.day import AS_AT
from benchmarks.measure import Figure, in_turn, median, percentile_95
from benchmarks.registers import register_of
from mhtracker.domain.likeness.score import Facts, facts_of
from mhtracker.domain.records import Person
from mhtracker.store import FixedClock, open_register
from mhtracker.store.codec import from_rows
from mhtracker.store.queries.likely import find_likely
from mhtracker.store.schema import people as people_table
from mhtracker.store.store import Store

_TYPED = 25


def figures(people: int = 100_000) -> Iterator[Figure]:
    store = open_register(register_of(people), who="bench", clock=FixedClock(AS_AT))
    try:
        raw = cast("sqlite3.Connection", store.database.connection.connection.dbapi_connection)
        seen, floor, found = [], [], 0
        for person in _some(store, people):
            for facts in _keystrokes(facts_of(person)):
                ours, bare = in_turn(
                    lambda f=facts: find_likely(store, f),  # type: ignore[misc]
                    lambda n=facts.surname: _indexed(raw, n),  # type: ignore[misc]
                    2,
                )
                seen.append(median(ours) * 1000)
                floor.append(median(bare) * 1000)
            found += any(each.person.id == person.id for each in find_likely(store, facts_of(person)))
        value, least, most = median(seen), median(floor), max(seen)
        name = f"duplicates among {people:,}, a keystroke"
        yield Figure(name, value, "ms", least, "one indexed query", "<= 100 ms", value <= 100)
        high = percentile_95(seen)
        yield Figure("duplicates, a keystroke, p95", high, "ms", None, "", "<= 100 ms", high <= 100)
        yield Figure("duplicates, a keystroke, slowest", most, "ms", None, "", "<= 100 ms", most <= 100)
        yield Figure("duplicates, the person typed is found", found, f"of {_TYPED}", None, "", "all", found == _TYPED)
    finally:
        store.close()


def _some(store: Store, people: int) -> list[Person]:
    chance = random.Random(5)
    refs = [f"MHT-{chance.randint(1, people):05d}" for _ in range(_TYPED)]
    query = people_table.select().where(people_table.c.ref.in_(refs))
    return from_rows(Person, store.database.connection.execute(query))[:_TYPED]


def _keystrokes(whole: Facts) -> Iterator[Facts]:
    """The form as it fills: the surname, the given names, the birth date (then one with a slip), the number."""
    for letters in range(2, len(whole.surname) + 1, 2):
        yield Facts(whole.surname[:letters])
    for letters in range(1, len(whole.given_names) + 1, 2):
        yield Facts(whole.surname, whole.given_names[:letters])
    named = Facts(whole.surname, whole.given_names)
    yield named
    born = whole.born_on or date(1980, 1, 1)
    yield replace(named, born_on=born)
    yield replace(named, born_on=born.replace(month=born.month % 12 + 1, day=min(born.day, 28)))
    yield replace(named, born_on=date(born.year, 1, 1))
    for digits in (3, 9, 10):
        yield replace(named, born_on=born, nhs_number=whole.nhs_number[:digits])


def _indexed(raw: sqlite3.Connection, surname: str) -> None:
    query = "SELECT p.* FROM search_words w JOIN people p ON p.id = w.person_id WHERE w.word = ? LIMIT 20"
    raw.execute(query, (surname.split("-")[0].casefold(),)).fetchall()
