"""What is due of the records around a pathway: actions, warnings to be looked at again, carers' assessments, orders.

Their dates stand in the records' own tables and are joined to the caseload lines of the day asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, case, func, literal, or_, select, union_all

from mhtracker.domain.caseload import ON_PATHWAY
from mhtracker.domain.legal.orders import EXPIRING, SOON_DAYS, is_carried_on
from mhtracker.domain.legal.words import KIND_TITLES
from mhtracker.domain.people_around import CARER, OFFER_DAYS, assessment_due
from mhtracker.domain.records import Action, CareWarning, Contact, LegalAndStatus, StatusKind
from mhtracker.store.codec import from_rows
from mhtracker.store.schema import RECORD_TABLES, workers
from mhtracker.store.store import Store

_actions, _warnings = RECORD_TABLES[Action], RECORD_TABLES[CareWarning]
_contacts, _statuses = RECORD_TABLES[Contact], RECORD_TABLES[LegalAndStatus]
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class DueRecord:
    """A record with a day to it. `line` is the person's row of the caseload table; `owner` who is to do it."""

    line: tuple[Any, ...]
    record_id: str
    what: str
    due_on: date
    owner: str


def due_actions(
    store: Store, table: Table, as_at: date, until: date, *, worker_id: str | None, team_id: str | None
) -> Iterator[DueRecord]:
    """The actions open on a day that are due by another. One set later does not exist yet, one done later is open.

    A worker's are those they own themselves, and of their people those that no other worker owns.
    """
    a = _actions.c
    # Three parts, each one stretch of the index: asked as one condition, every action of the past would be read.
    still_open = union_all(
        select(a.id).where(a.done_on.is_(None), a.dropped_on.is_(None), a.due_on <= until),
        select(a.id).where(a.done_on.is_(None), a.dropped_on > as_at, a.due_on <= until),
        select(a.id).where(a.done_on > as_at, or_(a.dropped_on.is_(None), a.dropped_on > as_at), a.due_on <= until),
    )
    owner = func.coalesce(workers.c.name, a.owner)
    query = (
        select(a.id, a.what, a.due_on, owner, *table.columns)
        .join_from(_actions, table, table.c.person_id == a.person_id)
        .outerjoin(workers, workers.c.id == a.worker_id)
        .where(a.id.in_(still_open), or_(a.set_on.is_(None), a.set_on <= as_at))
    )
    whose = func.coalesce(a.worker_id, table.c.worker_id) if worker_id is not None else None
    return _read(store, query, table, whose, worker_id, team_id)


def due_warnings(
    store: Store, table: Table, as_at: date, until: date, *, worker_id: str | None, team_id: str | None
) -> Iterator[DueRecord]:
    """The warnings that hold on a day and are to be looked at again, or end by themselves, by another.

    One looked at since its day was set is due no more until it has another.
    """
    w = _warnings.c
    unchecked = and_(w.review_on.is_not(None), or_(w.checked_on.is_(None), w.checked_on < w.review_on))
    asked_on = case((unchecked, w.review_on), else_=None)
    sooner = and_(asked_on.is_not(None), or_(w.expires_on.is_(None), asked_on <= w.expires_on))
    day = case((sooner, asked_on), else_=w.expires_on)
    query = (
        select(w.id, w.words, day, literal(""), *table.columns)
        .join_from(_warnings, table, table.c.person_id == w.person_id)
        .where(
            or_(w.ended_on.is_(None), w.ended_on > as_at),
            w.raised_on <= as_at,
            or_(w.review_on <= until, w.expires_on <= until),
            day <= until,
            or_(w.expires_on.is_(None), w.expires_on >= as_at),
        )
    )
    whose = table.c.worker_id if worker_id is not None else None
    return _read(store, query, table, whose, worker_id, team_id)


def due_assessments(
    store: Store, table: Table, as_at: date, until: date, *, worker_id: str | None, team_id: str | None
) -> Iterator[DueRecord]:
    """The carers' assessments due by a day, or offered and not answered (`people_around.assessment_due`)."""
    c = _contacts.c
    asked = or_(
        c.assessment_due_on <= until,
        and_(c.assessment_due_on.is_(None), c.assessment_offered_on <= until - timedelta(days=OFFER_DAYS)),
    )
    found = _joined(store, _contacts, table, and_(c.kind == CARER, asked), worker_id, team_id)
    for line, row in found:
        (contact,) = from_rows(Contact, [row])
        due_on, _ = assessment_due(contact, as_at)
        if due_on is not None and due_on <= until:
            yield DueRecord(line, contact.id, f"Carer’s assessment of {contact.name}", due_on, "")


def due_orders(
    store: Store, table: Table, as_at: date, until: date | None, *, worker_id: str | None, team_id: str | None
) -> Iterator[DueRecord]:
    """The orders that run out by a day (None: that are due soon), and those that ran out with nothing said since.

    One carried on by another that begins before or as it runs out asks for nothing.
    """
    s, latest = _statuses.c, until if until is not None else as_at + timedelta(days=SOON_DAYS)
    expiring = and_(
        s.expires_on <= latest,
        s.kind.in_(EXPIRING),
        or_(s.ended_on.is_(None), s.ended_on > as_at),
        or_(s.started_on.is_(None), s.started_on <= as_at),
    )
    found = list(_joined(store, _statuses, table, expiring, worker_id, team_id))
    for start in range(0, len(found), _CHUNK):
        lines, rows = zip(*found[start : start + _CHUNK], strict=True)
        orders = from_rows(LegalAndStatus, rows)
        theirs: dict[tuple[str, StatusKind], list[LegalAndStatus]] = {}
        for each in store.find(LegalAndStatus, person_id={order.person_id for order in orders}, kind=set(EXPIRING)):
            theirs.setdefault((each.person_id, each.kind), []).append(each)
        for line, order in zip(lines, orders, strict=True):
            if order.expires_on is not None and not is_carried_on(order, theirs[order.person_id, order.kind], as_at):
                words = KIND_TITLES[order.kind] + (" ran out" if order.expires_on < as_at else " runs out")
                yield DueRecord(line, order.id, words, order.expires_on, "")


def _joined(
    store: Store,
    records: Table,
    table: Table,
    where: ColumnElement[bool],
    worker_id: str | None,
    team_id: str | None,
) -> Iterator[tuple[tuple[Any, ...], Sequence[Any]]]:
    """Rows of people's records, each after the person's row of the caseload table."""
    # From the few records that are due to whose they are, not from everybody's status to each one's records.
    on_pathway = table.c.status.concat("") == ON_PATHWAY
    query = (
        select(*table.columns, *records.columns)
        .join_from(records, table, table.c.person_id == records.c.person_id)
        .where(on_pathway, where)
    )
    if worker_id is not None:
        query = query.where(table.c.worker_id == worker_id)
    if team_id is not None:
        query = query.where(table.c.team_id == team_id)
    wide = len(table.columns)
    for row in store.database.connection.execute(query):
        yield tuple(row)[:wide], tuple(row)[wide:]


def _read(
    store: Store,
    query: Select[Any],
    table: Table,
    whose: ColumnElement[Any] | None,
    worker_id: str | None,
    team_id: str | None,
) -> Iterator[DueRecord]:
    query = query.where(table.c.status == ON_PATHWAY)
    if whose is not None:
        query = query.where(whose == worker_id)
    if team_id is not None:
        query = query.where(table.c.team_id == team_id)
    for record_id, what, due_on, owner, *line in store.database.connection.execute(query):
        day = due_on if isinstance(due_on, date) else date.fromisoformat(due_on)
        yield DueRecord(tuple(line), record_id, what, day, owner)
