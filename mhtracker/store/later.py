"""What was recorded later of a record that an undo would take back, and how that operation is named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from mhtracker import text
from mhtracker.domain.records import NoteCorrection
from mhtracker.store.codec import Image, image_values
from mhtracker.store.register import Register
from mhtracker.store.schema import changes, operations

Key = tuple[str, str]
"""A record's kind and id."""


def corrected_words(store: Register, net: Mapping[Key, tuple[Image | None, Image | None]]) -> str:
    """Why notes may not be unfinished again: what was finished has been corrected since. "" when nothing was."""
    for (kind, record_id), (first, last) in net.items():
        if kind != "note" or first is None or last is None or not _was_finished(first, last):
            continue
        corrections = store.find(NoteCorrection, note_id=record_id)
        if corrections:
            newest = max(corrections, key=lambda each: each.corrected_at)
            later = last_change(store, ("correction", newest.id), 0)
            return f"A correction stands on the note: {named(later)}. Undo that first."
    return ""


def _was_finished(first: Image, last: Image) -> bool:
    before, after = image_values(first) or {}, image_values(last) or {}
    return not before.get("finished_at") and bool(after.get("finished_at"))


def last_change(store: Register, key: Key, after_seq: int) -> Any:
    """The newest operation after a given one that changed a record."""
    query = (
        select(operations)
        .join(changes, changes.c.seq.between(operations.c.first_change, operations.c.last_change))
        .where(changes.c.record_id == key[1], changes.c.kind == key[0], operations.c.seq > after_seq)
        .order_by(operations.c.seq.desc())
    )
    return store.database.connection.execute(query.limit(1)).first()


def named(later: Any) -> str:
    """An operation as a sentence names it: what it was, who recorded it and when."""
    at = datetime.fromisoformat(later.at_utc).astimezone()
    by = f"{later.who}, " if later.who else ""
    return f"“{later.label}” ({by}{text.format_date(at.date())} {at:%H:%M})"
