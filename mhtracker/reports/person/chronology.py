"""A person's story on paper: the events chosen for it, or every line of the chronology."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from mhtracker import text
from mhtracker.domain.chronology import (
    CHAPTER_WORDS,
    Choice,
    ChronologyLine,
    build_chronology,
    key_lines,
    narrowed,
)
from mhtracker.domain.notes import is_finished
from mhtracker.domain.summary import CaseSummary
from mhtracker.figures.palette import PAPER
from mhtracker.reports.paper.layout import CAPTION, ROOM, Cell, Column, Flow
from mhtracker.reports.paper.page_frame import Printing, draw_person_frame, stamp
from mhtracker.reports.paper.pdf_file import Leaf, PdfFile, written_whole
from mhtracker.reports.paper.sheet import Sheet

TITLE = "Chronology"


def draw_key_events(flow: Flow, summary: CaseSummary) -> None:
    """The events chosen for paper, oldest first, in their authors' words; nothing at all where none was chosen."""
    chosen = key_lines(build_chronology(summary))
    if not chosen:
        return
    flow.heading("Key events", keep=50)
    rows = [(Cell(text.format_date(line.day)), Cell(line.paper_words)) for line in reversed(chosen)]
    flow.table((Column("Date", 80), Column("What happened", ROOM - 80)), rows)


def write_chronology(
    summary: CaseSummary,
    out: str | Path | BinaryIO,
    *,
    choice: Choice,
    printed_by: str,
    printed_at: datetime,
) -> int:
    """Prints a chronology, narrowed to a choice, oldest line first; gives the number of pages."""
    if isinstance(out, (str, Path)):
        with written_whole(Path(out)) as file:
            return write_chronology(summary, file, choice=choice, printed_by=printed_by, printed_at=printed_at)
    printing = Printing(TITLE, printed_by, printed_at, summary.council)
    pdf = PdfFile(out, title=f"{TITLE} {summary.person.ref}".strip(), author=printed_by, printed_at=printed_at)
    sheets: list[Sheet] = []

    def new_page() -> tuple[Sheet, float]:
        sheets.append(pdf.sheet())
        return sheets[-1], draw_person_frame(sheets[-1], summary, printing)

    waiting = {note.id for note in summary.notes if not is_finished(note)}
    every = [line for line in build_chronology(summary) if line.source_id not in waiting]
    flow = Flow(new_page)
    _draw_lines(flow, every, narrowed(every, choice), choice)
    bodies = [pdf.add(sheet) for sheet in sheets]
    leaves = []
    for number, body in enumerate(bodies, 1):
        sheet = pdf.sheet()
        stamp(sheet, page=number, pages=len(bodies), title=TITLE)
        leaves.append(Leaf([body, pdf.add(sheet)]))
    pdf.finish(leaves, outline=())
    return len(leaves)


def _draw_lines(flow: Flow, every: Sequence[ChronologyLine], lines: Sequence[ChronologyLine], choice: Choice) -> None:
    flow.heading("Chronology", keep=50)
    flow.y -= 3
    for words in choice_words(choice, len(lines), len(every)):
        flow.words(words, size=CAPTION, fill=PAPER.text2)
    if not lines:
        flow.words("Nothing is recorded that fits." if choice.narrows else text.NOT_RECORDED, fill=PAPER.text3)
        return
    rows = [
        (
            Cell(text.format_date(line.day)),
            Cell(CHAPTER_WORDS[line.chapter], fill=PAPER.text2),
            Cell(line.words if choice.only_key is False else line.paper_words),
            Cell("Key" if line.key is not None else ""),
        )
        for line in reversed(lines)
    ]
    columns = (Column("Date", 68), Column("About", 96), Column("What happened", ROOM - 192), Column("", 28))
    flow.table(columns, rows)


def choice_words(choice: Choice, left: int, every: int) -> list[str]:
    """What was left out, said on the paper itself: a part must not pass for the whole."""
    if not choice.narrows:
        return []
    said = []
    if choice.chapters:
        said.append(
            "about "
            + text.join_words([CHAPTER_WORDS[each].lower() for each in CHAPTER_WORDS if each in choice.chapters])
        )
    if choice.first is not None:
        said.append(f"from {text.format_date(choice.first)}")
    if choice.last is not None:
        said.append(f"to {text.format_date(choice.last)}")
    if choice.typed.strip():
        said.append(f"with the words “{choice.typed.strip()}”")
    if choice.only_key:
        said.append("key events only")
    return [f"A part of the chronology: {', '.join(said)}. {left:,} of {text.count(every, 'line')}."]
