"""How long work says how far it is, and learns that it should stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from mhtracker.domain.errors import Cancelled

EVERY_S = 0.05


class Progress:
    """Given to long work, which calls `step` as it goes."""

    def __init__(self, listener: Callable[[int, int, str], object] | None = None) -> None:
        self.listener = listener
        self._stop = threading.Event()
        self._told_at = 0.0

    def step(self, done: int, total: int = 0, words: str = "") -> None:
        """Say that `done` of `total` (0: unknown) is done. Raises Cancelled once the person has stopped the work."""
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if self.listener is not None and (now - self._told_at >= EVERY_S or done == total):
            self._told_at = now
            self.listener(done, total, words)

    __call__ = step
    """For operations that take a plain function."""

    def cancel(self) -> None:
        """Stop the work at its next step."""
        self._stop.set()
