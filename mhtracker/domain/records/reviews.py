"""Reviews: their kinds, the meetings themselves, and who came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mhtracker.domain.records.base import Record


class ReviewKind(StrEnum):
    """The keys of the review kinds that every register begins with. An office adds its own as `ReviewType` records."""

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


class S117Decision(StrEnum):
    CONTINUE = "continue"
    MODIFY = "modify"
    END = "end"


class SupportChange(StrEnum):
    UP = "up"
    DOWN = "down"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Review(Record):
    """A look at the plan: due, booked, held or abandoned. Only a held one is completed.

    `kind` is the key of a `ReviewType`. `due_on` is an earlier date set by the worker or at the review before ("next
    review"); the rule's own due date is computed, never stored. `booked_time` is "10:30" or "". `reason_code` says why
    an unplanned one was held. The s117 decision holds with both bodies' names. A change of support has its new hours
    and cost, and the day from which it holds.
    """

    id: str
    person_id: str
    kind: str = ReviewKind.CARE_ACT
    due_on: date | None = None
    booked_on: date | None = None
    booked_time: str = ""
    held_on: date | None = None
    outcome: ReviewOutcome | None = None
    summary: str = ""
    attended: str = ""
    abandoned_on: date | None = None
    abandon_reason: str = ""
    reason_code: str | None = None
    rebook_reason: str = ""
    method: str | None = None
    own_view: str = ""
    works: str = ""
    does_not_work: str = ""
    s117_decision: S117Decision | None = None
    s117_reason: str = ""
    s117_health_name: str = ""
    s117_council_name: str = ""
    support_change: SupportChange | None = None
    hours_per_week: float | None = None
    weekly_cost_pence: int | None = None
    changes_on: date | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class ReviewAttendance(Record):
    """Somebody asked to a review. `came` is "came", "apologies", "absent" or "" (not yet known)."""

    id: str
    person_id: str
    review_id: str
    name: str
    role: str | None = None
    came: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class ReviewType(Record):
    """A kind of review and when the rules ask for it. `id` is its key ("s117"), which `Review.kind` holds.

    `begins` says what starts its clock: "placement" (every stay; the office's main rule, told by `ReviewRules`),
    "s117", "stage" (a stay in `stage_id`), "discharge" (the end of a hospital stay) or "" (only when somebody asks).
    `days` are the days after the start on which one is due, as "14,28,42"; `repeat_months` repeats it afterwards
    (None: never). It is due soon `soon_days` before. An unmet one lapses `lapse_days` after its date (None: never).
    A `contact` is met by seeing or speaking to the person, and is no review.
    """

    id: str
    label: str
    position: int = 0
    begins: str = ""
    stage_id: str | None = None
    days: str = ""
    repeat_months: int | None = None
    soon_days: int = 14
    lapse_days: int | None = None
    contact: bool = False
    asks_reason: bool = False
    asks_s117: bool = False
    retired: bool = False
    version: int = 0
