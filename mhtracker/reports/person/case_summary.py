"""One person's case summary as a PDF."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from mhtracker.domain.summary import CaseSummary
from mhtracker.reports.paper.page_frame import Printing, stamp
from mhtracker.reports.paper.pdf_file import Leaf, PdfFile, written_whole
from mhtracker.reports.person.pages import write_person

TITLE = "Case summary"


def write_case_summary(
    summary: CaseSummary, out: str | Path | BinaryIO, *, printed_by: str, printed_at: datetime
) -> int:
    """Prints a case summary to a path (whole or not at all) or into an open file; gives the number of pages.

    `printed_at` is local time. The document's own title names only the person's reference.
    """
    if isinstance(out, (str, Path)):
        with written_whole(Path(out)) as file:
            return write_case_summary(summary, file, printed_by=printed_by, printed_at=printed_at)
    printing = Printing(TITLE, printed_by, printed_at, summary.council)
    title = f"{TITLE} {summary.person.ref}".strip()
    pdf = PdfFile(out, title=title, author=printed_by, printed_at=printed_at)
    bodies = write_person(pdf, summary, printing, decision=False)
    leaves = []
    for number, body in enumerate(bodies, 1):
        sheet = pdf.sheet()
        stamp(sheet, page=number, pages=len(bodies), title=TITLE)
        leaves.append(Leaf([body, pdf.add(sheet)]))
    pdf.finish(leaves, outline=())
    return len(leaves)
