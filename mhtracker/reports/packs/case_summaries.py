"""Several people's case summaries in one file: each is handed out by itself, so each has page numbers of its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO

from mhtracker import text
from mhtracker.domain.summary import CaseSummary
from mhtracker.reports.packs.pack import Progress, Written
from mhtracker.reports.paper.page_frame import Printing, stamp
from mhtracker.reports.paper.pdf_file import Leaf, PdfFile
from mhtracker.reports.person.case_summary import TITLE
from mhtracker.reports.person.pages import write_person


def write_case_summaries(
    summaries: Iterable[CaseSummary],
    out: BinaryIO,
    *,
    printed_by: str,
    printed_at: datetime,
    progress: Progress | None = None,
    total: int = 0,
) -> Written:
    """Prints summaries one after another into an open file, with a bookmark for each person.

    People come in the order given and are asked for one at a time. What `progress.step` raises goes to the caller.
    """
    pdf = PdfFile(out, title="Case summaries", author=printed_by, printed_at=printed_at)
    written = Written()
    leaves: list[Leaf] = []
    outline: list[tuple[str, int]] = []
    for place, summary in enumerate(summaries):
        if progress is not None:
            progress.step(place, total, f"Drawing person {place + 1}")
        bodies = write_person(pdf, summary, Printing(TITLE, printed_by, printed_at, summary.council), decision=False)
        written.first_pages[summary.person.id] = len(leaves)
        outline.append((text.full_name(summary.person), len(leaves)))
        for number, body in enumerate(bodies, 1):
            sheet = pdf.sheet()
            stamp(sheet, page=number, pages=len(bodies), title=TITLE)
            leaves.append(Leaf([body, pdf.add(sheet)]))
    pdf.finish(leaves, outline)
    written.pages = len(leaves)
    return written
