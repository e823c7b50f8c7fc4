"""When the joint duty of s117 after-care may end, and what then has to be said.

Source: Mental Health Act 1983 s117(2): it lasts until the integrated care board and the council are both satisfied
that the person no longer needs it, and they may not be while the person is a community patient.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from mhtracker.domain.dates import write_date
from mhtracker.domain.findings import Caution, Findings
from mhtracker.domain.legal.orders import all_held, hold_together, holds, is_community_treatment_order, out_of_force_on
from mhtracker.domain.records import LegalAndStatus, StatusKind

BOTH_BODIES = (("ended_by_health", "the NHS"), ("ended_by_council", "the council"))


def may_end_s117(statuses: Iterable[LegalAndStatus], as_at: date) -> str:
    """Why s117 after-care may not end on a day, in words; "" when it may, once both bodies have agreed."""
    for order in all_held(statuses, StatusKind.CTO, as_at):
        if is_community_treatment_order(order):
            since = f" since {write_date(order.started_on)}" if order.started_on else ""
            return f"A community treatment order holds{since}. After-care cannot end while it does."
    return ""


def check_s117_ending(status: LegalAndStatus, statuses: Iterable[LegalAndStatus]) -> tuple[Caution, ...]:
    """Check after-care that ends as `status` says: both bodies by name, a reason, and no community treatment order."""
    findings = Findings()
    if status.ended_on is not None and (why_not := may_end_s117(statuses, status.ended_on)):
        findings.refuse("ended_on", why_not)
    for field, body in BOTH_BODIES:
        if not getattr(status, field).strip():
            words = f"Name is empty. After-care ends once both bodies agree: write who decided for {body}."
            findings.refuse(field, words)
    if not status.end_reason.strip():
        findings.refuse("end_reason", "Reason is empty. Say why after-care is no longer needed.")
    return findings.settle()


def ended_by_detention(status: LegalAndStatus, statuses: Iterable[LegalAndStatus]) -> bool:
    """Whether after-care ended because a new qualifying detention began: then nobody has to agree to anything."""
    return status.ended_on is not None and any(
        other.kind == StatusKind.S117 and other.id != status.id and other.started_on == status.ended_on
        for other in statuses
    )


def check_s117_correction(before: LegalAndStatus, after: LegalAndStatus, statuses: Sequence[LegalAndStatus]) -> None:
    """Check a correction that touches how after-care ended, as an ending is checked. Raises Invalid."""
    if after.ended_on is None or _ending(before) == _ending(after) or ended_by_detention(after, statuses):
        return
    check_s117_ending(after, statuses)


def _ending(status: LegalAndStatus) -> tuple[date | None, str, str, str]:
    return status.ended_on, status.ended_by_health, status.ended_by_council, status.end_reason


def check_cto_fits(order: LegalAndStatus, statuses: Sequence[LegalAndStatus]) -> None:
    """Check that a community treatment order holds neither beside another nor when after-care ended. Raises Invalid."""
    if not is_community_treatment_order(order):
        return
    findings = Findings()
    for other in statuses:
        if other.id == order.id:
            continue
        if is_community_treatment_order(other) and hold_together(order, other):
            _refuse_second(order, other, findings)
        if other.kind != StatusKind.S117 or ended_by_detention(other, statuses):
            continue
        if other.ended_on is not None and holds(order, other.ended_on):
            _refuse_during(order, other.ended_on, findings)
    findings.settle()


def _refuse_second(order: LegalAndStatus, other: LegalAndStatus, findings: Findings) -> None:
    since = f" since {write_date(other.started_on)}" if other.started_on else ""
    words = f"Another community treatment order holds{since}, and two cannot hold at once."
    starts, over = other.started_on, out_of_force_on(other)
    if starts is not None and order.started_on is not None and order.started_on < starts:
        findings.refuse(*_ends_by(order, starts, words))
    elif over is not None:
        findings.refuse("started_on", f"{words} Begin this one on {write_date(over)} or later.", (over,))
    else:
        findings.refuse("started_on", f"{words} End that one first.")


def _refuse_during(order: LegalAndStatus, ended_on: date, findings: Findings) -> None:
    words = f"s117 after-care ended on {write_date(ended_on)}, which it cannot while an order holds."
    if order.started_on == ended_on:
        findings.refuse("started_on", f"{words} Begin the order on a later day, or correct the after-care first.")
        return
    field, told = _ends_by(order, ended_on, words)
    findings.refuse(field, f"{told} Or correct the after-care first.")


def _ends_by(order: LegalAndStatus, day: date, words: str) -> tuple[str, str]:
    """The field that ends an order, and in words how it says that the order no longer holds on a day."""
    if order.ended_on is not None:
        return "ended_on", f"{words} End the order on {write_date(day)} or before."
    return "expires_on", f"{words} Let the order run out on {write_date(day - timedelta(days=1))} or before."
