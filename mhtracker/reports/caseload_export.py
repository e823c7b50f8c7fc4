"""The caseload as a spreadsheet: true dates and numbers, and text that no spreadsheet can run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from mhtracker import text
from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.errors import Invalid
from mhtracker.domain.fields import label_of
from mhtracker.reports.export_columns import COLUMNS, DEMO_COLUMN, ExportColumn, Labels, Value, known_column
from mhtracker.reports.paper.page_frame import DEMO_WORDS, MARKING
from mhtracker.reports.paper.pdf_file import written_whole

_LONGEST_CELL = 32_767


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


def _safe(value: str) -> str:
    """Text that no spreadsheet runs and every file can hold."""
    return text.plain_for_cell(value.encode("utf-8", "replace").decode("utf-8"))[:_LONGEST_CELL]


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
        return _safe(value)
    return f"{value:.2f}" if kind == "money" else str(value)


def _write_excel(
    file: BinaryIO,
    columns: tuple[ExportColumn, ...],
    rows: Iterable[list[Value]],
    facts: list[tuple[str, str]],
    printed_at: datetime,
) -> int:
    # In memory and then in one piece: XlsxWriter's own temporary files would lie readable in the system's folder.
    whole = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = Workbook(whole, options)
    book.set_properties({"title": "Caseload", "created": printed_at.replace(tzinfo=None)})
    sheet = book.add_worksheet("Caseload")
    formats = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "date": book.add_format({"num_format": "dd mmm yyyy", "align": "left"}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.title, formats["head"])
    count = 0
    for count, row in enumerate(rows, 1):
        for place, (value, column) in enumerate(zip(row, columns, strict=True)):
            _write_cell(sheet, count, place, value, formats.get(column.kind))
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, count, len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    said = dict(facts)
    demo = f"   {said['Register']}" if "Register" in said else ""
    known = f", as known on {said['As known on']}" if "As known on" in said else ""
    sheet.set_footer(f"&L{MARKING}{demo}&CAs at {said['As at']}{known}&RPage &P of &N")
    _write_definitions(book, columns, [*facts, ("People", text.format_number(count))], formats)
    book.close()
    file.write(whole.getbuffer())
    return count


def _write_cell(sheet: Any, row: int, place: int, value: Value, style: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, place, datetime(value.year, value.month, value.day), style)  # noqa: DTZ001
    elif isinstance(value, str):
        if value:
            sheet.write_string(row, place, _safe(value))
    elif value is not None:
        sheet.write_number(row, place, value, style)


def _write_definitions(
    book: Any, columns: tuple[ExportColumn, ...], facts: list[tuple[str, str]], formats: dict[str, Any]
) -> None:
    sheet = book.add_worksheet("Definitions")
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 90)
    row = 0
    for name, words in facts:
        sheet.write_string(row, 0, name, formats["head"])
        sheet.write_string(row, 1, _safe(words), formats["wrap"])
        row += 1
    row += 1
    sheet.write_string(row, 0, "Column", formats["head"])
    sheet.write_string(row, 1, "What it says", formats["head"])
    for number, column in enumerate(columns, row + 1):
        sheet.write_string(number, 0, column.title)
        sheet.write_string(number, 1, column.meaning, formats["wrap"])
