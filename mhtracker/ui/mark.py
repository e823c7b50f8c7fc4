"""The program's mark: the pathway's stages as steps, rising to independence."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from mhtracker.ui import tokens
from mhtracker.ui.theme import Theme

STEPS = (("H", "hospital"), ("R", "residential"), ("E", "enablement"), ("S", "supported"), ("I", "independent"))
SMALL = STEPS[1:]
"""The four steps that the small mark shows."""

# The mark's own heights; in strips the lower stages stand higher, to leave room for their words.
_MARK_HEIGHTS = {"hospital": 0.24, "residential": 0.39, "enablement": 0.58, "supported": 0.79, "independent": 1.0}


def paint_mark(painter: QPainter, rect: QRectF, theme: Theme, *, letters: bool = False) -> None:
    """Paint the steps into `rect`, standing on its foot: five with letters, four without."""
    steps = STEPS if letters else SMALL
    gap = rect.width() * (0.02 if letters else 0.06)
    width = (rect.width() - gap * (len(steps) - 1)) / len(steps)
    for place, (letter, colour) in enumerate(steps):
        height = rect.height() * _MARK_HEIGHTS[colour]
        bar = QRectF(rect.left() + place * (width + gap), rect.bottom() - height, width, height)
        fill, letter_colour, edge = theme.stage(colour)
        painter.setPen(QPen(edge, 1) if letters else Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        if letters:
            painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5))
            painter.setFont(theme.font("strong"))
            painter.setPen(letter_colour)
            place_of_letter = QRectF(bar.left(), bar.bottom() - theme.px(26), bar.width(), theme.px(26))
            painter.drawText(place_of_letter, int(Qt.AlignmentFlag.AlignCenter), letter)
        else:
            painter.drawRect(bar)
    if letters:
        painter.setPen(QPen(theme.color("text"), theme.px(2)))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight() + QPointF(theme.px(100), 0))


def window_icon() -> QIcon:
    """The mark as the window's icon. Its colours are the light theme's whatever the window's are."""
    icon = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setPen(Qt.PenStyle.NoPen)
        unit = side / 16
        for place, (_, colour) in enumerate(SMALL):
            height = round(_MARK_HEIGHTS[colour] * 14 * unit)
            painter.setBrush(QColor(tokens.stage(colour, "light").fill))
            painter.drawRect(QRectF(round(unit * (0.5 + place * 4)), side - unit - height, round(unit * 3), height))
        painter.end()
        icon.addPixmap(pixmap)
    return icon


class Mark(QWidget):
    """The mark beside the program's name, or large with the stages' letters."""

    def __init__(
        self, theme: Theme, width: int, height: int, *, letters: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._letters = theme, letters
        self._size = QSize(width, height)
        self.setAccessibleName("MHTracker")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedSize(self._theme.px(self._size.width()), self._theme.px(self._size.height()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, self._letters)
        room = QRectF(self.rect())
        if self._letters:
            room.adjust(0, 0, -self._theme.px(100), -self._theme.px(1))
        paint_mark(painter, room, self._theme, letters=self._letters)
        painter.end()
