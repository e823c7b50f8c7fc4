"""What others record in a register that a team shares, heard here: the journal is asked every half minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from mhtracker.domain.records import Changes
from mhtracker.ui.readings import is_server

if TYPE_CHECKING:
    from mhtracker.store import Store
    from mhtracker.ui.context import Context

EVERY_MS = 30_000


class Elsewhere(QObject):
    """Emits `bus.changed` for operations recorded on other computers. A file has one user, so it is never asked."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._seq = 0
        self._own: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.ask)
        context.bus.recorded.connect(self._on_recorded)

    def start_again(self) -> None:
        """Another register is open: what stands in it now is no news."""
        self._own.clear()
        self._timer.stop()
        self._context.jobs.ask(_last_seq, then=self._on_first)

    def _on_first(self, seq: int) -> None:
        self._seq = seq
        if is_server(self._context.register.address):
            self._timer.start()

    @Slot(object)
    def _on_recorded(self, changes: Changes) -> None:
        self._own.add(changes.operation_id)

    @Slot()
    def ask(self) -> None:
        """Ask for what is new."""
        if self._context.as_known is None:
            self._context.jobs.ask(_news, self._seq, then=self._on_news, failed=lambda _: None, slot="elsewhere")

    def _on_news(self, news: tuple[int, list[Changes]]) -> None:
        self._seq, found = news
        for changes in found:
            if changes.operation_id not in self._own:
                self._context.bus.changed.emit(changes)
        self._own.clear()


def _last_seq(store: Store) -> int:
    return store.last_seq()


def _news(store: Store, seq: int) -> tuple[int, list[Changes]]:
    return store.last_seq(), store.changes_since(seq)
