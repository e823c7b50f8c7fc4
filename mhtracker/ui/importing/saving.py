"""Saving the rows put aside as a sheet, to be put right by whoever keeps it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from mhtracker.operations.importing.cells import shown
from mhtracker.operations.importing.rehearsal import Rehearsal
from mhtracker.operations.importing.row_facts import Progress
from mhtracker.operations.importing.writing import reason_of

REASON = "Put aside because"


def save_put_aside(rehearsal: Rehearsal, path: Path, at: datetime, progress: Progress | None = None) -> int:
    """Write the rows put aside under their own headings, with the reason before them. Gives how many."""
    # Half a second each, and the page opens without them.
    from mhtracker.reports.paper.pdf_file import written_whole
    from mhtracker.reports.workbook import Book, Heading

    sheet, put_aside = rehearsal.sheet, rehearsal.put_aside
    faults = {problem.column for row in put_aside for problem in row.problems}
    headings = [Heading(words, 16, marked=words in faults) for words in sheet.headings]
    book = Book("Put aside", at)
    page = book.add_sheet("Put aside", [Heading("Row", 6), Heading(REASON, 48), *headings])
    for number, result in enumerate(put_aside):
        if progress is not None and number % 500 == 0:
            progress.step(number, len(put_aside), "")
        cells = [shown(cell) for cell in sheet.rows[result.facts.place].cells]
        page.write_row([str(result.number), reason_of(result), *cells], ["", "wrap", *("" for _ in cells)])
    page.finish("", frozen=2)
    with written_whole(path) as file:
        book.write(file)
    return len(put_aside)
