"""The rows of the sheet as importing would leave them: what is new, changed, the same or put aside, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip

from mhtracker.operations.importing.headings import OUR_FIELDS
from mhtracker.operations.importing.rehearsal import Outcome, RowResult
from mhtracker.ui.icons import paint_icon
from mhtracker.ui.importing.cells import CellFacts, CellReader
from mhtracker.ui.table_cells import PAD
from mhtracker.ui.tables import Column, DataTable, TableModel
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.shapes import SIDE, paint_shape
from mhtracker.ui.widgets.stage_pill import paint_pill

if TYPE_CHECKING:
    from mhtracker.domain.records import Stage

ROW = 34
NUMBER, RESULT = 36, 82
NARROW, WIDE = 88, 240
COMBO = 62
"""What a combo in the head takes beside its words."""
NOT_READ = "Not read"
_BADGES = {
    Outcome.NEW: ("New", "ok", "mdi6.plus"),
    Outcome.CHANGE: ("Change", "info", "mdi6.pencil-outline"),
    Outcome.ASIDE: ("Aside", "danger", ""),
}
_SPOKEN = {Outcome.NEW: "New", Outcome.CHANGE: "Change", Outcome.SAME: "Same", Outcome.ASIDE: "Put aside"}

StageOf = Callable[[str], "Stage | None"]


def columns_of(view: View) -> list[Column]:
    """The table's columns: the row's number, the result, then theirs."""
    return [
        Column("row", "Row", NUMBER, lambda row: str(row.number), paint=view.paint_number, kind="caption"),
        Column(
            "result",
            "Result",
            RESULT,
            lambda row: _SPOKEN[row.outcome],
            paint=view.paint_result,
            tooltip=view.reader_told,
            accessible=lambda row: " ".join(filter(None, (_SPOKEN[row.outcome], view.reader_told(row)))),
        ),
        *(view.column(heading) for heading in view.reader.ordered()),
    ]  # fmt: skip


class View:
    """What the columns look at: the latest rehearsal, and the row that is in hand."""

    def __init__(self, theme: Theme, reader: CellReader, stage_of: StageOf) -> None:
        self.theme, self.reader, self.stage_of = theme, reader, stage_of
        self.marked: int | None = None

    def column(self, heading: str) -> Column:
        return Column(
            heading,
            heading,
            self.width_of(heading),
            lambda row: self.reader.cell(row, heading).words,
            paint=lambda painter, rect, theme, row: self.paint_cell(painter, rect, row, heading),
            accessible=lambda row: self.reader.cell(row, heading).spoken,
            tooltip=lambda row: self.reader.cell(row, heading).tooltip,
        )

    def width_of(self, heading: str, rows: Sequence[RowResult] = ()) -> int:
        """Room, at 100%, for what stands in a column of `rows`."""
        metrics = QFontMetricsF(self.theme.font())
        wide = 0.0
        for row in rows:
            facts = self.reader.cell(row, heading)
            extra = 24 if facts.kind in ("stage", "aside") else 0
            wide = max(wide, metrics.horizontalAdvance(facts.words) / self.theme.scale + extra)
        name = self.reader.field_of.get(heading)
        label = OUR_FIELDS[name].label if name else NOT_READ
        combo = metrics.horizontalAdvance(label) / self.theme.scale + COMBO
        return round(max(min(wide + 2 * PAD + 4, WIDE), combo, NARROW))

    def reader_told(self, row: RowResult) -> str:
        """What a row does, in words: why it is put aside, or each thing it changes."""
        return self.reader.told(row)

    # Painting. The rect that comes is the cell's less its sides' margins.

    def _whole(self, rect: QRectF) -> QRectF:
        pad = self.theme.px(PAD)
        return rect.adjusted(-pad, 0, pad, 0)

    def _paint_line(self, painter: QPainter, rect: QRectF) -> None:
        whole = self._whole(rect)
        painter.fillRect(QRectF(whole.right() - 1, whole.top(), 1, whole.height()), self.theme.color("line"))

    def paint_number(self, painter: QPainter, rect: QRectF, theme: Theme, row: RowResult) -> None:
        whole = self._whole(rect)
        if row.number == self.marked:
            painter.fillRect(QRectF(whole.left(), whole.top(), theme.px(3), whole.height()), theme.color("accent"))
        self._paint_line(painter, rect)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text3"))
        painter.drawText(
            whole.adjusted(0, 0, -theme.px(7), 0), int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
            str(row.number),
        )  # fmt: skip

    def paint_result(self, painter: QPainter, rect: QRectF, theme: Theme, row: RowResult) -> None:
        self._paint_line(painter, rect)
        middle = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if row.outcome is Outcome.SAME:
            painter.setFont(theme.font())
            painter.setPen(theme.color("text2"))
            painter.drawText(rect, middle, "= Same")
            return
        words, family, icon = _BADGES[row.outcome]
        colours = theme.status(family)
        painter.setFont(theme.font("caption-strong"))
        side, pad, gap = theme.px(SIDE), theme.px(6), theme.px(5)
        wide = QFontMetricsF(painter.font()).horizontalAdvance(words) + side + gap + 2 * pad + 2
        high = theme.px(20)
        body = QRectF(rect.left(), round(rect.center().y() - high / 2), min(wide, rect.width() + pad), high)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.shape, 1) if theme.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(colours.tint)
        painter.drawRoundedRect(body, theme.px(3), theme.px(3))
        box = QRectF(body.left() + pad, body.center().y() - side / 2, side, side)
        if icon:
            paint_icon(painter, box, icon, colours.text)
        else:
            paint_shape(painter, box, "overdue", theme, colours.shape)
        painter.setPen(colours.text)
        painter.drawText(body.adjusted(pad + side + gap, 0, 0, 0), middle, words)

    def paint_cell(self, painter: QPainter, rect: QRectF, row: RowResult, heading: str) -> None:
        theme, facts = self.theme, self.reader.cell(row, heading)
        whole = self._whole(rect)
        if facts.kind == "aside":
            self._paint_aside(painter, rect, facts)
            return
        if facts.changed:
            painter.fillRect(whole, theme.color("info.tint"))
            if theme.is_contrast:
                painter.setPen(QPen(theme.color("info.shape"), 1))
                painter.drawRect(whole.adjusted(0.5, 0.5, -1.5, -0.5))
        self._paint_line(painter, rect)
        top = QRectF(rect)
        if facts.changed and facts.was:
            top.setHeight(rect.height() * 0.56)
            below = QRectF(rect.left(), top.bottom() - theme.px(1), rect.width(), rect.height() - top.height())
            _text(painter, below, theme, f"was {facts.was}", "caption", "text2")
        if facts.stage_id and (stage := self.stage_of(facts.stage_id)) is not None:
            painter.setPen(theme.color("text"))
            paint_pill(painter, top, theme, stage.letter, stage.colour, facts.words,
                       role="strong" if facts.changed else "body")  # fmt: skip
            return
        token = "text3" if facts.kind in ("blank", "unread") else "text"
        right = _text(painter, top, theme, facts.words, "strong" if facts.changed else "body", token)
        if facts.kind == "date":
            pen = QPen(theme.color("text3"), 1, Qt.PenStyle.DotLine)
            base = round(top.center().y() + QFontMetricsF(theme.font()).height() / 2 + 1)
            painter.setPen(pen)
            painter.drawLine(int(top.left()), base, int(right), base)

    def _paint_aside(self, painter: QPainter, rect: QRectF, facts: CellFacts) -> None:
        theme, whole = self.theme, self._whole(rect)
        colours = theme.status("danger")
        painter.setPen(QPen(colours.shape, 1))
        painter.setBrush(colours.tint)
        painter.drawRect(whole.adjusted(0.5, 0.5, -1.5, -1))
        side = theme.px(SIDE)
        paint_shape(
            painter, QRectF(rect.left(), rect.center().y() - side / 2, side, side), "overdue", theme, colours.shape
        )
        rest = rect.adjusted(side + theme.px(6), 0, 0, 0)
        _text(painter, rest, theme, facts.words or "blank", "strong", "danger.text")


def _text(painter: QPainter, rect: QRectF, theme: Theme, words: str, role: str, token: str) -> float:
    """Paint one line of words, elided where they do not fit; gives where they end."""
    painter.setFont(theme.font(role))
    painter.setPen(theme.color(token))
    metrics = QFontMetricsF(painter.font())
    fitted = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width() + 1)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(rect.adjusted(0, 0, 2, 0), int(flags), fitted)
    return rect.left() + min(metrics.horizontalAdvance(fitted), rect.width())


class RehearsalTable(DataTable):
    """The table itself. It has no head of its own: `MappingHead` stands above it and follows its columns."""

    scrolled = Signal()

    def __init__(self, theme: Theme, view: View, rows: Sequence[RowResult]) -> None:
        self.view = view
        model = TableModel.of_rows(columns_of(view), rows, lambda row: str(row.number))
        super().__init__(theme, model, "Rows of the sheet", fixed=3)
        head = self.horizontalHeader()
        head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head.setFixedHeight(0)
        head.setStretchLastSection(True)
        self.fit_columns(rows)
        self.horizontalScrollBar().valueChanged.connect(lambda _: self.scrolled.emit())
        head.sectionResized.connect(lambda *_: self.scrolled.emit())

    def _measure(self) -> None:
        super()._measure()
        self.verticalHeader().setDefaultSectionSize(self.theme.px(ROW))

    def fit_columns(self, rows: Sequence[RowResult]) -> None:
        """Give each column the room its first rows take."""
        seen = [*rows[:80], *[row for row in rows[80:2000] if row.outcome is Outcome.ASIDE][:40]]
        states = self.column_states()
        for state in states:
            if state.key not in ("row", "result"):
                state_width = self.view.width_of(state.key, seen)
                states[states.index(state)] = type(state)(state.key, state_width, state.shown)
        self.arrange(states)

    def show_rows(self, rows: Sequence[RowResult]) -> None:
        """Show these rows, looking at the view's present rehearsal."""
        model = self.model()
        if isinstance(model, TableModel):
            model.ask_with(lambda then: then(len(rows)), lambda offset, most, then: then(rows[offset : offset + most]))

    def show_column(self, column: int) -> None:
        """Bring a column into view sideways."""
        self._show_column(column)

    def mark(self, number: int | None) -> None:
        """Mark the row in hand with the accent's bar."""
        self.view.marked = number
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tooltips of the fixed columns too, which lie over others when scrolled sideways."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row, words = self.current_at(event.pos()), ""
            column = self._column_at(event.pos().x())
            if row is not None and column >= 0:
                words = str(
                    self.model().index(self.rowAt(event.pos().y()), column).data(Qt.ItemDataRole.ToolTipRole) or ""
                )
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().viewportEvent(event)

    def current_at(self, point: QPoint) -> Any | None:
        """The row under a place of the viewport."""
        place = self.rowAt(point.y())
        model = self.model()
        return model.row(place) if place >= 0 and isinstance(model, TableModel) else None
