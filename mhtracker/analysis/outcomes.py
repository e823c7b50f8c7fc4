"""What became of people who came to a stage: the share that left in each way, by how long after."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mhtracker.analysis.facts import Facts
from mhtracker.analysis.incidence import Incidence, Time, cumulative_incidence, most_of_none
from mhtracker.domain.counting.spells import Exit
from mhtracker.domain.dates import add_months

YEARS_BACK = 5
"""How far back stays are watched where nothing else is asked."""

MARKS = (91, 183, 365, 730, 1096, 1826)
"""The days at which tables tell the shares: a quarter, half a year, then one, two, three and five years."""

SHORT_MARKS = (7, 14, 28, 56)
"""Days before those, for a stage in which few stay longer."""

WORDS: Mapping[Exit, str] = {
    Exit.ONWARD: "moved on",
    Exit.BACK: "moved back",
    Exit.DIED: "died",
    Exit.LEFT: "left the pathway",
}


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Of one stage, from stays watched between two dates. `by_way` has the ways out that occurred, Aalen–Johansen.

    `people` were watched for at least a day. A way with under ten exits is there, but nothing is said of it.
    `watched_from` and `watched_to` are the days, counted from when each came, between which each stay was watched.
    """

    stage_id: str
    from_on: date
    to_on: date
    people: int
    by_way: Mapping[str, Incidence]
    watched_from: Sequence[float]
    watched_to: Sequence[float]

    def at_risk(self, day: float) -> int:
        """How many were still watched so many days after they came: who left or was last seen before is not."""
        entered = bisect_left(self.watched_from, max(day, 1))
        return entered - bisect_left(self.watched_to, day)

    def at(self, way: Exit, day: float) -> tuple[float, float, float]:
        """The share that has left in a way by a day, with its 95% interval.

        Where none has, the interval's end is the exact binomial one of none seen (Clopper and Pearson, 1934) among the
        fewest watched on any day until then: whatever the chances by day are, more would be seen 39 times in 40.
        """
        share, low, high = self.by_way[way].at(day)
        return (share, low, high) if share else (0.0, 0.0, most_of_none(self._fewest_at_risk(day)))

    def _fewest_at_risk(self, day: float) -> int:
        """It falls only after somebody was last seen: those days, and the last, tell the least."""
        ends = {each + 1 for each in self.watched_to[: bisect_left(self.watched_to, day)]}
        return min(self.at_risk(each) for each in (1, day, *(each for each in ends if each <= day)))

    def marks(self) -> tuple[float, ...]:
        """At which days a picture and its table tell the shares: years for a long stage, less for one soon over.

        Only days on which somebody is still watched: where all are gone within a week, the last that anybody was.
        """
        watched = tuple(day for day in (*SHORT_MARKS, *MARKS) if self.at_risk(day))
        if len(years := tuple(day for day in watched if day in MARKS[2:])) > 1:
            return years
        if watched:
            return watched[-4:]
        return (self.watched_to[-1],) if self.watched_to else ()


def stage_outcomes(facts: Facts, stage_id: str, from_on: date | None = None) -> Outcomes:
    """The outcomes of a stage as at the facts' day.

    A stay that began before `from_on` (five years before, where nothing else is said) is watched from then on, at the
    length it had: those who left earlier are not known to have been as likely to.
    """
    since = from_on or add_months(facts.as_at, -12 * YEARS_BACK)
    if facts.columns is not None:
        from mhtracker.analysis.columns.outcomes import outcomes_of

        return outcomes_of(facts.columns, stage_id, since)
    times, people = [], set()
    for person_id, spells in facts.spells.items():
        for spell in spells:
            if spell.stage_id != stage_id:
                continue
            entered, days = max(0, (since - spell.started_on).days), spell.days(facts.as_at)
            if days <= entered:
                continue
            people.add(person_id)
            times.append(Time(days, spell.exit if spell.ended_on is not None else None, entered))
    begun, ended = sorted(each.entered for each in times), sorted(each.days for each in times)
    return Outcomes(stage_id, since, facts.as_at, len(people), cumulative_incidence(times), begun, ended)
