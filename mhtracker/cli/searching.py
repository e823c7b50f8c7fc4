"""`search`: words in notes."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from mhtracker import text
from mhtracker.cli import plain
from mhtracker.cli.session import answer, day_of, opened
from mhtracker.domain.errors import Invalid
from mhtracker.domain.words_in_text import typed_words
from mhtracker.store.queries.notes import FoundNote, FoundNotes, search_notes

MOST = 100
"""Notes listed where no other number is asked for."""


def search(asked: argparse.Namespace) -> int:
    """`mhtracker search`."""
    words, as_at = " ".join(asked.words), day_of(asked)
    if not typed_words(words):
        raise Invalid({"words": f"“{words}” holds no word to look for. Give letters or digits."})
    with opened(asked) as store:
        person_id = None
        if asked.person is not None:
            from mhtracker.store.queries.person import find_person

            person_id = find_person(store, asked.person).id
        found = search_notes(store, words, as_at, person_id=person_id, limit=asked.limit or MOST)
        kinds = {note.kind: store.code_label("note_kind", note.kind) for note in found.notes}
    facts = {"count": found.count, "notes": [_note(each, kinds[each.kind]) for each in found.notes]}
    return answer(asked, facts, lambda: _told(found, kinds, words))


def _note(note: FoundNote, label: str) -> dict[str, Any]:
    return {
        "ref": note.ref,
        "name": text.name_in_order(note.surname, note.given_names),
        "noted_on": note.noted_on.isoformat(),
        "kind": note.kind,
        "label": label,
        "author": note.author,
        "excerpt": note.excerpt,
    }


def _told(found: FoundNotes, kinds: dict[str, str], words: str) -> str:
    if not found.count:
        return f"No note holds “{words}”."
    rows: Sequence[tuple[str, ...]] = [
        (
            text.format_date(note.noted_on),
            note.ref,
            text.name_in_order(note.surname, note.given_names),
            kinds[note.kind],
            note.author,
            note.excerpt,
        )
        for note in found.notes
    ]
    shown = text.count(found.count, "note")
    if len(found.notes) < found.count:
        shown = f"{text.format_number(len(found.notes))} of {shown}"
    headings = ("Day", "Ref", "Name", "Kind", "By", "What it says")
    return f"{plain.table(headings, rows)}\n\n{shown}, newest first."
