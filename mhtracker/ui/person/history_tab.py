"""The history tab: every step recorded about a person in words, field by field when opened, each with its undo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout

from mhtracker.store.queries.history import HistoryQuery
from mhtracker.ui.context import Context
from mhtracker.ui.history.reading import StepShown
from mhtracker.ui.history.step_list import StepList
from mhtracker.ui.person.parts import Tab
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.empty_state import EmptyState


class HistoryTab(Tab):
    """Asks the register by itself, when it is shown and when its person has changed."""

    def __init__(self, context: Context, _run: Callable[..., None]) -> None:
        super().__init__(context.theme, "History")
        self._context = context
        self._person_id = ""
        self.list = StepList(context, of_one=True, empty=self._nothing)
        self.column.addWidget(self.list)
        line = QHBoxLayout()
        line.setSpacing(context.theme.px(16))
        line.addWidget(LinkButton(context.theme, "Filter by worker, day or kind", self._to_page, icon="mdi6.history"))
        line.addWidget(LinkButton(context.theme, "History of the whole register", partial(self._to_page, whole=True)))
        line.addStretch(1)
        self.column.addLayout(line)
        self.column.addStretch(1)

    def _nothing(self) -> EmptyState:
        return EmptyState(
            self.theme,
            "mdi6.history",
            "Nothing has been recorded here yet",
            "Every change is kept here: who made it, when, what it was before and after.",
        )

    @property
    def steps(self) -> list[StepShown]:
        """What is shown, newest first."""
        return self.list.steps

    @property
    def undo_buttons(self) -> dict[str, Button]:
        """By operation id: the buttons of what can be undone."""
        return self.list.undo_buttons

    def ask(self, person_id: str, *, may_record: bool) -> None:
        """Read a person's history and show it."""
        self._person_id = person_id
        self.list.ask(HistoryQuery(person_id=person_id), may_record=may_record)

    def _to_page(self, *, whole: bool = False) -> None:
        person_id = None if whole else self._person_id
        self._context.shell.open_page("history", person_id=person_id)
