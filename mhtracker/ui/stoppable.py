"""Reading that nobody waits for, stopped the moment somebody asks."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from mhtracker.store import Store

STOP_EVERY_MS = 20


class Stoppable(QObject):
    """`read` on the register's thread, `stop` on the window's."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._reads: Store | None = None
        self._lock = threading.Lock()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.stop)

    @property
    def reads(self) -> bool:
        """Whether anything is being read."""
        return self._reads is not None

    def read(self, function: Callable[[Store], object], store: Store, wanted: Callable[[], bool]) -> bool:
        """Whether it came to its end. What fails when something else is `wanted` was stopped, as if never begun."""
        with self._lock:
            self._reads = store
        try:
            if wanted():
                return False
            function(store)
        except Exception:
            if not wanted():
                raise
            return False
        finally:
            with self._lock:
                self._reads = None
        return True

    def stop(self) -> None:
        """Stop the query; and again a moment later, in case it was just between two."""
        if self._interrupt():
            self._again.start(STOP_EVERY_MS)

    def end(self, thread: threading.Thread) -> None:
        """Wait for the thread to end, and let nothing be read on the way."""
        while thread.is_alive():
            self._interrupt()
            thread.join(STOP_EVERY_MS / 1000)

    def _interrupt(self) -> bool:
        with self._lock:
            if self._reads is not None:
                self._reads.database.interrupt()
            return self._reads is not None
