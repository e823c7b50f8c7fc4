"""Small tables of the Progress page: words at the left, numbers at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.card import clear_layout
from mhtracker.ui.widgets.labels import ElidedLabel, Label

Cell = str | QWidget


class FactGrid(QWidget):
    """Rows of words and numbers, `down` pixels apart at 100%; the first column takes what room is left."""

    def __init__(self, theme: Theme, name: str, *, left: Sequence[int] = (0,), stretch: int = 0, down: int = 6) -> None:
        super().__init__()
        self._theme, self._left, self._stretch, self._down = theme, frozenset(left), stretch, down
        self.setAccessibleName(name)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(stretch, 1)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self._grid.setHorizontalSpacing(self._theme.px(12))
        self._grid.setVerticalSpacing(self._theme.px(self._down))

    def show_rows(self, rows: Sequence[Sequence[Cell]], headings: Sequence[str] = ()) -> None:
        clear_layout(self._grid)
        for column, words in enumerate(headings):
            self._grid.addWidget(Label(words, "caption", "text2"), 0, column, self._side(column))
        for place, row in enumerate(rows, 1 if headings else 0):
            for column, cell in enumerate(row):
                if isinstance(cell, Label) and cell.wordWrap():
                    self._grid.addWidget(cell, place, column)
                elif isinstance(cell, QWidget) and self._stretch and column == self._stretch:
                    self._grid.addWidget(cell, place, column, Qt.AlignmentFlag.AlignVCenter)
                elif isinstance(cell, QWidget):
                    self._grid.addWidget(cell, place, column, self._side(column))
                elif column in self._left:
                    self._grid.addWidget(ElidedLabel(cell), place, column)
                else:
                    self._grid.addWidget(Label(cell, "strong"), place, column, self._side(column))

    def _side(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignLeft if column in self._left else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter
