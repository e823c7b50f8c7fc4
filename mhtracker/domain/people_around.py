"""Carers, family and professionals around a person: who holds on a day, and how a carer's assessment stands.

Source: Care Act 2014 s10: a carer who may need support is offered an assessment, whatever they give and earn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from mhtracker.domain.dates import write_date
from mhtracker.domain.findings import Caution, Findings
from mhtracker.domain.names import fold
from mhtracker.domain.records import Contact, DueState, Person
from mhtracker.domain.reviewing.due import due_state

CARER, GP, COORDINATOR = "carer", "gp", "care_coordinator"
PRIVATE = frozenset({"family", "friend", "nearest_relative", "attorney"})
"""People of the person's own life, carers apart; everyone else comes with a job."""

OFFER_DAYS = 28
"""An offer to which no day was set is looked at again after so many days: a carer has answered by then."""

ASSESSMENT = ("assessment_offered_on", "assessment_declined_on", "assessment_due_on", "assessment_done_on")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def contact_holds(contact: Contact, as_at: date) -> bool:
    """Whether somebody plays their part on a day. No start means since always."""
    begun = contact.started_on is None or contact.started_on <= as_at
    return begun and (contact.ended_on is None or contact.ended_on > as_at)


def coordinator_on(contacts: Iterable[Contact], as_at: date) -> Contact | None:
    """The care coordinator on a day; the latest begun when several are."""
    here = [each for each in contacts if each.kind == COORDINATOR and contact_holds(each, as_at)]
    return max(here, key=lambda each: (each.started_on or date.min, each.id), default=None)


def assessment_due(contact: Contact, as_at: date, soon_days: int = 14) -> tuple[date | None, DueState]:
    """When a carer's assessment is due and how it stands; (None, NONE) where none is asked for any more.

    One done on or after its due date's making, or declined, asks for no other until a new date is written. An offer
    that nobody has answered and to which no day was set is due after `OFFER_DAYS`.
    """
    due_on, offered = contact.assessment_due_on, contact.assessment_offered_on
    if due_on is None and offered is not None and offered <= as_at:
        due_on = offered + timedelta(days=OFFER_DAYS)
    if contact.kind != CARER or not contact_holds(contact, as_at) or due_on is None:
        return None, DueState.NONE
    for answered in (contact.assessment_done_on, contact.assessment_declined_on):
        if answered is not None and answered <= as_at and answered >= (contact.assessment_offered_on or answered):
            return None, DueState.NONE
    return due_on, due_state(due_on, as_at, soon_days)


def carer_state(contact: Contact, as_at: date) -> tuple[str, str]:
    """How a carer's assessment stands, as (shape's name, words)."""
    due_on, state = assessment_due(contact, as_at)
    if due_on is not None and contact.assessment_due_on is None:
        offered = f"Assessment offered {write_date(due_on - timedelta(days=OFFER_DAYS))}"
        return ("overdue", f"{offered}, not answered") if state == DueState.OVERDUE else ("booked", offered)
    if due_on is not None:
        shape = {DueState.OVERDUE: "overdue", DueState.DUE_TODAY: "today", DueState.DUE_SOON: "soon"}.get(
            state, "booked"
        )
        was = "was due" if state == DueState.OVERDUE else "due"
        return shape, f"Assessment {was} {write_date(due_on)}"
    done, declined = contact.assessment_done_on, contact.assessment_declined_on
    if done is not None and done <= as_at:
        return "in_date", f"Assessed {write_date(done)}"
    if declined is not None and declined <= as_at:
        return "none", f"Declined an assessment {write_date(declined)}"
    return "none", "No assessment offered"


def at_risk(contact: Contact, as_at: date) -> bool:
    """Whether the care somebody gives was said to be in danger of breaking down."""
    return contact.at_risk_on is not None and contact.at_risk_on <= as_at and contact_holds(contact, as_at)


def check_contact(contact: Contact, others: Iterable[Contact], *, person: Person, today: date) -> tuple[Caution, ...]:
    """Check somebody around a person, against the others there are."""
    findings = Findings()
    if not contact.kind:
        findings.refuse("kind", "Part they play is empty. Choose what they are to the person.")
    if not contact.name.strip():
        findings.refuse("name", "Name is empty. Write who it is; “not known” will do for a GP.")
    _check_days(contact, today, findings)
    if contact.email and not _EMAIL.fullmatch(contact.email):
        findings.refuse("email", f"“{contact.email}” is no email address. Write it like name@example.org.")
    if contact.phone and sum(letter.isdigit() for letter in contact.phone) < 3:
        findings.refuse("phone", f"“{contact.phone}” holds no number. Write digits, or leave it empty.")
    if contact.kind != CARER and any(getattr(contact, name) is not None for name in (*ASSESSMENT, "at_risk_on")):
        findings.refuse("kind", "Only a carer has a carer’s assessment. Choose Carer, or take its dates out.")
    for other in others:
        same = fold(other.name) == fold(contact.name) and other.kind == contact.kind
        if same and other.id != contact.id and contact_holds(other, today) and contact.ended_on is None:
            findings.caution("name", f"{other.name} is here already in the same part.")
    if person.died_on is None and contact.kind == GP and contact.ended_on is None:
        others_now = [o for o in others if o.kind == GP and o.id != contact.id and contact_holds(o, today)]
        if others_now:
            findings.caution("kind", f"{others_now[0].name} is recorded as the GP. End that one if this one follows.")
    return findings.settle()


def _check_days(contact: Contact, today: date, findings: Findings) -> None:
    happened = (
        ("started_on", "Since"),
        ("ended_on", "Until"),
        ("assessment_offered_on", "Offered"),
        ("assessment_declined_on", "Declined"),
        ("assessment_done_on", "Done"),
        ("at_risk_on", "Said on"),
    )
    for field, what in happened:
        day = getattr(contact, field)
        if day is not None and day > today:
            findings.refuse(field, f"{what} {write_date(day)} lies ahead. Record it once it has happened.", (today,))
    started, ended = contact.started_on, contact.ended_on
    if started is not None and ended is not None and ended < started:
        words = f"Until {write_date(ended)} is before since {write_date(started)}. The end comes on or after the start."
        findings.refuse("ended_on", words, (started,))
    offered, done = contact.assessment_offered_on, contact.assessment_done_on
    if offered is not None and done is not None and done < offered:
        words = f"Done on {write_date(done)} is before it was offered on {write_date(offered)}. Check both dates."
        findings.refuse("assessment_done_on", words)
