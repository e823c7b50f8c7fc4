"""The register's thread: order, urgency, staleness, errors and the closing that waits."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mhtracker.domain.errors import Cancelled, Invalid, Refused, Unavailable, UserError
from mhtracker.ui.jobs import Jobs


class Register:
    """Stands where a store will: jobs only open, pass on, look back in and close it."""

    def __init__(self, name: str = "now") -> None:
        self.name = name
        self.closed = False
        self.thread = threading.current_thread().name
        self.written: list[str] = []

    def close(self) -> None:
        self.closed = True


def opened() -> Any:
    return cast(Any, Register())


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    jobs = Jobs()
    jobs.open(opened, then=lambda _: None)
    yield jobs
    jobs.close()


def wait(qtbot: QtBot, found: list[Any], count: int = 1) -> None:
    qtbot.waitUntil(lambda: len(found) >= count)


def test_the_register_is_opened_and_read_on_one_thread_and_answered_on_the_windows(jobs: Jobs, qtbot: QtBot) -> None:
    found: list[tuple[str, str, str]] = []

    def read(store: Register) -> tuple[str, str]:
        return store.thread, threading.current_thread().name

    jobs.ask(read, then=lambda threads: found.append((*threads, threading.current_thread().name)))
    wait(qtbot, found)
    assert found == [("register", "register", "MainThread")]


def test_without_a_register_an_ask_fails_in_plain_words(qtbot: QtBot) -> None:
    jobs = Jobs()
    told: list[UserError] = []
    jobs.ask(lambda store: store, then=told.append, failed=told.append)
    wait(qtbot, told)
    jobs.close()
    assert isinstance(told[0], Unavailable)


def test_what_is_urgent_goes_ahead_of_what_waits(jobs: Jobs, qtbot: QtBot) -> None:
    gate, started = threading.Event(), threading.Event()
    order: list[str] = []
    jobs.ask(lambda store: (started.set(), gate.wait(20)), then=lambda _: None)
    started.wait(20)
    for name in ("first", "second"):
        jobs.ask(lambda store, name: name, name, then=order.append)
    jobs.ask(lambda store: "typed", then=order.append, urgent=True)
    gate.set()
    wait(qtbot, order, 3)
    assert order == ["typed", "first", "second"]


def test_nothing_urgent_overtakes_the_opening_of_another_register(jobs: Jobs, qtbot: QtBot) -> None:
    gate = threading.Event()
    found: list[str] = []
    jobs.do(lambda store: gate.wait(20))
    jobs.do(lambda store: store.name, then=found.append)
    jobs.open(lambda: cast(Any, Register("another")), then=lambda _: None)
    jobs.ask(lambda store: store.name, then=found.append, urgent=True)
    gate.set()
    wait(qtbot, found, 2)
    assert found == ["now", "another"]


def test_only_the_newest_ask_of_a_slot_is_run_and_answered(jobs: Jobs, qtbot: QtBot) -> None:
    gate, started = threading.Event(), threading.Event()
    ran: list[str] = []
    found: list[str] = []

    def search(store: Register, text: str) -> str:
        ran.append(text)
        if text == "m":
            started.set()
            gate.wait(20)
        return text

    jobs.ask(search, "m", then=found.append, slot="find", urgent=True)
    started.wait(20)
    for text in ("ma", "mar"):
        jobs.ask(search, text, then=found.append, slot="find", urgent=True)
    gate.set()
    wait(qtbot, found)
    assert found == ["mar"]
    assert ran == ["m", "mar"]


def test_a_forgotten_slot_is_not_answered(jobs: Jobs, qtbot: QtBot) -> None:
    found: list[str] = []
    jobs.ask(lambda store: "page", then=found.append, slot="page")
    jobs.forget("page")
    jobs.ask(lambda store: "after", then=found.append)
    wait(qtbot, found)
    assert found == ["after"]


def test_an_answer_to_a_widget_that_is_gone_is_dropped(jobs: Jobs, qtbot: QtBot) -> None:
    class Owner(QObject):
        def on_found(self, found: str) -> None:
            self.setObjectName(found)

    gate = threading.Event()
    owner = Owner()
    after: list[str] = []
    jobs.ask(lambda store: gate.wait(20), then=owner.on_found)
    jobs.ask(lambda store: "found", then=partial(owner.on_found))
    jobs.ask(lambda store: "after", then=after.append)
    import shiboken6

    shiboken6.delete(owner)
    gate.set()
    wait(qtbot, after)


def test_a_users_error_goes_to_failed_or_to_the_window(jobs: Jobs, qtbot: QtBot) -> None:
    def refuse(store: Register) -> None:
        raise Invalid({"held_on": "A review cannot be held in the future."})

    mine: list[UserError] = []
    windows: list[UserError] = []
    jobs.failed.connect(windows.append)
    jobs.do(refuse, failed=mine.append)
    jobs.do(refuse)
    wait(qtbot, windows)
    assert isinstance(mine[0], Invalid)
    assert str(windows[0]) == "A review cannot be held in the future."


def test_any_other_error_reaches_the_excepthook_with_its_traceback(
    jobs: Jobs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(store: Register) -> None:
        raise ZeroDivisionError

    hooked: list[tuple[Any, ...]] = []
    monkeypatch.setattr(sys, "excepthook", lambda *problem: hooked.append(problem))
    jobs.ask(fault, then=lambda _: None)
    wait(qtbot, hooked)
    assert hooked[0][0] is ZeroDivisionError
    assert hooked[0][2].tb_next is not None


def test_closing_waits_for_writes_drops_reads_and_closes_the_register(qtbot: QtBot) -> None:
    jobs = Jobs()
    register = Register()
    jobs.open(lambda: cast(Any, register), then=lambda _: None)
    read: list[str] = []

    def record(store: Register, words: str) -> None:
        time.sleep(0.05)
        store.written.append(words)

    for words in ("a", "b", "c"):
        jobs.do(record, words)
    jobs.ask(lambda store: read.append("read"), then=lambda _: None)
    jobs.close()
    assert register.written == ["a", "b", "c"]
    assert register.closed
    assert not read


def test_a_write_refused_during_closing_is_still_told(qtbot: QtBot) -> None:
    jobs = Jobs()
    jobs.open(opened, then=lambda _: None)
    told: list[UserError] = []

    def refuse(store: Register) -> None:
        time.sleep(0.05)
        raise Refused("The disk is full.")

    jobs.do(refuse, failed=told.append)
    jobs.close()
    jobs.do(refuse, failed=told.append)
    assert [str(error) for error in told] == [
        "The disk is full.",
        "MHTracker is closing, so this was not recorded.",
    ]


def test_quick_work_never_looks_busy_and_slow_work_does_until_it_ends(jobs: Jobs, qtbot: QtBot) -> None:
    lines: list[tuple[str, int, int]] = []
    jobs.busy.connect(lambda *line: lines.append(line))
    done: list[str] = []
    jobs.ask(lambda store: "quick", then=done.append)
    wait(qtbot, done)
    qtbot.wait(700)
    assert not lines

    def slow(store: Register, progress: Any) -> str:
        for step in range(18):
            progress.step(step, 18, "rows")
            time.sleep(0.05)
        return "slow"

    jobs.do(slow, then=done.append, label="Importing")
    wait(qtbot, done, 2)
    assert lines[0][0] == "Importing"
    assert any(words == "Importing: rows" and total == 18 for words, _, total in lines)
    assert lines[-1] == ("", 0, 0)


def test_stopped_work_ends_at_its_next_step(jobs: Jobs, qtbot: QtBot) -> None:
    steps: list[int] = []
    told: list[UserError] = []

    def long(progress: Any) -> None:
        for step in range(10_000):
            progress.step(step, 10_000)
            steps.append(step)
            time.sleep(0.005)

    jobs.work(long, then=lambda _: None, failed=told.append, label="Printing")
    qtbot.waitUntil(lambda: len(steps) > 3)
    jobs.stop()
    wait(qtbot, told)
    assert isinstance(told[0], Cancelled)
    assert len(steps) < 5000
