"""A figure that names its people: who was counted, of whom, and who was left out and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mhtracker import text

FEWEST_FOR_A_RATE = 10


@dataclass(frozen=True, slots=True)
class Share:
    """`counted` of `of`, as person ids (a person may stand in it once for each of their moves).

    `left_out` gives, for each reason in words, those who belong to neither. `definition` says what is counted,
    `source` where it comes from. `period` has the first and the last day of a figure of a period, None of one as at a
    day. Of days held up, `barriers` says which barriers count: the values their fields may have, none for all barriers.
    """

    name: str
    definition: str
    source: str
    counted: tuple[str, ...]
    of: tuple[str, ...]
    left_out: dict[str, tuple[str, ...]] = field(default_factory=dict)
    period: tuple[date, date] | None = None
    barriers: Mapping[str, tuple[str, ...]] | None = None
    whole: bool = False
    """Whether those left out belong to the whole that the figure is told of, as those who died do to a baseline."""

    @property
    def numerator(self) -> int:
        return len(self.counted)

    @property
    def denominator(self) -> int:
        return len(self.of)

    @property
    def told_of(self) -> int:
        """Of how many it is told to be."""
        return self.denominator + (sum(map(len, self.left_out.values())) if self.whole else 0)

    @property
    def percent(self) -> float | None:
        """To one decimal; None where nobody is counted at all."""
        return percent(self.numerator, self.denominator)

    @property
    def too_few(self) -> bool:
        """Whether there are too few people for a rate to say anything."""
        return self.denominator < FEWEST_FOR_A_RATE


def when_words(period: tuple[date, date] | None, as_at: date) -> str:
    """The period a figure is of, or the day looked at."""
    if period is None:
        return f"As at {text.format_date(as_at)}"
    return f"Period {text.format_date(period[0])} to {text.format_date(period[1])}"


def percent(numerator: int, denominator: int) -> float | None:
    """A percentage to one decimal, halves up; None of nothing."""
    if denominator == 0:
        return None
    return ((2000 * numerator + denominator) // (2 * denominator)) / 10
