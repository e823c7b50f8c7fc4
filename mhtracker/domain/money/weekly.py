"""What things cost in a week, who pays, and what a move saves. Whole pence; halves round up.

Weekly equivalents as in the national Client Level Data rules; weeks are days, both ends included, divided by 7.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class Frequency(StrEnum):
    """How often an amount falls due. The last three are for each unit of what is planned in a week."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    FOUR_WEEKLY = "four_weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    ANNUALLY = "annually"
    ONE_OFF = "one_off"
    HOURLY = "hourly"
    DAILY = "daily"
    SESSION = "session"


_A_WEEK: dict[Frequency, Fraction] = {
    Frequency.WEEKLY: Fraction(1),
    Frequency.FORTNIGHTLY: Fraction(1, 2),
    Frequency.FOUR_WEEKLY: Fraction(1, 4),
    Frequency.MONTHLY: Fraction(12, 52),
    Frequency.QUARTERLY: Fraction(4, 52),
    Frequency.ANNUALLY: Fraction(1, 52),
}

BY_UNIT = frozenset({Frequency.HOURLY, Frequency.DAILY, Frequency.SESSION})


def weekly_pence(amount_pence: int, frequency: Frequency, units: float | None = None) -> int | None:
    """What an amount comes to in a week; None for a one-off, which stands beside weekly costs and not among them.

    `units` are the hours, days or sessions planned a week; none planned costs nothing.
    """
    if frequency == Frequency.ONE_OFF:
        return None
    if frequency in BY_UNIT:
        return rounded(amount_pence * Fraction(str(units or 0)))
    return rounded(amount_pence * _A_WEEK[frequency])


def weeks_between(from_on: date, to_on: date) -> Fraction:
    """Weeks from one day to another, both included; none when the second comes first."""
    return Fraction(max(0, (to_on - from_on).days + 1), 7)


def pence_over(weekly: int, from_on: date, to_on: date) -> int:
    """What a weekly amount comes to over some days, both ends included."""
    return rounded(weekly * weeks_between(from_on, to_on))


def rounded(amount: Fraction) -> int:
    """To whole pence, halves up (and for what is owed back, halves down)."""
    doubled = 2 * abs(amount) + 1
    whole = doubled.numerator // (2 * doubled.denominator)
    return whole if amount >= 0 else -whole


def payback_weeks(dearer_pence: int, for_weeks: int, saved_pence: int) -> Fraction | None:
    """How many weeks of a later saving pay back a dearer time before it; None where nothing is saved.

    Somebody's support costs `dearer_pence` a week more for `for_weeks`, and then `saved_pence` a week less.
    """
    return Fraction(dearer_pence * for_weeks, saved_pence) if saved_pence > 0 else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two places side by side, in net pence. `a_week` is how much dearer the other is; less than nothing for cheaper.

    `altogether` is what the other costs more over its time, one-offs included; `then` what is saved a week after it;
    `payback` the weeks of that which pay it back: none to pay back is 0, and None where nothing is saved.
    """

    a_week: int
    altogether: int
    then: int
    payback: Fraction | None


def compare_places(now: int, other: int, *, for_weeks: int, then: int, once: int = 0) -> Comparison:
    """The place now against another for some weeks and what follows it, where the place now would have gone on."""
    altogether = (other - now) * for_weeks + once
    saved = now - then
    if altogether <= 0:
        return Comparison(other - now, altogether, saved, Fraction(0))
    return Comparison(other - now, altogether, saved, payback_weeks(altogether, 1, saved))
