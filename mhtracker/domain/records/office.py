"""The office itself: teams, workers, stages, providers, services; and its code lists and settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mhtracker.domain.records.base import Record


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
    the board only while somebody is in it; a `retired` one is no longer offered. `kind` is of the list "stage_kind" and
    says what the stage is, whatever it is called: measures go by it. Ask `domain.stage_kinds.kind_of`.
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
    kind: str | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Provider(Record):
    """Who runs services. `own` is the council itself, whose services need no contract."""

    id: str
    name: str
    own: bool = False
    contact: str = ""
    phone: str = ""
    email: str = ""
    note: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Service(Record):
    """Where people live or who supports them. `stage_id` is the stage it usually serves, if one.

    `capacity` counts places where its units are not listed one by one; `hours_per_week` is what a service of support by
    the hour can give. `rate_pence` is the agreed rate for each `rate_frequency`. `features` are codes of the list
    "feature" that all its places have, parted by spaces. `in_area` is False for a place outside the office's own area.
    """

    id: str
    name: str
    provider_id: str | None = None
    stage_id: str | None = None
    locality: str = ""
    capacity: int | None = None
    hours_per_week: float | None = None
    rate_pence: int | None = None
    rate_frequency: str = "weekly"
    features: str = ""
    lot: str = ""
    specialised: bool | None = None
    in_area: bool = True
    cqc_id: str = ""
    service_type: str | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    note: str = ""
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
