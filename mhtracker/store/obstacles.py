"""Why an operation cannot be undone by itself, told before anybody tries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from mhtracker import text
from mhtracker.domain.records import KINDS
from mhtracker.store.codec import Image, from_rows, to_image
from mhtracker.store.queries.history import OperationLine
from mhtracker.store.schema import RECORD_TABLES, changes, operations
from mhtracker.store.store import Store

MOST_CHANGES = 200
"""Of a larger operation it shows when somebody tries."""

_CHUNK = 500
Key = tuple[str, str]


def obstacles(store: Store, lines: Sequence[OperationLine]) -> dict[str, str]:
    """By operation id: what stands in the way of undoing it, as a sentence. Those that can be undone are not in it."""
    found = {}
    for line in lines:
        if line.operation.undone_by is None and (words := _obstacle(store, line)):
            found[line.operation.id] = words
    return found


def _obstacle(store: Store, line: OperationLine) -> str:
    if line.operation.final:
        return "It is where this register begins, so it cannot be undone."
    if line.count > MOST_CHANGES:
        return ""
    row = store.database.connection.execute(select(operations).where(operations.c.id == line.operation.id)).one()
    left = _left_by(store, row)
    there = _images(store, left)
    for key, image in left.items():
        if there.get(key) != image:
            return _changed_later(store, row, key)
    added = [key for key, (first, last) in _first_and_last(store, row).items() if first is None and last is not None]
    return _stands_on(store, row, added)


def _rows(store: Store, row: Any) -> Iterable[Any]:
    query = select(changes).where(changes.c.seq.between(row.first_change, row.last_change)).order_by(changes.c.seq)
    return store.database.connection.execute(query).all()


def _first_and_last(store: Store, row: Any) -> dict[Key, tuple[Image | None, Image | None]]:
    """Each record's image before the operation and after it."""
    net: dict[Key, tuple[Image | None, Image | None]] = {}
    for change in _rows(store, row):
        key = (change.kind, change.record_id)
        net[key] = (net[key][0] if key in net else change.before, change.after)
    return net


def _left_by(store: Store, row: Any) -> dict[Key, Image | None]:
    """What the operation left of each record that it altered."""
    return {key: last for key, (first, last) in _first_and_last(store, row).items() if first != last}


def _images(store: Store, keys: Iterable[Key]) -> dict[Key, Image]:
    by_kind: dict[str, list[str]] = {}
    for kind, record_id in keys:
        by_kind.setdefault(kind, []).append(record_id)
    found: dict[Key, Image] = {}
    for kind, ids in by_kind.items():
        table = RECORD_TABLES[KINDS[kind]]
        rows = store.database.connection.execute(select(table).where(table.c.id.in_(ids)))
        for record in from_rows(KINDS[kind], rows):
            found[kind, record.id] = to_image(record)
    return found


def _changed_later(store: Store, row: Any, key: Key) -> str:
    query = (
        select(operations)
        .join(changes, changes.c.seq.between(operations.c.first_change, operations.c.last_change))
        .where(changes.c.record_id == key[1], changes.c.kind == key[0], operations.c.seq > row.seq)
        .order_by(operations.c.seq.desc())
    )
    later = store.database.connection.execute(query.limit(1)).first()
    if later is None:
        return "What it recorded is no longer as it was left."
    return f"What it recorded was changed later: {_named(later)}. Undo that first."


def _stands_on(store: Store, row: Any, added: Sequence[Key]) -> str:
    """A later operation that added something to what this one added, such as a note to a person."""
    for _, record_id in added:
        person = changes.c.person_id == record_id
        points = changes.c.after.contains(f'"{record_id}"', autoescape=True)
        query = (
            select(changes.c.kind, changes.c.record_id, operations)
            .join(operations, changes.c.seq.between(operations.c.first_change, operations.c.last_change))
            .where(changes.c.seq > row.last_change, changes.c.before.is_(None), changes.c.record_id != record_id)
            .where(person if _is_person(added, record_id) else points & _same_person(row))
            .order_by(changes.c.seq.desc())
            .limit(_CHUNK)
        )
        for later in store.database.connection.execute(query):
            if _images(store, [(later.kind, later.record_id)]):
                return f"Something recorded later stands on it: {_named(later)}. Undo that first."
    return ""


def _is_person(added: Sequence[Key], record_id: str) -> bool:
    return ("person", record_id) in added


def _same_person(row: Any) -> Any:
    return changes.c.person_id == row.person_id if row.person_id is not None else changes.c.person_id.is_(None)


def _named(later: Any) -> str:
    at = datetime.fromisoformat(later.at_utc).astimezone()
    by = f"{later.who}, " if later.who else ""
    return f"“{later.label}” ({by}{text.format_date(at.date())} {at:%H:%M})"
