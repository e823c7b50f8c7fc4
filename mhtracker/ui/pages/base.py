"""What every page is: it asks, shows, and asks again when what it cares about has changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from mhtracker.domain.errors import UserError
from mhtracker.ui.widgets.page_fault import PageFault

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

    ready = Signal()
    """Emitted each time the page shows what it asked for."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.stale = True
        self._waits = False
        self._state: dict[str, Any] | None = None
        self._fault: PageFault | None = None
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

    def current_name(self) -> str:
        """That person, as a list has them ("PRZYKŁAD, Marek"); "" to leave the name out."""
        return ""

    def command_args(self, key: str) -> dict[str, Any]:
        """What else a command is to be told when it acts on the person in hand, such as which line is meant."""
        return {}

    def leaves_person(self, person_id: str | None) -> bool:
        """Whether going to `person_id` shows another person than now: then a form beside the page is put away."""
        return False

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

    def come_back(self, state: dict[str, Any]) -> None:
        """Look as `state` says, as soon as the data is there."""
        self._state = state or None
        if not (self.stale or self._waits):
            self._restore_kept()

    def refresh(self) -> None:
        """Ask again, now. An older answer still on its way is dropped."""
        self.stale, self._waits = False, True
        if self._fault is not None:
            self._fault.hide()
        self.context.jobs.ask(
            self.query,
            self.context.as_at,
            then=self._on_data,
            failed=self._on_failed,
            broke=self.show_fault,
            slot=self._slot,
        )

    @property
    def _slot(self) -> tuple[str, int]:
        return "page", id(self)

    @Slot(object)
    def _on_data(self, data: Any) -> None:
        self._waits = False
        try:
            self.show_data(data)
        except Exception:
            self.show_fault()
            raise
        self._restore_kept()
        self.ready.emit()

    def _restore_kept(self) -> None:
        state, self._state = self._state, None
        if state:
            self.restore(state)

    def _on_failed(self, error: UserError) -> None:
        self.stale, self._waits = True, False
        self.context.jobs.failed.emit(error)

    def show_fault(self) -> None:
        """A fault of ours kept the page from what it asked for: it says so at its foot, and can be tried again."""
        self.stale, self._waits = True, False
        if self._fault is None:
            self._fault = PageFault(self.context.theme, self, self.refresh)
        self._fault.lay()

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
