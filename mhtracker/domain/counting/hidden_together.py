"""Counts of several tables hidden together, so that no small one comes back from any sum that holds among them.

`small_numbers.publish_table` does so for one table of any size by its rows and columns alone. A report's tables share
totals and add up across each other; which cells could be worked out there is asked of the sums themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from mhtracker.domain.counting.small_numbers import SMALLEST, publish_count

Cell = TypeVar("Cell", bound=Any)

_PRIME = (1 << 61) - 1
"""Sums are solved over whole numbers modulo this: exact, and quicker than fractions."""
_MOST_ROUNDS = 20
"""How often each sum is looked at again at the most: counts leave each other no less room after a few times."""


def hide_together(
    counts: Mapping[Cell, int],
    sums: Sequence[Mapping[Cell, int]],
    dear: Collection[Cell] = (),
    nearly: Sequence[Mapping[Cell, int]] = (),
    exact: Collection[Cell] = (),
) -> set[Cell]:
    """The cells to be hidden: those under five, and as many as guard them.

    A sum gives each of its cells a factor; what it comes to is taken as known, and so is every cell that is shown.
    Small cells are guarded by those of the fewest people, and by the `dear` last. A small cell that the sums tell
    whatever is hidden cannot be guarded. Sums that only `nearly` hold are kept to as well, but for those that would do
    that. Nor is a small cell told by there being nobody less than nought: 8 + 8 + 8 + 8 and two hidden ones of about 30
    leave no room for anybody, however they are rounded. `exact` cells are told by more than their rounded count.
    """
    small = {cell for cell, count in counts.items() if count < SMALLEST}
    sums, lost = list(sums), solved(sums, counts) & small
    # One whose factors are all alike comes to what a reader may know, which is not said here.
    true = [each for each in sums if min(each.values()) < 0 < max(each.values())]
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
    _make_room(counts, true, found, small, cost, exact)
    return found


def _make_room(
    counts: Mapping[Cell, int],
    sums: Sequence[Mapping[Cell, int]],
    hidden: set[Cell],
    small: set[Cell],
    cost: Mapping[Cell, tuple[bool, int, Cell]],
    exact: Collection[Cell],
) -> None:
    """Hides more until every small cell that can could be another count, for all that rounded ones tell."""
    beyond: set[Cell] = set()
    while told := sorted((cramped(counts, sums, hidden, exact) & small) - beyond):
        beside = {each for line in sums if told[0] in line for each in line if each not in hidden}
        ahead = sorted(beside, key=lambda each: cost[each])
        enough = (each for each in ahead if told[0] not in cramped(counts, sums, hidden | {each}, exact))
        guard = next(enough, ahead[0] if ahead else None)
        if guard is None:
            beyond.add(told[0])
        else:
            hidden.add(guard)


def cramped(
    counts: Mapping[Cell, int], sums: Sequence[Mapping[Cell, int]], hidden: Collection[Cell], exact: Collection[Cell]
) -> set[Cell]:
    """The hidden cells that can be of one count only, as counts are whole and never under nought.

    A shown cell may be any count that is rounded to what it shows, unless it is `exact`. Each sum leaves its cells no
    more than the others allow; so the room of all of them is narrowed until nothing changes.
    """
    room: dict[Cell, tuple[int, int | None]] = dict.fromkeys(hidden, (0, None))
    for cell in {cell for line in sums for cell in line} - room.keys():
        near = counts[cell] if cell in exact else int(publish_count(counts[cell]))
        room[cell] = (near, near) if cell in exact else (max(SMALLEST, near - 2), near + 2)
    lines_of: dict[Cell, list[Mapping[Cell, int]]] = {}
    for line in sums:
        for cell in line:
            lines_of.setdefault(cell, []).append(line)
    ahead = list(sums)
    for _ in range(_MOST_ROUNDS * len(sums)):
        if not ahead:
            break
        for cell, ends in _narrowed(ahead.pop(0), room).items():
            room[cell] = ends
            ahead.extend(each for each in lines_of[cell] if each not in ahead)
    return {cell for cell in hidden if room[cell][0] == room[cell][1]}


def _narrowed(
    line: Mapping[Cell, int], room: Mapping[Cell, tuple[int, int | None]]
) -> dict[Cell, tuple[int, int | None]]:
    """The cells of a sum of nought to which the others leave less room than they had."""
    least: dict[Cell, int | None] = {}
    most: dict[Cell, int | None] = {}
    for cell, factor in line.items():
        low, high = (None if end is None else factor * end for end in room[cell])
        least[cell], most[cell] = (low, high) if factor > 0 else (high, low)
    found: dict[Cell, tuple[int, int | None]] = {}
    for cell, factor in line.items():
        low, high = room[cell]
        under, over = _others(least, cell), _others(most, cell)
        # factor * count is no more than the others can be less than nought, and no less than they can be over it.
        top, bottom = (under, over) if factor > 0 else (over, under)
        if top is not None:
            high = -top // factor if high is None else min(high, -top // factor)
        if bottom is not None:
            low = max(low, -(bottom // factor))
        if (low, high) != room[cell]:
            found[cell] = low, high
    return found


def _others(ends: Mapping[Cell, int | None], cell: Cell) -> int | None:
    """What all but one come to; None where there is no end to one of them."""
    found = 0
    for other, end in ends.items():
        if other != cell:
            if end is None:
                return None
            found += end
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
