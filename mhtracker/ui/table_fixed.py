"""A table's first columns, painted over its left edge while the rest is scrolled sideways."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QTableView, QWidget

from mhtracker.ui.table_header import TableHeader
from mhtracker.ui.table_painting import CellDelegate
from mhtracker.ui.theme import Theme


class FixedColumns(QWidget):
    """Only painted: presses go through to the table, which knows what lies here.

    `fixed` gives their places from left to right; `paint_ring` draws the ring of the row in hand so wide, from so low.
    """

    def __init__(
        self,
        table: QTableView,
        theme: Theme,
        fixed: Callable[[], Sequence[int]],
        paint_ring: Callable[[QPainter, int, int], None],
    ) -> None:
        super().__init__(table)
        self._table, self._theme, self._fixed, self._paint_ring = table, theme, fixed, paint_ring
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("Fixed columns")
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        top = self._table.horizontalHeader().height()
        painter.setClipRect(0, top, self.width(), self.height() - top)
        self._paint_rows(painter, top)
        self._paint_ring(painter, self._table.viewport().width(), top)
        painter.setClipping(False)
        self._paint_head(painter, top)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), self._theme.color("line2"))
        painter.end()

    def _paint_rows(self, painter: QPainter, top: int) -> None:
        table, delegate = self._table, self._table.itemDelegate()
        if not isinstance(delegate, CellDelegate):
            return
        row = max(table.rowAt(0), 0)
        while row < table.model().rowCount() and table.rowViewportPosition(row) < table.viewport().height():
            left = 0
            for column in self._fixed():
                y = table.rowViewportPosition(row) + top
                box = QRectF(left, y, table.columnWidth(column), table.rowHeight(row))
                delegate.paint_at(painter, box, row, column)
                left += table.columnWidth(column)
            row += 1

    def _paint_head(self, painter: QPainter, height: int) -> None:
        head = self._table.horizontalHeader()
        left = 0
        for column in self._fixed():
            if isinstance(head, TableHeader):
                head.paintSection(painter, QRect(left, 0, self._table.columnWidth(column), height), column)
            left += self._table.columnWidth(column)
