"""The head of the Services page: title, places in all, buttons and tabs. What has no room goes a line below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mhtracker.ui.focus import REACH
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import Label
from mhtracker.ui.widgets.tab_line import TabLine


class Heading(QWidget):
    """`buttons` stand at the right; `tabs` are (key, words)."""

    def __init__(self, theme: Theme, title: str, tabs: Sequence[tuple[str, str]], buttons: Sequence[QWidget]) -> None:
        super().__init__()
        self._theme, self._tabs, self._buttons = theme, tuple(tabs), tuple(buttons)
        self._counts: dict[str, tuple[int | str, int | str]] = {}
        self._below = False
        self.setAccessibleName("Heading")
        self._title = Label(title, "title")
        self.totals = QWidget()
        self.totals.setAccessibleName("Places in all")
        self._line = FlowLayout(self.totals, across=theme.px(4), down=0)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.totals.setSizePolicy(policy)
        self.line = TabLine(theme, title, [(key, said, None) for key, said in tabs])
        self._top = QGridLayout()
        self._top.addWidget(self._title, 0, 0)
        self._top.addWidget(self.totals, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        right = QHBoxLayout()
        for button in buttons:
            right.addWidget(button)
        self._right = right
        self._top.addLayout(right, 0, 2)
        self._top.setColumnStretch(1, 1)
        self._under = QHBoxLayout()
        self._under.addWidget(self.line, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._top)
        column.addLayout(self._under)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        px = self._theme.px
        self._top.setContentsMargins(px(24), px(12), px(16), 0)
        self._top.setHorizontalSpacing(px(10))
        self._right.setSpacing(px(10))
        self._top.setVerticalSpacing(px(4))
        self._under.setContentsMargins(px(12), px(4), px(4), 0)
        self._line.set_spaces(px(4), 0)
        self.fit()

    def show_totals(self, parts: Sequence[tuple[str, str]]) -> None:
        """What there is in all, as (number, words after it)."""
        while (item := self._line.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, said in parts:
            pair = QWidget()
            pair.setAccessibleName(f"{number} {said}")
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, self._theme.px(3), 0)
            row.setSpacing(self._theme.px(4))
            row.addWidget(Label(number, "strong"))
            row.addWidget(Label(said, tone="text2"))
            self._line.addWidget(pair)
        self.totals.setAccessibleName(" ".join(f"{number} {said}" for number, said in parts))
        self.fit()

    def show_counts(self, counts: Mapping[str, tuple[int | str, int | str]]) -> None:
        """What each tab counts: in full, and what stands there where there is no room for that."""
        self._counts = dict(counts)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Put the totals beside the title where there is room, and shorten what the tabs say where there is none."""
        px = self._theme.px
        others = [self._title, *self._buttons]
        wanted = sum(each.sizeHint().width() + px(10) for each in others) + px(24) + px(16)
        for place in range(self._line.count()):
            item = self._line.itemAt(place)
            wanted += item.sizeHint().width() + px(4) if item is not None else 0
        below = wanted > self.width()
        if below != self._below:
            self._below = below
            self._top.removeWidget(self.totals)
            if below:
                self._top.addWidget(self.totals, 1, 0, 1, 3)
            else:
                self._top.addWidget(self.totals, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        room = self.width() - px(12) - px(4)
        full = [(key, said, self._counts.get(key, (None, None))[0]) for key, said in self._tabs]
        short = [(key, said, self._counts.get(key, (None, None))[1]) for key, said in self._tabs]
        fits = sum(self.line.width_of(said, count) for _, said, count in full) <= room
        self.line.set_tabs(full if fits else short)


class Beside(QWidget):
    """Filters at the left and, at the right or below where there is no room, what explains or sums up."""

    def __init__(self, theme: Theme, left: QWidget, parts: Sequence[QWidget]) -> None:
        """`parts` are what stands in `left`, side by side: how wide it is in one line."""
        super().__init__()
        self._theme, self._left, self._parts = theme, left, parts
        self._more: QWidget | None = None
        self.setAccessibleName(left.accessibleName())
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(left, 1)
        theme.changed.connect(self.fit)

    def put(self, widget: QWidget) -> None:
        """Put something at the right."""
        # As far in as the chips, which have room for the ring round them.
        self._more = QWidget()
        self._more.setAccessibleName(widget.accessibleName())
        inside = QHBoxLayout(self._more)
        inside.setContentsMargins(REACH, 0, REACH, 0)
        inside.addWidget(widget)
        self._box.addWidget(self._more, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Look again: what stands inside has changed its width."""
        px = self._theme.px
        self._box.setSpacing(px(8))
        if self._more is None:
            return
        wanted = sum(part.sizeHint().width() + px(8) for part in self._parts) + self._more.sizeHint().width() + px(12)
        way = QBoxLayout.Direction
        below = wanted > self.width()
        if below == (self._box.direction() is way.LeftToRight):
            self._box.setDirection(way.TopToBottom if below else way.LeftToRight)
            side = Qt.AlignmentFlag.AlignLeft if below else Qt.AlignmentFlag.AlignRight
            self._box.setAlignment(self._more, side | Qt.AlignmentFlag.AlignVCenter)
