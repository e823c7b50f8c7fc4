"""Measures how long the window's thread is held up: while it is, nothing typed appears and nothing pressed answers.

Only time in which the program runs counts (`watching`), never a test's own reading of files between two steps. A
heartbeat on the window's thread tells when it was last free; a second thread samples what held it up.

On a busy machine everything waits, so a hold-up is what the window's thread itself used of the processor, or, where it
waited for something, what it waited longer than the second thread had to; at the best pace this machine has shown in
the same run, for work beside it makes every step slower. Importing a library for the first time is told but not held
against the window: it happens once after each start, and how long it takes is the disk's affair.
"""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import FrameType

from PySide6.QtCore import QObject, QTimer

TOO_LONG_MS = 400
WORTH_TELLING_MS = 100
BEAT_MS, SAMPLE_S = 5, 0.01
IMPORTING = "(importing)"


def pace_now() -> float:
    """How long the processor takes over the same small piece of work, in seconds."""
    began = time.thread_time()
    sum(number * number for number in range(40_000))
    return time.thread_time() - began


class Pace:
    """The best pace of this run."""

    best = min(pace_now() for _ in range(5))

    @classmethod
    def slowness(cls) -> float:
        """How much slower than at its best the machine is now; 1 and more."""
        now = sorted(pace_now() for _ in range(7))
        cls.best = min(cls.best, now[0])
        return now[len(now) // 2] / cls.best


@dataclass(slots=True)
class HoldUp:
    """One stretch in which the window's thread did not answer."""

    ms: int
    importing_ms: int
    wall_ms: int
    doing: str
    where: str

    @property
    def blamed_ms(self) -> int:
        """What is held against the window."""
        return self.ms - self.importing_ms

    def __str__(self) -> str:
        importing = f", {self.importing_ms} of them importing" if self.importing_ms else ""
        return f"{self.ms} ms{importing} (by the clock {self.wall_ms}) while they {self.doing}: {self.where}"


@dataclass(slots=True)
class _Stretch:
    began: float
    cpu: float
    late: float = 0.0
    seen: list[str] = field(default_factory=list)

    @property
    def importing(self) -> float:
        """The share of what was seen that was importing."""
        return sum(IMPORTING in each for each in self.seen) / len(self.seen) if self.seen else 0.0


class Watchdog(QObject):
    """Watches the thread it is made on. `doing` is the step a hold-up is told with."""

    def __init__(self) -> None:
        super().__init__()
        self.doing = "waited"
        self.hold_ups: list[HoldUp] = []
        self.longest_ms = 0
        self._depth = 0
        self._asleep_at = time.monotonic()
        self._stretch: _Stretch | None = None
        self._ended = threading.Event()
        self._thread_id = threading.get_ident()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.beat)
        self._timer.start(BEAT_MS)
        self._sampler = threading.Thread(target=self._sample, name="watchdog", daemon=True)
        self._sampler.start()

    @contextlib.contextmanager
    def watching(self, doing: str = "") -> Iterator[None]:
        """Count hold-ups in here. May be nested."""
        before = self.doing
        self.doing = doing or before
        self._depth += 1
        if self._depth == 1:
            self._begin()
        try:
            yield
        finally:
            self.beat()
            self._depth -= 1
            if self._depth == 0:
                self._stretch = None
            self.doing = before

    def _begin(self) -> None:
        self._stretch = _Stretch(time.monotonic(), time.thread_time())

    def beat(self) -> None:
        """The window's thread is free again."""
        stretch = self._stretch
        if stretch is None:
            return
        now = time.monotonic()
        wall, own = now - stretch.began, time.thread_time() - stretch.cpu
        late = stretch.late + self._lateness(now, stretch)
        held = round(max(own, wall - late) * 1000)
        if held >= WORTH_TELLING_MS:
            held = round(held / Pace.slowness())
        found = HoldUp(held, round(held * stretch.importing), round(wall * 1000), self.doing, _most_seen(stretch.seen))
        self.longest_ms = max(self.longest_ms, found.blamed_ms)
        if held >= WORTH_TELLING_MS:
            self.hold_ups.append(found)
        self._begin()

    def _lateness(self, now: float, stretch: _Stretch) -> float:
        """How much later than it should the second thread wakes, within the stretch."""
        return max(now - max(self._asleep_at + SAMPLE_S, stretch.began), 0.0)

    def end(self) -> None:
        self._timer.stop()
        self._ended.set()
        self._sampler.join()

    def told(self) -> str:
        """Every hold-up worth telling, the longest first."""
        return "\n".join(str(each) for each in sorted(self.hold_ups, key=lambda each: -each.ms))

    def _sample(self) -> None:
        while not self._ended.wait(SAMPLE_S):
            now, stretch = time.monotonic(), self._stretch
            if stretch is not None:
                stretch.late += self._lateness(now, stretch)
                if now - stretch.began > 4 * SAMPLE_S:
                    stretch.seen.append(_where(sys._current_frames().get(self._thread_id)))
            self._asleep_at = time.monotonic()


def _where(frame: FrameType | None) -> str:
    """The program's own innermost function on the stack, and whether something was being imported."""
    importing = False
    while frame is not None:
        code = frame.f_code
        importing = importing or "importlib._bootstrap" in code.co_filename
        _, inside, place = code.co_filename.replace("\\", "/").rpartition("/mhtracker/")
        if inside:
            return f"{place}:{frame.f_lineno} {code.co_qualname}{' ' + IMPORTING if importing else ''}"
        frame = frame.f_back
    return "Qt"


def _most_seen(seen: list[str]) -> str:
    common = sorted(set(seen), key=lambda each: -seen.count(each))
    return ", ".join(f"{each} ×{seen.count(each)}" for each in common[:3]) or "too short to see"
