"""MHTracker opening on Caseload, in a process of its own, until the page is painted: FILE [stay].

With `stay` it then sorts, filters and searches as somebody would, and reports how long until the rows were painted.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from os import environ
from typing import cast

environ.setdefault("MHTRACKER_CONFIG", tempfile.mkdtemp(prefix="mhtracker-bench-"))

# First, as in the program: it imports the store before Qt.
import mhtracker.ui  # noqa: F401

# isort: split
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.day import AS_AT
from benchmarks.memory import resident_mb
from mhtracker import settings
from mhtracker.store.clock import FixedClock
from mhtracker.store.queries.caseload import parse_filter
from mhtracker.ui.app import begin, build_window
from mhtracker.ui.pages.caseload import CaseloadPage
from mhtracker.ui.theme import Theme
from mhtracker.ui.window import Window


def main(path: str, stay: bool) -> None:
    app = QApplication(sys.argv[:1])
    computer = settings.load()
    theme = Theme("light", 1.0)
    theme.apply(app)
    window = build_window(computer, FixedClock(AS_AT), theme)
    window.first_page = "caseload"
    window.resize(1440, 900)
    figures: dict[str, object] = {}

    def first() -> None:
        figures["first_resident_mb"] = resident_mb()
        if stay:
            QTimer.singleShot(200, use)
        else:
            window.close()

    def use() -> None:
        figures.update(Working(app, window).figures())
        figures["resident_mb"] = resident_mb()
        window.close()

    window.first_painted.connect(first)
    begin(window, path)
    window.show()
    app.exec()
    print(json.dumps(figures))


class Working(QObject):
    """Uses the Caseload and the find box, with a watch on how long the window's thread is ever held up."""

    def __init__(self, app: QApplication, window: Window) -> None:
        super().__init__()
        self.app, self.window = app, window
        self.page = cast("CaseloadPage", window.navigator.current_page())
        self.painted_at = 0.0
        self.longest = 0.0

    def figures(self) -> dict[str, object]:
        page = self.page
        page.table.viewport().installEventFilter(self)
        times: dict[str, list[float]] = {"sort": [], "filter": [], "search": []}
        for key, down in (("name", False), ("days", True), ("review", False), ("worker", False), ("target", True)) * 2:
            times["sort"].append(self._until_painted(lambda k=key, d=down: page.ask_for(sort=((k, d),))))  # type: ignore[misc]
        for typed in ("stage=supported", "review=overdue", "s117=yes", "") * 3:
            filters = (parse_filter(typed),) if typed else ()
            times["filter"].append(self._until_painted(lambda f=filters: page.ask_for(filters=f)))  # type: ignore[misc]
        found = self.window.palette_list
        found.list.viewport().installEventFilter(self)
        found.open()
        for text in ("mar", "prz", "test", "zof", "nam", "ki", "ow", "sun", "dem", "fic") * 3:
            times["search"].append(self._until_painted(lambda t=text: self._type(t)))  # type: ignore[misc]
        return {**times, "longest_ms": self.longest}

    def _type(self, text: str) -> None:
        self.window.header.find_box.setText(text)
        self.window.header.find_box.textEdited.emit(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() == QEvent.Type.Paint:
            self.painted_at = time.perf_counter()
        return False

    def _until_painted(self, act: Callable[[], object]) -> float:
        """Milliseconds until the last paint that follows: one must come, and then all be still for 120 ms."""
        start = time.perf_counter()
        self.painted_at = start
        act()
        still_at = time.perf_counter() + 5
        while time.perf_counter() < still_at:
            before = time.perf_counter()
            painted = self.painted_at
            self.app.processEvents()
            self.longest = max(self.longest, (time.perf_counter() - before) * 1000)
            if self.painted_at != painted:
                still_at = time.perf_counter() + 0.12
            time.sleep(0.001)
        return (self.painted_at - start) * 1000


if __name__ == "__main__":
    main(sys.argv[1], len(sys.argv) > 2)
