"""Plain text that wraps, with the words that were looked for marked in it. Never markup."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from mhtracker.ui.theme import Theme

Spans = Sequence[tuple[int, int]]


class MarkedText(QWidget):
    """Text with spans (from, to) marked by ground and weight, so that the marks also show in grey."""

    def __init__(self, theme: Theme, words: str, spans: Spans, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words, self.spans = theme, words, tuple(spans)
        self._tall: dict[int, int] = {}
        self.setAccessibleName(words[:2_000])
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _laid_out(self, width: int) -> list[QTextLayout]:
        """A layout for each line of the text, placed under one another."""
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layouts, top, start = [], 0.0, 0
        for line in self._words.split("\n"):
            layout = QTextLayout(line, self._theme.font("body"))
            layout.setTextOption(option)
            layout.setFormats(self._formats(start, len(line)))
            layout.beginLayout()
            while (made := layout.createLine()).isValid():
                made.setLineWidth(max(width, 20))
                made.setPosition(QPointF(0, top))
                top += made.height()
            layout.endLayout()
            layouts.append(layout)
            start += len(line) + 1
        self._tall[width] = round(top + 0.5)
        return layouts

    def _formats(self, start: int, length: int) -> list[QTextLayout.FormatRange]:
        ranges = []
        for first, last in self.spans:
            begin, end = max(first - start, 0), min(last - start, length)
            if begin < end:
                marked = QTextCharFormat()
                marked.setBackground(self._theme.color("band"))
                marked.setForeground(self._theme.color("text"))
                marked.setFontWeight(600)
                found = QTextLayout.FormatRange()
                found.start, found.length, found.format = begin, end - begin, marked
                ranges.append(found)
        return ranges

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._tall:
            self._laid_out(width)
        return self._tall[width]

    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > 100 else self._theme.px(480)
        return QSize(width, self.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._theme.color("text"))
        for layout in self._laid_out(self.width()):
            layout.draw(painter, QPointF(0, 0))
        painter.end()
