"""Goals in the person's own words, and measures by name: what may be recorded, and what it comes to.

A measure's items are nobody's business here: a tool is a name, the range of its total and which way is better, added
by an office that holds the licence for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mhtracker.domain.dates import add_months, write_date
from mhtracker.domain.findings import Caution, Findings
from mhtracker.domain.names import fold
from mhtracker.domain.records import Goal, GoalScore, MeasureScore, MeasureTool, Person

LOWEST, HIGHEST = 0, 10
"""Progress with a goal, as the person sees it."""

MOST_GOALS = 10
"""More open goals than this are seldom a plan."""


def number(value: float) -> str:
    """A total as people write it: no ".0"."""
    return f"{value:g}" if value != int(value) else f"{int(value):,}"


def check_goal(goal: Goal, others: Iterable[Goal], *, today: date) -> tuple[Caution, ...]:
    """Check a goal against the person's others."""
    findings = Findings()
    if not goal.words.strip():
        findings.refuse("words", "Goal is empty. Write it as the person says it.")
    _not_ahead(findings, "set_on", "Set", goal.set_on, today)
    if goal.aimed_for is not None and goal.aimed_for < goal.set_on:
        words = f"Hoped for by {write_date(goal.aimed_for)} is before it was set on {write_date(goal.set_on)}."
        findings.refuse("aimed_for", words)
    if goal.ended_on is not None:
        _not_ahead(findings, "ended_on", "Ended", goal.ended_on, today)
        if goal.ended_on < goal.set_on:
            words = f"Ended on {write_date(goal.ended_on)} is before it was set on {write_date(goal.set_on)}."
            findings.refuse("ended_on", words, (goal.set_on,))
        if not goal.end_reason:
            findings.refuse("end_reason", "The ending is empty. Choose what became of it.")
    still = [other for other in others if other.id != goal.id and other.ended_on is None and goal.ended_on is None]
    if any(fold(other.words) == fold(goal.words) for other in still):
        findings.refuse("words", "This is a goal already. Record how far it is instead.")
    if len(still) >= MOST_GOALS:
        findings.caution("words", f"There are {len(still)} goals already. A few are easier to keep in sight.")
    return findings.settle()


def check_goal_score(score: GoalScore, goal: Goal, others: Iterable[GoalScore], *, today: date) -> tuple[Caution, ...]:
    """Check one score of a goal against the goal's others: one a day, within 0 to 10."""
    findings = Findings()
    if not LOWEST <= score.score <= HIGHEST:
        findings.refuse(
            "score", f"Progress runs from {LOWEST} (not begun) to {HIGHEST} (reached). {score.score} is outside it."
        )
    _not_ahead(findings, "scored_on", "Scored", score.scored_on, today)
    if score.scored_on < goal.set_on:
        words = f"{write_date(score.scored_on)} is before the goal was set on {write_date(goal.set_on)}."
        findings.refuse("scored_on", words, (goal.set_on,))
    if goal.ended_on is not None and score.scored_on > goal.ended_on:
        words = f"This goal ended on {write_date(goal.ended_on)}. Score it on that day or before."
        findings.refuse("scored_on", words, (goal.ended_on,))
    same = next((o for o in others if o.id != score.id and o.scored_on == score.scored_on), None)
    if same is not None:
        words = f"It was put at {same.score} on {write_date(same.scored_on)} already. Correct that score instead."
        findings.refuse("scored_on", words)
    return findings.settle()


def check_tool(tool: MeasureTool, others: Iterable[MeasureTool]) -> tuple[Caution, ...]:
    """Check a measure that an office adds."""
    findings = Findings()
    if not tool.name.strip():
        findings.refuse("name", "Measure is empty. Write its name as its owner does.")
    if any(other.id != tool.id and fold(other.name) == fold(tool.name) for other in others):
        findings.refuse("name", f"There is a measure called {tool.name} already.")
    if tool.highest <= tool.lowest:
        low, high = number(tool.lowest), number(tool.highest)
        findings.refuse("highest", f"Highest total {high} is not above the lowest, {low}. Check both.")
    if tool.repeat_months is not None and not 1 <= tool.repeat_months <= 120:
        findings.refuse("repeat_months", "Repeated every: write 1 to 120 months, or nothing.")
    if not tool.licence.strip():
        findings.caution("licence", "Most measures need a licence. Write who granted it, or “none needed”.")
    return findings.settle()


def check_measure(
    measure: MeasureScore, tool: MeasureTool, others: Iterable[MeasureScore], *, person: Person, today: date
) -> tuple[Caution, ...]:
    """Check a total against its tool's range and the person's other totals of the tool."""
    findings = Findings()
    if not tool.lowest <= measure.total <= tool.highest:
        low, high = number(tool.lowest), number(tool.highest)
        words = f"Totals of {tool.name} run from {low} to {high}. {number(measure.total)} is outside that: check it."
        findings.refuse("total", words)
    if tool.retired and measure.version == 0:
        findings.refuse("tool_id", f"{tool.name} is no longer offered here. Choose another measure.")
    _not_ahead(findings, "taken_on", "Taken", measure.taken_on, today)
    if person.born_on is not None and measure.taken_on < person.born_on:
        words = f"{write_date(measure.taken_on)} is before the birth on {write_date(person.born_on)}. Check both dates."
        findings.refuse("taken_on", words)
    for other in others:
        if other.id != measure.id and other.tool_id == measure.tool_id and other.taken_on == measure.taken_on:
            day = write_date(other.taken_on)
            findings.refuse(
                "taken_on", f"{tool.name} of {day} is recorded already, {number(other.total)}. Correct that one."
            )
    return findings.settle()


def _not_ahead(findings: Findings, field: str, what: str, day: date, today: date) -> None:
    if day > today:
        words = f"{what} on {write_date(day)} lies ahead. Record it once it has happened."
        findings.refuse(field, words, (today,))


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """A goal with its scores, oldest first."""

    goal: Goal
    scores: tuple[GoalScore, ...]

    @property
    def latest(self) -> GoalScore | None:
        return self.scores[-1] if self.scores else None

    @property
    def change(self) -> int | None:
        """From the score before the latest to the latest; None until there are two."""
        return self.scores[-1].score - self.scores[-2].score if len(self.scores) > 1 else None


@dataclass(frozen=True, slots=True)
class MeasureCourse:
    """A measure with a person's totals, oldest first."""

    tool: MeasureTool
    totals: tuple[MeasureScore, ...]

    @property
    def latest(self) -> MeasureScore:
        return self.totals[-1]

    @property
    def change(self) -> float | None:
        """From the total before the latest to the latest; None until there are two."""
        return self.totals[-1].total - self.totals[-2].total if len(self.totals) > 1 else None

    @property
    def better(self) -> bool | None:
        """Whether the latest total is better than the one before; None when there is no change to speak of."""
        return (self.change > 0) == self.tool.higher_is_better if self.change else None

    @property
    def due_on(self) -> date | None:
        """When it is to be taken again; None when the office has said nothing, or no longer offers it."""
        if self.tool.repeat_months is None or self.tool.retired:
            return None
        return add_months(self.latest.taken_on, self.tool.repeat_months)


def goal_progress(goals: Iterable[Goal], scores: Iterable[GoalScore]) -> list[GoalProgress]:
    """Each goal with its scores: open ones in their own order, then those that ended, the latest first."""
    by_goal: dict[str, list[GoalScore]] = {}
    for score in scores:
        by_goal.setdefault(score.goal_id, []).append(score)
    found = [
        GoalProgress(goal, tuple(sorted(by_goal.get(goal.id, ()), key=lambda s: (s.scored_on, s.id)))) for goal in goals
    ]
    still = [each for each in found if each.goal.ended_on is None]
    over = [each for each in found if each.goal.ended_on is not None]
    still.sort(key=lambda each: (each.goal.position, each.goal.set_on, each.goal.id))
    over.sort(key=lambda each: (each.goal.ended_on or date.min, each.goal.id), reverse=True)
    return still + over


def measure_courses(totals: Sequence[MeasureScore], tools: dict[str, MeasureTool]) -> list[MeasureCourse]:
    """Each measure ever taken with its totals, by name."""
    found = []
    for tool in sorted(tools.values(), key=lambda tool: fold(tool.name)):
        mine = sorted((t for t in totals if t.tool_id == tool.id), key=lambda t: (t.taken_on, t.id))
        if mine:
            found.append(MeasureCourse(tool, tuple(mine)))
    return found


def readiness_over_time(ratings: Iterable[tuple[str, int, date]], until: date) -> list[tuple[date, int]]:
    """The sum of the ratings that held in each domain, on each day one was made: (day, sum), oldest first."""
    held: dict[str, int] = {}
    by_day: dict[date, int] = {}
    for domain, rating, day in sorted(ratings, key=lambda each: each[2]):
        if day <= until:
            held[domain] = rating
            by_day[day] = sum(held.values())
    return sorted(by_day.items())
