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
