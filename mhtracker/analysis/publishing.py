"""A report's tables as they may be published: no single people, and small numbers hidden over all of them together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from mhtracker.analysis.breakdown import UNKNOWN
from mhtracker.analysis.tables import FigureTable, Kind, TableColumn, Value
from mhtracker.analysis.ties import Cell, Ties, ties_of
from mhtracker.domain.counting.hidden_together import hide_together
from mhtracker.domain.counting.small_numbers import HIDDEN, publish_count, publish_percent

HIDDEN_WORDS = (
    "For publication: 0 to 4 people stand as *, other counts are to the nearest 5, so that rounded numbers may not add "
    "to their totals. Where a hidden count could be worked out from a total, here or in another table, others are "
    "hidden too. Percentages are whole, of the exact counts, and hidden where either is hidden or where 0 to 4 are "
    "left over. Days are to the nearest 5, money to the nearest £1,000."
)
LEFT_OUT = "Lines of nothing but * are left out."
COLUMN_LEFT_OUT = f"Lines of nothing but *, and such a column “{UNKNOWN}”, are left out."
EMPTY = "None, or too few to publish."
_LITTLE = "under £500"
"""Money that would be nought to the nearest thousand pounds, and is not."""


def published(tables: Sequence[FigureTable]) -> list[FigureTable]:
    """The tables as they may be published: no single people, small numbers hidden by the MHSDS rule.

    Counts of people are hidden together, so that none can be had from others of its table or of another that is
    published with it; totals are rounded; what would let a hidden count be worked out (days, money) is left out of rows
    where one is hidden.
    """
    tables = [table for table in tables if not table.named]
    safe = [whole_table(table) for table in tables]
    ties = ties_of(safe)
    hidden = _hidden(ties, {cell for table in safe for cell in _of_percentages(table)})
    told = [_published(table, ties, hidden) for table in safe]
    return [_without_hidden(one) if table.whole else one for one, table in zip(told, tables, strict=True)]


def whole_table(table: FigureTable) -> FigureTable:
    """What is hidden from: every line there could be, in an order that goes by no number."""
    table = table.whole or table
    if not table.by_size:
        return table
    words = [place for place, column in enumerate(table.columns) if column.kind == Kind.WORDS]
    return replace(table, rows=tuple(sorted(table.rows, key=lambda row: [str(row[place]) for place in words])))


def _without_hidden(table: FigureTable) -> FigureTable:
    """Without lines of which every count is hidden: that a line is missing says what its stars would say."""
    counted = [place for place, column in enumerate(table.columns) if column.kind == Kind.PEOPLE]
    rows = [row for row in table.rows if any(row[place] != HIDDEN for place in counted)]
    last = table.last if rows or any(table.last[place] != HIDDEN for place in counted if table.last) else ()
    lines = [*rows, *([last] if last else [])]
    kept = [
        place
        for place, column in enumerate(table.columns)
        if column.title != UNKNOWN or any(line[place] != HIDDEN for line in lines)
    ]
    cut = [tuple(line[place] for place in kept) for line in lines]
    note = LEFT_OUT if lines and len(rows) < len(table.rows) else ""
    if lines and len(kept) < len(table.columns):
        note = COLUMN_LEFT_OUT
    columns = tuple(table.columns[place] for place in kept)
    inside, totals = tuple(cut[: len(rows)]), cut[-1] if last else ()
    return replace(table, columns=columns, rows=inside, last=totals, note=note, empty=EMPTY)


def _of_percentages(table: FigureTable) -> Iterator[Cell]:
    """The cells that a percentage beside them may tell to the last person."""
    for column in table.columns:
        for number, row in enumerate(table.rows if column.of else ()):
            places = [table.column(title) for title in column.of or ()]
            if publish_percent(*(_whole(row[place]) for place in places)) != HIDDEN:
                yield from ((table.key, number, place) for place in places)


def _hidden(ties: Ties, exact: Collection[Cell]) -> set[Cell]:
    """The cells to be hidden; a number that stands twice is hidden twice."""
    first = _first_of(ties.same)
    counts = {first.get(cell, cell): count for cell, count in ties.counts.items()}
    dear = {first.get(cell, cell) for cell in ties.dear}
    sums, nearly = ([_joined(each, first) for each in some] for some in (ties.sums, ties.nearly))
    hidden = hide_together(counts, sums, dear, nearly, {first.get(cell, cell) for cell in exact})
    return {cell for cell in ties.counts if first.get(cell, cell) in hidden}


def _first_of(same: Sequence[tuple[Cell, Cell]]) -> dict[Cell, Cell]:
    """Of each cell that stands more than once the one that stands for all."""
    first: dict[Cell, Cell] = {}
    for one, other in same:
        old, new = first.get(other, other), first.get(one, one)
        first |= {cell: new for cell, named in first.items() if named == old} | {old: new, one: new, other: new}
    return first


def _joined(each: Mapping[Cell, int], first: Mapping[Cell, Cell]) -> dict[Cell, int]:
    found: dict[Cell, int] = {}
    for cell, factor in each.items():
        found[first.get(cell, cell)] = found.get(first.get(cell, cell), 0) + factor
    return {cell: factor for cell, factor in found.items() if factor}


def _published(table: FigureTable, ties: Ties, hidden: Collection[Cell]) -> FigureTable:
    rows = [*table.rows, *([table.last] if table.last else [])]
    shown = [
        {
            place: HIDDEN
            if (table.key, number, place) in hidden
            else publish_count(ties.counts[table.key, number, place])
            for place in range(len(table.columns))
            if (table.key, number, place) in ties.counts
        }
        for number in range(len(rows))
    ]
    if any(HIDDEN in shown[number].values() for number in table.kept_rows):
        # What goes by a hidden number, as an aim does, would tell it.
        rows = [_without_people(table, row) if n in table.plain_rows else row for n, row in enumerate(rows)]
    told = {
        (place, value)
        for row, words in zip(rows, shown, strict=True)
        if HIDDEN not in words.values()
        for place, value in enumerate(row)
        if table.columns[place].kind == Kind.NUMBER
    }
    safe = [_safe_row(table, row, words, told) for row, words in zip(rows, shown, strict=True)]
    columns = tuple(
        replace(column, kind=Kind.POUNDS) if column.kind == Kind.PENCE else column for column in table.columns
    )
    inside = safe[: len(table.rows)]
    return replace(table, columns=columns, rows=tuple(inside), last=safe[-1] if table.last else (), note="")


def _without_people(table: FigureTable, row: Sequence[Value]) -> tuple[Value, ...]:
    return tuple(HIDDEN if c.kind == Kind.PEOPLE else value for c, value in zip(table.columns, row, strict=True))


def _safe_row(
    table: FigureTable, row: Sequence[Value], shown: Mapping[int, str], told: Collection[tuple[int, Value]]
) -> tuple[Value, ...]:
    """`told` are numbers that another row, which hides nobody, says in the same column."""
    hidden = HIDDEN in shown.values()
    safe: list[Value] = []
    for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
        if place in shown:
            safe.append(shown[place])
        elif column.kind == Kind.PERCENT:
            # What the report itself would not say of so few is not published either.
            safe.append(HIDDEN if value is None else _safe_percent(table, column, row, shown))
        elif column.kind == Kind.PEOPLE and isinstance(value, int):
            safe.append(publish_count(value))  # an aim or a forecast, which counts nobody
        elif column.kind == Kind.NOTE:
            safe.append(None)
        elif column.kind in (Kind.DAYS, Kind.LENGTH, Kind.PENCE, Kind.NUMBER):
            # Nor whether there is such a number, which there is of enough people.
            known = not hidden or (place, value) in told
            safe.append((_safe_number(value, column.kind) if isinstance(value, int) else value) if known else HIDDEN)
        else:
            safe.append(value)
    return tuple(safe)


def _safe_number(value: int, kind: Kind) -> int | str:
    """To the nearest 5; money, which is in pence, to the nearest thousand pounds."""
    if kind == Kind.PENCE:
        whole = 1000 * ((value + 50_000) // 100_000)
        return whole if whole or not value else _LITTLE
    return 5 * ((value + 2) // 5)


def _safe_percent(table: FigureTable, column: TableColumn, row: Sequence[Value], shown: Mapping[int, str]) -> Value:
    if column.of is None or any(shown.get(table.column(title)) == HIDDEN for title in column.of):
        return HIDDEN
    part, whole = (_whole(row[table.column(title)]) for title in column.of)
    return publish_percent(part, whole)


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0
