"""Dated statuses: after-care under section 117, accommodation, employment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mhtracker.domain import rules
from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution
from mhtracker.domain.records import LegalAndStatus, Person, StatusKind, new_id
from mhtracker.operations.drafting import Preview, drafted, previewed
from mhtracker.store import Store

_NAMES = {
    StatusKind.S117: "s117 after-care",
    StatusKind.ACCOMMODATION: "accommodation",
    StatusKind.EMPLOYMENT: "employment",
}


def set_status(
    store: Store,
    person_id: str,
    *,
    kind: StatusKind,
    code: str,
    started_on: date | None = None,
    ended_on: date | None = None,
    note: str = "",
) -> LegalAndStatus:
    """Say what holds from a day on (None: since always). The one that held before ends that day.

    A status begun before one that is there already fills in the time until it. Raises Invalid.
    """
    kind = StatusKind(kind)
    with store.operation(f"Set {_NAMES[kind]}", person_id=person_id) as work:
        status, before, _ = _fitted(store, LegalAndStatus(new_id(), person_id, kind, code, started_on, ended_on, note))
        for earlier in before:
            work.save(earlier)
        return work.save(status)


def preview_status(
    store: Store,
    person_id: str,
    *,
    kind: StatusKind,
    code: str,
    started_on: date | None = None,
    ended_on: date | None = None,
    note: str = "",
) -> Preview:
    """What setting a status would say."""
    status = LegalAndStatus(new_id(), person_id, StatusKind(kind), code, started_on, ended_on, note)
    return previewed(lambda: _fitted(store, status)[2])


def end_status(store: Store, status_id: str, *, ended_on: date, note: str = "") -> LegalAndStatus:
    """Say that a status holds no longer. `note` is added to the status's own."""
    found = store.get(LegalAndStatus, status_id)
    with store.operation(f"End {_NAMES[found.kind]}", person_id=found.person_id) as work:
        status = work.get(LegalAndStatus, status_id)
        if status.ended_on is not None:
            raise Invalid({"ended_on": f"This ended on {write_date(status.ended_on)} already."})
        words = "\n".join(filter(None, (status.note, note)))
        ended = drafted(store, replace(status, ended_on=ended_on, note=words))
        rules.check_status(ended, [], person=work.get(Person, status.person_id), today=work.today)
        return work.save(ended)


def _fitted(store: Store, status: LegalAndStatus) -> tuple[LegalAndStatus, list[LegalAndStatus], tuple[Caution, ...]]:
    """The status as it fits among the others of its kind, and those that end where it begins."""
    others = store.find(LegalAndStatus, person_id=status.person_id, kind=status.kind)
    start = status.started_on or date.min
    later = [other.started_on for other in others if other.started_on is not None and other.started_on > start]
    if status.ended_on is None and later:
        status = replace(status, ended_on=min(later))
    status = drafted(store, status)
    before = []
    for other in others:
        running = other.ended_on is None and (other.started_on or date.min) <= start
        if running and other.code == status.code and status.ended_on is None:
            since = write_date(other.started_on) if other.started_on else "before"
            raise Invalid({"code": f"This holds already, since {since}. Choose another value."})
        if running:
            if status.started_on is None:
                raise Invalid({"started_on": "Since is empty, yet something else held before. Write the first day."})
            before.append(replace(other, ended_on=status.started_on))
    rest = [other for other in others if other.id not in {earlier.id for earlier in before}]
    person = store.get(Person, status.person_id)
    return status, before, rules.check_status(status, rest, person=person, today=store.today)
