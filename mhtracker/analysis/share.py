"""A figure that names its people: who was counted, of whom, and who was left out and why."""

from __future__ import annotations

from dataclasses import dataclass, field

FEWEST_FOR_A_RATE = 10


@dataclass(frozen=True, slots=True)
class Share:
    """`counted` of `of`, as person ids (a person may stand in it once for each of their moves).

    `left_out` gives, for each reason in words, those who belong to neither. `definition` says what is counted,
    `source` where it comes from.
    """

    name: str
    definition: str
    source: str
    counted: tuple[str, ...]
    of: tuple[str, ...]
    left_out: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def numerator(self) -> int:
        return len(self.counted)

    @property
    def denominator(self) -> int:
        return len(self.of)

    @property
    def percent(self) -> float | None:
        """To one decimal; None where nobody is counted at all."""
        return percent(self.numerator, self.denominator)

    @property
    def too_few(self) -> bool:
        """Whether there are too few people for a rate to say anything."""
        return self.denominator < FEWEST_FOR_A_RATE


def percent(numerator: int, denominator: int) -> float | None:
    """A percentage to one decimal, halves up; None of nothing."""
    if denominator == 0:
        return None
    return ((2000 * numerator + denominator) // (2 * denominator)) / 10
