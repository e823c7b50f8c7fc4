"""A person with a long record, from the click to the painted page, in a process of its own: FILE PERSON.

Reports how long it took to go to them and back again several times, on the summary and on the notes, and beside it how
long the bare reading and bare painting of as many words take.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from os import environ
from typing import cast

environ.setdefault("MHTRACKER_CONFIG", tempfile.mkdtemp(prefix="mhtracker-bench-"))

# First, as in the program: it imports the store before Qt.
import mhtracker.ui  # noqa: F401

# isort: split
from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from benchmarks.day import AS_AT
from mhtracker import settings
from mhtracker.store.clock import FixedClock
from mhtracker.ui.app import build_window
from mhtracker.ui.pages.person import PersonPage
from mhtracker.ui.theme import Theme

ROUNDS = 9


class Painted(QObject):
    """Notes when something was last painted."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return False


def main(path: str, person_id: str) -> None:
    """Measure, and print what was found as JSON."""
    app = QApplication(sys.argv[:1])
    theme = Theme("light", 1.0)
    theme.apply(app)
    window = build_window(settings.load(), FixedClock(AS_AT), theme)
    window.resize(1440, 900)
    window.show()
    window.registers.open(path)
    while not (window.at_work and window.context.jobs.idle):
        app.processEvents()
    painted = Painted()
    app.installEventFilter(painted)

    beat = QTimer(window)
    beat.start(20)  # should nothing else ever wake the wait below

    def settle() -> None:
        # Waiting as the program does, asleep: a loop that spins would keep the register's thread from its turn.
        while not window.context.jobs.idle:
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        for _ in range(3):
            app.processEvents()

    took: dict[str, list[float]] = {"summary": [], "notes": [], "chronology": []}
    for _ in range(ROUNDS):
        for tab in ("summary", "notes"):
            window.open_page("caseload")
            settle()
            start = time.perf_counter()
            window.open_person(person_id, tab)
            settle()
            took[tab].append((painted.at - start) * 1000)
        page = cast("PersonPage", window.navigator.current_page())
        start = time.perf_counter()
        page.notes_tab.show_view("chronology")
        settle()
        took["chronology"].append((painted.at - start) * 1000)
        page.notes_tab.show_view("notes")
        settle()
    print(json.dumps(took | {"floor": _bare(app, painted)}))
    window.close()


def _bare(app: QApplication, painted: Painted) -> list[float]:
    """As many labels as the page shows at once, in a bare window."""
    found = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        window = QWidget()
        column = QVBoxLayout(window)
        for number in range(60):
            column.addWidget(QLabel(f"Words of line {number}, as long as a line of the record usually is."))
        window.resize(1440, 900)
        window.show()
        for _ in range(3):
            app.processEvents()
        found.append((painted.at - start) * 1000)
        window.close()
    return found


if __name__ == "__main__":
    main(*sys.argv[1:3])
