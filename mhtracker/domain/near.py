"""How alike two words are: one slip of the keys apart, or not."""

from __future__ import annotations


def slips(one: str, other: str, most: int = 2) -> int:
    """How many letters were left out, added, changed or swapped with their neighbour; `most` + 1 when more."""
    if one == other:
        return 0
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for n, letter in enumerate(one, 1):
        earlier, before, row = before, row, [n]
        for m, other_letter in enumerate(other, 1):
            cost = min(before[m] + 1, row[m - 1] + 1, before[m - 1] + (letter != other_letter))
            if n > 1 and m > 1 and letter == other[m - 2] and one[n - 2] == other_letter:
                cost = min(cost, earlier[m - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def is_near(one: str, other: str) -> bool:
    """Whether two words differ by a slip that their length allows: one letter, or two in a long word."""
    shorter = min(len(one), len(other))
    allowed = 0 if shorter < 4 else 1 if shorter < 9 else 2
    return one != other and abs(len(one) - len(other)) <= allowed and slips(one, other, allowed) <= allowed
