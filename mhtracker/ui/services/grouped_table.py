"""A table whose rows stand under headings of their own, and that shows which row its panel is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from mhtracker.ui.table_cells import PAD
from mhtracker.ui.table_model import TableModel
from mhtracker.ui.tables import DataTable
from mhtracker.ui.theme import Theme

ROW, HEAD = 36, 30
ROUND_TALL = 13

Tall = Callable[[Theme, Any, float], int]
"""How high, in pixels, what a column draws of a row is at the width that the column has."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A row that heads those under it: its words, quieter ones after them, and what it stands for."""

    key: str
    words: str
    more: str = ""
    data: Any = None


class GroupedTable(DataTable):
    """Rows that are `Heading`s run across all columns. A press on a row shows it (`shown`), as Enter opens it.

    `tall` names a column that may need more than a row's usual height, and says how much.
    """

    shown = Signal(object)

    def __init__(
        self,
        theme: Theme,
        model: TableModel,
        name: str,
        *,
        fixed: int = 1,
        tall: tuple[str, Tall] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self.marked = ""
        self._tall, self._tall_width = tall, -1
        super().__init__(theme, model, name, fixed=fixed, parent=parent)
        model.counted.connect(lambda _: self.fit_headings())
        self.arranged.connect(self._fit_tall)

    def mark(self, row_id: str) -> None:
        """Show one row as the one that the panel is about; "" for none."""
        if row_id != self.marked:
            self.marked = row_id
            self._repaint_all()

    def _row_state(self, row: int) -> tuple[bool, bool, bool]:
        ticked, pointed, current = super()._row_state(row)
        data = self._model.row(row)
        marked = bool(self.marked) and data is not None and self._model.row_id(data) == self.marked
        return ticked or marked, pointed, current

    def _measure(self) -> None:
        super()._measure()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(self.theme.px(ROW))
        self.fit_headings()

    def fit_headings(self) -> None:
        """Let headings run across and be a little lower than rows; and rows be as high as what is drawn in them."""
        self.clearSpans()
        columns, px = len(self._model.columns), self.theme.px
        self._tall_width = self._width_of_tall()
        for place in range(self._model.rowCount()):
            row = self._model.row(place)
            if isinstance(row, Heading):
                self.setRowHeight(place, px(HEAD))
                if columns > 1:
                    self.setSpan(place, 0, 1, columns)
            elif self._tall is not None and self._tall_width > 0 and row is not None:
                high = self._tall[1](self.theme, row, self._tall_width - 2 * px(PAD))
                self.setRowHeight(place, max(px(ROW), high + px(ROUND_TALL)))
            else:
                self.setRowHeight(place, px(ROW))

    def _width_of_tall(self) -> int:
        """The width of the column that may need height; 0 where it is left out."""
        if self._tall is None:
            return 0
        keys = [column.key for column in self._model.columns]
        return self.columnWidth(keys.index(self._tall[0]))

    def _fit_tall(self) -> None:
        if self._width_of_tall() != self._tall_width:
            self.fit_headings()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_tall()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = self.rowAt(event.position().toPoint().y())
        row = self._model.row(place) if place >= 0 else None
        if event.button() == Qt.MouseButton.LeftButton and row is not None:
            self.shown.emit(row)


def paint_heading(painter: QPainter, rect: QRectF, theme: Theme, heading: Heading) -> None:
    """A heading's words over their own ground."""
    ground = rect.adjusted(-theme.px(PAD), 0, theme.px(PAD), 0)
    painter.fillRect(ground, theme.color("sunken"))
    painter.setFont(theme.font("strong"))
    painter.setPen(theme.color("text"))
    middle = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
    inner = rect
    words = QFontMetricsF(painter.font()).elidedText(heading.words, Qt.TextElideMode.ElideRight, inner.width())
    painter.drawText(inner, middle, words)
    left = inner.left() + QFontMetricsF(painter.font()).horizontalAdvance(words) + theme.px(8)
    if heading.more and left < inner.right():
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text2"))
        rest = QRectF(left, inner.top(), inner.right() - left, inner.height())
        painter.drawText(
            rest,
            middle,
            QFontMetricsF(painter.font()).elidedText(heading.more, Qt.TextElideMode.ElideRight, rest.width()),
        )
