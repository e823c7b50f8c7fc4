"""Who is stuck, and whose move was held up for how long and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mhtracker.analysis.facts import Facts
from mhtracker.analysis.stay_lengths import StayLengths
from mhtracker.domain.delays import delayed_days


@dataclass(frozen=True, slots=True)
class Stuck:
    """Somebody longer in a stage than three in four of its stays, or than its usual longest stay.

    `days` is how long; `over_days` how far beyond. `barrier` is the code of the reason that held longest, if any.
    """

    person_id: str
    ref: str
    stage_id: str
    days: int
    over_days: int
    barrier: str | None


@dataclass(frozen=True, slots=True)
class Delay:
    """Days held up for one reason in the period, and whose."""

    code: str
    people: tuple[str, ...]
    days: int


@dataclass(frozen=True, slots=True)
class Delays:
    """By reason, most days first; then everybody held up, and their days without counting one twice."""

    by_reason: tuple[Delay, ...]
    people: tuple[str, ...]
    days: int


def who_is_stuck(facts: Facts, lengths: dict[str, StayLengths]) -> list[Stuck]:
    """Longest beyond first. The stricter of the two marks holds where a stage has both."""
    found = []
    for person_id in facts.on_pathway:
        spells = facts.spells[person_id]
        if not spells or spells[-1].ended_on is not None:
            continue
        spell, stage = spells[-1], facts.stages[spells[-1].stage_id]
        if stage.own_home:
            continue  # nobody is stuck at home
        mark = stuck_after(lengths[stage.id], stage.limit_days)
        days = spell.days(facts.as_at)
        if mark is not None and days > mark:
            ref = facts.people[person_id].person.ref
            found.append(Stuck(person_id, ref, stage.id, days, days - mark, _longest_barrier(facts, person_id)))
    return sorted(found, key=lambda each: (-each.over_days, each.person_id))


def stuck_after(lengths: StayLengths, limit_days: int | None) -> int | None:
    """The days after which somebody counts as stuck; None where nothing says so."""
    quartile = lengths.upper_quartile_days if lengths.completed else None
    return min((mark for mark in (quartile, limit_days) if mark is not None), default=None)


def _longest_barrier(facts: Facts, person_id: str) -> str | None:
    held = [b for b in facts.barriers.get(person_id, ()) if b.ended_on is None or b.ended_on > facts.as_at]
    return min(held, key=lambda b: (b.started_on, b.id)).code if held else None


def count_delays(facts: Facts, from_on: date) -> Delays:
    """The days held up from a day to the facts' own, both included."""
    until = facts.as_at + timedelta(days=1)
    days_of: dict[str, int] = {}
    people_of: dict[str, list[str]] = {}
    everybody, total = [], 0
    for person_id, barriers in sorted(facts.barriers.items()):
        found = delayed_days(barriers, from_on, until)
        if found.total:
            everybody.append(person_id)
            total += found.total
        for code, days in found.by_reason.items():
            days_of[code] = days_of.get(code, 0) + days
            people_of.setdefault(code, []).append(person_id)
    delays = (Delay(code, tuple(people_of[code]), days) for code, days in days_of.items())
    return Delays(tuple(sorted(delays, key=lambda each: (-each.days, each.code))), tuple(everybody), total)
