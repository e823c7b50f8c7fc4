"""A review pack: cover, contents with page numbers, and a case summary with a decision block for each person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from mhtracker import text
from mhtracker.domain.records import DueState
from mhtracker.domain.summary import CaseSummary
from mhtracker.reports.packs.facts import ContentsLine, PackFacts
from mhtracker.reports.packs.front import CONTENTS_LINES, draw_contents, draw_cover
from mhtracker.reports.paper.page_frame import Printing, stamp
from mhtracker.reports.paper.pdf_file import Leaf, PdfFile, written_whole
from mhtracker.reports.person.pages import write_person


class Progress(Protocol):
    """How far the work is; `step` raises Cancelled when the person stops it."""

    def step(self, done: int, total: int, words: str) -> None: ...


@dataclass(slots=True)
class Written:
    """How many pages there are, and the first of each person, by id, counted from 0."""

    pages: int = 0
    first_pages: dict[str, int] = field(default_factory=dict)


def write_review_pack(
    summaries: Iterable[CaseSummary],
    out: str | Path | BinaryIO,
    *,
    title: str,
    printed_by: str,
    printed_at: datetime,
    council: str,
    progress: Progress | None = None,
    total: int = 0,
) -> Written:
    """Prints a pack to a path (whole or not at all) or into an open file.

    People come in the order given and are asked for one at a time; none is kept. `total` is how many will come, for
    the progress alone. What `progress.step` raises leaves nothing behind.
    """
    if isinstance(out, (str, Path)):
        with written_whole(Path(out)) as file:
            return write_review_pack(
                summaries, file, title=title, printed_by=printed_by, printed_at=printed_at, council=council,
                progress=progress, total=total,
            )  # fmt: skip
    printing = Printing(title, printed_by, printed_at, council, pack=True)
    pdf = PdfFile(out, title=title, author=printed_by, printed_at=printed_at)
    facts, people = PackFacts(council=council), list[str]()
    for summary in summaries:
        if progress is not None:
            progress.step(len(facts.lines), total, f"Drawing person {len(facts.lines) + 1}")
        _take(facts, summary, write_person(pdf, summary, printing, decision=True))
        people.append(summary.person.id)
    if progress is not None:
        progress.step(len(facts.lines), max(total, len(facts.lines)), "Writing the contents")
    leaves = _bind(pdf, facts, printing)
    front = len(leaves) - len(facts.bodies)
    outline = [("Cover", 0), ("Contents", 1), *((line.name, front + line.first) for line in facts.lines)]
    pdf.finish(leaves, outline)
    firsts = (front + line.first for line in facts.lines)
    return Written(len(leaves), dict(zip(people, firsts, strict=True)))


def _take(facts: PackFacts, summary: CaseSummary, bodies: list[int]) -> None:
    facts.as_at = facts.as_at or summary.as_at
    facts.as_known = facts.as_known or summary.as_known
    facts.demo = facts.demo or summary.demo
    facts.stages = facts.stages or summary.stages
    need = summary.review
    facts.lines.append(
        ContentsLine(
            name=text.full_name(summary.person),
            nhs_number=text.format_nhs(summary.person.nhs_number),
            stage=summary.current.stage if summary.current else None,
            state=need.due.state,
            words=text.review_words(need, summary.as_at),
            never=need.never and need.due.state is DueState.OVERDUE,
            has_target=summary.move_on is not None and summary.move_on.current is not None,
            first=len(facts.bodies),
            pages=len(bodies),
        )
    )
    facts.bodies += bodies


def _bind(pdf: PdfFile, facts: PackFacts, printing: Printing) -> list[Leaf]:
    """Cover and contents in front, then everybody's pages, all numbered through."""
    contents_pages = max(1, -(-len(facts.lines) // CONTENTS_LINES))
    front = 1 + contents_pages
    pages = front + len(facts.bodies)
    as_at = facts.as_at or printing.printed_at.date()
    sheet = pdf.sheet()
    draw_cover(sheet, facts, printing, as_at=as_at, pages=pages)
    stamp(sheet, page=1, pages=pages)
    leaves = [Leaf([pdf.add(sheet)])]
    for number in range(contents_pages):
        sheet = pdf.sheet()
        begin = number * CONTENTS_LINES
        some = facts.lines[begin : begin + CONTENTS_LINES]
        links = draw_contents(sheet, facts, some, printing, as_at=as_at, first=begin, front=front)
        stamp(sheet, page=number + 2, pages=pages, title=printing.title)
        leaves.append(Leaf([pdf.add(sheet)], links))
    people = text.format_number(len(facts.lines))
    for place, line in enumerate(facts.lines, 1):
        for own in range(line.pages):
            sheet = pdf.sheet()
            page = front + line.first + own + 1
            words = f"Person {text.format_number(place)} of {people}, page {own + 1} of {line.pages}"
            stamp(sheet, page=page, pages=pages, title=printing.title, own=words)
            leaves.append(Leaf([facts.bodies[line.first + own], pdf.add(sheet)]))
    return leaves
