"""The caseload as a spreadsheet: true dates and numbers, and text that no spreadsheet can run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from mhtracker import text
from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.errors import Invalid
from mhtracker.domain.fields import label_of
from mhtracker.reports.export_columns import COLUMNS, DEMO_COLUMN, ExportColumn, Labels, Value, known_column
from mhtracker.reports.paper.page_frame import DEMO_WORDS, MARKING
from mhtracker.reports.paper.pdf_file import written_whole
from mhtracker.reports.workbook import Book, Heading, safe


def write_caseload(
    lines: Iterable[CaseloadLine],
    out: str | Path,
    *,
    as_at: date,
    printed_by: str,
    printed_at: datetime,
    council: str = "",
    demo: bool = False,
    labels: Labels = label_of,
    as_known: date | None = None,
) -> int:
    """Writes the caseload to an .xlsx or .csv file, whole or not at all; gives the number of people.

    Raises Invalid for another kind of file. `labels` gives the register's own words for codes. `as_known` is the day
    by which the lines were known, where that is not now.
    """
    path = Path(out)
    known = (known_column(as_known),) if as_known else ()
    columns = (*COLUMNS, *known, *((DEMO_COLUMN,) if demo else ()))
    rows = ([column.value(line, as_at, labels) for column in columns] for line in lines)
    kind = path.suffix.lower()
    if kind not in (".xlsx", ".csv"):
        raise Invalid({"": "Name the file with .xlsx or .csv at its end."})
    with written_whole(path) as file:
        if kind == ".csv":
            return _write_csv(file, columns, rows)
        facts = [
            ("Council", council or text.NOT_RECORDED),
            ("As at", text.format_date(as_at)),
            *([("As known on", text.format_date(as_known))] if as_known else []),
            ("Printed by", printed_by or text.NOT_RECORDED),
            ("Printed at", f"{text.format_date(printed_at.date())} {printed_at:%H:%M}"),
            ("Marking", MARKING),
            *([("Register", DEMO_WORDS)] if demo else []),
        ]
        return _write_excel(file, columns, rows, facts, printed_at)


def _write_csv(file: BinaryIO, columns: tuple[ExportColumn, ...], rows: Iterable[list[Value]]) -> int:
    # Excel takes a CSV for the computer's own code page unless it begins with this mark.
    out = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(out)
    writer.writerow([column.title for column in columns])
    count = 0
    for row in rows:
        writer.writerow([_csv_cell(value, column.kind) for value, column in zip(row, columns, strict=True)])
        count += 1
    out.flush()
    out.detach()
    return count


def _csv_cell(value: Value, kind: str) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return safe(value)
    return f"{value:.2f}" if kind == "money" else str(value)


def _write_excel(
    file: BinaryIO,
    columns: tuple[ExportColumn, ...],
    rows: Iterable[list[Value]],
    facts: list[tuple[str, str]],
    printed_at: datetime,
) -> int:
    book = Book("Caseload", printed_at)
    sheet = book.add_sheet("Caseload", [Heading(column.title, column.width) for column in columns])
    kinds = ["" if column.kind == "text" else column.kind for column in columns]
    for row in rows:
        sheet.write_row(row, kinds)
    said = dict(facts)
    demo = f"   {said['Register']}" if "Register" in said else ""
    known = f", as known on {said['As known on']}" if "As known on" in said else ""
    sheet.finish(f"&L{MARKING}{demo}&CAs at {said['As at']}{known}&RPage &P of &N", frozen=3)
    meanings = ((column.title, column.meaning) for column in columns)
    people = ("People", text.format_number(sheet.rows))
    book.add_definitions([*facts, people], (("Column", 20), ("What it says", 90)), meanings)
    book.write(file)
    return sheet.rows
