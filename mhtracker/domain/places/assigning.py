"""The best way to give each of some places to one of some people, nobody twice.

Taking the best pair first is not enough: it may give somebody who fits everywhere the only place another one fits.
"""

from __future__ import annotations

from collections.abc import Sequence

_NEVER = 1 << 120


def best_pairs(worth: Sequence[Sequence[int | None]]) -> list[tuple[int, int]]:
    """The (row, column) pairs of the greatest worth altogether, each row and column in one pair at most.

    `worth` is not negative, None where a pair may not be. By the Hungarian method: rows are taken in one at a time,
    each by the cheapest way of moving the pairs made so far along (Kuhn 1955; Jonker and Volgenant 1987).
    """
    rows, columns = len(worth), max((len(row) for row in worth), default=0)
    if not rows or not columns:
        return []
    most = max((w for row in worth for w in row if w is not None), default=0)
    # A place more for each row, worth nothing, where a row that gets no pair goes.
    costs = [[_NEVER if w is None else most - w for w in row] + [most] * rows for row in worth]
    taken_by = _assign(costs, rows, columns + rows)
    return sorted((row, column) for column, row in taken_by.items() if column < columns)


def _assign(costs: Sequence[Sequence[int]], rows: int, columns: int) -> dict[int, int]:
    """Which row takes which column at the least cost; there are at least as many columns as rows."""
    of_row, of_column = [0] * rows, [0] * columns
    row_at: list[int | None] = [None] * columns
    for new in range(rows):
        least, came_from, seen = [_NEVER] * columns, [-1] * columns, [False] * columns
        row, column = new, -1
        while True:
            base = least[column] if column >= 0 else 0
            for each in range(columns):
                if not seen[each] and costs[row][each] < _NEVER:
                    reached = base + costs[row][each] - of_row[row] - of_column[each]
                    if reached < least[each]:
                        least[each], came_from[each] = reached, column
            column = min((c for c in range(columns) if not seen[c]), key=least.__getitem__)
            seen[column] = True
            there = row_at[column]
            if there is None:
                break
            row = there
        length = least[column]
        of_row[new] += length
        for each in range(columns):
            there = row_at[each]
            if seen[each] and there is not None:
                of_row[there] += length - least[each]
            if seen[each]:
                of_column[each] -= length - least[each]
        while column >= 0:
            before = came_from[column]
            row_at[column] = row_at[before] if before >= 0 else new
            column = before
    return {column: row for column, row in enumerate(row_at) if row is not None}
