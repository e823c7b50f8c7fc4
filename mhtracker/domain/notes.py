"""What a note says: its first words, what replaced them since, and whether it is finished."""

from __future__ import annotations

from collections.abc import Iterable

from mhtracker.domain.records import Note, NoteCorrection

FIRST_WORDS = 160


def corrections_of(note: Note, corrections: Iterable[NoteCorrection]) -> list[NoteCorrection]:
    """A note's corrections, the first one first. Those of other notes are passed over."""
    mine = (each for each in corrections if each.note_id == note.id)
    return sorted(mine, key=lambda each: (each.corrected_at, each.id))


def text_now(note: Note, corrections: Iterable[NoteCorrection]) -> str:
    """What a note says now: the words of its latest correction, or its own. The first words stay in the record."""
    held = corrections_of(note, corrections)
    return held[-1].text if held else note.text


def is_finished(note: Note) -> bool:
    """Whether a note is part of the record as it stands; until then its author may still write on it."""
    return note.finished_at is not None


def first_words(text: str, most: int = FIRST_WORDS) -> str:
    """The beginning of a note on one line, cut at a word where it can be."""
    line = " ".join(text[: most * 4].split())
    if len(line) <= most:
        return line
    cut = line.rfind(" ", most // 2, most)
    return f"{line[: cut if cut > 0 else most].rstrip(' ,;:.')}…"
