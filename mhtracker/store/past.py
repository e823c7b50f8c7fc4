"""A register's past, written down at once: operations of earlier days with their own times and names.

For registers that are made as if they had been kept (the demo, benchmarks). What comes of it is what recording each
operation on its day would have left: the same rows, versions, images and chain. `check` holds it to that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select

from mhtracker.domain.errors import Refused
from mhtracker.domain.records import KINDS, Changes, Record
from mhtracker.store import contents, lines
from mhtracker.store.codec import Image, from_image, image_of, person_of, shape_of, to_values
from mhtracker.store.journal import CHANGE_COLUMNS, ChangeRow, digest
from mhtracker.store.schema import RECORD_TABLES, changes, operations
from mhtracker.store.store import Store

_CHUNK = 5000
_COLUMNS = tuple(column.name for column in operations.columns)
Key = tuple[str, str]


@dataclass(slots=True, eq=False)
class PastAct:
    """One operation of the past: the records it saved, in their order, or the act it took back.

    A record saved is added when it was not there; one of the register's own keeps the version it was read with. `id` is
    given when the act is written.
    """

    at: datetime
    who: str
    label: str
    saved: Sequence[Record] = ()
    person_id: str | None = None
    reason: str = ""
    undoes: PastAct | None = None
    final: bool = False
    id: str = ""


@dataclass(slots=True)
class _There:
    """A record as the acts so far have left it; `image` None once it is gone."""

    record: Record
    image: Image | None
    version: int
    is_new: bool


def record_past(store: Store, acts: Iterable[PastAct], documents: Iterable[bytes] = ()) -> None:
    """Write acts, oldest first, after what the register holds already; all of them or none.

    `documents` are what the documents saved in them hold.

    Raises ValueError for an act that takes back what a later one changed: that would not have been recorded.
    """
    if store.read_only:
        raise Refused("This register is open to be read only; nothing can be recorded in it.")
    store.database.begin()
    try:
        past = _Past(store)
        for act in acts:
            past.take(act)
        for content in documents:
            contents.keep(store.database, content)
        past.write()
        store.database.commit()
    except BaseException:
        store.database.rollback()
        raise
    store.forget()


class _Past:
    """Acts taken one after another, and then written together."""

    def __init__(self, store: Store) -> None:
        self._store = store
        connection = store.database.connection
        last = connection.execute(select(func.max(operations.c.seq), func.max(operations.c.last_change))).one()
        self._seq, self._change = last[0] or 0, last[1] or 0
        self._link = connection.execute(select(operations.c.digest).where(operations.c.seq == self._seq)).scalar() or ""
        self._there: dict[Key, _There] = {}
        self._rows_of: dict[int, list[ChangeRow]] = {}
        self._operations: list[tuple[Any, ...]] = []
        self._changes: list[tuple[Any, ...]] = []

    def take(self, act: PastAct) -> None:
        if act.undoes is not None:
            rows = [self._take_back(row) for row in self._rows_of[id(act.undoes)]]
        else:
            rows = [row for record in act.saved if (row := self._save(record)) is not None]
        if not rows:
            return
        self._rows_of[id(act)] = rows
        self._journal(act, rows)

    def _save(self, record: Record) -> ChangeRow | None:
        shape = shape_of(type(record))
        key = (shape.kind, record.id)
        there = self._there.get(key) or self._read(key, record)
        before = there.image if there is not None else None
        after = image_of(shape, to_values(record))
        if before == after:
            return None
        if there is None:
            self._there[key] = _There(record, after, 1, is_new=True)
        else:
            there.version = there.version + 1 if before is not None else 1
            there.record, there.image = record, after
        return (shape.kind, record.id, person_of(record), before, after)

    def _take_back(self, row: ChangeRow) -> ChangeRow:
        kind, record_id, person, was, now = row
        there = self._there[kind, record_id]
        if there.image != now:
            raise ValueError(f"{kind} {record_id} was changed later, so it cannot be taken back")
        there.image = was
        if was is not None:
            there.version = there.version + 1 if now is not None else 1
            there.record = from_image(kind, record_id, was)
        return (kind, record_id, person, now, was)

    def _read(self, key: Key, record: Record) -> _There | None:
        """A record that the register held before these acts: it has a version, which invented ones have not."""
        found = self._store.peek(KINDS[key[0]], key[1]) if record.version else None
        if found is None:
            return None
        image = image_of(shape_of(type(found)), to_values(found))
        self._there[key] = _There(found, image, found.version, is_new=False)
        return self._there[key]

    def _journal(self, act: PastAct, rows: Sequence[ChangeRow]) -> None:
        self._seq += 1
        act.id = self._store.new_id()
        values = {
            "seq": self._seq,
            "id": act.id,
            "at_utc": act.at.astimezone(UTC).isoformat(timespec="milliseconds"),
            "who": act.who,
            "label": act.label,
            "reason": act.reason,
            "undoes": act.undoes.id if act.undoes is not None else None,
            "person_id": act.person_id,
            "first_change": self._change + 1,
            "last_change": self._change + len(rows),
            "final": act.final,
        }
        self._link = values["digest"] = digest(self._link, values, rows)
        self._operations.append(tuple(values[name] for name in _COLUMNS))
        self._changes += [(self._change + place, *row) for place, row in enumerate(rows, 1)]
        self._change += len(rows)

    def write(self) -> None:
        """Write what the acts left, their journal, and what is derived from it."""
        database = self._store.database
        self._write_rows()
        for start in range(0, len(self._changes), _CHUNK):
            database.insert_many(changes, CHANGE_COLUMNS, self._changes[start : start + _CHUNK])
        database.insert_many(operations, _COLUMNS, self._operations)
        people = frozenset(str(row[3]) for row in self._changes if row[3] is not None)
        changed = Changes("", "", frozenset(self._there), people)
        self._store.forget()
        added = {key[1]: each.record for key, each in self._there.items() if each.is_new and each.image is not None}
        lines.refresh(self._store, changed, self._store.today, added)

    def _write_rows(self) -> None:
        database = self._store.database
        new: dict[type[Record], list[tuple[Any, ...]]] = {}
        for each in self._there.values():
            table = RECORD_TABLES[type(each.record)]
            row = (*to_values(each.record)[:-1], each.version)
            if each.is_new:
                if each.image is not None:
                    new.setdefault(type(each.record), []).append(row)
            elif each.image is None:
                database.connection.execute(table.delete().where(table.c.id == each.record.id))
            else:
                kept: dict[str, Any] = {"version": each.version}
                record = replace(each.record, **kept)
                fields = {name: getattr(record, name) for name in shape_of(type(record)).columns}
                database.connection.execute(table.update().where(table.c.id == record.id).values(fields))
        for record_type in RECORD_TABLES:
            if rows := new.get(record_type):
                database.insert_many(RECORD_TABLES[record_type], shape_of(record_type).columns, rows)


def in_order(records: Iterable[Record]) -> list[Record]:
    """Records in an order in which each may point to those before it."""
    places = {record_type: place for place, record_type in enumerate(RECORD_TABLES)}
    return sorted(records, key=lambda record: places[type(record)])
