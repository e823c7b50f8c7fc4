"""How people work with the register: views of the caseload they keep, and lines of Today they put off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mhtracker.domain.records.base import Record


@dataclass(frozen=True, slots=True)
class SavedView(Record):
    """A caseload view by name: `filters`, `sort` and `columns` as JSON. `owner` keeps it; `shared` shows it to all."""

    id: str
    name: str
    owner: str
    shared: bool = False
    filters: str = "[]"
    sort: str = "[]"
    columns: str = "[]"
    position: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class Snooze(Record):
    """A line of Today put off until a day, with the reason. Nothing due changes: it stays overdue everywhere else.

    `item` is the kind of line and its record ("review:<id>", "target:<plan id>", "action:<id>").
    """

    id: str
    person_id: str
    item: str
    until_on: date
    reason: str
    put_off_on: date
    put_off_by: str = ""
    ended_on: date | None = None
    version: int = 0
