"""How everybody's main review stands on a day, for counting: without the rest of their lines."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from mhtracker.domain.caseload import ON_PATHWAY
from mhtracker.domain.records import DueState
from mhtracker.store.queries.as_at import lines_as_at
from mhtracker.store.store import Store


def review_states(store: Store, as_at: date, team_id: str | None = None) -> list[tuple[str, DueState, bool]]:
    """Person, state and whether they never had a review, of everybody on the pathway who needs one, by name.

    With a team, of its people alone.

    `domain.reviewing.due.due_state` for very many: a test keeps the two alike.
    """
    table = lines_as_at(store, as_at)
    lines = table.c
    columns = (lines.name_key, lines.person_id, lines.review_due_on, lines.review_soon_on, lines.review_never)
    # Nearly all lines are wanted: read as they stand and sorted here, they come sooner than through an index.
    query = select(*columns).where(lines.status.concat("") == ON_PATHWAY, lines.review_due_on.is_not(None))
    if team_id is not None:
        query = query.where(lines.team_id == team_id)
    # ISO days compare as they are, so that very many need not be made into dates.
    day = as_at.isoformat() if store.database.flavour == "sqlite" else as_at
    found = []
    for _, person_id, due_on, soon_on, never in sorted(store.database.bare(query)):
        if due_on > day:
            state = DueState.DUE_SOON if soon_on <= day else DueState.IN_DATE
        else:
            state = DueState.DUE_TODAY if due_on == day else DueState.OVERDUE
        found.append((person_id, state, bool(never)))
    return found
