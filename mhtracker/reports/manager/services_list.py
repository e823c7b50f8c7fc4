"""Lists of services, places, people who wait, rates and contracts on paper, as the window shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from mhtracker.figures.palette import PAPER
from mhtracker.reports.paper.layout import ROOM, Cell, Column, Flow
from mhtracker.reports.paper.list_paper import Banner, write_list
from mhtracker.reports.paper.page_frame import Printing


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A column by its share of the width. `right` for numbers; `strong` for what a line is about."""

    title: str
    share: float
    right: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line: its words by column, with the sign of how it stands before the words of one of them."""

    words: Sequence[str]
    sign: str = ""
    sign_at: int = -1


@dataclass(frozen=True, slots=True)
class PaperPart:
    """Lines under a heading."""

    title: str
    columns: Sequence[PaperColumn]
    lines: Sequence[PaperLine]


@dataclass(frozen=True, slots=True)
class ServicesPaper:
    """What is printed, in the order of the screen."""

    title: str
    subtitle: str
    as_at: date
    council: str
    demo: bool
    parts: Sequence[PaperPart]
    as_known: date | None = None


def write_services_list(facts: ServicesPaper, out: BinaryIO, *, printed_by: str, printed_at: datetime) -> int:
    """Print it into an open file; gives the number of pages."""
    banner = Banner(facts.title, facts.subtitle, facts.as_at, facts.demo, facts.as_known)

    def draw(flow: Flow) -> None:
        for part in facts.parts:
            flow.heading(part.title, keep=46)
            flow.table(_columns(part.columns), [_cells(line, part.columns) for line in part.lines])
        if not facts.parts:
            flow.y -= 18
            flow.words("Nothing is listed.", fill=PAPER.text2)

    return write_list(out, banner, Printing(facts.title, printed_by, printed_at, facts.council), draw)


def _columns(columns: Sequence[PaperColumn]) -> list[Column]:
    whole = sum(column.share for column in columns)
    return [Column(column.title, ROOM * column.share / whole, right=column.right) for column in columns]


def _cells(line: PaperLine, columns: Sequence[PaperColumn]) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            "" if column.strong else words,
            lead=words if column.strong else "",
            sign=line.sign if place == line.sign_at else "",
        )
        for place, (words, column) in enumerate(zip(line.words, columns, strict=True))
    )
