"""The first rows of a file as they stand, with the row of headings marked; another can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mhtracker.ui.table_cells import PAD
from mhtracker.ui.tables import Column, DataTable, TableModel
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.labels import Label

SHOWN = 14
MOST_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: tuple[str, ...]


class FirstRows(QWidget):
    """`header_chosen` with a row's number, on Enter or a double click."""

    header_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._header: int | None = None
        self._table: DataTable | None = None
        self.setAccessibleName("First rows")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.px(4), 0, 0)
        self._column.setSpacing(theme.px(4))
        self._column.addWidget(
            Label(
                "Headings stand in the marked row. Enter, or a double click, marks another.",
                "caption",
                "text3",
                wrap=True,
            )
        )

    @property
    def table(self) -> DataTable | None:
        return self._table

    def show_rows(self, rows: Sequence[tuple[str, ...]], header: int | None) -> None:
        """Show rows; `header` is the number of the row of headings, None while it has to be chosen."""
        self._header = header
        begin = max((header or 1) - 4, 0)
        listed = [_Row(number, cells) for number, cells in enumerate(rows, 1)][begin : begin + SHOWN]
        wide = min(max((len(row.cells) for row in listed), default=0), MOST_COLUMNS)
        model = TableModel.of_rows(
            [self._number(), *(self._cell(place, listed) for place in range(wide))], listed, lambda row: str(row.number)
        )
        had_focus = self._table is not None and self._table.hasFocus()
        if self._table is not None:
            self._column.removeWidget(self._table)
            self._table.hide()
            self._table.deleteLater()
        self._table = table = DataTable(self._theme, model, "First rows of the file", fixed=1, parent=self)
        model.setParent(table)
        table.horizontalHeader().setFixedHeight(0)
        table.horizontalHeader().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.opened.connect(lambda row: self.header_chosen.emit(row.number))
        table.setFixedHeight(self._theme.px(32) * len(listed) + self._theme.px(16))
        self._column.addWidget(table)
        table.show()
        if header is not None:
            table.go_to(header - 1 - begin)
        if had_focus:
            table.setFocus()

    def _number(self) -> Column:
        def spoken(row: _Row) -> str:
            return f"{row.number}, headings" if row.number == self._header else str(row.number)

        return Column("row", "Row", 56, lambda row: str(row.number), paint=self._paint_number, accessible=spoken)

    def _paint_number(self, painter: QPainter, rect: QRectF, theme: Theme, row: _Row) -> None:
        pad = theme.px(PAD)
        whole = rect.adjusted(-pad, 0, pad, 0)
        if row.number == self._header:
            painter.fillRect(whole, theme.color("selected"))
            painter.fillRect(QRectF(whole.left(), whole.top(), theme.px(3), whole.height()), theme.color("accent"))
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text3"))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), str(row.number))

    def _cell(self, place: int, rows: Sequence[_Row]) -> Column:
        metrics = QFontMetricsF(self._theme.font("strong"))
        texts = [row.cells[place] for row in rows if place < len(row.cells) and row.number >= (self._header or 0)]
        wide = max((metrics.horizontalAdvance(text) / self._theme.scale for text in texts), default=0)
        return Column(
            f"c{place}",
            f"Column {place + 1}",
            round(min(max(wide + 2 * PAD + 4, 60), 220)),
            lambda row: row.cells[place] if place < len(row.cells) else "",
            paint=lambda painter, rect, theme, row: self._paint_cell(painter, rect, theme, row, place),
        )

    def _paint_cell(self, painter: QPainter, rect: QRectF, theme: Theme, row: _Row, place: int) -> None:
        pad = theme.px(PAD)
        heads = row.number == self._header
        if heads:
            painter.fillRect(rect.adjusted(-pad, 0, pad, 0), theme.color("selected"))
        words = " ".join(row.cells[place].split()) if place < len(row.cells) else ""
        painter.setFont(theme.font("strong" if heads else "body"))
        above = self._header is not None and row.number < self._header
        painter.setPen(theme.color("text3" if above else "text"))
        fitted = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, rect.width() + 1)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), fitted)
