"""A list on paper that is about no one person: its banner and page numbers, and whatever is drawn between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from mhtracker.reports.paper.layout import Flow
from mhtracker.reports.paper.page_frame import Printing, draw_plain_frame, stamp
from mhtracker.reports.paper.pdf_file import Leaf, PdfFile
from mhtracker.reports.paper.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Banner:
    """What stands on top of each page: `title` large, `subtitle` under it, and the day the list speaks of."""

    title: str
    subtitle: str
    as_at: date
    demo: bool
    as_known: date | None = None


def write_list(out: BinaryIO, banner: Banner, printing: Printing, draw: Callable[[Flow], None]) -> int:
    """Print a list into an open file, on as many pages as `draw` fills; gives how many."""
    pdf = PdfFile(out, title=printing.title, author=printing.printed_by, printed_at=printing.printed_at)
    sheets: list[Sheet] = []

    def new_page() -> tuple[Sheet, float]:
        sheet = pdf.sheet()
        sheets.append(sheet)
        return sheet, draw_plain_frame(
            sheet,
            printing,
            title=banner.title,
            subtitle=banner.subtitle,
            as_at=banner.as_at,
            demo=banner.demo,
            as_known=banner.as_known,
        )

    draw(Flow(new_page))
    leaves = []
    for number, sheet in enumerate(sheets, 1):
        stamp(sheet, page=number, pages=len(sheets), title=printing.title)
        leaves.append(Leaf([pdf.add(sheet)]))
    pdf.finish(leaves, [])
    return len(leaves)
