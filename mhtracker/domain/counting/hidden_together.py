"""Counts of several tables hidden together, so that no small one comes back from any sum that holds among them.

`small_numbers.publish_table` does so for one table of any size by its rows and columns alone. A report's tables share
totals and add up across each other; which cells could be worked out there is asked of the sums themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from mhtracker.domain.counting.small_numbers import SMALLEST

Cell = TypeVar("Cell", bound=Any)

_PRIME = (1 << 61) - 1
"""Sums are solved over whole numbers modulo this: exact, and quicker than fractions."""


def hide_together(
    counts: Mapping[Cell, int],
    sums: Sequence[Mapping[Cell, int]],
    dear: Collection[Cell] = (),
    nearly: Sequence[Mapping[Cell, int]] = (),
) -> set[Cell]:
    """The cells to be hidden: those under five, and as many as guard them.

    A sum gives each of its cells a factor; what it comes to is taken as known, and so is every cell that is shown.
    Small cells are guarded by those of the fewest people, and by the `dear` last. A small cell that the sums tell
    whatever is hidden cannot be guarded. Sums that only `nearly` hold are kept to as well, but for those that would do
    that.
    """
    small = {cell for cell, count in counts.items() if count < SMALLEST}
    sums, lost = list(sums), solved(sums, counts) & small
    for each in nearly:
        if solved([*sums, each], counts) & small == lost:
            sums.append(each)
    found = set(small)
    cost = {cell: (cell in dear, count, cell) for cell, count in counts.items()}
    beyond: set[Cell] = set()
    while told := sorted((solved(sums, found) & small) - beyond):
        guards = _guards(told[0], found, sums, cost)
        found |= guards
        if not guards:
            beyond.add(told[0])
    return found


def solved(sums: Iterable[Mapping[Cell, int]], hidden: Collection[Cell]) -> set[Cell]:
    """The hidden cells whose counts the sums tell: Gauss and Jordan leave each of them alone on a line."""
    lines: dict[Cell, dict[Cell, int]] = {}
    for each in sums:
        line = {cell: factor % _PRIME for cell, factor in each.items() if cell in hidden}
        for cell in [cell for cell in line if cell in lines]:
            _take(line, lines[cell], line[cell])
        if not line:
            continue
        first = min(line)
        over = pow(line[first], -1, _PRIME)
        line = {cell: factor * over % _PRIME for cell, factor in line.items()}
        for other in lines.values():
            if first in other:
                _take(other, line, other[first])
        lines[first] = line
    return {cell for cell, line in lines.items() if len(line) == 1}


def _take(line: dict[Cell, int], other: Mapping[Cell, int], times: int) -> None:
    """Takes another line from a line so many times."""
    for cell, factor in other.items():
        left = (line.get(cell, 0) - times * factor) % _PRIME
        if left:
            line[cell] = left
        else:
            line.pop(cell, None)


def _guards(
    cell: Cell, hidden: set[Cell], sums: Sequence[Mapping[Cell, int]], cost: Mapping[Cell, tuple[bool, int, Cell]]
) -> set[Cell]:
    """Cells that, hidden too, leave one untold; none where all of them would not."""
    near = _joined(cell, sums)
    ahead = sorted((each for each in near if each not in hidden), key=lambda each: cost[each])
    mine = [each for each in sums if not near.isdisjoint(each)]
    found: set[Cell] = set()
    while cell in solved(mine, hidden | found):
        if cell in solved(mine, hidden | found | set(ahead)):
            return set()
        # The fewest of the cheapest that do; the dearest of them is needed, and then fewer of those before it.
        low, high = 0, len(ahead)
        while high - low > 1:
            middle = (low + high) // 2
            told = cell in solved(mine, hidden | found | set(ahead[:middle]))
            low, high = (middle, high) if told else (low, middle)
        found.add(ahead[high - 1])
        ahead = ahead[: high - 1]
    return found


def _joined(cell: Cell, sums: Iterable[Mapping[Cell, int]]) -> set[Cell]:
    """Every cell that sums lead to from one."""
    near, left = {cell}, list(sums)
    while reached := [each for each in left if not near.isdisjoint(each)]:
        left = [each for each in left if near.isdisjoint(each)]
        near.update(*reached)
    return near
