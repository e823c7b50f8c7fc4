"""What the law says of somebody, on paper: what holds now and until when, a charge that should not be, and the past."""

from __future__ import annotations

from mhtracker import text
from mhtracker.domain.legal.orders import CHARGED, is_charged_after_care
from mhtracker.domain.legal.words import KIND_TITLES, expiry, further_words, legal_now, period_words
from mhtracker.domain.records import DueState, LegalAndStatus
from mhtracker.domain.summary import CaseSummary
from mhtracker.figures.palette import PAPER
from mhtracker.reports.paper import signs
from mhtracker.reports.paper.layout import ROOM, Cell, Column, Flow
from mhtracker.reports.person.words import said, status_words


def draw_legal(flow: Flow, summary: CaseSummary) -> None:
    """After-care, orders, capacity, advocacy and safeguarding as they stand; nothing where none is recorded."""
    now = legal_now(summary.statuses, summary.as_at)
    if not now:
        return
    flow.heading("Legal status, capacity and safeguarding", keep=50)
    charge = summary.charge_pence
    if is_charged_after_care(charge, summary.statuses, summary.as_at):
        flow.y -= 3
        flow.words(f" {CHARGED}", fill=PAPER.warn_text, lead=f"Charged {text.format_pence(charge)} a week.")
    columns = (Column("Status", 112), Column("What holds", ROOM - 222), Column("Runs out", 110))
    flow.table(columns, [_now_row(summary, status) for status in now])


def _now_row(summary: CaseSummary, status: LegalAndStatus) -> tuple[Cell, ...]:
    state, words = expiry(status, summary.as_at)
    what = f"{status_words(summary, status)}, {period_words(status, summary.as_at)}"
    further = further_words(status)
    cell = Cell("–")
    if words:
        sign, fill = signs.sign_of(state) if state is not DueState.IN_DATE else ("", PAPER.text)
        cell = Cell(lead=words, fill=fill, sign=sign)
    return Cell(KIND_TITLES[status.kind]), Cell(f"{what}. {further}" if further else what), cell


def draw_statuses(flow: Flow, summary: CaseSummary) -> None:
    """Every status over time, newest first; nothing at all where none was ever recorded."""
    if not summary.statuses:
        return
    flow.heading("Statuses over time", keep=50)
    rows = [
        (
            Cell(KIND_TITLES[status.kind]),
            said(_over_time(summary, status)),
            said(text.format_date(status.started_on)),
            Cell(_until(summary, status)),
        )
        for status in reversed(summary.statuses)
    ]
    flow.table((Column("Status", 112), Column("What it was", ROOM - 248), Column("From", 68), Column("To", 68)), rows)


def _over_time(summary: CaseSummary, status: LegalAndStatus) -> str:
    further = further_words(status)
    words = status_words(summary, status)
    return f"{words}. {further}" if further else words


def _until(summary: CaseSummary, status: LegalAndStatus) -> str:
    if status.ended_on is not None and status.ended_on <= summary.as_at:
        return text.format_date(status.ended_on)
    if status.expires_on is not None and status.expires_on < summary.as_at:
        return text.format_date(status.expires_on)
    return "now"
