"""Some columns of every record of a kind: what is counted over everybody starts here."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Boolean, Column, Date, func, select

from mhtracker.domain.caseload import ON_PATHWAY
from mhtracker.domain.records import Record
from mhtracker.store.derived import caseload
from mhtracker.store.queries.as_at import lines_as_at
from mhtracker.store.schema import RECORD_TABLES, changes, operations
from mhtracker.store.store import Store

APART = "\x1f"
"""Stands between two values of a packed column: the unit separator, which nobody types."""

NO_DAY = "0000-00-00"
NOT_TOLD = "2"
_CHANGES_LOOKED_AT = 5
"""So many changes for each person: more than most have at a time."""


@dataclass(frozen=True, slots=True)
class Packed:
    """Whole columns as text, the rows of all in the same order. Days are ISO and truths 0 or 1.

    What is empty is "", but for a day `NO_DAY` and for a truth `NOT_TOLD`, so that all of a column have one length.
    """

    rows: int
    columns: dict[str, bytes]


def read_columns_of(
    store: Store, record_type: type[Record], names: Sequence[str], **among: Sequence[str] | None
) -> Sequence[Sequence[Any]]:
    """The rows of a kind of record with these fields; those whose one named column holds one of some values, if any.

    A day is ISO text on SQLite and a date on a server.
    """
    table = RECORD_TABLES[record_type]
    (column, values), *_ = [*among.items(), ("id", None)]
    if store.database.flavour == "sqlite":
        return store.database.bare_rows(table, names, column, values)
    query = select(*(table.c[name] for name in names))
    wanted = query if values is None else query.where(table.c[column].in_(values))
    return store.database.connection.execute(wanted).all()


def read_packed(store: Store, record_type: type[Record], names: Sequence[str], **among: Sequence[str] | None) -> Packed:
    """As `read_columns_of`, packed: a file's rows are put together by SQLite itself, which saves an object for each."""
    table = RECORD_TABLES[record_type]
    blanks = {name: _blank(table.c[name]) for name in names}
    if store.database.flavour == "sqlite":
        (column, values), *_ = [*among.items(), ("id", None)]
        rows, *texts = store.database.packed_columns(table, blanks, APART, column, values)
        if all(text.count(APART.encode()) == max(0, rows - 1) for text in texts):
            return Packed(rows, dict(zip(names, texts, strict=True)))
    return _put_together(read_columns_of(store, record_type, names, **among), blanks)


def read_packed_lines(store: Store, as_at: date, names: Sequence[str]) -> Packed:
    """The caseload's lines that are true on a day, packed: everybody's, whatever their standing."""
    table = lines_as_at(store, as_at)
    blanks = {name: _blank(table.c[name]) for name in names}
    if store.database.flavour == "sqlite":
        rows, *texts = store.database.packed_columns(table, blanks, APART, "person_id", None)
        if all(text.count(APART.encode()) == max(0, rows - 1) for text in texts):
            return Packed(rows, dict(zip(names, texts, strict=True)))
    return _put_together(store.database.connection.execute(select(*(table.c[name] for name in names))).all(), blanks)


def _put_together(found: Sequence[Sequence[Any]], blanks: Mapping[str, str]) -> Packed:
    columns: Sequence[Sequence[Any]] = list(zip(*found, strict=True)) if found else [()] * len(blanks)
    return Packed(
        len(found),
        {
            name: APART.join(_text(value, blanks[name]) for value in column).encode()
            for name, column in zip(blanks, columns, strict=True)
        },
    )


def count_roughly(store: Store) -> int:
    """How many are on the pathway as the lines last stood, whatever the day.

    Asking for a day would make its lines, in place of those of another day that may be being read.
    """
    query = select(func.count()).select_from(caseload).where(caseload.c.status == ON_PATHWAY)
    return store.database.connection.execute(query).scalar_one()


def people_changed_since(store: Store, seq: int, kinds: Collection[str], most: int) -> set[str] | None:
    """The people whose records of some kinds were changed by operations after one numbered so.

    None where there are more than `most`, or more changes of them than it would pay to look at.
    """
    query = (
        select(changes.c.kind, changes.c.person_id, changes.c.before)
        .join(operations, changes.c.seq.between(operations.c.first_change, operations.c.last_change))
        .where(operations.c.seq > seq, changes.c.kind.in_(kinds), changes.c.person_id.is_not(None))
        .limit(_CHANGES_LOOKED_AT * most)
    )
    rows = store.database.connection.execute(query).all()
    found = {person_id for _, person_id, _ in rows}
    for kind, person_id, before in rows:
        # A record that became somebody else's was the other's before.
        if before is not None and kind != "person" and person_id not in before:
            found.add(json.loads(before)["person_id"])
    return found if len(found) <= most and len(rows) < _CHANGES_LOOKED_AT * most else None


def _blank(column: Column[Any]) -> str:
    if isinstance(column.type, Boolean):
        return NOT_TOLD
    return NO_DAY if isinstance(column.type, Date) else ""


def _text(value: Any, blank: str) -> str:
    if value is None:
        return blank
    if isinstance(value, bool):
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value).replace(APART, " ")
