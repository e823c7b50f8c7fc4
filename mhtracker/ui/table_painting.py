"""How a table's cells are painted: the one delegate, and the parts that headers and lists paint with too."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from mhtracker.ui.icons import paint_icon
from mhtracker.ui.table_cells import PAD, BadgeFacts, Column, StageFacts, TargetFacts
from mhtracker.ui.table_model import TableModel
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.badge import paint_badge
from mhtracker.ui.widgets.stage_pill import paint_pill
from mhtracker.ui.widgets.tiny_strip import HEIGHT as STRIP_HEIGHT
from mhtracker.ui.widgets.tiny_strip import StripFacts, paint_tiny_strip

_TARGET_BADGE_AT = 84


def paint_check(painter: QPainter, rect: QRectF, theme: Theme, state: Qt.CheckState) -> None:
    """A check box in the middle of `rect`."""
    side = theme.px(16)
    box = QRectF(round(rect.center().x() - side / 2), round(rect.center().y() - side / 2), side, side)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    on = state != Qt.CheckState.Unchecked
    painter.setPen(QPen(theme.color("accent" if on else "border"), 1.3))
    painter.setBrush(theme.color("accent" if on else "surface"))
    painter.drawRoundedRect(box.adjusted(0.7, 0.7, -0.7, -0.7), theme.px(3), theme.px(3))
    painter.setPen(QPen(theme.color("on-accent"), theme.px(2)))
    x, y, unit = box.left(), box.top(), side / 16
    if state == Qt.CheckState.Checked:
        points = ((3.6, 8.3), (6.7, 11.3), (12.4, 5))
        painter.drawPolyline([QPointF(x + a * unit, y + b * unit) for a, b in points])
    elif state == Qt.CheckState.PartiallyChecked:
        painter.drawLine(QPointF(x + 4 * unit, y + 8 * unit), QPointF(x + 12 * unit, y + 8 * unit))
    painter.restore()


def paint_cell(
    painter: QPainter, rect: QRectF, theme: Theme, model: TableModel, column: Column, row: object | None, checked: bool
) -> None:
    """Paint one cell's contents, not its ground. `row` None is a row that is still on its way."""
    if column.kind == "check":
        paint_check(painter, rect, theme, Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
        return
    inner = rect.adjusted(theme.px(PAD), 0, -theme.px(PAD), 0)
    if row is None:
        painter.fillRect(QRectF(inner.left(), inner.center().y() - 2, inner.width() * 0.5, 4), theme.color("line"))
        return
    if column.paint is not None:
        column.paint(painter, inner, theme, row)
        return
    value = column.value(row) if column.value is not None else None
    match value:
        case BadgeFacts():
            paint_badge(painter, inner, theme, value.shape, value.words, family=value.family, quiet=value.quiet)
        case StageFacts():
            painter.setPen(theme.color("text"))
            paint_pill(painter, inner, theme, value.letter, value.colour, value.words)
        case TargetFacts():
            _paint_target(painter, inner, theme, value)
        case StripFacts():
            if model.axis is not None:
                high = theme.px(STRIP_HEIGHT)
                strip = QRectF(rect.left(), round(rect.center().y() - high / 2) + 2, rect.width() - theme.px(PAD), high)
                paint_tiny_strip(painter, strip, theme, model.axis, value)
        case bool() if column.kind == "tick":
            _paint_tick(painter, inner, theme, value)
        case _:
            _paint_text(painter, inner, theme, column, column.text(row))


def _paint_text(painter: QPainter, rect: QRectF, theme: Theme, column: Column, words: str) -> None:
    painter.setFont(theme.font({"strong": "strong", "caption": "caption"}.get(column.kind, "body")))
    painter.setPen(theme.color({"quiet": "text2", "caption": "text3"}.get(column.kind, "text")))
    # A line break in a note must not push the words out of the row.
    words = " ".join(words.split()) if "\n" in words else words
    fitted = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, rect.width() + 1)
    side = Qt.AlignmentFlag.AlignRight if column.is_right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(rect, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), fitted)


def _paint_target(painter: QPainter, rect: QRectF, theme: Theme, facts: TargetFacts) -> None:
    left = rect.left()
    if facts.date:
        painter.setFont(theme.font())
        painter.setPen(theme.color("text"))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), facts.date)
        left += theme.px(_TARGET_BADGE_AT)
    badge = facts.badge
    if badge is not None and left < rect.right():
        place = QRectF(left, rect.top(), rect.right() - left, rect.height())
        paint_badge(painter, place, theme, badge.shape, badge.words, family=badge.family, quiet=badge.quiet)


def _paint_tick(painter: QPainter, rect: QRectF, theme: Theme, on: bool) -> None:
    side = theme.px(16)
    if on:
        box = QRectF(rect.left(), rect.center().y() - side / 2, side, side)
        paint_icon(painter, box, "mdi6.check", theme.color("text"))
    else:
        painter.setPen(theme.color("text3"))
        painter.setFont(theme.font())
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), "–")


class CellDelegate(QStyledItemDelegate):
    """Paints a cell's ground, line and contents. `row_state` tells (checked, pointed at, current) of a row."""

    def __init__(self, theme: Theme, model: TableModel, row_state: Callable[[int], tuple[bool, bool, bool]]) -> None:
        super().__init__(model)
        self._theme, self._model, self._row_state = theme, model, row_state

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect = QRectF(option.rect)
        self.paint_at(painter, rect, index.row(), index.column())

    def paint_at(self, painter: QPainter, rect: QRectF, row: int, column: int) -> None:
        theme = self._theme
        checked, pointed, current = self._row_state(row)
        ground = "selected" if checked else "hover" if pointed or current else "surface"
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, theme.color(ground))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.color("line"))
        place = rect.adjusted(0, 0, 0, -1)
        paint_cell(painter, place, theme, self._model, self._model.columns[column], self._model.row(row), checked)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self._theme.px(self._model.columns[index.column()].width), self._theme.px(32))
