"""The card "As is → to be": people and money now and as planned, changed where they stand, beside the register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.errors import UserError
from mhtracker.domain.money.cost_tables import sums_of_row, year_of
from mhtracker.domain.records import Changes, CostTableRow
from mhtracker.figures.cost_tables import TableLine, draw_table
from mhtracker.operations.money.cost_tables import RowNow, TableNow, edit_row, remove_row
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.manager.cost_table_grid import Cell, CostTableGrid, year_words
from mhtracker.ui.manager.cost_table_reading import Tables, read_cost_tables
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.card import Card, clear_layout
from mhtracker.ui.widgets.down_scroll import lay_out_now
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.figure_view import FigureView, figure_palette
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import Label

CHART_TEXT = 11.0
MOST_OF_NAME = 34
"""How many letters of a table's name the list of tables has room for."""
KINDS = frozenset({"cost_table", "cost_row"})
HANG_ON = KINDS | {"placement", "cost_line", "funding", "person", "stage"}


class CostTableCard(Card):
    """Asks the register itself, and again whenever what it shows is recorded."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme, "As is → to be", "net a year")
        self._context = context
        self._chosen: str | None = None
        self._found: Tables | None = None
        self.steps = QWidget()
        self.steps.setAccessibleName("Tables")
        self._steps = FlowLayout(self.steps, across=context.theme.px(16), down=context.theme.px(4))
        self._steps_for: object = None
        self._chooser: ChoiceEdit | None = None
        self._told = Label("", wrap=True)
        self._chart = _TableChart(context.theme)
        self.grid = CostTableGrid(context.theme, self._on_settled, self._remove)
        self._empty = QVBoxLayout()
        self.add_layout(self._empty)
        for widget in (self.steps, self._told, self.grid, self._chart):
            self.add(widget)
        context.bus.changed.connect(self._on_changed)
        context.bus.as_at_changed.connect(self.ask)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.ask()

    def ask(self) -> None:
        """Read the tables again."""
        context = self._context
        if context.has_register and self.isVisible():
            context.jobs.ask(read_cost_tables, context.as_at, then=self.show_tables, slot=("cost tables", id(self)))

    def _on_changed(self, changes: Changes) -> None:
        kinds = HANG_ON if self._found is not None and self._found.tables else KINDS
        if changes.kinds & kinds:
            self.ask()

    @property
    def _may_record(self) -> bool:
        return not (self._context.register.read_only or self._context.as_known)

    def show_tables(self, found: Tables) -> None:
        """Show one just started, with the keyboard in its first cell, the one chosen, or the latest."""
        known = {each.table.id for each in self._found.tables} if self._found is not None else None
        started = [each.table.id for each in found.tables if known is not None and each.table.id not in known]
        self._chosen = next(iter(started), self._chosen)
        self._found = found
        table = next((t for t in found.tables if t.table.id == self._chosen), None) or next(iter(found.tables), None)
        for widget in (self.steps, self._told, self.grid, self._chart):
            widget.setVisible(table is not None)
        if table is None:
            clear_layout(self._empty)
            self._show_empty()
            return
        self._chosen = table.table.id
        self._show_steps(found, table)
        self._told.setText(told(table))
        self.grid.show_table(table, self._may_record)
        self._chart.show_lines([_line_of(each) for each in table.rows])
        if started and not self._types_elsewhere():
            lay_out_now(self)
            self.grid.focus_first()
        clear_layout(self._empty)

    def has_keyboard(self) -> bool:
        """Whether the keyboard is in one of its controls."""
        at = QApplication.focusWidget()
        return at is not None and self.isAncestorOf(at)

    def _types_elsewhere(self) -> bool:
        return isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit) and not self.has_keyboard()

    def _show_empty(self) -> None:
        run = self._context.shell.run_command
        words = (
            "How many people in each stage at what cost now, and how many instead by when. "
            "It begins with the register’s own people and costs, and later shows what has come of it."
        )
        empty = EmptyState(
            self._theme,
            "mdi6.table-edit",
            "No table yet",
            words,
            "Start a table" if self._may_record else "",
            lambda: run("cost_table"),
        )
        self._empty.addWidget(empty)

    def _show_steps(self, found: Tables, table: TableNow) -> None:
        """The list of tables and what can be done; left alone while it is the same, for the keyboard's sake."""
        run, theme = self._context.shell.run_command, self._theme
        shown = self._may_record, [(each.table.id, each.table.name) for each in found.tables]
        if shown == self._steps_for:
            if self._chooser is not None:
                self._chooser.set_value(table.table.id)
            return
        self._steps_for, self._chooser = shown, None
        clear_layout(self._steps)
        if len(found.tables) > 1:
            chooser = ChoiceEdit(theme, [Choice(each.table.id, each.table.name) for each in found.tables])
            chooser.set_name("Table")
            chooser.combo.setMinimumContentsLength(
                min(MOST_OF_NAME, max(len(each.table.name) for each in found.tables))
            )
            chooser.set_value(table.table.id)
            chooser.settled.connect(lambda: self._choose(chooser.value()))
            self._steps.addWidget(chooser)
            self._chooser = chooser
        else:
            self._steps.addWidget(Label(table.table.name, "strong"))
        steps: Sequence[tuple[str, Callable[[], object]]] = (
            ("Add a line", lambda: run("cost_row", table_id=self._chosen)),
            ("Change the table", lambda: run("cost_table", table_id=self._chosen)),
            ("Start another", partial(run, "cost_table")),
        )
        for words, step in steps if self._may_record else ():
            self._steps.addWidget(LinkButton(theme, words, step))

    def _choose(self, table_id: str | None) -> None:
        if table_id is not None and table_id != self._chosen and self._found is not None:
            self._chosen = table_id
            QTimer.singleShot(0, partial(self.show_tables, self._found))

    def _on_settled(self, editor: Cell, row: CostTableRow, name: str) -> None:
        """Record one cell as it is left. People by themselves take their cost along."""
        if editor.problem:
            return
        value: Any = editor.value()
        if value is None and name == "as_is_year_pence":
            editor.set_value(getattr(row, name))
            return
        if value == getattr(row, name):
            return

        def failed(error: UserError) -> None:
            editor.show_problem(str(error))

        told = partial(self._tell, f"Changed {row.label}.")
        self._context.jobs.do(edit_row, row.id, base=row, **{name: value}, then=told, failed=failed)

    def _remove(self, row: CostTableRow) -> None:
        self._context.jobs.do(remove_row, row.id, then=partial(self._tell, f"Took {row.label} out of the table."))

    def _tell(self, words: str, _result: object) -> None:
        self._context.shell.say(words, can_undo=True)


class _TableChart(FigureView):
    """The bars, drawn to the width there is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "As is and to be", grows=False)
        self._lines: list[TableLine] = []
        self._redraw = QTimer(self, singleShot=True, interval=40)
        self._redraw.timeout.connect(self._draw)
        theme.changed.connect(self._draw)

    def show_lines(self, lines: list[TableLine]) -> None:
        self._lines = lines
        self._draw()

    def resizeEvent(self, event: QEvent) -> None:
        super().resizeEvent(event)
        self._redraw.start()

    def _draw(self) -> None:
        width = min(self.width(), self._theme.px(900))
        if width < self._theme.px(200) or not self._lines:
            return
        size = CHART_TEXT * self._theme.scale
        picture = draw_table(self._lines, figure_palette(self._theme), width=float(width), text_size=size)
        self.show_picture(picture)
        self.setFixedHeight(round(picture.height))


def _line_of(each: RowNow) -> TableLine:
    sums = sums_of_row(each.row)
    now = year_of(each.now.weekly_net) if each.now is not None else None
    return TableLine(each.row.label, sums.as_is_year, sums.to_be_year, now, each.row.id)


def told(found: TableNow) -> str:
    """The table in a sentence or two."""
    table, sums = found.table, found.sums
    by = f" by {text.format_date(table.to_be_on)}" if table.to_be_on else ""
    said = f"As is on {text.format_date(table.as_is_on)}, to be{by}. "
    percent = f" ({abs(sums.year_percent):g}%)" if sums.year_percent else ""
    if sums.year < 0:
        said += f"Planned to cost {year_words(-sums.year)} a year less{percent}."
    elif sums.year > 0:
        said += f"Planned to cost {year_words(sums.year)} a year more{percent}."
    elif sums.people:
        said += "Planned to cost what it does as is."
    else:
        said += "Nothing is planned to change yet: write how many people there are to be."
    if sums.people:
        people = text.count(abs(sums.people), "person", "people")
        has = "has" if sums.people == -1 else "have"
        said += f" {people} {has} no place in this plan." if sums.people < 0 else f" {people} more than as is."
    if sums.unsaid:
        lines, its = text.count(sums.unsaid, "line"), "its" if sums.unsaid == 1 else "their"
        gives = "gives" if sums.unsaid == 1 else "give"
        said += f" {lines} {gives} no number of people: {its} money counts, {its} people do not."
    if any(each.now is not None for each in found.rows):
        said += " Red marks are what the register says."
    if found.not_compared:
        lines = text.count(found.not_compared, "line")
        said += f" It says nothing of {lines}, so All is not compared with it."
    if found.unknown:
        people = text.count(found.unknown, "person", "people")
        said += f" In the register the cost of {people} is not recorded; they are left out."
    return said
