"""The recorded operations, newest first, with what each changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select

from mhtracker.domain.names import fold
from mhtracker.domain.records import Operation
from mhtracker.store.codec import image_values
from mhtracker.store.journal import find_operation, operation_of_row, taken_back
from mhtracker.store.register import Register
from mhtracker.store.schema import changes, operations, people


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


@dataclass(frozen=True, slots=True)
class HistoryQuery:
    """Which operations are wanted. `who` are names as they stand in the history; the days are the office's own.

    `kinds` are kinds of record, any of which was changed. `before_seq` and `since_seq` stand outside what is found.
    """

    person_id: str | None = None
    who: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    kinds: tuple[str, ...] = ()
    before_seq: int | None = None
    since_seq: int = 0


def list_operations(
    store: Register,
    *,
    person_id: str | None = None,
    since_seq: int = 0,
    limit: int | None = 200,
    with_changes: int | None = None,
) -> list[OperationLine]:
    """Operations, newest first. `with_changes` caps the changes read of each (an import has thousands)."""
    return find_operations(store, HistoryQuery(person_id, since_seq=since_seq), limit, with_changes)


def find_operations(
    store: Register, wanted: HistoryQuery, limit: int | None = 200, with_changes: int | None = None
) -> list[OperationLine]:
    """The operations that a query asks for, newest first."""
    ids = _ids_of(store, wanted.person_id)
    query = select(operations).where(*_conditions(wanted, ids)).order_by(operations.c.seq.desc()).limit(limit)
    rows = store.database.connection.execute(query).all()
    undone = taken_back(store) if rows else {}
    found = []
    for row in rows:
        operation = replace(operation_of_row(row), undone_by=undone.get(row.id))
        count = row.last_change - row.first_change + 1
        found.append(OperationLine(operation, _changes(store, row, ids, with_changes), count))
    return found


def _ids_of(store: Register, person_id: str | None) -> list[str] | None:
    """A person's id with those of the records merged into theirs, whose history is theirs too; None for everybody."""
    if person_id is None:
        return None
    store.make_ready("history")
    merged = select(people.c.id).where(people.c.merged_into == person_id)
    return [person_id, *store.database.connection.execute(merged).scalars()]


def _conditions(wanted: HistoryQuery, ids: list[str] | None) -> Iterable[ColumnElement[bool]]:
    yield operations.c.seq > wanted.since_seq
    if wanted.before_seq is not None:
        yield operations.c.seq < wanted.before_seq
    if wanted.who:
        yield operations.c.who.in_(wanted.who)
    if wanted.first is not None:
        yield operations.c.at_utc >= _stamp(wanted.first)
    if wanted.last is not None:
        yield operations.c.at_utc < _stamp(wanted.last + timedelta(days=1))
    own = changes.c.seq.between(operations.c.first_change, operations.c.last_change)
    if ids is not None:
        yield select(changes.c.seq).where(changes.c.person_id.in_(ids)).where(own).exists()
    if wanted.kinds:
        yield select(changes.c.seq).where(changes.c.kind.in_(wanted.kinds)).where(own).exists()


def _stamp(day: date) -> str:
    """The beginning of a day of the office's as the journal writes its times."""
    return datetime.combine(day, time()).astimezone(UTC).isoformat(timespec="milliseconds")


def read_operation(store: Register, operation_id: str, with_changes: int | None = None) -> OperationLine:
    """One operation with its changes. Raises NotFound."""
    operation = find_operation(store, operation_id)
    row = store.database.connection.execute(select(operations).where(operations.c.id == operation_id)).one()
    operation = replace(operation, undone_by=taken_back(store).get(operation_id))
    return OperationLine(operation, _changes(store, row, None, with_changes), row.last_change - row.first_change + 1)


def people_of(store: Register, operation_id: str, most: int = 2) -> list[str]:
    """Some of the people an operation concerned."""
    query = (
        select(changes.c.person_id)
        .distinct()
        .join(operations, changes.c.seq.between(operations.c.first_change, operations.c.last_change))
        .where(operations.c.id == operation_id, changes.c.person_id.is_not(None))
        .limit(most)
    )
    return [str(each) for each in store.database.connection.execute(query).scalars()]


def who_recorded(store: Register) -> list[str]:
    """The names that stand in the history, in the order of the alphabet."""
    found = store.database.connection.execute(select(operations.c.who).distinct()).scalars()
    return sorted((name for name in found if name), key=fold)


def names_like(store: Register, typed: str) -> tuple[str, ...]:
    """The names in the history that hold what was typed, whatever its capitals and accents."""
    return tuple(name for name in who_recorded(store) if fold(typed) in fold(name))


def _changes(store: Register, row: Any, ids: list[str] | None, limit: int | None) -> tuple[Change, ...]:
    query = select(changes).where(changes.c.seq.between(row.first_change, row.last_change)).order_by(changes.c.seq)
    if ids is not None:
        query = query.where(changes.c.person_id.in_(ids))
    return tuple(
        Change(each.kind, each.record_id, each.person_id, image_values(each.before), image_values(each.after))
        for each in store.database.connection.execute(query.limit(limit))
    )


def changed_fields(change: Change) -> Sequence[tuple[str, Any, Any]]:
    """Field by field: name, before, after – those that differ."""
    before, after = change.before or {}, change.after or {}
    names = [*before, *(name for name in after if name not in before)]
    return [(n, before.get(n), after.get(n)) for n in names if before.get(n) != after.get(n)]
