"""Which columns a table shows, in what order and how wide: shown, changed, remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from mhtracker.ui.table_cells import Column
from mhtracker.ui.table_header import TableHeader
from mhtracker.ui.table_model import TableModel
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.labels import button_words

NARROWEST = 28


@dataclass(frozen=True, slots=True)
class ColumnState:
    """How a person left a column: its width at 100%, and whether it is shown. Their order is the columns' order."""

    key: str
    width: int
    shown: bool = True


class Arrangement(QObject):
    """Keeps widths at 100%, so that text size does not creep into what is remembered. The first columns stay first."""

    changed = Signal()

    def __init__(self, theme: Theme, model: TableModel, header: TableHeader, fixed: int) -> None:
        super().__init__(header)
        self._theme, self._model, self._header = theme, model, header
        self._first = fixed
        self._busy = False
        self._widths = {column.key: column.width for column in model.columns}
        self._wanted = {column.key for column in model.columns if column.shown}
        self._insisted: set[str] = set()
        for place, column in enumerate(model.columns):
            header.setSectionHidden(place, not column.shown)
        header.sectionResized.connect(self._on_resized)
        header.sectionMoved.connect(self._on_moved)

    def fixed(self) -> list[int]:
        return [place for place in self._header.shown() if place < self._first]

    def measure(self) -> None:
        """Set every width for the theme's present text size."""
        self._busy = True
        self._header.setMinimumSectionSize(self._theme.px(NARROWEST))
        for place, column in enumerate(self._model.columns):
            self._header.resizeSection(place, self._theme.px(self._widths[column.key]))
        if self._model.checkable:
            self._header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        self._busy = False

    def wanted(self) -> list[int]:
        """The places of the columns that were chosen, in their order, whether there is room for them or not."""
        places = (self._header.logicalIndex(place) for place in range(self._header.count()))
        return [place for place in places if self._model.columns[place].key in self._wanted]

    def fit(self, room: int) -> None:
        """Leave out columns that give way, until the others fit into `room`; a column just asked for stays."""
        wanted = [self._model.columns[place] for place in self.wanted()]
        needed = sum(self._theme.px(self._least(column)) for column in wanted)
        giving = [column for column in wanted if column.gives and column.key not in self._insisted]
        out: list[Column] = []
        for column in sorted(giving, key=lambda column: -column.gives):
            if needed > room:
                out.append(column)
                needed -= self._theme.px(self._least(column))
        for column in reversed(out[:]):  # a narrow one that went early may fit where a wide one went after it
            if needed + (width := self._theme.px(self._least(column))) <= room:
                out.remove(column)
                needed += width
        gone = {column.key for column in out}
        self._busy = True
        for place, column in enumerate(self._model.columns):
            hidden = column.key not in self._wanted or column.key in gone
            if self._header.isSectionHidden(place) != hidden:
                self._header.setSectionHidden(place, hidden)
        self._stretch([column for column in wanted if column not in out], room)
        self._busy = False

    def _least(self, column: Column) -> int:
        width = self._widths[column.key]
        return min(column.least, width) if column.least and width == column.width else width

    def _stretch(self, shown: Sequence[Column], room: int) -> None:
        """Share what is left of `room` among columns that may be narrower or wider: first up to their own widths."""
        px = self._theme.px
        widths = {column.key: px(self._least(column)) for column in shown}
        left = room - sum(widths.values())
        easy = [column for column in shown if self._least(column) < column.width]
        for most in (1.0, 1.5):
            for column in easy:
                more = min(max(left, 0), max(px(column.width * most) - widths[column.key], 0))
                widths[column.key] += more
                left -= more
        for column in easy:
            self._header.resizeSection(self._model.columns.index(column), widths[column.key])

    def states(self) -> list[ColumnState]:
        places = (self._header.logicalIndex(place) for place in range(self._header.count()))
        columns = ((place, self._model.columns[place]) for place in places)
        return [
            ColumnState(column.key, self._widths[column.key], column.key in self._wanted)
            for _, column in columns
            if column.kind != "check"
        ]

    def restore(self, states: Sequence[ColumnState]) -> None:
        """Columns that were not known when `states` were remembered come after the others, as they are."""
        places = {column.key: place for place, column in enumerate(self._model.columns) if column.kind != "check"}
        self._busy = True
        known = [state for state in states if state.key in places]
        for target, state in enumerate(known, start=1 if self._model.checkable else 0):
            place = places[state.key]
            self._header.moveSection(self._header.visualIndex(place), target)
            shown = state.shown or place < self._first
            self._wanted = self._wanted | {state.key} if shown else self._wanted - {state.key}
            self._header.setSectionHidden(place, not shown)
            self._widths[state.key] = max(state.width, NARROWEST)
        self._pin()
        self._busy = False
        self.measure()

    def show(self, key: str, shown: bool) -> None:
        place = next(place for place, column in enumerate(self._model.columns) if column.key == key)
        self._wanted = self._wanted | {key} if shown else self._wanted - {key}
        self._insisted = self._insisted | {key} if shown else self._insisted - {key}
        self._header.setSectionHidden(place, not shown)
        self.changed.emit()

    def make_menu(self, parent: QWidget) -> QMenu:
        menu = QMenu("Columns", parent)
        menu.setAccessibleName("Columns")
        for place in (self._header.logicalIndex(n) for n in range(self._header.count())):
            if place < self._first:
                continue
            column = self._model.columns[place]
            action = menu.addAction(button_words(column.title))
            action.setCheckable(True)
            wanted, hidden = column.key in self._wanted, self._header.isSectionHidden(place)
            if wanted and hidden:
                action.setText(button_words(f"{column.title} (no room)"))
            action.setChecked(wanted and not hidden)
            action.toggled.connect(lambda on, key=column.key: self.show(key, on))
        return menu

    def _on_resized(self, place: int, _before: int, width: int) -> None:
        # The last column fills what is left over; that is not a width anybody chose.
        if self._busy or not width or self._header.shown()[-1:] == [place]:
            return
        self._widths[self._model.columns[place].key] = max(round(width / self._theme.scale), NARROWEST)
        self.changed.emit()

    def _on_moved(self) -> None:
        if not self._busy:
            self._busy = True
            self._pin()
            self._busy = False
            self.changed.emit()

    def _pin(self) -> None:
        """Whoever drags a column before the fixed ones gets it after them."""
        for place in range(self._first):
            if self._header.visualIndex(place) != place:
                self._header.moveSection(self._header.visualIndex(place), place)
