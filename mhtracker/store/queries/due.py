"""What is overdue and due: reviews, contacts, targets, actions, warnings, carers' assessments, orders that run out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select

from mhtracker.domain.caseload import ON_PATHWAY, CaseloadLine
from mhtracker.domain.legal.orders import SOON_DAYS
from mhtracker.domain.records import DueState
from mhtracker.domain.reviewing.due import Need, due
from mhtracker.store.queries.as_at import lines_as_at
from mhtracker.store.queries.caseload import line_of
from mhtracker.store.queries.due_needs import covered_s117, due_needs
from mhtracker.store.queries.due_records import due_actions, due_assessments, due_orders, due_warnings
from mhtracker.store.store import Store

REVIEW, FOLLOW_UP, TARGET, ACTION, WARNING = "review", "follow_up", "target", "action", "warning"
CARER, LEGAL = "carer", "legal"


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing due. `days` is positive when late. `line` is the person's caseload line.

    `record_id` is the action's, warning's, contact's or status's own; `owner` is who is to do an action, where it was
    said. `need` is what a kind of review asks for beside the main one.
    """

    line: CaseloadLine
    kind: str
    what: str
    due_on: date
    state: DueState
    days: int
    record_id: str = ""
    owner: str = ""
    need: Need | None = None

    @property
    def person_id(self) -> str:
        return self.line.person_id

    @property
    def booked_on(self) -> date | None:
        if self.need is not None:
            return self.need.booked_on
        return self.line.review_booked_on if self.kind == REVIEW else None

    @property
    def booked_time(self) -> str:
        if self.need is not None:
            return self.need.booked_time
        return self.line.review_booked_time if self.kind == REVIEW else ""


def list_due(
    store: Store,
    as_at: date,
    *,
    until: date | None = None,
    worker_id: str | None = None,
    team_id: str | None = None,
) -> list[DueItem]:
    """Everything overdue, due or due soon, oldest first; `until` widens it to all that falls due by then.

    A booked review is still listed: a booking clears nothing.
    """
    table = lines_as_at(store, as_at)
    horizon = max(as_at, until) if until else as_at
    target_until = max(horizon, as_at + timedelta(days=store.review_rules().soon_days)) if until is None else horizon
    review_near = table.c.review_soon_on <= as_at if until is None else table.c.review_due_on <= horizon
    query = select(*table.columns).where(
        table.c.status == ON_PATHWAY, or_(review_near, table.c.target_on <= target_until)
    )
    if worker_id is not None:
        query = query.where(table.c.worker_id == worker_id)
    if team_id is not None:
        query = query.where(table.c.team_id == team_id)
    found = {"worker_id": worker_id, "team_id": team_id}
    with_s117 = covered_s117(store, table, as_at, _near(store, horizon) if until is None else horizon, **found)
    items = []
    for row in store.database.connection.execute(query):
        line = line_of(row)
        for item in _items(line, as_at, store.review_rules().soon_days, line.person_id in with_s117):
            wanted = item.due_on <= horizon if until is not None else item.state != DueState.IN_DATE
            if wanted:
                items.append(item)
    for of_whom, need in due_needs(store, table, as_at, None if until is None else horizon, **found):
        stands, kind = need.due(as_at), FOLLOW_UP if need.contact else REVIEW
        items.append(DueItem(line_of(of_whom), kind, need.what, need.due_on, stands.state, stands.days, need=need))
    soon_days = store.review_rules().soon_days
    for kind, soon, records in (
        (ACTION, soon_days, due_actions(store, table, as_at, target_until, **found)),
        (WARNING, soon_days, due_warnings(store, table, as_at, target_until, **found)),
        (CARER, soon_days, due_assessments(store, table, as_at, target_until, **found)),
        (LEGAL, SOON_DAYS, due_orders(store, table, as_at, None if until is None else horizon, **found)),
    ):
        for each in records:
            stands = due(each.due_on, as_at, soon)
            line = line_of(each.line)
            items.append(
                DueItem(line, kind, each.what, each.due_on, stands.state, stands.days, each.record_id, each.owner)
            )
    return sorted(items, key=lambda item: (item.due_on, item.line.name_key, item.kind, item.record_id))


def _near(store: Store, as_at: date) -> date:
    """No review that falls due later than this is due soon yet."""
    rules = store.review_rules()
    return as_at + timedelta(days=max(rules.first_soon_days, rules.repeat_soon_days))


def _items(line: CaseloadLine, as_at: date, soon_days: int, with_s117: bool) -> Iterator[DueItem]:
    review = line.review_due(as_at)
    if review.due_on is not None:
        what = ("First review" if line.review_first else "Review") + (", with s117" if with_s117 else "")
        yield DueItem(line, REVIEW, what, review.due_on, review.state, review.days)
    target = line.target_due(as_at, soon_days)
    if target.due_on is not None:
        yield DueItem(line, TARGET, "Move-on target", target.due_on, target.state, target.days)
