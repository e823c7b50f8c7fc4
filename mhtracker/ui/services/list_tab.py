"""A tab of the Services page: filters, a table whose columns are remembered, and what is said while it is empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from mhtracker import settings, text
from mhtracker.ui.caseload.choice_menu import ChoiceMenu
from mhtracker.ui.caseload.filters import Choice
from mhtracker.ui.context import Context
from mhtracker.ui.focus import REACH
from mhtracker.ui.services.filters import Filters, ListFilter
from mhtracker.ui.services.grouped_table import GroupedTable, Heading, Tall, paint_heading
from mhtracker.ui.services.heading import Beside
from mhtracker.ui.table_cells import Column, rows_as_text
from mhtracker.ui.tables import ColumnState, TableModel
from mhtracker.ui.widgets.chips import Chip, ChipLine
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.labels import Label

Order = Callable[[Any], Any]
Group = Callable[[Sequence[Any]], list[Any]]


class ListTab(QWidget):
    """`opened(row)` on Enter and double click, `shown(row)` on a press, `went_to(row)` as the keyboard goes along.

    `orders` say by column what its rows are sorted by; `group` puts headings among rows that are in their own order.
    """

    opened = Signal(object)
    shown = Signal(object)
    went_to = Signal(object)
    changed = Signal()
    """What is listed is another."""

    def __init__(
        self,
        context: Context,
        key: str,
        name: str,
        columns: Sequence[Column],
        row_id: Callable[[Any], str],
        *,
        orders: Mapping[str, Order],
        filters: Sequence[ListFilter] = (),
        group: Group | None = None,
        own_order: str = "",
        tall: tuple[str, Tall] | None = None,
    ) -> None:
        super().__init__()
        self.context, self.key, self.name = context, key, name
        self._row_id, self._orders, self._group, self._own_order = row_id, orders, group, own_order
        self._rows: tuple[Any, ...] = ()
        self.listed: list[Any] = []
        self._empty: QWidget | None = None
        self.kept = context.computer.table(f"services-{key}")
        self.filters = Filters(filters, self.kept.filters)
        self.setAccessibleName(name)
        with_headings = [_with_headings(column, first=place == 0) for place, column in enumerate(columns)]
        self._build(with_headings if group is not None else columns, tall)
        self._join()

    def _build(self, columns: Sequence[Column], tall: tuple[str, Tall] | None) -> None:
        theme = self.context.theme
        self.model = TableModel(columns, self._count, self._fetch, self.id_of, parent=self)
        self.table = GroupedTable(theme, self.model, self.name, tall=tall, parent=self)
        by, down = self.kept.sort[0] if self.kept.sort else (self._own_order, False)
        self.table.set_sort(by if by in self._orders or by == self._own_order else self._own_order, down)
        self.chips = ChipLine(theme, f"Filters of {text.first_lower(self.name)}")
        self._chips = {each.key: self._make_chip(each) for each in self.filters.all}
        self.said = Label("", "caption", "text2", wrap=True)
        self.line = Beside(theme, self.chips, list(self._chips.values()))
        frame = QFrame()
        frame.setProperty("box", "card")
        frame.setAccessibleName(self.name)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.line)
        # The chips have room for the ring round them; what is under them begins where they do.
        held = QVBoxLayout()
        held.setContentsMargins(REACH, 0, REACH, 0)
        self.said.setContentsMargins(REACH, 0, 0, 0)
        held.addWidget(frame)
        self._column.addWidget(self.said)
        self._column.addLayout(held, 1)
        theme.changed.connect(self._measure)
        self._measure()
        self._arrange()

    def _measure(self) -> None:
        px = self.context.theme.px
        self._column.setContentsMargins(px(24) - REACH, px(8), px(16) - REACH, px(12))
        self._column.setSpacing(px(6))

    def _join(self) -> None:
        self.table.opened.connect(self.opened)
        self.table.shown.connect(self.shown)
        self.table.went_to.connect(self.went_to)
        self.table.sort_asked.connect(self._on_sort)
        self.table.arranged.connect(self._keep_columns)

    # Rows

    def _count(self, then: Callable[[int], None]) -> None:
        then(len(self.listed))

    def _fetch(self, offset: int, limit: int, then: Callable[[Sequence[Any]], None]) -> None:
        then(self.listed[offset : offset + limit])

    def id_of(self, row: Any) -> str:
        """Tells rows and headings apart."""
        return f"heading {row.key}" if isinstance(row, Heading) else self._row_id(row)

    @property
    def rows(self) -> list[Any]:
        """The rows on show, without their headings."""
        return [row for row in self.listed if not isinstance(row, Heading)]

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these, as filtered and sorted; the keyboard stays at its row where that is still there."""
        self._rows = tuple(rows)
        self._show()

    def _show(self) -> None:
        before = self.table.current_row()
        found = [row for row in self._rows if self.filters.fits(row)]
        by, down = self.model.sorted_by
        if by in self._orders and (by != self._own_order or down):
            order = self._orders[by]
            known = [row for row in found if order(row) is not None]
            found = sorted(known, key=order, reverse=down) + [row for row in found if order(row) is None]
        elif by == self._own_order and down:
            found.reverse()
        grouped = self._group is not None and by == self._own_order and not down
        self.listed = self._group(found) if grouped and self._group is not None else found
        for key, chip in self._chips.items():
            self._show_chip(key, chip)
        self.line.setVisible(bool(self._rows))  # nothing to narrow down, and nothing to explain
        self.model.reload()
        self.table.fit_headings()
        self.go_to(self.id_of(before) if before is not None else "")
        self.changed.emit()

    def go_to(self, row_id: str) -> bool:
        """Put the keyboard's place at a row; at the first that is no heading where it is not there."""
        place = self.model.place_of(row_id) if row_id else None
        if place is None:
            first = next((n for n, row in enumerate(self.listed) if not isinstance(row, Heading)), -1)
            self.table.go_to(first)
            return False
        self.table.go_to(place)
        return True

    def row(self, row_id: str) -> Any | None:
        """A row by its id, shown or not."""
        return next((row for row in self._rows if self._row_id(row) == row_id), None)

    def current(self) -> Any | None:
        return self.table.current_row()

    def say(self, words: str) -> None:
        """What stands under the filters."""
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def set_empty(self, empty: EmptyState) -> None:
        """What stands here while there is no row."""
        if self._empty is not None:
            self._empty.hide()
            self._empty.deleteLater()
        self._empty = empty
        self.table.set_empty(empty)

    def nothing_fits(self) -> bool:
        """Whether there are rows, and the filters leave them all out."""
        return bool(self._rows) and not self.listed

    # Filters

    def _make_chip(self, each: ListFilter) -> Chip:
        chip = Chip(self.context.theme, each.label, dropdown=not each.is_switch, clearable=not each.is_switch)
        if each.is_switch:
            chip.setCheckable(True)
            chip.setChecked(bool(self.filters.chosen(each.key)))
            chip.clicked.connect(partial(self._on_switch, each.key, chip))
        else:
            chip.pressed_open.connect(partial(self._open_menu, each, chip))
            chip.cleared.connect(partial(self.choose, each.key, []))
        self.chips.add(chip)
        return chip

    def _show_chip(self, key: str, chip: Chip) -> None:
        each, chosen = self.filters.of(key), self.filters.chosen(key)
        if each.is_switch:
            chip.setChecked(bool(chosen))
        else:
            chip.set_value(text.join_words([each.words(value, self._rows) for value in chosen], "or"))
        self.line.fit()

    def _open_menu(self, each: ListFilter, chip: Chip) -> None:
        others = [row for row in self._rows if self.filters.fits(row, without=each.key)]
        choices = [Choice(value, words, number) for value, words, number in each.choices(others)]
        menu = ChoiceMenu(each.label, choices, self.filters.chosen(each.key), parent=self)
        menu.picked.connect(lambda values, _out: self.choose(each.key, values))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height() + 2)))

    def _on_switch(self, key: str, chip: Chip, *_: object) -> None:
        self.choose(key, ["yes"] if chip.isChecked() else [])

    def choose(self, key: str, values: Sequence[str]) -> None:
        """Narrow the list to these values of a filter; none for all."""
        self.filters.choose(key, values)
        self.kept.filters = self.filters.as_kept()
        settings.save_soon(self.context.computer)
        self._show()

    def clear_filters(self) -> None:
        """List everything."""
        self.narrow({})

    def narrow(self, chosen: Mapping[str, Sequence[str]]) -> None:
        """Narrow the list to these values of its filters, and to nothing else."""
        for each in self.filters.all:
            self.filters.choose(each.key, chosen.get(each.key, ()))
        self.kept.filters = self.filters.as_kept()
        settings.save_soon(self.context.computer)
        self._show()

    # Columns

    def _on_sort(self, name: str, down: bool) -> None:
        self.kept.sort = [(name, down)]
        settings.save_soon(self.context.computer)
        self._show()

    def _arrange(self) -> None:
        kept, columns = self.kept, {column.key: column for column in self.model.columns}
        if not kept.columns:
            return
        shown = [key for key in kept.columns if key in columns]
        order = shown + [key for key in columns if key not in shown]
        self.table.arrange([ColumnState(k, kept.widths.get(k, columns[k].width), k in shown) for k in order])

    def _keep_columns(self) -> None:
        states = self.table.column_states()
        self.kept.columns = [state.key for state in states if state.shown]
        self.kept.widths = {state.key: state.width for state in states}
        settings.save_soon(self.context.computer)

    def columns_shown(self) -> list[Column]:
        by_key = {column.key: column for column in self.model.columns}
        return [by_key[state.key] for state in self.table.column_states() if state.shown]

    def choose_columns(self, below: QWidget) -> None:
        """Offer the columns there are."""
        menu = self.table.make_columns_menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(below.mapToGlobal(QPoint(0, below.height() + 2)))

    def copy_all(self) -> None:
        """Put every row listed on the clipboard, for a spreadsheet."""
        QGuiApplication.clipboard().setText(rows_as_text(self.columns_shown(), self.rows))
        self.context.shell.say(f"Copied {text.count(len(self.rows), 'row')}.")

    def focus_first(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_filter(self) -> bool:
        """Go to the first filter. False where there is none."""
        chips = self.chips.chips() if self._rows else []
        if chips:
            chips[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return bool(chips)


def _with_headings(column: Column, *, first: bool) -> Column:
    """A column that also knows what to do with a heading: the first one says it, the others are silent."""

    def words(row: Any) -> str:
        if isinstance(row, Heading):
            return f"{row.words} {row.more}".strip() if first else ""
        return column.text(row)

    def paint(painter: Any, rect: Any, theme: Any, row: Any) -> None:
        if isinstance(row, Heading):
            paint_heading(painter, rect, theme, row)
        elif column.paint is not None:
            column.paint(painter, rect, theme, row)

    def guarded(ask: Callable[[Any], Any] | None, otherwise: Any) -> Callable[[Any], Any] | None:
        if ask is None:
            return None
        return lambda row: otherwise if isinstance(row, Heading) else ask(row)

    return replace(
        column,
        text=words,
        value=guarded(column.value, None),
        tooltip=guarded(column.tooltip, ""),
        accessible=words if column.accessible is None else guarded(column.accessible, ""),
        copy=guarded(column.copy, ""),
        paint=paint if column.paint is not None or first else None,
    )
