"""What stands on every page, whatever it reports: whom it is about, how secret it is, as at when, printed by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from mhtracker import text
from mhtracker.domain.fields import label_of
from mhtracker.domain.summary import CaseSummary
from mhtracker.figures.fonts import REGULAR, SEMIBOLD, shortened, text_width
from mhtracker.figures.palette import PAPER
from mhtracker.reports.paper.layout import CAPTION, HEIGHT, LEFT, MARGIN, NAME, RIGHT, ROOM, WIDTH, wrapped
from mhtracker.reports.paper.sheet import Sheet

MARKING = "OFFICIAL-SENSITIVE"
PUBLISHED = "OFFICIAL: FOR PUBLICATION"
"""The marking of paper on which nobody can be told from the numbers."""
DEMO_WORDS = "Demonstration: invented people"
_RIGHT_BLOCK = 190.0
_IDENTITY = 10.2
_PAGE_ROOM = 74.0
_FOOT_LINE, _FOOT_BASE = 41.5, 31.0


@dataclass(frozen=True, slots=True)
class Printing:
    """Who prints, when (local time), for which council, and what the whole is called.

    `pack`: it holds many people. `marking` is how it may be handled.
    """

    title: str
    printed_by: str
    printed_at: datetime
    council: str
    pack: bool = False
    marking: str = MARKING


def label(summary: CaseSummary, list_name: str, code: str | None) -> str:
    """The words of a code as this register has them; "" for None."""
    if code is None:
        return ""
    return summary.labels.get(f"{list_name}/{code}") or label_of(list_name, code)


def as_at_words(printing: Printing, as_at: date) -> str:
    """`As at 14 Jul 2026 10:41, printed by …`, with the day of printing when it is another."""
    by = f" by {printing.printed_by}" if printing.printed_by else ""
    at = printing.printed_at
    if at.date() == as_at:
        return f"As at {text.format_date(as_at)} {at:%H:%M}, printed{by}"
    return f"As at {text.format_date(as_at)}, printed {text.format_date(at.date())} {at:%H:%M}{by}"


def draw_person_frame(sheet: Sheet, summary: CaseSummary, printing: Printing) -> float:
    """A person's banner and footer; gives where the page's body begins. Titles and page numbers are stamped later."""
    person = summary.person
    _draw_top_words(sheet, summary.demo, summary.as_known)
    y = _draw_name(sheet, text.full_name(person))
    y = _draw_identity(sheet, _identity(summary), y - 15.6)
    y = min(y, HEIGHT - MARGIN - (35.0 if printing.pack else 28.4))
    place = ", ".join(part for part in (summary.council or printing.council, summary.team) if part)
    _draw_right_block(sheet, place, lowered=printing.pack)
    sheet.line((LEFT, y - 9.6, RIGHT, y - 9.6), stroke=PAPER.text, width=1.4)
    nhs = f", NHS {text.format_nhs(person.nhs_number)}" if person.nhs_number else ", NHS number not recorded"
    _draw_foot(sheet, text.full_name(person), nhs, as_at_words(printing, summary.as_at))
    return y - 9.6


def draw_plain_frame(
    sheet: Sheet,
    printing: Printing,
    *,
    title: str,
    subtitle: str,
    as_at: date,
    demo: bool,
    as_known: date | None = None,
) -> float:
    """The banner and footer of a page that is about no one person."""
    _draw_top_words(sheet, demo, as_known)
    y = _draw_name(sheet, title) - 15.6
    sheet.text(LEFT, y, shortened(subtitle, REGULAR, _IDENTITY, ROOM - _RIGHT_BLOCK), size=_IDENTITY, fill=PAPER.text2)
    y = min(y, HEIGHT - MARGIN - 28.4)
    _draw_right_block(sheet, printing.council, marking=printing.marking)
    sheet.line((LEFT, y - 9.6, RIGHT, y - 9.6), stroke=PAPER.text, width=1.4)
    draw_plain_foot(sheet, printing, as_at)
    return y - 9.6


def draw_plain_foot(sheet: Sheet, printing: Printing, as_at: date) -> None:
    """The footer of a cover or contents page."""
    _draw_foot(sheet, printing.title, "", as_at_words(printing, as_at), printing.marking)


def stamp(sheet: Sheet, *, page: int, pages: int, title: str = "", own: str = "") -> None:
    """What is known only when all pages are: their number, and the title in the banner with a person's own page."""
    sheet.text_right(RIGHT, _FOOT_BASE, f"Page {page} of {pages}", font=SEMIBOLD, size=CAPTION)
    if title:
        size = 12.5 if text_width(title, SEMIBOLD, 12.5) <= _RIGHT_BLOCK else CAPTION
        fitted = shortened(title, SEMIBOLD, size, _RIGHT_BLOCK)
        sheet.text_right(RIGHT, HEIGHT - MARGIN - 8.6, fitted, font=SEMIBOLD, size=size)
    if own:
        sheet.text_right(RIGHT, HEIGHT - MARGIN - 19.2, own, size=CAPTION, fill=PAPER.text2)


def _draw_name(sheet: Sheet, name: str) -> float:
    """The name in full, smaller and on more lines the longer it is; gives its last baseline."""
    room = ROOM - _RIGHT_BLOCK - 10
    tried = (
        (size, most, wrapped(name, "", size, room)) for size, most in ((NAME, 1), (14.0, 2), (10.5, 3), (7.0, 999))
    )
    size, _, lines = next(each for each in tried if len(each[2]) <= each[1])
    y = HEIGHT - MARGIN - 12.8 * size / NAME + size * 1.15
    for line in lines:
        y -= size * 1.15
        for x, words, font in line:
            sheet.text(LEFT + x, y, words, font=font, size=size)
    return y


def _identity(summary: CaseSummary) -> list[tuple[str, str]]:
    person = summary.person
    born = text.format_born(person, summary.as_at) if person.born_on else text.NOT_RECORDED
    items = [("Born", born)]
    if person.died_on:
        items.append(("Died", text.format_date(person.died_on)))
    if person.gender:
        items.append(("", label(summary, "gender", person.gender)))
    items += [("NHS", text.format_nhs(person.nhs_number) or text.NOT_RECORDED), ("Ref", person.ref)]
    if person.local_id:
        items.append(("Local id", person.local_id))
    if person.known_as:
        items.append(("Known as", person.known_as))
    return items


def _draw_identity(sheet: Sheet, items: list[tuple[str, str]], y: float) -> float:
    x, edge = LEFT, RIGHT - 128.0
    for title, value in items:
        lead = f"{title} " if title else ""
        lead_wide = text_width(lead, REGULAR, _IDENTITY)
        value = shortened(value, SEMIBOLD, _IDENTITY, edge - LEFT - lead_wide)
        wide = lead_wide + text_width(value, SEMIBOLD if title else REGULAR, _IDENTITY)
        if x > LEFT and x + wide > edge:
            x, y = LEFT, y - 13.0
        sheet.text(x, y, lead, size=_IDENTITY, fill=PAPER.text2)
        font, fill = (SEMIBOLD, PAPER.text) if title else (REGULAR, PAPER.text2)
        sheet.text(x + lead_wide, y, value, font=font, size=_IDENTITY, fill=fill)
        x += wide + 9.0
    return y


def _draw_right_block(sheet: Sheet, place: str, *, lowered: bool = False, marking: str = MARKING) -> None:
    """The council and the marking under the title; a line lower where a line of page numbers comes between."""
    top = HEIGHT - MARGIN - (9.4 if lowered else 0.0)
    place = shortened(place, REGULAR, CAPTION, _RIGHT_BLOCK)
    sheet.text_right(RIGHT, top - 19.4, place, size=CAPTION, fill=PAPER.text2)
    sheet.text_right(RIGHT, top - 30.2, marking, font=SEMIBOLD, size=CAPTION)


def _draw_foot(sheet: Sheet, lead: str, rest: str, as_at: str, marked: str = MARKING) -> None:
    sheet.line((LEFT, _FOOT_LINE, RIGHT, _FOOT_LINE), stroke=PAPER.line2)
    room = 165.0
    lead = shortened(lead, SEMIBOLD, CAPTION, room - text_width(rest, REGULAR, CAPTION))
    sheet.text(LEFT, _FOOT_BASE, lead, font=SEMIBOLD, size=CAPTION)
    sheet.text(LEFT + text_width(lead, SEMIBOLD, CAPTION), _FOOT_BASE, rest, size=CAPTION, fill=PAPER.text2)
    marking = text_width(marked, SEMIBOLD, CAPTION)
    end = RIGHT - _PAGE_ROOM
    lines = [as_at]
    if text_width(as_at, REGULAR, CAPTION) > end - LEFT - room - marking - 16:
        # A long name goes below rather than being cut: it says who answers for this paper.
        when, _, who = as_at.partition(" by ")
        lines = [when, shortened(f"by {who}", REGULAR, CAPTION, ROOM)]
    begin = end - text_width(lines[0], REGULAR, CAPTION)
    middle = min(LEFT + 200.0, begin - marking - 8)
    sheet.text(middle, _FOOT_BASE, marked, font=SEMIBOLD, size=CAPTION)
    sheet.text(begin, _FOOT_BASE, lines[0], size=CAPTION, fill=PAPER.text2)
    for below in lines[1:]:
        sheet.text_right(RIGHT, _FOOT_BASE - 10.5, below, size=CAPTION, fill=PAPER.text2)


def known_words(as_known: date) -> str:
    """What paper says that tells only what was known by a day."""
    return f"As known on {text.format_date(as_known)}: what was recorded later is left out"


def _draw_top_words(sheet: Sheet, demo: bool, as_known: date | None) -> None:
    if demo:
        _draw_demo(sheet, at_right=as_known is not None)
    if as_known is not None:
        sheet.text(LEFT, HEIGHT - 21.5, known_words(as_known), font=SEMIBOLD, size=CAPTION, fill=PAPER.warn_text)


def _draw_demo(sheet: Sheet, *, at_right: bool = False) -> None:
    """The box at the head of a page, in the middle unless other words reach there from the left."""
    wide = text_width(DEMO_WORDS, SEMIBOLD, CAPTION)
    left = RIGHT - wide - 7 if at_right else (WIDTH - wide) / 2
    sheet.rect((left - 7, HEIGHT - 25.5, wide + 14, 13.0), fill=None, edge=PAPER.info, width=0.8)
    sheet.text(left, HEIGHT - 21.8, DEMO_WORDS, font=SEMIBOLD, size=CAPTION, fill=PAPER.info_text)
