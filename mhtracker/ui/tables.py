"""Tables of records: whole rows, ticked and opened by keyboard, their first columns fixed on sideways scroll."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from mhtracker.ui.focus import paint_ring
from mhtracker.ui.table_arrangement import Arrangement, ColumnState
from mhtracker.ui.table_cells import (
    CHECK,
    BadgeFacts,
    Column,
    StageFacts,
    TargetFacts,
    rows_as_text,
)
from mhtracker.ui.table_fixed import FixedColumns
from mhtracker.ui.table_header import TableHeader
from mhtracker.ui.table_model import AskCount, AskRows, TableModel
from mhtracker.ui.table_painting import CellDelegate
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.tiny_strip import StripAxis, StripFacts

__all__ = [
    "CHECK",
    "AskCount",
    "AskRows",
    "BadgeFacts",
    "Column",
    "ColumnState",
    "DataTable",
    "StageFacts",
    "StripAxis",
    "StripFacts",
    "TableModel",
    "TargetFacts",
    "rows_as_text",
]

ROW = 32


class DataTable(QTableView):
    """A table over a `TableModel`. The first `fixed` columns (with the ticks) stay when it scrolls sideways.

    `opened(row)` on Enter and double click; `sort_asked(name, descending)` from the head; `went_to(row)` as the
    keyboard or mouse goes from row to row; `arranged()` when columns were moved, sized, shown or hidden.
    """

    opened = Signal(object)
    went_to = Signal(object)
    sort_asked = Signal(str, bool)
    arranged = Signal()

    def __init__(
        self, theme: Theme, model: TableModel, name: str, *, fixed: int = 1, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme, self._model = theme, model
        self._pointed = -1
        self._anchor = -1
        self._empty: QWidget | None = None
        self.all_ids: Callable[[Callable[[Sequence[str]], None]], object] | None = None
        self.setAccessibleName(name)
        self.setModel(model)
        self._delegate = CellDelegate(theme, model, self._row_state)
        self.setItemDelegate(self._delegate)
        self._header = TableHeader(theme, model, self)
        self.setHorizontalHeader(self._header)
        self._arrangement = Arrangement(theme, model, self._header, fixed + (1 if model.checkable else 0))
        self._set_manners()
        self._fixed = FixedColumns(self, theme, self.fixed_columns, self.paint_row_ring)
        self._header.pressed_title.connect(self._on_title)
        self._header.went_to.connect(lambda column: self._show_column(column))
        self._header.left_down.connect(self.setFocus)
        self._arrangement.changed.connect(self._on_arranged)
        self.horizontalScrollBar().valueChanged.connect(lambda _: self._fit_fixed())
        self.verticalScrollBar().valueChanged.connect(lambda _: self._fixed.update())
        model.dataChanged.connect(lambda *_: self._repaint_all())
        model.counted.connect(self._on_counted)
        theme.changed.connect(self._measure)
        self._measure()

    def _set_manners(self) -> None:
        # Rows are ticked, not selected: Qt's own selection would paint and announce a second state.
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setAccessibleName("Rows")
        self.viewport().setAccessibleName("Rows")

    def _measure(self) -> None:
        # Qt gives the new height only to rows that have the old one, so the least height must not change them first.
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(self.theme.px(ROW))
        self.verticalHeader().setMinimumSectionSize(self.theme.px(20))
        self._arrangement.measure()
        self._arrangement.fit(self.viewport().width())
        self.updateGeometries()
        self._fit_fixed()
        self._repaint_all()

    # Rows

    def _row_state(self, row: int) -> tuple[bool, bool, bool]:
        return (
            self._model.is_ticked(self._model.row(row)),
            row == self._pointed,
            row == self.currentIndex().row() and not self.hasFocus() and not self._model.checkable,
        )

    def current_row(self) -> Any | None:
        place = self.currentIndex().row()
        return self._model.row(place) if place >= 0 else None

    def go_to(self, place: int) -> None:
        """Put the keyboard's place at a row and bring it into view."""
        if 0 <= place < self._model.rowCount():
            column = max(self.currentIndex().column(), 1 if self._model.checkable else 0)
            self.setCurrentIndex(self._model.index(place, column))

    def ticked_rows(self, then: Callable[[Sequence[Any]], None]) -> None:
        """Give the ticked rows in the table's order, or the current row when none is ticked."""
        ticked = self._model.ticked
        if not ticked:
            current = self.current_row()
            then([current] if current is not None else [])
        else:
            self._model.all_rows(lambda rows: then([row for row in rows if self._model.row_id(row) in ticked]))

    def copy_rows(self) -> None:
        """Put the ticked rows (or the current one) on the clipboard, their chosen columns in the order they stand."""
        columns = [self._model.columns[place] for place in self._arrangement.wanted()]
        self.ticked_rows(
            lambda rows: QGuiApplication.clipboard().setText(rows_as_text(columns, rows)) if rows else None
        )

    def tick_all(self) -> None:
        """Tick every row of the table, those not yet fetched included."""
        if self.all_ids is not None:
            self.all_ids(self._model.tick_ids)
        else:
            self._model.all_rows(lambda rows: self._model.tick_ids([self._model.row_id(row) for row in rows]))

    def set_empty(self, widget: QWidget) -> None:
        """What stands here when there is no row."""
        self._empty = widget
        widget.setParent(self.viewport())
        self._on_counted(self._model.rowCount())

    def _on_counted(self, total: int) -> None:
        if total and not self.currentIndex().isValid():
            self.setCurrentIndex(self._model.index(0, 1 if self._model.checkable else 0))
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())
            self._empty.setVisible(not total)
        self._repaint_all()

    # Columns

    def column_states(self) -> list[ColumnState]:
        """How the columns are arranged now, to be remembered."""
        return self._arrangement.states()

    def arrange(self, states: Sequence[ColumnState]) -> None:
        """Arrange columns as remembered."""
        self._arrangement.restore(states)
        self._arrangement.fit(self.viewport().width())
        self.updateGeometries()
        self._fit_fixed()
        self._repaint_all()

    def make_columns_menu(self, parent: QWidget) -> QMenu:
        """A menu that shows and hides columns; the fixed ones always stay."""
        return self._arrangement.make_menu(parent)

    def _on_title(self, place: int) -> None:
        if place < 0:
            return
        column = self._model.columns[place]
        if column.kind == "check":
            if self._model.tick_state() == Qt.CheckState.Checked:
                self._model.clear_ticks()
            else:
                self.tick_all()
        elif column.sort:
            key, down = self._model.sorted_by
            self.set_sort(column.sort, not down if key == column.sort else False)
            self.sort_asked.emit(*self._model.sorted_by)

    def set_sort(self, name: str, descending: bool = False) -> None:
        """Show by what the rows are sorted; the query does the sorting."""
        self._model.sorted_by = (name, descending)
        self._header.viewport().update()

    def _on_arranged(self) -> None:
        self._fit_fixed()
        self._repaint_all()
        self.arranged.emit()

    # Keys and pointing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, place = Qt.Key(event.key()), self.currentIndex().row()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif event.matches(QKeySequence.StandardKey.SelectAll) and self._model.checkable:
            self.tick_all()
        elif (
            key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self._open(place)
        elif key == Qt.Key.Key_Space and self._model.checkable:
            self._anchor = place
            self._model.tick([place])
        elif key == Qt.Key.Key_Escape and self._model.ticked:
            self._model.clear_ticks()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._step_to(0 if key == Qt.Key.Key_Home else self._model.rowCount() - 1, shift)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and shift and self._model.checkable:
            self._step_to(place + (1 if key == Qt.Key.Key_Down else -1), extend=True)
        elif key == Qt.Key.Key_Up and place <= 0:
            self._header.setFocus(Qt.FocusReason.BacktabFocusReason)
        else:
            super().keyPressEvent(event)

    def _step_to(self, place: int, extend: bool) -> None:
        before = self.currentIndex().row()
        place = min(max(place, 0), self._model.rowCount() - 1)
        self.go_to(place)
        if extend and self._model.checkable:
            self._model.tick(range(min(before, place), max(before, place) + 1), True)

    def _open(self, place: int) -> None:
        row = self._model.row(place) if place >= 0 else None
        if row is not None:
            self.opened.emit(row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        place, column = self.rowAt(point.y()), self._column_at(point.x())
        if event.button() != Qt.MouseButton.LeftButton or place < 0:
            super().mousePressEvent(event)
            return
        before = self.currentIndex().row()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.setCurrentIndex(self._model.index(place, max(column, 0)))
        if not self._model.checkable:
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and before >= 0:
            start = self._anchor if self._anchor >= 0 else before
            self._model.tick(range(min(start, place), max(start, place) + 1), True)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier or self._is_check(column):
            self._anchor = place
            self._model.tick([place])
        else:
            self._anchor = place

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if not self._is_check(self._column_at(point.x())):
            self._open(self.rowAt(point.y()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(-1)

    def _is_check(self, column: int) -> bool:
        return column >= 0 and self._model.columns[column].kind == "check"

    def _column_at(self, x: int) -> int:
        return self._header.column_at(x)

    def _point_at(self, row: int) -> None:
        if row != self._pointed:
            before, self._pointed = self._pointed, row
            for place in (before, row):
                self._repaint_row(place)

    # Painting

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        for index in (previous, current):
            self._repaint_row(index.row())
        if current.row() != previous.row() and (row := self._model.row(current.row())) is not None:
            self.went_to.emit(row)

    def _repaint_row(self, row: int) -> None:
        if row >= 0:
            self.viewport().update(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))
            self._fixed.update()

    def _repaint_all(self) -> None:
        self.viewport().update()
        self._header.viewport().update()
        self._fixed.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self.paint_row_ring(painter, self.viewport().width(), 0)
        painter.end()

    def paint_row_ring(self, painter: QPainter, width: int, top: int) -> None:
        """The ring round the whole of the current row, while the table has the keyboard."""
        row = self.currentIndex().row()
        if row >= 0 and self.hasFocus():
            y = self.rowViewportPosition(row) + top
            paint_ring(painter, QRectF(0, y, width, self.rowHeight(row)), self.theme)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._repaint_row(self.currentIndex().row())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._repaint_row(self.currentIndex().row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrangement.fit(self.viewport().width())
        self._fit_fixed()
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())

    # Fixed columns

    def fixed_columns(self) -> list[int]:
        """The places of the columns that stay, from left to right."""
        return self._arrangement.fixed()

    def _fit_fixed(self) -> None:
        scrolled = self.horizontalScrollBar().value() > 0
        width = sum(self.columnWidth(place) for place in self.fixed_columns()) if scrolled else 0
        self._header.fixed_width = width
        self._fixed.setVisible(scrolled)
        corner = self._header.geometry().topLeft()
        height = self._header.height() + self.viewport().height()
        self._fixed.setGeometry(QRect(corner.x(), corner.y(), width + 1, height))
        self._fixed.raise_()

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        sideways = self.horizontalScrollBar().value()
        super().scrollTo(index, hint)
        self.horizontalScrollBar().setValue(sideways)
        self._show_column(index.column())

    def _show_column(self, column: int) -> None:
        """Scroll sideways just enough for a column to stand clear of the fixed ones."""
        if column in self.fixed_columns() or column < 0:
            return
        bar = self.horizontalScrollBar()
        fixed = sum(self.columnWidth(place) for place in self.fixed_columns())
        left = self._header.sectionPosition(column)
        right = left + self.columnWidth(column)
        if left - bar.value() < fixed:
            bar.setValue(left - fixed)
        elif right - bar.value() > self.viewport().width():
            bar.setValue(min(right - self.viewport().width(), left - fixed))
