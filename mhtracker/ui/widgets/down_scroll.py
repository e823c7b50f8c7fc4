"""A column that scrolls down and never sideways, at a width that does not hang on how high it is."""

from __future__ import annotations

from typing import Self

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

AT_MOST = 4
"""How often a column is measured before its height stands: from two columns into one needs a second time."""


class DownScroll(QScrollArea):
    """Gives its widget its own width less a scroll bar's, whether the bar is there or not, and the height it needs.

    Qt's own `widgetResizable` looks for a width at which words just fit without a bar, and measures anew at every
    resize, from inside it. Where cards stand in two columns or in one by the width there is, the narrower width does
    fit, then the wider, and so on to the end of the stack.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fitting = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.viewport().setAccessibleName(name)

    @classmethod
    def around(cls, inside: QWidget | None, name: str) -> Self:
        """One with `inside` in it, that Tab passes by: what stands in it has the keyboard."""
        area = cls(name)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if inside is not None:
            area.setWidget(inside)
        return area

    def bar_width(self) -> int:
        """What is always kept free at the right of the column."""
        return self.verticalScrollBar().sizeHint().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget():
            if event.type() == QEvent.Type.LayoutRequest:
                self.fit()
            if self._fitting and event.type() == QEvent.Type.Resize:
                return False  # Qt would place its bars from here, and so begin again
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """Make the column as wide as the view and as high as it must be."""
        column = self.widget()
        if column is None or self._fitting:
            return
        self._fitting = True
        try:
            width = max(self.width() - self.bar_width(), 0)
            for _ in range(AT_MOST):
                height = max(self._height_at(column, width), self.height())
                if column.size() == QSize(width, height):
                    break
                column.resize(width, height)
            self._show_bar(column.height() > self.height())
        finally:
            self._fitting = False

    @staticmethod
    def _height_at(column: QWidget, width: int) -> int:
        least = column.minimumSizeHint().height()
        return max(column.heightForWidth(width), least) if column.hasHeightForWidth() else least

    def _show_bar(self, needed: bool) -> None:
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if needed else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if self.verticalScrollBarPolicy() != policy:
            self.setVerticalScrollBarPolicy(policy)


def lay_out_now(widget: QWidget) -> None:
    """Lay out what was just put into a widget, and what that stands in, before any of it is painted.

    Qt passes a change of size outwards one widget at a turn and paints in between: what is new would be seen squeezed
    into the room there was before.
    """
    if not widget.isVisible():
        return
    for each in reversed([widget, *widget.findChildren(QWidget)]):
        layout = each.layout()
        if layout is not None:
            layout.activate()
    above = widget.parentWidget()
    while above is not None and not isinstance(above, DownScroll):
        layout = above.layout()
        if layout is not None:
            layout.activate()
        above = above.parentWidget()
    if above is not None:
        above.fit()
