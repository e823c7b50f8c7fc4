"""The reviews diary: what is due and booked, by worker and week, with a box to tick for each line."""

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

TITLE = "Reviews diary"


@dataclass(frozen=True, slots=True)
class DiaryLine:
    """One review or contact: its state with the sign of that, whose, what kind, when it is due and booked."""

    sign: str
    state: str
    name: str
    ref: str
    stage: Stage | None
    what: str
    due: str
    booked: str


@dataclass(frozen=True, slots=True)
class DiaryPart:
    """The lines of one worker in one week (or those overdue)."""

    worker: str
    week: str
    lines: Sequence[DiaryLine]


@dataclass(frozen=True, slots=True)
class Diary:
    """`whose` is a worker, a team or everyone; parts are in the order printed."""

    as_at: date
    whose: str
    council: str
    demo: bool
    parts: Sequence[DiaryPart]
    as_known: date | None = None


def write_reviews_diary(facts: Diary, out: BinaryIO, *, printed_by: str, printed_at: datetime) -> int:
    """Print the diary into an open file; gives the number of pages."""
    lines = sum(len(part.lines) for part in facts.parts)
    subtitle = f"{facts.whose}, {text.count(lines, 'review')}"
    banner = Banner(TITLE, subtitle, facts.as_at, facts.demo, facts.as_known)

    def draw(flow: Flow) -> None:
        for part in facts.parts:
            words = f"{part.worker}: {text.first_lower(part.week)}, {text.format_number(len(part.lines))}"
            flow.heading(words, keep=60)
            flow.table(_COLUMNS, [_cells(line) for line in part.lines])
        if not lines:
            flow.y -= 18
            flow.words("No review is due.", fill=PAPER.text2)

    return write_list(out, banner, Printing(TITLE, printed_by, printed_at, facts.council), draw)


_COLUMNS = (
    Column("", 16),
    Column("State", 92),
    Column("Person", 140),
    Column("What", ROOM - 16 - 92 - 140 - 66 - 110),
    Column("Due", 66),
    Column("Booked", 110),
)


def _cells(line: DiaryLine) -> tuple[Cell, ...]:
    return (
        Cell(box=True),
        Cell(line.state, sign=line.sign),
        Cell(f"\n{line.ref}", lead=line.name, pill=pill_of(line.stage) if line.stage is not None else None),
        Cell(line.what),
        Cell(line.due, fill=PAPER.text2),
        Cell(line.booked),
    )
