"""What nobody has asked for is read in idle time, and makes way at once for whatever somebody asks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mhtracker.store import Store, create_register, open_register
from mhtracker.store.clock import FixedClock
from mhtracker.ui import reading_ahead
from mhtracker.ui.jobs import Jobs
from mhtracker.ui.window import Window

DAY = date(2026, 7, 14)
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


@pytest.fixture
def jobs(qtbot: QtBot, tmp_path: Path) -> Iterator[Jobs]:
    path = tmp_path / "some.mhtracker"
    create_register(path, who="Ewa Fikcyjna", clock=FixedClock(DAY)).close()
    jobs = Jobs()
    there: list[Store] = []
    jobs.open(partial(open_register, path, who="Ewa Fikcyjna", clock=FixedClock(DAY)), then=there.append)
    qtbot.waitUntil(lambda: bool(there))
    yield jobs
    jobs.close()


def endless(started: threading.Event, store: Store) -> None:
    started.set()
    store.database.connection.exec_driver_sql(ENDLESS).all()


def test_an_ask_stops_what_is_read_ahead_and_is_answered(jobs: Jobs, qtbot: QtBot) -> None:
    started, ends, found = threading.Event(), list[bool](), list[int]()
    jobs.ahead(partial(endless, started), then=ends.append)
    assert started.wait(5)
    assert jobs.idle  # nothing that anybody waits for
    jobs.ask(lambda store: store.last_seq(), then=found.append)
    qtbot.waitUntil(lambda: bool(found) and bool(ends))
    assert ends == [False]


def test_it_is_read_to_its_end_when_nobody_asks_and_not_begun_while_anything_waits(jobs: Jobs, qtbot: QtBot) -> None:
    gate, read, ends = threading.Event(), list[int](), list[bool]()
    jobs.ahead(lambda store: read.append(store.last_seq()), then=ends.append)
    qtbot.waitUntil(lambda: ends == [True])
    jobs.ask(lambda store: gate.wait(5), then=lambda _: None)
    jobs.ahead(lambda store: read.append(0), then=ends.append)
    jobs.ask(lambda store: None, then=lambda _: None)
    jobs.leave(then=lambda: None)
    gate.set()
    qtbot.waitUntil(lambda: jobs.idle and len(ends) == 2)
    assert (ends, len(read)) == ([True, False], 1)


def test_closing_does_not_wait_for_it(jobs: Jobs) -> None:
    started = threading.Event()
    jobs.ahead(partial(endless, started), then=lambda _: None)
    assert started.wait(5)
    jobs.close()  # without stopping it, for ever
    assert not jobs._thread.is_alive()


def test_a_large_register_is_read_ahead_once_its_first_page_stands(
    bare_window: Window, demo_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_ahead, "SOON_MS", 1)
    monkeypatch.setattr(reading_ahead, "MANY", 50)
    bare_window.registers.open(str(demo_file))
    qtbot.waitUntil(lambda: bare_window.reading_ahead.applies, timeout=10_000)
    found: list[bool] = []

    def there() -> bool:
        bare_window.context.jobs.ask(lambda store: "columns" in store._kept, then=found.append)
        return bool(found) and found[-1]

    qtbot.waitUntil(lambda: not bare_window.context.jobs.reads_ahead and there(), timeout=10_000)
