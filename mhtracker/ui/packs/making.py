"""Writing a pack, away from the window's thread; only the reading touches the register, a few people at a time."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from mhtracker.domain.errors import Cancelled, UserError
from mhtracker.domain.summary import CaseSummary
from mhtracker.ui.jobs import Jobs
from mhtracker.ui.packs.plan import SUMMARIES, PackPlan
from mhtracker.ui.packs.reading import PrintFacts, read_print_facts, read_summaries
from mhtracker.ui.progress import Progress

AT_ONCE = 20
"""How many people are read in one go: other questions to the register are answered between."""


@dataclass(frozen=True, slots=True)
class Made:
    """A finished pack: the very bytes that are shown, printed and saved. `first_pages` by person, counted from 0."""

    plan: PackPlan
    pdf: bytes
    pages: int
    first_pages: dict[str, int] = field(default_factory=dict)


class Steps:
    """A progress that also ends when something newer is wanted."""

    def __init__(self, progress: Progress, stop: threading.Event) -> None:
        self._progress, self._stop = progress, stop

    def step(self, done: int, total: int, words: str) -> None:
        if self._stop.is_set():
            raise Cancelled
        self._progress.step(done, total, words)


def write_pack(
    plan: PackPlan, summaries: Sequence[CaseSummary], facts: PrintFacts, stop: threading.Event, *, progress: Progress
) -> Made:
    """Write a pack into memory. Raises Cancelled."""
    steps = Steps(progress, stop)
    if not summaries:
        return Made(plan, b"", 0)
    if plan.kind == SUMMARIES:
        return _write_summaries(plan, summaries, facts, steps)
    from mhtracker.reports.packs.pack import write_review_pack

    out = io.BytesIO()
    written = write_review_pack(
        summaries,
        out,
        title=plan.heading,
        printed_by=facts.who,
        printed_at=facts.at,
        council=facts.council,
        progress=steps,
        total=len(summaries),
    )
    return Made(plan, out.getvalue(), written.pages, written.first_pages)


def _write_summaries(plan: PackPlan, summaries: Sequence[CaseSummary], facts: PrintFacts, steps: Steps) -> Made:
    from mhtracker.reports.packs.case_summaries import write_case_summaries

    out = io.BytesIO()
    written = write_case_summaries(
        summaries, out, printed_by=facts.who, printed_at=facts.at, progress=steps, total=len(summaries)
    )
    return Made(plan, out.getvalue(), written.pages, written.first_pages)


@dataclass(slots=True)
class _Turn:
    """One making, from its first question to its last page."""

    plan: PackPlan
    as_at: date
    stop: threading.Event = field(default_factory=threading.Event)
    facts: PrintFacts | None = None
    found: list[CaseSummary] = field(default_factory=list)


class PackMaker(QObject):
    """Makes the newest plan asked for. `made(Made)`; `stopped` when the person stopped it; `failed(UserError)`.

    `reading(done, total)` while people are read, before the pages are drawn.
    """

    made = Signal(object)
    stopped = Signal()
    failed = Signal(object)
    reading = Signal(int, int)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._turn: _Turn | None = None

    @property
    def busy(self) -> bool:
        """Whether a pack is being made."""
        return self._turn is not None

    def make(self, plan: PackPlan, as_at: date, worker: str) -> None:
        """Make this plan, in the place of any that is still being made. `worker` is who sits here, if that is known."""
        self.forget()
        turn = self._turn = _Turn(plan, plan.as_at or as_at)
        self._ask(turn, self._on_facts, read_print_facts, worker)

    def forget(self) -> None:
        """Make nothing more; what is on its way is dropped."""
        if self._turn is not None:
            self._turn.stop.set()
            self._turn = None

    def _ask(self, turn: _Turn, then: Callable[..., object], function: Callable[..., object], *args: object) -> None:
        self._jobs.ask(function, *args, then=partial(then, turn), failed=partial(self._on_failed, turn))

    def _on_facts(self, turn: _Turn, facts: PrintFacts) -> None:
        turn.facts = facts
        self._read_on(turn, 0)

    def _read_on(self, turn: _Turn, done: int) -> None:
        if turn is not self._turn or turn.facts is None:
            return
        people = turn.plan.people
        self.reading.emit(done, len(people))
        if done < len(people):
            some = people[done : done + AT_ONCE]
            self._ask(turn, partial(self._on_summaries, done + len(some)), read_summaries, some, turn.as_at)
        else:
            self._jobs.work(
                write_pack,
                turn.plan,
                turn.found,
                turn.facts,
                turn.stop,
                then=partial(self._on_made, turn),
                failed=partial(self._on_failed, turn),
                label="Making the pack",
            )

    def _on_summaries(self, done: int, turn: _Turn, found: list[CaseSummary]) -> None:
        if turn is self._turn:
            turn.found += found
            self._read_on(turn, done)

    def _on_made(self, turn: _Turn, made: Made) -> None:
        if turn is self._turn:
            self._turn = None
            self.made.emit(made)

    def _on_failed(self, turn: _Turn, error: UserError) -> None:
        if turn is not self._turn:
            return  # it was dropped for a newer one
        self._turn = None
        if isinstance(error, Cancelled):
            self.stopped.emit()
        else:
            self.failed.emit(error)
