"""A figure that opens: its number underlined with dots, what it is of, and how it stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout

from mhtracker.ui.focus import OWN_RING, paint_ring
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.badge import Badge
from mhtracker.ui.widgets.labels import ElidedLabel, rule


class Figure(QAbstractButton):
    """The number itself. Pressed, it explains itself."""

    def __init__(self, theme: Theme, role: str = "title") -> None:
        super().__init__()
        self._theme, self._role = theme, role
        self.setProperty(OWN_RING, True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    @classmethod
    def none(cls, theme: Theme, words: str, name: str) -> Figure:
        """A number among others that has nobody behind it, or not yet."""
        figure = cls(theme, "strong")
        figure.show_number(words, name, opens=False)
        return figure

    def show_number(self, words: str, name: str, *, opens: bool = True) -> None:
        """`name` says what it is a number of, for those who hear the page."""
        self.setText(words)
        self.setAccessibleName(f"{name}: {words}")
        self.setEnabled(opens)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._theme.font(self._role))
        px = self._theme.px
        wide, tall = round(metrics.horizontalAdvance(self.text())), round(metrics.height())
        return QSize(max(px(24), wide + px(4)), max(px(24), tall + px(4)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            theme = self._theme
            painter.setFont(theme.font(self._role))
            painter.setPen(theme.color("accent" if self.underMouse() else "text"))
            box = self.rect().adjusted(theme.px(1), 0, 0, -theme.px(3))
            # In a table numbers stand under each other by their last digit.
            wide = round(painter.fontMetrics().horizontalAdvance(self.text()))
            if self._role != "title":
                box.setLeft(max(box.left(), box.right() - wide))
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
            if self.isEnabled():
                painter.setPen(QPen(theme.color("text3"), 1, Qt.PenStyle.DotLine))
                foot = self.height() - theme.px(3)
                painter.drawLine(box.left(), foot, box.left() + wide, foot)
            if self.hasFocus():
                paint_ring(painter, QRectF(self.rect()), theme)


class NumberCard(QFrame):
    """One of the figures at the top of the page."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._theme = theme
        self.title = title
        self.setProperty("box", "clear")
        self.setAccessibleName(title)
        self.figure = Figure(theme)
        self._of = ElidedLabel("", "body", "text2")
        self.badge = Badge(theme, "none", " ", quiet=True)
        keeps = self.badge.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self.badge.setSizePolicy(keeps)
        column = QVBoxLayout(self)
        self._name = ElidedLabel(title, "caption", "text2")
        column.addWidget(self._name)
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        row.addWidget(self.figure, 0, Qt.AlignmentFlag.AlignBottom)
        self._beside = QVBoxLayout()
        self._beside.addStretch(1)
        self._beside.addWidget(self._of)
        row.addLayout(self._beside, 1)
        column.addLayout(row)
        foot = QHBoxLayout()
        foot.addWidget(self.badge)
        foot.addStretch(1)
        column.addLayout(foot)
        self._column = column
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(14), px(9), px(10), px(9))
        self._column.setSpacing(px(3))
        # On one line of writing with the number.
        number, words = (QFontMetricsF(self._theme.font(role)) for role in ("title", "body"))
        self._beside.setContentsMargins(0, 0, 0, round(px(3) + number.descent() - words.descent()))

    def show_number(self, words: str, of: str, shape: str, standing: str, *, opens: bool = True) -> None:
        self.figure.show_number(words, self.title, opens=opens)
        self._of.setText(of)
        self.badge.setVisible(bool(standing))
        if standing:
            self.badge.set_status(shape, standing)

    def say_whose(self, words: str) -> None:
        """Whose figure it is, where that is not whose the others are; "" where it is."""
        self._name.setText(f"{self.title}, {words}" if words else self.title)
        self.setAccessibleName(self._name.text())

    def show_waiting(self, words: str = "counting") -> None:
        """The number is still to come; nothing moves when it does."""
        self._show_none("…", words)

    def show_uncounted(self) -> None:
        """The number could not be counted."""
        self._show_none("–", "not counted")

    def _show_none(self, sign: str, words: str) -> None:
        self.figure.show_number(sign, self.title, opens=False)
        self._of.setText(words)
        self.badge.hide()


class NumberRow(QFrame):
    """The figures side by side over the whole width; in three or two columns where they would be cramped."""

    LEAST = 166

    def __init__(self, theme: Theme, cards: Sequence[NumberCard]) -> None:
        super().__init__()
        self._theme, self._cards, self._across = theme, cards, 0
        self.setProperty("box", "card")
        self.setAccessibleName("Figures")
        self._lines = [rule(upright=True) for _ in cards]
        self._between = [rule() for _ in range(1, -(-len(cards) // 2))]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(1, 1, 1, 1)
        self._grid.setSpacing(0)
        theme.changed.connect(self._arrange)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self.width() // self._theme.px(self.LEAST)
        across = next((each for each in (6, 3, 2) if each <= room), 2)
        if across == self._across:
            return
        self._across = across
        for place, (card, line) in enumerate(zip(self._cards, self._lines, strict=True)):
            row, column = divmod(place, across)
            if column:
                self._grid.addWidget(line, 2 * row, 2 * column - 1)
            line.setVisible(bool(column) and line.parent() is not None)
            self._grid.addWidget(card, 2 * row, 2 * column)
        rows = -(-len(self._cards) // across)
        for row, line in enumerate(self._between, 1):
            if row < rows:
                self._grid.addWidget(line, 2 * row - 1, 0, 1, 2 * across - 1)
            line.setVisible(row < rows)
        for column in range(2 * len(self._cards)):
            self._grid.setColumnStretch(column, 1 if column % 2 == 0 and column < 2 * across else 0)
