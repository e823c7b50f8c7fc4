"""Today's sheet: what is due, on paper, in the groups and words of the screen, with a box to tick for each line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from mhtracker import text
from mhtracker.domain.records import Stage
from mhtracker.figures.palette import PAPER
from mhtracker.reports.page_frame import Printing, draw_plain_frame, stamp
from mhtracker.reports.paper import ROOM, Cell, Column, Flow
from mhtracker.reports.pdf_file import Leaf, PdfFile
from mhtracker.reports.person_words import pill_of
from mhtracker.reports.sheet import Sheet

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


def write_today_sheet(facts: TodaySheet, out: BinaryIO, *, printed_by: str, printed_at: datetime) -> int:
    """Print the sheet into an open file; gives the number of pages."""
    printing = Printing(TITLE, printed_by, printed_at, facts.council)
    pdf = PdfFile(out, title=TITLE, author=printed_by, printed_at=printed_at)
    sheets: list[Sheet] = []
    lines = sum(len(part.lines) for part in facts.parts)
    subtitle = f"{facts.whose}, {text.count(lines, 'line')}"

    def new_page() -> tuple[Sheet, float]:
        sheet = pdf.sheet()
        sheets.append(sheet)
        day = text.format_date(facts.as_at, weekday=True)
        return sheet, draw_plain_frame(
            sheet, printing, title=day, subtitle=subtitle, as_at=facts.as_at, demo=facts.demo
        )

    flow = Flow(new_page)
    for part in facts.parts:
        _draw_part(flow, part)
    if not lines:
        flow.y -= 18
        flow.words("Nothing is due.", fill=PAPER.text2)
    if facts.put_off:
        flow.y -= 12
        flow.words(f"Left out: {text.count(facts.put_off, 'line')} put off until a later day.", fill=PAPER.text2)
    leaves = []
    for number, sheet in enumerate(sheets, 1):
        stamp(sheet, page=number, pages=len(sheets), title=TITLE)
        leaves.append(Leaf([pdf.add(sheet)]))
    pdf.finish(leaves, [])
    return len(leaves)


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
        Cell(f"\n{line.ref}", lead=line.name, pill=pill_of(line.stage) if line.stage is not None else None),
        Cell(line.words),
        Cell(line.when, fill=PAPER.text2),
    )
