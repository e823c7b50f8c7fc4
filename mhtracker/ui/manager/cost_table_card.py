"""The card "As is → to be": people and money now and as planned, changed where they stand, beside the register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.errors import UserError
from mhtracker.domain.money.cost_tables import Sums, sums_of_row, year_of
from mhtracker.domain.records import Changes, CostTableRow
from mhtracker.figures.cost_tables import TableLine, draw_table
from mhtracker.operations.money.cost_tables import RowNow, TableNow, edit_row, remove_row
from mhtracker.store.queries.costs import StageNow
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.editors import MoneyEdit
from mhtracker.ui.manager.cost_table_reading import Tables, read_cost_tables
from mhtracker.ui.more_editors import NumberEdit
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import IconButton, LinkButton
from mhtracker.ui.widgets.card import Card, clear_layout
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.figure_view import FigureView, figure_palette
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import ElidedLabel, Label

CHART_TEXT = 11.0
HEADINGS = ("Line", "People now", "A year", "To be", "A year", "People", "Money", "A week each", "In the register")
TYPED, IN_A_CELL = range(1, 5), 13
SPARED = {5: 700, 6: 600, 7: 780}
"""Columns that are left out of a card narrower than so much, at 100% text."""
MOST_OF_NAME = 34
"""How many letters of a table's name the list of tables has room for."""
LEAST = 620
"""What the table needs; in a narrower card it scrolls sideways."""
KINDS = frozenset({"cost_table", "cost_row"})
HANG_ON = KINDS | {"placement", "cost_line", "funding", "person", "stage"}


class CostTableCard(Card):
    """Asks the register itself, and again whenever what it shows is recorded."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme, "As is → to be", "net a year")
        self._context = context
        self._chosen: str | None = None
        self._found: Tables | None = None
        self.editors: dict[tuple[str, str], NumberEdit | MoneyEdit] = {}
        self._body = QWidget()
        self._body.setProperty("box", "clear")
        self._body.setAccessibleName("As is, to be")
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(0, 1)
        self.steps = QWidget()
        self.steps.setAccessibleName("Tables")
        self._steps = FlowLayout(self.steps, across=context.theme.px(16), down=context.theme.px(4))
        self._told = Label("", wrap=True)
        self._chart = _TableChart(context.theme)
        self._across = QScrollArea()
        self._across.setAccessibleName("The table")
        self._across.setFrameShape(QFrame.Shape.NoFrame)
        self._across.setProperty("box", "clear")
        self._across.setWidgetResizable(True)
        self._across.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._across.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._across.setWidget(self._body)
        # Its cells get their true heights only once they are dressed and laid out, after they are put in.
        for watched in (self._body, self._across):
            watched.installEventFilter(self)
        self._empty = QVBoxLayout()
        self.add_layout(self._empty)
        for widget in (self.steps, self._told, self._across, self._chart):
            self.add(widget)
        context.bus.changed.connect(self._on_changed)
        context.bus.as_at_changed.connect(self.ask)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.ask()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Where there is little room, the columns go that can be worked out from the others."""
        room = self.width() / self._theme.scale
        for column, least in SPARED.items():
            for row in range(self._grid.rowCount()):
                item = self._grid.itemAtPosition(row, column)
                cell = item.widget() if item is not None else None
                if cell is not None:
                    cell.setVisible(room >= least)
        least = self._theme.px(LEAST)
        self._body.setMinimumWidth(least)
        bar = self._across.horizontalScrollBar().sizeHint().height() if self._across.width() < least else 0
        height = self._body.sizeHint().height() + bar
        if self._across.height() != height or self._across.maximumHeight() != height:
            self._across.setFixedHeight(height)

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
        """Show one just started, the one chosen, or the latest; what is being typed in is not lost to other changes."""
        known = {each.table.id for each in self._found.tables} if self._found is not None else None
        started = [each.table.id for each in found.tables if known is not None and each.table.id not in known]
        self._chosen = next(iter(started), self._chosen)
        self._found = found
        cell, typed = self._being_typed()
        table = next((t for t in found.tables if t.table.id == self._chosen), None) or next(iter(found.tables), None)
        clear_layout(self._steps)
        clear_layout(self._grid)
        clear_layout(self._empty)
        self.editors = {}
        for widget in (self._told, self._across, self._chart):
            widget.setVisible(table is not None)
        if table is None:
            self._show_empty()
            return
        self._chosen = table.table.id
        self._show_steps(found, table)
        self._told.setText(told(table))
        self._show_grid(table)
        self._fit()
        self._chart.show_lines([_line_of(each) for each in table.rows])
        if cell in self.editors:
            editor = self.editors[cell]
            if typed is not None:
                editor.restore_text(typed)
            editor.setFocus()

    def _being_typed(self) -> tuple[tuple[str, str], str | None]:
        """The cell that has the keyboard, and what stands in it unless that is what was recorded."""
        for cell, editor in self.editors.items():
            if editor.line.hasFocus():
                return cell, editor.text_value() if editor.line.isModified() else None
        return ("", ""), None

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
        run, theme = self._context.shell.run_command, self._theme
        if len(found.tables) > 1:
            chooser = ChoiceEdit(theme, [Choice(each.table.id, each.table.name) for each in found.tables])
            chooser.set_name("Table")
            chooser.combo.setMinimumContentsLength(
                min(MOST_OF_NAME, max(len(each.table.name) for each in found.tables))
            )
            chooser.set_value(table.table.id)
            chooser.settled.connect(lambda: self._choose(chooser.value()))
            self._steps.addWidget(chooser)
        else:
            self._steps.addWidget(Label(table.table.name, "strong"))
        steps: Sequence[tuple[str, Callable[[], object]]] = (
            ("Add a line", partial(run, "cost_row", table_id=table.table.id)),
            ("Change the table", partial(run, "cost_table", table_id=table.table.id)),
            ("Start another", partial(run, "cost_table")),
        )
        for words, step in steps if self._may_record else ():
            self._steps.addWidget(LinkButton(theme, words, step))

    def _choose(self, table_id: str | None) -> None:
        if table_id is not None and table_id != self._chosen and self._found is not None:
            self._chosen = table_id
            QTimer.singleShot(0, partial(self.show_tables, self._found))

    # The table

    def _show_grid(self, table: TableNow) -> None:
        px = self._theme.px
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(5))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for column, words in enumerate(HEADINGS):
            side = right if column else Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(self._over_cells(Label(words, "caption", "text2"), column), 0, column, side)
        for place, each in enumerate(table.rows, 1):
            self._show_row(place, each)
        last = len(table.rows) + 1
        self._grid.addWidget(Label("All", "strong"), last, 0)
        sums = table.sums
        cells = (_people(sums.as_is_people), _year(sums.as_is_year), _people(sums.to_be_people), _year(sums.to_be_year))
        for column, words in enumerate((*cells, *_differences(sums), _each(sums), _now(table.now)), 1):
            self._grid.addWidget(self._over_cells(Label(words, "strong"), column), last, column, right)

    def _over_cells(self, label: Label, column: int) -> Label:
        """Words over or under cells that are typed in end where the figures in them end."""
        if column in TYPED and self._may_record:
            label.setContentsMargins(0, 0, self._theme.px(IN_A_CELL), 0)
        return label

    def _show_row(self, place: int, each: RowNow) -> None:
        row, sums = each.row, sums_of_row(each.row)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(ElidedLabel(row.label), place, 0)
        for column, name in enumerate(("as_is_people", "as_is_year_pence", "to_be_people", "to_be_year_pence"), 1):
            if self._may_record:
                self._grid.addWidget(self._editor(row, name), place, column, right)
            else:
                shown = {"as_is_people": _people(sums.as_is_people), "to_be_people": _people(sums.to_be_people)}
                money = sums.as_is_year if name == "as_is_year_pence" else sums.to_be_year
                self._grid.addWidget(Label(shown.get(name) or _year(money)), place, column, right)
        for column, words in enumerate((*_differences(sums), _each(sums), _now(each.now)), 5):
            self._grid.addWidget(Label(words), place, column, right)
        if self._may_record:
            away = IconButton(
                self._theme, "mdi6.close", f"Take {row.label} out of the table", partial(self._remove, row)
            )
            self._grid.addWidget(away, place, len(HEADINGS))

    def _editor(self, row: CostTableRow, name: str) -> NumberEdit | MoneyEdit:
        theme, people = self._theme, name.endswith("people")
        editor: NumberEdit | MoneyEdit = (
            NumberEdit(theme, least=0, most=99_999, width=92) if people else MoneyEdit(theme, width=116)
        )
        names = {
            "as_is_people": "people now",
            "as_is_year_pence": "cost now, a year",
            "to_be_people": "people to be",
            "to_be_year_pence": "cost to be, a year",
        }
        unsaid = name == "as_is_people" and row.as_is_people is None
        editor.set_name(f"{row.label}, {names[name]}{', not recorded' if unsaid else ''}")
        if unsaid:
            editor.setToolTip("Not recorded")
        # An empty cell says what it means, in grey.
        editor.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        editor.line.setPlaceholderText("as now" if name.startswith("to_be") else "not recorded")
        editor.set_value(getattr(row, name))
        editor.settled.connect(partial(self._on_settled, editor, row, name))
        self.editors[row.id, name] = editor
        return editor

    def _on_settled(self, editor: NumberEdit | MoneyEdit, row: CostTableRow, name: str) -> None:
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


def _people(number: int | None) -> str:
    return str(number) if number is not None else "not recorded"


def _year(pence: int) -> str:
    return text.format_pence(pence, whole=True)


def _differences(sums: Sums) -> tuple[str, str]:
    people = f"{sums.people:+}".replace("-", text.MINUS) if sums.people else "–" if sums.people is None else "0"
    money = f"{'+' if sums.year > 0 else ''}{_year(sums.year)}" if sums.year else "£0"
    return people, money


def _each(sums: Sums) -> str:
    """What a week of one person costs, now and to be; once where it is the same, and "–" for nobody."""
    words = [text.format_pence(unit, whole=True) for unit in (sums.as_is_unit, sums.to_be_unit) if unit is not None]
    return " → ".join(dict.fromkeys(words)) or "–"


def _now(now: StageNow | None) -> str:
    return f"{now.people}, {_year(year_of(now.weekly_net))}" if now is not None and now.said else "–"


def told(found: TableNow) -> str:
    """The table in a sentence or two."""
    table, sums = found.table, found.sums
    by = f" by {text.format_date(table.to_be_on)}" if table.to_be_on else ""
    said = f"As is on {text.format_date(table.as_is_on)}, to be{by}. "
    percent = f" ({abs(sums.year_percent):g}%)" if sums.year_percent else ""
    if sums.year < 0:
        said += f"Planned to cost {_year(-sums.year)} a year less{percent}."
    elif sums.year > 0:
        said += f"Planned to cost {_year(sums.year)} a year more{percent}."
    elif sums.people:
        said += "Planned to cost what it costs now."
    else:
        said += "Nothing is planned to change yet: write how many people there are to be."
    if sums.people:
        people = text.count(abs(sums.people), "person", "people")
        has = "has" if sums.people == -1 else "have"
        said += f" {people} {has} no place in this plan." if sums.people < 0 else f" {people} more than now."
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
