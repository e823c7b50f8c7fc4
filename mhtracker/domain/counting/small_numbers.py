"""Small numbers made safe for publication, by the rule of the Mental Health Services Data Set.

A count under five, nought too, is never told; others are to the nearest five. A hidden count must not come back by
taking others from a total: where sums would give it, more is hidden beside it.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Mapping

HIDDEN = "*"
SMALLEST = 5
_DEAR = 10**9
"""What hiding a total counts for, beside the people of any other cell."""

Cell = tuple[str, str]
Line = tuple[str, str]


def publish_count(count: int) -> str:
    """A count as it may be published: "*" under 5, else to the nearest 5."""
    return HIDDEN if count < SMALLEST else str(5 * ((count + 2) // 5))


def publish_percent(numerator: int, denominator: int) -> str:
    """A percentage as it may be published: "*" when either part is under 5, or those left over are; else whole.

    95% of 20 tells that one of them is not counted, whatever the two are rounded to.
    """
    if min(numerator, denominator - numerator) < SMALLEST:
        return HIDDEN
    return f"{(200 * numerator + denominator) // (2 * denominator)}%"


def publish_table(
    rows: Mapping[str, Mapping[str, int]], *, across: bool = True, down: bool = True, totals: Collection[str] = ()
) -> dict[str, dict[str, str]]:
    """A table from whose sums no small number can be worked out, were the other cells and the sums known exactly.

    `rows` is row name → column name → count; every row has the same columns. Rows add to something unless not `across`,
    columns unless not `down`. `totals` are rows and columns that are totals of the others: they are hidden last.
    """
    counts = {(row, column): count for row, cells in rows.items() for column, count in cells.items()}
    hidden = {cell for cell, count in counts.items() if count < SMALLEST}
    sums = _Sums(counts, across, down, totals)
    for cell in sorted(sums.told(hidden)):
        hidden |= sums.guards(cell, hidden)
    return {
        row: {column: HIDDEN if (row, column) in hidden else publish_count(n) for column, n in cells.items()}
        for row, cells in rows.items()
    }


class _Sums:
    """The sums of a table as a graph: its rows and columns are the nodes, and each cell is an edge between its two.

    A hidden cell can be worked out exactly when no ring of hidden cells goes through it: along a ring one more here and
    one less there leaves every sum as it is. Rows (or columns) that add to nothing are one node together.
    """

    def __init__(self, counts: Mapping[Cell, int], across: bool, down: bool, totals: Collection[str]) -> None:
        self._ends: dict[Cell, tuple[Line, Line]] = {}
        self._cost: dict[Cell, int] = {}
        self._at: dict[Line, list[Cell]] = {}
        for cell, count in counts.items():
            ends = ("row", cell[0] if across else ""), ("column", cell[1] if down else "")
            self._ends[cell] = ends
            self._cost[cell] = count + _DEAR * sum(name in totals for name in cell)
            for line in ends:
                self._at.setdefault(line, []).append(cell)

    def told(self, hidden: set[Cell]) -> set[Cell]:
        """The hidden cells that can be worked out: the bridges of the graph that the hidden ones make."""
        met: dict[Line, int] = {}
        lowest: dict[Line, int] = {}
        bridges: set[Cell] = set()
        for start in self._at:
            if start in met:
                continue
            met[start] = lowest[start] = len(met)
            way: list[tuple[Line, Cell | None, list[Cell]]] = [(start, None, self._hidden_at(start, hidden))]
            while way:
                line, came, ahead = way[-1]
                if ahead:
                    cell = ahead.pop()
                    other = self._across(cell, line)
                    if cell == came:
                        continue
                    if other in met:
                        lowest[line] = min(lowest[line], met[other])
                    else:
                        met[other] = lowest[other] = len(met)
                        way.append((other, cell, self._hidden_at(other, hidden)))
                    continue
                way.pop()
                if came is not None:
                    before = way[-1][0]
                    lowest[before] = min(lowest[before], lowest[line])
                    if lowest[line] > met[before]:
                        bridges.add(came)
        return bridges

    def guards(self, cell: Cell, hidden: set[Cell]) -> set[Cell]:
        """The cells of the smallest ring through a cell, all of them to be hidden; none where there is no ring."""
        start, goal = self._ends[cell]
        best: dict[Line, int] = {start: 0}
        came: dict[Line, Cell] = {}
        ahead = [(0, start)]
        while ahead:
            cost, line = heapq.heappop(ahead)
            if line == goal:
                break
            if cost > best[line]:
                continue
            for each in self._at[line]:
                other = self._across(each, line)
                further = cost + (0 if each in hidden else self._cost[each])
                if each != cell and further < best.get(other, further + 1):
                    best[other], came[other] = further, each
                    heapq.heappush(ahead, (further, other))
        found: set[Cell] = set()
        line = goal
        while line != start and line in came:
            found.add(came[line])
            line = self._across(came[line], line)
        return found

    def _hidden_at(self, line: Line, hidden: set[Cell]) -> list[Cell]:
        return [cell for cell in self._at[line] if cell in hidden]

    def _across(self, cell: Cell, line: Line) -> Line:
        one, other = self._ends[cell]
        return other if line == one else one
