"""Some columns of every record of a kind: what is counted over everybody starts here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Boolean, Column, Date, select

from mhtracker.domain.records import Record
from mhtracker.store.schema import RECORD_TABLES
from mhtracker.store.store import Store

APART = "\x1f"
"""Stands between two values of a packed column: the unit separator, which nobody types."""

NO_DAY = "0000-00-00"
NOT_TOLD = "2"


@dataclass(frozen=True, slots=True)
class Packed:
    """Whole columns as text, the rows of all in the same order. Days are ISO and truths 0 or 1.

    What is empty is "", but for a day `NO_DAY` and for a truth `NOT_TOLD`, so that all of a column have one length.
    """

    rows: int
    columns: dict[str, bytes]


def read_columns_of(
    store: Store, record_type: type[Record], names: Sequence[str], **among: Sequence[str]
) -> Sequence[Sequence[Any]]:
    """The rows of a kind of record with these fields; those whose one named column holds one of some values, if given.

    A day is ISO text on SQLite and a date on a server.
    """
    table = RECORD_TABLES[record_type]
    (column, values), *_ = [*among.items(), ("id", None)]
    if store.database.flavour == "sqlite":
        return store.database.bare_rows(table, names, column, values)
    query = select(*(table.c[name] for name in names))
    return store.database.connection.execute(query.where(table.c[column].in_(values)) if values else query).all()


def read_packed(store: Store, record_type: type[Record], names: Sequence[str], **among: Sequence[str]) -> Packed:
    """As `read_columns_of`, packed: a file's rows are put together by SQLite itself, which saves an object for each."""
    table = RECORD_TABLES[record_type]
    blanks = {name: _blank(table.c[name]) for name in names}
    if store.database.flavour == "sqlite":
        (column, values), *_ = [*among.items(), ("id", None)]
        rows, *texts = store.database.packed_columns(table, blanks, APART, column, values)
        if all(text.count(APART.encode()) == max(0, rows - 1) for text in texts):
            return Packed(rows, dict(zip(names, texts, strict=True)))
    found = read_columns_of(store, record_type, names, **among)
    columns: Sequence[Sequence[Any]] = list(zip(*found, strict=True)) if found else [()] * len(names)
    return Packed(
        len(found),
        {
            name: APART.join(_text(value, blanks[name]) for value in column).encode()
            for name, column in zip(names, columns, strict=True)
        },
    )


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
