"""Two small pictures beside Today's list: reviews by week, and people by stage. Bars are labelled directly."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from mhtracker.domain.records import Stage
from mhtracker.text import count, format_date
from mhtracker.ui.focus import OWN_RING, paint_ring
from mhtracker.ui.theme import Theme
from mhtracker.ui.today.reading import Week
from mhtracker.ui.widgets.card import clear_layout
from mhtracker.ui.widgets.stage_pill import paint_block

BARS_HIGH = 56


class WeekBars(QWidget):
    """A bar for each week, its number above it and its Monday below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._weeks: Sequence[Week] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_weeks(self, weeks: Sequence[Week]) -> None:
        """Show these weeks."""
        self._weeks = weeks
        said = [f"week of {format_date(week.monday, year=False)}: {week.reviews}" for week in weeks]
        self.setAccessibleName("Reviews by week")
        self.setAccessibleDescription(", ".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self._theme.px(BARS_HIGH + 40))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        most = max((week.reviews for week in self._weeks), default=0) or 1
        step = self.width() / max(len(self._weeks), 1)
        foot = px(BARS_HIGH + 18)
        painter.setPen(QPen(theme.color("line2"), 1))
        painter.drawLine(0, foot, self.width(), foot)
        for place, week in enumerate(self._weeks):
            centre = step * (place + 0.5)
            height = BARS_HIGH * week.reviews / most * theme.scale
            bar = QRectF(centre - px(16), foot - height, px(32), height)
            painter.fillRect(bar, theme.color("accent"))
            room = QRectF(centre - step / 2, bar.top() - px(18), step, px(17))
            painter.setFont(theme.font("caption-strong"))
            painter.setPen(theme.color("text"))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), str(week.reviews))
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("text2"))
            below = QRectF(centre - step / 2, foot + px(3), step, px(18))
            painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), format_date(week.monday, year=False))
        painter.end()


class StageBar(QAbstractButton):
    """A stage's letter, name, bar and number; pressing it lists its people."""

    def __init__(self, theme: Theme, stage: Stage, people: int, most: int, label_width: float) -> None:
        super().__init__()
        self._theme, self._stage, self._people, self._most = theme, stage, people, most
        self._label_width = label_width
        self.setText(stage.label)
        self.setAccessibleName(f"{stage.label}, {count(people, 'person', 'people')}: list them")
        self.setProperty(OWN_RING, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(220), self._theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.underMouse():
            painter.fillRect(rect, theme.color("hover"))
        left = paint_block(painter, px(3), rect.center().y(), theme, self._stage.letter, self._stage.colour)
        painter.setFont(theme.font())
        painter.setPen(theme.color("text"))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(left, 0, self._label_width + 4, rect.height()), middle, self._stage.label)
        left += self._label_width + px(12)
        painter.setFont(theme.font("strong"))
        number = f"{self._people:,}"
        wide = QFontMetricsF(painter.font()).horizontalAdvance(f"{self._most:,}") + px(8)
        length = max((rect.width() - left - wide - px(6)) * self._people / max(self._most, 1), px(3))
        fill, _, edge = theme.stage(self._stage.colour)
        bar = QRectF(left, rect.center().y() - px(5), length, px(10))
        painter.fillRect(bar, fill)
        painter.setPen(QPen(edge, 1))
        painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(theme.color("text"))
        painter.drawText(QRectF(bar.right() + px(7), 0, wide, rect.height()), middle, number)
        if self.hasFocus():
            paint_ring(painter, rect, theme, px(4))
        painter.end()


class StageBars(QWidget):
    """A bar for each stage that has people. `on_stage` is given the id of the one pressed."""

    def __init__(self, theme: Theme, on_stage: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._on_stage = theme, on_stage
        self.setAccessibleName("People by stage")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_stages(self, stages: Sequence[tuple[Stage, int]]) -> None:
        """Show these stages, from the least to the most independent."""
        clear_layout(self._column)
        most = max((people for _, people in stages), default=1)
        metrics = QFontMetricsF(self._theme.font())
        widest = max((metrics.horizontalAdvance(stage.label) for stage, _ in stages), default=0)
        for stage, people in stages:
            bar = StageBar(self._theme, stage, people, most, widest)
            bar.clicked.connect(lambda _=False, stage_id=stage.id: self._on_stage(stage_id))
            self._column.addWidget(bar)
