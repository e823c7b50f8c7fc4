"""The line above the board: what is shown, at the left, and how, at the right; on two lines where one is too narrow."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from mhtracker.ui.theme import Theme


class PageHead(QWidget):
    """`left` and `right` are widgets that keep their width; with too little room the right one goes below."""

    def __init__(self, theme: Theme, left: QWidget, right: QWidget) -> None:
        super().__init__()
        self._theme, self._left, self._right = theme, left, right
        self.setAccessibleName("Heading")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(left)
        self._box.addStretch(1)
        self._box.addWidget(right)
        theme.changed.connect(self._fit)

    @property
    def is_stacked(self) -> bool:
        """Whether the right part stands below the left."""
        return self._box.direction() is QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def _fit(self) -> None:
        space = self._theme.px(12)
        self._box.setSpacing(self._theme.px(4) if self.is_stacked else space)
        wanted = self._left.sizeHint().width() + self._right.sizeHint().width() + space
        side_by_side = wanted <= self.width()
        if side_by_side == self.is_stacked:
            way = QBoxLayout.Direction
            self._box.setDirection(way.LeftToRight if side_by_side else way.TopToBottom)

    def refit(self) -> None:
        """Look again: what stands inside has changed its width."""
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class LineOf(QWidget):
    """Widgets side by side in one, so far apart at 100% text."""

    def __init__(self, theme: Theme, name: str, *widgets: QWidget, space: int = 8) -> None:
        super().__init__()
        self._theme, self._space = theme, space
        self.setAccessibleName(name)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addStretch(1)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self._row.setSpacing(self._theme.px(self._space))
