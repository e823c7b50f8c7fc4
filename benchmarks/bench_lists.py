"""Sorting, filtering and searching 100,000 people, against the bare SQL."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from typing import cast

from benchmarks.day import AS_AT
from benchmarks.measure import Figure, in_turn, median, percentile_95
from benchmarks.registers import register_of
from mhtracker.store import FixedClock, open_register
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, count_caseload, list_caseload
from mhtracker.store.queries.search import search_people
from mhtracker.store.store import Store

_QUERIES = (
    ("sort by name", CaseloadQuery(sort=(("name", False),)), "ORDER BY name_key"),
    ("sort by days", CaseloadQuery(sort=(("days", True),)), "ORDER BY since_on, name_key"),
    (
        "sort by review",
        CaseloadQuery(sort=(("review", False),)),
        "ORDER BY review_due_on NULLS LAST, name_key",
    ),
    (
        "filter by stage and state",
        CaseloadQuery((Filter("stage", "=", "supported"), Filter("review", "=", "overdue"))),
        "AND stage_level = 50 AND stage_id = 'supported' AND review_due_on < '2026-07-14' ORDER BY name_key",
    ),
)


def figures(people: int = 100_000) -> Iterator[Figure]:
    path = register_of(people)
    store = open_register(path, who="bench", clock=FixedClock(AS_AT))
    try:
        raw = _raw(store)
        for name, query, sql in _QUERIES:
            ours, bare = in_turn(_ours(store, query), _bare(raw, sql), 15)
            value, floor = median(ours) * 1000, median(bare) * 1000
            yield Figure(f"{name}, query", value, "ms", floor, "bare SQL", "<= 3x", value <= 3 * floor or value <= 2)
        yield from _searches(store, raw)
    finally:
        store.close()


def _raw(store: Store) -> sqlite3.Connection:
    return cast("sqlite3.Connection", store.database.connection.connection.dbapi_connection)


def _ours(store: Store, query: CaseloadQuery) -> Callable[[], object]:
    return lambda: (count_caseload(store, query, AS_AT), list_caseload(store, query, AS_AT, limit=60))


def _bare(raw: sqlite3.Connection, sql: str) -> Callable[[], object]:
    counting = "SELECT count(*) FROM caseload WHERE status = 'on_pathway' " + sql.split("ORDER BY")[0]  # noqa: S608 - our own words
    listing = "SELECT * FROM caseload WHERE status = 'on_pathway' " + sql + " LIMIT 60"  # noqa: S608 - our own words

    def run() -> None:
        raw.execute(counting).fetchone()
        raw.execute(listing).fetchall()

    return run


def _searches(store: Store, raw: sqlite3.Connection) -> Iterator[Figure]:
    chance = random.Random(3)
    names = [row[0] for row in raw.execute("SELECT name_key FROM caseload ORDER BY random() LIMIT 60")]
    typed = [name[: chance.randint(3, 6)].strip() for name in names]
    ours, bare = [], []
    for text in typed:
        one, other = in_turn(lambda t=text: search_people(store, t), lambda t=text: _indexed(raw, t), 3)  # type: ignore[misc]
        ours.append(median(one) * 1000)
        bare.append(median(other) * 1000)
    value, floor = median(ours), median(bare)
    yield Figure("search, query", value, "ms", floor, "one indexed query", "<= 3x", value <= 3 * floor)
    yield Figure("search, query, p95", percentile_95(ours), "ms", None, "", "<= 50 ms", percentile_95(ours) <= 50)


def _indexed(raw: sqlite3.Connection, text: str) -> None:
    end = text[:-1] + chr(ord(text[-1]) + 1)
    raw.execute(
        "SELECT c.* FROM search_words w JOIN caseload c ON c.person_id = w.person_id"
        " WHERE w.word >= ? AND w.word < ? ORDER BY c.name_key LIMIT 20",
        (text.split()[0], end.split()[0]),
    ).fetchall()
