"""What a programme's forecasts rest on: whose stays its rates are counted from, since when, and the rates themselves.

A programme for everybody in its stages takes the rates of everybody there. One that is narrowed by a rule takes those
of its own people since its baseline, if ten of them have moved onward since; else everybody's, and says so. Its own
people are those whom the rule fitted on the baseline day, as they were kept then: what became of them afterwards chose
none of them. Whoever the rule fits today would have been chosen by it (people with a target are near to moving), and
before the baseline they were all still there (nobody of them had died), so neither may give a rate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from mhtracker import text
from mhtracker.analysis.columns.programme import hazards_of, returned_of
from mhtracker.analysis.facts import Facts
from mhtracker.analysis.hazards import Band, Hazards, seen
from mhtracker.domain.counting.programmes import stages_of
from mhtracker.domain.counting.spells import Exit, Spell
from mhtracker.domain.dates import add_months
from mhtracker.domain.records import Programme

YEARS_BACK = 3
"""How far back the rates of a forecast are counted: older ones are another time's."""

OWN, EVERYBODY = "own", "everybody"


class Placed(Protocol):
    """Where a programme's people are on a day (`programme.Standing`)."""

    @property
    def moved(self) -> tuple[str, ...]: ...
    @property
    def waiting(self) -> tuple[str, ...]: ...
    @property
    def gone(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Ground:
    """Rates of leaving a programme's stages, and of what followed moves, of `people` (None: everybody) since a day.

    `own_moves` is how many moves its own people have made, where these are too few and everybody's rates were taken.
    """

    hazards: Hazards
    returns: Band
    since: date
    people: frozenset[str] | None = None
    own_moves: int | None = None

    @property
    def of(self) -> str:
        """Whose the rates are: `OWN` or `EVERYBODY`."""
        return EVERYBODY if self.people is None else OWN

    def words(self) -> str:
        """Whose the rates are, of a programme that is narrowed; "" of another."""
        if self.people is not None:
            return f"The rates are of the programme’s own people since {text.format_date(self.since)}."
        if self.own_moves is None:
            return ""
        moves = text.count(self.own_moves, "move") if self.own_moves else "no move"
        return (
            f"The rates are of everybody in these stages: of the programme’s own people only {moves} onward since its "
            "baseline, under ten."
        )


def ground_of(facts: Facts, programme: Programme, now: Placed) -> Ground:
    """Count the rates once; several forecasts can stand on them. `now` has the programme's people."""
    stages, since = frozenset(stages_of(programme)), rates_since(facts)
    if not programme.rule:
        return counted(facts, stages, since, None)
    people = frozenset((*now.moved, *now.waiting, *now.gone))
    own = counted(facts, stages, max(since, programme.baseline_on), people)
    if own.hazards.enough:
        return own
    everybody = counted(facts, stages, since, None)
    return Ground(everybody.hazards, everybody.returns, since, own_moves=own.hazards.exits)


def rates_since(facts: Facts) -> date:
    """From when the rates of a forecast are counted."""
    return add_months(facts.as_at, -12 * YEARS_BACK)


def counted(facts: Facts, stages: frozenset[str], since: date, people: frozenset[str] | None) -> Ground:
    """The rates of some people, or of everybody, in some stages since a day."""
    if facts.columns is not None:
        seen_of = (facts.columns, stages, since, people)
        return Ground(hazards_of(*seen_of), returned_of(*seen_of), since, people)
    spells = facts.spells
    if people is not None:
        spells = {person_id: each for person_id, each in spells.items() if person_id in people}
    every = [spell for each in spells.values() for spell in each]
    hazards = seen(every, stages, since, facts.as_at)
    levels = {stage_id: stage.level for stage_id, stage in facts.stages.items()}
    return Ground(hazards, after_moves(list(spells.values()), stages, levels, since, facts.as_at), since, people)


def after_moves(
    everybody: Sequence[Sequence[Spell]], stages: frozenset[str], levels: Mapping[str, int], since: date, as_at: date
) -> Band:
    """Time watched after moves onward from some stages, and how many came back to one of them, died or left.

    Who comes to a higher one of these stages has not come back.
    """
    watched, left = 0, Counter[Exit]()
    for spells in everybody:
        for place, spell in enumerate(spells):
            if spell.stage_id not in stages or spell.exit != Exit.ONWARD or spell.ended_on is None:
                continue
            level = levels[spell.stage_id]
            later = (each for each in spells[place + 1 :] if each.stage_id in stages)
            came = next((each for each in later if levels[each.stage_id] <= level), None)
            until = came.started_on if came is not None else spells[-1].ended_on or as_at
            first = max(spell.ended_on, since)
            if until <= first:
                continue
            watched += (until - first).days
            way = Exit.BACK if came is not None else spells[-1].exit
            if way is not None:
                left[way] += 1
    return Band(0, None, watched, dict(left))
