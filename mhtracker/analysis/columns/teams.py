"""The columns of one team's people: what is counted from them is the team's, by the same code as of everybody."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, TypeVar

from mhtracker.analysis.columns.register import Columns, Held, Statuses, Stays

if TYPE_CHECKING:
    from mhtracker.analysis.columns.packed import Numbers
    from mhtracker.analysis.columns.shapes import Truths

T = TypeVar("T", Stays, Statuses, Held)


def columns_of_team(columns: Columns, team_id: str) -> Columns:
    """As `columns` of a register that has only the people whose record names the team.

    What a column means (its stages, services and codes) stays, also where nobody of the team has any of it.
    """
    import numpy as np

    theirs = columns.team == team_id
    place = np.where(theirs, np.cumsum(theirs) - 1, -1).astype(np.int32)
    tables = {each: _among(getattr(columns, each), place) for each in ("stays", "statuses", "held")}
    people = {each.name: getattr(columns, each.name)[theirs] for each in fields(columns) if each.name not in tables}
    return replace(columns, **people, **tables)


def _among(table: T, place: Numbers) -> T:
    """The rows of some people, who stand at other places now (-1: not among them)."""
    rows: Truths = place[table.person] >= 0
    named = (each.name for each in fields(table) if not isinstance(getattr(table, each.name), tuple))
    kept = {name: getattr(table, name)[rows] for name in named}
    return replace(table, **{**kept, "person": place[kept["person"]]})
