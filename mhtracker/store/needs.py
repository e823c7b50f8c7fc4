"""The derived table of review needs beside the main one (`domain.reviewing.needs`), kept by each operation."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Boolean, Column, Date, Index, Table, Text, bindparam, delete, select

from mhtracker.domain.caseload import CaseloadLine, Names, PersonFacts
from mhtracker.domain.reviewing.due import Need
from mhtracker.domain.reviewing.needs import SPOKEN_KINDS, build_needs, with_spoken
from mhtracker.store.columns import may, metadata, need
from mhtracker.store.register import Register
from mhtracker.store.schema import notes

needs = Table(
    "needs",
    metadata,
    Column("person_id", Text, primary_key=True),
    need("kind"),
    Column("key", Text, primary_key=True),
    need("what"),
    need("contact", Boolean),
    need("due_on", Date),
    need("soon_on", Date),
    need("listed_on", Date),
    may("lapses_on", Date),
    may("booked_on", Date),
    need("booked_time"),
    may("met_on", Date),
)
"""Derived: `domain.reviewing.needs.build_needs` of everyone on the pathway."""

Index("ix_needs_lapses_on", needs.c.lapses_on, needs.c.soon_on)

NEED_COLUMNS = tuple(field.name for field in dataclasses.fields(Need))
_CHUNK = 500

assert set(NEED_COLUMNS) == set(needs.c.keys())


def needs_of(
    store: Register, pairs: Iterable[tuple[PersonFacts, CaseloadLine]], names: Names, as_at: date
) -> list[Need]:
    """The needs of some people as at a day."""
    found = [each for facts, line in pairs for each in build_needs(facts, line, names, as_at)]
    wanted = sorted({each.person_id for each in found if each.contact})
    if not wanted:
        return found
    spoken = read_spoken(store, wanted)
    return [met for each in found for met in with_spoken([each], spoken.get(each.person_id, ()))]


def read_spoken(store: Register, person_ids: Sequence[str]) -> dict[str, list[date]]:
    """The days on which some people were seen or spoken to, as finished notes tell, by person id."""
    query = select(notes.c.person_id, notes.c.noted_on).where(
        notes.c.person_id.in_(bindparam("ids", expanding=True)),
        notes.c.kind.in_(SPOKEN_KINDS),
        notes.c.finished_at.is_not(None),
    )
    spoken: dict[str, list[date]] = {}
    for start in range(0, len(person_ids), _CHUNK):
        rows = store.database.connection.execute(query, {"ids": list(person_ids[start : start + _CHUNK])})
        for person_id, noted_on in rows:
            spoken.setdefault(person_id, []).append(noted_on)
    return spoken


def put_needs(store: Register, old_ids: Sequence[str], found: Iterable[Need], table: Table = needs) -> None:
    """Put needs in place of those that some people had."""
    for start in range(0, len(old_ids), _CHUNK):
        ids = list(old_ids[start : start + _CHUNK])
        store.database.connection.execute(delete(table).where(table.c.person_id.in_(ids)))
    store.database.insert_many(table, NEED_COLUMNS, [need_values(each) for each in found])


def awaiting_contact(store: Register, person_ids: Iterable[str]) -> list[str]:
    """Those of some people for whom a note may meet a contact that is asked for."""
    ids = sorted(person_ids)
    found: list[str] = []
    for start in range(0, len(ids), _CHUNK):
        some = needs.c.person_id.in_(ids[start : start + _CHUNK])
        query = select(needs.c.person_id).where(some, needs.c.contact.is_(True)).distinct()
        found += store.database.connection.execute(query).scalars()
    return found


def need_values(each: Need) -> tuple[Any, ...]:
    """A need as the bare driver takes it."""
    values = (getattr(each, name) for name in NEED_COLUMNS)
    return tuple([value.isoformat() if isinstance(value, date) else value for value in values])


def need_of(row: Mapping[str, Any]) -> Need:
    """A need from a row's mapping."""
    return Need(**{name: row[name] for name in NEED_COLUMNS})
