"""Small sheets made on the spot, and a register to import them into."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from mhtracker.operations.importing.rehearsal import Rehearsal, RowResult, rehearse
from mhtracker.operations.importing.sheets import read_sheet
from mhtracker.operations.importing.writing import import_answer, import_rows
from mhtracker.store import Store

TODAY = date(2026, 7, 14)
SAMPLES = Path(__file__).parents[1] / "samples"


def workbook(path: Path, *rows: Sequence[Any], name: str = "People", **options: Any) -> Path:
    """An .xlsx of one sheet, with real dates."""
    return workbook_of(path, {name: rows}, **options)


def workbook_of(path: Path, sheets: dict[str, Sequence[Sequence[Any]]], change: Any = None, **options: Any) -> Path:
    """An .xlsx of several sheets; `change(book)` may do more to it."""
    data = BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False, **options})
    dates = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(place, column, cell, dates)
                elif isinstance(cell, str):
                    sheet.write_string(place, column, cell)
                elif cell is not None:
                    sheet.write(place, column, cell)
    if change is not None:
        change(book)
    book.close()
    path.write_bytes(data.getvalue())
    return path


def text_file(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A text file as it stands."""
    path.write_bytes(text.encode(encoding))
    return path


def rehearsed(store: Store, path: Path, **how: Any) -> Rehearsal:
    """A sheet read and rehearsed."""
    return rehearse(store, read_sheet(path), **how)


def imported(store: Store, path: Path, **how: Any) -> dict[str, Any]:
    """A sheet imported; the command line's answer, as it comes out of JSON."""
    result = import_rows(store, rehearsed(store, path, **how))
    answer: dict[str, Any] = json.loads(json.dumps(import_answer(result.rehearsal, result, TODAY)))
    return answer


def aside(answer: dict[str, Any]) -> list[tuple[int, str]]:
    """Where rows were put aside: (row, column)."""
    return [(each["row"], each["column"]) for each in answer["quarantined"]]


def reasons(answer: dict[str, Any], row: int | None = None) -> str:
    """The words of all warnings and rows put aside, of one row or of all."""
    told = answer["quarantined"] + answer["warnings"]
    return "\n".join(each["reason"] for each in told if row is None or each["row"] == row)


def row_of(rehearsal: Rehearsal, number: int) -> RowResult:
    """The outcome of one row of the sheet."""
    return next(row for row in rehearsal.rows if row.number == number)
