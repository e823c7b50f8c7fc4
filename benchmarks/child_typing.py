"""Somebody types into a note of 1,000 words, in a process of its own: FILE on|off, with drafts kept or not.

Reports how long each keystroke took until it was painted, and how many drafts came to the disk meanwhile.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from os import environ
from typing import Any

environ.setdefault("MHTRACKER_CONFIG", tempfile.mkdtemp(prefix="mhtracker-bench-"))

# First, as in the program: it imports the store before Qt.
import mhtracker.ui  # noqa: F401

# isort: split
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.day import AS_AT
from mhtracker import settings
from mhtracker.domain.records import Person
from mhtracker.store import Store
from mhtracker.store.clock import FixedClock
from mhtracker.store.drafts import drop_draft
from mhtracker.ui.app import begin, build_window
from mhtracker.ui.theme import Theme
from mhtracker.ui.window import Window

WORDS, KEYS, BETWEEN_S = 1_000, 400, 0.03


class Typing(QObject):
    """Types, and watches when each letter is painted."""

    def __init__(self, app: QApplication, window: Window) -> None:
        super().__init__()
        self.app, self.window = app, window
        self.painted_at = 0.0
        self.drafts = 0

    def figures(self, kept: bool) -> dict[str, Any]:
        panel: Any = self.window.body.panel
        area = panel.form.editors["text"].area
        area.setPlainText(" ".join(f"word{number}" for number in range(WORDS)) + " ")
        area.moveCursor(area.textCursor().MoveOperation.End)
        self._go_on_for(1.5)
        if kept:
            panel.keeping.kept.connect(self._count)
        else:
            panel.keeping._stop()
        area.viewport().installEventFilter(self)
        took = []
        for number in range(KEYS):
            start = time.perf_counter()
            self.painted_at = 0.0
            QTest.keyClick(area, "abcde "[number % 6])  # type: ignore[call-overload]
            while not self.painted_at:
                self.app.processEvents()
            took.append((self.painted_at - start) * 1000)
            self._go_on_for(BETWEEN_S)
        return {"took": took, "drafts": self.drafts}

    def _count(self) -> None:
        self.drafts += 1

    def _go_on_for(self, seconds: float) -> None:
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            self.app.processEvents()
            time.sleep(0.001)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() == QEvent.Type.Paint:
            self.painted_at = time.perf_counter()
        return False


def someone(store: Store) -> str:
    return store.find(Person, ref="MHT-00007")[0].id


def main(path: str, kept: bool) -> None:
    app = QApplication(sys.argv[:1])
    theme = Theme("light", 1.0)
    theme.apply(app)
    window = build_window(settings.load(), FixedClock(AS_AT), theme)
    window.resize(1440, 900)
    figures: dict[str, Any] = {}

    def opened(person_id: str) -> None:
        window.run_command("note", person_id=person_id)
        QTimer.singleShot(1_500, lambda: use(person_id))

    def use(person_id: str) -> None:
        figures.update(Typing(app, window).figures(kept))
        panel: Any = window.body.panel
        panel.keeping._stop()
        window.context.jobs.keep(drop_draft, f"note:{person_id}", then=lambda _: window.close())

    window.first_painted.connect(lambda: window.context.jobs.ask(someone, then=opened))
    begin(window, path)
    window.show()
    app.exec()
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] == "on")
