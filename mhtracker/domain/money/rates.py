"""Whether a rate stands out among like ones: the quartile fences of Tukey, with enough to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

LEAST_PEOPLE, LEAST_SERVICES = 10, 5
"""Fewer people’s costs, or fewer services’ agreed rates, say nothing about one of them."""

REACH = Fraction(3, 2)


@dataclass(frozen=True, slots=True)
class Fences:
    """The quarter and three-quarter rates, and how far beyond them is still usual. Pence; `of` rates were compared."""

    lower: Fraction
    upper: Fraction
    of: int

    def low(self, rate: int) -> bool:
        """Whether a rate lies below what is usual."""
        return rate < self.lower

    def high(self, rate: int) -> bool:
        """Whether a rate lies above what is usual."""
        return rate > self.upper


def quartile(ordered: Sequence[int], quarter: int) -> Fraction:
    """The value a quarter, half or three quarters along, between the two nearest in proportion. Not for none."""
    at = Fraction(quarter * (len(ordered) - 1), 4)
    low = at.numerator // at.denominator
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])


def middle(rates: Sequence[int]) -> int | None:
    """The median in whole pence, halves up; None for none."""
    if not rates:
        return None
    half = quartile(sorted(rates), 2)
    return int(half + Fraction(1, 2))


def fences_of(rates: Sequence[int], least: int) -> Fences | None:
    """One and a half times the middle half's width beyond either quartile; None for fewer than the `least` rates."""
    if len(rates) < least:
        return None
    ordered = sorted(rates)
    first, third = quartile(ordered, 1), quartile(ordered, 3)
    reach = REACH * (third - first)
    return Fences(first - reach, third + reach, len(ordered))
