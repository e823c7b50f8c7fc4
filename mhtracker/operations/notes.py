"""Notes on a person."""

from __future__ import annotations

from datetime import date
from typing import Any

from mhtracker.domain import rules
from mhtracker.domain.findings import Caution
from mhtracker.domain.records import Note, Person, new_id
from mhtracker.operations.drafting import Preview, changed, drafted, previewed
from mhtracker.store import Store


def add_note(store: Store, person_id: str, *, kind: str, noted_on: date, text: str) -> Note:
    """Add a note by whoever has the register open. Raises Invalid."""
    with store.operation("Add note", person_id=person_id) as work:
        note = Note(new_id(), person_id, kind, noted_on, text, work.who, work.now)
        return work.save(_checked(store, note)[0])


def preview_note(store: Store, person_id: str, *, kind: str, noted_on: date, text: str) -> Preview:
    """What adding a note would say."""

    def draft() -> tuple[Caution, ...]:
        return _checked(store, Note(new_id(), person_id, kind, noted_on, text))[1]

    return previewed(draft)


def edit_note(store: Store, note_id: str, *, base: Note | None = None, **changes: Any) -> Note:
    """Put a note right. What it said before stays in the history. Raises Invalid, Conflict."""
    found = store.get(Note, note_id)
    with store.operation("Change note", person_id=found.person_id) as work:
        return work.save(_checked(store, changed(store, work.get(Note, note_id), changes, base))[0])


def _checked(store: Store, note: Note) -> tuple[Note, tuple[Caution, ...]]:
    # Checked as typed, so that what cleaning leaves out is said; saved clean.
    cautions = rules.check_note(note, person=store.get(Person, note.person_id), today=store.today)
    return drafted(store, note), cautions
