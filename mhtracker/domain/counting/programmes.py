"""Programmes: whether one may be set up so, and what was planned by a day."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution, Findings
from mhtracker.domain.names import fold
from mhtracker.domain.records import Programme


@dataclass(frozen=True, slots=True)
class Step:
    """So many per cent of the baseline by a day."""

    by: date
    percent: float


def stages_of(programme: Programme) -> tuple[str, ...]:
    """The stages a programme is to move people on from."""
    return tuple(programme.stage_ids.split())


def versions_of(programme: Programme, programmes: Iterable[Programme]) -> tuple[Programme, ...]:
    """A programme and the versions it took the place of, the first one first."""
    known = {each.id: each for each in programmes}
    found = [programme]
    while (former := known.get(found[0].replaces or "")) is not None:
        found.insert(0, former)
    return tuple(found)


def version_on(programme: Programme, programmes: Iterable[Programme], day: date) -> Programme:
    """The version of a programme that a day has: itself, or the one before it if its aim had not changed so by then."""
    versions = versions_of(programme, programmes)
    ended = [each.ended_on for each in versions[:-1]]
    return next((each for each, on in zip(versions, ended, strict=False) if on is not None and on > day), programme)


def running_on(programmes: Iterable[Programme], day: date) -> list[Programme]:
    """The programmes that run on a day, each in the version that was in force then."""
    known = {each.id: each for each in programmes}
    found = []
    for each in known.values():
        former = known.get(each.replaces or "")
        begun = each.baseline_on <= day and (former is None or former.ended_on is None or former.ended_on <= day)
        if begun and (each.ended_on is None or each.ended_on > day):
            found.append(each)
    return found


def steps_of(programme: Programme) -> tuple[Step, ...]:
    """A staged plan's steps, earliest first; none for a straight line. Raises Invalid("plan")."""
    steps = [_step(word) for word in programme.plan.split()]
    return tuple(sorted(steps, key=lambda step: step.by))


def _step(word: str) -> Step:
    written = re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2}):([0-9]{1,3}(?:\.[0-9]+)?)", word)
    try:
        if written is not None:
            return Step(date.fromisoformat(written[1]), float(written[2]))
    except ValueError:
        pass  # no such day
    raise Invalid({"plan": f"“{word}” is no step of a plan. Write a day and a percentage, such as 2027-03-31:25."})


def aim_people(programme: Programme, cohort: int) -> int:
    """How many are to have moved on: as many as were written, or that percentage of the cohort, but somebody."""
    if programme.aim_people is not None:
        return programme.aim_people
    return max(people_of(programme.aim_percent or 0.0, cohort), 1 if cohort else 0)


def people_of(percent: float, cohort: int) -> int:
    """So many per cent of a cohort in whole people, halves up: plans and aims are all rounded here.

    The percentage counts as it is written: 28.7% of 500 are 143.5 people, not a little less.
    """
    return math.floor(Fraction(str(percent)) * cohort / 100 + Fraction(1, 2))


def planned_people(programme: Programme, cohort: int, day: date) -> int:
    """How many were to have moved on by a day: never more than the aim, and the aim itself from its day on."""
    aim = aim_people(programme, cohort)
    if day >= programme.aim_on:
        return aim
    return min(aim, people_of(expected_percent(programme, cohort, day), cohort))


def course_words(moved: int, planned: int) -> str:
    """How many who have moved on stand to those planned by then: “2 behind plan”, “3 ahead of plan”, “on plan”."""
    if moved == planned:
        return "on plan"
    return f"{planned - moved} behind plan" if moved < planned else f"{moved - planned} ahead of plan"


def aim_percent(programme: Programme, cohort: int) -> float:
    """The aim as a percentage of the cohort."""
    if programme.aim_percent is not None:
        return programme.aim_percent
    return round(100 * (programme.aim_people or 0) / cohort, 1) if cohort else 0.0


def expected_percent(programme: Programme, cohort: int, day: date) -> float:
    """What should have moved on by a day: along the steps of the plan, or straight from the baseline to the aim.

    Between two steps the plan is a straight line too. Nothing before the baseline; the aim from its day on.
    """
    aim = Step(programme.aim_on, aim_percent(programme, cohort))
    points = [Step(programme.baseline_on, 0.0), *steps_of(programme), aim]
    if day >= programme.aim_on:
        return points[-1].percent
    before = points[0]
    for point in points[1:]:
        if day < point.by:
            share = max(0, (day - before.by).days) / (point.by - before.by).days
            return round(before.percent + share * (point.percent - before.percent), 1)
        before = point
    return points[-1].percent


def check_programme(
    programme: Programme, others: Collection[Programme], known_stages: Collection[str], cohort: int, today: date
) -> tuple[Caution, ...]:
    """Check a programme and its cohort's size. Raises Invalid."""
    findings = Findings()
    if not programme.name.strip():
        findings.refuse("name", "Programme has no name. Write what reports should call it.")
    for other in others:
        if other.id != programme.id and other.ended_on is None and fold(other.name) == fold(programme.name):
            findings.refuse("name", f"There is a programme called {other.name} already. Choose another name.")
    stages = stages_of(programme)
    if not stages or not set(stages) <= set(known_stages):
        findings.refuse("stage_ids", "Stages are missing. Choose the stages people are to move on from.")
    if programme.baseline_on > today:
        findings.refuse("baseline_on", "Baseline is in the future. Choose today or a day before.")
    if programme.aim_on <= programme.baseline_on:
        findings.refuse("aim_on", "The aim’s day is not after the baseline. Choose a later day.")
    _check_aim(findings, programme, cohort)
    _check_steps(findings, programme, cohort)
    if not cohort and not findings.problems:
        if programme.rule:
            words = "Nobody whom this fits was in these stages at the end of the baseline day. Narrow it less."
            findings.refuse("rule", words)
        else:
            words = "Nobody was in these stages at the end of the baseline day. Choose another day or other stages."
            findings.refuse("stage_ids", words)
    if 0 < cohort < 10:
        findings.caution("stage_ids", "Fewer than ten people are in the baseline: nothing can be forecast.")
    return findings.settle()


def _check_aim(findings: Findings, programme: Programme, cohort: int) -> None:
    percent, people = programme.aim_percent, programme.aim_people
    if (percent is None) == (people is None):
        findings.refuse("aim_percent", "Aim is a percentage or a number of people. Give one of them.")
    elif percent is not None and not 0 < percent <= 100:
        findings.refuse("aim_percent", f"An aim of {percent:g}% is out of range. Write 1 to 100.")
    elif people is not None and (people < 1 or 0 < cohort < people):
        most = f"1 to {cohort}" if cohort else "1 or more"
        findings.refuse("aim_people", f"An aim of {people} people is out of range. Write {most}.")


def _check_steps(findings: Findings, programme: Programme, cohort: int) -> None:
    try:
        steps = steps_of(programme)
    except Invalid as problem:
        findings.refuse("plan", problem.problems["plan"])
        return
    before = 0.0
    for step in steps:
        if not programme.baseline_on < step.by < programme.aim_on:
            findings.refuse("plan", "A step of the plan is not between the baseline and the aim. Check its day.")
        if any(step.by == other.by for other in steps if other is not step):
            findings.refuse("plan", "Two steps of the plan have the same day. Leave one of them out.")
        if step.percent < before or step.percent > aim_percent(programme, cohort):
            findings.refuse("plan", "The plan goes back, or beyond the aim. Each step is at least the one before.")
        before = step.percent


def month_ends(first: date, last: date) -> list[date]:
    """The last day of every month from one day to another, and the last day itself."""
    days = []
    day = first
    while day < last:
        following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        end = following - timedelta(days=1)
        if first < end < last:
            days.append(end)
        day = following
    return [*days, last]
