"""A programme against its plan: who has moved on and stayed on, month by month, and where that leads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import repeat

from mhtracker.analysis.columns.programme import Followed, days_there, entered_after
from mhtracker.analysis.facts import Facts
from mhtracker.analysis.flow import there
from mhtracker.analysis.forecast import Forecast, Waiting, forecast
from mhtracker.analysis.ground import Ground, ground_of
from mhtracker.analysis.old_pace import OldPace, in_stages, old_pace
from mhtracker.analysis.share import percent
from mhtracker.domain.counting.programmes import (
    aim_people,
    aim_percent,
    expected_percent,
    month_ends,
    planned_people,
    running_on,
    stages_of,
    version_on,
)
from mhtracker.domain.counting.spells import Exit, Spell
from mhtracker.domain.dates import add_months
from mhtracker.domain.records import Programme, ProgrammePerson, Stage
from mhtracker.store.queries.columns import read_columns_of
from mhtracker.store.store import Store

SEED = 1
"""Of every forecast's chances."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the cohort is on a day, as person ids: each is in one of these.

    `moved` are in a higher stage than at the baseline, `waiting` in that stage or below, `gone` have died or left,
    whether or not they had moved on before.
    """

    day: date
    moved: tuple[str, ...]
    waiting: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeProgress:
    """A programme on a day. `months` are its standings month by month; `entered` came to its stages after the baseline.

    `entered_moved` are those of them who have moved on: shown apart, since the aim does not count them.
    """

    programme: Programme
    cohort: int
    aim: int
    aim_percent: float
    months: tuple[Standing, ...]
    expected_percent: float
    entered: tuple[str, ...]
    entered_moved: tuple[str, ...]
    forecast: Forecast | None
    old_pace: OldPace | None = None

    @property
    def now(self) -> Standing:
        return self.months[-1]

    @property
    def percent(self) -> float | None:
        """Moved on and stayed on, of the cohort."""
        return percent(len(self.now.moved), self.cohort)

    @property
    def planned(self) -> int:
        """How many people were to have moved on by now."""
        return planned_people(self.programme, self.cohort, self.now.day)

    @property
    def behind(self) -> int:
        """How many people fewer than planned by now have moved on; negative when ahead."""
        return self.planned - len(self.now.moved)


def programme_in_force(store: Store, day: date, programme_id: str | None = None) -> Programme | None:
    """The programme set up last of those running on a day, or the one asked for, ended or not.

    A version replaced later was the one in force before.
    """
    every = store.find(Programme)
    if programme_id is not None:
        return version_on(store.get(Programme, programme_id), every, day)
    running = running_on(every, day)
    return max(running, key=lambda each: (each.frozen_on or date.min, each.id), default=None)


def programme_progress(
    facts: Facts, programme: Programme, people: Sequence[ProgrammePerson], *, factor: float = 1.0
) -> ProgrammeProgress:
    """How a programme stands as at the facts' day. `factor` is the scenario "if the rate rose to so many times"."""
    return cohort_progress(facts, programme, {each.person_id: each.stage_id for each in people}, factor=factor)


def read_cohort(store: Store, programme: Programme) -> dict[str, str]:
    """A programme's people, each with the stage they began from."""
    names = ("person_id", "stage_id")
    rows = read_columns_of(store, ProgrammePerson, names, programme_id=[programme.id])
    return {row[0]: row[1] for row in rows}


def cohort_progress(
    facts: Facts, programme: Programme, began: Mapping[str, str], *, factor: float = 1.0
) -> ProgrammeProgress:
    """The same of people given by their ids, each with the stage they began from."""
    cohort = {person_id: stage_id for person_id, stage_id in began.items() if person_id in facts.ids}
    last = min(facts.as_at, programme.aim_on)
    days = month_ends(programme.baseline_on, last) if last > programme.baseline_on else [programme.baseline_on]
    months = _standings(facts, cohort, days)
    entered = _entered(facts, programme, cohort)
    moved_later = _standings(facts, entered, [facts.as_at])[0].moved
    return ProgrammeProgress(
        programme,
        len(cohort),
        aim_people(programme, len(cohort)),
        aim_percent(programme, len(cohort)),
        months,
        expected_percent(programme, len(cohort), facts.as_at),
        tuple(entered),
        moved_later,
        project(facts, programme, months[-1], len(cohort), factor=factor),
        old_pace(facts, programme, lambda began, day: len(_standings(facts, began, [day])[0].moved)),
    )


def _standings(facts: Facts, cohort: Mapping[str, str], days: Sequence[date]) -> tuple[Standing, ...]:
    if facts.columns is None:
        return tuple(_standing(facts, cohort, day) for day in days)
    found = Followed.of(facts.columns, cohort).standings(days)
    return tuple(Standing(day, *people) for day, people in zip(days, found, strict=True))


def _standing(facts: Facts, cohort: Mapping[str, str], day: date) -> Standing:
    moved, waiting, gone = [], [], []
    for person_id, stage_id in cohort.items():
        spell = _spell_on(facts.spells[person_id], day)
        if spell is None:
            gone.append(person_id)
        elif _higher(spell.stage_id, stage_id, facts.stages):
            moved.append(person_id)
        else:
            waiting.append(person_id)
    return Standing(day, tuple(moved), tuple(waiting), tuple(gone))


def _spell_on(spells: Sequence[Spell], day: date) -> Spell | None:
    """The spell somebody is in at the end of a day; the one before, in a gap between two."""
    now = next((spell for spell in spells if there(spell, day)), None)
    if now is not None:
        return now
    before = [spell for spell in spells if spell.started_on <= day]
    if not before or before[-1].exit in (Exit.DIED, Exit.LEFT):
        return None
    return before[-1]


def _higher(stage_id: str, than: str, stages: Mapping[str, Stage]) -> bool:
    return stages[stage_id].level > stages[than].level


def _entered(facts: Facts, programme: Programme, cohort: Mapping[str, str]) -> dict[str, str]:
    """Who came to the programme's stages after its baseline, and to which stage; nobody who was in one on that day."""
    wanted = frozenset(stages_of(programme))
    there_before = {**in_stages(facts, wanted, programme.baseline_on), **cohort}
    if facts.columns is not None:
        return entered_after(facts.columns, wanted, programme.baseline_on, there_before)
    found: dict[str, str] = {}
    for person_id, spells in facts.spells.items():
        if person_id in there_before:
            continue
        for spell in spells:
            if spell.stage_id in wanted and spell.started_on > programme.baseline_on:
                found.setdefault(person_id, spell.stage_id)
    return found


def share_of(programme: Programme, cohort: int) -> Programme:
    """A programme for some of its people: an aim of so many of its whole `cohort` is the same percentage of theirs."""
    if programme.aim_people is None:
        return programme
    return replace(programme, aim_people=None, aim_percent=aim_percent(programme, cohort))


def project(
    facts: Facts,
    programme: Programme,
    now: Standing,
    cohort: int,
    *,
    ground: Ground | None = None,
    factor: float = 1.0,
    factor_of: Mapping[str, float] | None = None,
) -> Forecast | None:
    """Where a programme's cohort leads from now; None where too few have moved on to say.

    `factor` holds for everybody, `factor_of` for some people besides: how many times as likely they are to move on.
    Every forecast draws the same chances, so that two of them (another day, aim or scenario) differ by what they are
    told alone.
    """
    ground = ground or ground_of(facts, programme, now)
    ends = _month_ends(facts.as_at, programme.aim_on)
    own = factor_of or {}
    days = _days_waiting(facts, now.waiting)
    factors = (own.get(person_id, 1.0) for person_id in now.waiting) if own else repeat(1.0, len(days))
    # Very many people have few lengths of stay: one of each stands for all that are alike.
    waiting = Counter({Waiting(*each): count for each, count in Counter(zip(days, factors, strict=True)).items()})
    moved = len(now.moved)
    found = forecast(waiting, moved, cohort, ground.hazards, ground.returns, ends, seed=SEED, factor=factor)
    return replace(found, rates_of=ground.of, whose=ground.words()) if found is not None else None


def _days_waiting(facts: Facts, ids: Sequence[str]) -> list[int]:
    if facts.columns is not None:
        return days_there(facts.columns, ids, facts.as_at)
    spells = (_spell_on(facts.spells[person_id], facts.as_at) for person_id in ids)
    return [spell.days(facts.as_at) if spell is not None else 0 for spell in spells]


def _month_ends(first: date, last: date) -> list[int]:
    """In how many days from the first the months after it end; the last one at the last day, over or not."""
    ends: list[int] = []
    while first < last and (not ends or ends[-1] < (last - first).days):
        ends.append((min(add_months(first, len(ends) + 1), last) - first).days)
    return ends
