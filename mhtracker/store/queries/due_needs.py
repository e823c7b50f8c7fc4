"""What the kinds of review ask for beside the main one, joined to the caseload lines of the day asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, or_, select

from mhtracker.domain.caseload import ON_PATHWAY
from mhtracker.domain.reviewing.due import Need
from mhtracker.domain.reviewing.needs import covers_s117
from mhtracker.store.needs import NEED_COLUMNS, need_of
from mhtracker.store.queries.as_at import needs_as_at
from mhtracker.store.store import Store


def due_needs(
    store: Store, table: Table, as_at: date, until: date | None, *, worker_id: str | None, team_id: str | None
) -> Iterator[tuple[tuple[Any, ...], Need]]:
    """The needs that lists show on a day, with the person's row: due soon or overdue, or falling due by `until`."""
    n = needs_as_at(store, as_at)
    near = n.c.soon_on <= as_at if until is None else n.c.due_on <= until
    listed = and_(
        or_(n.c.lapses_on.is_(None), n.c.lapses_on > as_at),
        near,
        n.c.listed_on <= as_at,
        or_(n.c.met_on.is_(None), n.c.met_on > as_at),
    )
    for row in _joined(store, n, table, listed, worker_id, team_id):
        yield row[len(NEED_COLUMNS) :], need_of(dict(zip(NEED_COLUMNS, row, strict=False)))


def read_needs(store: Store, person_id: str, as_at: date) -> list[Need]:
    """What the kinds of review ask for a person beside the main one, as at a day, met or not."""
    n = needs_as_at(store, as_at)
    rows = store.database.connection.execute(select(n).where(n.c.person_id == person_id).order_by(n.c.due_on))
    return [need_of(dict(row)) for row in rows.mappings()]


def covered_s117(
    store: Store, table: Table, as_at: date, until: date, *, worker_id: str | None, team_id: str | None
) -> set[str]:
    """The people whose main review, due by `until`, is the visit at which s117 is reviewed too."""
    kinds = [each.id for each in store.review_types() if each.begins == "s117"]
    n = needs_as_at(store, as_at)
    # Nothing that falls due much later than the main review is covered by it; the rest is counted exactly.
    latest = until + timedelta(days=max((each.soon_days for each in store.review_types()), default=0))
    near = and_(n.c.kind.in_(kinds), n.c.due_on <= latest, table.c.review_due_on <= until)
    place = len(NEED_COLUMNS) + table.c.keys().index("review_due_on")
    return {
        row[0]
        for row in _joined(store, n, table, near, worker_id, team_id)
        if covers_s117(need_of(dict(zip(NEED_COLUMNS, row, strict=False))), row[place], as_at)
    }


def _joined(
    store: Store, n: Table, table: Table, where: ColumnElement[bool], worker_id: str | None, team_id: str | None
) -> Iterator[tuple[Any, ...]]:
    query = (
        select(*(n.c[name] for name in NEED_COLUMNS), *table.columns)
        .join_from(n, table, table.c.person_id == n.c.person_id)
        .where(table.c.status == ON_PATHWAY, where)
    )
    if worker_id is not None:
        query = query.where(table.c.worker_id == worker_id)
    if team_id is not None:
        query = query.where(table.c.team_id == team_id)
    for row in store.database.connection.execute(query):
        yield tuple(row)
