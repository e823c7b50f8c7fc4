"""What would become of a programme if the rate of moving on rose, or if barriers of one kind were cleared.

A scenario changes one thing and leaves the rest as it was seen: it foretells nothing else. "Cleared" means that people
held up for this reason move on as often, from now on, as people whom it does not hold up did in the years counted.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mhtracker import text
from mhtracker.analysis.columns.scenarios import exposure_of, held_up_on
from mhtracker.analysis.facts import Facts
from mhtracker.analysis.forecast import Forecast
from mhtracker.analysis.ground import Ground, ground_of
from mhtracker.analysis.incidence import FEWEST
from mhtracker.analysis.programme import ProgrammeProgress, project
from mhtracker.domain.counting.programmes import stages_of
from mhtracker.domain.counting.spells import Exit
from mhtracker.domain.records import Barrier

YEAR = 365.25
MOST = 100.0
"""The highest rate that is tried or can be asked for."""
TOO_FEW = "Under ten have moved on in the years counted, too few to say."
RATE = "moves for every 100 people waiting, over a year"
"""What a rate counts. It is no share: as people move, fewer are left waiting (see `share_in_a_year`)."""
ANY = "any"
"""Every reason at once."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How often people moved onward: moves, and days watched, in the years the forecast counts."""

    moves: int
    watched_days: int

    @property
    def a_year(self) -> float:
        """Moves in a hundred years of people waiting; 0 where nobody was watched."""
        return 100 * YEAR * self.moves / self.watched_days if self.watched_days else 0.0

    @property
    def enough(self) -> bool:
        """Whether it rests on moves enough to be told."""
        return self.moves >= FEWEST


@dataclass(frozen=True, slots=True)
class Cleared:
    """A reason for delay, and what clearing it would do.

    `held` are those of the cohort whom it holds up now. `as_is` and `cleared` are forecasts that differ only in them,
    None where the aim's day has come, or too few have moved on with and without it; `why_not` then says which.
    """

    code: str
    held: tuple[str, ...]
    with_it: Rate
    without_it: Rate
    as_is: Forecast | None = None
    cleared: Forecast | None = None
    why_not: str = ""


def why_no_forecast(found: ProgrammeProgress, seen: Rate, as_at: date) -> str:
    """Why nothing can be foretold, in no scenario: the aim's day has come, or too few have moved on. "" if it can."""
    aim_on = found.programme.aim_on
    if as_at >= aim_on:
        come = "has passed" if as_at > aim_on else "has come"
        return f"The aim’s day, {text.format_date(aim_on)}, {come}, so there is nothing left to forecast."
    return "" if seen.enough else TOO_FEW


def why_no_rate(found: ProgrammeProgress, seen: Rate, needed: float | None, as_at: date) -> str:
    """Why no rate is told that would meet the aim: the same, or even the highest would not do. "" where one is."""
    if needed is not None:
        return ""
    return why_no_forecast(found, seen, as_at) or f"Even {MOST:.0f} {RATE}, would not be enough."


def share_in_a_year(rate: float) -> float:
    """Of people waiting on a day the share, 0 to 1, that will have moved on a year later, if nothing else befell them.

    At 100 moves in a hundred years of waiting it is 0.63 and not all: who has moved no longer waits.
    """
    return 1 - math.exp(-rate / 100)


def compared_words(forecast: Forecast, where: str) -> str:
    """Why “as it is” of a barrier is not the forecast that stands elsewhere: `where` says at which place."""
    return (
        "“As it is” takes those held up to move on as rarely as was seen of people so held up, and the others as "
        f"often as was seen of them. The forecast of {forecast.last.middle:.0f} {where} takes everybody alike, so the "
        "two may differ."
    )


def rate_seen(facts: Facts, found: ProgrammeProgress) -> Rate:
    """How often those moved on from whom the programme's rates are, whatever held them up."""
    held, free = exposure(facts, found, (), ground_of(facts, found.programme, found.now))
    return Rate(held.moves + free.moves, held.watched_days + free.watched_days)


def if_rate_were(
    facts: Facts, found: ProgrammeProgress, a_year: float, *, ground: Ground | None = None
) -> Forecast | None:
    """The forecast at another rate of moving on; None as `why_no_forecast` says."""
    return _at_rate(facts, found, a_year, rate_seen(facts, found), ground)


def _at_rate(
    facts: Facts, found: ProgrammeProgress, a_year: float, seen: Rate, ground: Ground | None
) -> Forecast | None:
    if not seen.enough or a_year <= 0:
        return None
    factor = a_year / seen.a_year
    return project(facts, found.programme, found.now, found.cohort, ground=ground, factor=factor)


def rate_needed(facts: Facts, found: ProgrammeProgress) -> float | None:
    """The rate at which the middle of the runs would meet the aim, to a tenth; None as `why_no_rate` says."""
    ground, seen = ground_of(facts, found.programme, found.now), rate_seen(facts, found)

    def meets(tenths: int) -> bool:
        tried = _at_rate(facts, found, tenths / 10, seen, ground)
        return tried is not None and tried.last.middle >= found.aim

    low, high = 0, round(MOST * 10)
    if not meets(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if meets(middle) else (middle, high)
    return high / 10


def if_cleared(facts: Facts, found: ProgrammeProgress, codes: Sequence[str]) -> list[Cleared]:
    """For each reason that holds up somebody waiting now: what clearing it would do; most held first.

    Ahead of them stands, as code `ANY`, what clearing all of these reasons at once would do.
    """
    ground = ground_of(facts, found.programme, found.now)
    kinds = {ANY: tuple(codes), **{code: (code,) for code in codes}}
    scenarios = []
    for code, kind in kinds.items():
        held = tuple(sorted(_held_now(facts, found.now.waiting, kind)))
        if held:
            scenarios.append(_cleared(facts, found, code, kind, held, ground))
    return sorted(scenarios, key=lambda each: (each.code != ANY, -len(each.held), each.code))


def _cleared(
    facts: Facts, found: ProgrammeProgress, code: str, kind: Sequence[str], held: tuple[str, ...], ground: Ground
) -> Cleared:
    with_it, without_it = exposure(facts, found, kind, ground)
    pooled = Rate(with_it.moves + without_it.moves, with_it.watched_days + without_it.watched_days)
    if facts.as_at >= found.programme.aim_on:
        return Cleared(code, held, with_it, without_it, why_not=why_no_forecast(found, pooled, facts.as_at))
    if without_it.moves < FEWEST:
        moved = text.count(without_it.moves, "move", "moves") if without_it.moves else "no move"
        words = f"Only {moved} onward seen of people whom it did not hold up, too few to say."
        return Cleared(code, held, with_it, without_it, why_not=words)
    if with_it.watched_days < YEAR * FEWEST:
        words = "Recorded for too short a time to say how much people are held up."
        return Cleared(code, held, with_it, without_it, why_not=words)
    # Half a move is added, as in the forecast: none seen yet is not never.
    slowed = (with_it.moves + 0.5) / with_it.watched_days / (pooled.moves / pooled.watched_days)
    free = without_it.moves / without_it.watched_days / (pooled.moves / pooled.watched_days)
    others = dict.fromkeys(set(found.now.waiting) - set(held), free)

    def at(rate: float) -> Forecast | None:
        factors = {**others, **dict.fromkeys(held, rate)}
        return project(facts, found.programme, found.now, found.cohort, ground=ground, factor_of=factors)

    return Cleared(code, held, with_it, without_it, at(min(slowed, free)), at(free))


def exposure(facts: Facts, found: ProgrammeProgress, codes: Sequence[str], ground: Ground) -> tuple[Rate, Rate]:
    """Days watched in the programme's stages with one of some barriers open, and without; and the moves onward.

    Of those from whom its rates are, so that a scenario and the forecast speak of the same people.
    """
    wanted, since, people = frozenset(stages_of(found.programme)), ground.since, ground.people
    if facts.columns is not None:
        held_up, others = exposure_of(facts.columns, wanted, since, codes, people)
        return Rate(*held_up), Rate(*others)
    days, moves = [0, 0], [0, 0]
    for person_id, spells in facts.spells.items():
        for spell in spells:
            if spell.stage_id not in wanted or (people is not None and person_id not in people):
                continue
            first = max(spell.started_on, since)
            last = min(spell.ended_on or facts.as_at, facts.as_at)
            if last <= first:
                continue
            held = _days_open(facts.barriers.get(person_id, ()), codes, first, last)
            days[0] += held
            days[1] += (last - first).days - held
            if spell.exit == Exit.ONWARD and spell.ended_on is not None:
                # A barrier that ended with the move, or shortly before, was one until then.
                moves[0 if _open(facts, person_id, codes, last - timedelta(days=1)) else 1] += 1
    return Rate(moves[0], days[0]), Rate(moves[1], days[1])


def _held_now(facts: Facts, person_ids: Iterable[str], codes: Sequence[str]) -> list[str]:
    """Those of some people whom one of some barriers holds up on the facts' day."""
    if facts.columns is not None:
        held = held_up_on(facts.columns.everybody, codes)
        return [each for each in person_ids if each in held]
    return [each for each in person_ids if _open(facts, each, codes, facts.as_at)]


def _open(facts: Facts, person_id: str, codes: Sequence[str], day: date) -> bool:
    return any(
        barrier.code in codes and barrier.started_on <= day and (barrier.ended_on is None or barrier.ended_on > day)
        for barrier in facts.barriers.get(person_id, ())
    )


def _days_open(barriers: Iterable[Barrier], codes: Sequence[str], first: date, last: date) -> int:
    days, reached = 0, first
    for barrier in sorted((b for b in barriers if b.code in codes), key=lambda b: b.started_on):
        begin, end = max(barrier.started_on, reached), min(barrier.ended_on or last, last)
        if begin < end:
            days += (end - begin).days
            reached = end
    return days
