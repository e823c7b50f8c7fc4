"""The history tab: every step recorded about a person, field by field, each with its undo."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.errors import UserError
from mhtracker.domain.records import Operation
from mhtracker.store import Store
from mhtracker.ui.context import Context
from mhtracker.ui.person.history_words import MOST_OPERATIONS, ChangeWords, OperationWords, read_history
from mhtracker.ui.person.parts import Tab, breakable
from mhtracker.ui.widgets.badge import Badge
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.labels import Label

AT_ONCE = 40
CHANGES_AT_ONCE = 4


class HistoryTab(Tab):
    """Asks the register by itself, when it is shown and when its person has changed."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme, "History")
        self._context = context
        self._person_id = ""
        self._steps: list[OperationWords] = []
        self._shown = AT_ONCE
        self._may_record = False
        self.undo_buttons: dict[str, Button] = {}

    def ask(self, person_id: str, *, may_record: bool) -> None:
        """Read a person's history and show it."""
        if person_id != self._person_id:
            self._person_id, self._shown = person_id, AT_ONCE
        self._may_record = may_record
        self._context.jobs.ask(read_history, person_id, then=self.show_history, slot=("history", id(self)))

    def show_history(self, steps: list[OperationWords]) -> None:
        """Show the steps, newest first."""
        self._steps = steps
        self._show()

    def _show(self) -> None:
        self.clear()
        self.undo_buttons = {}
        if not self._steps:
            self.column.addWidget(
                EmptyState(
                    self.theme,
                    "mdi6.history",
                    "Nothing has been recorded here yet",
                    "Every change is kept here: who made it, when, what it was before and after.",
                )
            )
            self.column.addStretch(1)
            return
        card = Card(self.theme, "History", "newest first", ruled=True, padded=False)
        for place, step in enumerate(self._steps[: self._shown]):
            if place:
                card.add_rule()
            card.add(self._row(step))
        self.column.addWidget(card)
        left = len(self._steps) - self._shown
        if left > 0:
            line = QHBoxLayout()
            line.addWidget(Button(self.theme, f"Show {min(left, AT_ONCE)} more of {left}", self._show_more))
            line.addStretch(1)
            self.column.addLayout(line)
        elif len(self._steps) >= MOST_OPERATIONS:
            words = f"The latest {MOST_OPERATIONS} steps. Earlier ones are in the register’s own history."
            self.column.addWidget(Label(words, "caption", "text2", wrap=True))
        self.column.addStretch(1)

    def _show_more(self) -> None:
        self._shown += AT_ONCE
        self._show()

    def _row(self, step: OperationWords) -> QWidget:
        theme = self.theme
        row = QWidget()
        when = _when(step.at)
        row.setAccessibleName(f"{step.label}, {step.who}, {when}")
        column = QVBoxLayout(row)
        column.setContentsMargins(theme.px(14), theme.px(9), theme.px(14), theme.px(10))
        column.setSpacing(theme.px(5))
        head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        head.addWidget(Label(step.label, "strong"))
        head.addWidget(Label(f"{step.who}, {when}" if step.who else when, "caption", "text2", wrap=True), 1)
        if step.undone:
            head.addWidget(Badge(theme, "none", "Undone", quiet=True))
        elif self._may_record and not step.final:
            words = "Redo" if step.takes_back and step.label.startswith("Undo") else "Undo"
            button = Button(theme, words, lambda: self.undo(step), icon="mdi6.undo", kind="quiet", small=True)
            button.setAccessibleName(f"{words}: {step.label}, {when}")
            self.undo_buttons[step.id] = button
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        if step.reason:
            column.addWidget(Label(breakable(f"Reason: {step.reason}"), wrap=True, selectable=True))
        for change in step.changes[:CHANGES_AT_ONCE]:
            column.addWidget(self._change(change))
        self._add_rest(column, step.changes[CHANGES_AT_ONCE:])
        if step.elsewhere:
            words = f"and {text.count(step.elsewhere, 'record')} more in the same step"
            column.addWidget(Label(words, "caption", "text2"))
        return row

    def _add_rest(self, column: QVBoxLayout, changes: tuple[ChangeWords, ...]) -> None:
        """A step of many records (an import) shows the rest when asked to."""
        if not changes:
            return
        place = column.count()

        def show() -> None:
            more.hide()
            for number, change in enumerate(changes):
                column.insertWidget(place + 1 + number, self._change(change))

        more = LinkButton(self.theme, f"Show {text.count(len(changes), 'more record', 'more records')}", show)
        column.addWidget(more)

    def _change(self, change: ChangeWords) -> QWidget:
        theme = self.theme
        box = QWidget()
        box.setAccessibleName(change.title)
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(3))
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, theme.px(150))
        title = Label(change.title, "caption-strong", "text2")
        grid.addWidget(title, 0, 0, 1, 2)
        for place, told in enumerate(change.fields, 1):
            label = Label(told.label, "caption", "text2", wrap=True)
            grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            said = told.after or "nothing"
            if told.before:
                said = f"{told.before} → {said}"
            grid.addWidget(Label(breakable(said), "caption", wrap=True, selectable=True), place, 1)
        return box

    def undo(self, step: OperationWords) -> None:
        """Take one step back, wherever it stands in the history; what stands in its way is said."""
        button = self.undo_buttons.get(step.id)
        if button is not None:
            button.setEnabled(False)

        def done(undone: Operation) -> None:
            self._context.shell.say(f"{undone.label} was taken back.", can_undo=True)

        def refused(error: UserError) -> None:
            if button is not None:
                button.setEnabled(True)
            self._context.jobs.failed.emit(error)

        self._context.jobs.do(undo_step, step.id, then=done, failed=refused)


def undo_step(store: Store, operation_id: str) -> Operation:
    """Undo the operation named."""
    return store.undo(operation_id)


def _when(at: datetime) -> str:
    local = at.astimezone()
    return f"{text.format_date(local.date(), weekday=True)} {local:%H:%M}"
