"""MHTracker opening Progress, in a process of its own, with a watch on its window: FILE | bare.

A timer of the window's own event loop ticks each 10 ms; the longest time between two ticks is how long the window was
held up, from opening the page until every figure stands. How long its thread itself worked between two ticks stands
beside that: other work on the machine makes the first longer, and the second hardly. `bare` is an empty window with
the same ticks, for as long.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from typing import TYPE_CHECKING, cast

os.environ.setdefault("MHTRACKER_CONFIG", tempfile.mkdtemp(prefix="mhtracker-bench-"))

# First, as in the program: it imports the store before Qt.
import mhtracker.ui  # noqa: F401

# isort: split
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from benchmarks.day import AS_AT
from mhtracker import settings
from mhtracker.store.clock import FixedClock
from mhtracker.ui.app import begin, build_window
from mhtracker.ui.theme import Theme
from mhtracker.ui.window import Window

if TYPE_CHECKING:
    # Loaded when the page is opened, as in the program: that is part of what holds the window up.
    from mhtracker.ui.pages.progress import ProgressPage

EVERY_MS = 10
QUIET_S = 1.0
BARE_S = 4.0


class Ticks(QObject):
    """Notes every gap between two ticks, and how long the window's thread worked in it, in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self.worked: list[float] = []
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer = QTimer(self, interval=EVERY_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self.gaps.clear()
        self.worked.clear()
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer.start()

    def _tick(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.gaps.append((now - self._last) * 1000)
        self.worked.append((worked - self._worked) * 1000)
        self._last, self._worked = now, worked

    def told(self) -> dict[str, object]:
        worst, busiest = (sorted(each, reverse=True)[:5] for each in (self.gaps, self.worked))
        told = {"longest_ms": worst[0], "worst_ms": worst, "worked_ms": busiest[0], "busiest_ms": busiest}
        return {**told, "load": os.getloadavg()[0]}


class Opening(QObject):
    """Goes to Progress once the first page has stood a while, and ends when no figure is wanting any more."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self.window = window
        self.ticks = Ticks()
        self.told: dict[str, object] = {}
        self._began = 0.0
        self._watch = QTimer(self, interval=EVERY_MS)
        self._watch.timeout.connect(self._look)
        window.first_painted.connect(lambda: QTimer.singleShot(200, self.wait))

    def wait(self) -> None:
        """Until the register is let alone: what runs by itself after opening is not what is measured."""
        if self.window.context.jobs.idle:
            self.go()
        else:
            QTimer.singleShot(100, self.wait)

    def go(self) -> None:
        self.ticks.start()
        self._began = time.perf_counter()
        self.window.open_page("progress")
        self._watch.start()

    def _look(self) -> None:
        page = cast("ProgressPage | None", self.window.navigator.current_page())
        if page is None:  # what it is made of is still being loaded
            return
        took = (time.perf_counter() - self._began) * 1000
        for name in {"first", "rest"} - page.waits_for:
            self.told.setdefault(f"{name}_ms", took)
        if "rest_ms" in self.told and self.window.context.jobs.idle:
            self._watch.stop()
            self.told["end_ms"] = took
            QTimer.singleShot(round(QUIET_S * 1000), self.end)

    def end(self) -> None:
        self.told |= self.ticks.told()
        self.window.close()


def main(path: str) -> None:
    app = QApplication(sys.argv[:1])
    if path == "bare":
        print(json.dumps(_bare(app)))
        return
    theme = Theme("light", 1.0)
    theme.apply(app)
    window = build_window(settings.load(), FixedClock(AS_AT), theme)
    window.first_page = "caseload"
    window.resize(1440, 900)
    opening = Opening(window)
    begin(window, path)
    window.show()
    app.exec()
    print(json.dumps(opening.told))


def _bare(app: QApplication) -> dict[str, object]:
    window = QMainWindow()
    window.setCentralWidget(QLabel("MHTracker"))
    window.resize(1440, 900)
    window.show()
    ticks = Ticks()
    ticks.start()
    QTimer.singleShot(round(BARE_S * 1000), app.quit)
    app.exec()
    return ticks.told()


if __name__ == "__main__":
    main(sys.argv[1])
