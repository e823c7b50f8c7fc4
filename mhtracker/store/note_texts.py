"""Keeps the derived table `note_texts` in step: what each note says now, folded, so that its words are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import delete, select

from mhtracker.domain.names import fold
from mhtracker.domain.notes import corrections_of
from mhtracker.domain.records import Changes, Note, NoteCorrection, Record
from mhtracker.store.codec import from_rows
from mhtracker.store.derived import note_texts
from mhtracker.store.register import Register
from mhtracker.store.schema import RECORD_TABLES

COLUMNS = ("note_id", "person_id", "noted_on", "correction_id", "words")
_CHUNK = 500
Row = tuple[str, str, str, str, str]


def row_of(note: Note, corrections: Iterable[NoteCorrection]) -> Row:
    """A note's row, as the bare driver takes it. A space before each word marks where one begins."""
    held = corrections_of(note, corrections)
    text, correction_id = (held[-1].text, held[-1].id) if held else (note.text, "")
    return note.id, note.person_id, note.noted_on.isoformat(), correction_id, f" {fold(text)} "


def refresh(store: Register, changed: Changes, added: Mapping[str, Record]) -> None:
    """Bring the rows of the notes that a change touches up to date. `added` need not be read back."""
    notes = {record_id for kind, record_id in changed.records if kind == "note"}
    corrections = {record_id for kind, record_id in changed.records if kind == "correction"}
    if not notes and not corrections:
        return
    new = {record.id: record for record in added.values() if isinstance(record, Note) and record.id in notes}
    put_right: dict[str, list[NoteCorrection]] = {}
    for record in added.values():
        if isinstance(record, NoteCorrection):
            put_right.setdefault(record.note_id, []).append(record)
    store.database.insert_many(note_texts, COLUMNS, [row_of(note, put_right.get(note.id, ())) for note in new.values()])
    stale = (notes | put_right.keys() | _notes_of(store, corrections - added.keys())) - new.keys()
    _again(store, sorted(stale))


def rebuild_all(store: Register) -> None:
    """Build the table anew."""
    store.database.connection.execute(delete(note_texts))
    rows = store.database.connection.execute(select(RECORD_TABLES[NoteCorrection]))
    put_right: dict[str, list[NoteCorrection]] = {}
    for correction in from_rows(NoteCorrection, rows):
        put_right.setdefault(correction.note_id, []).append(correction)
    notes = from_rows(Note, store.database.connection.execute(select(RECORD_TABLES[Note])))
    store.database.insert_many(note_texts, COLUMNS, [row_of(note, put_right.get(note.id, ())) for note in notes])


def _notes_of(store: Register, corrections: Iterable[str]) -> set[str]:
    """The notes of corrections that are there now or were until just now."""
    ids = sorted(corrections)
    table, found = RECORD_TABLES[NoteCorrection], set[str]()
    for start in range(0, len(ids), _CHUNK):
        some = ids[start : start + _CHUNK]
        execute = store.database.connection.execute
        found.update(execute(select(table.c.note_id).where(table.c.id.in_(some))).scalars())
        found.update(execute(select(note_texts.c.note_id).where(note_texts.c.correction_id.in_(some))).scalars())
    return found


def _again(store: Register, note_ids: Sequence[str]) -> None:
    notes, corrections = RECORD_TABLES[Note], RECORD_TABLES[NoteCorrection]
    for start in range(0, len(note_ids), _CHUNK):
        some = note_ids[start : start + _CHUNK]
        execute = store.database.connection.execute
        execute(delete(note_texts).where(note_texts.c.note_id.in_(some)))
        put_right = from_rows(NoteCorrection, execute(select(corrections).where(corrections.c.note_id.in_(some))))
        found = from_rows(Note, execute(select(notes).where(notes.c.id.in_(some))))
        store.database.insert_many(note_texts, COLUMNS, [row_of(note, put_right) for note in found])


def note_faults(store: Register) -> Iterator[tuple[str, str]]:
    """(what, where) for rows that do not say what their notes say."""
    kept = {row[0]: tuple(row) for row in store.database.connection.execute(select(note_texts))}
    put_right: dict[str, list[NoteCorrection]] = {}
    for correction in store.find(NoteCorrection):
        put_right.setdefault(correction.note_id, []).append(correction)
    for note in store.find(Note):
        row = kept.pop(note.id, None)
        told = row_of(note, put_right.get(note.id, ()))
        if row is None or (*row[:2], row[2].isoformat(), *row[3:]) != told:
            yield "the words a note is found by are out of step", f"note {note.id}"
    for note_id in kept:
        yield "words to find a note that is not there", f"note {note_id}"
