"""Figures as an Excel workbook: a sheet for each table, with true dates and numbers, and one of definitions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from mhtracker import text
from mhtracker.analysis.publishing import HIDDEN_WORDS
from mhtracker.analysis.tables import FigureTable, Kind, TableColumn, Value
from mhtracker.domain.errors import Invalid
from mhtracker.reports.paper.page_frame import DEMO_WORDS, MARKING, PUBLISHED
from mhtracker.reports.paper.pdf_file import written_whole
from mhtracker.reports.workbook import Book, Heading

_KINDS = {
    Kind.WORDS: "",
    Kind.NOTE: "",
    Kind.DATE: "date",
    Kind.LENGTH: "number",
    Kind.PENCE: "money",
    Kind.POUNDS: "pounds",
    Kind.PERCENT: "percent",
}
_WIDTHS = {Kind.WORDS: 30, Kind.NOTE: 40, Kind.DATE: 13, Kind.PENCE: 14, Kind.POUNDS: 14}
_LONGEST_NAME = 31


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What the workbook says of itself."""

    title: str
    from_on: date
    to_on: date
    council: str = ""
    demo: bool = False
    publish: bool = False
    as_known: date | None = None
    team: str = ""

    @property
    def period(self) -> str:
        """The first and the last day, or the one day that lists are of."""
        days = dict.fromkeys((self.from_on, self.to_on))
        return " to ".join(map(text.format_date, days))

    @property
    def marking(self) -> str:
        return PUBLISHED if self.publish else MARKING


def write_tables(
    tables: Sequence[FigureTable], facts: BookFacts, out: str | Path, *, printed_by: str, printed_at: datetime
) -> int:
    """Writes the tables, whole or not at all; gives how many. Raises Invalid unless the name ends in .xlsx."""
    path = Path(out)
    if path.suffix.lower() != ".xlsx":
        raise Invalid({"": f"Name the file with .xlsx at its end, not “{path.name}”."})
    book, names = Book(facts.title, printed_at), _sheet_names(tables)
    for table, name in zip(tables, names, strict=True):
        _write_table(book, name, table, facts)
    meant = (f"{table.definition} {table.note}".strip() for table in tables)
    lines = zip(names, meant, (table.source for table in tables), strict=True)
    heads = (("Sheet", 32), ("What is counted", 100), ("Source", 40))
    book.add_definitions(_told(facts, printed_by, printed_at), heads, lines)
    with written_whole(path) as file:
        book.write(file)
    return len(tables)


def _sheet_names(tables: Sequence[FigureTable]) -> list[str]:
    """Titles as Excel takes them: at most 31 letters, without the letters it refuses, no two alike."""
    found: list[str] = []
    taken = {"history", "definitions"}
    for table in tables:
        plain = "".join(" " if letter in "[]:*?/\\" else letter for letter in table.title)
        number, tried = 1, _cut(plain, _LONGEST_NAME)
        while tried.casefold() in taken:
            number += 1
            tried = f"{_cut(plain, _LONGEST_NAME - len(str(number)) - 1)} {number}"
        taken.add(tried.casefold())
        found.append(tried)
    return found


def _cut(title: str, longest: int) -> str:
    """As much of a title as there is room for, ended where a word ends; a word longer than that is cut."""
    title = " ".join(title.split()).strip(" '")
    if len(title) <= longest:
        return title
    whole, _, _ = title[:longest].rpartition(" ")
    return f"{whole or title[: longest - 1]}…".strip(" '")


def _write_table(book: Book, name: str, table: FigureTable, facts: BookFacts) -> None:
    headings = [
        Heading(_head(column), max(_WIDTHS.get(column.kind, 11), len(_head(column)) + 2)) for column in table.columns
    ]
    sheet, kinds = book.add_sheet(name, headings), [_KINDS.get(column.kind, "number") for column in table.columns]
    for row in table.rows:
        sheet.write_row(_values(table.columns, row), kinds)
    if table.last:
        sheet.write_row(_values(table.columns, table.last), kinds, last=True)
    demo = f"   {DEMO_WORDS}" if facts.demo else ""
    sheet.finish(f"&L{facts.marking}{demo}&C{facts.period}&R&P of &N")


def _head(column: TableColumn) -> str:
    units = {Kind.PENCE: " (£)", Kind.POUNDS: " (£)", Kind.LENGTH: " (days)"}
    return f"{column.title}{units.get(column.kind, '')}"


def _values(columns: Sequence[TableColumn], row: Sequence[Value]) -> list[Value]:
    """Money in pounds."""
    return [
        value / 100 if column.kind == Kind.PENCE and isinstance(value, int) else value
        for column, value in zip(columns, row, strict=True)
    ]


def _told(facts: BookFacts, printed_by: str, printed_at: datetime) -> list[tuple[str, str]]:
    """What the workbook says of itself. What is published names nobody, not who printed it either."""
    return [
        ("Title", facts.title),
        ("As at" if facts.from_on == facts.to_on else "Period", facts.period),
        *([("Team", facts.team)] if facts.team else []),
        *([("As known on", text.format_date(facts.as_known))] if facts.as_known else []),
        ("Council", facts.council or text.NOT_RECORDED),
        *([] if facts.publish else [("Printed by", printed_by or text.NOT_RECORDED)]),
        ("Printed at", f"{text.format_date(printed_at.date())} {printed_at:%H:%M}"),
        ("Marking", facts.marking),
        *([("Register", DEMO_WORDS)] if facts.demo else []),
        *([("For publication", HIDDEN_WORDS)] if facts.publish else []),
    ]
