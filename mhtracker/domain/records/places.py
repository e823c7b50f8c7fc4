"""Places to live: the units of a service, who waits for one, what is kept for whom, and the contracts behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mhtracker.domain.records.base import Record


@dataclass(frozen=True, slots=True)
class Unit(Record):
    """One place of a service: a flat, a room, a bed. `features` are codes of the list "feature", parted by spaces."""

    id: str
    service_id: str
    name: str
    features: str = ""
    opened_on: date | None = None
    closed_on: date | None = None
    note: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Hold(Record):
    """A place kept free for somebody, or out of use, until a day. `ended_on` when it was let go or taken before.

    Without `unit_id` any place of the service. `person_id` is None where the place is kept for no one person
    (repairs, a kept hospital bed); `reason_code` is of the list "hold_reason".
    """

    id: str
    service_id: str
    started_on: date
    unit_id: str | None = None
    person_id: str | None = None
    until_on: date | None = None
    ended_on: date | None = None
    reason_code: str = "offer"
    note: str = ""
    held_by: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Waiting(Record):
    """Somebody on the waiting list, since when and for what.

    `stage_id` is the stage wanted, `service_id` one service if it must be that; `localities` are names parted by "; ",
    `features` codes of the list "feature" parted by spaces, each of them needed. `priority` is of the list "priority".
    `needs_home`: waits for a place to live, not only for support. None is not asked or not known. Where they wait
    (hospital or not) is read from their placement, never kept here.
    """

    id: str
    person_id: str
    since_on: date
    stage_id: str | None = None
    service_id: str | None = None
    localities: str = ""
    features: str = ""
    priority: str = "ordinary"
    priority_reason: str = ""
    needs_home: bool = True
    own_wish: bool | None = None
    funding_agreed: bool | None = None
    note: str = ""
    ended_on: date | None = None
    end_reason: str | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Offer(Record):
    """A place offered to somebody waiting.

    `answer` is "accepted", "refused" (by them), "declined" (by the service), "lapsed", or None while open;
    `reason_code` is of the list "refusal".
    """

    id: str
    person_id: str
    waiting_id: str
    service_id: str
    offered_on: date
    unit_id: str | None = None
    answer: str | None = None
    answered_on: date | None = None
    reason_code: str | None = None
    reason: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Contract(Record):
    """An agreement with a provider. Without `service_ids` (parted by spaces) it covers all the provider's services.

    `ends_on` is the last day as things stand; `extendable_to` the last day if every option were taken, None for no
    option. `value_pence` is for `value_frequency`. `ended_on` closes it early. `warn_months` is how long before the end
    it counts as due.
    """

    id: str
    provider_id: str
    name: str
    service_ids: str = ""
    reference: str = ""
    lot: str = ""
    started_on: date | None = None
    ends_on: date | None = None
    extendable_to: date | None = None
    value_pence: int | None = None
    value_frequency: str = "annually"
    warn_months: int = 6
    ended_on: date | None = None
    note: str = ""
    version: int = 0
