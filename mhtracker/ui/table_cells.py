"""What stands in a table's cells: its columns, and the facts that badges, stages and dates are painted from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from mhtracker import text
from mhtracker.ui.theme import Theme

PAD = 8


@dataclass(frozen=True, slots=True)
class BadgeFacts:
    shape: str
    words: str
    family: str = ""
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class StageFacts:
    letter: str
    colour: str
    words: str


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """A date, and how it stands; either may be missing."""

    date: str
    badge: BadgeFacts | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table over rows of any type.

    `text(row)` is what is read out, copied and, for the kinds text, strong, quiet and number, shown. `value(row)` is
    what the other kinds paint: badge `BadgeFacts`, stage `StageFacts`, target `TargetFacts`, strip `StripFacts`, tick a
    bool (None for blank). `paint` takes the place of them all. `sort` is the query's name for it; "" cannot be sorted.
    `width` is at 100%. Where there is no room for all, columns that `gives` way are left out, the highest first; those
    with 0 never are. Before that, a column that may be as narrow as `least` is; with room to spare it is up to half as
    wide again, unless somebody drew it to a width of their own.
    """

    key: str
    title: str
    width: int
    text: Callable[[Any], str]
    kind: str = "text"
    value: Callable[[Any], Any] | None = None
    align: str = "left"
    sort: str = ""
    tooltip: Callable[[Any], str] | None = None
    accessible: Callable[[Any], str] | None = None
    paint: Callable[[QPainter, QRectF, Theme, Any], None] | None = None
    shown: bool = True
    about: str = ""
    copy: Callable[[Any], str] | None = None
    gives: int = 0
    least: int = 0

    @property
    def is_right(self) -> bool:
        return self.align == "right" or (self.kind == "number" and self.align == "left")


def rows_as_text(columns: Sequence[Column], rows: Sequence[Any]) -> str:
    """Rows as tab-separated lines under their titles, as a spreadsheet takes them from the clipboard.

    Where a column says so (`copy`), dates and numbers go as such and not in the words of the screen. A text that a
    spreadsheet would run as a formula gets an apostrophe before it.
    """
    columns = [column for column in columns if column.kind != "check"]

    def cell(words: str) -> str:
        return text.plain_for_cell(" ".join(words.split()))

    lines = ["\t".join(column.title for column in columns)]
    lines += ["\t".join(cell((column.copy or column.text)(row)) for column in columns) for row in rows]
    return "\n".join(lines) + "\n"


CHECK = Column("check", "Select", 36, lambda row: "", kind="check")
"""The column of check boxes, put first by a table whose rows can be chosen."""
