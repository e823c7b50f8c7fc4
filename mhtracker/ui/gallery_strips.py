"""The two pictures of the kit's sheet that no page needs by themselves: stages as steps, and sample strips."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mhtracker.domain.pathway import DEFAULT_STAGES
from mhtracker.ui import tokens
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.tiny_strip import HEIGHT, WIDTH, StripAxis, StripFacts, paint_tiny_strip


class StageSteps(QWidget):
    """Every stage as a step, rising."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("Stages as steps")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        wide = min(self._theme.px(48), self.width() // len(DEFAULT_STAGES))
        for place, stage in enumerate(DEFAULT_STAGES):
            fill, letter, edge = self._theme.stage(stage.colour)
            high = round((self.height() - 2) * tokens.stage_height(stage.colour))
            box = QRectF(place * wide + 0.5, self.height() - high - 1.5, wide - 2, high)
            painter.setPen(QPen(edge, 1))
            painter.setBrush(fill)
            painter.drawRect(box)
            painter.setPen(letter)
            painter.setFont(self._theme.font("strong"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), stage.letter)
        painter.end()


class StripSample(QWidget):
    """Two tiny strips on one axis."""

    def __init__(self, theme: Theme, day: date) -> None:
        super().__init__()
        self._theme, self._day = theme, day
        self.setAccessibleName("Tiny strips")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(2 * WIDTH + 24), self._theme.px(HEIGHT + 4))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, day = self._theme, self._day
        axis = StripAxis(date(2015, 6, 1), date(2028, 12, 31), day)
        far, near = day - timedelta(days=6_000), day - timedelta(days=700)
        first = StripFacts((("residential", far, near), ("supported", near, None)), date(2026, 9, 30))
        back = (
            ("hospital", date(2016, 1, 1), date(2016, 9, 1)),
            ("residential", date(2016, 9, 1), date(2019, 1, 1)),
            ("supported", date(2019, 1, 1), date(2021, 1, 1)),
            ("independent", date(2021, 1, 1), date(2022, 3, 1)),
            ("residential", date(2022, 3, 1), date(2024, 8, 1)),
            ("enablement", date(2024, 8, 1), None),
        )
        painter = QPainter(self)
        for place, facts in enumerate((first, StripFacts(back, date(2027, 6, 1)))):
            left = place * theme.px(WIDTH + 20)
            paint_tiny_strip(painter, QRectF(left, 3, theme.px(WIDTH), theme.px(HEIGHT)), theme, axis, facts)
        painter.end()
