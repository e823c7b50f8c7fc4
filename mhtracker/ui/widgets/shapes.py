"""The shapes of status: 12 px, painted, so that they look the same in every typeface."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mhtracker.domain.records import DueState
from mhtracker.ui.theme import Theme

SIDE = 12

FAMILY_OF: dict[str, str] = {
    "overdue": "danger",
    "today": "warn",
    "soon": "warn",
    "booked": "info",
    "in_date": "ok",
    "none": "none",
    "stuck": "danger",
    "slipped": "warn",
    "mismatch": "none",
    "info": "info",
}
"""Each shape, and the family of colours it belongs to."""

SHAPE_OF_DUE: dict[DueState, str] = {
    DueState.OVERDUE: "overdue",
    DueState.DUE_TODAY: "today",
    DueState.DUE_SOON: "soon",
    DueState.IN_DATE: "in_date",
    DueState.NONE: "none",
}


def paint_shape(painter: QPainter, rect: QRectF, shape: str, theme: Theme, colour: QColor | None = None) -> None:
    """Paint a shape of `FAMILY_OF` into the middle of `rect`, in its family's colour unless another is given."""
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center().x() - side / 2, rect.center().y() - side / 2)
    painter.scale(side / SIDE, side / SIDE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _PAINTERS[shape](painter, colour or theme.status(FAMILY_OF[shape]).shape)
    painter.restore()


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin)


def _line(painter: QPainter, colour: QColor, width: float, *points: tuple[float, float]) -> None:
    painter.setPen(_pen(colour, width))
    painter.drawPolyline([QPointF(x, y) for x, y in points])


def _overdue(painter: QPainter, colour: QColor) -> None:
    path = QPainterPath(QPointF(6, 0.9))
    path.lineTo(11.7, 11.2)
    path.lineTo(0.3, 11.2)
    path.closeSubpath()
    # The mark is cut out, so it shows the ground, whatever that is.
    path.addRect(QRectF(5.3, 4.5, 1.4, 3.3))
    path.addRect(QRectF(5.3, 8.7, 1.4, 1.4))
    painter.fillPath(path, colour)


def _today(painter: QPainter, colour: QColor) -> None:
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(6, 6), 5.2, 5.2)


def _soon(painter: QPainter, colour: QColor) -> None:
    painter.setBrush(colour)
    painter.drawPie(QRectF(1, 1, 10, 10), 90 * 16, 180 * 16)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1.4))
    painter.drawEllipse(QPointF(6, 6), 4.5, 4.5)


def _booked(painter: QPainter, colour: QColor) -> None:
    painter.fillRect(QRectF(0.9, 1.2, 10.2, 3.4), colour)
    painter.setPen(_pen(colour, 1.4))
    painter.drawRect(QRectF(1.6, 1.9, 8.8, 8.6))


def _in_date(painter: QPainter, colour: QColor) -> None:
    _line(painter, colour, 2, (1.4, 6.4), (4.5, 9.4), (10.8, 2.6))


def _none(painter: QPainter, colour: QColor) -> None:
    pen = QPen(colour, 1.4, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
    eighth = 2 * math.pi * 4.8 / 8 / 1.4
    pen.setDashPattern([eighth * 0.6, eighth * 0.4])
    painter.setPen(pen)
    painter.drawEllipse(QPointF(6, 6), 4.8, 4.8)


def _stuck(painter: QPainter, colour: QColor) -> None:
    painter.fillRect(QRectF(1.8, 1.2, 3.2, 9.6), colour)
    painter.fillRect(QRectF(7, 1.2, 3.2, 9.6), colour)


def _slipped(painter: QPainter, colour: QColor) -> None:
    _line(painter, colour, 1.8, (0.8, 6), (9.6, 6))
    _line(painter, colour, 1.8, (6.2, 1.8), (10.3, 6), (6.2, 10.2))


def _mismatch(painter: QPainter, colour: QColor) -> None:
    _line(painter, colour, 1.9, (1.8, 1.8), (10.2, 10.2))
    _line(painter, colour, 1.9, (10.2, 1.8), (1.8, 10.2))


def _info(painter: QPainter, colour: QColor) -> None:
    path = QPainterPath()
    path.addEllipse(QPointF(6, 6), 5.4, 5.4)
    path.addRect(QRectF(5.25, 2.7, 1.5, 1.5))
    path.addRect(QRectF(5.25, 5.1, 1.5, 4.2))
    painter.fillPath(path, colour)


_PAINTERS: dict[str, Callable[[QPainter, QColor], None]] = {
    "overdue": _overdue,
    "today": _today,
    "soon": _soon,
    "booked": _booked,
    "in_date": _in_date,
    "none": _none,
    "stuck": _stuck,
    "slipped": _slipped,
    "mismatch": _mismatch,
    "info": _info,
}


class ShapeMark(QWidget):
    """A shape by itself, beside words that a label carries. `words` says it to those who cannot see it."""

    def __init__(self, theme: Theme, shape: str, words: str, size: int = SIDE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._shape, self._size = theme, shape, size
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._fit)
        self._fit()

    def set_shape(self, shape: str, words: str) -> None:
        self._shape = shape
        self.setAccessibleName(words)
        self.update()

    def _fit(self) -> None:
        self.setFixedSize(self._theme.icon_size(self._size))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_shape(painter, QRectF(self.rect()), self._shape, self._theme)
        painter.end()
