"""Dated statuses: after-care under s117 and other orders, capacity, advocacy, safeguarding, home and work."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from mhtracker.domain import rules
from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution
from mhtracker.domain.legal import orders as legal
from mhtracker.domain.legal.after_care import check_cto_fits, check_s117_correction, check_s117_ending
from mhtracker.domain.money.costs import split_on
from mhtracker.domain.records import FundingSplit, LegalAndStatus, Person, Placement, StatusKind, new_id
from mhtracker.operations.drafting import Preview, changed, drafted, previewed, reason_of
from mhtracker.store import Store

STATUS_NAMES = {
    StatusKind.S117: "s117 after-care",
    StatusKind.CTO: "community treatment order",
    StatusKind.DOLS: "deprivation of liberty safeguards",
    StatusKind.COURT: "court order",
    StatusKind.CAPACITY: "capacity decision",
    StatusKind.ADVOCACY: "advocacy",
    StatusKind.SAFEGUARDING: "safeguarding",
    StatusKind.ACCOMMODATION: "accommodation",
    StatusKind.EMPLOYMENT: "employment",
}
"""What each kind is called within a sentence."""


def set_status(
    store: Store,
    person_id: str,
    *,
    kind: StatusKind,
    code: str,
    started_on: date | None = None,
    ended_on: date | None = None,
    note: str = "",
    **facts: Any,
) -> LegalAndStatus:
    """Say what holds from a day on (None: since always); `facts` are further fields, such as `expires_on`.

    What it takes the place of (`legal.takes_the_place_of`) ends that day. A status begun before one that is there
    already fills in the time until it. Raises Invalid.
    """
    kind = StatusKind(kind)
    with store.operation(f"Set {STATUS_NAMES[kind]}", person_id=person_id) as work:
        new = LegalAndStatus(new_id(), person_id, kind, code, started_on, ended_on, note, **facts)
        status, before, _ = _fitted(store, new)
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
    **facts: Any,
) -> Preview:
    """What setting a status would say."""
    status = LegalAndStatus(new_id(), person_id, StatusKind(kind), code, started_on, ended_on, note, **facts)
    return previewed(lambda: _fitted(store, status)[2])


def end_status(
    store: Store,
    status_id: str,
    *,
    ended_on: date,
    note: str = "",
    end_reason: str = "",
    ended_by_health: str = "",
    ended_by_council: str = "",
) -> LegalAndStatus:
    """Say that a status holds no longer. `note` is added to the status's own.

    After-care ends with both bodies' names and the reason, and never during a community treatment order.
    """
    found = store.get(LegalAndStatus, status_id)
    with store.operation(f"End {STATUS_NAMES[found.kind]}", person_id=found.person_id) as work:
        ended, _ = _ended(store, status_id, ended_on, note, end_reason, ended_by_health, ended_by_council)
        return work.save(ended)


def preview_end(store: Store, status_id: str, *, ended_on: date, **facts: Any) -> Preview:
    """What ending a status would say."""
    given = {"note": "", "end_reason": "", "ended_by_health": "", "ended_by_council": ""} | facts
    return previewed(lambda: _ended(store, status_id, ended_on, **given)[1])


def edit_status(store: Store, status_id: str, *, base: LegalAndStatus | None = None, **changes: Any) -> LegalAndStatus:
    """Put a status right: what was typed wrongly, not what has changed since. Raises Invalid, Conflict.

    How after-care ended is checked as when ending it: a correction is no way round the two bodies' agreement.
    """
    found = store.get(LegalAndStatus, status_id)
    with store.operation(f"Correct {STATUS_NAMES[found.kind]}", person_id=found.person_id) as work:
        status = drafted(store, changed(store, work.get(LegalAndStatus, status_id), changes, base))
        others = [other for other in _alike(store, status) if legal.takes_the_place_of(status, other)]
        if status.kind == StatusKind.S117:
            check_s117_correction(found, status, store.find(LegalAndStatus, person_id=status.person_id))
        _check(store, status, others)
        return work.save(status)


def remove_status(store: Store, status_id: str, *, reason: str) -> None:
    """Take away a status that never held. What it said stays in the history. Raises Invalid without a reason."""
    reason = reason_of(reason)
    if not reason:
        raise Invalid({"reason": "Reason is empty. Say why this never held."})
    found = store.get(LegalAndStatus, status_id)
    label = f"Take away {STATUS_NAMES[found.kind]}"
    with store.operation(label, person_id=found.person_id, reason=reason) as work:
        work.delete(work.get(LegalAndStatus, status_id))


def _alike(store: Store, status: LegalAndStatus) -> list[LegalAndStatus]:
    return store.find(LegalAndStatus, person_id=status.person_id, kind=status.kind)


def _ended(
    store: Store,
    status_id: str,
    ended_on: date,
    note: str,
    end_reason: str,
    ended_by_health: str,
    ended_by_council: str,
) -> tuple[LegalAndStatus, tuple[Caution, ...]]:
    status = store.get(LegalAndStatus, status_id)
    if status.ended_on is not None:
        raise Invalid({"ended_on": f"This ended on {write_date(status.ended_on)} already."})
    ended = replace(
        status,
        ended_on=ended_on,
        note="\n".join(filter(None, (status.note, note))),
        end_reason=end_reason,
        ended_by_health=ended_by_health,
        ended_by_council=ended_by_council,
    )
    ended = drafted(store, ended)
    if status.kind == StatusKind.S117:
        check_s117_ending(ended, store.find(LegalAndStatus, person_id=status.person_id))
    person = store.get(Person, status.person_id)
    return ended, rules.check_status(ended, [], person=person, today=store.today)


def _fitted(store: Store, status: LegalAndStatus) -> tuple[LegalAndStatus, list[LegalAndStatus], tuple[Caution, ...]]:
    """The status as it fits among the others of its kind, and those that end where it begins."""
    others = [other for other in _alike(store, status) if legal.takes_the_place_of(status, other)]
    start = status.started_on or date.min
    later = [other.started_on for other in others if other.started_on is not None and other.started_on > start]
    if status.ended_on is None and later:
        status = replace(status, ended_on=min(later), end_reason=_followed(status))
    elif status.ended_on is not None and status.kind == StatusKind.S117:
        check_s117_ending(status, store.find(LegalAndStatus, person_id=status.person_id))
    status = drafted(store, status)
    kind, before = status.kind, []
    if kind == StatusKind.SAFEGUARDING and not status.reference:
        _check_follows_one(status, others, start)
    for other in others:
        running = other.ended_on is None and legal.holds(other, start)
        if running and legal.says_the_same(status, other):
            since = write_date(other.started_on) if other.started_on else "before"
            apart = " A separate concern has its own day or reference." if kind == StatusKind.SAFEGUARDING else ""
            raise Invalid({"code": f"This holds already, since {since}. Choose another value.{apart}"})
        if running:
            if status.started_on is None:
                raise Invalid(
                    {"started_on": "The start is empty, yet something else held before. Write the first day."}
                )
            before.append(replace(other, ended_on=status.started_on, end_reason=_followed(status)))
    rest = [other for other in others if other.id not in {earlier.id for earlier in before}]
    return status, before, _check(store, status, rest)


def _check_follows_one(status: LegalAndStatus, others: list[LegalAndStatus], start: date) -> None:
    """Of several concerns without a reference none is ended by guessing."""
    if sum(other.ended_on is None and legal.holds(other, start) for other in others) > 1:
        words = "Reference is empty, and several concerns without one are open. Write which one this follows in both."
        raise Invalid({"reference": words})


def _followed(status: LegalAndStatus) -> str:
    """Why the one before ended: nobody decided that after-care was over, a new detention began."""
    return legal.NEW_DETENTION if status.kind == StatusKind.S117 else ""


def _check(store: Store, status: LegalAndStatus, others: list[LegalAndStatus]) -> tuple[Caution, ...]:
    person = store.get(Person, status.person_id)
    found = rules.check_status(status, others, person=person, today=store.today)
    placements = store.find(Placement, person_id=status.person_id)
    found += legal.check_order(status, placements, store.stages())
    if status.kind == StatusKind.CTO:
        of_after_care = store.find(LegalAndStatus, person_id=status.person_id, kind=StatusKind.S117)
        check_cto_fits(status, [*others, *of_after_care])
    if status.kind == StatusKind.S117:
        split = split_on(store.find(FundingSplit, person_id=status.person_id), store.today)
        charges = [each.weekly_charge_pence for each in placements if each.ended_on is None]
        charges = [split.person_pence] if split is not None else charges
        if any(legal.is_charged_after_care(charge, [status], store.today) for charge in charges):
            found += (Caution("code", legal.CHARGED),)
    return found
