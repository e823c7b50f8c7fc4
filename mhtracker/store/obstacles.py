"""Why an operation cannot be undone by itself, told before anybody tries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select, true

from mhtracker.domain.records import KINDS
from mhtracker.store.codec import Image, from_image, from_rows, shape_of, to_image
from mhtracker.store.contradictions import contradiction_words, pointed_to
from mhtracker.store.later import Key, corrected_words, last_change, named
from mhtracker.store.queries.history import OperationLine
from mhtracker.store.register import Register
from mhtracker.store.schema import RECORD_TABLES, changes, operations

MOST_CHANGES = 200
"""Of a larger operation it shows when somebody tries."""

_CHUNK = 500
Net = Mapping[Key, tuple[Image | None, Image | None]]
"""Each record's image before an operation and after it."""


def obstacles(store: Register, lines: Sequence[OperationLine]) -> dict[str, str]:
    """By operation id: what stands in the way of undoing it, as a sentence. Those that can be undone are not in it."""
    found = {}
    for line in lines:
        if line.operation.undone_by is None and (words := _obstacle(store, line)):
            found[line.operation.id] = words
    return found


def refusal(store: Register, operation_id: str, otherwise: str) -> str:
    """Why undoing an operation was refused, with the later one that stands in its way; `otherwise` if none is found."""
    row = store.database.connection.execute(select(operations).where(operations.c.id == operation_id)).one()
    words = _in_the_way(store, row)
    return f"“{row.label}” cannot be undone by itself. {words}" if words else otherwise


def _obstacle(store: Register, line: OperationLine) -> str:
    if line.operation.final:
        return "It is where this register begins, so it cannot be undone."
    if line.count > MOST_CHANGES:
        return ""
    row = store.database.connection.execute(select(operations).where(operations.c.id == line.operation.id)).one()
    return _in_the_way(store, row)


def _in_the_way(store: Register, row: Any) -> str:
    net = _first_and_last(store, row)
    left = {key: last for key, (first, last) in net.items() if first != last}
    there = _images(store, left)
    for key, image in left.items():
        if there.get(key) != image:
            return _changed_later(store, row, key)
    if words := corrected_words(store, net):
        return words
    added = [key for key, (first, last) in net.items() if first is None and last is not None]
    return _stands_on(store, row, added, net) or _missing(store, row, net) or contradiction_words(store, row, net)


def _rows(store: Register, row: Any) -> Iterable[Any]:
    query = select(changes).where(changes.c.seq.between(row.first_change, row.last_change)).order_by(changes.c.seq)
    return store.database.connection.execute(query).all()


def _first_and_last(store: Register, row: Any) -> dict[Key, tuple[Image | None, Image | None]]:
    """Each record's image before the operation and after it."""
    net: dict[Key, tuple[Image | None, Image | None]] = {}
    for change in _rows(store, row):
        key = (change.kind, change.record_id)
        net[key] = (net[key][0] if key in net else change.before, change.after)
    return net


def _images(store: Register, keys: Iterable[Key]) -> dict[Key, Image]:
    by_kind: dict[str, list[str]] = {}
    for kind, record_id in keys:
        by_kind.setdefault(kind, []).append(record_id)
    found: dict[Key, Image] = {}
    for kind, ids in by_kind.items():
        table = RECORD_TABLES[KINDS[kind]]
        for start in range(0, len(ids), _CHUNK):
            some = select(table).where(table.c.id.in_(ids[start : start + _CHUNK]))
            for record in from_rows(KINDS[kind], store.database.connection.execute(some)):
                found[kind, record.id] = to_image(record)
    return found


def _changed_later(store: Register, row: Any, key: Key) -> str:
    later = last_change(store, key, row.seq)
    if later is None:
        return "What it recorded is no longer as it was left."
    return f"What it recorded was changed later: {named(later)}. Undo that first."


def _missing(store: Register, row: Any, net: Net) -> str:
    """A later operation that took away what this one's records belong to, such as the plan of a target."""
    back = [from_image(*key, first) for key, (first, last) in net.items() if first is not None and first != last]
    needed: set[Key] = set()
    for record in back:
        for name in shape_of(type(record)).columns:
            needed |= {(kind, each) for kind in pointed_to(name) for each in (getattr(record, name) or "").split()}
    needed -= {key for key, (first, _) in net.items() if first is not None}
    for key in sorted(needed - _images(store, needed).keys()):
        later = last_change(store, key, row.seq)
        if later is not None:
            return f"What it belongs to was taken away: {named(later)}. Undo that first."
    return ""


def _stands_on(store: Register, row: Any, added: Sequence[Key], net: Net) -> str:
    """A later operation that recorded something pointing to what this one added, such as a note to a person."""
    for kind, record_id in added:
        person = changes.c.person_id == record_id
        query = (
            select(changes.c.kind, changes.c.record_id, operations)
            .join(operations, changes.c.seq.between(operations.c.first_change, operations.c.last_change))
            .where(changes.c.seq > row.last_change, changes.c.record_id != record_id)
            .where(person if kind == "person" else _points_to(row, kind, record_id))
            .order_by(changes.c.seq.desc())
            .limit(_CHUNK)
        )
        for later in store.database.connection.execute(query):
            if (later.kind, later.record_id) in net:
                continue  # it was recorded with this, and goes with it
            image = _images(store, [(later.kind, later.record_id)]).get((later.kind, later.record_id), "")
            if record_id in re.split(r'[" ]', image):
                return f"Something recorded later stands on it: {named(later)}. Undo that first."
    return ""


def _points_to(row: Any, kind: str, record_id: str) -> ColumnElement[bool]:
    """The changes of records that name another one's id: those of the same person, if it belongs to one."""
    names = {each: [field.name for field in shape_of(record_type).fields] for each, record_type in KINDS.items()}
    kinds = [each for each, fields in names.items() if any(kind in pointed_to(name) for name in fields)]
    own = changes.c.person_id == row.person_id if row.person_id is not None and "person_id" in names[kind] else true()
    return changes.c.kind.in_(kinds) & own & changes.c.after.contains(record_id, autoescape=True)
