"""The register as it was known on a day: a copy in memory from which everything recorded later is taken back.

Backwards from what is there now, because a year's changes are few beside all that was ever recorded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select

from mhtracker.domain.records import KINDS, Changes
from mhtracker.store import engine, found_by, lines, note_texts
from mhtracker.store.bulk import not_collecting
from mhtracker.store.codec import Image, from_image, shape_of, to_values
from mhtracker.store.columns import metadata
from mhtracker.store.derived import caseload, kept_columns
from mhtracker.store.engine import Database
from mhtracker.store.further_tables import contents
from mhtracker.store.schema import RECORD_TABLES, changes, drafts, operations
from mhtracker.store.store import Store

_CHUNK = 5000
_MOST_CONTENTS = 100_000_000
"""Documents of more bytes than this are left out of the copy."""

Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class _Later:
    """What was recorded after the day: each record's image before the first change of it, and whose lines differ."""

    before: dict[tuple[str, str], Image | None] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)


def known_by(store: Store, day: date, *, as_at: date | None = None, progress: Progress | None = None) -> Store:
    """A copy in memory that holds what had been recorded by the end of a day, later corrections left out.

    Its lists are made ready for `as_at`, the day they will be asked for (that day itself unless given); other days
    work as well. Nothing can be recorded in it. `progress(done, total, words)` may raise Cancelled to stop.
    """
    with not_collecting():
        return _known_by(store, day, as_at, progress or (lambda done, total, words: None))


def _known_by(store: Store, day: date, as_at: date | None, told: Progress) -> Store:
    told(0, 4, "Copying the register")
    upto = _last_change(store, day)
    memory = _copied(store)
    try:
        copy = Store(memory, address=store.address, who=store.who, clock=store.clock, as_known=day)
        copy.beneath = store
        memory.begin()
        told(1, 4, "Taking later changes back")
        later = _read_later(memory, upto)
        _take_back(memory, later)
        _cut_journal(memory, upto)
        told(2, 4, "Making the lists anew")
        _rebuild_lists(copy, later, as_at or min(day, store.today))
        memory.commit()
        told(4, 4, "")
    except BaseException:
        memory.close()
        raise
    return copy


def _last_change(store: Store, day: date) -> int:
    """The last change of the operations recorded by a day's end."""
    ends = datetime.combine(day + timedelta(days=1), time()).astimezone(UTC)
    query = select(func.max(operations.c.last_change)).where(
        operations.c.at_utc < ends.isoformat(timespec="milliseconds")
    )
    return store.database.connection.execute(query).scalar() or 0


def _copied(store: Store) -> Database:
    """The whole register in memory, without what is unfinished and what is kept of it as it is now."""
    size = store.database.connection.execute(select(func.sum(contents.c.size))).scalar() or 0
    memory = engine.copy_in_memory(store.database) if size <= _MOST_CONTENTS else None
    if memory is None:
        memory = engine.connect_memory()
        metadata.create_all(memory.connection)
        for table in metadata.sorted_tables:
            if table not in (contents, drafts, kept_columns):
                _copy_rows(store, memory, table)
    else:
        memory.connection.execute(drafts.delete())
        memory.connection.execute(kept_columns.delete())
    return memory


def _copy_rows(store: Store, memory: Database, table: Any) -> None:
    columns = tuple(column.name for column in table.columns)
    memory.begin()
    for rows in store.database.connection.execute(select(table)).partitions(_CHUNK):
        memory.insert_many(table, columns, [tuple(map(_bare, row)) for row in rows])
    memory.commit()


def _bare(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _read_later(memory: Database, upto: int) -> _Later:
    later = _Later()
    columns = (changes.c.kind, changes.c.record_id, changes.c.person_id, changes.c.before)
    query = select(*columns).where(changes.c.seq > upto).order_by(changes.c.seq)
    for rows in memory.connection.execute(query).partitions(_CHUNK):
        for kind, record_id, person_id, before in rows:
            if kind in KINDS:
                later.before.setdefault((kind, record_id), before)
                if person_id is not None and kind in lines.LINE_KINDS:
                    later.people.add(person_id)
    return later


def _take_back(memory: Database, later: _Later) -> None:
    by_kind: dict[str, list[tuple[str, Image | None]]] = {}
    for (kind, record_id), before in later.before.items():
        by_kind.setdefault(kind, []).append((record_id, before))
    for record_type in RECORD_TABLES:
        shape = shape_of(record_type)
        if found := by_kind.get(shape.kind):
            memory.delete_many(shape.table, "id", [record_id for record_id, _ in found])
            there = (from_image(shape.kind, record_id, image) for record_id, image in found if image is not None)
            memory.insert_many(shape.table, shape.columns, [to_values(record) for record in there])


def _cut_journal(memory: Database, upto: int) -> None:
    """History reads as it did then. Its indexes are made anew by the first who looks into somebody's history."""
    for index in changes.indexes:
        index.drop(memory.connection, checkfirst=True)
    memory.connection.execute(changes.delete().where(changes.c.seq > upto))
    memory.connection.execute(operations.delete().where(operations.c.last_change > upto))


def _index_journal(memory: Database) -> None:
    for index in changes.indexes:
        index.create(memory.connection, checkfirst=True)


def _rebuild_lists(copy: Store, later: _Later, day: date) -> None:
    """Only what later changes touched is made anew, and what holds on another day than the one looked at.

    The lines at once, for every list needs them; what else is derived when it is first asked for.
    """
    # A list in memory is sorted sooner than the dozen orders it is kept in are mended.
    for index in caseload.indexes:
        index.drop(copy.database.connection, checkfirst=True)
    changed = Changes("", "", frozenset(later.before), frozenset(later.people))
    renamed = {record_id for kind, record_id in changed.records if kind == "person"}
    concerned = lines.people_concerned(copy, changed) | renamed
    stale = (caseload.c.good_from > day) | (caseload.c.good_until <= day)
    concerned |= set(copy.database.connection.execute(select(caseload.c.person_id).where(stale)).scalars())
    lines.rebuild_only_lines(copy, sorted(concerned), day)
    copy.put_off = {
        "history": lambda: _index_journal(copy.database),
        "needs": lambda: lines.rebuild_needs(copy, day),
        "note_texts": lambda: note_texts.refresh(copy, changed, {}),
        "found_by": lambda: found_by.find_again(copy, renamed),
    }
