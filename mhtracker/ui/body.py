"""The place of the pages, and of the one panel beside them.

With room to spare the panel stands beside the page and can be drawn wider. With less it grows narrower first; only
where a page beside it would be cut off does it lie over the page's right. It is the same widget in the same place
throughout: what is being typed keeps its focus.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from mhtracker.ui.theme import Theme

PANEL = 460
NARROWEST_PANEL = 380
NARROWEST_PAGE = 500
"""A page beside a panel has at least this many pixels at 100%; with less, the panel lies over it."""

ROOMY = 1200
"""In a window with this much room a panel that asks to be `wide` gets it, over the page if need be."""


class Edge(QWidget):
    """The panel's left edge, to draw it wider or narrower."""

    def __init__(self, on_drag: Callable[[int], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._on_drag = on_drag
        self._grip = QPoint()
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setAccessibleName("Edge of the panel")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grip = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        now = event.globalPosition().toPoint()
        self._on_drag(self._grip.x() - now.x())
        self._grip = now


class Shield(QWidget):
    """Takes what is pressed where a panel was, for as long as a second press may belong to the one that closed it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Where the panel was")
        self._down = QTimer(self, singleShot=True)
        self._down.timeout.connect(self.hide)
        self.hide()

    def stand(self, where: QRect) -> None:
        """Stand at the place of a panel that closed just now."""
        self.setGeometry(where)
        self.show()
        self.raise_()
        self._down.start(QApplication.doubleClickInterval())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()


class Body(QWidget):
    """The stack of pages and, at the right, the side panel."""

    def __init__(self, theme: Theme, panel_width: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wanted = panel_width or PANEL
        self._panel: QWidget | None = None
        self.setAccessibleName("Page")
        self.stack = QStackedWidget(self)
        self._edge = Edge(self._on_drag, self)
        self._edge.hide()
        self._shield = Shield(self)
        theme.changed.connect(self._place)

    @property
    def panel(self) -> QWidget | None:
        return self._panel

    @property
    def panel_width(self) -> int:
        """The width the panel was drawn to, in pixels at 100%."""
        return self._wanted

    def page_rect(self) -> QRect:
        """What is to be seen of the page beside the panel, or beside what lies over it."""
        right = self._panel.x() if self._panel is not None else self.width()
        return QRect(0, 0, right, self.height())

    def set_panel(self, panel: QWidget | None) -> None:
        """Put a panel in the place of the one before, which is deleted."""
        old, self._panel = self._panel, panel
        if old is not None and old is not panel:
            old.hide()
            old.setParent(None)
            old.deleteLater()
            if panel is None and self.isVisible():
                self._shield.stand(old.geometry())
        if panel is not None:
            self._shield.hide()
            panel.setParent(self)
            panel.show()
        self._edge.setVisible(panel is not None)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        px = self._theme.px
        if self._panel is None:
            self.stack.setGeometry(self.rect())
            return
        wide = getattr(self._panel, "wide", 0) if self.width() >= px(ROOMY) else 0
        least = px(max(wide, NARROWEST_PANEL))
        width = max(px(self._wanted), least)
        if self.width() - width < px(NARROWEST_PAGE) <= self.width() - least:
            width = self.width() - px(NARROWEST_PAGE)
        width = min(width, max(self.width() - px(48), least), self.width())
        beside = self.width() - width >= px(NARROWEST_PAGE)
        page = self.width() - width if beside else self.width()
        self.stack.setGeometry(0, 0, page, self.height())
        self._panel.setGeometry(self.width() - width, 0, width, self.height())
        self._panel.raise_()
        self._edge.setGeometry(self.width() - width - px(3), 0, px(6), self.height())
        self._edge.raise_()

    def _on_drag(self, by: int) -> None:
        widest = max(self.width() / self._theme.scale - NARROWEST_PAGE, PANEL)
        self._wanted = round(min(max(self._wanted + by / self._theme.scale, NARROWEST_PANEL), widest))
        self._place()
