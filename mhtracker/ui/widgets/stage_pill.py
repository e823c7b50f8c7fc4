"""A stage: its letter on its colour, and its name."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from mhtracker.domain.records import Stage
from mhtracker.ui.theme import Theme

BLOCK = 17
_GAP = 7


def paint_block(painter: QPainter, corner_x: float, middle_y: float, theme: Theme, letter: str, colour: str) -> float:
    """Paint a stage's letter block with its left edge at `corner_x`; gives the x just after it and its gap."""
    side = theme.px(BLOCK)
    fill, letter_colour, edge = theme.stage(colour)
    block = QRectF(corner_x, round(middle_y - side / 2), side, side)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(fill)
    painter.drawRoundedRect(block.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(3), theme.px(3))
    painter.setFont(theme.font("caption-strong"))
    painter.setPen(letter_colour)
    painter.drawText(block, int(Qt.AlignmentFlag.AlignCenter), letter)
    painter.restore()
    return corner_x + side + theme.px(_GAP)


def paint_pill(
    painter: QPainter, rect: QRectF, theme: Theme, letter: str, colour: str, words: str, *, role: str = "body"
) -> None:
    """Paint block and word at the left of `rect`, in the painter's pen; a word that does not fit is elided."""
    left = paint_block(painter, rect.left(), rect.center().y(), theme, letter, colour)
    painter.setFont(theme.font(role))
    place = QRectF(left, rect.top(), rect.right() - left, rect.height())
    fitted = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, place.width() + 1)
    painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), fitted)


class StagePill(QLabel):
    """A stage's block and name; `words` in place of the name ("Own tenancy"), or "" for the block alone."""

    def __init__(
        self,
        theme: Theme,
        stage: Stage,
        words: str | None = None,
        *,
        role: str = "body",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._role = theme, role
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_stage(stage, words)
        theme.changed.connect(self.updateGeometry)

    def set_stage(self, stage: Stage, words: str | None = None) -> None:
        self._stage = stage
        self._words = stage.label if words is None else words
        self.setText(self._words)
        self.setAccessibleName(self._words or stage.label)
        if not self._words:
            self.setToolTip(stage.label)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        height = self._theme.px(20)
        if not self._words:
            return QSize(self._theme.px(BLOCK), height)
        words = QFontMetricsF(self._theme.font(self._role)).horizontalAdvance(self._words)
        return QSize(int(self._theme.px(BLOCK) + self._theme.px(_GAP) + words) + 2, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._theme.color("text"))
        letter, colour = self._stage.letter, self._stage.colour
        if self._words:
            paint_pill(painter, QRectF(self.rect()), self._theme, letter, colour, self._words, role=self._role)
        else:
            paint_block(painter, 0, self.height() / 2, self._theme, letter, colour)
        painter.end()
