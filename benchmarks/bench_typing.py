"""No lost words: keystroke to painted with drafts kept and not; the look-over at opening; a backup."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.bench_window import child
from benchmarks.day import AS_AT
from benchmarks.measure import Figure, median, percentile_95, timed
from benchmarks.registers import register_of
from mhtracker.store import Store, open_register
from mhtracker.store.backups import back_up_now
from mhtracker.store.clock import FixedClock

_ROUNDS = 3


def figures(many: int = 100_000) -> Iterator[Figure]:
    register = register_of(many)
    kept: list[float] = []
    bare: list[float] = []
    drafts = 0
    for _ in range(_ROUNDS):
        _, off = child("benchmarks.child_typing", str(register), "off")
        _, on = child("benchmarks.child_typing", str(register), "on")
        bare += off["took"]
        kept += on["took"]
        drafts += on["drafts"]
    value, floor = percentile_95(kept), percentile_95(bare)
    met = value <= max(1.25 * floor, floor + 2) and drafts > 0
    yield Figure("keystroke to painted, 1,000 words, drafts kept, p95", value, "ms", floor, "not kept", "<= 1.25x", met)
    yield Figure("drafts kept meanwhile", drafts, "drafts", None, "", ">= 1", drafts > 0)
    for people in (1_000, many):
        with open_register(register_of(people), who="Bench", clock=FixedClock(AS_AT)) as store:
            took = 1000 * median([timed(lambda store=store: _look_over(store)) for _ in range(5)])  # type: ignore[misc]
            size = register_of(people).stat().st_size / 1_000_000
            name = f"quick check at opening, {people:,} people, {size:,.0f} MB"
            reach = 100 if people == 1_000 else 1_500
            yield Figure(name, took, "ms", None, "", f"<= {reach} ms", took <= reach)
            yield _backup(store, people)


def _look_over(store: Store) -> None:
    store.database.connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()


def _backup(store: Store, people: int) -> Figure:
    folder = Path(tempfile.mkdtemp(prefix="mhtracker-bench-backups-"))
    try:
        took = 1000 * timed(lambda: back_up_now(store, folder))
    finally:
        shutil.rmtree(folder)
    reach = 500 if people == 1_000 else 30_000
    return Figure(f"verified backup, {people:,} people", took, "ms", None, "", f"<= {reach:,} ms", took <= reach)
