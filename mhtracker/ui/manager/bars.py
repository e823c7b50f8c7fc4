"""Bars that open: people who came and went beside a stage, and days beside a reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from mhtracker import text
from mhtracker.ui.focus import OWN_RING, paint_ring
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.labels import plain_tooltip

HALF = 34


class _Pressed(QAbstractButton):
    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty(OWN_RING, True)
        self.setAccessibleName(name)
        self.setToolTip(plain_tooltip(name))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    def _ring(self, painter: QPainter) -> None:
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), self._theme)


class HalfBar(_Pressed):
    """People who went, to the left and hollow, or who came, to the right and filled; `share` of the longest bar."""

    def __init__(self, theme: Theme, name: str, colour: str, share: float, *, came: bool) -> None:
        super().__init__(theme, name)
        self._colour, self._share, self._came = colour, share, came
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(HALF), self._theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            fill, _, edge = self._theme.stage(self._colour)
            tall = self._theme.px(11)
            middle = self.height() / 2
            wide = (self.width() - 2) * self._share
            painter.setPen(edge)
            if self._share:
                left = 0.5 if self._came else self.width() - wide - 0.5
                painter.setBrush(fill if self._came else Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(left, middle - tall / 2, wide, tall))
            painter.setPen(self._theme.color("line2"))
            at = 0 if self._came else self.width() - 1
            painter.drawLine(at, round(middle - tall * 0.85), at, round(middle + tall * 0.85))
            self._ring(painter)


class PartsBar(QWidget):
    """A whole in its parts, each in its colour and as long as its share; what they are stands below it in words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._parts: tuple[tuple[int, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_parts(self, parts: Sequence[tuple[int, str, str]]) -> None:
        """Each as how many, its colour and what they are."""
        self._parts = tuple((many, colour) for many, colour, _ in parts if many)
        self.setAccessibleName(", ".join(f"{text.format_number(many)} {words}" for many, _, words in parts))
        self.setVisible(bool(self._parts))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        gap, left = self._theme.px(1), 0.0
        whole = sum(many for many, _ in self._parts)
        room = self.width() - gap * (len(self._parts) - 1)
        # Also a few among very many are to be seen.
        least = self._theme.px(3)
        wide = [max(room * many / whole, least) for many, _ in self._parts]
        with QPainter(self) as painter:
            for length, (_, colour) in zip(wide, self._parts, strict=True):
                length *= room / sum(wide)
                painter.fillRect(QRectF(left, 0, length, self.height()), self._theme.color(colour))
                left += length + gap


class BarRow(_Pressed):
    """A reason, its people and its days, over a bar as long as its `share` of the most days."""

    def __init__(self, theme: Theme, words: str, people: int, days: int, share: float, *, rest: bool = False) -> None:
        self._words, self._days, self._share, self._rest = words, text.format_number(days), share, rest
        self._people = text.count(people, "person", "people")
        super().__init__(theme, f"{words}: {self._people}, {text.count(days, 'day')}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(34))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(140), self._theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        with QPainter(self) as painter:
            line = QRectF(1, theme.px(2), self.width() - 2, theme.px(19))
            foot = QRectF(1, theme.px(20), self.width() - 2, theme.px(14))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.setPen(theme.color("text"))
            painter.setFont(theme.font("strong"))
            painter.drawText(line, right, self._days)
            room = line.width() - QFontMetricsF(painter.font()).horizontalAdvance(self._days) - theme.px(6)
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("text2"))
            painter.drawText(foot, right, self._people)
            # People stand under the days, beside the bar, so that the words have the line to themselves.
            least = QFontMetricsF(painter.font()).horizontalAdvance("999 people")
            beside = max(QFontMetricsF(painter.font()).horizontalAdvance(self._people), least) + theme.px(8)
            painter.setFont(theme.font("body"))
            painter.setPen(theme.color("accent" if self.underMouse() else "text"))
            words = QFontMetricsF(painter.font()).elidedText(self._words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
            wide = max((foot.width() - beside) * self._share, theme.px(3))
            shade = theme.color("text3" if self._rest else "accent")
            painter.fillRect(QRectF(1, theme.px(24), wide, theme.px(7)), shade)
            self._ring(painter)


def both_halves(went: HalfBar, came: HalfBar) -> QWidget:
    """The two beside each other, touching."""
    pair = QWidget()
    pair.setAccessibleName("Out and in")
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(went)
    row.addWidget(came)
    return pair
