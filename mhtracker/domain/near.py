"""How alike two words are: one slip of the keys apart, or not."""

from __future__ import annotations

from rapidfuzz.distance import OSA


def slips(one: str, other: str, most: int = 2) -> int:
    """How many letters were left out, added, changed or swapped with their neighbour; `most` + 1 when more."""
    return OSA.distance(one, other, score_cutoff=most)


def is_near(one: str, other: str) -> bool:
    """Whether two words differ by a slip that their length allows: one letter, or two in a long word."""
    shorter = min(len(one), len(other))
    allowed = 0 if shorter < 4 else 1 if shorter < 9 else 2
    return one != other and abs(len(one) - len(other)) <= allowed and slips(one, other, allowed) <= allowed
