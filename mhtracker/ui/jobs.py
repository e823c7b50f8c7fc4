"""Work off the window's thread: one thread for the register, a small pool for the rest, one signal home.

The register's thread opens the store and is the only one to touch it. Answers come back to the window's thread, in
`then`; a `UserError` goes to `failed`, or to the window to be told; anything else to `sys.excepthook`. Nothing dies in
silence: not an exception, not a write that is still waiting when the window closes.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import count
from queue import PriorityQueue
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot

from mhtracker.domain.errors import Refused, Unavailable, UserError
from mhtracker.ui.progress import Progress
from mhtracker.ui.stoppable import Stoppable

if TYPE_CHECKING:
    from mhtracker.store import Store

BUSY_AFTER_MS = 600
URGENT, ORDINARY, AHEAD = 0, 1, 2

Then = Callable[[Any], object]
Failed = Callable[[UserError], object]


@dataclass(slots=True, eq=False)
class _Job:
    run: Callable[[], Any]
    then: Then | None
    failed: Failed | None
    slot: Hashable | None = None
    turn: int = 0
    writes: bool = False
    label: str = ""
    progress: Progress | None = None
    asked_at: float = 0.0
    ahead: bool = False
    broke: Callable[[], object] | None = None


@dataclass(slots=True, eq=False)
class _Answer:
    job: _Job
    result: Any = None
    error: Exception | None = None
    dropped: bool = False


class Jobs(QObject):
    """Runs functions elsewhere and calls back here.

    `before_closing` is called with a register before it is let go, on its thread; it raises nothing.
    `busy` says (words, done, total) while something takes longer than 600 ms, and ("", 0, 0) when it is over; `failed`
    carries a `UserError` that no caller wished to handle.
    """

    busy = Signal(str, int, int)
    failed = Signal(object)
    _came_home = Signal(object)
    _stepped = Signal(object, int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store: Store | None = None
        self._past: Store | None = None
        self.before_closing: Callable[[Store], None] | None = None
        self._looking_back: date | None = None
        self._queue: PriorityQueue[tuple[int, int, int, _Job | None]] = PriorityQueue()
        self._order = count()
        self._era = 0  # nothing, however urgent, overtakes the opening or leaving of a register
        self._turns: dict[Hashable, int] = {}
        self._waiting: dict[int, _Job] = {}
        self._closing = False
        self._unasked = Stoppable(self)
        self._shows_busy = False
        self._pool: ThreadPoolExecutor | None = None
        self._thread = threading.Thread(target=self._serve, name="register", daemon=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_late)
        self._came_home.connect(self._on_home, Qt.ConnectionType.QueuedConnection)
        self._stepped.connect(self._on_stepped, Qt.ConnectionType.QueuedConnection)
        self._thread.start()

    # What callers use

    def open(self, opener: Callable[[], Store], *, then: Then, failed: Failed | None = None) -> None:
        """Open a register with `opener`, on its thread, and keep it in the place of the one before."""

        def run() -> Store:
            opened = opener()
            self._close_store()
            self._store = opened
            return opened

        self._turn_over(_Job(run, then, failed, writes=True, label="Opening the register"))

    def leave(self, *, then: Callable[[], object] | None = None) -> None:
        """Close the open register, if there is one, after everything asked of it before."""
        after = None if then is None else (lambda _: then())
        self._turn_over(_Job(self._close_store, after, None, writes=True))

    def ask(
        self,
        function: Callable[..., Any],
        *args: Any,
        then: Then,
        failed: Failed | None = None,
        broke: Callable[[], object] | None = None,
        urgent: bool = False,
        slot: Hashable | None = None,
        **named: Any,
    ) -> None:
        """Read: `function(store, *args)`. Of several asks with one `slot` only the newest is answered.

        `broke` is called where anything but a `UserError` was raised, once that is reported: for who waits to show it.
        `urgent` goes ahead of everything that waits, for what must answer while someone types. While the window looks
        back (`look_back`) the store is the register as it was known then.
        """
        turn = self._next_turn(slot)
        run = partial(self._read, function, args, named)
        self._submit(_Job(run, then, failed, slot=slot, turn=turn, broke=broke), URGENT if urgent else ORDINARY)

    def ahead(self, function: Callable[[Store], object], *, then: Callable[[bool], object]) -> None:
        """Read what nobody has asked for yet, once nothing else waits. `then` is told whether it came to its end.

        Whatever is asked meanwhile stops it, closing the register too, and nothing on the screen tells of it.
        """
        job = _Job(partial(self._read_ahead, function), then, lambda _: then(False), ahead=True)
        if not self._closing:
            self._queue.put((self._era, AHEAD, next(self._order), job))

    def do(
        self,
        function: Callable[..., Any],
        *args: Any,
        then: Then | None = None,
        failed: Failed | None = None,
        label: str = "",
        **named: Any,
    ) -> None:
        """Change: run an operation, `function(store, *args)`. Never dropped, and waited for when the window closes.

        With a `label` the operation is given `progress`, may take its time, and can be stopped. Refused while the
        window looks back at what was known on an earlier day.
        """
        progress = None
        if label:
            progress = named["progress"] = Progress()
        if self._looking_back is not None:
            words = "You are looking at what was known on an earlier day. Go back to today to record anything."
            self._tell(failed, Refused(words))
            return
        run = partial(self._change, function, args, named)
        self._submit(_Job(run, then, failed, writes=True, label=label, progress=progress), ORDINARY)

    def keep(
        self,
        function: Callable[..., Any],
        *args: Any,
        then: Then | None = None,
        failed: Failed | None = None,
        **named: Any,
    ) -> None:
        """Keep what is typed (drafts), whatever the window looks at, ahead of everything that waits."""
        self._submit(_Job(partial(self._change, function, args, named), then, failed, writes=True), URGENT)

    def work(
        self,
        function: Callable[..., Any],
        *args: Any,
        then: Then,
        failed: Failed | None = None,
        label: str = "Working",
        **named: Any,
    ) -> None:
        """Run something long that needs no register: `function(*args, progress=…)` in the pool."""
        progress = Progress()
        job = _Job(partial(function, *args, **named, progress=progress), then, failed, label=label, progress=progress)
        if self._pool is None:
            self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="work")
        if self._admit(job):
            self._pool.submit(self._run, job)

    def forget(self, slot: Hashable) -> None:
        """Drop the answers still on their way to `slot`."""
        self._next_turn(slot)

    def settle(self, patience_s: float = 5.0) -> bool:
        """Wait until all words kept so far are on the disk; False when that takes too long."""
        written = threading.Event()
        self.keep(lambda _: written.set())
        return written.wait(patience_s)

    def look_back(self, known: date | None, *, then: Callable[[], object], as_at: date | None = None) -> None:
        """Read the register as it was known on that day's end from now on; None: as it is. Can be stopped.

        `as_at` is the day that will be looked at, for which lists are made ready.
        """
        progress = Progress() if known is not None else None

        def run() -> None:
            from mhtracker.store.replay import known_by

            past = self._past
            self._past = None if known is None else known_by(self._open_store(), known, as_at=as_at, progress=progress)
            if past is not None:
                past.close()

        def arrived(_: object) -> None:
            self._looking_back = known
            then()

        self._turn_over(_Job(run, arrived, None, label="Looking back", progress=progress))

    def stop(self) -> None:
        """Stop the labelled work in hand, as its Cancel button does."""
        for job in self._waiting.values():
            if job.progress is not None:
                job.progress.cancel()

    @property
    def idle(self) -> bool:
        """Whether nothing is on its way."""
        return not self._waiting

    @property
    def reads_ahead(self) -> bool:
        """Whether something is being read that nobody has asked for yet."""
        return self._unasked.reads

    @property
    def can_stop(self) -> bool:
        """Whether anything in hand can be stopped."""
        return any(job.progress is not None for job in self._waiting.values())

    def close(self) -> None:
        """Finish every write, drop the reads, close the register and end the threads. Waits."""
        if self._closing:
            return
        self._closing = True
        self._timer.stop()
        for job in self._waiting.values():
            if job.progress is not None and not job.writes:
                job.progress.cancel()
        self._queue.put((self._era + 1, ORDINARY, next(self._order), None))
        self._unasked.end(self._thread)
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        QCoreApplication.sendPostedEvents(self)  # a last write that was refused still has to be told

    # On the window's thread

    def _next_turn(self, slot: Hashable | None) -> int:
        if slot is None:
            return 0
        self._turns[slot] = self._turns.get(slot, 0) + 1
        return self._turns[slot]

    def _submit(self, job: _Job, urgency: int) -> None:
        if self._admit(job):
            self._queue.put((self._era, urgency, next(self._order), job))
            self._unasked.stop()

    def _turn_over(self, job: _Job) -> None:
        self._era += 1
        self._submit(job, URGENT)
        self._era += 1

    def _admit(self, job: _Job) -> bool:
        if self._closing:
            if job.writes:
                self._tell(job.failed, Unavailable("MHTracker is closing, so this was not recorded."))
            return False
        job.asked_at = time.monotonic()
        self._waiting[id(job)] = job
        if job.progress is not None:
            job.progress.listener = partial(self._stepped.emit, job)
        if not self._timer.isActive() and not self._shows_busy:
            self._timer.start(BUSY_AFTER_MS)
        return True

    @Slot()
    def _on_late(self) -> None:
        if not self._waiting:
            return
        oldest = min(self._waiting.values(), key=lambda job: job.asked_at)
        waited = int((time.monotonic() - oldest.asked_at) * 1000)
        if waited + 20 < BUSY_AFTER_MS:
            self._timer.start(BUSY_AFTER_MS - waited)
            return
        self._shows_busy = True
        self.busy.emit(oldest.label or "Reading the register", 0, 0)

    @Slot(object, int, int, str)
    def _on_stepped(self, job: _Job, done: int, total: int, words: str) -> None:
        if self._shows_busy and id(job) in self._waiting:
            self.busy.emit(f"{job.label}: {words}" if words else job.label, done, total)

    @Slot(object)
    def _on_home(self, answer: _Answer) -> None:
        job = answer.job
        self._waiting.pop(id(job), None)
        if not self._waiting:
            self._timer.stop()
            if self._shows_busy:
                self._shows_busy = False
                self.busy.emit("", 0, 0)
        if answer.dropped and job.ahead and job.then is not None and not self._closing:
            job.then(False)
        if answer.dropped or self._stale(job):
            return
        if isinstance(answer.error, UserError):
            self._tell(job.failed, answer.error)
        elif answer.error is not None:
            sys.excepthook(type(answer.error), answer.error, answer.error.__traceback__)
            if job.broke is not None and _lives(job.broke):
                job.broke()
        elif job.then is not None and _lives(job.then):
            job.then(answer.result)

    def _tell(self, failed: Failed | None, error: UserError) -> None:
        if failed is None:
            self.failed.emit(error)
        elif _lives(failed):
            failed(error)

    def _stale(self, job: _Job) -> bool:
        return job.slot is not None and self._turns.get(job.slot) != job.turn

    # On the register's thread and in the pool

    def _serve(self) -> None:
        while True:
            *_, job = self._queue.get()
            if job is None:
                break
            if self._stale(job) or (self._closing and not job.writes) or (job.ahead and not self._queue.empty()):
                self._came_home.emit(_Answer(job, dropped=True))
            else:
                self._run(job)
        self._close_store()

    def _run(self, job: _Job) -> None:
        try:
            answer = _Answer(job, result=job.run())
        except Exception as error:  # noqa: BLE001 – carried home and told or reported there
            answer = _Answer(job, error=error)
        self._came_home.emit(answer)

    def _read_ahead(self, function: Callable[[Store], object]) -> bool:
        store = self._open_store()
        return self._past is None and self._unasked.read(function, store, lambda: not self._queue.empty())

    def _read(self, function: Callable[..., Any], args: tuple[Any, ...], named: dict[str, Any]) -> Any:
        return function(self._past or self._open_store(), *args, **named)

    def _change(self, function: Callable[..., Any], args: tuple[Any, ...], named: dict[str, Any]) -> Any:
        return function(self._open_store(), *args, **named)

    def _open_store(self) -> Store:
        if self._store is None:
            raise Unavailable("No register is open.")
        return self._store

    def _close_store(self) -> None:
        past, store, self._past, self._store = self._past, self._store, None, None
        if past is not None:
            past.close()
        if store is not None:
            try:
                if self.before_closing is not None:
                    self.before_closing(store)
            finally:
                store.close()


def _lives(callback: Callable[..., object]) -> bool:
    """False for a method of a Qt object that is gone, also in a partial: its page was closed meanwhile."""
    while isinstance(callback, partial):
        callback = callback.func
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
