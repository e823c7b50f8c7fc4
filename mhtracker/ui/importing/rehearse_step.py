"""Step 3: what importing would do, row by row, with everything that can be put right before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mhtracker.domain.records import Stage
from mhtracker.operations.importing.rehearsal import Outcome, RowResult
from mhtracker.ui.importing.aside_panel import AsidePanel
from mhtracker.ui.importing.cells import CellReader
from mhtracker.ui.importing.mapping_head import MappingHead
from mhtracker.ui.importing.reading import Rehearsed
from mhtracker.ui.importing.rehearsal_table import RehearsalTable, View
from mhtracker.ui.importing.totals import TotalsCard
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.chips import Chip, ChipLine
from mhtracker.ui.widgets.labels import Label, rule
from mhtracker.ui.widgets.shapes import ShapeMark

PANEL = 290
BESIDE = 940
"""Narrower than this, at 100% text, the panel stands below the table."""
WITH_LEGEND = 1120
CHIPS: tuple[tuple[Outcome | None, str], ...] = (
    (None, "All rows"),
    (Outcome.NEW, "+ New"),
    (Outcome.CHANGE, "Change"),
    (Outcome.SAME, "= Same"),
    (Outcome.ASIDE, "Put aside"),
)


class RehearseStep(QWidget):
    """`decided` with decisions about rows, `mapped` with a column's new field, `save` to keep the rows put aside."""

    decided = Signal(list)
    mapped = Signal(str, str)
    save = Signal()
    take_back = Signal()

    def __init__(self, theme: Theme, stages: Callable[[], Sequence[Stage]], today: Callable[[], date]) -> None:
        super().__init__()
        self._theme, self._stages = theme, stages
        self.rehearsed: Rehearsed | None = None
        self.shown: Outcome | None = None
        self.table: RehearsalTable | None = None
        self._going = False
        self.setAccessibleName("Rehearsal")
        px = theme.px
        self.chips = ChipLine(theme, "Which rows")
        self.chip_of: dict[Outcome | None, Chip] = {}
        for outcome, words in CHIPS:
            chip = Chip(theme, words, count=0, dropdown=False, clearable=False)
            chip.setCheckable(True)
            chip.clicked.connect(partial(self.show_only, outcome))
            self.chips.add(chip)
            self.chip_of[outcome] = chip
        self.head = MappingHead(theme)
        self.head.mapped.connect(self.mapped)
        self._frame = QFrame()
        self._frame.setProperty("box", "card")
        self._frame.setAccessibleName("Rows of the sheet")
        self._inside = QVBoxLayout(self._frame)
        self._inside.setContentsMargins(1, 1, 1, 1)
        self._inside.setSpacing(0)
        self._inside.addWidget(self.head)
        self._inside.addWidget(rule())
        self.totals = TotalsCard(theme)
        self.panel = AsidePanel(theme, stages(), today())
        self.panel.decided.connect(self.decided)
        self.panel.picked.connect(self._on_picked)
        self.panel.save.connect(self.save)
        left = QVBoxLayout()
        left.setSpacing(px(10))
        left.addLayout(self._make_line())
        left.addWidget(self._frame, 1)
        left.addWidget(self.totals)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(px(14))
        self._body.addLayout(left, 1)
        self._body.addWidget(self.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(NothingChanged(theme))
        column.addLayout(self._body, 1)
        theme.changed.connect(self._on_theme)
        self._fit()

    def _on_theme(self) -> None:
        """The head over the table is made for one size of text, so both are made anew."""
        if self.rehearsed is not None and self.table is not None:
            self._make_table(self.rehearsed, CellReader(self.rehearsed))
            self.show_only(self.shown)
        self._fit()

    def _make_line(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(8))
        row.addWidget(self.chips, 1)
        self.back = LinkButton(self._theme, "Take back the last choice", self.take_back.emit, icon="undo")
        self.chips.add(self.back)
        self.back.setVisible(False)
        self._legend = Label("Dotted: read as a date. Point to see the original.", "caption", "text3")
        self._legend.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._legend)
        return row

    # Showing

    def show_rehearsed(self, rehearsed: Rehearsed, *, can_take_back: bool = False) -> None:
        """Show a rehearsal; the rows in sight and the card in hand stay where they are."""
        first = self.rehearsed is None
        self.back.setVisible(can_take_back)
        self.rehearsed = rehearsed
        self.panel.stages = self._stages()
        self._show_table(rehearsed)
        for outcome, chip in self.chip_of.items():
            chip.set_count(len(rehearsed.by_outcome[outcome]))
        if self.shown is not None and not rehearsed.by_outcome[self.shown]:
            self.shown = None
        self.show_only(self.shown)
        self.totals.show_rehearsal(rehearsed.rehearsal)
        self.panel.show_rehearsed(rehearsed)
        if first and rehearsed.questions:
            # Only once the table has its size is it known which columns are in sight.
            QTimer.singleShot(0, self, partial(self._on_picked, rehearsed.questions[0].first.number, opening=True))

    def tab_stops(self) -> list[QWidget]:
        """What Tab goes through, in reading order."""
        table = [self.table] if self.table is not None else []
        return [*self.chips.widgets(), *self.head.combos().values(), *table, *self.panel.tab_stops()]

    def forget(self) -> None:
        """The next rehearsal is of another sheet."""
        self.rehearsed, self.shown = None, None

    def _show_table(self, rehearsed: Rehearsed) -> None:
        reader = CellReader(rehearsed)
        headings, matches = reader.ordered(), rehearsed.rehearsal.matches
        if self.table is not None and self.table.view.reader.ordered() == headings:
            before_fields = dict(self.table.view.reader.field_of)
            self.table.view.reader = reader
            self.head.show_matches(matches)
            if before_fields != dict(reader.field_of):
                self.table.fit_columns(rehearsed.by_outcome[None])
            return
        self._make_table(rehearsed, reader)

    def _make_table(self, rehearsed: Rehearsed, reader: CellReader) -> None:
        headings, matches = reader.ordered(), rehearsed.rehearsal.matches
        stages = {stage.id: stage for stage in self._stages()}
        rows = rehearsed.by_outcome[None]
        table = RehearsalTable(self._theme, View(self._theme, reader, stages.get), rows)
        table.went_to.connect(self._on_went_to)
        table.opened.connect(self._on_opened)
        table.setMinimumHeight(self._theme.px(34) * 6)
        before, self.table = self.table, table
        self.head.follow(table, matches, headings)
        self._inside.addWidget(table, 1)
        if before is not None:
            self._inside.removeWidget(before)
            before.hide()
            before.deleteLater()

    def show_only(self, outcome: Outcome | None, *_: object) -> None:
        """Show all rows, or those of one outcome."""
        self.shown = outcome
        for other, chip in self.chip_of.items():
            chip.setChecked(other is outcome)
        if self.table is not None and self.rehearsed is not None:
            rows = self.rehearsed.by_outcome[outcome]
            self.table.show_rows(rows)
            if outcome is Outcome.CHANGE and rows and rows[0].changes:
                self._show_column_of(rows[0].changes[0].column)

    # The row in hand

    def _on_went_to(self, row: RowResult) -> None:
        if not self._going and self.table is not None:
            self.table.mark(row.number)
            self.panel.mark(row.number)

    def _on_opened(self, row: RowResult) -> None:
        card = self.panel.card_of(row.number)
        if card is not None:
            card.focus_first()

    def _on_picked(self, number: int, *, opening: bool = False) -> None:
        if self.table is None or self.rehearsed is None:
            return
        rows = self.rehearsed.by_outcome[self.shown]
        place = next((n for n, row in enumerate(rows) if row.number == number), None)
        if place is None and self.shown is not None:
            self.show_only(None)
            rows = self.rehearsed.by_outcome[None]
            place = next((n for n, row in enumerate(rows) if row.number == number), None)
        self._going = True
        if place is not None:
            self.table.go_to(place)
            if not opening or self._is_wide:
                # Narrow, a table that opens scrolled sideways does not show whom it is about.
                self._show_fault(rows[place])
        self.table.mark(number)
        self.panel.mark(number)
        self._going = False

    def _show_fault(self, row: RowResult) -> None:
        """Bring the cell at fault into view sideways."""
        if row.problems:
            self._show_column_of(row.problems[0].column)

    def _show_column_of(self, heading: str) -> None:
        headings = self.table.view.reader.ordered() if self.table is not None else []
        if self.table is not None and heading in headings:
            self.table.show_column(2 + headings.index(heading))

    def focus_first(self) -> None:
        """The rows have the keyboard."""
        if self.table is not None:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # Room

    @property
    def _is_wide(self) -> bool:
        return self.width() / self._theme.scale >= BESIDE

    def _fit(self) -> None:
        theme, beside = self._theme, self._is_wide
        self._body.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        if beside:
            self.panel.setFixedWidth(theme.px(PANEL))
            self.panel.setMinimumHeight(0)
        else:
            self.panel.setMinimumWidth(0)
            self.panel.setMaximumWidth(16_777_215)
            self.panel.setMinimumHeight(theme.px(380))
        self._legend.setVisible(self.width() / theme.scale >= WITH_LEGEND)
        self._frame.setMinimumHeight(self.head.height() + theme.px(34) * 5)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class NothingChanged(QFrame):
    """The line that says so, while nothing has."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("box", "info")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), theme.px(6), theme.px(14), theme.px(6))
        row.setSpacing(theme.px(9))
        title = "Nothing has changed yet."
        words = "This shows what importing would do. Afterwards the whole import can be undone in one step."
        self.setAccessibleName(f"{title} {words}")
        row.addWidget(ShapeMark(theme, "info", "Good to know"))
        row.addWidget(Label(title, "strong"))
        row.addWidget(Label(words, wrap=True), 1)
