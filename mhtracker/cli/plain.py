"""Plain text answers: columns that fit the terminal, and lines of labels and values."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import zip_longest

GAP = "  "
_NARROWEST = 8


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[int] = ()) -> str:
    """Rows under headings in aligned columns; `right` are the columns of numbers.

    On a terminal the widest columns give way until a row fits; into a file or a pipe nothing is cut.
    """
    lines = [list(headings), *([_one_line(cell) for cell in row] for row in rows)]
    widths = [max(map(_width, column)) for column in zip_longest(*lines, fillvalue="")]
    _narrow(widths, [_width(heading) for heading in headings])
    rights = frozenset(right)
    return "\n".join(
        GAP.join(_fitted(cell, widths[place], place in rights) for place, cell in enumerate(line)).rstrip()
        for line in lines
    )


def pairs(facts: Iterable[tuple[str, str]], *, indent: int = 0) -> str:
    """Labels and values, the values aligned; what is empty is left out."""
    told = [(label, value) for label, value in facts if value]
    width = max((_width(label) for label, _ in told), default=0)
    return "\n".join(f"{' ' * indent}{_fitted(label, width, False)}{GAP}{_one_line(value)}" for label, value in told)


def _narrow(widths: list[int], headings: Sequence[int]) -> None:
    if not sys.stdout.isatty():
        return
    room = shutil.get_terminal_size((100, 24)).columns - len(GAP) * (len(widths) - 1)
    while sum(widths) > room:
        place = max(range(len(widths)), key=lambda n: widths[n] - max(headings[n], _NARROWEST))
        if widths[place] <= max(headings[place], _NARROWEST):
            return
        widths[place] -= 1


def _one_line(text: str) -> str:
    # Line ends and control characters would break the columns, or the terminal.
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _fitted(text: str, width: int, right: bool) -> str:
    if _width(text) > width:
        while _width(text) > width - 1:
            text = text[:-1]
        text += "…"
    blank = " " * (width - _width(text))
    return blank + text if right else text + blank
