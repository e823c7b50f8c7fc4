"""Finding notes by their words, in one person's record or in the whole register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, func, select

from mhtracker.domain.names import fold
from mhtracker.domain.notes import text_now
from mhtracker.domain.records import Note, NoteCorrection
from mhtracker.domain.words_in_text import excerpt, typed_words
from mhtracker.store.codec import from_rows
from mhtracker.store.derived import caseload, note_texts
from mhtracker.store.further_tables import note_corrections
from mhtracker.store.schema import notes
from mhtracker.store.store import Store

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A note that holds every word, with whose it is and a piece of what it says around the first of them."""

    note_id: str
    person_id: str
    ref: str
    surname: str
    given_names: str
    noted_on: date
    kind: str
    author: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class FoundNotes:
    """The newest notes found, and how many there are in all."""

    notes: tuple[FoundNote, ...]
    count: int


def search_notes(
    store: Store, text: str, as_at: date, *, person_id: str | None = None, limit: int = 20, within: int = 160
) -> FoundNotes:
    """The notes up to a day in which every word typed begins a word, newest first. No words find nothing.

    They are looked for in what a note says on that day: a later correction has not been made yet.
    """
    words = typed_words(text)
    if not words:
        return FoundNotes((), 0)
    other_words = _said_otherwise(store, as_at)
    store.make_ready("note_texts")
    conditions: list[ColumnElement[bool]] = [note_texts.c.noted_on <= as_at]
    # The longest word is the rarest: what it leaves is all that the others need to look at.
    for word in sorted(words, key=len, reverse=True):
        conditions.append(note_texts.c.words.contains(f" {word}", autoescape=True))
    if person_id is not None:
        conditions.append(note_texts.c.person_id == person_id)
    if other_words:
        conditions.append(note_texts.c.note_id.not_in(sorted(other_words)))
    also = [note_id for note_id, said in other_words.items() if _holds(said, words, as_at, person_id)]
    execute = store.database.connection.execute
    count = execute(select(func.count()).select_from(note_texts).where(*conditions)).scalar_one() + len(also)
    newest = select(note_texts.c.note_id, note_texts.c.noted_on).where(*conditions)
    newest = newest.order_by(note_texts.c.noted_on.desc(), note_texts.c.note_id.desc()).limit(limit)
    places = [(row.noted_on, row.note_id) for row in execute(newest)]
    places += [(other_words[note_id][0].noted_on, note_id) for note_id in also]
    ids = [note_id for _, note_id in sorted(places, reverse=True)[:limit]]
    return FoundNotes(tuple(_read(store, ids, words, as_at, within)), count)


Said = tuple[Note, str]


def _said_otherwise(store: Store, as_at: date) -> dict[str, Said]:
    """The notes that were corrected after a day, with what they said on it."""
    if as_at >= store.today:
        return {}
    ends = datetime.combine(as_at + timedelta(days=1), time(), UTC)
    corrected = select(note_corrections.c.note_id).where(note_corrections.c.corrected_at >= ends)
    rows = store.database.connection.execute(select(notes).where(notes.c.id.in_(corrected)))
    found = {note.id: note for note in from_rows(Note, rows)}
    put_right = [c for c in _corrections(store, list(found)) if c.corrected_at.date() <= as_at]
    return {note.id: (note, text_now(note, put_right)) for note in found.values()}


def _holds(said: Said, words: Sequence[str], as_at: date, person_id: str | None) -> bool:
    note, text = said
    if note.noted_on > as_at or (person_id is not None and note.person_id != person_id):
        return False
    folded = f" {fold(text)} "
    return all(f" {word}" in folded for word in words)


def _corrections(store: Store, note_ids: Sequence[str]) -> list[NoteCorrection]:
    found: list[NoteCorrection] = []
    for start in range(0, len(note_ids), _CHUNK):
        some = note_ids[start : start + _CHUNK]
        query = select(note_corrections).where(note_corrections.c.note_id.in_(some))
        found += from_rows(NoteCorrection, store.database.connection.execute(query))
    return found


def _read(store: Store, ids: Sequence[str], words: Sequence[str], as_at: date, within: int) -> list[FoundNote]:
    execute = store.database.connection.execute
    found = {note.id: note for note in from_rows(Note, execute(select(notes).where(notes.c.id.in_(ids))))}
    put_right = [c for c in _corrections(store, ids) if c.corrected_at.date() <= as_at]
    people = {row.person_id: row for row in execute(_people({note.person_id for note in found.values()}))}
    lines = []
    for note_id in ids:
        note = found[note_id]
        person = people[note.person_id]
        piece = excerpt(text_now(note, put_right), words, within)
        lines.append(
            FoundNote(
                note.id, note.person_id, person.ref, person.surname, person.given_names, note.noted_on, note.kind,
                note.author, piece,
            )
        )  # fmt: skip
    return lines


def _people(ids: set[str]) -> Select[tuple[str, str, str, str]]:
    columns = (caseload.c.person_id, caseload.c.ref, caseload.c.surname, caseload.c.given_names)
    return select(*columns).where(caseload.c.person_id.in_(sorted(ids)))
