"""The caseload as it was known a year ago, 50,000 changes back, against reading all that was ever recorded."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import cast

from benchmarks.day import AS_AT
from benchmarks.measure import Figure, in_turn, median
from benchmarks.years import BACK, register_kept_a_year
from mhtracker.store import FixedClock, known_by, open_register
from mhtracker.store.queries.caseload import CaseloadQuery, count_caseload, list_caseload
from mhtracker.store.queries.history import HistoryQuery, find_operations, names_like
from mhtracker.store.store import Store
from mhtracker.store.telling.steps import MOST_READ, tell_steps

_ROUNDS = 5


def figures(people: int = 10_000, changes: int = 50_000) -> Iterator[Figure]:
    with open_register(register_kept_a_year(people, changes), who="bench", clock=FixedClock(AS_AT)) as store:
        raw = cast("sqlite3.Connection", store.database.connection.connection.dbapi_connection)
        ours, bare = in_turn(lambda: _known(store), lambda: _scan(raw), _ROUNDS)
        value, floor = median(ours), median(bare)
        name = f"caseload of {people:,} as known {changes:,} changes ago"
        yield Figure(name, value, "s", None, "", "<= 2 s", value <= 2)
        yield Figure(name, value, "s", floor, "reading every change", "<= 3x", value <= 3 * floor)
        yield from _histories(store, raw)


def _known(store: Store) -> None:
    with known_by(store, BACK) as copy:
        count_caseload(copy, CaseloadQuery(), BACK)
        list_caseload(copy, CaseloadQuery(), BACK, limit=60)


def _scan(raw: sqlite3.Connection) -> None:
    """Every change read with its images, which is the least that telling the past from them takes."""
    for _, _, _, _, before, after in raw.execute("SELECT seq, kind, record_id, person_id, before, after FROM changes"):
        if before is not None:
            json.loads(before)
        if after is not None:
            json.loads(after)


def _histories(store: Store, raw: sqlite3.Connection) -> Iterator[Figure]:
    person = raw.execute("SELECT person_id FROM changes ORDER BY seq DESC LIMIT 1").fetchone()[0]
    asked = (
        ("a page of history, in words", HistoryQuery()),
        ("a page of one person's history", HistoryQuery(person_id=person)),
        ("a page of what one worker recorded", HistoryQuery(who=names_like(store, "Worker 17"))),
        ("a page of history of one month", HistoryQuery(first=BACK, last=BACK.replace(day=28))),
    )
    for name, query in asked:
        seen, bare = in_turn(lambda q=query: _page(store, q), lambda: _bare_page(raw), _ROUNDS)  # type: ignore[misc]
        value, floor = median(seen) * 1000, median(bare) * 1000
        yield Figure(name, value, "ms", floor, "40 rows by number", "<= 200 ms", value <= 200)


def _page(store: Store, query: HistoryQuery) -> None:
    tell_steps(store, find_operations(store, query, 40, MOST_READ))


def _bare_page(raw: sqlite3.Connection) -> None:
    raw.execute("SELECT * FROM operations ORDER BY seq DESC LIMIT 40").fetchall()
