"""What is put off on a day, by the line of Today that it hides."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select

from mhtracker.domain.records import Snooze
from mhtracker.store.codec import from_rows
from mhtracker.store.queries.due import DueItem
from mhtracker.store.schema import RECORD_TABLES
from mhtracker.store.store import Store


def item_key(item: DueItem) -> str:
    """Names one thing due: its kind, whose it is, and the day it falls due.

    Once it is done, or given another day, nothing bears this name any more: so it ends being put off by itself.
    """
    which = item.record_id or f"{item.person_id}:{item.what.partition(',')[0]}"
    return f"{item.kind}:{which}:{item.due_on.isoformat()}"


def read_snoozed(store: Store, as_at: date) -> dict[str, Snooze]:
    """What is put off on a day and has not come back by it, by `item_key`; the one put off last where there are two."""
    table = RECORD_TABLES[Snooze]
    query = (
        select(table)
        .where(table.c.put_off_on <= as_at, table.c.until_on > as_at)
        .where(or_(table.c.ended_on.is_(None), table.c.ended_on > as_at))
        .order_by(table.c.put_off_on, table.c.id)
    )
    return {each.item: each for each in from_rows(Snooze, store.database.connection.execute(query))}
