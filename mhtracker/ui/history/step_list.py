"""Steps of the history one under another, with what each changed and its undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mhtracker.domain.errors import UserError
from mhtracker.store.queries.history import HistoryQuery
from mhtracker.text import format_date
from mhtracker.ui.context import Context
from mhtracker.ui.history.reading import HistoryRead, StepShown, read_changes, read_history, undo_step
from mhtracker.ui.history.step_row import StepRow
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.card import Card, clear_layout
from mhtracker.ui.widgets.down_scroll import lay_out_now
from mhtracker.ui.widgets.empty_state import EmptyState

Empty = Callable[[], EmptyState]
ROWS_A_TIME = 3


class StepList(QWidget):
    """Asks for the steps of a query itself, a page at a time. `shown` after each answer, with how many stand there.

    `may_record` says whether anything can be undone. `of_one` is one person's history: it does not name them.
    """

    shown = Signal(int)

    def __init__(self, context: Context, *, of_one: bool, empty: Empty, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._of_one, self._empty = context, of_one, empty
        self._query = HistoryQuery()
        self._may_record = False
        self.person = ""
        self.steps: list[StepShown] = []
        self.rows: dict[str, StepRow] = {}
        self.more: Button | None = None
        self._waiting: list[StepShown] = []
        self._older = False
        self._card: Card | None = None
        self._day: date | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._add_some)
        self.setAccessibleName("History")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(context.theme.px(12))

    @property
    def person_id(self) -> str | None:
        """Whose history it is; None for everybody's."""
        return self._query.person_id

    @property
    def undo_buttons(self) -> dict[str, Button]:
        """By operation id: the buttons of what can be undone."""
        return {key: row.undo for key, row in self.rows.items() if row.undo is not None}

    def ask(self, query: HistoryQuery, *, may_record: bool) -> None:
        """Show the newest steps of a query."""
        self._query, self._may_record = query, may_record
        self._context.jobs.ask(read_history, query, then=self._on_first, slot=("history", id(self)))

    def _on_first(self, found: HistoryRead) -> None:
        self._waiting = []
        clear_layout(self._column)
        self.steps, self.rows, self.more, self._card, self._day = [], {}, None, None, None
        self.person = found.person
        if not found.steps:
            self._column.addWidget(self._empty())
        self._add(found)

    def on_more(self) -> None:
        """Show older steps."""
        if self.more is not None:
            self.more.setEnabled(False)
        query = replace(self._query, before_seq=self.steps[-1].words.seq)
        self._context.jobs.ask(read_history, query, then=self._add, slot=("history", id(self)))

    def _add(self, found: HistoryRead) -> None:
        if self.more is not None:
            self._column.removeWidget(self.more)
            self.more.hide()
            self.more.deleteLater()
            self.more = None
        self.steps += found.steps
        self._waiting, self._older = list(found.steps), found.more
        self._add_some()

    def _add_some(self) -> None:
        """Show a few of the steps that wait, and the rest in a moment: forty at once would hold the window up."""
        some, self._waiting = self._waiting[:ROWS_A_TIME], self._waiting[ROWS_A_TIME:]
        for step in some:
            self._show(step)
        lay_out_now(self)
        if self._waiting:
            self._timer.start()
            return
        if self._older:
            self.more = Button(self._context.theme, "Show older ones", self.on_more)
            self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.shown.emit(len(self.steps))

    def _show(self, step: StepShown) -> None:
        day = step.words.at.astimezone().date()
        if self._card is None or day != self._day:
            card = Card(self._context.theme, format_date(day, weekday=True), ruled=True, padded=False)
            card.add(self._row(step))
            self._column.addWidget(card)
            card.setVisible(True)  # at once: Qt would show it, and ask for its room, at the next turn
            self._card, self._day = card, day
        else:
            row = self._row(step)
            self._card.add_rule()
            self._card.add(row)
            row.setVisible(True)

    @property
    def whole(self) -> bool:
        """Whether everything that was read stands there."""
        return not self._waiting

    def _row(self, step: StepShown) -> StepRow:
        row = StepRow(
            self._context.theme,
            step,
            with_people=not self._of_one,
            on_open=self._open,
            on_undo=self.undo if self._may_record and not step.words.final else None,
            on_person=None if self._of_one else partial(self._context.shell.open_person, tab="history"),
        )
        self.rows[step.words.id] = row
        return row

    def _open(self, operation_id: str) -> None:
        person_id = self._query.person_id if self._of_one else None
        row = self.rows[operation_id]
        self._context.jobs.ask(read_changes, operation_id, person_id, then=row.show_changes)

    def undo(self, step: StepShown) -> None:
        """Take one step back, wherever it stands in the history; what stands in its way is said."""
        button = self.rows[step.words.id].undo
        if button is not None:
            button.setEnabled(False)

        def refused(error: UserError) -> None:
            if button is not None:
                button.setEnabled(True)
            self._context.jobs.failed.emit(error)

        self._context.jobs.do(undo_step, step.words.id, failed=refused)
