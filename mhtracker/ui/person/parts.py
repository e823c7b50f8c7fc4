"""Small parts that the tabs of a person's page share."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mhtracker.domain.summary import CaseSummary
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.card import clear_layout
from mhtracker.ui.widgets.down_scroll import DownScroll
from mhtracker.ui.widgets.labels import Label
from mhtracker.ui.widgets.labels import breakable as breakable


class FactRows(QWidget):
    """Labels at the left, values at the right: text that wraps and can be selected, or a widget."""

    def __init__(self, theme: Theme, name: str, label_width: int = 104, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._label_width = theme, label_width
        self.setAccessibleName(name)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(7))
        self._grid.setColumnStretch(1, 1)

    def show_rows(self, rows: Sequence[tuple[str, str | QWidget]]) -> None:
        """Show these in place of what was there; a value of "" leaves its row out."""
        clear_layout(self._grid)
        for place, (label, value) in enumerate(row for row in rows if row[1] != ""):
            title = Label(label, "body", "text2", wrap=True)
            title.setMinimumWidth(self._theme.px(self._label_width))
            title.setMaximumWidth(self._theme.px(self._label_width))
            self._grid.addWidget(title, place, 0, Qt.AlignmentFlag.AlignTop)
            if isinstance(value, str):
                words = Label(breakable(value), wrap=True, selectable=True)
                words.setAccessibleName(f"{label}: {value}")
                self._grid.addWidget(words, place, 1)
            else:
                self._grid.addWidget(value, place, 1, Qt.AlignmentFlag.AlignLeft)


TAB_OF_KIND = {
    "review": "reviews",
    "plan": "move_on",
    "target": "move_on",
    "note": "notes",
    "document": "documents",
    "status": "legal",
    "goal": "goals",
    "measure": "goals",
    "contact": "people",
    "cost_line": "money",
    "funding": "money",
    "warning": "people",
}
"""The tab on which a kind of record stands; the summary for every other."""


class Scroll(DownScroll):
    """A page's body that scrolls up and down only, on the window's ground."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.inside = QWidget()
        self.inside.setProperty("box", "clear")
        self.inside.setAccessibleName(name)
        self.setWidget(self.inside)


class Tab(Scroll):
    """A tab of a person's page: a column of cards. `slot` above them stays when the cards are shown anew."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.theme = theme
        self._outer = QVBoxLayout(self.inside)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self.slot = QVBoxLayout()
        self.column = QVBoxLayout()
        self.column.setSpacing(theme.px(12))
        self._outer.addLayout(self.slot)
        self._outer.addLayout(self.column, 1)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        px = self.theme.px
        self.column.setContentsMargins(px(24), px(12), max(px(24) - self.bar_width(), px(6)), px(16))

    def clear(self) -> None:
        clear_layout(self.column)

    def show_summary(self, summary: CaseSummary, *, may_record: bool) -> None:
        """Show somebody's facts anew. A tab that asks the register itself has nothing to do."""

    def go_to(self, record_id: str) -> None:
        """Bring a record into view and give it the keyboard, where the tab shows such."""


class CardColumns(QWidget):
    """Cards in three columns, two or one, as wide as there is room for.

    `places` gives each card the column it stands in with three columns and with two; with one they stand in order.
    """

    THREE, TWO = 1060, 640

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cards: list[tuple[QWidget, int, int]] = []
        self._count = 0
        self.setAccessibleName("Cards")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(12))
        self._columns: list[QVBoxLayout] = []
        for _ in range(3):
            column = QVBoxLayout()
            column.setSpacing(theme.px(12))
            self._row.addLayout(column)
            self._columns.append(column)
        theme.changed.connect(self._on_theme)

    def _on_theme(self) -> None:
        self._place(force=True)

    def add(self, card: QWidget, of_three: int, of_two: int) -> None:
        """Add a card with the columns it stands in."""
        self._cards.append((card, of_three, of_two))
        card.setParent(self)
        if self._count:
            self._place(force=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self, *, force: bool = False) -> None:
        wide = self.width() / self._theme.scale
        count = 3 if wide >= self.THREE else 2 if wide >= self.TWO else 1
        if count == self._count and not force:
            return
        self._count = count
        for column in self._columns:
            while column.takeAt(0) is not None:
                pass
        for card, of_three, of_two in self._cards:
            place = (0, of_two, of_three)[count - 1]
            self._columns[place].addWidget(card)
        for place, column in enumerate(self._columns):
            column.addStretch(1)
            self._row.setStretch(place, self._stretch(count, place))

    @staticmethod
    def _stretch(count: int, place: int) -> int:
        return {3: (30, 50, 24), 2: (1, 1, 0), 1: (1, 0, 0)}[count][place]
