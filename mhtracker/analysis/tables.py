"""Figures as tables: what a report prints and a spreadsheet takes, with what each column means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import cast

from mhtracker.domain.counting.small_numbers import HIDDEN, publish_percent, publish_table

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
    `whole_pounds`: paper tells no pence of its money; a workbook does.
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
) -> FigureTable:
    """A table from plain columns and rows. `of` says which two columns a percentage is of."""
    told = tuple(TableColumn(name, kind, (of or {}).get(name)) for name, kind in columns)
    cells, sums = cast(tuple[tuple[Value, ...], ...], tuple(rows)), cast(tuple[Value, ...], last)
    return FigureTable(
        key, title, definition, source, told, cells, sums, named, note, plain_rows, adds, apart_rows, by, kept_rows,
        whole_pounds,
    )  # fmt: skip


ALL = "All"
"""The title of a column of totals."""

HIDDEN_WORDS = (
    "For publication: 0 to 4 people stand as *, other counts are to the nearest 5. Where a hidden count could be "
    "worked out from a total, others are hidden beside it. Percentages are whole, of the exact counts, and hidden "
    "where either is hidden. Days are to the nearest 5, money to the nearest £1,000."
)


def published(tables: Sequence[FigureTable]) -> list[FigureTable]:
    """The tables as they may be published: no single people, small numbers hidden by the MHSDS rule.

    Counts of people in one table are hidden together, so that none can be had from the others; totals are rounded;
    what would let a hidden count be worked out (days, money) is left out of rows where one is hidden.
    """
    return [_published(table) for table in tables if not table.named]


def _published(table: FigureTable) -> FigureTable:
    rows = [*table.rows, *([table.last] if table.last else [])]
    shown = _hidden_together(table, rows)
    safe = [
        _safe_row(table, row, {int(p): words for p, words in shown.get(str(n), {}).items()})
        for n, row in enumerate(rows)
    ]
    columns = tuple(
        replace(column, kind=Kind.POUNDS) if column.kind == Kind.PENCE else column for column in table.columns
    )
    inside = safe[: len(table.rows)]
    return replace(table, columns=columns, rows=tuple(inside), last=safe[-1] if table.last else (), note="")


def _hidden_together(table: FigureTable, rows: Sequence[Sequence[Value]]) -> dict[str, dict[str, str]]:
    """The counts of people by row and column as they may be told."""
    counted = [place for place, column in enumerate(table.columns) if column.kind == Kind.PEOPLE]
    counts = {
        str(number): {str(place): _whole(row[place]) for place in counted}
        for number, row in enumerate(rows)
        if counted and number not in table.plain_rows
    }
    alone = {row: cells for row, cells in counts.items() if not table.adds or int(row) in table.apart_rows}
    together = {row: cells for row, cells in counts.items() if row not in alone}
    totals = [f"column {place}" for place in counted if table.columns[place].title == ALL]
    totals += [str(row) for row in (*table.kept_rows, *([len(table.rows)] if table.last else []))]
    named = {row: {f"column {place}": n for place, n in cells.items()} for row, cells in together.items()}
    # One column of counts adds downwards only.
    safe = publish_table(named, across=len(counted) > 1, totals=totals)
    shown = {
        row: {place.removeprefix("column "): words for place, words in cells.items()} for row, cells in safe.items()
    }
    return shown | publish_table(alone, across=False, down=False)


def _safe_row(table: FigureTable, row: Sequence[Value], shown: dict[int, str]) -> tuple[Value, ...]:
    hidden = HIDDEN in shown.values()
    safe: list[Value] = []
    for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
        if place in shown:
            safe.append(shown[place])
        elif column.kind == Kind.PERCENT:
            # What the report itself would not say of so few is not published either.
            safe.append(HIDDEN if value is None else _safe_percent(table, column, row, shown))
        elif column.kind == Kind.NOTE:
            safe.append(None)
        elif column.kind in (Kind.DAYS, Kind.PENCE, Kind.NUMBER) and isinstance(value, int):
            safe.append(HIDDEN if hidden else _safe_number(value, column.kind))
        else:
            safe.append(value)
    return tuple(safe)


def _safe_number(value: int, kind: Kind) -> int:
    """To the nearest 5; money, which is in pence, to the nearest thousand pounds."""
    if kind == Kind.PENCE:
        return 1000 * ((value + 50_000) // 100_000)
    return 5 * ((value + 2) // 5)


def _safe_percent(table: FigureTable, column: TableColumn, row: Sequence[Value], shown: Mapping[int, str]) -> Value:
    if column.of is None or any(shown.get(table.column(title)) == HIDDEN for title in column.of):
        return HIDDEN
    part, whole = (_whole(row[table.column(title)]) for title in column.of)
    return publish_percent(part, whole)


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0
