"""Today's sheet: what is due, on paper, in the groups and words of the screen, with a box to tick for each line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from mhtracker import text
from mhtracker.domain.records import Stage
from mhtracker.figures.palette import PAPER
from mhtracker.reports.paper.layout import ROOM, Cell, Column, Flow
from mhtracker.reports.paper.list_paper import Banner, write_list
from mhtracker.reports.paper.page_frame import Printing
from mhtracker.reports.person.words import pill_of

TITLE = "Today’s sheet"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line: how it stands, with the sign of that, what it is, whose, where they are, what of it, and when."""

    sign: str
    state: str
    kind: str
    name: str
    ref: str
    stage: Stage | None
    words: str
    when: str


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A group of lines under its heading."""

    title: str
    caption: str
    lines: Sequence[SheetLine]


@dataclass(frozen=True, slots=True)
class TodaySheet:
    """What the sheet says: whose day it is, and its groups. `put_off` counts the lines that were left out."""

    as_at: date
    whose: str
    council: str
    demo: bool
    parts: Sequence[SheetPart]
    put_off: int = 0
    as_known: date | None = None


def write_today_sheet(facts: TodaySheet, out: BinaryIO, *, printed_by: str, printed_at: datetime) -> int:
    """Print the sheet into an open file; gives the number of pages."""
    lines = sum(len(part.lines) for part in facts.parts)
    day, subtitle = text.format_date(facts.as_at, weekday=True), f"{facts.whose}, {text.count(lines, 'line')}"

    def draw(flow: Flow) -> None:
        for part in facts.parts:
            _draw_part(flow, part)
        if not lines:
            flow.y -= 18
            flow.words("Nothing is due.", fill=PAPER.text2)
        if facts.put_off:
            flow.y -= 12
            flow.words(f"Left out: {text.count(facts.put_off, 'line')} put off until a later day.", fill=PAPER.text2)

    banner = Banner(day, subtitle, facts.as_at, facts.demo, facts.as_known)
    return write_list(out, banner, Printing(TITLE, printed_by, printed_at, facts.council), draw)


_COLUMNS = (
    Column("", 16),
    Column("State", 88),
    Column("What", 74),
    Column("Person", 132),
    Column("About", ROOM - 16 - 88 - 74 - 132 - 66),
    Column("Due", 66),
)


def _draw_part(flow: Flow, part: SheetPart) -> None:
    if not part.lines:
        return
    words = f"{part.title}, {text.format_number(len(part.lines))}"
    flow.heading(f"{words} ({part.caption})" if part.caption else words, keep=60)
    flow.table(_COLUMNS, [_cells(line) for line in part.lines])


def _cells(line: SheetLine) -> tuple[Cell, ...]:
    return (
        Cell(box=True),
        Cell(line.state, sign=line.sign),
        Cell(line.kind, fill=PAPER.text2),
        Cell(
            f"\n{line.ref}" if line.ref else "",
            lead=line.name,
            pill=pill_of(line.stage) if line.stage is not None else None,
        ),
        Cell(line.words),
        Cell(line.when, fill=PAPER.text2),
    )
