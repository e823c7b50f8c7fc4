"""Saving the rows put aside as a sheet, to be put right by whoever keeps it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mhtracker import text
from mhtracker.operations.importing.cells import shown
from mhtracker.operations.importing.rehearsal import Rehearsal
from mhtracker.operations.importing.row_facts import Progress
from mhtracker.operations.importing.writing import reason_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

REASON = "Put aside because"
LONGEST_CELL = 32_000


def save_put_aside(rehearsal: Rehearsal, path: Path, progress: Progress | None = None) -> int:
    """Write the rows put aside under their own headings, with the reason before them. Gives how many."""
    from xlsxwriter import Workbook

    from mhtracker.reports.paper.pdf_file import written_whole  # half a second each, and the page opens without them

    sheet = rehearsal.sheet
    rows = [["Row", REASON, *sheet.headings]]
    for number, result in enumerate(rehearsal.put_aside):
        if progress is not None and number % 500 == 0:
            progress.step(number, len(rehearsal.put_aside), "")
        cells = sheet.rows[result.facts.place].cells
        rows.append([str(result.number), reason_of(result), *(shown(cell) for cell in cells)])
    whole = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = Workbook(whole, options)
    page = book.add_worksheet("Put aside")
    _write(book, page, rows, {problem.column for row in rehearsal.put_aside for problem in row.problems})
    book.close()
    with written_whole(path) as file:
        file.write(whole.getvalue())
    return len(rows) - 1


def _write(book: Workbook, page: object, rows: Sequence[Sequence[str]], faults: set[str]) -> None:
    bold = book.add_format({"bold": True, "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    marked = book.add_format({"bold": True, "bottom": 1, "bg_color": "#FBEAE8"})
    for line, row in enumerate(rows):
        for place, words in enumerate(row):
            style = (marked if words in faults else bold) if line == 0 else wrap if place == 1 else None
            page.write_string(line, place, text.plain_for_cell(words)[:LONGEST_CELL], style)  # type: ignore[attr-defined]
    page.set_column(0, 0, 6)  # type: ignore[attr-defined]
    page.set_column(1, 1, 48)  # type: ignore[attr-defined]
    page.set_column(2, max(len(rows[0]) - 1, 2), 16)  # type: ignore[attr-defined]
    page.freeze_panes(1, 2)  # type: ignore[attr-defined]
