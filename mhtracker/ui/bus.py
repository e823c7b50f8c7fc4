"""News for everything in the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot

from mhtracker.domain.records import Changes


class Bus(QObject):
    """Signals that any page may hear.

    `changed(Changes)`: the register changed, here or on another computer; `recorded(Changes)`: here.
    `went(Place)`: another place is shown. `said(words, can_undo)`: words for the toast.
    `as_at_changed`: the window looks at another day. `drafts_changed`: what is kept for later is not what it was.
    `register_changed`: `context.register` is another one, or somebody else sits here. `you_changed`: this computer's
    settings say that another worker sits here.
    """

    changed = Signal(object)
    recorded = Signal(object)
    went = Signal(object)
    said = Signal(str, bool)
    drafts_changed = Signal()
    as_at_changed = Signal()
    register_changed = Signal()
    you_changed = Signal()
    _from_store = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._from_store.connect(self._on_from_store, Qt.ConnectionType.QueuedConnection)

    def hear(self, changes: Changes) -> None:
        """For `store.listeners`: called on the register's thread, heard on the window's."""
        self._from_store.emit(changes)

    @Slot(object)
    def _on_from_store(self, changes: Changes) -> None:
        self.recorded.emit(changes)
        self.changed.emit(changes)
