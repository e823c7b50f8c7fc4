"""The one way to write: an operation, whose changes are kept with their before and after in the same transaction.

Audit, undo, redo, refresh and as-known reading all read what is written here.
"""

from __future__ import annotations

import hashlib
import itertools
import operator
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from mhtracker.domain.errors import Conflict, NotFound, Refused
from mhtracker.domain.records import KIND_OF, KINDS, Changes, Operation, Record
from mhtracker.store import contents, lines
from mhtracker.store.codec import Image, from_image, from_rows, image_of, person_of, shape_of, to_image, to_values
from mhtracker.store.contradictions import contradiction_words, is_pointed_to, points_to_nothing
from mhtracker.store.later import corrected_words
from mhtracker.store.register import Register
from mhtracker.store.schema import RECORD_TABLES, changes, operations

R = TypeVar("R", bound=Record)
ChangeRow = tuple[str, str, str | None, Image | None, Image | None]
"""kind, record id, person id, before, after."""

_CHUNK = 500
_PAGE = 50
CHANGE_COLUMNS = ("seq", "kind", "record_id", "person_id", "before", "after")
_LINKED = (
    "seq", "id", "at_utc", "who", "label", "reason", "undoes", "person_id", "first_change", "last_change", "final",
)  # fmt: skip
_STANDS_ON_THIS = "Something recorded later stands on this. Undo the later one first."
_KIND_ORDER = {kind: place for place, kind in enumerate(KIND_OF.values())}


class Work:
    """What an operation may do while it is open: read, add, save and delete records.

    `today` and `now` (UTC) are the operation's one moment; `who` is the person recording.
    """

    def __init__(self, store: Register) -> None:
        self._store = store
        self.now: datetime = store.clock.now()
        self.today: date = store.clock.today()
        self.who: str = store.who
        self.label = ""
        self.changes: list[ChangeRow] = []
        self.added: dict[str, Record] = {}

    def get(self, record_type: type[R], record_id: str) -> R:
        """The record, as it is within this operation. Raises NotFound."""
        return self._store.get(record_type, record_id)

    def find(self, record_type: type[R], **equals: Any) -> list[R]:
        """All records whose fields equal the given values."""
        return self._store.find(record_type, **equals)

    def save(self, record: R) -> R:
        """Add a record (version 0) or save a changed one; returns it as saved.

        A save that changes nothing writes nothing. Raises Conflict when somebody saved it since it was read.
        """
        if record.version == 0:
            self.add_many([record])
            return _with_version(record, 1)
        table = RECORD_TABLES[type(record)]
        original = self._store.peek(type(record), record.id)
        if original is None or original.version != record.version:
            raise self._store.conflict(mine=record, theirs=original)
        if original == record:
            return record
        saved = _with_version(record, record.version + 1)
        shape = shape_of(type(record))
        fields = {name: getattr(saved, name) for name in shape.columns}
        self._store.database.connection.execute(update(table).where(table.c.id == record.id).values(fields))
        if record.id in self.added:
            self.added[record.id] = saved
        self._log(shape.kind, record, to_image(original), to_image(record))
        return saved

    def add_many(self, records: Sequence[Record]) -> None:
        """Add new records, in bulk. Records they point to must be added before or with them."""
        by_type: dict[type[Record], list[tuple[Any, ...]]] = {}
        for record in records:
            record_type = type(record)
            shape, values = shape_of(record_type), to_values(record)
            by_type.setdefault(record_type, []).append((*values[:-1], 1))
            self.changes.append((shape.kind, record.id, person_of(record), None, image_of(shape, values)))
            self.added[record.id] = record
        for record_type in RECORD_TABLES:
            if rows := by_type.get(record_type):
                shape = shape_of(record_type)
                self._store.database.insert_many(shape.table, shape.columns, rows)

    def keep_content(self, content: bytes) -> str:
        """Keep what a document holds, once for all documents that hold the same; gives its SHA-256."""
        return contents.keep(self._store.database, content)

    def delete(self, record: Record) -> None:
        """Take a record away; undo brings it back."""
        table = RECORD_TABLES[type(record)]
        original = self._store.peek(type(record), record.id)
        if original is None or original.version != record.version:
            raise self._store.conflict(mine=record, theirs=original)
        self._store.database.connection.execute(table.delete().where(table.c.id == record.id))
        self.added.pop(record.id, None)
        self._log(KIND_OF[type(record)], original, to_image(original), None)

    def _log(self, kind: str, record: Record, before: Image | None, after: Image | None) -> None:
        self.changes.append((kind, record.id, person_of(record), before, after))


def _with_version(record: R, version: int) -> R:
    fields: dict[str, Any] = {"version": version}
    return replace(record, **fields)


def record_operation(
    store: Register,
    work: Work,
    label: str,
    *,
    reason: str = "",
    person_id: str | None = None,
    undoes: str | None = None,
    final: bool = False,
) -> Changes:
    """Write an operation's journal rows and refresh what is derived. Called inside its transaction, last."""
    connection = store.database.connection
    last = connection.execute(select(func.max(operations.c.seq), func.max(operations.c.last_change))).one()
    seq, first = (last[0] or 0) + 1, (last[1] or 0) + 1
    rows = [(first + place, *change) for place, change in enumerate(work.changes)]
    store.database.insert_many(changes, CHANGE_COLUMNS, rows)
    before = connection.execute(select(operations.c.digest).where(operations.c.seq == seq - 1)).scalar()
    values = {
        "seq": seq,
        "id": store.new_id(),
        "at_utc": work.now.astimezone(UTC).isoformat(timespec="milliseconds"),
        "who": work.who,
        "label": label,
        "reason": reason,
        "undoes": undoes,
        "person_id": person_id,
        "first_change": first,
        "last_change": first + len(rows) - 1,
        "final": final,
    }
    values["digest"] = digest(before or "", values, work.changes)
    connection.execute(insert(operations).values(values))
    people = frozenset(person for _, _, person, _, _ in work.changes if person is not None)
    changed = Changes(
        str(values["id"]), label, frozenset((kind, record_id) for kind, record_id, *_ in work.changes), people
    )
    lines.refresh(store, changed, work.today, work.added)
    return changed


def digest(before: str, operation: dict[str, Any], rows: Iterable[Sequence[Any]]) -> str:
    """The link of the audit chain: a hash over the link before, the operation and its changes."""
    link = hashlib.sha256(before.encode())
    link.update(_unmistakable([operation[name] for name in _LINKED]))
    for row in rows:
        link.update(_unmistakable(row))
    return link.hexdigest()


def _unmistakable(values: Sequence[Any]) -> bytes:
    """Values quoted and in plain letters: none can pass for a part of its neighbour, nor "" for nothing."""
    return ascii(tuple(values)).encode()


def next_undo(store: Register) -> Operation | None:
    """The latest operation still in effect that can be undone."""
    gone = taken_back(store)
    for row in _newest_first(store, operations.c.undoes.is_(None), operations.c.final.is_(False)):
        if row.id not in gone:
            return operation_of_row(row)
    return None


def next_redo(store: Register) -> Operation | None:
    """The latest undo still in effect, unless something new was recorded after it."""
    gone = taken_back(store)
    for row in _newest_first(store):
        if row.undoes is None:
            return None
        if row.id not in gone and _root_of(store, row.undoes) == row.undoes:
            return operation_of_row(row)
    return None


def _newest_first(store: Register, *conditions: ColumnElement[bool]) -> Iterator[Any]:
    """Operations, a page at a time: PostgreSQL's driver would fetch every one there is before the first is seen."""
    before = None
    while True:
        query = select(operations).where(*conditions).order_by(operations.c.seq.desc()).limit(_PAGE)
        rows = store.database.connection.execute(
            query if before is None else query.where(operations.c.seq < before)
        ).all()
        yield from rows
        if len(rows) < _PAGE:
            return
        before = rows[-1].seq


def find_operation(store: Register, operation_id: str) -> Operation:
    """The operation of an id. Raises NotFound."""
    row = store.database.connection.execute(select(operations).where(operations.c.id == operation_id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no operation {operation_id} in this register.")
    return operation_of_row(row)


def undo(store: Register, work: Work, operation_id: str) -> None:
    """Apply an operation's images backwards.

    What it wrote must still be there: compared by value, not by version, so that undo can be undone and redone.
    Raises Refused when it was undone already or cannot be, Conflict when later changes stand on it.
    """
    query = select(operations).where(operations.c.id == operation_id)
    row = store.database.connection.execute(query).one()
    if row.final:
        raise Refused(f"“{row.label}” is where this register begins; it cannot be undone.")
    if row.id in taken_back(store):
        raise Refused(f"“{row.label}” has been undone already.")
    _apply_backwards(store, work, row)


def _apply_backwards(store: Register, work: Work, row: Any) -> None:
    query = select(changes).where(changes.c.seq.between(row.first_change, row.last_change)).order_by(changes.c.seq)
    net: dict[tuple[str, str], tuple[str | None, Image | None, Image | None]] = {}
    for change in store.database.connection.execute(query):
        key = (change.kind, change.record_id)
        before = net[key][1] if key in net else change.before
        net[key] = (change.person_id, before, change.after)
    steps = [(kind, rid, person, was, now) for (kind, rid), (person, was, now) in net.items() if was != now]
    steps.sort(key=lambda step: _KIND_ORDER[step[0]])
    current = _current_records(store, steps)
    for kind, record_id, _, _, now in steps:
        there = current.get((kind, record_id))
        if (to_image(there) if there is not None else None) != now:
            raise Conflict(
                f"“{row.label}” cannot be undone by itself: what it recorded was changed later.", theirs=there
            )
    images = {key: (was, now) for key, (_, was, now) in net.items()}
    if words := corrected_words(store, images) or contradiction_words(store, row, images):
        raise Conflict(f"“{row.label}” cannot be undone by itself. {words}")
    _write_images(store, work, row, steps, current)


def _write_images(
    store: Register, work: Work, row: Any, steps: Sequence[ChangeRow], current: dict[tuple[str, str], Record]
) -> None:
    """Take steps, in the order of their kinds, back: from what is there now to what was before."""
    # What was taken away comes back first and what was added goes last, since records point to one another.
    try:
        _insert_back([step for step in steps if step[4] is None], store)
        for kind, record_id, _, was, now in steps:
            if was is not None and now is not None:
                record = from_image(kind, record_id, was, current[kind, record_id].version + 1)
                shape = shape_of(type(record))
                values = {name: getattr(record, name) for name in shape.columns}
                store.database.connection.execute(
                    update(shape.table).where(shape.table.c.id == record_id).values(values)
                )
        _delete_again([step for step in steps if step[3] is None], store)
    except IntegrityError as error:
        raise Conflict(_STANDS_ON_THIS) from error
    if is_pointed_to(store, [(kind, record_id) for kind, record_id, _, was, _ in steps if was is None]):
        raise Conflict(_STANDS_ON_THIS)
    if points_to_nothing(store, row, [from_image(kind, record_id, was) for kind, record_id, _, was, _ in steps if was]):
        raise Conflict("What this belongs to was taken away later. Undo that first.")
    work.changes += [(kind, record_id, person, now, was) for kind, record_id, person, was, now in steps]


def _insert_back(steps: Sequence[ChangeRow], store: Register) -> None:
    for kind, alike in itertools.groupby(steps, key=operator.itemgetter(0)):
        shape = shape_of(KINDS[kind])
        rows = [to_values(from_image(kind, record_id, was or "", 1)) for _, record_id, _, was, _ in alike]
        store.database.insert_many(shape.table, shape.columns, rows)


def _delete_again(steps: Sequence[ChangeRow], store: Register) -> None:
    for kind, alike in itertools.groupby(reversed(steps), key=operator.itemgetter(0)):
        table, ids = RECORD_TABLES[KINDS[kind]], [step[1] for step in alike]
        for start in range(0, len(ids), _CHUNK):
            store.database.connection.execute(table.delete().where(table.c.id.in_(ids[start : start + _CHUNK])))


def _current_records(store: Register, steps: Sequence[ChangeRow]) -> dict[tuple[str, str], Record]:
    wanted: dict[str, list[str]] = {}
    for kind, record_id, *_ in steps:
        wanted.setdefault(kind, []).append(record_id)
    found: dict[tuple[str, str], Record] = {}
    for record_type, kind in KIND_OF.items():
        ids, table = wanted.get(kind, []), RECORD_TABLES[record_type]
        for start in range(0, len(ids), _CHUNK):
            rows = store.database.connection.execute(select(table).where(table.c.id.in_(ids[start : start + _CHUNK])))
            for record in from_rows(record_type, rows):
                found[kind, record.id] = record
    return found


def taken_back(store: Register) -> dict[str, str]:
    """The operations that an operation still in effect undoes, with that one's id."""
    query = select(operations.c.id, operations.c.undoes).where(operations.c.undoes.is_not(None))
    gone: dict[str, str] = {}
    for row in store.database.connection.execute(query.order_by(operations.c.seq.desc())):
        if row.id not in gone:
            gone[row.undoes] = row.id
    return gone


def _root_of(store: Register, operation_id: str) -> str | None:
    """The operation itself when it is nobody's undo; None for an undo."""
    undoes = store.database.connection.execute(
        select(operations.c.undoes).where(operations.c.id == operation_id)
    ).scalar()
    return operation_id if undoes is None else None


def operation_of_row(row: Any) -> Operation:
    """An operation from its row."""
    return Operation(
        id=row.id,
        seq=row.seq,
        at=datetime.fromisoformat(row.at_utc),
        who=row.who,
        label=row.label,
        reason=row.reason,
        undoes=row.undoes,
        person_id=row.person_id,
        final=row.final,
    )
