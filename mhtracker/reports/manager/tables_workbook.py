"""Figures as an Excel workbook: a sheet for each table, with true dates and numbers, and one of definitions."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from mhtracker import text
from mhtracker.analysis.tables import HIDDEN_WORDS, FigureTable, Kind, TableColumn, Value
from mhtracker.domain.errors import Invalid
from mhtracker.reports.paper.page_frame import DEMO_WORDS, MARKING, PUBLISHED
from mhtracker.reports.paper.pdf_file import written_whole

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
    def marking(self) -> str:
        return PUBLISHED if self.publish else MARKING


def write_tables(
    tables: Sequence[FigureTable], facts: BookFacts, out: str | Path, *, printed_by: str, printed_at: datetime
) -> int:
    """Writes the tables, whole or not at all; gives how many. Raises Invalid unless the name ends in .xlsx."""
    path = Path(out)
    if path.suffix.lower() != ".xlsx":
        raise Invalid({"": f"Name the file with .xlsx at its end, not “{path.name}”."})
    # In memory and then in one piece: XlsxWriter's own temporary files would lie readable in the system's folder.
    whole = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = Workbook(whole, options)
    book.set_properties({"title": facts.title, "created": printed_at.replace(tzinfo=None)})
    formats = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "bold": book.add_format({"bold": True, "top": 1}),
        Kind.DATE: book.add_format({"num_format": "dd mmm yyyy", "align": "left"}),
        Kind.PENCE: book.add_format({"num_format": "#,##0.00"}),
        Kind.POUNDS: book.add_format({"num_format": "#,##0"}),
        Kind.PERCENT: book.add_format({"num_format": "0.0"}),
        "right": book.add_format({"align": "right"}),
    }
    names = _sheet_names(tables)
    for table, name in zip(tables, names, strict=True):
        _write_table(book.add_worksheet(name), table, facts, formats)
    _write_definitions(book.add_worksheet("Definitions"), tables, names, facts, formats, printed_by, printed_at)
    book.close()
    with written_whole(path) as file:
        file.write(whole.getbuffer())
    return len(tables)


def _sheet_names(tables: Sequence[FigureTable]) -> list[str]:
    """Titles as Excel takes them: at most 31 letters, without the letters it refuses, no two alike."""
    found: list[str] = []
    for table in tables:
        name = "".join(" " if letter in "[]:*?/\\" else letter for letter in table.title)[:_LONGEST_NAME].strip(" '")
        number = 2
        tried = name
        while tried.casefold() in {each.casefold() for each in found} | {"history", "definitions"}:
            tried = f"{name[: _LONGEST_NAME - 3]} {number}"
            number += 1
        found.append(tried)
    return found


def _write_table(sheet: Any, table: FigureTable, facts: BookFacts, formats: dict[Any, Any]) -> None:
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, max(_WIDTHS.get(column.kind, 11), len(column.title) + 2))
        sheet.write_string(0, place, _head(column), formats["head"])
    for number, row in enumerate(table.rows, 1):
        for place, column in enumerate(table.columns):
            _write_cell(sheet, number, place, column, row[place], formats)
    under = len(table.rows) + 1
    for place, value in enumerate(table.last):
        if isinstance(value, int | float):
            sheet.write_number(under, place, _number(table.columns[place], value), formats["bold"])
        else:
            sheet.write_string(under, place, str(value or ""), formats["bold"])
    sheet.freeze_panes(1, 1)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    demo = f"   {DEMO_WORDS}" if facts.demo else ""
    sheet.set_footer(
        f"&L{facts.marking}{demo}&C{text.format_date(facts.from_on)} to {text.format_date(facts.to_on)}&R&P of &N"
    )


def _head(column: TableColumn) -> str:
    return f"{column.title} (£)" if column.kind in (Kind.PENCE, Kind.POUNDS) else column.title


def _number(column: TableColumn, value: float) -> float:
    return value / 100 if column.kind == Kind.PENCE else value


def _write_cell(sheet: Any, row: int, place: int, column: TableColumn, value: Value, formats: dict[Any, Any]) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, place, datetime(value.year, value.month, value.day), formats[Kind.DATE])  # noqa: DTZ001
    elif isinstance(value, str):
        if value:
            style = formats["right"] if column.kind not in (Kind.WORDS, Kind.NOTE) else None
            sheet.write_string(row, place, text.plain_for_cell(value), style)
    elif value is not None:
        sheet.write_number(row, place, _number(column, value), formats.get(column.kind))


def _write_definitions(
    sheet: Any, tables: Sequence[FigureTable], names: Sequence[str], facts: BookFacts, formats: dict[Any, Any],
    printed_by: str, printed_at: datetime,
) -> None:  # fmt: skip
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 100)
    sheet.set_column(2, 2, 40)
    told = [
        ("Title", facts.title),
        ("Period", f"{text.format_date(facts.from_on)} to {text.format_date(facts.to_on)}"),
        *([("Team", facts.team)] if facts.team else []),
        *([("As known on", text.format_date(facts.as_known))] if facts.as_known else []),
        ("Council", facts.council or text.NOT_RECORDED),
        ("Printed by", printed_by or text.NOT_RECORDED),
        ("Printed at", f"{text.format_date(printed_at.date())} {printed_at:%H:%M}"),
        ("Marking", facts.marking),
        *([("Register", DEMO_WORDS)] if facts.demo else []),
        *([("For publication", HIDDEN_WORDS)] if facts.publish else []),
    ]
    row = 0
    for row, (name, words) in enumerate(told):
        sheet.write_string(row, 0, name, formats["head"])
        sheet.write_string(row, 1, text.plain_for_cell(words), formats["wrap"])
    row += 2
    for place, words in enumerate(("Sheet", "What is counted", "Source")):
        sheet.write_string(row, place, words, formats["head"])
    for table, name in zip(tables, names, strict=True):
        row += 1
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, text.plain_for_cell(f"{table.definition} {table.note}".strip()), formats["wrap"])
        sheet.write_string(row, 2, table.source, formats["wrap"])
