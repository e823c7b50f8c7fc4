"""Importing 10,000 rows of .xlsx: reading, rehearsing and recording, against reading them and inserting bare rows."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]
from python_calamine import CalamineWorkbook

from benchmarks.day import AS_AT
from benchmarks.measure import Figure, median, timed
from mhtracker.operations.demo import names as demo_names
from mhtracker.operations.demo.making import nhs_numbers
from mhtracker.operations.importing.rehearsal import rehearse
from mhtracker.operations.importing.sheets import read_sheet
from mhtracker.operations.importing.writing import import_rows
from mhtracker.store import FixedClock, create_register

_ROWS = 10_000
_ROUNDS = 3
_HEADINGS = ("Surname", "First name", "DOB", "NHS No", "Mosaic ID", "Placement type", "Home", "Date moved in",
             "Last review", "Next review", "Social worker", "District", "Weekly cost")  # fmt: skip


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "caseload.xlsx"
        _write_sheet(sheet)
        seen, floor = [], []
        for number in range(_ROUNDS + 1):
            seen.append(timed(lambda n=number: _import(sheet, Path(folder) / f"ours{n}.mhtracker")))  # type: ignore[misc]
            source = Path(folder) / f"ours{number}.mhtracker"
            floor.append(timed(lambda n=number, s=source: _bare(sheet, s, Path(folder) / f"bare{n}.db")))  # type: ignore[misc]
    value, least = median(seen[1:]) * 1000, median(floor[1:]) * 1000
    name = f"import {_ROWS:,} rows of .xlsx"
    yield Figure(name, value, "ms", least, "calamine + bare insert", "<= 4x", value <= 4 * least)


def _write_sheet(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("Residents")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    page.write_row(0, 0, _HEADINGS)
    stages = ("Residential care", "Enablement", "Supported living", "Own tenancy")
    for number, nhs in zip(range(_ROWS), nhs_numbers(), strict=False):
        moved_in = date(2012, 1, 1) + timedelta(days=number % 5000)
        surname = demo_names.SURNAMES[number % 90] + demo_names.SURNAMES[number // 90 % 90].lower()
        page.write_row(number + 1, 0, (surname, demo_names.MALE[number % 50]))
        page.write_datetime(number + 1, 2, date(1950, 1, 1) + timedelta(days=number * 2), day)
        page.write_row(number + 1, 3, (nhs, f"M{300_000 + number}", stages[number % 4], f"House {number % 40}"))
        page.write_datetime(number + 1, 7, moved_in, day)
        page.write_datetime(number + 1, 8, date(2025, 9, 1) + timedelta(days=number % 200), day)
        page.write_datetime(number + 1, 9, date(2026, 8, 1) + timedelta(days=number % 90), day)
        page.write_row(number + 1, 10, (f"Worker {number % 25}", "Northmoor Town", 900 + number % 700))
    book.close()


def _import(sheet: Path, register: Path) -> None:
    with create_register(register, who="bench", clock=FixedClock(AS_AT)) as store:
        rehearsal = rehearse(store, read_sheet(sheet), today=AS_AT)
        import_rows(store, rehearsal)


_TABLES = ("people", "placements", "reviews", "operations", "changes")


def _bare(sheet: Path, source: Path, out: Path) -> None:
    """Read the sheet, and insert the very rows that our import made – records and journal – with nothing in between."""
    CalamineWorkbook.from_path(str(sheet)).get_sheet_by_index(0).to_python()
    raw = sqlite3.connect(out)
    raw.execute("PRAGMA synchronous=EXTRA")
    raw.execute("ATTACH ? AS source", (str(source),))
    for table in _TABLES:
        (made,) = raw.execute("SELECT sql FROM source.sqlite_master WHERE name = ?", (table,)).fetchone()
        raw.execute(made)
        rows = raw.execute(f"SELECT * FROM source.{table}").fetchall()  # noqa: S608 - names of our own
        marks = ", ".join("?" * len(rows[0]))
        raw.executemany(f"INSERT INTO main.{table} VALUES ({marks})", rows)  # noqa: S608 - names of our own
    raw.commit()
    raw.close()
