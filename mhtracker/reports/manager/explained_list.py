"""A figure explained on paper: its definition and source, and everybody counted, not counted and left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from mhtracker.analysis.share import when_words
from mhtracker.analysis.tables import FigureTable
from mhtracker.figures.palette import PAPER
from mhtracker.reports.manager.figure_tables import draw_figure_table
from mhtracker.reports.paper.layout import Flow
from mhtracker.reports.paper.list_paper import Banner, write_list
from mhtracker.reports.paper.page_frame import Printing

TITLE = "Explained figure"


@dataclass(frozen=True, slots=True)
class ExplainedList:
    """What is printed: a figure as its page shows it, and its groups of people as tables."""

    name: str
    figure: str
    definition: str
    source: str
    as_at: date
    council: str
    demo: bool
    tables: Sequence[FigureTable]
    as_known: date | None = None
    period: tuple[date, date] | None = None
    """The first and the last day of a figure of a period; None of one as at a day."""


def write_explained_list(facts: ExplainedList, out: BinaryIO, *, printed_by: str, printed_at: datetime) -> int:
    """Print the list into an open file; gives the number of pages."""

    def draw(flow: Flow) -> None:
        flow.y -= 8
        flow.words(f"{when_words(facts.period, facts.as_at)}.")
        flow.y -= 4
        flow.words(facts.definition)
        flow.y -= 4
        flow.words(f"Source: {facts.source}.", fill=PAPER.text2)
        for table in facts.tables:
            draw_figure_table(flow, table, whole=True)

    banner = Banner(facts.name, facts.figure, facts.as_at, facts.demo, facts.as_known)
    return write_list(out, banner, Printing(TITLE, printed_by, printed_at, facts.council), draw)
