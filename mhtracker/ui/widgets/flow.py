"""A layout that runs in lines, as words do, and breaks where the width ends."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QLayoutItem, QWidget

BETWEEN = "between"
"""The property of a child that parts two others: a line never begins or ends with it."""

AT_RIGHT = "at_right"
"""The property of a child that stands at the right with what comes after it, where all are in one line."""

AWAY = 1 << 12


class FitsWords(QFrame):
    """A frame no higher than its words need at the width it has, and no lower.

    Qt asks for one size before it knows the width, and would cut words off that then wrap into more lines.
    """

    def sizeHint(self) -> QSize:
        layout = self.layout()
        if layout is None or not self.hasHeightForWidth():
            return super().sizeHint()
        # QWidget's own hint would also ask how high it is at another width, and Qt remembers the answer for one only.
        self.ensurePolished()
        margins = self.contentsMargins()
        wide = layout.sizeHint().width() + margins.left() + margins.right()
        return QSize(wide, self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class FlowLayout(QLayout):
    """Children in reading order, middled in their line. Spaces in pixels."""

    def __init__(self, parent: QWidget | None = None, *, across: int = 8, down: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._across, self._down = across, down
        self.setContentsMargins(0, 0, 0, 0)

    def set_spaces(self, across: int, down: int) -> None:
        self._across, self._down = across, down
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert_widget(self, at: int, widget: QWidget) -> None:
        self.addWidget(widget)
        self._items.insert(at, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Lay the lines out in `rect`; gives the height they take."""
        margins = self.contentsMargins()
        room = rect.marginsRemoved(margins)
        x, y = room.x(), room.y()
        line: list[tuple[QLayoutItem, int, QSize]] = []
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            size = item.sizeHint().boundedTo(QSize(room.width(), 1 << 20)).expandedTo(item.minimumSize())
            if line and x + size.width() > room.right() + 1:
                self._end_line(line, move)
                y += self._set_line(line, y, move) + self._down
                x, line = room.x(), []
            if not line and _is_between(item):
                self._put_away(item, move)
                continue
            line.append((item, x, size))
            x += size.width() + self._across
        self._end_line(line, move)
        if y == room.y():
            line = _parted(line, room.right() + 1)
        height = self._set_line(line, y, move)
        return y + height - rect.y() + margins.bottom()

    def _end_line(self, line: list[tuple[QLayoutItem, int, QSize]], move: bool) -> None:
        while line and _is_between(line[-1][0]):
            self._put_away(line.pop()[0], move)

    @staticmethod
    def _put_away(item: QLayoutItem, move: bool) -> None:
        widget = item.widget()
        if move and widget is not None:
            widget.move(-AWAY, -AWAY)

    @staticmethod
    def _set_line(line: list[tuple[QLayoutItem, int, QSize]], y: int, move: bool) -> int:
        tallest = max((size.height() for _, _, size in line), default=0)
        if move:
            for item, x, size in line:
                item.setGeometry(QRect(QPoint(x, y + (tallest - size.height()) // 2), size))
        return tallest


def _is_between(item: QLayoutItem) -> bool:
    return _has(item, BETWEEN)


def _has(item: QLayoutItem, name: str) -> bool:
    widget = item.widget()
    return widget is not None and bool(widget.property(name))


def _parted(line: list[tuple[QLayoutItem, int, QSize]], right: int) -> list[tuple[QLayoutItem, int, QSize]]:
    """With what stands at the right moved there."""
    at = next((place for place, (item, *_) in enumerate(line) if _has(item, AT_RIGHT)), len(line))
    by = right - max((x + size.width() for _, x, size in line[at:]), default=right)
    return [*line[:at], *((item, x + by, size) for item, x, size in line[at:])]
