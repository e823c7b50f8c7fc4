"""A table whose rows stand under headings of their own, and that shows which row its panel is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from mhtracker.ui.table_cells import PAD
from mhtracker.ui.table_model import TableModel
from mhtracker.ui.tables import DataTable
from mhtracker.ui.theme import Theme

ROW, HEAD = 36, 30


@dataclass(frozen=True, slots=True)
class Heading:
    """A row that heads those under it: its words, quieter ones after them, and what it stands for."""

    key: str
    words: str
    more: str = ""
    data: Any = None


class GroupedTable(DataTable):
    """Rows that are `Heading`s run across all columns. A press on a row shows it (`shown`), as Enter opens it."""

    shown = Signal(object)

    def __init__(
        self, theme: Theme, model: TableModel, name: str, *, fixed: int = 1, parent: QWidget | None = None
    ) -> None:
        self.marked = ""
        super().__init__(theme, model, name, fixed=fixed, parent=parent)
        model.counted.connect(lambda _: self.fit_headings())

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
        """Let headings run across, and be a little lower than rows."""
        self.clearSpans()
        columns = len(self._model.columns)
        for place in range(self._model.rowCount()):
            heading = isinstance(self._model.row(place), Heading)
            self.setRowHeight(place, self.theme.px(HEAD if heading else ROW))
            if heading and columns > 1:
                self.setSpan(place, 0, 1, columns)

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
    inner = rect.adjusted(theme.px(4), 0, 0, 0)
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
