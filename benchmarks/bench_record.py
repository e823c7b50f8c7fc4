"""Recording one move, durably, with its audit: against the same rows by bare sqlite3 in one durable commit."""

from __future__ import annotations

import itertools
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from benchmarks.day import AS_AT
from benchmarks.measure import Figure, in_turn, median
from benchmarks.registers import register_of
from mhtracker.operations.moves import record_move
from mhtracker.store import FixedClock, open_register
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, list_caseload

_ROUNDS = 60


def figures(people: int = 10_000) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        ours, bare = Path(folder) / "ours.mhtracker", Path(folder) / "bare.mhtracker"
        shutil.copyfile(register_of(people), ours)
        shutil.copyfile(register_of(people), bare)
        with open_register(ours, who="bench", clock=FixedClock(AS_AT)) as store:
            wanted = CaseloadQuery((Filter("stage", "=", "residential"), Filter("days", ">", "60")))
            lines = itertools.cycle(list_caseload(store, wanted, AS_AT, limit=_ROUNDS + 5))

            def move() -> None:
                line = next(lines)
                record_move(
                    store,
                    line.person_id,
                    left_on=AS_AT - timedelta(days=1),
                    planned=True,
                    reason_code="ready",
                    stage_id="supported",
                    service_id=None,
                    started_on=AS_AT - timedelta(days=1),
                )

            raw = _bare(bare)
            ids = itertools.cycle([line.person_id for line in list_caseload(store, wanted, AS_AT, limit=_ROUNDS + 5)])
            seen, floor = in_turn(move, lambda: _bare_move(raw, next(ids)), _ROUNDS)
            raw.close()
    value, least = median(seen) * 1000, median(floor) * 1000
    yield Figure("record one move", value, "ms", least, "bare sqlite3, same rows", "<= 3x", value <= 3 * least)


def _bare(path: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(path, isolation_level=None)
    for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=TRUNCATE", "synchronous=EXTRA", "foreign_keys=ON"):
        raw.execute(f"PRAGMA {pragma}").fetchall()
    return raw


_counter = itertools.count(10_000_000)
_PLACED = (
    "INSERT INTO placements (id, person_id, stage_id, started_on, address, gap_reason, note, version)"
    " VALUES (?, ?, 'supported', '2026-07-13', '', '', '', 1)"
)


def _bare_move(raw: sqlite3.Connection, person_id: str) -> None:
    number = next(_counter)
    image = '{"person_id":"' + person_id + '","stage_id":"supported","started_on":"2026-07-13","planned":true}'
    raw.execute("BEGIN IMMEDIATE")
    placement = raw.execute(
        "SELECT id FROM placements WHERE person_id = ? AND ended_on IS NULL", (person_id,)
    ).fetchone()
    raw.execute("UPDATE placements SET ended_on = '2026-07-13', version = version + 1 WHERE id = ?", placement)
    raw.execute(_PLACED, (f"bench-{number}", person_id))
    for offset in range(2):
        raw.execute(
            "INSERT INTO changes (seq, kind, record_id, person_id, before, after) VALUES (?, 'placement', ?, ?, ?, ?)",
            (number * 2 + offset, f"bench-{number}", person_id, image, image),
        )
    raw.execute(
        "INSERT INTO operations (seq, id, at_utc, who, label, reason, first_change, last_change, final, digest)"
        " VALUES (?, ?, '2026-07-14', 'bench', 'Move', '', ?, ?, 0, 'x')",
        (number, f"bench-{number}", number * 2, number * 2 + 1),
    )
    raw.execute("UPDATE caseload SET stage_id = 'supported', stage_level = 50 WHERE person_id = ?", (person_id,))
    raw.execute("COMMIT")
