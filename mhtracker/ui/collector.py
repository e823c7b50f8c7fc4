"""Python's collector, kept to the window's own thread.

Qt's objects belong to that thread. Left alone, the collector runs in whichever thread made the last object, also in the
register's, and takes widgets apart there while Qt uses them: now and then the whole program falls.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer, Slot

from mhtracker.store.bulk import is_collecting_held_off

LOOK_MS = 300
WHOLE_AFTER_S = 20.0
"""Between two looks at everything there is: with much in memory each holds the window up for a moment."""


class Collector(QObject):
    """Collects as often as Python would, between two events of the window, until `remove`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._last_whole = time.monotonic()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_MS)

    @Slot()
    def look(self) -> None:
        """Collect the oldest generation that is due; nothing while a great many records are made."""
        if is_collecting_held_off():
            return
        counts, most = gc.get_count(), gc.get_threshold()
        if counts[2] > most[2] and time.monotonic() - self._last_whole >= WHOLE_AFTER_S:
            gc.collect()
            self._last_whole = time.monotonic()
        elif counts[1] > most[1]:
            gc.collect(1)
        elif counts[0] > most[0]:
            gc.collect(0)

    def remove(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()
