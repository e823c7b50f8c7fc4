"""Adding a note, going on with an unfinished one, and correcting one that is finished."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mhtracker.domain.notes import text_now
from mhtracker.domain.records import Note, NoteCorrection
from mhtracker.operations.drafting import Preview
from mhtracker.operations.notes import (
    add_note,
    correct_note,
    edit_note,
    finish_note,
    preview_correction,
    preview_note,
)
from mhtracker.store import Store
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import code_choices
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import CheckEdit, TextEdit

LINES = 14


class NoteForm(FormPanel):
    """Adds a note, dated today unless told otherwise. The keyboard starts in the text."""

    def __init__(self, context: Context, *, person_id: str) -> None:
        super().__init__(context, "Add a note", primary="Add note", key=f"note:{person_id}", person_id=person_id)

    def read(self, store: Store) -> list[Choice]:
        return code_choices(store, "note_kind")

    def make_form(self, data: list[Choice]) -> Form:
        form = note_fields(self, data)
        form.set_values({"noted_on": self.context.today})
        return form

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        return _previewed(store, self.person_id or "", values)

    def perform(self, store: Store, values: Mapping[str, Any]) -> Note:
        kept = dict(values)
        return add_note(store, self.person_id or "", finished=not kept.pop("unfinished"), **kept)

    def said(self, result: Note) -> str:
        if result.finished_at is None:
            return f"Began a note on {self.whole_name}. It waits, unfinished, among the notes."
        return f"Added a note on {self.whole_name}."


class EditNoteForm(FormPanel):
    """Goes on with an unfinished note. Taking the tick away finishes it: then it is corrected, no longer changed."""

    def __init__(self, context: Context, *, person_id: str, note_id: str) -> None:
        self._note_id = note_id
        super().__init__(
            context,
            "Go on with a note",
            primary="Keep note",
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
        values = {"kind": self.base.kind, "noted_on": self.base.noted_on, "text": self.base.text}
        form.set_values(values | {"unfinished": self.base.finished_at is None})
        return form

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        return _previewed(store, self.person_id or "", values)

    def perform(self, store: Store, values: Mapping[str, Any]) -> Note:
        kept = dict(values)
        record = edit_note if kept.pop("unfinished") else finish_note
        return record(store, self._note_id, base=self.base, **kept)

    def said(self, result: Note) -> str:
        done = "Finished a note" if result.finished_at is not None else "Kept an unfinished note"
        return f"{done} on {self.whole_name}."


class CorrectNoteForm(FormPanel):
    """Says what a finished note should have said. Its first words stay and are shown beneath."""

    def __init__(self, context: Context, *, person_id: str, note_id: str) -> None:
        self._note_id = note_id
        super().__init__(
            context,
            "Correct a note",
            primary="Correct note",
            key=f"correct_note:{person_id}:{note_id}",
            person_id=person_id,
            args={"note_id": note_id},
        )

    def read(self, store: Store) -> str:
        note = store.get(Note, self._note_id)
        return text_now(note, store.find(NoteCorrection, note_id=note.id))

    shows_record = True

    def stands_on(self, data: str) -> str:
        return data

    def make_form(self, data: str) -> Form:
        self._before = data
        form = Form(
            self.theme,
            Ask("text", TextEdit(self.theme, lines=LINES), of=(NoteCorrection, "text"), help=""),
            Ask(
                "reason",
                LineEdit(self.theme),
                of=(NoteCorrection, "reason"),
                help="The first words stay in the record, beside yours and this.",
            ),
            name="Correction",
        )
        form.set_values({"text": data})
        return form

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if not values.get("text") or values["text"] == self._before:
            return None
        return preview_correction(store, self._note_id, text=values["text"], reason=values.get("reason") or "")

    def perform(self, store: Store, values: Mapping[str, Any]) -> NoteCorrection:
        return correct_note(store, self._note_id, text=values["text"], reason=values["reason"], base=self._before)

    def said(self, result: NoteCorrection) -> str:
        return f"Corrected a note on {self.whole_name}."


def note_fields(panel: FormPanel, kinds: list[Choice]) -> Form:
    """The fields of a note."""
    theme = panel.theme
    return Form(
        theme,
        Ask("text", TextEdit(theme, lines=LINES), of=(Note, "text"), help=""),
        Ask("kind", ChoiceEdit(theme, kinds), of=(Note, "kind")),
        Ask("noted_on", DateEdit(theme, lambda: panel.context.today), of=(Note, "noted_on"), help=""),
        Ask("unfinished", CheckEdit(theme, "Not finished: I shall write on at it"), label="", required=False),
        name="Note",
    )


def _previewed(store: Store, person_id: str, values: Mapping[str, Any]) -> Preview | None:
    if values.get("noted_on") is None or not values.get("text"):
        return None
    kind = values.get("kind") or "other"
    return preview_note(store, person_id, kind=kind, noted_on=values["noted_on"], text=values["text"])
