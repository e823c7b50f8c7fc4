"""The pages of one person: what a case summary says, in the order a meeting reads it."""

from __future__ import annotations

from mhtracker.domain.summary import CaseSummary
from mhtracker.figures.palette import PAPER
from mhtracker.figures.pathway_strip import draw_pathway_strip
from mhtracker.reports.packs.decision import draw_decision
from mhtracker.reports.paper.layout import CAPTION, LEFT, ROOM, Flow
from mhtracker.reports.paper.page_frame import Printing, draw_person_frame
from mhtracker.reports.paper.pdf_file import PdfFile
from mhtracker.reports.paper.sheet import Sheet
from mhtracker.reports.person.chronology import draw_key_events
from mhtracker.reports.person.documents import draw_pages, draw_papers, read_papers
from mhtracker.reports.person.history import draw_notes, draw_placements, draw_reviews
from mhtracker.reports.person.legal import draw_legal, draw_statuses
from mhtracker.reports.person.now import draw_move_on, draw_now
from mhtracker.reports.person.people import draw_people, draw_warnings
from mhtracker.reports.person.progress import draw_goals, draw_measures


def write_person(pdf: PdfFile, summary: CaseSummary, printing: Printing, *, decision: bool) -> list[int]:
    """Writes one person's pages; gives the content number of each, for `Leaf`. Each begins on a new page."""
    sheets: list[Sheet] = []

    def new_page() -> tuple[Sheet, float]:
        sheet = pdf.sheet()
        sheets.append(sheet)
        return sheet, draw_person_frame(sheet, summary, printing)

    flow = Flow(new_page)
    _draw_strip(flow, summary)
    draw_warnings(flow, summary)
    draw_now(flow, summary)
    draw_legal(flow, summary)
    draw_move_on(flow, summary)
    draw_goals(flow, summary)
    draw_measures(flow, summary)
    draw_reviews(flow, summary)
    draw_people(flow, summary)
    draw_placements(flow, summary)
    draw_statuses(flow, summary)
    draw_key_events(flow, summary)
    draw_notes(flow, summary)
    papers = read_papers(pdf, summary)
    draw_papers(flow, summary, papers)
    if decision:
        draw_decision(flow, summary)
    sheets.extend(draw_pages(pdf, summary, printing, papers))
    return [pdf.add(sheet) for sheet in sheets]


def _draw_strip(flow: Flow, summary: CaseSummary) -> None:
    picture = draw_pathway_strip(summary, PAPER, width=ROOM, text_size=CAPTION)
    flow.y -= picture.height + 7.0
    flow.sheet.picture(picture.drawing, LEFT, flow.y)
    flow.y += 6.0
