"""The tiny strip of a table row: 168×20 px, a person's stages as steps on a time axis that all rows share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from mhtracker.ui import tokens
from mhtracker.ui.theme import Theme

WIDTH, HEIGHT = 168, 20


@dataclass(frozen=True, slots=True)
class StripAxis:
    """The days the strips run from and to, and the day marked as today (the as-at date)."""

    start: date
    end: date
    today: date

    def at(self, day: date, left: float, width: float) -> float:
        return left + width * (day - self.start).days / max((self.end - self.start).days, 1)

    def years(self) -> tuple[date, ...]:
        """Every other first of January on the axis, even years."""
        return tuple(
            date(year, 1, 1)
            for year in range(self.start.year, self.end.year + 1)
            if year % 2 == 0 and self.start <= date(year, 1, 1) <= self.end
        )


@dataclass(frozen=True, slots=True)
class StripFacts:
    """Spans as (stage colour, first day, last day or None for "still there"), and the current target."""

    spans: Sequence[tuple[str, date, date | None]]
    target: date | None = None
    words: str = ""


def paint_tiny_strip(painter: QPainter, rect: QRectF, theme: Theme, axis: StripAxis, facts: StripFacts) -> None:
    """Paint into `rect`: bars with their edges, "‹" where the first began before the axis, red today, target's flag."""
    left, width = rect.left(), rect.width()
    foot = round(rect.bottom()) - 1.5
    full = rect.height() - 3
    painter.save()
    painter.setClipRect(rect.adjusted(-1, -2, 1, 1))
    painter.setPen(QPen(theme.color("line2"), 1))
    painter.drawLine(QLineF(left, foot + 0.5, rect.right(), foot + 0.5))
    earlier = ""
    for colour, first, last in facts.spans:
        until = min(last or axis.today, axis.end)
        if until < axis.start or first > axis.end:
            continue
        earlier = earlier or (colour if first < axis.start else "")
        from_x = round(axis.at(max(first, axis.start), left, width))
        to_x = max(round(axis.at(until, left, width)), from_x + 2)
        height = round(full * tokens.stage_height(colour))
        fill, _, edge = theme.stage(colour)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(fill)
        painter.drawRect(QRectF(from_x + 0.5, foot - height + 0.5, to_x - from_x - 1, height))
    if earlier:
        _paint_earlier(painter, left, foot, theme, earlier)
    today_x = round(axis.at(axis.today, left, width)) + 0.5
    painter.setPen(QPen(theme.color("today"), theme.px(1.4)))
    painter.drawLine(QLineF(today_x, rect.top() - 1, today_x, foot))
    if facts.target is not None and axis.start <= facts.target <= axis.end:
        _paint_flag(painter, round(axis.at(facts.target, left, width)) + 0.5, rect.top(), foot, theme)
    painter.restore()


def _paint_earlier(painter: QPainter, left: float, foot: float, theme: Theme, colour: str) -> None:
    letter = theme.stage(colour).letter
    middle, reach = foot - theme.px(4), theme.px(2.5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(letter, 1.2))
    painter.drawPolyline(
        [
            QPointF(left + 2 + reach, middle - reach),
            QPointF(left + 2, middle),
            QPointF(left + 2 + reach, middle + reach),
        ]
    )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _paint_flag(painter: QPainter, x: float, top: float, foot: float, theme: Theme) -> None:
    colour = theme.color("text")
    painter.setPen(QPen(colour, 1))
    painter.drawLine(QLineF(x, top, x, foot))
    wide, tall = theme.px(7), theme.px(6)
    flag = QPainterPath(QPointF(x, top))
    flag.lineTo(x + wide, top)
    flag.lineTo(x + wide - 2, top + tall / 2)
    flag.lineTo(x + wide, top + tall)
    flag.lineTo(x, top + tall)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillPath(flag, colour)
