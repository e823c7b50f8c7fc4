"""The derived tables, the caseload and the review needs, as at a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column, MetaData, Table, Text, delete, insert, select

from mhtracker.domain.caseload import READ_FOR_LISTS, build_line
from mhtracker.store.derived import caseload
from mhtracker.store.lines import line_values, read_facts, read_names
from mhtracker.store.needs import needs, needs_of, put_needs
from mhtracker.store.store import Store

_CHUNK = 500

_metadata = MetaData()


def _for_another_day(table: Table) -> Table:
    columns = (Column(c.name, c.type, primary_key=c.primary_key, nullable=c.nullable) for c in table.columns)
    return Table(f"{table.name}_other_day", _metadata, *columns, prefixes=["TEMPORARY"])


_other_day, _other_needs = _for_another_day(caseload), _for_another_day(needs)
_other_day_of = Table(
    "caseload_other_day_of", _metadata, Column("day", Text), Column("seq", Text), prefixes=["TEMPORARY"]
)


def lines_as_at(store: Store, as_at: date) -> Table:
    """The table whose lines are true on a day: `caseload` itself, or a temporary one made for that day.

    The temporary one is kept until another day is asked or something is recorded.
    """
    connection = store.database.connection
    stale = (caseload.c.good_from > as_at) | (caseload.c.good_until <= as_at)
    if connection.execute(select(caseload.c.person_id).where(stale).limit(1)).first() is None:
        return caseload
    _metadata.create_all(connection)
    mark = (as_at.isoformat(), str(store.last_seq()))
    made = connection.execute(select(_other_day_of)).first()
    if made is not None and tuple(made) == mark:
        return _other_day
    store.make_ready("needs")
    connection.execute(delete(_other_day))
    connection.execute(delete(_other_needs))
    connection.execute(delete(_other_day_of))
    names = caseload.c.keys()
    connection.execute(insert(_other_day).from_select(names, select(caseload).where(~stale)))
    still = needs.c.person_id.in_(select(caseload.c.person_id).where(~stale))
    connection.execute(insert(_other_needs).from_select(needs.c.keys(), select(needs).where(still)))
    ids = list(connection.execute(select(caseload.c.person_id).where(stale)).scalars())
    register_names = read_names(store)
    for start in range(0, len(ids), _CHUNK):
        facts = list(read_facts(store, ids[start : start + _CHUNK], only=READ_FOR_LISTS).values())
        lines = [build_line(each, register_names, as_at) for each in facts]
        store.database.insert_many(_other_day, tuple(names), [line_values(line) for line in lines])
        put_needs(store, (), needs_of(store, zip(facts, lines, strict=True), register_names, as_at), _other_needs)
    connection.execute(insert(_other_day_of).values(day=mark[0], seq=mark[1]))
    return _other_day


def needs_as_at(store: Store, as_at: date) -> Table:
    """The table of review needs that are true on a day; ask `lines_as_at` for the lines they belong to."""
    store.make_ready("needs")
    return needs if lines_as_at(store, as_at) is caseload else _other_needs
