"""Warnings about a person: which hold on a day, and when each is to be looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mhtracker.domain.dates import add_months, write_date
from mhtracker.domain.findings import Caution, Findings
from mhtracker.domain.records import CareWarning

USUAL_MONTHS = 6
LONGEST_MONTHS = 12
"""A warning not looked at for longer than this may say of somebody what is no longer true."""


def warning_holds(warning: CareWarning, as_at: date) -> bool:
    """Whether a warning holds on a day: it no longer does from the day it was ended, nor after its own last day."""
    if warning.raised_on > as_at or (warning.ended_on is not None and warning.ended_on <= as_at):
        return False
    return warning.expires_on is None or as_at <= warning.expires_on


def warnings_held(warnings: Iterable[CareWarning], as_at: date) -> list[CareWarning]:
    """The warnings that hold on a day, the soonest to be looked at first."""
    held = [warning for warning in warnings if warning_holds(warning, as_at)]
    return sorted(held, key=lambda warning: (warning.review_on or date.max, warning.raised_on, warning.id))


def check_warning(warning: CareWarning, *, today: date) -> tuple[Caution, ...]:
    """Check a warning: it says what and why, and when somebody looks again."""
    findings = Findings()
    if not warning.kind:
        findings.refuse("kind", "Kind is empty. Choose what the warning is about.")
    if not warning.words.strip():
        findings.refuse("words", "Warning is empty. Write what anybody must know before they meet.")
    if not warning.why.strip():
        findings.refuse("why", "The reason is empty. Write what it rests on, and since when.")
    for field, what in (("raised_on", "Raised"), ("checked_on", "Looked at"), ("ended_on", "Ended")):
        day = getattr(warning, field)
        if day is not None and day > today:
            findings.refuse(field, f"{what} on {write_date(day)} lies ahead. Write today or earlier.", (today,))
        if day is not None and day < warning.raised_on:
            words = f"{what} on {write_date(day)} is before it was raised on {write_date(warning.raised_on)}."
            findings.refuse(field, words, (warning.raised_on,))
    _check_ahead(warning, findings)
    if warning.ended_on is not None and not warning.end_reason.strip():
        findings.refuse("end_reason", "The reason why it ended is empty. Say why nobody needs warning any more.")
    return findings.settle()


def _check_ahead(warning: CareWarning, findings: Findings) -> None:
    since = warning.checked_on or warning.raised_on
    review_on, expires_on = warning.review_on, warning.expires_on
    if review_on is None and expires_on is None:
        findings.refuse("review_on", "Look at it again by is empty. A warning is looked at again, or ends by itself.")
    if review_on is not None and review_on <= since:
        words = f"{write_date(review_on)} is not after {write_date(since)}. Choose a later day to look at it again."
        findings.refuse("review_on", words, (add_months(since, USUAL_MONTHS),))
    elif review_on is not None and review_on > add_months(since, LONGEST_MONTHS):
        findings.caution("review_on", "That is more than a year ahead. A warning should not stand so long unread.")
    if expires_on is not None and expires_on < warning.raised_on:
        words = f"Ends on {write_date(expires_on)} is before it was raised on {write_date(warning.raised_on)}."
        findings.refuse("expires_on", words)
    if expires_on is not None and review_on is not None and review_on > expires_on:
        findings.caution("review_on", "It will have ended by itself before then.")
