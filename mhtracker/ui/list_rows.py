"""Lines grouped under headings, each with one thing to do: what Today is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from mhtracker.ui.list_row_paint import ListRow, Section, button_box, paint_row, paint_section
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.labels import plain_tooltip

__all__ = ["ListRow", "ListRows", "Section"]

ROW, HEADING = 35, 37
_Index = QModelIndex | QPersistentModelIndex

_WORDED = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)


@dataclass(frozen=True, slots=True)
class _Line:
    section: Section
    row: ListRow | None

    @property
    def names(self) -> tuple[str, str]:
        """What tells it from other lines. A row that went to another section is another line there."""
        return self.section.key, self.row.key if self.row is not None else ""


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[_Line] = []

    def show(self, sections: Sequence[Section], closed: set[str]) -> None:
        self.beginResetModel()
        self.lines = []
        for section in sections:
            if section.title:
                self.lines.append(_Line(section, None))
            if section.key not in closed:
                self.lines.extend(_Line(section, row) for row in section.rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _WORDED or not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(line.row.words()) if line.row is not None else None
        if line.row is None:
            return f"{line.section.title}, {line.section.count:,}"
        return line.row.words()

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: ListRows) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        self._view.paint_line(painter, QRectF(option.rect), index.row())

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(100, self._view.height_of(index.row()))


class ListRows(QListView):
    """Sections of rows. ↑ ↓ go, Enter opens (`opened`), Space or a press on its button does the row's step (`acted`).

    Rows past what is shown are painted only as they come into view. Headings that can be closed open by Enter.
    """

    opened = Signal(object)
    acted = Signal(object)
    went_to = Signal(object)
    key_pressed = Signal(int, object)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sections: Sequence[Section] = ()
        self._closed: set[str] = set()
        self._pointed = -1
        self._lines = _Model(self)
        self.setAccessibleName(name)
        self.viewport().setAccessibleName(name)
        self.setProperty("ground", "window")
        self.setModel(self._lines)
        self.setItemDelegate(_Delegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self._on_theme)

    # What is shown

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Show these; the keyboard stays at its row or, where that has gone, at the next one, as in a list of mail."""
        nearby = self._nearby()
        fresh = {section.key for section in sections} - {section.key for section in self._sections}
        self._closed |= {section.key for section in sections if section.closed and section.key in fresh}
        self._sections = sections
        self._fill(nearby)

    def rows(self) -> list[ListRow]:
        return [row for section in self._sections for row in section.rows]

    def current_row(self) -> ListRow | None:
        place = self.currentIndex().row()
        return self._lines.lines[place].row if 0 <= place < len(self._lines.lines) else None

    def go_to(self, key: str) -> None:
        """Put the keyboard's place at a row."""
        for place, line in enumerate(self._lines.lines):
            if line.row is not None and line.row.key == key:
                self.setCurrentIndex(self._lines.index(place))
                return

    def is_closed(self, section: str) -> bool:
        return section in self._closed

    def _nearby(self) -> list[_Line]:
        """The line the keyboard is at, then those below it, then those above it: where it may stay."""
        place, lines = self.currentIndex().row(), self._lines.lines
        if not 0 <= place < len(lines):
            return []
        here = [lines[place]]
        return here + [line for line in (*lines[place + 1 :], *reversed(lines[:place])) if line.row is not None]

    def _fill(self, nearby: Sequence[_Line]) -> None:
        self._lines.show(self._sections, self._closed)
        places = {line.names: place for place, line in reversed(list(enumerate(self._lines.lines)))}
        found = next((places[line.names] for line in nearby if line.names in places), None)
        if found is None:
            found = next((place for place, line in enumerate(self._lines.lines) if line.row is not None), -1)
        if found >= 0:
            self.setCurrentIndex(self._lines.index(found))

    def turn_section(self, key: str) -> None:
        """Open a closed section, close an open one."""
        nearby = self._nearby()
        self._closed ^= {key}
        self._fill(nearby)

    def content_height(self) -> int:
        """How high all lines stand together, for a page that scrolls as a whole."""
        return sum(self.height_of(place) for place in range(len(self._lines.lines)))

    # Painting

    def height_of(self, place: int) -> int:
        line = self._lines.lines[place]
        return self._theme.px(HEADING if line.row is None else ROW)

    def paint_line(self, painter: QPainter, rect: QRectF, place: int) -> None:
        line = self._lines.lines[place]
        current = place == self.currentIndex().row()
        if line.row is None:
            paint_section(painter, rect, self._theme, line.section, line.section.key in self._closed)
        else:
            here = current and self.hasFocus()
            paint_row(painter, rect, self._theme, line.row, current=here, pointed=place == self._pointed)

    def _repaint(self, place: int) -> None:
        if place >= 0:
            self.viewport().update(self.visualRect(self._lines.index(place)))

    def _on_theme(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    # Keys and pointing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self.currentIndex().row()
        line = self._lines.lines[place] if 0 <= place < len(self._lines.lines) else None
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and line is not None:
            self._open(line)
        elif event.key() == Qt.Key.Key_Space and line is not None:
            self._act(line)
        elif event.text() and event.text().isalpha() and not event.modifiers():
            # Letters are the page's short cuts, not a search for a line that begins so.
            self.key_pressed.emit(event.key(), line.row if line is not None else None)
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _open(self, line: _Line) -> None:
        if line.row is not None:
            self.opened.emit(line.row.data)
        elif line.section.closable:
            self.turn_section(line.section.key)

    def _act(self, line: _Line) -> None:
        if line.row is None:
            self._open(line)
        elif line.row.action:
            self.acted.emit(line.row.data)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        line = self._lines.lines[index.row()]
        if line.row is None:
            self._open(line)
        elif line.row.action and button_box(QRectF(self.visualRect(index)), self._theme, line.row.action).contains(
            event.position()
        ):
            self._act(line)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and (line := self._lines.lines[index.row()]).row is not None:
            over_button = line.row.action and button_box(
                QRectF(self.visualRect(index)), self._theme, line.row.action
            ).contains(event.position())
            if not over_button:
                self._open(line)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self.indexAt(event.position().toPoint()).row()
        before, self._pointed = self._pointed, place
        if before != place:
            self._repaint(before)
            self._repaint(place)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        before, self._pointed = self._pointed, -1
        self._repaint(before)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self._repaint(previous.row())
        self._repaint(current.row())
        if (row := self.current_row()) is not None:
            self.went_to.emit(row.data)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._repaint(self.currentIndex().row())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._repaint(self.currentIndex().row())
