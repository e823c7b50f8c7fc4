"""The manager's monthly report on paper: the programme, then every table, the small ones side by side never cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import BinaryIO

from mhtracker import text
from mhtracker.analysis.in_words import head_figures, told
from mhtracker.analysis.month import Month
from mhtracker.analysis.month_tables import month_tables
from mhtracker.analysis.programme import ProgrammeProgress
from mhtracker.analysis.tables import HIDDEN_WORDS, FigureTable, Kind, TableColumn, Value, published
from mhtracker.figures.fonts import REGULAR, SEMIBOLD, text_width
from mhtracker.figures.palette import PAPER
from mhtracker.figures.trajectory import draw_trajectory
from mhtracker.reports.manager.programme_picture import trajectory_of
from mhtracker.reports.manager.provider_use import draw_figures
from mhtracker.reports.paper.layout import BODY, CAPTION, LEFT, ROOM, Cell, Column, Flow, table_height, wrapped
from mhtracker.reports.paper.list_paper import Banner, write_list
from mhtracker.reports.paper.page_frame import MARKING, PUBLISHED, Printing

TITLE = "Monthly report"
PERIOD_TITLE = "Progress report"
PUBLISHED_SENTENCE = "People on the recovery pathway, for publication."
_PICTURE_HIGH = 190.0
_MOST_NAMED = 25
"""A list of people longer than this is cut on paper, and says so: the workbook has all of it."""
_WHOLE = 330.0
"""A table up to this tall is kept on one page."""

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
    printing = Printing(title, printed_by, printed_at, facts.council, marking=marking)

    def draw(flow: Flow) -> None:
        flow.y -= 10
        flow.words(facts.sentence, size=BODY + 1.5)
        if facts.figures:
            draw_figures(flow, facts.figures)
        if facts.programme is not None and not facts.publish:
            _draw_programme(flow, facts.programme, facts.to_on, whole_register=bool(facts.team))
        for table in facts.tables:
            draw_figure_table(flow, table)
        if facts.publish:
            flow.y -= 14
            flow.words(HIDDEN_WORDS, fill=PAPER.text2)

    return write_list(out, banner, printing, draw)


def title_of(from_on: date, to_on: date) -> str:
    """What a report of a period is called."""
    one_month = (from_on.year, from_on.month) == (to_on.year, to_on.month)
    return TITLE if one_month else PERIOD_TITLE


def _draw_programme(flow: Flow, found: ProgrammeProgress, today: date, *, whole_register: bool) -> None:
    whose = ", whole register" if whole_register else ""
    flow.heading(f"{found.programme.name}: against plan{whose}", keep=_PICTURE_HIGH)
    picture = draw_trajectory(trajectory_of(found, today), width=ROOM, height=_PICTURE_HIGH - 12)
    flow.y -= _PICTURE_HIGH - 4
    flow.sheet.picture(picture.drawing, LEFT, flow.y)


def draw_figure_table(flow: Flow, table: FigureTable, *, whole: bool = False) -> None:
    """A table with its heading above and what it counts below. A list of people is cut unless the `whole` is asked."""
    table = _without_empty_notes(table)
    shown = table.rows[:_MOST_NAMED] if table.named and not whole else table.rows
    rows = [*shown, *([table.last] if table.last else [])]
    cells = [tuple(_cell(table, row, place) for place in range(len(table.columns))) for row in rows]
    columns = _columns(table, cells)
    tall = table_height(columns, cells)
    flow.heading(table.title, keep=tall + 26 if tall < _WHOLE else 90)
    if not rows:
        flow.y -= 8
        flow.words("None.", fill=PAPER.text2)
    else:
        flow.table(columns, cells)
    if whole:
        return
    flow.y -= 4
    if len(shown) < len(table.rows):
        rest = text.format_number(len(table.rows) - len(shown))
        flow.words(f"{rest} more are in the workbook of this report.", size=CAPTION)
    words = f"{table.definition} {table.note}".strip()
    flow.need(len(wrapped("", words, CAPTION, ROOM)) * CAPTION * 1.3)
    flow.words(words, size=CAPTION, fill=PAPER.text2)


def _without_empty_notes(table: FigureTable) -> FigureTable:
    kept = [
        place
        for place, column in enumerate(table.columns)
        if column.kind != Kind.NOTE or any(row[place] for row in table.rows)
    ]
    if len(kept) == len(table.columns):
        return table
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    last = tuple(table.last[place] for place in kept) if table.last else ()
    return replace(table, columns=tuple(table.columns[place] for place in kept), rows=rows, last=last)


def _cell(table: FigureTable, row: Sequence[Value], place: int) -> Cell:
    words = value_words(table.columns[place], row[place])
    return Cell("", lead=words) if row is table.last else Cell(words)


def value_words(column: TableColumn, value: Value) -> str:
    """A value as people read it; nothing where it is not known."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return text.format_date(value)
    if column.kind == Kind.PENCE:
        return text.format_pence(int(value))
    if column.kind == Kind.POUNDS:
        return text.format_pence(100 * int(value), whole=True)
    if column.kind == Kind.PERCENT:
        return f"{value:.1f}%"
    return text.format_number(int(value))


def _columns(table: FigureTable, rows: Sequence[Sequence[Cell]]) -> list[Column]:
    """Figures take what they need; columns of words share the rest by how much they say."""
    needs, grows = [], []
    for place, column in enumerate(table.columns):
        cells = [row[place].words or row[place].lead for row in rows]
        widest = max([text_width(words, SEMIBOLD, BODY) for words in cells], default=0.0)
        head = text_width(column.title, SEMIBOLD, CAPTION)
        if column.kind in (Kind.WORDS, Kind.NOTE):
            typical = max([text_width(words, REGULAR, BODY) for words in cells], default=0.0)
            needs.append(min(max(head, 46.0) + 10, max(typical + 10, head + 10)))
            grows.append(min(typical, 260.0) + 10)
        else:
            needs.append(max(widest, head) + 16)
            grows.append(0.0)
    spare = ROOM - sum(needs)
    whole = sum(grows) or 1.0
    widths = [need + max(0.0, spare) * grow / whole for need, grow in zip(needs, grows, strict=True)]
    if not any(grows):
        widths[0] += max(0.0, spare)
    return [
        Column(column.title, width, right=column.kind not in (Kind.WORDS, Kind.NOTE, Kind.DATE))
        for column, width in zip(table.columns, widths, strict=True)
    ]
