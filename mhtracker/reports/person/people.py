"""Warnings, and the people around somebody, on paper."""

from __future__ import annotations

from mhtracker import text
from mhtracker.domain.care_warnings import warnings_held
from mhtracker.domain.people_around import (
    CARER,
    COORDINATOR,
    GP,
    PRIVATE,
    assessment_due,
    at_risk,
    carer_state,
    contact_holds,
)
from mhtracker.domain.records import CareWarning, Contact, DueState
from mhtracker.domain.reviewing.due import due_state
from mhtracker.domain.summary import CaseSummary
from mhtracker.figures.palette import PAPER
from mhtracker.reports.paper import signs
from mhtracker.reports.paper.layout import ROOM, Cell, Column, Flow
from mhtracker.reports.paper.page_frame import label
from mhtracker.reports.person.words import said


def draw_warnings(flow: Flow, summary: CaseSummary) -> None:
    """The warnings that hold, before anything else; nothing at all where none does."""
    held = warnings_held(summary.around.warnings, summary.as_at)
    if not held:
        return
    flow.heading("Warnings", keep=40)
    columns = (Column("Warning", 150), Column("Why, and who raised it", ROOM - 262), Column("Look again by", 112))
    flow.table(columns, [_warning_row(summary, warning) for warning in held])


def _warning_row(summary: CaseSummary, warning: CareWarning) -> tuple[Cell, ...]:
    by = f" by {warning.raised_by}" if warning.raised_by else ""
    why = f"{warning.why.rstrip('.')}. Raised {text.format_date(warning.raised_on)}{by}."
    if warning.review_on is None:
        return Cell(lead=warning.words), Cell(why), Cell(f"Ends {text.format_date(warning.expires_on)}")
    state = due_state(warning.review_on, summary.as_at)
    sign, fill = signs.sign_of(state) if state is not DueState.IN_DATE else ("", PAPER.text)
    return Cell(lead=warning.words), Cell(why), Cell(text.format_date(warning.review_on), fill=fill, sign=sign)


def draw_people(flow: Flow, summary: CaseSummary) -> None:
    """Carers, family, those who come with a job; who coordinated before follows. Nothing without anybody."""
    here = [each for each in summary.around.contacts if contact_holds(each, summary.as_at)]
    here.sort(key=lambda each: (_order(each), each.name))
    before = [e for e in summary.around.contacts if e.kind == COORDINATOR and not contact_holds(e, summary.as_at)]
    if not here and not before:
        return
    flow.heading("People around", keep=50)
    columns = (
        Column("Name", 118),
        Column("Part", 104),
        Column("How to reach", 146),
        Column("How it stands", ROOM - 368),
    )
    flow.table(columns, [_row(summary, each) for each in [*here, *before]])


def _order(contact: Contact) -> int:
    if contact.kind in PRIVATE:
        return 1
    return {CARER: 0, GP: 2, COORDINATOR: 3}.get(contact.kind, 4)


def _row(summary: CaseSummary, contact: Contact) -> tuple[Cell, ...]:
    kind = label(summary, "contact_kind", contact.kind)
    part = ", ".join(filter(None, (kind, contact.relation)))
    reach = ", ".join(filter(None, (contact.phone, contact.email, contact.organisation, contact.address)))
    return Cell(lead=contact.name), said(part), said(reach), _state(summary, contact)


def _state(summary: CaseSummary, contact: Contact) -> Cell:
    period = ""
    if contact.started_on or contact.ended_on:
        begun = text.format_date(contact.started_on)
        ended = text.format_date(contact.ended_on) if not contact_holds(contact, summary.as_at) else ""
        period = f"{begun or 'Start not recorded'} to {ended}" if ended else f"Since {begun}" if begun else ""
    told = {True: "May be told", False: "Not to be told", None: ""}[contact.may_be_told]
    if contact.kind != CARER:
        return said(". ".join(part for part in (period, told, contact.note) if part))
    _, words = carer_state(contact, summary.as_at)
    _, state = assessment_due(contact, summary.as_at)
    sign, fill = signs.sign_of(state) if state not in (DueState.NONE, DueState.IN_DATE) else ("", PAPER.text)
    risk = (
        f"Care may break down, said {text.format_date(contact.at_risk_on)}" if at_risk(contact, summary.as_at) else ""
    )
    further = ". ".join(part for part in (risk, period, told, contact.note) if part)
    return Cell(f". {further}" if further else "", lead=words, fill=fill, sign=sign)
