"""An "as is → to be" table drawn: for each line the year's cost now, as planned, and as the register has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mhtracker import text
from mhtracker.figures.palette import PAPER, Palette
from mhtracker.figures.picture import Ink, Mark, Picture


@dataclass(frozen=True, slots=True)
class TableLine:
    """A line's net cost a year in pence: as is, to be, and now in the register (None: compared with none)."""

    label: str
    as_is: int
    to_be: int
    now: int | None
    record_id: str = ""


def draw_table(
    lines: Sequence[TableLine], palette: Palette = PAPER, *, width: float, text_size: float = 8.25
) -> Picture:
    """Two bars a line, as is above to be, named at their ends; a red mark where the register stands now."""
    row = text_size * 3.5
    ink = Ink(palette, width, row * max(1, len(lines)) + text_size * 0.6, text_size)
    top = max((max(each.as_is, each.to_be, each.now or 0) for each in lines), default=0) or 1
    left = min(width * 0.32, max((ink.width_of(each.label) for each in lines), default=0) + text_size)
    right = width - ink.width_of(f"to be {text.format_pence(top, whole=True)}") - text_size * 1.2
    marks = []
    for number, each in enumerate(lines):
        y = ink.height - row * (number + 1)
        mark = left + (right - left) * each.now / top if each.now is not None else None
        ink.text(0, y + row * 0.42, ink.shortened(each.label, left - text_size * 0.6), fill=palette.text)
        for place, (pence, words, fill) in enumerate(
            ((each.to_be, "to be", palette.info), (each.as_is, "as is", palette.none))
        ):
            foot = y + row * (0.14 + 0.40 * place)
            long = (right - left) * pence / top
            ink.rect(left, foot, max(long, ink.hairline), row * 0.30, fill=fill)
            said = f"{words} {text.format_pence(pence, whole=True)}"
            begins = left + long + text_size * 0.5
            if mark is not None and begins - text_size * 0.4 < mark < begins + ink.width_of(said) + text_size * 0.4:
                begins = mark + text_size * 0.5  # words that the mark would stand on begin after it
            ink.text(begins, foot + row * 0.06, said, fill=palette.text2)
        if mark is not None:
            ink.line((mark, y + row * 0.06, mark, y + row * 0.92), stroke=palette.today, width=ink.hairline * 2)
        marks.append(Mark(0, y, width, row, _said(each), "cost_row", each.record_id))
    ink.line((left, 0, left, ink.height), stroke=palette.line2)
    return Picture(ink.drawing, tuple(marks), ". ".join(_said(each) for each in lines) or "No line yet.")


def _said(each: TableLine) -> str:
    a_year = (text.format_pence(pence, whole=True) for pence in (each.as_is, each.to_be))
    now = f", now {text.format_pence(each.now, whole=True)}" if each.now is not None else ""
    as_is, to_be = a_year
    return f"{each.label}: as is {as_is} a year, to be {to_be}{now}"
