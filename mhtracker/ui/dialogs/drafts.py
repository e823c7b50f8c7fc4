"""The forms that were begun and not recorded, in one place: to go on with, to read, or to throw away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mhtracker.domain.errors import NotFound
from mhtracker.domain.records import Person
from mhtracker.store import Store
from mhtracker.store.drafts import Draft, drop_draft, list_drafts, put_back
from mhtracker.store.queries.caseload import lines_of
from mhtracker.text import format_when, name_in_order
from mhtracker.ui.context import Context
from mhtracker.ui.dialogs.kept_words import KeptWords
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.card import clear_layout
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.labels import ElidedLabel, Label, rule
from mhtracker.ui.widgets.side_panel import SidePanel

IMPORT = "import"
"""The key of a half-done import, which is gone on with on its page."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft, whose it is by name, who typed it if that was somebody else, and whether the person is there still."""

    draft: Draft
    name: str
    by: str = ""
    gone: bool = False


class DraftsPanel(SidePanel):
    """Lists the drafts, newest first: form, person, when, and the first words."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme, "Kept for later", primary="")
        self._context, self._theme = context, context.theme
        self._thrown: dict[str, Kept] = {}
        context.bus.drafts_changed.connect(self.ask)
        self.ask()

    def ask(self) -> None:
        """Read the drafts again."""
        self._context.jobs.ask(read_drafts, self._context.as_at, then=self.show_drafts, slot=("drafts", id(self)))

    def show_drafts(self, found: Sequence[Kept]) -> None:
        """Show them, and in their places those that were thrown away just now."""
        self._thrown = {
            key: kept for key, kept in self._thrown.items() if key not in {each.draft.key for each in found}
        }
        clear_layout(self.body)
        if not found and not self._thrown:
            words = "What you type into a form is kept here until you record it or throw it away."
            self.add(EmptyState(self._theme, "note-text-outline", "Nothing is kept for later", words))
        listed = sorted([*found, *self._thrown.values()], key=lambda each: each.draft.saved_at, reverse=True)
        for kept in listed:
            self.add(self._thrown_line(kept) if kept.draft.key in self._thrown else self._line(kept))
            self.add(rule())
        self.add_stretch()

    def _line(self, kept: Kept) -> QWidget:
        draft, px = kept.draft, self._theme.px
        line = QWidget()
        line.setAccessibleName(f"{draft.label}, {kept.name}" if kept.name else draft.label)
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(3))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(Label(draft.label, "strong", wrap=True), 1)
        saved = format_when(draft.saved_at.astimezone().replace(tzinfo=None), self._context.today)
        head.addWidget(Label(saved, "caption", "text3"))
        column.addLayout(head)
        said = " – ".join(filter(None, (kept.name, f"typed by {kept.by}" if kept.by else "")))
        if said:
            column.addWidget(Label(said, tone="text2", wrap=True))
        if draft.first_words and draft.key != IMPORT:
            column.addWidget(ElidedLabel(f"“{draft.first_words}”", "body", "text2"))
        steps = QHBoxLayout()
        steps.setContentsMargins(3, 3, 3, 3)
        steps.setSpacing(px(8))
        steps.addStretch(1)
        steps.addWidget(LinkButton(self._theme, "Throw away", partial(self.on_throw, kept)))
        words = "Read it" if kept.gone else "Go on"
        steps.addWidget(Button(self._theme, words, partial(self.on_go_on, kept), small=True))
        column.addLayout(steps)
        return line

    def _thrown_line(self, kept: Kept) -> QWidget:
        line = QWidget()
        line.setAccessibleName(f"{kept.draft.label}, thrown away")
        row = QHBoxLayout(line)
        row.setContentsMargins(3, 3, 3, 3)
        row.addWidget(Label(f"{kept.draft.label}: thrown away", tone="text3", wrap=True), 1)
        row.addWidget(Button(self._theme, "Put it back", partial(self.on_put_back, kept), small=True))
        return line

    def on_go_on(self, kept: Kept) -> None:
        """Open the draft's form, which fills itself from the draft; where it cannot be opened, show the words."""
        draft, shell = kept.draft, self._context.shell
        if draft.key == IMPORT:
            shell.open_page("import")
        elif kept.gone:
            shell.side_panel(KeptWords(self._context, draft, "The person is no longer in the register."))
        else:
            if draft.person_id:
                shell.open_person(draft.person_id)
            self._context.wanted_draft = draft.key
            about = {"person_id": draft.person_id} if draft.person_id else {}
            try:
                shell.run_command(draft.form, **about, **draft.args)
            except (NotFound, TypeError, LookupError):
                words = "This form is not part of this MHTracker."
                shell.side_panel(KeptWords(self._context, draft, words))
            finally:
                self._context.wanted_draft = ""

    def on_throw(self, kept: Kept) -> None:
        """Forget a draft; until the list is closed it can be put back."""
        self._thrown[kept.draft.key] = kept
        self._context.jobs.keep(drop_draft, kept.draft.key, then=self._on_done)

    def on_put_back(self, kept: Kept) -> None:
        """Keep it after all."""
        self._thrown.pop(kept.draft.key, None)
        self._context.jobs.keep(put_back, kept.draft, then=self._on_done)

    def _on_done(self, _: object) -> None:
        self._context.bus.drafts_changed.emit()


def read_drafts(store: Store, as_at: date) -> list[Kept]:
    """The drafts with their people's names."""
    drafts = list_drafts(store)
    ids = [draft.person_id for draft in drafts if draft.person_id]
    lines = lines_of(store, ids, as_at)
    names = {line.person_id: name_in_order(line.surname, line.given_names) for line in lines}
    found = []
    for draft in drafts:
        person_id = draft.person_id or ""
        gone = bool(person_id) and person_id not in names and store.peek(Person, person_id) is None
        name = names.get(person_id, "somebody no longer in the register" if gone else "")
        found.append(Kept(draft, name, draft.who if draft.who != store.who else "", gone))
    return found
