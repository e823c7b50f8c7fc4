"""Which stays say where somebody was before them, of very many."""

from __future__ import annotations

from sqlalchemy import select

from mhtracker.domain.records import Placement
from mhtracker.store.schema import RECORD_TABLES
from mhtracker.store.store import Store


def explained_stays(store: Store) -> set[tuple[str, str]]:
    """The person and the first day, in ISO, of every stay with a reason for the days without one before it."""
    table = RECORD_TABLES[Placement]
    query = select(table.c.person_id, table.c.started_on).where(table.c.gap_reason != "")
    return {(person_id, str(day)) for person_id, day in store.database.bare(query)}
