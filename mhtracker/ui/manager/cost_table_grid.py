"""The lines of one table "as is → to be", each cell changed where it stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QScrollArea, QWidget

from mhtracker import text
from mhtracker.domain.money.cost_tables import Sums, sums_of_row, year_of
from mhtracker.domain.records import CostTableRow
from mhtracker.operations.money.cost_tables import RowNow, TableNow
from mhtracker.store.queries.costs import StageNow
from mhtracker.ui.editors import MoneyEdit
from mhtracker.ui.more_editors import NumberEdit
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import IconButton
from mhtracker.ui.widgets.down_scroll import DownScroll
from mhtracker.ui.widgets.labels import ElidedLabel, Label

HEADINGS = ("Line", "People as is", "A year", "To be", "A year", "People", "Money", "A week each", "In the register")
TYPED, IN_A_CELL = range(1, 5), 13
SPARED = {5: 700, 6: 600, 7: 780}
"""Columns that are left out of a card narrower than so much, at 100% text."""
LEAST = 620
"""What the table needs; in a narrower card it scrolls sideways."""
NAMES = {
    "as_is_people": "people as is",
    "as_is_year_pence": "cost as is, a year",
    "to_be_people": "people to be",
    "to_be_year_pence": "cost to be, a year",
}
Cell = NumberEdit | MoneyEdit
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CostTableGrid(QScrollArea):
    """As high as its lines: only the page scrolls it up and down. `change` records a cell, `remove` takes a line out.

    While the lines are the same, cells are written over where they stand, so that the keyboard stays too.
    """

    def __init__(
        self,
        theme: Theme,
        change: Callable[[Cell, CostTableRow, str], object],
        remove: Callable[[CostTableRow], object],
    ) -> None:
        super().__init__()
        self._theme, self._change, self._remove = theme, change, remove
        self.editors: dict[tuple[str, str], Cell] = {}
        self._rows: dict[str, CostTableRow] = {}
        self._recorded: dict[tuple[str, str], Any] = {}
        self._labels: dict[tuple[str, int], Label] = {}
        self._shape: object = None
        self._may_record = False
        self.body = QWidget()
        self.body.setProperty("box", "clear")
        self.body.setAccessibleName("As is, to be")
        self._grid = QGridLayout(self.body)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(0, 1)
        self.setAccessibleName("The table")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("box", "clear")
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self.body)
        # Qt moves it up to show a cell that has the keyboard before it is as high as its lines.
        self.verticalScrollBar().valueChanged.connect(self._stay)

    def _stay(self, value: int) -> None:
        if value:
            self.verticalScrollBar().setValue(0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Down and up the wheel scrolls the page."""
        turned = event.angleDelta()
        if abs(turned.x()) > abs(turned.y()):
            super().wheelEvent(event)
        else:
            event.ignore()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.body and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.fit()
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """Where there is little room, the columns go that can be worked out from the others."""
        room = self.width() / self._theme.scale
        for column, least in SPARED.items():
            for row in range(self._grid.rowCount()):
                item = self._grid.itemAtPosition(row, column)
                cell = item.widget() if item is not None else None
                if cell is not None:
                    cell.setVisible(room >= least)
        least = self._theme.px(LEAST)
        self.body.setMinimumWidth(least)
        bar = self.horizontalScrollBar().sizeHint().height() if self.width() < least else 0
        height = self.body.sizeHint().height() + bar
        if self.height() != height or self.maximumHeight() != height:
            self.setFixedHeight(height)

    def focus_first(self) -> None:
        """Give the keyboard to the first cell, and let it be seen."""
        first = next(iter(self.editors.values()), None)
        if first is None:
            return
        first.setFocus(Qt.FocusReason.TabFocusReason)
        above = self.parentWidget()
        while above is not None and not isinstance(above, DownScroll):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self, 0, 0)
            above.ensureWidgetVisible(first, 0, self._theme.px(120))

    def show_table(self, table: TableNow, may_record: bool) -> None:
        """Show a table's lines; what is being typed in is not lost."""
        shape = table.table.id, may_record, self._theme.scale, [(each.row.id, each.row.label) for each in table.rows]
        self._rows = {each.row.id: each.row for each in table.rows}
        if shape != self._shape:
            self._shape, self._may_record = shape, may_record
            self._build(table)
        for each in table.rows:
            self._fill_row(each)
        sums = table.sums
        self._fill("", (*_stated(sums), *_differences(sums), _each(sums), _now(table.now)), 1)
        # Its cells have their true heights only once they are dressed.
        for widget in self.body.findChildren(QWidget):
            widget.ensurePolished()
        self._grid.invalidate()
        self.fit()

    def _build(self, table: TableNow) -> None:
        here, typed, line = self._being_typed()
        for editor in self.editors.values():
            editor.blockSignals(True)  # it is taken away, and not left by whoever types in it
        old = []
        while (item := self._grid.takeAt(0)) is not None:
            old.append(item.widget())
        self.editors, self._recorded, self._labels = {}, {}, {}
        px = self._theme.px
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(5))
        for column, words in enumerate(HEADINGS):
            side = _RIGHT if column else Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(self._over_cells(Label(words, "caption", "text2"), column), 0, column, side)
        for place, each in enumerate(table.rows, 1):
            self._build_row(place, each.row)
        last = len(table.rows) + 1
        self._grid.addWidget(Label("All", "strong"), last, 0)
        for column in range(1, len(HEADINGS)):
            self._put_label("", last, column, "strong")
        if here is not None:
            self._take_keyboard(here, typed, line)
        for widget in old:
            # Hidden only now: the keyboard of a cell that is hidden would go to whatever comes next on the page.
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _build_row(self, place: int, row: CostTableRow) -> None:
        self._grid.addWidget(ElidedLabel(row.label), place, 0)
        for column, name in enumerate(NAMES, 1):
            if self._may_record:
                self._grid.addWidget(self._editor(row, name), place, column, _RIGHT)
            else:
                self._put_label(row.id, place, column)
        for column in range(5, len(HEADINGS)):
            self._put_label(row.id, place, column)
        if self._may_record:
            away = IconButton(
                self._theme, "mdi6.close", f"Take {row.label} out of the table", partial(self._on_remove, row.id)
            )
            self._grid.addWidget(away, place, len(HEADINGS))

    def _put_label(self, row_id: str, place: int, column: int, style: str = "body") -> None:
        label = Label("", style)
        self._labels[row_id, column] = label
        self._grid.addWidget(self._over_cells(label, column), place, column, _RIGHT)

    def _over_cells(self, label: Label, column: int) -> Label:
        """Words over or under cells that are typed in end where the figures in them end."""
        if column in TYPED and self._may_record:
            label.setContentsMargins(0, 0, self._theme.px(IN_A_CELL), 0)
        return label

    def _editor(self, row: CostTableRow, name: str) -> Cell:
        theme, people = self._theme, name.endswith("people")
        editor: Cell = NumberEdit(theme, least=0, most=99_999, width=92) if people else MoneyEdit(theme, width=116)
        # An empty cell says what it means, in grey.
        editor.line.setAlignment(_RIGHT)
        editor.line.setPlaceholderText("as is" if name.startswith("to_be") else "not recorded")
        editor.set_value(getattr(row, name))
        editor.settled.connect(partial(self._on_settled, editor, row.id, name))
        self.editors[row.id, name] = editor
        self._recorded[row.id, name] = getattr(row, name)
        return editor

    # What stands in the cells

    def _fill_row(self, each: RowNow) -> None:
        row, sums = each.row, sums_of_row(each.row)
        if self._may_record:
            for name, words in NAMES.items():
                unsaid = name == "as_is_people" and row.as_is_people is None
                editor = self.editors[row.id, name]
                editor.set_name(f"{row.label}, {words}{', not recorded' if unsaid else ''}")
                editor.setToolTip("Not recorded" if unsaid else "")
                self._write((row.id, name), getattr(row, name))
        else:
            self._fill(row.id, _stated(sums), 1)
        self._fill(row.id, (*_differences(sums), _each(sums), _now(each.now)), 5)

    def _fill(self, row_id: str, cells: tuple[str, ...], first: int) -> None:
        for column, words in enumerate(cells, first):
            self._labels[row_id, column].setText(words)

    def _write(self, cell: tuple[str, str], value: Any) -> None:
        """Write what was recorded since, unless the cell is being typed in."""
        editor = self.editors[cell]
        here = editor.line.hasFocus()
        if self._recorded[cell] == value or (here and editor.line.isModified()):
            return
        self._recorded[cell] = value
        editor.set_value(value)
        if here:
            editor.line.selectAll()

    # The keyboard

    def _being_typed(self) -> tuple[tuple[str, str] | None, str | None, int]:
        """The cell that has the keyboard, what stands in it unless that is what was recorded, and how far down it is.

        None for no cell, ("", "") for another control of the table.
        """
        at = QApplication.focusWidget()
        if at is None or not self.body.isAncestorOf(at):
            return None, None, 0
        lines = list(dict.fromkeys(row_id for row_id, _ in self.editors))
        for cell, editor in self.editors.items():
            if editor.isAncestorOf(at):
                typed = editor.text_value() if editor.line.isModified() else None
                return cell, typed, lines.index(cell[0])
        index = self._grid.indexOf(at)
        line = self._grid.getItemPosition(index)[0] - 1 if index >= 0 else 0  # type: ignore[index]
        return ("", ""), None, line

    def _take_keyboard(self, cell: tuple[str, str], typed: str | None, line: int) -> None:
        """To the cell of before; where that is gone, to the line in its place."""
        editor = self.editors.get(cell)
        if editor is None:
            lines = list(dict.fromkeys(row_id for row_id, _ in self.editors))
            if not lines:
                return
            editor, typed = self.editors[lines[min(line, len(lines) - 1)], "as_is_people"], None
        elif typed is not None:
            editor.restore_text(typed)
            editor.line.setModified(True)
        editor.setFocus()

    def _on_settled(self, editor: Cell, row_id: str, name: str) -> None:
        row = self._rows.get(row_id)  # None for a line that was taken out while the keyboard was in it
        if row is not None:
            self._change(editor, row, name)

    def _on_remove(self, row_id: str) -> None:
        self._remove(self._rows[row_id])


def _people(number: int | None) -> str:
    return str(number) if number is not None else "not recorded"


def year_words(pence: int) -> str:
    """What a year costs, in pounds."""
    return text.format_pence(pence, whole=True)


def _stated(sums: Sums) -> tuple[str, ...]:
    as_is, to_be = year_words(sums.as_is_year), year_words(sums.to_be_year)
    return _people(sums.as_is_people), as_is, _people(sums.to_be_people), to_be


def _differences(sums: Sums) -> tuple[str, str]:
    people = f"{sums.people:+}".replace("-", text.MINUS) if sums.people else "–" if sums.people is None else "0"
    money = f"{'+' if sums.year > 0 else ''}{year_words(sums.year)}" if sums.year else "£0"
    return people, money


def _each(sums: Sums) -> str:
    """What a week of one person costs, as is and to be; once where it is the same, and "–" for nobody."""
    words = [text.format_pence(unit, whole=True) for unit in (sums.as_is_unit, sums.to_be_unit) if unit is not None]
    return " → ".join(dict.fromkeys(words)) or "–"


def _now(now: StageNow | None) -> str:
    return f"{now.people}, {year_words(year_of(now.weekly_net))}" if now is not None and now.said else "–"
