"""The records of a register: one frozen dataclass each.

Every record has `id` (uuid text) and `version` (0 before its first save; the store raises it at each save and
checks it, so two people cannot overwrite each other unnoticed). Fields end in `_on` (date), `_at` (UTC datetime),
`_pence` (whole pence), `_id` (another record's id). Their labels, help and code lists are in `fields.py`.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING


def new_id() -> str:
    """A fresh record id: a uuid (version 7), which begins with the time, so that new rows go to the end of an index."""
    return uuid_at(time.time_ns() // 1_000_000, os.urandom(10))


def uuid_at(milliseconds: int, entropy: bytes) -> str:
    """The version 7 uuid of a time and ten bytes of randomness (RFC 9562, section 5.7)."""
    h = f"{milliseconds:012x}{entropy.hex()}"
    variant = "89ab"[entropy[2] & 3]
    return f"{h[:8]}-{h[8:12]}-7{h[13:16]}-{variant}{h[17:20]}-{h[20:32]}"


@dataclass(frozen=True, slots=True)
class Record:
    """What all records share."""

    if TYPE_CHECKING:

        @property
        def id(self) -> str: ...

        @property
        def version(self) -> int: ...


class DatePrecision(StrEnum):
    """How exactly a birth date is known. For `MONTH` and `YEAR` the date holds the first day of the period."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class DueState(StrEnum):
    """Where something stands against its due date. Given out by `reviews.due_state` alone."""

    OVERDUE = "overdue"
    DUE_TODAY = "due_today"
    DUE_SOON = "due_soon"
    IN_DATE = "in_date"
    NONE = "none"


class ReviewKind(StrEnum):
    CARE_ACT = "care_act"
    S117 = "s117"
    ENABLEMENT = "enablement"
    PLACEMENT = "placement"
    UNPLANNED = "unplanned"


class ReviewOutcome(StrEnum):
    CONTINUE = "continue"
    CHANGE = "change"
    CHANGE_BUDGET = "change_budget"
    END = "end"


class StatusKind(StrEnum):
    """What a dated status says; `LegalAndStatus.code` is from the code list of the same name."""

    S117 = "s117"
    ACCOMMODATION = "accommodation"
    EMPLOYMENT = "employment"


@dataclass(frozen=True, slots=True)
class Team(Record):
    id: str
    name: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Worker(Record):
    id: str
    name: str
    team_id: str | None = None
    role: str = "Social worker"
    left_on: date | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Stage(Record):
    """A step of the pathway. `id` is its stable key ("residential"); `level` orders stages, higher is more independent.

    `letter` stands in pills, `colour` names a stage colour of the theme, `limit_days` is the longest usual stay
    (None: no limit), `keeps_place` marks a hospital stay that may overlap a kept place. An `optional` stage is shown on
    the board only while somebody is in it; a `retired` one is no longer offered.
    """

    id: str
    label: str
    letter: str
    colour: str
    level: int
    limit_days: int | None = None
    keeps_place: bool = False
    own_home: bool = False
    retired: bool = False
    optional: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class Provider(Record):
    id: str
    name: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Service(Record):
    """Where people live or who supports them. `stage_id` is the stage it usually serves, if one."""

    id: str
    name: str
    provider_id: str | None = None
    stage_id: str | None = None
    locality: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Person(Record):
    """Someone on the pathway. Names are kept exactly as typed; a single name stands in `surname`."""

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
    version: int = 0


@dataclass(frozen=True, slots=True)
class Placement(Record):
    """A dated stay of one person in one stage. `ended_on` is the day they left (it may equal the next start)."""

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
    note: str = ""
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
class Review(Record):
    """A look at the plan: due, booked, held or abandoned. Only a held one is completed.

    `due_on` is an earlier date set by the worker or at the review before ("next review"); the rule's own due date is
    computed, never stored. `booked_time` is "10:30" or "".
    """

    id: str
    person_id: str
    kind: ReviewKind = ReviewKind.CARE_ACT
    due_on: date | None = None
    booked_on: date | None = None
    booked_time: str = ""
    held_on: date | None = None
    outcome: ReviewOutcome | None = None
    summary: str = ""
    attended: str = ""
    abandoned_on: date | None = None
    abandon_reason: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class LegalAndStatus(Record):
    """A dated status: s117 after-care (code: the section), accommodation or employment (code: CLD's words)."""

    id: str
    person_id: str
    kind: StatusKind
    code: str
    started_on: date | None = None
    ended_on: date | None = None
    note: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Note(Record):
    id: str
    person_id: str
    kind: str
    noted_on: date
    text: str
    author: str = ""
    finished_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class CodeItem(Record):
    """One entry of a code list, valid between two dates (None: always). `id` is "list/code"."""

    id: str
    list_name: str
    code: str
    label: str
    position: int = 0
    valid_from: date | None = None
    valid_to: date | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Setting(Record):
    """One setting of this register; `id` is its key, `value` JSON text."""

    id: str
    value: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class ImportWord(Record):
    """A word met in a sheet, mapped once to one of ours. `id` is "field/folded word"."""

    id: str
    field_name: str
    word: str
    value: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class PutAside(Record):
    """A spreadsheet row that could not be taken: kept with its reason until it is put right or left out.

    `cells` is JSON: their heading to the text as it stood; `mapping` JSON: their heading to our field.
    """

    id: str
    file: str
    sheet: str
    row: int
    column: str
    value: str
    reason: str
    cells: str
    mapping: str
    put_aside_on: date | None = None
    settled_on: date | None = None
    settled_how: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class ImportedFile(Record):
    """A sheet once imported, by content, so that the same one is recognised."""

    id: str
    file: str
    sheet: str
    sha256: str
    imported_on: date
    people_rows: int = 0
    version: int = 0


KINDS: dict[str, type[Record]] = {
    "team": Team,
    "worker": Worker,
    "stage": Stage,
    "provider": Provider,
    "service": Service,
    "person": Person,
    "placement": Placement,
    "plan": MoveOnPlan,
    "target": Target,
    "review": Review,
    "status": LegalAndStatus,
    "note": Note,
    "code": CodeItem,
    "setting": Setting,
    "import_word": ImportWord,
    "put_aside": PutAside,
    "imported_file": ImportedFile,
}
"""Each record type by the name that changes, signals and `history` use."""

KIND_OF: dict[type[Record], str] = {record_type: kind for kind, record_type in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Operation:
    """One recorded change to the register. `undoes` is the operation it takes back, if it is an undo or a redo.

    A `final` one, such as making the register, cannot be undone.
    """

    id: str
    seq: int
    at: datetime
    who: str
    label: str
    reason: str = ""
    undoes: str | None = None
    undone_by: str | None = None
    person_id: str | None = None
    final: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What an operation changed: (kind, record id) pairs, and the people concerned."""

    operation_id: str
    label: str
    records: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    people: frozenset[str] = field(default_factory=frozenset)

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(kind for kind, _ in self.records)
