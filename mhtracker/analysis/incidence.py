"""Cumulative incidence of each way out of a stage, with the others as competing exits.

The Aalen–Johansen estimator. One minus Kaplan–Meier, with the other exits taken as censored, answers another question
(what if nobody died or went back) and overstates: docs/forecast.md shows by how much on the same people.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

FEWEST = 10
"""Below this many exits of a kind nothing is concluded."""

Z_95 = 1.959963984540054
_TAIL = 0.025
_ALL = 1 - 1e-12
"""Sums of shares reach one but for the last digits."""


@dataclass(frozen=True, slots=True)
class Time:
    """How long somebody was watched, in days: from `entered` (0: from the beginning) to `days`, and how it ended.

    `exit` None: still there when last seen (censored).
    """

    days: float
    exit: str | None
    entered: float = 0.0


@dataclass(frozen=True, slots=True)
class Incidence:
    """The share that has left in one way by each day, 0 to 1, with its 95% interval.

    `days` are the days on which anybody left in any way; `at_risk` how many were watched just before each.
    `exits` is how many left in this way; below `FEWEST` of them `share` is not to be shown.
    """

    exit: str
    days: tuple[float, ...]
    share: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    at_risk: tuple[int, ...]
    exits: int

    @property
    def enough(self) -> bool:
        """Whether enough people left in this way to say anything."""
        return self.exits >= FEWEST

    def at(self, day: float) -> tuple[float, float, float]:
        """Share, low and high on a day; nothing before the first exit (`Outcomes.at` says how much it may be)."""
        found = (0.0, 0.0, 0.0)
        for place, when in enumerate(self.days):
            if when > day:
                break
            found = (self.share[place], self.low[place], self.high[place])
        return found


@dataclass(slots=True)
class Step:
    """What happened on one day: how many were watched before it, and how many left in each way."""

    day: float
    at_risk: int
    left: dict[str, int] = field(default_factory=dict)

    @property
    def all_left(self) -> int:
        return sum(self.left.values())


def cumulative_incidence(times: Iterable[Time]) -> Mapping[str, Incidence]:
    """The incidence of every way out that occurs, by its name.

    People with `entered` > 0 count among those at risk only from then on, as those do whose stay began before they
    were known. Variance by the delta method; the interval is on the log(-log) scale, so it stays between 0 and 1.
    """
    return incidence_of(_steps(list(times)))


def incidence_of(steps: Sequence[Step]) -> Mapping[str, Incidence]:
    """The same from the days on which anybody left, in their order."""
    ways = sorted({way for step in steps for way in step.left})
    return {way: _incidence(way, steps) for way in ways}


def _steps(times: Sequence[Time]) -> list[Step]:
    days = sorted({t.days for t in times if t.exit is not None})
    entries = sorted(t.entered for t in times)
    ends = sorted(t.days for t in times)
    left: dict[float, dict[str, int]] = {day: {} for day in days}
    for t in times:
        if t.exit is not None:
            of_day = left[t.days]
            of_day[t.exit] = of_day.get(t.exit, 0) + 1
    steps = []
    entered = gone = 0
    for day in days:
        # Watched on a day: entered before it (or on it, for those watched from the beginning) and not gone before.
        while entered < len(entries) and (entries[entered] < day or entries[entered] == 0.0):
            entered += 1
        while gone < len(ends) and ends[gone] < day:
            gone += 1
        steps.append(Step(day, entered - gone, left[day]))
    return steps


def _incidence(way: str, steps: Sequence[Step]) -> Incidence:
    share: list[float] = []
    low: list[float] = []
    high: list[float] = []
    staying, reached = 1.0, 0.0
    # Running sums of the delta-method variance, so that each day costs the same (see `_variance`).
    sums = _Sums()
    for step in steps:
        mine = step.left.get(way, 0)
        rate = mine / step.at_risk if step.at_risk else 0.0
        reached += staying * rate
        sums.add(step, mine, staying, reached)
        staying *= 1 - step.all_left / step.at_risk if step.at_risk else 1.0
        share.append(reached)
        bottom, top = _interval(reached, sums.variance(reached))
        if reached >= _ALL:
            # The scale has no width here. What was likely to have left by the day before has left by now; on the first
            # day it is the exact binomial bound of all having left.
            bottom, top = low[-1] if low and low[-1] > 0 else 1 - most_of_none(step.at_risk), 1.0
        low.append(bottom)
        high.append(top)
    exits = sum(step.left.get(way, 0) for step in steps)
    return Incidence(
        way,
        tuple(step.day for step in steps),
        tuple(share),
        tuple(low),
        tuple(high),
        tuple(step.at_risk for step in steps),
        exits,
    )


@dataclass(slots=True)
class _Sums:
    """The variance of F(t) is a sum over earlier days of terms in F(t) - F(day): its powers are summed apart.

    With g = d/(n(n-d)) and h = S·dk/n², it is Σ(F-Fj)²g + ΣS²(n-dk)dk/n³ - 2Σ(F-Fj)h.
    """

    g0: float = 0.0
    g1: float = 0.0
    g2: float = 0.0
    own: float = 0.0
    h0: float = 0.0
    h1: float = 0.0

    def add(self, step: Step, mine: int, staying: float, reached: float) -> None:
        n, d = step.at_risk, step.all_left
        if n > d:
            g = d / (n * (n - d))
            self.g0 += g
            self.g1 += g * reached
            self.g2 += g * reached * reached
        if n:
            self.own += staying * staying * (n - mine) * mine / n**3
            h = staying * mine / (n * n)
            self.h0 += h
            self.h1 += h * reached

    def variance(self, reached: float) -> float:
        spread = reached * reached * self.g0 - 2 * reached * self.g1 + self.g2
        return max(0.0, spread + self.own - 2 * (reached * self.h0 - self.h1))


def most_of_none(watched: int) -> float:
    """How large a share may be, at 95%, that none of so many took: the end of the exact binomial interval.

    Clopper and Pearson (Biometrika 26, 1934), (1 - p)^n = 0.025; for many people about 3.7 of their number.
    """
    return 1 - (_TAIL ** (1 / watched)) if watched > 0 else 1.0


def _interval(share: float, variance: float) -> tuple[float, float]:
    if not 0.0 < share < _ALL:
        return share, share
    width = Z_95 * math.sqrt(variance) / (share * abs(math.log(share)))
    return share ** math.exp(width), share ** math.exp(-width)


def one_minus_kaplan_meier(times: Iterable[Time], way: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Days and shares by the estimator that is not used, for showing what it would have said."""
    steps = _steps(list(times))
    days, shares, staying = [], [], 1.0
    for step in steps:
        staying *= 1 - step.left.get(way, 0) / step.at_risk
        days.append(step.day)
        shares.append(1 - staying)
    return tuple(days), tuple(shares)
