"""Above the columns: each stage's head, and the month's flows between stages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.records import Stage
from mhtracker.store.queries.board import Board, Column, Flow
from mhtracker.ui.board.counts import HeadCounts
from mhtracker.ui.focus import OWN_RING, paint_ring
from mhtracker.ui.icons import paint_icon
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.card import clear_layout
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import Label, plain_tooltip
from mhtracker.ui.widgets.stage_pill import BLOCK, paint_block

HEIGHT = 72


def flow_words(column: Column, month_start: date) -> str:
    """`14 on 1 Jul, 1 came in, 3 went out`: how the month's beginning became the present number."""
    opening = f"{text.format_number(column.opening)} on {text.format_date(month_start, year=False)}"
    return f"{opening}, {column.came} came in, {column.went} went out"


def median_words(column: Column) -> str:
    """`median so far 41 days`; "" with nobody there."""
    if column.median_days is None:
        return ""
    days = column.median_days
    return f"median so far {text.format_duration(days) if days else '0 days'}"


def month_words(first: date, last: date, today: date) -> str:
    """`This month, 1 – 14 Jul 2026`; of another month the days alone."""
    days = text.format_date(last) if first == last else f"{first.day} – {text.format_date(last)}"
    return f"This month, {days}" if (last.year, last.month) == (today.year, today.month) else days


class ColumnHead(QAbstractButton):
    """A stage's block and name, how many are there, what came and went this month, and the middle stay so far.

    Pressing it lists its people in the caseload.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty(OWN_RING, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._theme = theme
        self._column: Column | None = None
        self._month_start = date.min
        self._first = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_column(self, column: Column, month_start: date, *, first: bool) -> None:
        self._column, self._month_start, self._first = column, month_start, first
        people = text.count(column.people, "person", "people")
        parts = [column.stage.label, people, flow_words(column, month_start), median_words(column)]
        words = ", ".join(part for part in parts if part)
        self.setAccessibleName(f"{words}: list them")
        self.setToolTip(plain_tooltip(f"{words}. Press to list them in the caseload."))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(150), self._theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, column = self._theme, self._column
        painter = QPainter(self)
        rect = QRectF(self.rect())
        painter.fillRect(rect, theme.color("hover" if self.underMouse() else "surface"))
        line = theme.color("line")
        painter.fillRect(QRectF(rect.right() - 1, 0, 1, rect.height()), line)
        painter.fillRect(QRectF(0, rect.bottom() - 1, rect.width(), 1), line)
        painter.fillRect(QRectF(0, 0, rect.width(), 1), line)
        if self._first:
            painter.fillRect(QRectF(0, 0, 1, rect.height()), line)
        if column is not None:
            self._paint_words(painter, rect.adjusted(theme.px(12), theme.px(7), -theme.px(12), -theme.px(6)), column)
        if self.hasFocus():
            paint_ring(painter, rect, theme, theme.px(4))
        painter.end()

    def _paint_words(self, painter: QPainter, inner: QRectF, column: Column) -> None:
        theme, stage = self._theme, column.stage
        top = QRectF(inner.left(), inner.top(), inner.width(), theme.px(24))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("panel"))
        painter.setPen(theme.color("text"))
        people = text.format_number(column.people)
        wide = QFontMetricsF(painter.font()).horizontalAdvance(people)
        painter.drawText(top, int(middle | Qt.AlignmentFlag.AlignRight), people)
        left = paint_block(painter, top.left(), top.center().y(), theme, stage.letter, stage.colour)
        painter.setFont(theme.font("heading"))
        room = QRectF(left, top.top(), top.right() - wide - theme.px(8) - left, top.height())
        self._elided(painter, room, stage.label)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text2"))
        opening = f"{text.format_number(column.opening)} on {text.format_date(self._month_start, year=False)}"
        flows = f"{opening}   +{column.came} in   {text.MINUS}{column.went} out"
        below = QRectF(inner.left(), top.bottom() + theme.px(1), inner.width(), theme.px(17))
        self._elided(painter, below, flows)
        self._elided(painter, below.translated(0, theme.px(16)), median_words(column))

    @staticmethod
    def _elided(painter: QPainter, place: QRectF, words: str) -> None:
        shown = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, place.width() + 1)
        painter.drawText(place.adjusted(0, 0, 2, 0), int(Qt.AlignmentFlag.AlignVCenter), shown)


class HeadBox(QWidget):
    """A stage's head, and under it what the stage counts beside its people."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Head")
        self.head, self.counts = ColumnHead(theme), HeadCounts(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.counts, 1)


class FlowButton(QAbstractButton):
    """People who went from one stage to another: `R → E 2`. Outside the pathway there is a word in place of a block."""

    def __init__(self, theme: Theme, flow: Flow, left: Stage | None, entered: Stage | None) -> None:
        super().__init__()
        self._theme, self.flow, self._left, self._entered = theme, flow, left, entered
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        words = f"{self.words()}: {text.count(len(flow.people), 'person', 'people')}"
        self.setAccessibleName(words)
        self.setToolTip(plain_tooltip(words))
        theme.changed.connect(self.updateGeometry)

    def words(self) -> str:
        """`Hospital to Residential`, `Came to Hospital`, `Left Independent`."""
        if self._left is None:
            return f"Came to {self._entered.label if self._entered else 'the pathway'}"
        if self._entered is None:
            return f"Left the pathway from {self._left.label}"
        return f"{self._left.label} to {self._entered.label}"

    @property
    def is_back(self) -> bool:
        """Whether the move went to a less independent stage."""
        return self._left is not None and self._entered is not None and self._entered.level < self._left.level

    def _parts(self) -> list[Stage | str]:
        if self._left is None:
            return ["came", *([self._entered] if self._entered else [])]
        if self._entered is None:
            return [self._left, "left"]
        return [self._left, "", self._entered]

    def _width(self, part: Stage | str) -> float:
        px = self._theme.px
        if isinstance(part, Stage):
            return px(BLOCK) + px(5)
        if part == "":
            return px(14) + px(5)
        return QFontMetricsF(self._theme.font()).horizontalAdvance(part) + px(5)

    def sizeHint(self) -> QSize:
        px = self._theme.px
        count = QFontMetricsF(self._theme.font("strong")).horizontalAdvance(text.format_number(len(self.flow.people)))
        return QSize(int(sum(map(self._width, self._parts())) + count + 2 * px(5)) + 2, px(26))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.px(4), theme.px(4))
        left, middle = float(theme.px(5)), self.height() / 2
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setPen(theme.color("text2"))
        for part in self._parts():
            if isinstance(part, Stage):
                paint_block(painter, left, middle, theme, part.letter, part.colour)
            elif part:
                painter.setFont(theme.font())
                painter.setPen(theme.color("text2"))
                painter.drawText(QRectF(left, 0, self.width(), self.height()), flags, part)
            else:
                side = theme.px(14)
                icon = "mdi6.undo" if self.is_back else "mdi6.arrow-right"
                paint_icon(painter, QRectF(left, middle - side / 2, side, side), icon, theme.color("text2"))
            left += self._width(part)
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.color("text"))
        painter.drawText(
            QRectF(left, 0, self.width() - left, self.height()), flags, text.format_number(len(self.flow.people))
        )
        painter.end()


class MonthLine(QFrame):
    """The flows of the month up to the day, from left to right; `flow_pressed(FlowButton)` to list their people."""

    flow_pressed = Signal(object)

    EXPLAINED = (
        "Each head: people at the month’s beginning, plus those who came in, minus those who went out, makes those "
        "there now. Moves are counted at each day’s end; going to another service of the same stage is no move. "
        "The median is the middle of the stays so far: half have been there longer, half less long."
    )

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("box", "surface")
        self.setAccessibleName("This month")
        self.title = Label("", "strong")
        self.nothing = Label("Nobody moved.", "body", "text3")
        self.flows = QWidget()
        self.flows.setAccessibleName("Moves this month")
        self._flow = FlowLayout(self.flows, across=theme.px(6), down=0)
        policy = self.flows.sizePolicy()
        policy.setHeightForWidth(True)
        self.flows.setSizePolicy(policy)
        self.explain = LinkButton(theme, "Explain", self._on_explain)
        self.explained = Label(self.EXPLAINED, "caption", "text2", wrap=True)
        self.explained.hide()
        self._row = QHBoxLayout()
        self._row.addWidget(self.title, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self.flows, 1)
        self._row.addWidget(self.explain, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._row)
        self._column.addWidget(self.explained)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(12), px(4), px(12), px(4))
        self._column.setSpacing(px(2))
        self._row.setSpacing(px(12))
        self._flow.set_spaces(px(6), 0)
        for label in (self.title, self.nothing):
            label.setMinimumHeight(px(26))
            label.setAlignment(Qt.AlignmentFlag.AlignVCenter)

    def show_flows(self, board: Board, stages: Sequence[Stage], today: date) -> None:
        by_id = {stage.id: stage for stage in stages}
        self.title.setText(month_words(board.month_start, board.as_at, today))
        clear_layout(self._flow)
        for flow in board.flows:
            button = FlowButton(self._theme, flow, by_id.get(flow.from_stage or ""), by_id.get(flow.to_stage or ""))
            button.clicked.connect(lambda _=False, button=button: self.flow_pressed.emit(button))
            self._flow.addWidget(button)
        self.nothing.setVisible(not board.flows)
        self.flows.setVisible(bool(board.flows))

    def buttons(self) -> list[FlowButton]:
        return [each for each in self.flows.findChildren(FlowButton) if not each.isHidden()]

    def _on_explain(self) -> None:
        shown = self.explained.isHidden()
        self.explained.setVisible(shown)
        self.explain.set_words("Close" if shown else "Explain")

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(theme.color("surface"))
        # Rounded above only: the heads follow straight below.
        body = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, theme.px(8))
        painter.drawRoundedRect(body, theme.px(6), theme.px(6))
        painter.end()
