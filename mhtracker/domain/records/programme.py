"""A programme: a move-on target for the people who were in some stages on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mhtracker.domain.records.base import Record


@dataclass(frozen=True, slots=True)
class Programme(Record):
    """An aim for a baseline cohort: everybody who was in `stage_ids` (parted by spaces) at the end of `baseline_on`.

    `rule` narrows it to those whom the caseload lists on that day, as filters parted by "; ": "team=North; s117=yes".

    The aim is `aim_percent` of them or `aim_people`, moved on by `aim_on`. `plan` is "" for a straight line from the
    baseline, or steps as "2026-03-31:10 2027-03-31:30" (percent by a day). `frozen_on` is when its people were counted
    and kept; `replaces` the version it took the place of.
    """

    id: str
    name: str
    baseline_on: date
    aim_on: date
    stage_ids: str
    aim_percent: float | None = None
    aim_people: int | None = None
    plan: str = ""
    frozen_on: date | None = None
    replaces: str | None = None
    ended_on: date | None = None
    note: str = ""
    rule: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class ProgrammePerson(Record):
    """One of a programme's baseline cohort, and the stage they were in."""

    id: str
    person_id: str
    programme_id: str
    stage_id: str
    version: int = 0
