"""What the caseload page asks of the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import Stage
from mhtracker.store import Store
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, count_caseload, list_caseload
from mhtracker.store.queries.views import View, list_views
from mhtracker.ui.caseload.filters import Tally, read_tally, read_view_counts

CODE_LISTS = ("gender", "accommodation", "employment", "delay_reason")
EVERYBODY = CaseloadQuery((Filter("status", "=", "all"),))


@dataclass(frozen=True, slots=True)
class Listing:
    """The first rows of a query and how many there are.

    `query` is what was read: filters that no longer mean anything, such as a stage that was renamed, are left out.
    `saved` are the views of the register, and `began` the one of them that was begun with.
    """

    query: CaseloadQuery
    as_at: date
    total: int
    rows: Sequence[CaseloadLine]
    stages: tuple[Stage, ...]
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    anybody: bool = True
    seq: int = 0
    saved: tuple[View, ...] = ()
    began: View | None = None

    def is_of_same_people(self, query: CaseloadQuery, as_at: date, seq: int) -> bool:
        """Whether another query differs in its order alone, and nothing was recorded meanwhile."""
        same = (self.query.filters, self.query.text) == (query.filters, query.text)
        return same and self.as_at == as_at and self.seq == seq


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures round the table: people in each view, how those listed stand, and everyone on the pathway."""

    views: dict[str, int]
    tally: Tally
    everyone: int


def read_listing(
    store: Store,
    query: CaseloadQuery,
    as_at: date,
    limit: int,
    before: Listing | None = None,
    *,
    begin_with: str = "",
) -> Listing:
    """Count and read the first rows in one go.

    A listing read `before` of the same people, since which nothing was recorded, spares the counting. `begin_with` is
    the key of a saved view that is to be listed in the place of `query`, where it is still there.
    """
    now = store.last_seq()
    saved = before.saved if before is not None and before.seq == now else list_views(store, store.who)
    began = next((view for view in saved if view.key == begin_with), None)
    if began is not None:
        query = began.query(query.sort)
    try:
        if before is not None and before.is_of_same_people(query, as_at, now):
            total = before.total
        else:
            total = count_caseload(store, query, as_at)
    except Invalid:
        query = replace(query, filters=tuple(each for each in query.filters if _is_readable(store, each, as_at)))
        total = count_caseload(store, query, as_at)
    rows = list_caseload(store, query, as_at, limit=limit) if total else []
    labels = {(name, item.code): item.label for name in CODE_LISTS for item in store.codes(name)}
    anybody = bool(total) or count_caseload(store, EVERYBODY, as_at) > 0
    return Listing(query, as_at, total, rows, store.stages(), labels, anybody, now, saved, began)


def read_counts(store: Store, query: CaseloadQuery, views: Sequence[View], as_at: date) -> Counts:
    """Count what stands round the table."""
    return Counts(
        read_view_counts(store, views, as_at),
        read_tally(store, query, as_at),
        count_caseload(store, CaseloadQuery(), as_at),
    )


def _is_readable(store: Store, each: Filter, as_at: date) -> bool:
    try:
        count_caseload(store, CaseloadQuery((each,)), as_at)
    except Invalid:
        return False
    return True
