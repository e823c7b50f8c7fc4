"""Figures as tables: what a report prints and a spreadsheet takes, with what each column means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import cast

Value = str | int | float | date | None


class Kind(StrEnum):
    """What a column holds. A note is never published; money is in pence, and in whole pounds once published.

    A length is days too, told on paper as people say it: 2 months, 6 years.
    """

    WORDS = "words"
    NOTE = "note"
    PEOPLE = "people"
    NUMBER = "number"
    DAYS = "days"
    LENGTH = "length"
    PENCE = "pence"
    POUNDS = "pounds"
    PERCENT = "percent"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """`of` names the two columns of people that a percentage is of: what was counted, and out of whom."""

    title: str
    kind: Kind = Kind.WORDS
    of: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class FigureTable:
    """One table. `definition` says what is counted, `source` where it comes from.

    `named` tables name people or are about single ones: they are never published, nor is a `note`, which may give
    numbers. `last` is a row of totals; `plain_rows` are rows whose numbers count nobody, such as an aim. Where counts
    do not `add` to anything known, each stands by itself when numbers are hidden; `apart_rows` do so in a table that
    does add, such as those of whom another row tells the whole. `by` is a column of words: a list cut short on paper
    keeps the first of each of them. `kept_rows` are hidden for the sake of others last, as totals are.
    `whole_pounds`: paper tells no pence of its money; a workbook does. `across` are the signs with which columns of
    people come to nothing in each row; where none are said, they add to what a reader knows, or to All. Rows `by_size`
    stand by their words once published: the place of a hidden number among the others would tell much of it. `whole` is
    the table with every line there could be, where this one leaves out those of nobody: that a line is missing says
    nought, so the whole one is what is published. `empty` is said of a table without lines.
    """

    key: str
    title: str
    definition: str
    source: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    last: tuple[Value, ...] = ()
    named: bool = False
    note: str = ""
    plain_rows: tuple[int, ...] = ()
    adds: bool = True
    apart_rows: tuple[int, ...] = ()
    by: str = ""
    kept_rows: tuple[int, ...] = ()
    whole_pounds: bool = False
    across: tuple[tuple[str, int], ...] = ()
    by_size: bool = False
    whole: FigureTable | None = None
    empty: str = "None."

    def column(self, title: str) -> int:
        """The place of a column."""
        return next(place for place, column in enumerate(self.columns) if column.title == title)


def make_table(
    key: str,
    title: str,
    definition: str,
    source: str,
    columns: list[tuple[str, Kind]],
    rows: list[tuple[object, ...]],
    *,
    last: tuple[object, ...] = (),
    named: bool = False,
    note: str = "",
    of: Mapping[str, tuple[str, str]] | None = None,
    plain_rows: tuple[int, ...] = (),
    adds: bool = True,
    apart_rows: tuple[int, ...] = (),
    by: str = "",
    kept_rows: tuple[int, ...] = (),
    whole_pounds: bool = False,
    across: tuple[tuple[str, int], ...] = (),
    by_size: bool = False,
) -> FigureTable:
    """A table from plain columns and rows. `of` says which two columns a percentage is of."""
    told = tuple(TableColumn(name, kind, (of or {}).get(name)) for name, kind in columns)
    cells, sums = cast(tuple[tuple[Value, ...], ...], tuple(rows)), cast(tuple[Value, ...], last)
    return FigureTable(
        key, title, definition, source, told, cells, sums, named, note, plain_rows, adds, apart_rows, by, kept_rows,
        whole_pounds, across, by_size,
    )  # fmt: skip


ALL = "All"
"""The title of a column of totals."""


def of_somebody(table: FigureTable, *may_go: str, last: bool = True) -> FigureTable:
    """A table of every line there could be without those of nobody, nor columns that `may_go` where nobody is in them.

    Without any line it has its `last` row only where that is said. What is published is the `whole` table.
    """
    kept = [
        place
        for place, column in enumerate(table.columns)
        if column.title not in may_go or any(row[place] for row in table.rows)
    ]
    counted = [place for place, column in enumerate(table.columns) if column.kind == Kind.PEOPLE]
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows if any(row[place] for place in counted))
    totals = tuple(table.last[place] for place in kept) if table.last and (rows or last) else ()
    columns = tuple(table.columns[place] for place in kept)
    return replace(table, columns=columns, rows=rows, last=totals, whole=table)
