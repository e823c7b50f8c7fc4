"""Adding a note, and putting one right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mhtracker.domain.records import Note
from mhtracker.operations.drafting import Preview
from mhtracker.operations.notes import add_note, edit_note, preview_note
from mhtracker.store import Store
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import code_choices
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import TextEdit


class NoteForm(FormPanel):
    """Adds a note, dated today unless told otherwise."""

    def __init__(self, context: Context, *, person_id: str) -> None:
        super().__init__(context, "Add a note", primary="Add note", key=f"note:{person_id}", person_id=person_id)

    def read(self, store: Store) -> list[Choice]:
        return code_choices(store, "note_kind")

    def make_form(self, data: list[Choice]) -> Form:
        form = note_fields(self, data)
        form.set_values({"noted_on": self.context.today})
        return form

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if values.get("noted_on") is None or not values.get("text"):
            return None
        return preview_note(
            store,
            self.person_id or "",
            kind=values.get("kind") or "other",
            noted_on=values["noted_on"],
            text=values["text"],
        )

    def perform(self, store: Store, values: Mapping[str, Any]) -> Note:
        return add_note(store, self.person_id or "", **values)

    def said(self, result: Note) -> str:
        return f"Added a note on {self.whole_name}."


class EditNoteForm(FormPanel):
    """Puts a note right; what it said before stays in the history."""

    def __init__(self, context: Context, *, person_id: str, note_id: str) -> None:
        self._note_id = note_id
        super().__init__(
            context,
            "Change a note",
            primary="Change note",
            key=f"edit_note:{person_id}:{note_id}",
            person_id=person_id,
            args={"note_id": note_id},
        )

    def read(self, store: Store) -> tuple[Note, list[Choice]]:
        note = store.get(Note, self._note_id)
        return note, code_choices(store, "note_kind", note.kind, note.noted_on)

    def make_form(self, data: tuple[Note, list[Choice]]) -> Form:
        self.base, kinds = data
        form = note_fields(self, kinds)
        form.set_values({"kind": self.base.kind, "noted_on": self.base.noted_on, "text": self.base.text})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> Note:
        return edit_note(store, self._note_id, base=self.base, **values)

    def said(self, result: Note) -> str:
        return f"Changed a note on {self.whole_name}."


def note_fields(panel: FormPanel, kinds: list[Choice]) -> Form:
    """The fields of a note."""
    theme = panel.theme
    return Form(
        theme,
        Ask("kind", ChoiceEdit(theme, kinds), of=(Note, "kind")),
        Ask("noted_on", DateEdit(theme, lambda: panel.context.today), of=(Note, "noted_on"), help=""),
        Ask("text", TextEdit(theme, lines=12), of=(Note, "text")),
        name="Note",
    )
