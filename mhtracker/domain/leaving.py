"""The day on which a person’s time on the pathway was over."""

from __future__ import annotations

from datetime import date

from mhtracker.domain.records import Person


def gone_on(person: Person) -> date | None:
    """The day somebody left or died, whichever came first: who left and died later had gone before."""
    return min((day for day in (person.left_on, person.died_on) if day is not None), default=None)
