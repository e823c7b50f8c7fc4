"""The one panel beside the page: shown, put away with its draft kept, and the focus given back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from mhtracker.ui.body import Body
from mhtracker.ui.keys import can_take_focus


class Panels:
    """Looks after the panel of `body`; `focus_page` takes the focus when nothing else can have it back."""

    def __init__(self, body: Body, focus_page: Callable[[], object]) -> None:
        self._body, self._focus_page = body, focus_page
        self._before: QWidget | None = None
        self._gave_back: QWidget | None = None

    @property
    def open(self) -> bool:
        return self._body.panel is not None

    def show(self, panel: QWidget) -> None:
        """Show a panel; the one before is put away, its draft kept. The panel's `kept` signal closes it."""
        if self._body.panel is panel:
            return
        before = QApplication.focusWidget()
        self.keep()
        self._before, self._gave_back = before, None
        kept = getattr(panel, "kept", None)
        if kept is not None:
            kept.connect(lambda: self.close(panel))
        self._body.set_panel(panel)
        focus_first(panel)

    def keep(self) -> None:
        """Put the panel away, keeping its draft."""
        panel = self._body.panel
        if panel is None:
            return
        keep = getattr(panel, "keep", None)
        if keep is not None:
            keep()
        self.close(panel)

    def flush(self) -> None:
        """Keep what is typed in the panel, which stays as it is."""
        flush = getattr(self._body.panel, "flush", None)
        if flush is not None:
            flush()

    def close(self, panel: QWidget | None = None) -> None:
        """Take the panel away, or only `panel` if that is still the one shown, and give the focus back."""
        if self._body.panel is None or (panel is not None and self._body.panel is not panel):
            return
        self._body.set_panel(None)
        before, self._before = self._before, None
        with contextlib.suppress(RuntimeError):  # what had the focus before may be gone
            if before is not None and before.isVisible():
                before.setFocus()
                self._gave_back = before
                return
        self._focus_page()

    def page_settled(self) -> None:
        """The page shows its data anew: where the button that opened the last form went with the old, go to the page.

        Else Qt hands the keyboard to whatever comes next, which may be the rail or somebody else's name.
        """
        if self._gave_back is None or self.open:
            return
        gave_back, self._gave_back = self._gave_back, None
        QTimer.singleShot(0, self._body, lambda: self._find_focus(gave_back))

    def _find_focus(self, gave_back: QWidget) -> None:
        there = shiboken6.isValid(gave_back) and gave_back.isVisible() and gave_back.isEnabled()
        if not there and not self.open:
            self._focus_page()


def focus_first(panel: QWidget) -> None:
    """Give the keyboard to a panel's own first choice, or to its first control."""
    chooses = getattr(panel, "focus_first", None)
    if chooses is not None:
        chooses()
        return
    for child in panel.findChildren(QWidget):
        if can_take_focus(child) and child.accessibleName() != "Close":
            child.setFocus(Qt.FocusReason.TabFocusReason)
            return
