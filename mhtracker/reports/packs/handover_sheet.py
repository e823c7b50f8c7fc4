"""A handover sheet: contents with lines to sign, then a page or so for each person who changes hands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import BinaryIO

from mhtracker import text
from mhtracker.domain.legal.orders import EXPIRING, is_carried_on
from mhtracker.domain.legal.words import KIND_TITLES
from mhtracker.domain.people_around import assessment_due
from mhtracker.domain.reviewing.due import due
from mhtracker.domain.summary import CaseSummary
from mhtracker.figures.fonts import REGULAR, SEMIBOLD, shortened, text_width
from mhtracker.figures.palette import PAPER
from mhtracker.reports.packs.pack import Progress, Written
from mhtracker.reports.paper import signs
from mhtracker.reports.paper.layout import BODY, CAPTION, LEFT, RIGHT, ROOM, Cell, Column, Flow, draw_cell
from mhtracker.reports.paper.page_frame import Printing, draw_person_frame, draw_plain_frame, label, stamp
from mhtracker.reports.paper.pdf_file import Leaf, PdfFile
from mhtracker.reports.paper.sheet import Sheet
from mhtracker.reports.person.move_on import draw_actions, draw_barriers
from mhtracker.reports.person.now import draw_now
from mhtracker.reports.person.words import pill_of, place_of, say_blank

TITLE = "Handover sheet"
NEXT_DAYS = 28
NOTES = 3
NOTE_LETTERS = 600
_ROW = 20.4
_ON_FIRST, _ON_OTHERS = 24, 30


@dataclass(frozen=True, slots=True)
class Handover:
    """From whom to whom, and on which day."""

    given_by: str
    taken_by: str
    on: date
    council: str = ""


def write_handover_sheet(
    summaries: Iterable[CaseSummary],
    facts: Handover,
    out: BinaryIO,
    *,
    printed_by: str,
    printed_at: datetime,
    progress: Progress | None = None,
) -> Written:
    """Print the sheet into an open file. What `progress.step` raises goes to the caller."""
    pdf = PdfFile(out, title=TITLE, author=printed_by, printed_at=printed_at)
    people: list[tuple[CaseSummary, list[int]]] = []
    for summary in summaries:
        if progress is not None:
            progress.step(len(people), 0, f"Drawing person {len(people) + 1}")
        printing = Printing(TITLE, printed_by, printed_at, facts.council or summary.council, pack=True)
        people.append((summary, _write_person(pdf, summary, printing)))
    as_at = people[0][0].as_at if people else facts.on
    council = facts.council or (people[0][0].council if people else "")
    return _bind(pdf, people, facts, Printing(TITLE, printed_by, printed_at, council), as_at)


def _write_person(pdf: PdfFile, summary: CaseSummary, printing: Printing) -> list[int]:
    sheets: list[Sheet] = []

    def new_page() -> tuple[Sheet, float]:
        sheet = pdf.sheet()
        sheets.append(sheet)
        return sheet, draw_person_frame(sheet, summary, printing)

    flow = Flow(new_page)
    _draw_warnings(flow, summary)
    draw_now(flow, summary)
    _draw_next_weeks(flow, summary)
    flow.heading("Barriers and actions", keep=60)
    draw_barriers(flow, summary)
    draw_actions(flow, summary)
    _draw_notes(flow, summary)
    _draw_talk(flow)
    return [pdf.add(sheet) for sheet in sheets]


def _draw_warnings(flow: Flow, summary: CaseSummary) -> None:
    held = [each for each in summary.around.warnings if each.ended_on is None]
    held = [each for each in held if each.expires_on is None or each.expires_on > summary.as_at]
    if not held:
        return
    flow.heading("Warnings", keep=20)
    for each in held:
        kind = label(summary, "warning_kind", each.kind)
        flow.y -= 2
        flow.words(f" {each.why}" if each.why else "", lead=f"{kind}: {each.words}." if kind else f"{each.words}.")


def next_weeks(summary: CaseSummary) -> list[tuple[date, str, str]]:
    """What falls due within four weeks or is overdue, soonest first: (day, what it is, what of it)."""
    until = summary.as_at + timedelta(days=NEXT_DAYS)
    found: list[tuple[date, str, str]] = []
    need = summary.review
    if need.due.due_on is not None:
        found.append((need.due.due_on, "Review due", "First of this placement" if need.first else ""))
    if need.booked is not None and need.booked.booked_on is not None:
        found.append((need.booked.booked_on, "Review booked", need.booked.booked_time))
    plan = summary.move_on
    if plan is not None and plan.current is not None:
        aim = plan.aim_stage.label if plan.aim_stage is not None else ""
        found.append((plan.current.target_on, "Move-on target", aim))
    for action in summary.around.open_actions():
        if action.due_on is not None:
            found.append((action.due_on, "Action", action.what))
    for warning in summary.around.warnings:
        if warning.review_on is not None and warning.ended_on is None:
            found.append((warning.review_on, "Warning to look at again", warning.words))
    for contact in summary.around.contacts:
        due_on, _ = assessment_due(contact, summary.as_at)
        if due_on is not None:
            found.append((due_on, "Carer’s assessment", contact.name))
    for status in summary.statuses:
        begun = status.started_on is None or status.started_on <= summary.as_at
        over = status.ended_on is not None and status.ended_on <= summary.as_at
        if status.kind not in EXPIRING or status.expires_on is None or not begun or over:
            continue
        if not is_carried_on(status, summary.statuses, summary.as_at):
            words = "Ran out" if status.expires_on < summary.as_at else "Runs out"
            found.append((status.expires_on, words, KIND_TITLES[status.kind]))
    return sorted((each for each in found if each[0] <= until), key=lambda each: (each[0], each[1]))


def _draw_next_weeks(flow: Flow, summary: CaseSummary) -> None:
    until = summary.as_at + timedelta(days=NEXT_DAYS)
    flow.heading(f"What matters until {text.format_date(until)}", keep=40)
    found = next_weeks(summary)
    if not found:
        flow.y -= 3
        flow.words("Nothing is due.", fill=PAPER.text3)
        return
    columns = (Column("", 16), Column("Day", 104), Column("What", 120), Column("", ROOM - 240))
    rows = []
    for day, what, words in found:
        sign, fill = signs.sign_of(due(day, summary.as_at).state)
        said = text.format_date(day, weekday=True)
        rows.append((Cell(box=True), Cell(said, sign=sign, fill=fill), Cell(what), Cell(words)))
    flow.table(columns, rows)


def _draw_notes(flow: Flow, summary: CaseSummary) -> None:
    flow.heading("Last notes", keep=30)
    if not summary.notes:
        say_blank(flow)
    for note in summary.notes[:NOTES]:
        kind = label(summary, "note_kind", note.kind)
        said = note.text if len(note.text) <= NOTE_LETTERS else f"{note.text[:NOTE_LETTERS].rstrip()} …"
        flow.y -= 3
        by = f", {note.author}" if note.author else ""
        flow.words(f" {said}", lead=f"{text.format_date(note.noted_on)}, {kind}{by}.")


def _draw_talk(flow: Flow) -> None:
    flow.heading("For the talk", keep=92)
    for _ in range(4):
        flow.y -= 20
        flow.sheet.line((LEFT, flow.y, RIGHT, flow.y), stroke=PAPER.text3, width=0.5)
    flow.y -= 4


def _bind(
    pdf: PdfFile,
    people: Sequence[tuple[CaseSummary, list[int]]],
    facts: Handover,
    printing: Printing,
    as_at: date,
) -> Written:
    front = 1 + max(0, -(-(len(people) - _ON_FIRST) // _ON_OTHERS))
    pages = front + sum(len(bodies) for _, bodies in people)
    firsts, place = [], front
    for _, bodies in people:
        firsts.append(place)
        place += len(bodies)
    leaves = []
    for number in range(front):
        start = 0 if number == 0 else _ON_FIRST + (number - 1) * _ON_OTHERS
        some = range(start, min(start + (_ON_FIRST if number == 0 else _ON_OTHERS), len(people)))
        sheet = pdf.sheet()
        _draw_contents(sheet, people, firsts, some, facts, printing, as_at, last=number == front - 1)
        stamp(sheet, page=number + 1, pages=pages, title=TITLE)
        leaves.append(Leaf([pdf.add(sheet)]))
    for turn, (_, bodies) in enumerate(people):
        for own, body in enumerate(bodies):
            sheet = pdf.sheet()
            words = f"Person {turn + 1} of {len(people)}, page {own + 1} of {len(bodies)}"
            stamp(sheet, page=firsts[turn] + own + 1, pages=pages, title=TITLE, own=words)
            leaves.append(Leaf([body, pdf.add(sheet)]))
    named = [(text.full_name(summary.person), first) for (summary, _), first in zip(people, firsts, strict=True)]
    pdf.finish(leaves, [("Contents", 0), *named])
    by_person = {summary.person.id: first for (summary, _), first in zip(people, firsts, strict=True)}
    return Written(len(leaves), by_person)


def _draw_contents(
    sheet: Sheet,
    people: Sequence[tuple[CaseSummary, list[int]]],
    firsts: Sequence[int],
    some: range,
    facts: Handover,
    printing: Printing,
    as_at: date,
    *,
    last: bool,
) -> None:
    """A page of the contents, the lines to sign at the end of the last."""
    demo = any(summary.demo for summary, _ in people)
    count = text.count(len(people), "person", "people")
    subtitle = f"{count}, handed over on {text.format_date(facts.on)}"
    as_known = people[0][0].as_known if people else None
    top = draw_plain_frame(
        sheet, printing, title="Handover", subtitle=subtitle, as_at=as_at, demo=demo, as_known=as_known
    )
    flow = Flow(lambda: (sheet, top))
    flow.y -= 6
    flow.facts([("From", Cell(facts.given_by)), ("To", Cell(facts.taken_by))], left=LEFT, right=RIGHT, label_room=60)
    flow.y -= 4
    columns = (Column("Person", 190), Column("Where", ROOM - 190 - 120 - 40), Column("Review", 120), Column("Page", 40))
    for turn in some:
        summary, _ = people[turn]
        sign, fill = signs.sign_of(summary.review.due.state)
        stay = summary.current
        cells = (
            Cell(lead=text.full_name(summary.person), pill=pill_of(stay.stage) if stay is not None else None),
            Cell(place_of(stay) if stay is not None else text.NOT_RECORDED),
            Cell(text.review_words(summary.review, summary.as_at), sign=sign, fill=fill),
            Cell(str(firsts[turn] + 1)),
        )
        _draw_row(flow, columns, cells, head=turn == some[0])
    if last:
        _draw_signatures(sheet, facts)


def _draw_row(flow: Flow, columns: Sequence[Column], cells: Sequence[Cell], *, head: bool) -> None:
    x = LEFT
    if head:
        flow.y -= 14
        for column in columns:
            flow.sheet.text(x, flow.y, column.title, font=SEMIBOLD, size=CAPTION, fill=PAPER.text2)
            x += column.width
        flow.y -= 5
        flow.sheet.line((LEFT, flow.y, RIGHT, flow.y), stroke=PAPER.line2)
    x, base = LEFT, flow.y - 13.4
    for column, cell in zip(columns, cells, strict=True):
        room = column.width - cell.indent - 6
        _draw_one_line(flow.sheet, x, base, cell, room)
        x += column.width
    flow.y -= _ROW
    flow.sheet.line((LEFT, flow.y, RIGHT, flow.y), stroke=PAPER.line2)


def _draw_one_line(sheet: Sheet, x: float, base: float, cell: Cell, room: float) -> None:
    """A cell on one line, cut where its room ends: a row of the contents keeps its height."""
    words, font = (cell.lead, SEMIBOLD) if cell.lead else (cell.words, REGULAR)
    draw_cell(sheet, x, base, cell, [[(0.0, shortened(words, font, BODY, room), font)]])


def _draw_signatures(sheet: Sheet, facts: Handover) -> None:
    wide, y = (ROOM - 24) / 2, 92.0
    for place, (role, name) in enumerate((("Handed over", facts.given_by), ("Taken over", facts.taken_by))):
        left = LEFT + place * (wide + 24)
        sheet.line((left, y, left + wide, y), stroke=PAPER.text, width=0.7)
        sheet.text(left, y - 12, role, font=SEMIBOLD)
        start = left + text_width(f"{role} ", SEMIBOLD, BODY)
        sheet.text(start, y - 12, shortened(name, REGULAR, BODY, left + wide - start - 60))
        sheet.text(left + wide - 54, y - 12, "Date", fill=PAPER.text2)
