"""The forms that were begun and not recorded, to go on with or to throw away."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from mhtracker.store import Store
from mhtracker.store.drafts import Draft, drop_draft, list_drafts
from mhtracker.store.queries.caseload import lines_of
from mhtracker.text import format_when, name_in_order
from mhtracker.ui.context import Context
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.card import clear_layout
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.labels import Label, rule
from mhtracker.ui.widgets.side_panel import SidePanel

KEY_ENDS = ":"
"""A draft's key is the command of its form, this, and the person's or the record's id."""


class DraftsPanel(SidePanel):
    """Lists the drafts, newest first, each with its person and when it was kept."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme, "Unfinished forms", primary="")
        self._context, self._theme = context, context.theme
        self.ask()

    def ask(self) -> None:
        """Read the drafts again."""
        self._context.jobs.ask(read_drafts, self._context.as_at, then=self.show_drafts)

    def show_drafts(self, found: list[tuple[Draft, str]]) -> None:
        """Show (draft, person's name) pairs."""
        clear_layout(self.body)
        if not found:
            words = "What you type into a form is kept here until you record it or throw it away."
            self.add(EmptyState(self._theme, "note-text-outline", "No unfinished forms", words))
        for draft, name in found:
            self.add(self._line(draft, name))
            self.add(rule())
        self.add_stretch()

    def _line(self, draft: Draft, name: str) -> QWidget:
        line = QWidget()
        line.setAccessibleName(f"{draft.label}, {name}")
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        words = Label(f"{name}\n{draft.label}" if name else draft.label, wrap=True)
        row.addWidget(words, 1)
        saved = draft.saved_at.astimezone()
        row.addWidget(Label(format_when(saved.replace(tzinfo=None), self._context.today), "caption", "text3"))
        row.addWidget(LinkButton(self._theme, "Throw away", partial(self.on_throw, draft)))
        row.addWidget(Button(self._theme, "Go on", partial(self.on_go_on, draft), small=True))
        return line

    def on_go_on(self, draft: Draft) -> None:
        """Open the draft's form; it fills itself from the draft."""
        shell = self._context.shell
        command = draft.key.partition(KEY_ENDS)[0]
        if draft.person_id:
            shell.open_person(draft.person_id)
            shell.run_command(command, person_id=draft.person_id)
        else:
            shell.run_command(command)

    def on_throw(self, draft: Draft) -> None:
        """Forget a draft."""
        self._context.jobs.keep(drop_draft, draft.key, then=lambda _: self.ask())


def read_drafts(store: Store, as_at: date) -> list[tuple[Draft, str]]:
    """The drafts with their people's names."""
    drafts = list_drafts(store)
    ids = [draft.person_id for draft in drafts if draft.person_id]
    lines = lines_of(store, ids, as_at)
    names = {line.person_id: name_in_order(line.surname, line.given_names) for line in lines}
    return [(draft, names.get(draft.person_id or "", "")) for draft in drafts]
