"""An Excel workbook, the same for all figures and lists: true dates and numbers, text that no spreadsheet runs."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from mhtracker import text

Value = str | int | float | date | None
_LONGEST_CELL = 32_767
_FORMATS: dict[str, dict[str, Any]] = {
    "": {},
    "number": {},
    "date": {"num_format": "dd mmm yyyy", "align": "left"},
    "money": {"num_format": "#,##0.00"},
    "pounds": {"num_format": "#,##0"},
    "percent": {"num_format": "0.0"},
    "right": {"align": "right"},
    "wrap": {"text_wrap": True, "valign": "top"},
    "head": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1},
    "marked": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#FBEAE8"},
}
_OF_WORDS = {"": "", "date": "", "wrap": "wrap"}
"""How words stand in a column of a kind; those in a column of numbers stand where its numbers do."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's words and its width in letters; `marked` where something in it is wrong."""

    title: str
    width: float
    marked: bool = False


def safe(value: str) -> str:
    """Text that no spreadsheet runs and every file can hold."""
    return text.plain_for_cell(value.encode("utf-8", "replace").decode("utf-8"))[:_LONGEST_CELL]


class Book:
    """A workbook, made in memory and written in one piece.

    XlsxWriter's own temporary files would lie readable in the system's folder.
    """

    def __init__(self, title: str, printed_at: datetime) -> None:
        self._whole = io.BytesIO()
        options = {
            "in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False,
        }  # fmt: skip
        self._book = Workbook(self._whole, options)
        self._book.set_properties({"title": title, "created": printed_at.replace(tzinfo=None)})
        self._formats = {
            (kind, last): self._book.add_format(facts | ({"bold": True, "top": 1} if last else {}))
            for kind, facts in _FORMATS.items()
            for last in (False, True)
        }

    def add_sheet(self, name: str, headings: Sequence[Heading]) -> Sheet:
        """A sheet of rows under headings."""
        return Sheet(self._book.add_worksheet(name), self._formats, headings)

    def add_definitions(
        self, told: Iterable[tuple[str, str]], heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]]
    ) -> None:
        """The last sheet: what the workbook is, then what stands in it. `heads` are titles and widths in letters."""
        page = self._book.add_worksheet("Definitions")
        for place, (_, width) in enumerate(heads):
            page.set_column(place, place, width)
        head, wrap = self._formats["head", False], self._formats["wrap", False]
        row = 0
        for name, words in told:
            page.write_string(row, 0, name, head)
            page.write_string(row, 1, safe(words), wrap)
            row += 1
        row += 1
        for place, (title, _) in enumerate(heads):
            page.write_string(row, place, title, head)
        for line in rows:
            row += 1
            for place, words in enumerate(line):
                page.write_string(row, place, safe(words), wrap if place else None)

    def write(self, file: BinaryIO) -> None:
        """Close the book and write it."""
        self._book.close()
        file.write(self._whole.getbuffer())


class Sheet:
    """One sheet; its rows are written from the top down, and `finish` comes last."""

    def __init__(self, page: Any, formats: dict[tuple[str, bool], Any], headings: Sequence[Heading]) -> None:
        self._page, self._formats, self._columns = page, formats, len(headings)
        self.rows = 0
        for place, heading in enumerate(headings):
            page.set_column(place, place, heading.width)
            page.write_string(0, place, safe(heading.title), formats["marked" if heading.marked else "head", False])

    def write_row(self, values: Sequence[Value], kinds: Sequence[str], *, last: bool = False) -> None:
        """Add a row. `kinds` say how each value stands; a `last` row of totals is bold and outside what is filtered."""
        number = self.rows + 1
        for place, (value, kind) in enumerate(zip(values, kinds, strict=True)):
            if isinstance(value, date):
                # A day has no time, and a spreadsheet no zone.
                when = datetime(value.year, value.month, value.day)  # noqa: DTZ001
                self._page.write_datetime(number, place, when, self._formats["date", last])
            elif isinstance(value, str):
                if value or last:
                    stands = _OF_WORDS.get(kind, "right")
                    style = self._formats[stands, last] if stands or last else None
                    self._page.write_string(number, place, safe(value), style)
            elif value is not None:
                self._page.write_number(number, place, value, self._formats[kind, last])
        if not last:
            self.rows = number

    def finish(self, footer: str, *, frozen: int = 1) -> None:
        """Freeze the head and the first columns, let the rows be filtered, and set the sheet up for printing."""
        self._page.freeze_panes(1, frozen)
        if self.rows:
            self._page.autofilter(0, 0, self.rows, self._columns - 1)
        self._page.set_landscape()
        self._page.set_paper(9)
        self._page.fit_to_pages(1, 0)
        self._page.repeat_rows(0)
        self._page.set_footer(footer)
