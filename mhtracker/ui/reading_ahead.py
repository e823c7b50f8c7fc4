"""Large registers are read ahead for Progress, while nobody asks for anything."""

from __future__ import annotations

import gc
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

if TYPE_CHECKING:
    from mhtracker.domain.records import Changes
    from mhtracker.store import Store
    from mhtracker.ui.context import Context

MANY = 5_000
"""Fewer people are counted before anybody could wait for it."""
_LOADED_AHEAD = (
    "mhtracker.analysis.explained",
    "mhtracker.analysis.in_words",
    "mhtracker.analysis.outcomes",
    "mhtracker.analysis.progress",
    "mhtracker.analysis.quality",
    "mhtracker.analysis.scenarios",
    "mhtracker.figures.cost_tables",
    "mhtracker.figures.incidence_chart",
    "mhtracker.figures.ribbons",
    "mhtracker.figures.stay_boxes",
    "mhtracker.figures.trajectory",
    "mhtracker.operations.money.cost_tables",
    "mhtracker.reports.manager.programme_picture",
)
SOON_MS = 1_500
AGAIN_MS = 4_000
"""So long after something was recorded, or somebody asked in the midst of it: more may be coming."""


class ReadingAhead(QObject):
    """Reads the columns of the open register, if it is large, and again after recordings, in idle time."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.applies = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go)
        self._at_close = context.jobs.before_closing
        context.jobs.before_closing = self._keep
        context.bus.changed.connect(self._on_changed)
        context.bus.as_at_changed.connect(lambda: self._wait(AGAIN_MS))

    def start_again(self) -> None:
        """Another register is open: what was left alone of the one before may be collected now."""
        gc.unfreeze()
        self._timer.stop()
        self.applies = False
        self._context.jobs.ask(how_many, then=self._on_known, failed=lambda _: None, slot="reading ahead")

    def _on_known(self, people: int) -> None:
        self.applies = people >= MANY
        self._wait(SOON_MS)

    @Slot(object)
    def _on_changed(self, _: Changes) -> None:
        self._wait(AGAIN_MS)

    def _wait(self, milliseconds: int) -> None:
        # What was known on an earlier day is another register, and is gone when the window comes back from there.
        if self.applies and self._context.as_known is None:
            self._timer.start(milliseconds)
        else:
            self._timer.stop()

    @Slot()
    def _go(self) -> None:
        if self._context.jobs.idle:
            self._context.jobs.ahead(read_columns, then=self._on_read)
        else:
            self._wait(SOON_MS)

    def _keep(self, store: Store) -> None:
        """On the register's thread, before what else is done at closing: what has been read is there next time."""
        try:
            if self.applies:
                keep_columns(store)
        finally:
            # A backup is made whatever became of what is only there to be quick.
            if self._at_close is not None:
                self._at_close(store)

    def _on_read(self, done: bool) -> None:
        if not done:
            self._wait(AGAIN_MS)


def how_many(store: Store) -> int:
    """People on the pathway."""
    from mhtracker.store.queries.caseload import CaseloadQuery, count_caseload

    return count_caseload(store, CaseloadQuery(), store.today)


def keep_columns(store: Store) -> None:
    """Keep what was read before; nothing is read for it."""
    from mhtracker.analysis.columns import register

    register.keep_columns(store)


def read_columns(store: Store) -> None:
    """What the figures are counted from, once what counts and draws them is loaded.

    Otherwise the page would load it when it is first opened, and hold the window up by that.
    """
    for module in _LOADED_AHEAD:
        import_module(module)
    from mhtracker.analysis.columns.register import read_ahead

    read_ahead(store)
