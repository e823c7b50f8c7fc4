"""The recorded operations, newest first, with what each changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from mhtracker.domain.records import Operation
from mhtracker.store.codec import image_values
from mhtracker.store.journal import operation_of_row, taken_back
from mhtracker.store.schema import changes, operations
from mhtracker.store.store import Store


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after: values that differ from their defaults, dates as ISO text; None for no record."""

    kind: str
    record: str
    person_id: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class OperationLine:
    """An operation with its changes (of one person, when asked for one). `count` is how many it made in all."""

    operation: Operation
    changes: tuple[Change, ...]
    count: int


def list_operations(
    store: Store,
    *,
    person_id: str | None = None,
    since_seq: int = 0,
    limit: int | None = 200,
    with_changes: int | None = None,
) -> list[OperationLine]:
    """Operations, newest first. `with_changes` caps the changes read of each (an import has thousands)."""
    query = select(operations).where(operations.c.seq > since_seq).order_by(operations.c.seq.desc())
    if person_id is not None:
        touched = (
            select(changes.c.seq)
            .where(changes.c.person_id == person_id)
            .where(changes.c.seq.between(operations.c.first_change, operations.c.last_change))
        )
        query = query.where(touched.exists())
    undone = taken_back(store)
    found = []
    for row in store.database.connection.execute(query.limit(limit)).all():
        operation = replace(operation_of_row(row), undone_by=undone.get(row.id))
        count = row.last_change - row.first_change + 1
        found.append(OperationLine(operation, _changes(store, row, person_id, with_changes), count))
    return found


def _changes(store: Store, row: Any, person_id: str | None, limit: int | None) -> tuple[Change, ...]:
    query = select(changes).where(changes.c.seq.between(row.first_change, row.last_change)).order_by(changes.c.seq)
    if person_id is not None:
        query = query.where(changes.c.person_id == person_id)
    return tuple(
        Change(each.kind, each.record_id, each.person_id, image_values(each.before), image_values(each.after))
        for each in store.database.connection.execute(query.limit(limit))
    )


def changed_fields(change: Change) -> Sequence[tuple[str, Any, Any]]:
    """Field by field: name, before, after – those that differ."""
    before, after = change.before or {}, change.after or {}
    names = [*before, *(name for name in after if name not in before)]
    return [(n, before.get(n), after.get(n)) for n in names if before.get(n) != after.get(n)]
