"""The register rebuilt from its recorded changes: as it was known on a day, and as it ought to be now (`check`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, insert, select

from mhtracker.domain.records import KINDS, Record
from mhtracker.store import engine, lines
from mhtracker.store.codec import from_image, shape_of, to_values
from mhtracker.store.columns import metadata
from mhtracker.store.schema import RECORD_TABLES, changes, operations, register
from mhtracker.store.store import Store


def known_by(store: Store, day: date) -> Store:
    """A copy in memory that holds what had been recorded by the end of a day, later corrections left out."""
    ends = datetime.combine(day + timedelta(days=1), time()).astimezone(UTC)
    upto = (
        store.database.connection.execute(
            select(func.max(operations.c.last_change)).where(
                operations.c.at_utc < ends.isoformat(timespec="milliseconds")
            )
        ).scalar()
        or 0
    )
    memory = engine.connect_memory()
    metadata.create_all(memory.connection)
    copy = Store(memory, address=store.address, who=store.who, clock=store.clock, as_known=day)
    memory.begin()
    facts = [dict(row._mapping) for row in store.database.connection.execute(select(register))]
    if facts:
        memory.connection.execute(insert(register), facts)
    by_type: dict[type[Record], list[tuple[Any, ...]]] = {}
    for record in replayed(store, upto):
        by_type.setdefault(type(record), []).append(to_values(record))
    for record_type in RECORD_TABLES:
        shape = shape_of(record_type)
        memory.insert_many(shape.table, shape.columns, by_type.get(record_type, []))
    _copy_operations(store, copy, upto)
    lines.rebuild_all(copy, min(day, store.today))
    memory.commit()
    return copy


def replayed(store: Store, upto: int | None = None) -> Iterator[Record]:
    """Every record as the recorded changes (up to one of them) left it."""
    newest = select(func.max(changes.c.seq)).group_by(changes.c.kind, changes.c.record_id)
    if upto is not None:
        newest = newest.where(changes.c.seq <= upto)
    query = select(changes.c.kind, changes.c.record_id, changes.c.after).where(
        changes.c.seq.in_(newest), changes.c.after.is_not(None)
    )
    for kind, record_id, after in store.database.connection.execute(query):
        if kind in KINDS:
            yield from_image(kind, record_id, after)


def _copy_operations(store: Store, copy: Store, upto: int) -> None:
    """The journal itself, so that history reads as it did then."""
    for table, last in ((operations, operations.c.last_change), (changes, changes.c.seq)):
        columns = tuple(column.name for column in table.columns)
        rows = store.database.connection.execute(select(table).where(last <= upto))
        copy.database.insert_many(table, columns, [tuple(row) for row in rows])
