"""What was asked for and how a place answers it: a shape and words for each, running in lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mhtracker.domain.places.fitting import Answer, Criterion
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.labels import plain_tooltip
from mhtracker.ui.widgets.shapes import paint_shape

SHAPES = {Answer.YES: "in_date", Answer.NO: "mismatch", Answer.NOT_KNOWN: "none"}
SAID = {Answer.YES: "yes", Answer.NO: "no", Answer.NOT_KNOWN: "not known"}
MARK, GAP, BETWEEN, LINE = 10, 5, 12, 18


def criteria_words(criteria: Sequence[Criterion]) -> str:
    """All of it in one line: `Supported living: yes; wants Quayside: no`."""
    return "; ".join(f"{each.words}: {SAID[each.answer]}" for each in criteria)


class Criteria(QWidget):
    """Painted in one piece: a list of people has hundreds of these answers."""

    def __init__(self, theme: Theme, criteria: Sequence[Criterion], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._criteria = theme, tuple(criteria)
        words = criteria_words(criteria)
        self.setAccessibleName(words)
        self.setToolTip(plain_tooltip(words))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)

    def _places(self, width: float) -> list[tuple[QPointF, str, Criterion]]:
        """Where each begins, and its words as far as they fit."""
        px, metrics = self._theme.px, QFontMetricsF(self._theme.font("caption"))
        x, y, found = 0.0, 0.0, []
        for each in self._criteria:
            words = metrics.elidedText(each.words, Qt.TextElideMode.ElideRight, max(width - px(MARK + GAP) - 2, 20))
            wide = px(MARK + GAP) + metrics.horizontalAdvance(words)
            if x and x + wide > width:
                x, y = 0.0, y + px(LINE)
            found.append((QPointF(x, y), words, each))
            x += wide + px(BETWEEN)
        return found

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return round(places[-1][0].y() + self._theme.px(LINE)) if places else 0

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(280), self.heightForWidth(max(self.width(), self._theme.px(280))))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(140), self._theme.px(LINE))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setFont(theme.font("caption"))
        mark, line = theme.px(MARK), theme.px(LINE)
        for corner, words, each in self._places(self.width()):
            box = QRectF(corner.x(), corner.y() + (line - mark) / 2, mark, mark)
            paint_shape(painter, box, SHAPES[each.answer], theme)
            painter.setPen(theme.color("text2"))
            room = QRectF(corner.x() + theme.px(MARK + GAP), corner.y(), self.width(), line)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), words)
        painter.end()
