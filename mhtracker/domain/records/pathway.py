"""A person, where they lived and live, and where they aim to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mhtracker.domain.records.base import DatePrecision, Record


@dataclass(frozen=True, slots=True)
class Person(Record):
    """Someone on the pathway. Names are kept exactly as typed; a single name stands in `surname`.

    `merged_into` is the id of the record that this one turned out to be; it then has no records of its own.
    """

    id: str
    ref: str
    surname: str
    given_names: str = ""
    known_as: str = ""
    born_on: date | None = None
    born_precision: DatePrecision = DatePrecision.DAY
    nhs_number: str | None = None
    local_id: str | None = None
    gender: str | None = None
    ethnicity: str | None = None
    locality: str = ""
    worker_id: str | None = None
    team_id: str | None = None
    care_coordinator: str = ""
    died_on: date | None = None
    left_on: date | None = None
    left_reason: str | None = None
    primary_support: str | None = None
    merged_into: str | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Placement(Record):
    """A dated stay of one person in one stage. `ended_on` is the day they left (it may equal the next start).

    `weekly_cost_pence` is the gross cost, `weekly_charge_pence` what the person pays towards it. `back_reason` says why
    the move that led here went back.
    """

    id: str
    person_id: str
    stage_id: str
    started_on: date
    ended_on: date | None = None
    service_id: str | None = None
    address: str = ""
    planned: bool | None = None
    end_reason: str | None = None
    destination: str | None = None
    gap_reason: str = ""
    weekly_cost_pence: int | None = None
    weekly_charge_pence: int | None = None
    note: str = ""
    back_reason: str | None = None
    unit_id: str | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class MoveOnPlan(Record):
    """Where a person aims to live next. Its dates are its `Target` rows; `ended_on` when met or given up."""

    id: str
    person_id: str
    aim_stage_id: str | None
    aim: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    end_reason: str | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Target(Record):
    """One move-on date of a plan, set on a day, with the reason it replaced the one before.

    The first target of a plan is the original; the latest set is the current; each other one is a slip
    (or a date brought forward). Rows are never edited to move a target: another is added.
    """

    id: str
    plan_id: str
    person_id: str
    target_on: date
    set_on: date
    reason_code: str | None = None
    reason: str = ""
    set_by: str = ""
    position: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class NotSame(Record):
    """A decision that two people who look alike are two people."""

    id: str
    person_id: str
    other_id: str
    decided_on: date
    decided_by: str = ""
    version: int = 0
