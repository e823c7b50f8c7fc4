"""How a page of ours is laid out: margins, type, wrapped text, headings, facts and tables that run on over pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mhtracker.figures import fonts
from mhtracker.figures.fonts import REGULAR, SEMIBOLD, text_width
from mhtracker.figures.palette import PAPER, StageColour
from mhtracker.reports.paper import signs
from mhtracker.reports.paper.pdf_file import A4
from mhtracker.reports.paper.sheet import Sheet

WIDTH, HEIGHT = A4
MARGIN = 36.85  # 13 mm
LEFT, RIGHT = MARGIN, WIDTH - MARGIN
ROOM = RIGHT - LEFT
FOOT = MARGIN + 17.0
"""Nothing but the footer stands below this."""

NAME, HEADING, BODY, CAPTION = 19.0, 11.5, 9.5, 8.25
LEADING = 12.4
_PAD = 2.9
_RULE, _FINE = PAPER.text, PAPER.line2


@dataclass(frozen=True, slots=True)
class Pill:
    """A stage's letter on its colour."""

    letter: str
    colour: StageColour


@dataclass(frozen=True, slots=True)
class Cell:
    """What a table's cell or a fact says. `lead` is semibold and stands first; `sign` and `pill` stand before both.

    `box` is an empty box to be ticked by hand.
    """

    words: str = ""
    lead: str = ""
    fill: str = PAPER.text
    sign: str = ""
    pill: Pill | None = None
    box: bool = False

    @property
    def indent(self) -> float:
        return 15.5 if self.pill else 11.5 if self.sign else 0.0


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in points; `right` sets its words against its right edge."""

    title: str
    width: float
    right: bool = False


Piece = tuple[float, str, str]
"""(where it starts, words, font) within a line."""


class Flow:
    """Fills pages from the top. `new_page` gives a sheet with its banner and footer, and where its body begins."""

    def __init__(self, new_page: Callable[[], tuple[Sheet, float]]) -> None:
        self._new_page = new_page
        self.sheet, self.y = new_page()

    def lacks(self, height: float) -> bool:
        """Whether less than so much room is left on the page."""
        return self.y - height < FOOT

    def new_page(self) -> None:
        self.sheet, self.y = self._new_page()

    def need(self, height: float) -> bool:
        """Starts a new page unless so much room is left; whether it did."""
        if not self.lacks(height):
            return False
        self.new_page()
        return True

    def heading(self, words: str, *, left: float = LEFT, right: float = RIGHT, keep: float = 34.0) -> None:
        """A section's heading and rule, kept on one page with the beginning of what follows."""
        self.need(30.0 + keep)
        self.y -= 24.0
        self.sheet.text(left, self.y, words, font=SEMIBOLD, size=HEADING)
        self.sheet.line((left, self.y - 5.0, right, self.y - 5.0), stroke=_RULE, width=0.7)
        self.y -= 5.0

    def words(self, text: str, *, size: float = BODY, fill: str = PAPER.text, lead: str = "") -> None:
        """Text in full width, wrapped, running on over pages."""
        for line in wrapped(lead, text, size, ROOM):
            self.need(size * 1.3)
            self.y -= size * 1.3
            _draw_pieces(self.sheet, LEFT, self.y + size * 0.3, line, size, fill)

    def facts(self, pairs: Sequence[tuple[str, Cell]], *, left: float, right: float, label_room: float = 80.0) -> None:
        """Labels with what they say, ruled off line by line."""
        for label, cell in pairs:
            lines = wrapped(cell.lead, cell.words, BODY, right - left - label_room - cell.indent)
            tall = len(lines) * LEADING + 4.3
            self.need(tall)
            self.sheet.text(left, self.y - 11.6, label, fill=PAPER.text2)
            draw_cell(self.sheet, left + label_room, self.y - 11.6, cell, lines)
            self.y -= tall
            self.sheet.line((left, self.y, right, self.y), stroke=_FINE)

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, head: bool = True) -> None:
        """A table whose head is said again on each page. A row taller than a page runs on over pages.

        Without its `head` it goes on under one that stands on the page already.
        """
        if head:
            self._table_head(columns)
        for row in rows:
            blocks = [
                wrapped(cell.lead, cell.words, BODY, column.width - cell.indent - 6.0)
                for cell, column in zip(row, columns, strict=True)
            ]
            left_over = max(len(block) for block in blocks)
            drawn = 0
            while drawn < left_over:
                room = int((self.y - FOOT - 2 * _PAD) / LEADING)
                if room < min(left_over - drawn, 6):
                    self.sheet, self.y = self._new_page()
                    self._table_head(columns)
                    room = max(1, int((self.y - FOOT - 2 * _PAD) / LEADING))
                some = [block[drawn : drawn + room] for block in blocks]
                self._table_row(columns, row, some, first=drawn == 0)
                drawn += room

    def _table_head(self, columns: Sequence[Column]) -> None:
        self.need(40.0)
        x = LEFT
        self.y -= 14.6
        for column in columns:
            if column.right:
                self.sheet.text_right(
                    x + column.width - 8.0, self.y, column.title, font=SEMIBOLD, size=CAPTION, fill=PAPER.text2
                )
            else:
                self.sheet.text(x, self.y, column.title, font=SEMIBOLD, size=CAPTION, fill=PAPER.text2)
            x += column.width
        self.y -= 4.6
        self.sheet.line((LEFT, self.y, RIGHT, self.y), stroke=_FINE)

    def _table_row(
        self, columns: Sequence[Column], row: Sequence[Cell], blocks: list[list[list[Piece]]], *, first: bool
    ) -> None:
        x, base = LEFT, self.y - _PAD - 9.2
        for column, cell, block in zip(columns, row, blocks, strict=True):
            if column.right and block:
                _draw_right(self.sheet, x + column.width - 8.0, base, block, cell.fill)
            else:
                draw_cell(self.sheet, x, base, cell, block, marked=first)
            x += column.width
        self.y -= max(1, *(len(block) for block in blocks)) * LEADING + 2 * _PAD - 0.9
        self.sheet.line((LEFT, self.y, RIGHT, self.y), stroke=_FINE)


def table_height(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> float:
    """How high a table stands with its head, on one page."""
    lines = [
        max(
            len(wrapped(cell.lead, cell.words, BODY, column.width - cell.indent - 6.0))
            for cell, column in zip(row, columns, strict=True)
        )
        for row in rows
    ]
    return 19.2 + sum(number * LEADING + 2 * _PAD - 0.9 for number in lines)


def draw_cell(
    sheet: Sheet, x: float, base: float, cell: Cell, lines: list[list[Piece]], *, marked: bool = True
) -> None:
    """A cell's wrapped lines from `base` down, with its sign or pill before the first."""
    if cell.pill and marked:
        draw_pill(sheet, x, base, cell.pill)
    if cell.box and marked:
        sheet.rect((x, base - 1.5, 9, 9), fill=None, edge=PAPER.text, width=0.7)
    if cell.sign and marked:
        signs.draw_sign(sheet, cell.sign, x + 4.0, base + 3.1)
    for number, line in enumerate(lines):
        _draw_pieces(sheet, x + cell.indent, base - number * LEADING, line, BODY, cell.fill)


def draw_pill(sheet: Sheet, x: float, base: float, pill: Pill) -> None:
    """A stage's letter block, 11.5 points square."""
    sheet.rect((x, base - 2.6, 11.5, 11.5), fill=pill.colour.fill, edge=pill.colour.edge)
    wide = text_width(pill.letter, SEMIBOLD, BODY)
    sheet.text(x + (11.5 - wide) / 2, base, pill.letter, font=SEMIBOLD, fill=pill.colour.letter)


def _draw_pieces(sheet: Sheet, x: float, y: float, line: list[Piece], size: float, fill: str) -> None:
    for start, words, font in line:
        sheet.text(x + start, y, words, font=font, size=size, fill=fill)


def _draw_right(sheet: Sheet, x: float, base: float, lines: list[list[Piece]], fill: str) -> None:
    for number, line in enumerate(lines):
        for start, words, font in line:
            end = max(begin + text_width(said, face, BODY) for begin, said, face in line)
            sheet.text(x - end + start, base - number * LEADING, words, font=font, size=BODY, fill=fill)


def wrapped(lead: str, text: str, size: float, room: float) -> list[list[Piece]]:
    """Lines no wider than the room: `lead` in semibold, then the text. Line ends in the text are kept."""
    if len(lead) + len(text) < 400:
        return _wrapped_short(lead, text, size, room)
    return _wrap(lead, text, size, room)


@lru_cache(maxsize=4096)
def _wrapped_short(lead: str, text: str, size: float, room: float) -> list[list[Piece]]:
    return _wrap(lead, text, size, room)


def _wrap(lead: str, text: str, size: float, room: float) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    used = 0.0
    for font, part in ((SEMIBOLD, lead), (REGULAR, text)):
        paragraphs = part.replace("\r\n", "\n").replace("\r", "\n").split("\n") if part else []
        for number, paragraph in enumerate(paragraphs):
            if number:
                lines.append([])
                used = 0.0
            used = _fill_lines(lines, used, fonts.printable(paragraph), font, size, room)
    return lines


def _fill_lines(lines: list[list[Piece]], used: float, text: str, font: str, size: float, room: float) -> float:
    """Adds a paragraph to the lines, beginning in the last one at `used`; gives where it ends."""
    wide = text_width(text, font, size)
    if used + wide <= room:
        if text:
            lines[-1].append((used, text, font))
        return used + wide
    space = text_width(" ", font, size)
    if used and text.startswith(" "):
        used += space
        text = text.lstrip(" ")
    begin, held = used, ""
    for word in text.split(" "):
        wide = text_width(word, font, size)
        gap = space if held else 0.0
        if used + gap + wide <= room:
            held = f"{held} {word}" if held else word
            used += gap + wide
            continue
        if held:
            lines[-1].append((begin, held, font))
        if lines[-1]:
            lines.append([])
        while wide > room:
            # A word wider than the line is cut where the line ends.
            count = _fitting(word, font, size, room)
            lines[-1].append((0.0, word[:count], font))
            lines.append([])
            word = word[count:]
            wide = text_width(word, font, size)
        begin, held, used = 0.0, word, wide
    if held:
        lines[-1].append((begin, held, font))
    return used


def _fitting(word: str, font: str, size: float, room: float) -> int:
    """How many letters of a word fit, at least one."""
    low, high = 1, min(len(word), int(room / size * 6) + 2)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if text_width(word[:middle], font, size) <= room else (low, middle - 1)
    return low
