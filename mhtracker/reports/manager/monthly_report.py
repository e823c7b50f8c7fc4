"""The manager's monthly report on paper: the programme, then every table, the small ones side by side never cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import BinaryIO

from mhtracker import text
from mhtracker.analysis.in_words import head_figures, told
from mhtracker.analysis.month import Month
from mhtracker.analysis.month_tables import month_tables
from mhtracker.analysis.programme import ProgrammeProgress
from mhtracker.analysis.publishing import HIDDEN_WORDS, published
from mhtracker.analysis.tables import FigureTable
from mhtracker.figures.palette import PAPER
from mhtracker.figures.trajectory import draw_trajectory
from mhtracker.reports.manager.figure_tables import MOST_OF_EACH, draw_figure_table
from mhtracker.reports.manager.programme_picture import trajectory_of
from mhtracker.reports.manager.provider_use import draw_figures
from mhtracker.reports.paper.layout import BODY, LEFT, ROOM, Flow
from mhtracker.reports.paper.list_paper import Banner, write_list
from mhtracker.reports.paper.page_frame import MARKING, PUBLISHED, Printing

TITLE = "Monthly report"
PERIOD_TITLE = "Progress report"
PUBLISHED_SENTENCE = "People on the recovery pathway, for publication."
_PICTURE_HIGH, _LEAST_OF_EACH = 190.0, 4

Figure = tuple[str, str, str]
"""A figure, what it is, and what lies behind it."""


@dataclass(frozen=True, slots=True)
class MonthlyReport:
    """What is printed. `sentence` says how things stand in one; `figures` stand large at the head.

    `publish`: small numbers are hidden already and nobody is named; the report says so on its first page. `team` is the
    one whose people alone it is of, "" for everybody.
    """

    from_on: date
    to_on: date
    council: str
    demo: bool
    sentence: str
    figures: Sequence[Figure]
    tables: Sequence[FigureTable]
    programme: ProgrammeProgress | None = None
    publish: bool = False
    as_known: date | None = None
    team: str = ""


def report_of(
    month: Month, from_on: date, to_on: date, *, publish: bool = False, as_known: date | None = None
) -> MonthlyReport:
    """What the report of a period says.

    For publication only the tables are left: a sentence or a picture would give hidden numbers away.
    """
    tables, found = month_tables(month), month.progress
    if publish:
        return MonthlyReport(
            from_on, to_on, month.council, month.demo, PUBLISHED_SENTENCE, (), published(tables), publish=True,
            as_known=as_known, team=month.team,
        )  # fmt: skip
    return MonthlyReport(
        from_on, to_on, month.council, month.demo, told(found), head_figures(found), tables, found.programme,
        as_known=as_known, team=month.team,
    )  # fmt: skip


def write_monthly_report(facts: MonthlyReport, out: BinaryIO, *, printed_by: str, printed_at: datetime) -> int:
    """Print the report into an open file; gives the number of pages."""
    subtitle = f"{text.format_date(facts.from_on)} to {text.format_date(facts.to_on)}"
    if facts.publish:
        subtitle += ", for publication: small numbers hidden"
    if facts.team:
        subtitle += f". Team: {facts.team}"
    title = title_of(facts.from_on, facts.to_on)
    banner = Banner(title, subtitle, facts.to_on, facts.demo, facts.as_known)
    marking = PUBLISHED if facts.publish else MARKING
    # What is published names nobody, not who printed it either.
    printing = Printing(title, "" if facts.publish else printed_by, printed_at, facts.council, marking=marking)

    def draw(of_each: int, flow: Flow) -> None:
        flow.y -= 10
        flow.words(facts.sentence, size=BODY + 1.5)
        if facts.publish:
            flow.y -= 4
            flow.words(HIDDEN_WORDS, fill=PAPER.text2)
        if facts.figures:
            draw_figures(flow, facts.figures)
        if facts.programme is not None and not facts.publish:
            _draw_programme(flow, facts.programme, facts.to_on, all_people=bool(facts.team))
        for table in facts.tables:
            draw_figure_table(flow, table, of_each=of_each)

    # Long lists of people come last: a little less of each spares a page with a few lines.
    return write_list(out, banner, printing, *(partial(draw, most) for most in range(MOST_OF_EACH, _LEAST_OF_EACH, -1)))


def title_of(from_on: date, to_on: date) -> str:
    """What a report of a period is called."""
    one_month = (from_on.year, from_on.month) == (to_on.year, to_on.month)
    return TITLE if one_month else PERIOD_TITLE


def _draw_programme(flow: Flow, found: ProgrammeProgress, today: date, *, all_people: bool) -> None:
    whose = ", all its people" if all_people else ""
    flow.heading(f"{found.programme.name}: against plan{whose}", keep=_PICTURE_HIGH)
    picture = draw_trajectory(trajectory_of(found, today), width=ROOM, height=_PICTURE_HIGH - 12)
    flow.y -= _PICTURE_HIGH - 4
    flow.sheet.picture(picture.drawing, LEFT, flow.y)
