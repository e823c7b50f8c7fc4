"""Two small pictures beside Today's list: reviews by week, and people by stage. Bars are labelled directly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mhtracker.domain.records import Stage
from mhtracker.text import count, format_date
from mhtracker.ui.focus import OWN_RING, paint_ring
from mhtracker.ui.theme import Theme
from mhtracker.ui.today.reading import Week
from mhtracker.ui.widgets.card import clear_layout
from mhtracker.ui.widgets.labels import plain_tooltip
from mhtracker.ui.widgets.stage_pill import paint_block

BARS_HIGH = 56


class WeekBar(QAbstractButton):
    """A week's bar, its number above it and its Monday below; pressing it lists its reviews."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._week, self._most, self._faint = Week(date.min, 0), 1, False
        self.setProperty(OWN_RING, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def week(self) -> Week:
        return self._week

    def show_week(self, week: Week, most: int, chosen: date | None) -> None:
        """`most` is the number of the highest bar; with another week `chosen` this one stands back."""
        self._week, self._most = week, most
        self._faint = chosen is not None and chosen != week.monday
        words = f"Week of {format_date(week.monday, year=False)}: {count(week.reviews, 'review')}"
        shown = ", shown alone" if chosen == week.monday else ""
        self.setAccessibleName(f"{words}{shown}")
        self.setToolTip(plain_tooltip(f"{words}. Press to list {'them' if week.reviews != 1 else 'it'}."))
        self.setEnabled(bool(week.reviews) or chosen == week.monday)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(24), self._theme.px(BARS_HIGH + 40))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px, rect = self._theme, self._theme.px, QRectF(self.rect())
        painter = QPainter(self)
        if self.underMouse() and self.isEnabled():
            painter.fillRect(rect, theme.color("hover"))
        foot = px(BARS_HIGH + 18)
        painter.setPen(QPen(theme.color("line2"), 1))
        painter.drawLine(0, foot, self.width(), foot)
        height = BARS_HIGH * self._week.reviews / self._most * theme.scale
        bar = QRectF(rect.center().x() - px(16), foot - height, px(32), height)
        painter.fillRect(bar, theme.color("border" if self._faint else "accent"))
        middle = int(Qt.AlignmentFlag.AlignCenter)
        painter.setFont(theme.font("caption-strong"))
        painter.setPen(theme.color("text2" if self._faint else "text"))
        painter.drawText(QRectF(0, bar.top() - px(18), rect.width(), px(17)), middle, str(self._week.reviews))
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text2"))
        below = QRectF(0, foot + px(3), rect.width(), px(18))
        painter.drawText(below, middle, format_date(self._week.monday, year=False))
        if self.hasFocus():
            paint_ring(painter, rect, theme, px(4))
        painter.end()


class WeekBars(QWidget):
    """A bar for each week. `on_week` is given the Monday of the one pressed."""

    def __init__(self, theme: Theme, on_week: Callable[[date], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._on_week = theme, on_week
        self.setAccessibleName("Reviews by week")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._bars: list[WeekBar] = []

    def bars(self) -> list[WeekBar]:
        return list(self._bars)

    def show_weeks(self, weeks: Sequence[Week], chosen: date | None = None) -> None:
        """Show these weeks; with one chosen the others stand back. A bar that has the keyboard keeps it."""
        while len(self._bars) > len(weeks):
            gone = self._bars.pop()
            self._row.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self._bars) < len(weeks):
            bar = WeekBar(self._theme)
            bar.clicked.connect(lambda _=False, bar=bar: self._on_week(bar.week.monday))
            self._bars.append(bar)
            self._row.addWidget(bar)
        most = max((week.reviews for week in weeks), default=0) or 1
        for bar, week in zip(self._bars, weeks, strict=True):
            bar.show_week(week, most, chosen)


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
