"""A list on paper that is about no one person: its banner and page numbers, and whatever is drawn between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from mhtracker.reports.paper.layout import FOOT, Flow
from mhtracker.reports.paper.page_frame import Printing, draw_plain_frame, stamp
from mhtracker.reports.paper.pdf_file import Leaf, PdfFile
from mhtracker.reports.paper.sheet import Sheet

_LEAST = 0.25
"""A last page with less on it than this share of the room is one to be spared."""


@dataclass(frozen=True, slots=True)
class Banner:
    """What stands on top of each page: `title` large, `subtitle` under it, and the day the list speaks of."""

    title: str
    subtitle: str
    as_at: date
    demo: bool
    as_known: date | None = None


def write_list(
    out: BinaryIO, banner: Banner, printing: Printing, draw: Callable[[Flow], None], *shorter: Callable[[Flow], None]
) -> int:
    """Print a list into an open file, on as many pages as `draw` fills; gives how many.

    Where that leaves little on the last page, the first of those `shorter` that leaves more is printed instead.
    """
    pdf = PdfFile(out, title=printing.title, author=printing.printed_by, printed_at=printing.printed_at)
    sheets = _chosen(pdf, banner, printing, (draw, *shorter))
    # A paper that is called what it is needs no second title.
    title = printing.title if printing.title != banner.title else ""
    leaves = []
    for number, sheet in enumerate(sheets, 1):
        stamp(sheet, page=number, pages=len(sheets), title=title)
        leaves.append(Leaf([pdf.add(sheet)]))
    pdf.finish(leaves, [])
    return len(leaves)


def _chosen(
    pdf: PdfFile, banner: Banner, printing: Printing, draws: Sequence[Callable[[Flow], None]]
) -> Sequence[Sheet]:
    """The pages of the first that ends well, else of the first of all."""
    found: list[list[Sheet]] = []
    for draw in draws:
        sheets: list[Sheet] = []
        tops: list[float] = []

        def new_page(sheets: list[Sheet] = sheets, tops: list[float] = tops) -> tuple[Sheet, float]:
            sheets.append(pdf.sheet())
            tops.append(_frame(sheets[-1], banner, printing))
            return sheets[-1], tops[-1]

        flow = Flow(new_page)
        draw(flow)
        if len(sheets) == 1 or tops[-1] - flow.y >= _LEAST * (tops[-1] - FOOT):
            return sheets
        found.append(sheets)
    return found[0]


def _frame(sheet: Sheet, banner: Banner, printing: Printing) -> float:
    return draw_plain_frame(
        sheet,
        printing,
        title=banner.title,
        subtitle=banner.subtitle,
        as_at=banner.as_at,
        demo=banner.demo,
        as_known=banner.as_known,
    )
