"""The four steps of an import, with the one in hand marked; steps already done can be gone back to."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from mhtracker.ui.icons import paint_icon
from mhtracker.ui.theme import Theme

STEPS = ("Choose file", "Match columns", "Rehearse", "Import")
_CIRCLE, _GAP = 20, 8


class Step(QAbstractButton):
    """One step: a number, or a tick once it is done, and its name."""

    def __init__(self, theme: Theme, number: int, words: str) -> None:
        super().__init__()
        self._theme, self._number = theme, number
        self.state = "ahead"
        self.setText(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.changed.connect(self.updateGeometry)

    def set_state(self, state: str, *, can_go: bool) -> None:
        """`state` is done, now or ahead."""
        self.state = state
        self.setEnabled(can_go or state == "now")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if can_go and state != "now" else Qt.FocusPolicy.NoFocus)
        said = {"done": "done", "now": "in hand", "ahead": "to come"}[state]
        self.setAccessibleName(f"Step {self._number} of {len(STEPS)}, {self.text()}, {said}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px = self._theme.px
        font = self._theme.font("strong" if self.state == "now" else "body")
        wide = QFontMetricsF(font).horizontalAdvance(self.text())
        return QSize(int(wide) + px(_CIRCLE + _GAP) + 4, px(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = px(_CIRCLE)
        circle = QRectF(1, (self.height() - side) / 2, side, side)
        now = self.state == "now"
        painter.setPen(QPen(theme.color("accent" if now else "border"), 1))
        painter.setBrush(theme.color("accent" if now else "surface"))
        painter.drawEllipse(circle.adjusted(0.5, 0.5, -0.5, -0.5))
        if self.state == "done":
            inner = px(12)
            middle = circle.center() - QPointF(inner / 2, inner / 2)
            paint_icon(painter, QRectF(middle.x(), middle.y(), inner, inner), "mdi6.check", theme.color("text2"))
        else:
            painter.setFont(theme.font("caption-strong"))
            painter.setPen(theme.color("on-accent" if now else "text2"))
            painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), str(self._number))
        painter.setFont(theme.font("strong" if now else "body"))
        painter.setPen(theme.color("text" if now else "text2"))
        rest = QRectF(side + px(_GAP), 0, self.width(), self.height())
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())
        painter.end()


class StepLine(QWidget):
    """All steps in a line. Where there is little room only the one in hand keeps its name."""

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._narrow = False
        self.setAccessibleName("Steps of the import")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(theme.px(10))
        self.steps = [Step(theme, number, words) for number, words in enumerate(STEPS, 1)]
        for place, step in enumerate(self.steps):
            if place:
                row.addWidget(_Dash(theme))
            row.addWidget(step)
            step.clicked.connect(lambda _=False, place=place: self.chosen.emit(place))
        self.set_step(0, reached=0)

    def set_step(self, now: int, *, reached: int) -> None:
        """Mark the step in hand; those up to `reached` can be gone to."""
        for place, step in enumerate(self.steps):
            state = "now" if place == now else "done" if place < now else "ahead"
            step.set_state(state, can_go=place <= reached and place != now)
        self.set_narrow(self._narrow)

    def whole_width(self) -> int:
        """The room that all names take."""
        px = self._theme.px
        between = (len(self.steps) - 1) * (px(22) + 2 * px(10))
        return sum(step.sizeHint().width() for step in self.steps) + between + 6

    def set_narrow(self, narrow: bool) -> None:
        """Leave out the names of steps not in hand."""
        self._narrow = narrow
        for step in self.steps:
            hidden = narrow and step.state != "now"
            step.setMaximumWidth(self._theme.px(_CIRCLE) + 4 if hidden else 16_777_215)
        self.adjustSize()


class _Dash(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("then")
        self.setFixedWidth(theme.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(self._theme.color("line2"), 1))
        middle = self.height() // 2
        painter.drawLine(0, middle, self.width(), middle)
        painter.end()
