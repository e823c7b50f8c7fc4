"""What every page is: it asks, shows, and asks again when what it cares about has changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from mhtracker.domain.errors import UserError

if TYPE_CHECKING:
    from mhtracker.domain.records import Changes
    from mhtracker.store import Store
    from mhtracker.ui.context import Context


class Page(QWidget):
    """A page of the window, made once and kept.

    A page says its `key`, `title` and the `kinds` of record it shows; implements `query` and `show_data`; and, where
    it can, the rest. It is asked afresh when shown after a change, and at once when visible.
    """

    key: ClassVar[str] = ""
    title: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    kinds: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.stale = True
        self.setAccessibleName(self.title)
        context.bus.changed.connect(self._on_changed)
        context.bus.as_at_changed.connect(self._on_as_at_changed)

    # What a page implements

    def query(self, store: Store, as_at: date) -> Any:
        """Read what the page shows. Runs on the register's thread: it must not touch a widget."""
        return None

    def show_data(self, data: Any) -> None:
        """Show what `query` returned."""

    def show_place(self, **args: Any) -> None:
        """The window goes to this page with these arguments: keep them, and `refresh` if they matter."""

    def concerned(self, changes: Changes) -> bool:
        """Whether a change touches what is shown."""
        return bool(changes.kinds & self.kinds)

    def state(self) -> dict[str, Any]:
        """How the page looks now (scrolling, selection), for coming back."""
        return {}

    def restore(self, state: dict[str, Any]) -> None:
        """Look so again, once the data is there."""

    def current_person(self) -> str | None:
        """The person in hand: the one shown, or the selected row's. Letters and the palette act on them."""
        return None

    def heading(self) -> str:
        """What the window's title and the history call this place."""
        return self.title

    def focus_filter(self) -> bool:
        """Go to the page's own filter (Ctrl+F). False if it has none."""
        return False

    def print_page(self) -> bool:
        """Print what is shown (Ctrl+P). False if the page has nothing of its own to print."""
        return False

    def focus_first(self) -> None:
        """Take the focus when the page is gone to."""
        self.setFocus()

    # What every page does

    def refresh(self) -> None:
        """Ask again, now. An older answer still on its way is dropped."""
        self.stale = False
        self.context.jobs.ask(
            self.query, self.context.as_at, then=self._on_data, failed=self._on_failed, slot=self._slot
        )

    @property
    def _slot(self) -> tuple[str, int]:
        return "page", id(self)

    @Slot(object)
    def _on_data(self, data: Any) -> None:
        self.show_data(data)

    def _on_failed(self, error: UserError) -> None:
        self.stale = True
        self.context.jobs.failed.emit(error)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if not self.concerned(changes):
            return
        if self.isVisible():
            self.refresh()
        else:
            self.stale = True

    @Slot()
    def _on_as_at_changed(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self.stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.stale:
            self.refresh()
