"""What an undo would bring about that no form had let pass, and the later step that stands in its way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from functools import cache
from typing import Any

from sqlalchemy import Column, select

from mhtracker.domain.contradictions import Contradiction, Key, Link, Picture, Truth, contradictions
from mhtracker.domain.records import KIND_OF, KINDS, LegalAndStatus, Record
from mhtracker.domain.truths import NOTHING_LEFT_BEHIND, TRUTHS
from mhtracker.store.codec import Image, from_image, from_rows, shape_of
from mhtracker.store.later import named
from mhtracker.store.register import Register
from mhtracker.store.schema import RECORD_TABLES, changes, operations
from mhtracker.store.telling.values import kind_pointed_to

_CHUNK = 500
Records = Mapping[Key, Record]


def contradiction_words(store: Register, row: Any, net: Mapping[Key, tuple[Image | None, Image | None]]) -> str:
    """What cannot be so and would be, were an operation undone now, with the later one that it comes from; "" if none.

    `net` has each record's image before the operation and after it. What stood side by side before the operation may
    do so again, whatever a form would say of it: then nothing recorded later is in the way.
    """
    undone = {key: first for key, (first, last) in net.items() if first != last}
    truths = _truths_about(undone)
    if not truths or not _any_since(store, row, truths):
        return ""
    back = {key: from_image(*key, image) for key, image in undone.items() if image is not None}
    there = {key: from_image(*key, last) for key, (_, last) in net.items() if key in undone and last is not None}
    now = {**_around(store, truths, back, there), **there}
    after = {**{key: record for key, record in now.items() if key not in undone}, **back}
    new = _found(store, after, truths) - _found(store, now, truths)
    if new:
        beside = {key for each in new for key in each.records} - undone.keys()
        new -= _found(store, _as_before(store, row, after, beside), truths)
    in_the_way = [(later.seq, each.words, later) for each in new if (later := _latest(store, row, each, undone.keys()))]
    if not in_the_way:
        return ""
    _, words, later = max(in_the_way, key=lambda each: each[:2])
    return f"{words}, because of {named(later)}. Undo that first."


def pointed_to(name: str) -> tuple[str, ...]:
    """The kinds of record whose ids a field of this name holds: one, or several parted by spaces; () for none."""
    kind = kind_pointed_to(name) or (name.removesuffix("_ids") if name.endswith("_ids") else "")
    return (kind,) if kind in KINDS else ()


def is_pointed_to(store: Register, gone: Iterable[Key]) -> bool:
    """Whether something still holds the id of a record that is gone, where the database itself does not look."""
    ids: dict[str, list[str]] = {}
    for kind, record_id in gone:
        ids.setdefault(kind, []).append(record_id)
    for kind, wanted in ids.items():
        for column in _unguarded(kind):
            if _holds_any(store, column, wanted):
                return True
    return False


def points_to_nothing(store: Register, row: Any, back: Iterable[Record]) -> bool:
    """Whether a record that comes back holds the id of one taken away since, unseen by the database."""
    ids: dict[str, set[str]] = {}
    for record in back:
        for name in shape_of(type(record)).columns:
            if not RECORD_TABLES[type(record)].c[name].foreign_keys:
                for kind in pointed_to(name):
                    ids.setdefault(kind, set()).update((getattr(record, name) or "").split())
    for kind, wanted in ids.items():
        there = _read(store, Link(KINDS[kind], "id"), sorted(wanted))
        gone = wanted - {record.id for record in there}
        since = select(changes.c.seq).where(changes.c.kind == kind, changes.c.seq > row.last_change)
        if any(store.database.connection.execute(since.where(changes.c.record_id == each)).first() for each in gone):
            return True
    return False


def _holds_any(store: Register, column: Column[str], wanted: list[str]) -> bool:
    connection = store.database.connection
    if column.name.endswith("_ids"):  # several parted by spaces, in a table of few rows
        held = {each for words in connection.execute(select(column)).scalars() for each in words.split()}
        return not held.isdisjoint(wanted)
    some = (wanted[start : start + _CHUNK] for start in range(0, len(wanted), _CHUNK))
    return any(connection.execute(select(column).where(column.in_(ids)).limit(1)).first() is not None for ids in some)


@cache
def _unguarded(kind: str) -> tuple[Column[str], ...]:
    """The columns that hold ids of a kind and are no foreign keys."""
    return tuple(
        table.c[name]
        for record_type, table in RECORD_TABLES.items()
        for name in shape_of(record_type).columns
        if kind in pointed_to(name) and not table.c[name].foreign_keys
    )


def _truths_about(undone: Mapping[Key, Image | None]) -> list[Truth]:
    """The truths that records as they come back may break; of those that go, only statuses hold others up."""
    types = {KINDS[kind] for (kind, _), image in undone.items() if image is not None}
    types |= {LegalAndStatus} if any(kind == KIND_OF[LegalAndStatus] for kind, _ in undone) else set()
    merged = any(kind == "person" and '"merged_into"' in (image or "") for (kind, _), image in undone.items())
    return [*(truth for truth in TRUTHS if truth.types & types), *([NOTHING_LEFT_BEHIND] if merged else [])]


def _any_since(store: Register, row: Any, truths: Iterable[Truth]) -> bool:
    kinds = {KIND_OF[each] for truth in truths for each in truth.types}
    later = select(changes.c.seq).where(changes.c.seq > row.last_change, changes.c.kind.in_(kinds)).limit(1)
    return store.database.connection.execute(later).first() is not None


def _found(store: Register, records: Records, truths: Iterable[Truth]) -> set[Contradiction]:
    return contradictions(Picture(records, store.today), truths)


def _around(store: Register, truths: Iterable[Truth], back: Records, there: Records) -> dict[Key, Record]:
    """The records beside those that come back: what the truths are asked of."""
    gone = {record_id for kind, record_id in there.keys() - back.keys() if kind == "person"}
    own = [*back.values(), *(each for each in there.values() if isinstance(each, LegalAndStatus))]
    found: dict[Key, Record] = {}
    for link in {link for truth in truths for link in truth.links}:
        wanted = None if link.by is None else sorted(_values(own, link) - gone)
        for record in _read(store, link, wanted):
            found[KIND_OF[link.record_type], record.id] = record
    return found


def _values(own: Iterable[Record], link: Link) -> set[str]:
    """What a link's field says in the records that come back, or the ids of those that it points to."""
    kind = KIND_OF[link.record_type] if link.by == "id" else kind_pointed_to(link.by or "")
    found: set[str | None] = set()
    for record in own:
        if kind == KIND_OF[type(record)]:
            found.add(record.id)
        if link.pointing:
            continue
        if kind is not None:
            names = [name for name in shape_of(type(record)).columns if kind_pointed_to(name) == kind]
            found.update(getattr(record, name) for name in names)
        elif isinstance(record, link.record_type):
            found.add(getattr(record, link.by or "id"))
    if link.by == "local_id":
        found |= {way for each in found if each for way in (each.upper(), each.lower())}
    return {each for each in found if each is not None}


def _read(store: Register, link: Link, values: list[str] | None) -> Iterable[Record]:
    table = RECORD_TABLES[link.record_type]
    query = select(table).where(table.c.ended_on.is_(None)) if link.going_on else select(table)
    if values is None:
        yield from from_rows(link.record_type, store.database.connection.execute(query))
        return
    for start in range(0, len(values), _CHUNK):
        some = table.c[link.by or ""].in_(values[start : start + _CHUNK])
        yield from from_rows(link.record_type, store.database.connection.execute(query.where(some)))


def _as_before(store: Register, row: Any, after: Records, beside: Set[Key]) -> Records:
    """The records as the undo would leave them, those beside them as they stood when the operation was recorded."""
    then = dict(after)
    for kind, record_id in beside:
        query = (
            select(changes.c.before)
            .where(changes.c.record_id == record_id, changes.c.kind == kind, changes.c.seq > row.last_change)
            .order_by(changes.c.seq)
            .limit(1)
        )
        first = store.database.connection.execute(query).first()
        if first is not None:
            del then[kind, record_id]
            if first.before is not None:
                then[kind, record_id] = from_image(kind, record_id, first.before)
    return then


def _latest(store: Register, row: Any, each: Contradiction, undone: Set[Key]) -> Any:
    """The newest operation since that changed what a contradiction names beside what is undone."""
    beside = [record_id for kind, record_id in each.records if (kind, record_id) not in undone]
    query = (
        select(operations)
        .join(changes, changes.c.seq.between(operations.c.first_change, operations.c.last_change))
        .where(changes.c.record_id.in_(beside), operations.c.seq > row.seq)
        .order_by(operations.c.seq.desc())
    )
    return store.database.connection.execute(query.limit(1)).first()
