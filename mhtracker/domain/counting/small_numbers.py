"""Small numbers made safe for publication, by the rule of the Mental Health Services Data Set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

HIDDEN = "*"
SMALLEST = 5


def publish_count(count: int) -> str:
    """A count as it may be published: "*" from 1 to 4, else to the nearest 5; nought is nought."""
    if count == 0:
        return "0"
    if count < SMALLEST:
        return HIDDEN
    return str(5 * ((count + 2) // 5))


def publish_percent(numerator: int, denominator: int) -> str:
    """A percentage as it may be published: "*" when either part is under 5 (and not nought), else whole."""
    if denominator == 0 or 0 < numerator < SMALLEST or denominator < SMALLEST:
        return HIDDEN
    return f"{(200 * numerator + denominator) // (2 * denominator)}%"


def publish_row(counts: Sequence[int]) -> tuple[str, ...]:
    """Counts that stand beside their total: where one alone is hidden, the next smallest is hidden with it.

    Otherwise the hidden one could be had by taking the others from the total.
    """
    hidden = {place for place, count in enumerate(counts) if 0 < count < SMALLEST}
    if len(hidden) == 1:
        others = [place for place, count in enumerate(counts) if place not in hidden and count > 0]
        if others:
            hidden.add(min(others, key=lambda place: (counts[place], place)))
    return tuple(HIDDEN if place in hidden else publish_count(count) for place, count in enumerate(counts))


def publish_table(rows: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, str]]:
    """A table with totals both ways: hidden cells are joined by others until no row or column has only one.

    `rows` is row name → column name → count; every row has the same columns.
    """
    hidden = {(row, column) for row, cells in rows.items() for column, n in cells.items() if 0 < n < SMALLEST}
    columns = list(next(iter(rows.values()), {}))
    lines = [[(row, column) for column in columns] for row in rows]
    lines += [[(row, column) for row in rows] for column in columns]
    added = True
    while added:
        added = False
        for line in lines:
            mine = [cell for cell in line if cell in hidden]
            others = [cell for cell in line if cell not in hidden and rows[cell[0]][cell[1]] > 0]
            if len(mine) == 1 and others:
                # Of equals the one whose other line needs hiding anyway, so that little is lost.
                hidden.add(min(others, key=lambda cell: (rows[cell[0]][cell[1]], -_lone(cell, hidden, lines))))
                added = True
    return {
        row: {column: HIDDEN if (row, column) in hidden else publish_count(n) for column, n in cells.items()}
        for row, cells in rows.items()
    }


def _lone(cell: tuple[str, str], hidden: set[tuple[str, str]], lines: Sequence[Sequence[tuple[str, str]]]) -> int:
    return sum(1 for line in lines if cell in line and sum(each in hidden for each in line) == 1)
