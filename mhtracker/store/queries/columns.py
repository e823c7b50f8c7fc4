"""Some columns of every record of a kind, as the database gives them: what is counted over everybody starts here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from mhtracker.domain.records import Record
from mhtracker.store.schema import RECORD_TABLES
from mhtracker.store.store import Store


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
