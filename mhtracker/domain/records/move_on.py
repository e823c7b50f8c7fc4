"""What a move-on rests on: readiness, barriers, and what somebody is to do by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mhtracker.domain.records.base import Record


@dataclass(frozen=True, slots=True)
class Rating(Record):
    """How ready somebody is in one domain, 0 (not yet) to 3 (ready), on a day. The latest of a domain holds."""

    id: str
    person_id: str
    domain: str
    rating: int
    rated_on: date
    evidence: str = ""
    rated_by: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Barrier(Record):
    """A coded reason why the move is held up, from `started_on` until the day it no longer is.

    `attributable` is who the delay is put down to: "health", "care", "both" or "".
    """

    id: str
    person_id: str
    code: str
    started_on: date
    ended_on: date | None = None
    note: str = ""
    attributable: str = ""
    plan_id: str | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Action(Record):
    """Something to be done by somebody by a day. Open until `done_on` or `dropped_on`.

    `phase` is "" for an action of its own, or the ready-made plan it is a step of: "in_reach", "enablement",
    "sustainment" (whose `outcome` is "home" or "not_home"). `placement_id` is the stay such a step belongs to, and
    `from_days` its day counted from the move. `owner` is a name as written; `worker_id` when it is one of the office's.
    """

    id: str
    person_id: str
    what: str
    due_on: date | None = None
    owner: str = ""
    worker_id: str | None = None
    done_on: date | None = None
    dropped_on: date | None = None
    drop_reason: str = ""
    phase: str = ""
    outcome: str = ""
    note: str = ""
    set_on: date | None = None
    plan_id: str | None = None
    placement_id: str | None = None
    review_id: str | None = None
    from_days: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class StepTemplate(Record):
    """A step of a ready-made plan: due `from_days` after the move (negative: before it). `phase` as in `Action`."""

    id: str
    phase: str
    what: str
    from_days: int
    position: int = 0
    retired: bool = False
    version: int = 0
