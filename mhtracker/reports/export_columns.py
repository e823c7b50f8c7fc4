"""The columns of an exported caseload, each with what it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from mhtracker import text
from mhtracker.domain.caseload import DIED, LEFT, NOT_YET, ON_PATHWAY, CaseloadLine
from mhtracker.domain.dates import age_on
from mhtracker.domain.records import DatePrecision, DueState
from mhtracker.reports.paper.page_frame import DEMO_WORDS

Value = str | int | float | date | None
Labels = Callable[[str, str | None], str]
_STATUS = {ON_PATHWAY: "On the pathway", LEFT: "Left", DIED: "Died", NOT_YET: "Not yet begun"}
_STATE = {
    DueState.OVERDUE: "Overdue",
    DueState.DUE_TODAY: "Due today",
    DueState.DUE_SOON: "Due soon",
    DueState.IN_DATE: text.NOT_DUE_YET,
    DueState.NONE: "",
}


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column: its heading, its width in letters, its meaning, and how a line gives its value on a day."""

    title: str
    width: int
    meaning: str
    value: Callable[[CaseloadLine, date, Labels], Value]
    kind: str = "text"


def _born(line: CaseloadLine) -> Value:
    if line.born_on is None or line.born_precision is DatePrecision.DAY:
        return line.born_on
    return str(line.born_on.year) if line.born_precision is DatePrecision.YEAR else text.format_month(line.born_on)


def _pounds(pence: int | None) -> Value:
    return None if pence is None else pence / 100


def _review_state(line: CaseloadLine, as_at: date) -> Value:
    return _STATE[line.review_due(as_at).state]


COLUMNS: tuple[ExportColumn, ...] = (
    ExportColumn("Ref", 12, "MHTracker’s own reference.", lambda c, d, w: c.ref),
    ExportColumn("Surname", 20, "As the person writes it. A single name stands here.", lambda c, d, w: c.surname),
    ExportColumn("Given names", 18, "As the person writes them.", lambda c, d, w: c.given_names),
    ExportColumn("Known as", 14, "What the person likes to be called.", lambda c, d, w: c.known_as),
    ExportColumn(
        "Born", 12, "Birth date; a month or a year alone where no more is known.", lambda c, d, w: _born(c), "date"
    ),
    ExportColumn(
        "Age",
        6,
        "In whole years on the day this export speaks of.",
        lambda c, d, w: age_on(c.born_on, d) if c.born_on else None,
        "number",
    ),
    ExportColumn("NHS number", 14, "Text, so that no digit is lost.", lambda c, d, w: text.format_nhs(c.nhs_number)),
    ExportColumn("Local id", 12, "The council’s own number.", lambda c, d, w: c.local_id),
    ExportColumn("Gender", 10, "As recorded.", lambda c, d, w: w("gender", c.gender)),
    ExportColumn("Locality", 14, "As recorded.", lambda c, d, w: c.locality),
    ExportColumn(
        "Status", 14, "On the pathway, left, died, or not yet begun.", lambda c, d, w: _STATUS.get(c.status, c.status)
    ),
    ExportColumn("Stage", 18, "The stage of the present stay.", lambda c, d, w: c.stage),
    ExportColumn("Service", 22, "Where the person lives, or who supports them.", lambda c, d, w: c.service),
    ExportColumn("Provider", 22, "Who runs the service.", lambda c, d, w: c.provider),
    ExportColumn("Room or address", 24, "As recorded for the present stay.", lambda c, d, w: c.address),
    ExportColumn("Since", 12, "When the present run of stays in this stage began.", lambda c, d, w: c.since_on, "date"),
    ExportColumn(
        "Days in stage",
        8,
        "From “Since” to the day this export speaks of.",
        lambda c, d, w: c.days_in_stage(d),
        "number",
    ),
    ExportColumn("Worker", 20, "Who holds the case.", lambda c, d, w: c.worker),
    ExportColumn("Team", 20, "The team that holds the case.", lambda c, d, w: c.team),
    ExportColumn("s117", 6, "Has a right to after-care under section 117.", lambda c, d, w: "Yes" if c.s117 else "No"),
    ExportColumn(
        "Accommodation",
        30,
        "The recorded status, in the words of Client Level Data.",
        lambda c, d, w: w("accommodation", c.accommodation or None),
    ),
    ExportColumn(
        "Employment",
        30,
        "The recorded status, in the words of Client Level Data.",
        lambda c, d, w: w("employment", c.employment or None),
    ),
    ExportColumn(
        "Original target",
        12,
        "The first move-on date of the plan in force.",
        lambda c, d, w: c.target_original_on,
        "date",
    ),
    ExportColumn(
        "Current target", 12, "The latest move-on date of the plan in force.", lambda c, d, w: c.target_on, "date"
    ),
    ExportColumn(
        "Days slipped",
        8,
        "From the original to the current target; below zero when brought forward.",
        lambda c, d, w: c.slip_days if c.target_on else None,
        "number",
    ),
    ExportColumn(
        "Target changes",
        8,
        "How often the target was moved.",
        lambda c, d, w: c.slips if c.target_on else None,
        "number",
    ),
    ExportColumn(
        "Target state", 12, "How the current target stands on the day.", lambda c, d, w: _STATE[c.target_due(d).state]
    ),
    ExportColumn(
        "Review due",
        12,
        "56 days after a move, 12 months after the last completed review, or a worker’s earlier date.",
        lambda c, d, w: c.review_due_on,
        "date",
    ),
    ExportColumn(
        "Review state",
        12,
        "A booking clears nothing: only a completed review does.",
        lambda c, d, w: _review_state(c, d),
    ),
    ExportColumn(
        "Never reviewed", 8, "No review was ever completed.", lambda c, d, w: "Yes" if c.review_never else "No"
    ),
    ExportColumn(
        "Review booked", 12, "The booking that is meant to meet it.", lambda c, d, w: c.review_booked_on, "date"
    ),
    ExportColumn("Last reviewed", 12, "The last completed review.", lambda c, d, w: c.last_reviewed_on, "date"),
    ExportColumn(
        "Weekly cost",
        11,
        "Gross, in pounds, of the present stay.",
        lambda c, d, w: _pounds(c.weekly_cost_pence),
        "money",
    ),
    ExportColumn(
        "Weekly charge",
        11,
        "What is recorded that the person pays, in pounds. It counts as nothing where they are charged on s117.",
        lambda c, d, w: _pounds(c.weekly_charge_pence),
        "money",
    ),
    ExportColumn(
        "Charged on s117",
        8,
        "Is charged although s117 after-care is free to the person: the charge counts as nothing.",
        lambda c, d, w: "Yes" if c.charge else "No",
    ),
    ExportColumn(
        "Held up by",
        30,
        "What has held the move up longest and still does.",
        lambda c, d, w: w("delay_reason", c.barrier or None),
    ),
    ExportColumn("Barriers", 8, "How many barriers hold the move up.", lambda c, d, w: c.barriers, "number"),
    ExportColumn("Left on", 12, "The day the person left the pathway or died.", lambda c, d, w: c.left_on, "date"),
)


def known_column(as_known: date) -> ExportColumn:
    """The column that says by which day it was known, on every line: sheets are cut up and passed on."""
    meaning = "What was recorded after this day is left out."
    return ExportColumn("As known on", 12, meaning, lambda c, d, w: as_known, "date")


DEMO_COLUMN = ExportColumn("Register", 30, "Nobody in this register exists.", lambda c, d, w: DEMO_WORDS)
