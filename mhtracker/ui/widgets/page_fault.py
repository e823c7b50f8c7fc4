"""What a page says at its foot when a fault of ours kept it from showing what it was asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.banner import Banner

TITLE = "This page could not be shown"
WORDS = "A fault in MHTracker stopped it. Everything recorded is safe."


class PageFault(Banner):
    """Lies over the foot of a page, so that what is there can still be reached, until it is tried again."""

    def __init__(self, theme: Theme, page: QWidget, again: Callable[[], object]) -> None:
        super().__init__(theme, WORDS, title=TITLE, buttons=[("Try again", again)], parent=page)
        self._theme, self._page = theme, page
        page.installEventFilter(self)
        theme.changed.connect(self._fit)

    def lay(self) -> None:
        """Say it."""
        self._fit()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        page, edge, side = self._page, self._theme.px(16), self._theme.px(24)
        wide = max(0, page.width() - 2 * side)
        high = self.heightForWidth(wide) if self.hasHeightForWidth() else self.sizeHint().height()
        self.setGeometry(side, page.height() - high - edge, wide, high)
