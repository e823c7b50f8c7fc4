"""What a person's support costs from day to day, who pays, and what an office plans to pay instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mhtracker.domain.records.base import Record


@dataclass(frozen=True, slots=True)
class CostLine(Record):
    """One part of what a person's support costs, from `started_on` until the day before `ended_on` (None: it goes on).

    `rate_pence` is due each `frequency` (`money.Frequency`); hourly, daily and session rates are for each of the
    `units` planned a week. A one-off is due on `started_on` and stands beside weekly costs. `kind` is of the list
    "cost_kind". Lines may begin in the future: a taper is a row of them that share a `taper_id`. Where a line runs, the
    stay's own gross cost does not count. A line with a `placement_id` ends with that stay; others go along at a move.
    """

    id: str
    person_id: str
    kind: str
    rate_pence: int
    started_on: date
    frequency: str = "weekly"
    units: float | None = None
    ended_on: date | None = None
    placement_id: str | None = None
    what: str = ""
    taper_id: str | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class FundingSplit(Record):
    """Who pays for a person's support from a day, until the day before `ended_on`.

    The person pays `person_pence` a week; the NHS pays `health_percent` of the gross, or `health_pence` a week (one of
    the two); the council pays the rest. Where no split holds, the stay's own charge is what the person pays.
    """

    id: str
    person_id: str
    started_on: date
    person_pence: int = 0
    health_percent: float | None = None
    health_pence: int | None = None
    ended_on: date | None = None
    agreed_on: date | None = None
    agreed_by: str = ""
    note: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class CostTable(Record):
    """An "as is → to be" table: how many people at what cost a year now, and how many instead by `to_be_on`.

    `preset` names the paper it came from, "" for the office's own.
    """

    id: str
    name: str
    as_is_on: date
    to_be_on: date | None = None
    preset: str = ""
    note: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class CostTableRow(Record):
    """One line of the table: people, and net pence a year of all of them together; None to be where nothing is planned.

    `as_is_people` is None where nobody says how many there are: a paper that prints money alone, an office without a
    count. That is not nobody, and no sum of people takes the line in.

    `stage_id` says whose cost from the register it is compared with, None for none.
    """

    id: str
    table_id: str
    label: str
    position: int = 0
    stage_id: str | None = None
    as_is_people: int | None = None
    as_is_year_pence: int = 0
    to_be_people: int | None = None
    to_be_year_pence: int | None = None
    version: int = 0
