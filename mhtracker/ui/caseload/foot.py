"""The line under the caseload: how those listed stand, and which rows are in view."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QWidget

from mhtracker import text
from mhtracker.store.queries.caseload import Filter
from mhtracker.ui.caseload.filters import OVERDUE, SLIPPING, SOON, Tally
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import Label
from mhtracker.ui.widgets.shapes import ShapeMark

OF_FIGURE = {"overdue": OVERDUE, "soon": SOON, "slipping": SLIPPING}


class CaseloadFoot(QFrame):
    """How many are listed and how they stand, at the left; rows in view and their order, at the right.

    `narrow` is given the filter of a figure that is pressed: its people alone are then listed.
    """

    def __init__(self, theme: Theme, narrow: Callable[[Filter], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("box", "foot")
        self.setAccessibleName("Figures")
        figures = QWidget()
        figures.setAccessibleName("How they stand")
        self._flow = FlowLayout(figures, across=theme.px(16), down=theme.px(2))
        self._figures = {
            key: _Figure(theme, shape, one, many)
            for key, shape, one, many in (
                ("total", "", "person", "people"),
                ("overdue", "overdue", "review overdue", "reviews overdue"),
                ("soon", "soon", "due soon", "due soon"),
                ("slipping", "slipped", "target slipping", "targets slipping"),
                ("weekly_pence", "", "a week", "a week"),
            )
        }
        for key, figure in self._figures.items():
            self._flow.addWidget(figure)
            if key in OF_FIGURE:
                figure.open_by(partial(narrow, OF_FIGURE[key]))
        policy = figures.sizePolicy()
        policy.setHeightForWidth(True)
        figures.setSizePolicy(policy)
        self._range = Label("", "caption", "text2", wrap=True)
        self._range.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._row = QHBoxLayout(self)
        self._row.addWidget(figures, 3)
        self._row.addWidget(self._range, 2)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(24), px(6), px(24), px(6))
        self._row.setSpacing(px(16))

    def show_tally(self, tally: Tally) -> None:
        for key, figure in self._figures.items():
            number: int = getattr(tally, key)
            figure.say(number, text.format_pence(number, whole=True) if key == "weekly_pence" else "")
        self._figures["weekly_pence"].setVisible(tally.weekly_pence > 0)

    def say_range(self, rows: str, order: str) -> None:
        """What is in view, and in what order."""
        self._range.setText(f"{rows}. {order}" if rows else "")

    def words(self) -> str:
        """The line as read out."""
        return ", ".join(figure.accessibleName() for figure in self._figures.values() if not figure.isHidden())


class _Figure(QAbstractButton):
    """A number with its words; one that `open_by` was said of can be pressed."""

    def __init__(self, theme: Theme, shape: str, one: str, many: str) -> None:
        super().__init__()
        self._theme, self._one, self._many, self._opens = theme, one, many, False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        if shape:
            row.addWidget(ShapeMark(theme, shape, many, 11))
        self._number = Label("", "caption-strong")
        self._words = Label("", "caption", "text2")
        row.addWidget(self._number)
        row.addWidget(self._words)
        for label in (self._number, self._words):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def open_by(self, press: Callable[[], object]) -> None:
        """Let it be pressed, with the dotted line that says so."""
        self._opens = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(self._theme.px(24))
        self.clicked.connect(lambda _=False: press())

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint().expandedTo(self.minimumSize()) if layout is not None else super().sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._opens:
            return
        painter = QPainter(self)
        painter.setPen(QPen(self._theme.color("text3"), 1, Qt.PenStyle.DotLine))
        box, high = self._number.geometry(), self._number.fontMetrics().height()
        below = box.center().y() + high // 2
        painter.drawLine(box.left(), below, box.right(), below)
        painter.end()

    def say(self, number: int, shown: str = "") -> None:
        self._number.setText(shown or text.format_number(number))
        self._words.setText(self._one if number == 1 else self._many)
        self.setAccessibleName(f"{self._number.text()} {self._words.text()}")
        if self._opens:
            self.setToolTip("List them alone")
            self.setEnabled(number > 0)
        self.updateGeometry()
