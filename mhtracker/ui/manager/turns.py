"""Several things done one after another, so that none of them waits for a click longer than it takes by itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Slot


class Turns(QTimer):
    """Does one thing at each turn of the window: all at once would hold it up."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self._left: deque[Callable[[], object]] = deque()
        self.timeout.connect(self._take_one)

    def begin(self, things: Iterable[Callable[[], object]]) -> None:
        """Do these, the first at the next turn, in place of what was left of others."""
        self._left = deque(things)
        self.start(0)

    def finish(self) -> None:
        """Do what is left now."""
        while self._left:
            self._left.popleft()()

    def drop(self) -> None:
        """Leave undone what is left."""
        self._left.clear()

    @Slot()
    def _take_one(self) -> None:
        if self._left:
            self._left.popleft()()
            self.start(0)
