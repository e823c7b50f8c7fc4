"""The people of a pack, in the order of their pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from mhtracker.ui.focus import paint_ring
from mhtracker.ui.icons import paint_icon
from mhtracker.ui.packs.reading import PackPerson
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.labels import plain_tooltip
from mhtracker.ui.widgets.stage_pill import BLOCK, paint_block

ROW, CROSS = 31, 30
_Index = QModelIndex | QPersistentModelIndex


class _People(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.people: list[PackPerson] = []
        self.pages: dict[str, int] = {}

    def show(self, people: Sequence[PackPerson]) -> None:
        self.beginResetModel()
        self.people = list(people)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.people)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        person = self.people[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return person.words(index.row() + 1, self.pages.get(person.person_id))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(person.name)
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: PeopleList) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        self._view.paint_row(painter, QRectF(option.rect), index.row())

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(100, self._view.theme.px(ROW))


class PeopleList(QListView):
    """`went_to(id)` as a person is chosen; `moved(id, place)` and `removed(id)` as asked for, for the page to do.

    Alt+↑ and Alt+↓ move the person, Delete takes them out; the mouse draws rows up and down and presses their ×.
    """

    went_to = Signal(str)
    moved = Signal(str, int)
    removed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._drawn = ""
        self._pressed_at = -1
        self._pointed = -1
        self._quiet = False
        self._people = _People(self)
        self.setAccessibleName("People in the pack")
        self.viewport().setAccessibleName("People in the pack")
        self.setAccessibleDescription("Alt with the up or down arrow moves a person, Delete takes them out")
        self.setModel(self._people)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    # What is shown

    def people(self) -> list[PackPerson]:
        return self._people.people

    def show_people(self, people: Sequence[PackPerson]) -> None:
        """Show these; the keyboard stays with the person it was at, or in the same place."""
        before, row = self.current_id(), self.currentIndex().row()
        self._quiet = True
        self._people.show(people)
        if not self.go_to(before) and people:
            self.setCurrentIndex(self._people.index(min(max(row, 0), len(people) - 1)))
        self._quiet = False

    def show_pages(self, pages: dict[str, int]) -> None:
        """The number of each person's first page, counted from 1."""
        self._people.pages = dict(pages)
        self.viewport().update()

    def page_of(self, person_id: str) -> int | None:
        return self._people.pages.get(person_id)

    def current_id(self) -> str:
        row = self.currentIndex().row()
        return self.people()[row].person_id if 0 <= row < len(self.people()) else ""

    def go_to(self, person_id: str) -> bool:
        """Go to a person. False if they are not in the pack."""
        row = next((n for n, person in enumerate(self.people()) if person.person_id == person_id), -1)
        if row >= 0 and row != self.currentIndex().row():
            self.setCurrentIndex(self._people.index(row))
        return row >= 0

    def mark(self, person_id: str) -> None:
        """Mark a person as the one whose pages are on show, without telling anybody."""
        self._quiet = True
        self.go_to(person_id)
        self._quiet = False

    # Painting

    def paint_row(self, painter: QPainter, rect: QRectF, row: int) -> None:
        theme, person = self.theme, self.people()[row]
        px, current = theme.px, row == self.currentIndex().row()
        held = person.person_id == self._drawn
        ground = "selected" if current or held else "hover" if row == self._pointed else "surface"
        painter.fillRect(rect, theme.color(ground))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.color("line"))
        middle = rect.center().y()
        grip = px(16)
        place = QRectF(rect.left() + px(8), middle - grip / 2, grip, grip)
        paint_icon(painter, place, "mdi6.drag-vertical", theme.color("text3"))
        role = "strong" if current else "body"
        painter.setFont(theme.font())
        painter.setPen(theme.color("text2"))
        number = QRectF(place.right(), rect.top(), px(30), rect.height())
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(number, int(flags | Qt.AlignmentFlag.AlignRight), str(row + 1))
        left = number.right() + px(8)
        if person.stage is not None:
            paint_block(painter, left, middle, theme, person.stage.letter, person.stage.colour)
        left += px(BLOCK) + px(8)
        right = self._paint_end(painter, rect, person)
        painter.setFont(theme.font(role))
        painter.setPen(theme.color("text"))
        room = QRectF(left, rect.top(), right - left - px(8), rect.height())
        shown = QFontMetricsF(painter.font()).elidedText(person.name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room.adjusted(0, 0, 2, 0), int(flags), shown)
        if current and self.hasFocus():
            paint_ring(painter, rect.adjusted(0, 0, 0, -1), theme)

    def _paint_end(self, painter: QPainter, rect: QRectF, person: PackPerson) -> float:
        """The page's number and the ×; gives where they begin."""
        theme, px = self.theme, self.theme.px
        cross = self._cross_box(rect)
        side = px(15)
        box = QRectF(cross.center().x() - side / 2, cross.center().y() - side / 2, side, side)
        paint_icon(painter, box, "mdi6.close", theme.color("text2"))
        page = self.page_of(person.person_id)
        words = f"page {page}" if page else ""
        painter.setFont(theme.font())
        painter.setPen(theme.color("text2"))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(words)
        place = QRectF(cross.left() - wide - px(4), rect.top(), wide + 2, rect.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), words)
        return place.left()

    def _cross_box(self, rect: QRectF) -> QRectF:
        wide = self.theme.px(CROSS)
        return QRectF(rect.right() - wide - self.theme.px(4), rect.top(), wide, rect.height())

    # Keys and pointing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        person_id, row = self.current_id(), self.currentIndex().row()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            to = row + (1 if event.key() == Qt.Key.Key_Down else -1)
            if person_id and 0 <= to < len(self.people()):
                self.moved.emit(person_id, to)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if person_id:
                self.removed.emit(person_id)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if person_id:
                self.went_to.emit(person_id)
        elif event.key() == Qt.Key.Key_Escape or (event.text().isalpha() and not event.modifiers()):
            event.ignore()  # letters are the window's, not a search for a name
        else:
            super().keyPressEvent(event)

    def _row_at(self, event: QMouseEvent) -> int:
        return self.indexAt(event.position().toPoint()).row()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event)
        self._pressed_at, self._drawn = -1, ""
        if event.button() != Qt.MouseButton.LeftButton or row < 0:
            return
        person_id = self.people()[row].person_id
        if self._cross_box(QRectF(self.visualRect(self._people.index(row)))).contains(event.position()):
            self.removed.emit(person_id)
            return
        self._pressed_at = int(event.position().y())
        if row == self.currentIndex().row():
            self.went_to.emit(person_id)
        else:
            self.setCurrentIndex(self._people.index(row))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event)
        if row != self._pointed:
            self._pointed = row
            self.viewport().update()
        if self._pressed_at < 0 or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if not self._drawn and abs(event.position().y() - self._pressed_at) >= QApplication.startDragDistance():
            self._drawn = self.current_id()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._drawn and row >= 0 and self.people()[row].person_id != self._drawn:
            self.moved.emit(self._drawn, row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed_at, self._drawn = -1, ""
        self.unsetCursor()
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointed = -1
        self.viewport().update()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if not self._quiet and (person_id := self.current_id()):
            self.went_to.emit(person_id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
