"""Keeps the derived tables in step with the records, inside each operation: lines, and what people are found by."""

from __future__ import annotations

import dataclasses
import operator
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import bindparam, delete, select

from mhtracker.domain.caseload import READ_FOR_LISTS, CaseloadLine, Names, PersonFacts, build_line
from mhtracker.domain.records import (
    Barrier,
    Changes,
    CostLine,
    FundingSplit,
    LegalAndStatus,
    MoveOnPlan,
    Person,
    Placement,
    Provider,
    Record,
    Review,
    Service,
    Stage,
    Target,
    Team,
    Worker,
)
from mhtracker.store import needs, note_texts
from mhtracker.store.codec import from_bare_rows, from_rows, person_of, shape_of
from mhtracker.store.derived import caseload, kept_columns
from mhtracker.store.found_by import clear_found_by, keepers_of, refuse_merged, replace_found_by
from mhtracker.store.register import Register
from mhtracker.store.schema import RECORD_TABLES, people, services

R = TypeVar("R", bound=Record)
Fields = Mapping[type[Record], Sequence[str]]
PERSONAL: dict[type[Record], str] = {
    Placement: "placements",
    MoveOnPlan: "plans",
    Target: "targets",
    Review: "reviews",
    LegalAndStatus: "statuses",
    Barrier: "barriers",
    CostLine: "costs",
    FundingSplit: "splits",
}
"""The record types that a line is built from, and where `PersonFacts` keeps them."""

LINE_COLUMNS = tuple(field.name for field in dataclasses.fields(CaseloadLine))
_CHUNK = 500
_NAMES_IN_LINES = {"worker", "team", "service", "provider", "stage"}
LINE_KINDS = {"person", "placement", "plan", "target", "review", "status", "barrier", "cost_line", "funding"}


def read_names(store: Register) -> Names:
    """What ids stand for in this register, and its review rules."""
    return store.kept("names", lambda: _read_names(store))


def _read_names(store: Register) -> Names:
    def table(record_type: type[R]) -> dict[str, R]:
        return {record.id: record for record in store.find(record_type)}

    return Names(
        stages=table(Stage),
        services=table(Service),
        providers=table(Provider),
        workers=table(Worker),
        teams=table(Team),
        rules=store.review_rules(),
        review_types=store.review_types(),
    )


def refresh(store: Register, changed: Changes, today: date, added: Mapping[str, Record]) -> None:
    """Rebuild the lines and words of the people an operation concerns.

    `added` are the records added in this operation: people who are new in it need not be read back.
    """
    refuse_merged(store, changed)
    note_texts.refresh(store, changed, added)
    concerned = people_concerned(store, changed)
    if not concerned:
        return
    new = _facts_of_added(added)
    known = [facts for person_id, facts in new.items() if person_id in concerned]
    names = read_names(store)
    rest = sorted(concerned - new.keys())
    _replace(store, (), known, names, today)
    renamed = {record_id for kind, record_id in changed.records if kind == "person"} - new.keys()
    if renamed:
        keepers = keepers_of(store, renamed)
        renamed, rest = renamed | keepers, sorted({*rest, *keepers})
    for start in range(0, len(rest), _CHUNK):
        ids = rest[start : start + _CHUNK]
        _replace(store, ids, list(read_facts(store, ids, only=READ_FOR_LISTS).values()), names, today, renamed)


def people_concerned(store: Register, changed: Changes) -> set[str]:
    """The people whose lines may differ after a change, to themselves or to what their lines name."""
    by_kind: dict[str, set[str]] = {}
    for kind, record_id in changed.records:
        by_kind.setdefault(kind, set()).add(record_id)
    concerned = set(changed.people) if by_kind.keys() & LINE_KINDS else set()
    if by_kind.keys() & _NAMES_IN_LINES and _has_lines(store):
        concerned |= _people_naming(store, by_kind)
    if "note" in by_kind and not by_kind.keys() & LINE_KINDS:
        concerned |= set(needs.awaiting_contact(store, changed.people))
    if "review_type" in by_kind or any(record_id == "review_rules" for record_id in by_kind.get("setting", ())):
        concerned |= set(store.database.connection.execute(select(people.c.id)).scalars())
    return concerned


def refresh_overtaken(store: Register, today: date) -> int:
    """Rebuild the lines that a date has overtaken since they were built. Returns how many."""
    out_of_date = (caseload.c.good_until <= today) | (caseload.c.good_from > today)
    ids = list(store.database.connection.execute(select(caseload.c.person_id).where(out_of_date)).scalars())
    if not ids or store.read_only:
        return 0
    store.database.begin()
    try:
        rebuild_lines(store, ids, today)
        store.database.commit()
    except BaseException:
        store.database.rollback()
        raise
    return len(ids)


def rebuild_lines(store: Register, ids: Sequence[str], day: date) -> None:
    """Build the lines of some people anew for a day, their records being as they were."""
    names = read_names(store)
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        facts = read_facts(store, chunk, only=READ_FOR_LISTS)
        _replace(store, chunk, list(facts.values()), names, day, renamed=frozenset())


def rebuild_only_lines(store: Register, ids: Sequence[str], day: date) -> None:
    """Build the lines of some people anew for a day, and nothing else that is derived."""
    names = read_names(store)
    store.database.delete_many(caseload, "person_id", ids)
    for start in range(0, len(ids), _CHUNK):
        facts = read_facts(store, ids[start : start + _CHUNK], only=READ_FOR_LISTS).values()
        rows = [line_values(build_line(each, names, day)) for each in facts]
        store.database.insert_many(caseload, LINE_COLUMNS, rows)


def rebuild_needs(store: Register, day: date) -> None:
    """Build everybody's review needs anew for a day."""
    names = read_names(store)
    store.database.connection.execute(delete(needs.needs))
    ids = list(store.database.connection.execute(select(caseload.c.person_id)).scalars())
    for start in range(0, len(ids), _CHUNK):
        facts = list(read_facts(store, ids[start : start + _CHUNK], only=READ_FOR_LISTS).values())
        pairs = [(each, build_line(each, names, day)) for each in facts]
        needs.put_needs(store, (), needs.needs_of(store, pairs, names, day))


def rebuild_all(store: Register, today: date) -> None:
    """Build the derived tables anew. Called inside a transaction, or on a register in memory.

    Columns that are kept are let go: whoever counts from them reads them from the records.
    """
    store.database.connection.execute(delete(caseload))
    clear_found_by(store)
    store.database.connection.execute(delete(needs.needs))
    store.database.connection.execute(delete(kept_columns))
    note_texts.rebuild_all(store)
    facts = read_facts(store, None, only=READ_FOR_LISTS)
    _replace(store, (), list(facts.values()), read_names(store), today)


def read_facts(
    store: Register, person_ids: Sequence[str] | None, *, only: Fields | None = None
) -> dict[str, PersonFacts]:
    """All records of some people (None: of everyone), by person id. Who was merged into another is left out.

    Of the types that `only` names just those fields are read, and the others have their defaults: for very many.
    """
    only = only or {}
    rows = read_rows(store, Person, "id", person_ids, only.get(Person))
    facts = {person.id: PersonFacts(person) for person in rows if person.merged_into is None}
    for record_type, place in PERSONAL.items():
        for record in read_rows(store, record_type, "person_id", person_ids, only.get(record_type)):
            if whose := facts.get(_whose(record)):
                getattr(whose, place).append(record)
    return facts


def read_rows(
    store: Register, record_type: type[R], column: str, ids: Sequence[str] | None, names: Sequence[str] | None = None
) -> list[R]:
    """The records of some people (None: of everyone), found by a column that holds their ids.

    On SQLite only the fields in `names` are read (None: all); a server gives whole records.
    """
    table = RECORD_TABLES[record_type]
    if store.database.flavour == "sqlite":
        # Thousands of people's records are read at a time, and this takes a third of the time.
        names = names or shape_of(record_type).columns
        return from_bare_rows(record_type, store.database.bare_rows(table, names, column, ids), names)
    query = select(table)
    if ids is None:
        return from_rows(record_type, store.database.connection.execute(query))
    wanted = query.where(table.c[column].in_(bindparam("ids", expanding=True)))
    return from_rows(record_type, store.database.connection.execute(wanted, {"ids": list(ids)}))


def _facts_of_added(added: Mapping[str, Record]) -> dict[str, PersonFacts]:
    persons = (each for each in added.values() if isinstance(each, Person) and each.merged_into is None)
    facts = {person.id: PersonFacts(person) for person in persons}
    for record in added.values():
        place = PERSONAL.get(type(record))
        person_id = person_of(record)
        if place is not None and person_id in facts:
            getattr(facts[person_id], place).append(record)
    return facts


def _replace(
    store: Register,
    old_ids: Sequence[str],
    facts: Sequence[PersonFacts],
    names: Names,
    today: date,
    renamed: Set[str] | None = None,
) -> None:
    """Put new lines in place of old ones; and new words, where the people themselves changed (None: all of them)."""
    connection, database = store.database.connection, store.database
    if old_ids:
        connection.execute(delete(caseload).where(caseload.c.person_id.in_(old_ids)))
    lines = [build_line(each, names, today) for each in facts]
    database.insert_many(caseload, LINE_COLUMNS, [line_values(line) for line in lines])
    found = needs.needs_of(store, zip(facts, lines, strict=True), names, today)
    needs.put_needs(store, old_ids, found)
    stale = old_ids if renamed is None else [person_id for person_id in old_ids if person_id in renamed]
    persons = [each.person for each in facts if renamed is None or each.person.id in renamed]
    replace_found_by(store, stale, persons)


_take = operator.attrgetter(*LINE_COLUMNS)
_whose = operator.attrgetter("person_id")


def line_values(line: CaseloadLine) -> tuple[Any, ...]:
    """A line as the bare driver takes it."""
    return tuple([value.isoformat() if type(value) is date else value for value in _take(line)])


def _has_lines(store: Register) -> bool:
    return store.database.connection.execute(select(caseload.c.person_id).limit(1)).first() is not None


def _people_naming(store: Register, by_kind: Mapping[str, Iterable[str]]) -> set[str]:
    places = {
        "worker": caseload.c.worker_id,
        "team": caseload.c.team_id,
        "service": caseload.c.service_id,
        "stage": caseload.c.stage_id,
        "provider": services.c.provider_id,
    }
    found: set[str] = set()
    for kind, column in places.items():
        if kind in by_kind:
            query = select(caseload.c.person_id).where(column.in_(list(by_kind[kind])))
            if kind == "provider":
                query = query.join(services, services.c.id == caseload.c.service_id)
            found.update(store.database.connection.execute(query).scalars())
    return found
