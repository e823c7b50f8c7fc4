"""Lives lived by known rates, for tests and benchmarks of what is concluded from them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mhtracker.analysis.incidence import Time, cumulative_incidence, one_minus_kaplan_meier
from mhtracker.domain.counting.spells import Exit, Spell

MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Rates:
    """Chances a month: of moving on from residential care, of going back to hospital (until `home`) and of dying.

    After a move those of coming back, and of leaving.
    """

    onward: float = 0.019
    back: float = 0.003
    died: float = 0.003
    returned: float = 0.01
    left: float = 0.0
    home: float = 0.5


LEAVING = Rates(onward=0.019, back=0.02, died=0.003, returned=0.01, left=0.05)
"""Where many leave after a move, and many go to hospital for a while."""


def lives(chance: random.Random, people: int, rates: Rates, until: date, years: float = 6) -> list[list[Spell]]:
    """Everybody's spells to a day, each begun in residential care at some time in the years before it."""
    return [list(_life(chance, f"p{number}", rates, until, years)) for number in range(people)]


def _life(chance: random.Random, person_id: str, rates: Rates, until: date, years: float) -> Iterator[Spell]:
    day = until - timedelta(days=chance.randrange(30, int(years * 365)))
    while day < until:
        ways = ((Exit.ONWARD, rates.onward), (Exit.BACK, rates.back), (Exit.DIED, rates.died))
        way, end = _next(chance, day, ways)
        if end > until:
            yield Spell(person_id, "residential", day)
            return
        to = {Exit.ONWARD: "supported", Exit.BACK: "hospital"}.get(way)
        yield Spell(person_id, "residential", day, end, way, to)
        if to is None:
            return
        day = end
        after = ((Exit.BACK, rates.returned), (Exit.LEFT, rates.left)) if to == "supported" else (
            (Exit.ONWARD, rates.home),
        )  # fmt: skip
        way, end = _next(chance, day, after)
        if end > until:
            yield Spell(person_id, to, day)
            return
        yield Spell(person_id, to, day, end, way, None if way == Exit.LEFT else "residential")
        if way == Exit.LEFT:
            return
        day = end


def _next(chance: random.Random, day: date, ways: tuple[tuple[Exit, float], ...]) -> tuple[Exit, date]:
    total = sum(rate for _, rate in ways)
    days = chance.expovariate(total / MONTH)
    point = chance.random() * total
    for way, rate in ways:
        point -= rate
        if point <= 0:
            return way, day + timedelta(days=max(1, round(days)))
    return ways[-1][0], day + timedelta(days=max(1, round(days)))


def moved_on_within_5_years(people: int = 2000) -> tuple[float, float]:
    """Of the same people in a hundred: by Aalen–Johansen, and by one minus Kaplan–Meier that censors other ways out."""
    now, five_years = date(2026, 7, 14), 5 * 365
    rates = Rates(onward=0.019, back=0.006, died=0.006)
    everybody = lives(random.Random(1), people, rates, now, years=12)
    times = [Time(life[0].days(now), life[0].exit) for life in everybody if life]
    days, shares = one_minus_kaplan_meier(times, Exit.ONWARD)
    plain = max(share for day, share in zip(days, shares, strict=True) if day <= five_years)
    return 100 * cumulative_incidence(times)[Exit.ONWARD].at(five_years)[0], 100 * plain


def as_seen(life: list[Spell], day: date) -> list[Spell]:
    """A life as it stood on a day."""
    return [
        spell
        if spell.ended_on is not None and spell.ended_on <= day
        else Spell(spell.person_id, spell.stage_id, spell.started_on)
        for spell in life
        if spell.started_on <= day
    ]
