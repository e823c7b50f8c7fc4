"""A person's documents in a pack: named with their pages in the person's own, which follow under the same banner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from mhtracker import text
from mhtracker.domain.file_types import TYPES
from mhtracker.domain.records import Document
from mhtracker.domain.summary import CaseSummary
from mhtracker.figures.fonts import REGULAR, SEMIBOLD, shortened
from mhtracker.figures.palette import PAPER
from mhtracker.reports.paper.foreign_pdf import CannotPrint, Drawn, pdf_pages
from mhtracker.reports.paper.layout import FOOT, HEADING, LEFT, RIGHT, ROOM, Cell, Column, Flow
from mhtracker.reports.paper.page_frame import Printing, draw_person_frame, label
from mhtracker.reports.paper.pdf_file import PdfFile
from mhtracker.reports.paper.pictures import picture_sheets
from mhtracker.reports.paper.sheet import Sheet
from mhtracker.reports.person.words import said


@dataclass(slots=True)
class Paper:
    """A document chosen for packs, with its pages; `fault` says why there are none."""

    document: Document
    pages: list[Drawn] = field(default_factory=list)
    fault: str = ""


def read_papers(pdf: PdfFile, summary: CaseSummary) -> list[Paper]:
    """The documents chosen for packs, oldest first, with their pages written into the file but placed nowhere yet."""
    if summary.papers is None:
        return []
    papers = []
    for document in reversed(summary.around.documents):
        if not document.in_packs:
            continue
        paper = Paper(document)
        content = summary.papers.get(document.sha256)
        try:
            if content is None:
                raise CannotPrint("too large for this pack")
            paper.pages = list(_drawn(pdf, document, content))
        except CannotPrint as fault:
            paper.fault = str(fault)
        papers.append(paper)
    return papers


def _drawn(pdf: PdfFile, document: Document, content: bytes) -> Iterator[Drawn]:
    if document.media_type == "application/pdf":
        return pdf_pages(pdf, content)
    kind = TYPES.get(document.media_type)
    if kind is None or not kind.is_picture or not kind.shown:
        raise CannotPrint("its type is not printed")
    return picture_sheets(pdf, content, document.media_type)


def draw_papers(flow: Flow, summary: CaseSummary, papers: list[Paper]) -> None:
    """What follows the person's pages, and what could not be printed."""
    if not papers:
        return
    flow.heading("Documents", keep=50)
    rows = []
    for paper in papers:
        document = paper.document
        pages = text.count(len(paper.pages), "page") + " follow" + ("s" if len(paper.pages) == 1 else "")
        fault = Cell(f"Not printed: {paper.fault}", fill=PAPER.warn_text)
        about = label(summary, "document_kind", document.about)
        rows.append(
            (
                Cell(document.name),
                said(about),
                said(text.format_date(document.dated_on)),
                fault if paper.fault else Cell(pages),
            )
        )
    columns = (Column("Document", ROOM - 336), Column("About", 120), Column("Dated", 76), Column("Pages", 140))
    flow.table(columns, rows)


def draw_pages(pdf: PdfFile, summary: CaseSummary, printing: Printing, papers: list[Paper]) -> Iterator[Sheet]:
    """A framed page for each page of the documents, made smaller where it does not fit."""
    for paper in papers:
        for number, drawn in enumerate(paper.pages, 1):
            sheet = pdf.sheet()
            top = draw_person_frame(sheet, summary, printing) - 17.0
            name = shortened(paper.document.name, SEMIBOLD, HEADING, ROOM - 120)
            sheet.text(LEFT, top, name, font=SEMIBOLD, size=HEADING)
            words = f"page {number} of {len(paper.pages)} of this document"
            sheet.text_right(RIGHT, top, words, font=REGULAR, size=8.25, fill=PAPER.text2)
            _place(sheet, drawn, top - 8.0)
            yield sheet


def _place(sheet: Sheet, drawn: Drawn, top: float) -> None:
    bottom = FOOT + 8.0
    scale = min(ROOM / drawn.wide, (top - bottom) / drawn.high)
    if not drawn.is_picture:
        scale = min(scale, 1.0)
    wide, high = drawn.wide * scale, drawn.high * scale
    x, y = LEFT + (ROOM - wide) / 2, top - high
    sheet.rect((x, y, wide, high), fill=None, edge=PAPER.line2, width=0.5)
    stretched = (wide, high) if drawn.is_picture else (scale, scale)
    sheet.place(drawn.name, stretched, (x - drawn.left * scale, y - drawn.bottom * scale))
