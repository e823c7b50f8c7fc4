"""Notes on a person: unfinished until their author says so, then kept as they are, with corrections beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from mhtracker.domain import rules
from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import Invalid, Refused
from mhtracker.domain.findings import Caution
from mhtracker.domain.notes import is_finished, text_now
from mhtracker.domain.records import Note, NoteCorrection, Person, new_id
from mhtracker.operations.drafting import Preview, changed, drafted, previewed
from mhtracker.store import Store


def add_note(store: Store, person_id: str, *, kind: str, noted_on: date, text: str, finished: bool = True) -> Note:
    """Add a note by whoever has the register open. One that is not finished may be written on later. Raises Invalid."""
    with store.operation("Add note" if finished else "Begin note", person_id=person_id) as work:
        note = Note(new_id(), person_id, kind, noted_on, text, work.who, work.now if finished else None)
        return work.save(_checked(store, note)[0])


def preview_note(store: Store, person_id: str, *, kind: str, noted_on: date, text: str) -> Preview:
    """What adding a note would say."""

    def draft() -> tuple[Caution, ...]:
        return _checked(store, Note(new_id(), person_id, kind, noted_on, text))[1]

    return previewed(draft)


def edit_note(store: Store, note_id: str, *, base: Note | None = None, **changes: Any) -> Note:
    """Write on at an unfinished note. Its author alone may; raises Refused, Invalid, Conflict."""
    found = store.get(Note, note_id)
    with store.operation("Change unfinished note", person_id=found.person_id) as work:
        return work.save(_written_on(store, work.get(Note, note_id), changes, base))


def finish_note(store: Store, note_id: str, *, base: Note | None = None, **changes: Any) -> Note:
    """Make an unfinished note part of the record, with any last changes: from now on it is corrected, not edited."""
    found = store.get(Note, note_id)
    with store.operation("Finish note", person_id=found.person_id) as work:
        note = _written_on(store, work.get(Note, note_id), changes, base)
        return work.save(replace(note, finished_at=work.now))


def drop_note(store: Store, note_id: str) -> None:
    """Throw an unfinished note away; the history keeps its words, and undo brings it back."""
    found = store.get(Note, note_id)
    with store.operation("Throw unfinished note away", person_id=found.person_id) as work:
        note = work.get(Note, note_id)
        _check_may_write_on(note, work.who)
        work.delete(note)


def correct_note(store: Store, note_id: str, *, text: str, reason: str, base: str | None = None) -> NoteCorrection:
    """Say what a finished note should have said. Its first words stay, and are shown with who corrected them and why.

    `base` is what the note said when the correction was begun: raises Refused when somebody corrected it since.
    """
    found = store.get(Note, note_id)
    with store.operation("Correct note", person_id=found.person_id) as work:
        note = work.get(Note, note_id)
        before = text_now(note, work.find(NoteCorrection, note_id=note_id))
        if base is not None and base != before:
            raise Refused("Somebody corrected this note while you were typing. Read what it says now first.")
        _check_correctable(note, text, reason, before)
        correction = NoteCorrection(new_id(), note.person_id, note.id, text, reason, work.now, work.who)
        correction = drafted(store, correction)
        if correction.text == before:
            raise Invalid({"text": "This is what the note says already. Change the words that are wrong."})
        return work.save(correction)


def preview_correction(store: Store, note_id: str, *, text: str, reason: str) -> Preview:
    """What correcting a note would say."""

    def draft() -> tuple[Caution, ...]:
        note = store.get(Note, note_id)
        findings = rules.check_note(
            replace(note, text=text), person=store.get(Person, note.person_id), today=store.today
        )
        drafted(store, replace(note, text=text))
        return findings

    return previewed(draft)


def _check_correctable(note: Note, text: str, reason: str, before: str) -> None:
    if not is_finished(note):
        raise Refused("This note is not finished yet. Write on at it instead of correcting it.")
    problems = {}
    if not text.strip():
        problems["text"] = "The corrected text is empty. Write it out; the first words stay beside it."
    if not reason.strip():
        problems["reason"] = "The reason for correcting it is empty. A word will do, such as: wrong day."
    if problems:
        raise Invalid(problems)


def _check_may_write_on(note: Note, who: str) -> None:
    if is_finished(note):
        when = write_date(note.finished_at.astimezone().date()) if note.finished_at else ""
        raise Refused(f"This note was finished on {when} and stays as it is. Correct it instead.")
    if note.author and note.author != who:
        raise Refused(f"{note.author} has not finished this note. Only they can write on at it.")


def _written_on(store: Store, note: Note, changes: dict[str, Any], base: Note | None) -> Note:
    _check_may_write_on(note, store.who)
    return _checked(store, changed(store, note, changes, base))[0]


def _checked(store: Store, note: Note) -> tuple[Note, tuple[Caution, ...]]:
    # Checked as typed, so that what cleaning leaves out is said; saved clean.
    cautions = rules.check_note(note, person=store.get(Person, note.person_id), today=store.today)
    return drafted(store, note), cautions
