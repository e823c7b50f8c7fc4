"""The cover and the contents of a pack."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mhtracker import text
from mhtracker.domain.records import DueState
from mhtracker.figures.fonts import REGULAR, SEMIBOLD, shortened, text_width
from mhtracker.figures.palette import PAPER
from mhtracker.figures.steps import draw_people_steps, draw_steps
from mhtracker.reports.packs.facts import ContentsLine, PackFacts
from mhtracker.reports.paper import signs
from mhtracker.reports.paper.layout import (
    BODY,
    CAPTION,
    HEADING,
    HEIGHT,
    LEFT,
    MARGIN,
    RIGHT,
    ROOM,
    Cell,
    Flow,
    Pill,
    draw_cell,
    draw_pill,
    wrapped,
)
from mhtracker.reports.paper.page_frame import (
    DEMO_WORDS,
    MARKING,
    Printing,
    draw_plain_foot,
    draw_plain_frame,
    known_words,
)
from mhtracker.reports.paper.sheet import Sheet

CONTENTS_LINES = 30
_ROW = 20.4
_KEEP_CAREFULLY = (
    "Keep this copy with you. Hand it to the chair at the end of the meeting, or destroy it as confidential waste and"
    " tell the chair. Do not photograph or forward it."
)


def draw_cover(sheet: Sheet, facts: PackFacts, printing: Printing, *, as_at: date, pages: int) -> None:
    """What this is, who is in it, where they are now and what needs doing."""
    top = HEIGHT - MARGIN
    sheet.text(LEFT, top - 4, MARKING, font=SEMIBOLD, size=BODY)
    council = shortened(printing.council, REGULAR, BODY, ROOM * 0.7)
    sheet.text_right(RIGHT, top - 4, council, size=BODY, fill=PAPER.text2)
    if facts.demo:
        sheet.rect((LEFT, top - 41, ROOM, 22), fill=None, edge=PAPER.info, width=0.9)
        sheet.text(LEFT + 9, top - 33.5, DEMO_WORDS, font=SEMIBOLD, fill=PAPER.info_text)
    steps = draw_steps(facts.stages, width=243, height=142)
    sheet.picture(steps.drawing, RIGHT - 247, HEIGHT - 262)
    _draw_title(sheet, printing.title)
    sheet.text(LEFT, HEIGHT - 246, f"As at {text.format_date(as_at, weekday=True)}", size=16)
    if facts.as_known is not None:
        sheet.text(LEFT, HEIGHT - 266, known_words(facts.as_known), font=SEMIBOLD, fill=PAPER.warn_text)
    sheet.line((LEFT, HEIGHT - 297, RIGHT, HEIGHT - 297), stroke=PAPER.text, width=1.4)
    _draw_facts(sheet, facts, printing, as_at, pages)
    _draw_where(sheet, facts)
    _draw_care(sheet)
    draw_plain_foot(sheet, printing, as_at)


def _draw_title(sheet: Sheet, title: str) -> None:
    sizes = ((33.0, 2), (22.0, 4), (12.0, 8))
    tried = [(size, most, wrapped(title, "", size, ROOM - 262)) for size, most in sizes]
    size, _, lines = next((each for each in tried if len(each[2]) <= each[1]), tried[-1])
    y = HEIGHT - 209 + (len(lines[:8]) - 1) * size * 1.15
    for line in lines[:8]:
        for x, words, font in line:
            sheet.text(LEFT + x, y, words, font=font, size=size)
        y -= size * 1.15


def _draw_facts(sheet: Sheet, facts: PackFacts, printing: Printing, as_at: date, pages: int) -> None:
    def same_page() -> tuple[Sheet, float]:
        return sheet, HEIGHT - 312

    people = text.count(len(facts.lines), "person", "people")
    middle = LEFT + ROOM * 0.555
    flow = Flow(same_page)
    flow.heading(f"{people}, {text.count(pages, 'page')}", right=middle, keep=0)
    at = printing.printed_at
    pairs = [
        ("Prepared by", Cell(printing.printed_by or text.NOT_RECORDED)),
        ("As at", Cell(text.format_date(as_at))),
        ("Printed", Cell(f"{text.format_date(at.date(), weekday=True)} {at:%H:%M}")),
        ("Council", Cell(printing.council or text.NOT_RECORDED)),
        ("Names", Cell("Full names")),
        ("Order", Cell("As in the contents, which give each person’s page")),
    ]
    flow.facts(pairs, left=LEFT, right=middle, label_room=90)
    flow = Flow(same_page)
    flow.heading("What needs doing", left=middle + 30, keep=0)
    never = sum(line.never for line in facts.lines)
    overdue = facts.count(DueState.OVERDUE) - never
    soon = facts.count(DueState.DUE_SOON, DueState.DUE_TODAY)
    wants = (
        (signs.OVERDUE, "Review overdue", overdue),
        (signs.OVERDUE, "Never reviewed, overdue", never),
        (signs.SOON, "Review due soon", soon),
        (signs.IN_DATE, "Review not due yet", facts.count(DueState.IN_DATE)),
        (signs.NONE, "No review due", facts.count(DueState.NONE)),
        (signs.NONE, "No move-on date", sum(not line.has_target for line in facts.lines)),
    )
    for sign, words, number in wants:
        flow.y -= 16.7
        draw_cell(sheet, middle + 30, flow.y + 5.1, Cell(words, sign=sign), [[(0.0, words, REGULAR)]])
        sheet.text_right(RIGHT, flow.y + 5.1, text.format_number(number), font=SEMIBOLD)
        sheet.line((middle + 30, flow.y, RIGHT, flow.y), stroke=PAPER.line2)


def _draw_where(sheet: Sheet, facts: PackFacts) -> None:
    counts = facts.stage_counts()
    staged = sum(counts.values())
    y = HEIGHT - 494
    people = text.count(len(facts.lines), "person is", "people are")
    heading = f"Where the {people} now" if len(facts.lines) != 1 else "Where the person is now"
    sheet.text(LEFT, y, heading, font=SEMIBOLD, size=HEADING)
    picture = draw_people_steps(counts, facts.stages, width=ROOM, height=72)
    sheet.picture(picture.drawing, LEFT, y - 84)
    x, row = LEFT, y - 102
    for stage in sorted(facts.stages, key=lambda stage: (stage.level, stage.id)):
        if counts[stage.id]:
            x, row = _key(sheet, x, row, Pill(stage.letter[:2], PAPER.stage(stage)), stage.label)
    if staged < len(facts.lines):
        rest = text.count(len(facts.lines) - staged, "person has", "people have")
        sheet.text(LEFT, row - 18, f"{rest} no present stay recorded.", fill=PAPER.text2)


def _key(sheet: Sheet, x: float, y: float, pill: Pill, words: str) -> tuple[float, float]:
    """A stage's letter with its name; gives where the next begins."""
    wide = 15 + text_width(words, REGULAR, CAPTION) + 14
    if x + wide > RIGHT:
        x, y = LEFT, y - 16
    draw_pill(sheet, x, y, pill)
    sheet.text(x + 15, y, words, size=CAPTION, fill=PAPER.text2)
    return x + wide, y


def _draw_care(sheet: Sheet) -> None:
    sheet.rect((LEFT, 52, ROOM, 37), fill=None, edge=PAPER.line2, width=0.8)
    for number, line in enumerate(wrapped("Personal records of named people.", " " + _KEEP_CAREFULLY, BODY, ROOM - 18)):
        for x, words, font in line:
            sheet.text(LEFT + 9 + x, 74.5 - number * 12.4, words, font=font)


def draw_contents(
    sheet: Sheet,
    facts: PackFacts,
    lines: Sequence[ContentsLine],
    printing: Printing,
    *,
    as_at: date,
    first: int,
    front: int,
) -> list[tuple[tuple[float, float, float, float], int]]:
    """A page of contents from the `first` person on; gives its links. `front` pages come before everybody's own."""
    people = text.count(len(facts.lines), "person", "people")
    subtitle = f"{people}, as at {text.format_date(as_at)}"
    y = draw_plain_frame(
        sheet, printing, title="Contents", subtitle=subtitle, as_at=as_at, demo=facts.demo, as_known=facts.as_known
    )
    columns = ((LEFT + 19, "Person"), (LEFT + 214, "NHS number"), (LEFT + 292, "Stage"), (LEFT + 386, "Review"))
    y -= 15
    for x, words in columns:
        sheet.text(x, y, words, font=SEMIBOLD, size=CAPTION, fill=PAPER.text2)
    sheet.text_right(RIGHT, y, "Page", font=SEMIBOLD, size=CAPTION, fill=PAPER.text2)
    y -= 5.5
    sheet.line((LEFT, y, RIGHT, y), stroke=PAPER.line2)
    links = []
    for number, line in enumerate(lines, first + 1):
        base = y - 13.4
        sheet.text_right(LEFT + 15, base, str(number), fill=PAPER.text2, size=BODY if number < 1000 else 7)
        sheet.text(LEFT + 19, base, shortened(line.name, SEMIBOLD, BODY, 190), font=SEMIBOLD)
        sheet.text(LEFT + 214, base, line.nhs_number or text.NOT_RECORDED, fill=PAPER.text2)
        if line.stage is not None:
            pill = Pill(line.stage.letter[:2], PAPER.stage(line.stage))
            draw_pill(sheet, LEFT + 292, base, pill)
            sheet.text(LEFT + 308, base, shortened(line.stage.label, REGULAR, BODY, 74))
        else:
            sheet.text(LEFT + 292, base, text.NOT_RECORDED, fill=PAPER.text3)
        sign, fill = signs.sign_of(line.state)
        signs.draw_sign(sheet, sign, LEFT + 390, base + 3.1)
        sheet.text(LEFT + 398, base, shortened(line.words, REGULAR, BODY, 100), fill=fill)
        sheet.text_right(RIGHT, base, str(front + line.first + 1), font=SEMIBOLD)
        links.append(((LEFT, y - _ROW, RIGHT, y), front + line.first))
        y -= _ROW
        sheet.line((LEFT, y, RIGHT, y), stroke=PAPER.line2)
    return links
