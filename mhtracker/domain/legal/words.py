"""Legal orders and other statuses in words that screen, paper and terminal share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mhtracker.domain.dates import write_date
from mhtracker.domain.legal.orders import LEGAL_ORDER, SOON_DAYS, all_held, holds, out_of_force_on, ran_out
from mhtracker.domain.records import DueState, LegalAndStatus, StatusKind
from mhtracker.domain.reviewing.due import due_state

KIND_TITLES = {
    StatusKind.S117: "s117 after-care",
    StatusKind.CTO: "Community treatment order",
    StatusKind.DOLS: "Deprivation of liberty",
    StatusKind.COURT: "Court of Protection",
    StatusKind.CAPACITY: "Capacity",
    StatusKind.ADVOCACY: "Advocacy",
    StatusKind.SAFEGUARDING: "Safeguarding",
    StatusKind.ACCOMMODATION: "Accommodation",
    StatusKind.EMPLOYMENT: "Employment",
}
"""What each kind is called as a heading or in a column."""


def expiry(status: LegalAndStatus, as_at: date) -> tuple[DueState, str]:
    """How an order stands against its last day, with words; (NONE, "") where none is written or it was ended."""
    if status.expires_on is None or (status.ended_on is not None and status.ended_on <= as_at):
        return DueState.NONE, ""
    state = due_state(status.expires_on, as_at, SOON_DAYS)
    day = write_date(status.expires_on)
    if state == DueState.OVERDUE:
        return state, f"Ran out {day}"
    return state, f"Runs out today, {day}" if state == DueState.DUE_TODAY else f"Runs out {day}"


def period_words(status: LegalAndStatus, as_at: date) -> str:
    """`since 12 Feb 2018`, or `12 Feb 2018 to 19 Mar 2024` once it is over."""
    begun = write_date(status.started_on) if status.started_on else ""
    if holds(status, as_at):
        return f"since {begun}" if begun else "since before records began"
    if ran_out(status, as_at) and status.expires_on is not None:
        return f"{begun or 'start not recorded'} to {write_date(status.expires_on)}, ran out"
    over = out_of_force_on(status)
    return f"{begun or 'start not recorded'} to {write_date(over)}" if over else begun


def further_words(status: LegalAndStatus) -> str:
    """Who decided, its reference, its note; and who ended it and why."""
    bodies = ((status.ended_by_health, "the NHS"), (status.ended_by_council, "the council"))
    ended_by = ", ".join(f"{name} for {body}" for name, body in bodies if name)
    parts = (
        f"Decided by {status.decided_by}" if status.decided_by else "",
        f"Reference {status.reference}" if status.reference else "",
        status.note.strip().rstrip("."),
        f"Ended: {status.end_reason.rstrip('.')}" if status.end_reason else "",
        f"Agreed by {ended_by}" if ended_by else "",
    )
    return ". ".join(part for part in parts if part)


def legal_now(statuses: Iterable[LegalAndStatus], as_at: date) -> list[LegalAndStatus]:
    """What holds of the law on a day, in the order meetings read it; orders that ran out unnoticed follow theirs."""
    found = list(statuses)
    now: list[LegalAndStatus] = []
    for kind in LEGAL_ORDER:
        held = all_held(found, kind, as_at)
        lapsed = [each for each in found if each.kind == kind and ran_out(each, as_at)]
        latest = max(lapsed, key=lambda each: (each.expires_on or date.min, each.id), default=None)
        now += held or ([latest] if latest is not None else [])
    return now
