"""When the joint duty of s117 after-care may end, and what then has to be said.

Source: Mental Health Act 1983 s117(2): it lasts until the integrated care board and the council are both satisfied
that the person no longer needs it, and they may not be while the person is a community patient.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mhtracker.domain.dates import write_date
from mhtracker.domain.findings import Caution, Findings
from mhtracker.domain.legal import all_held, is_community_treatment_order
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
