"""The pace before a programme: how many would have moved on of its people if it had gone on as in the year before.

It is counted as the programme itself is: of everybody in its stages a year before the baseline, who was in a higher
stage at the baseline, whatever lay between. Carried on means that each year as large a share moves of those who have
not yet. It is no forecast: nothing that happened since is in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from mhtracker import text
from mhtracker.analysis.columns.programme import there_on
from mhtracker.analysis.facts import Facts
from mhtracker.analysis.flow import there
from mhtracker.analysis.share import FEWEST_FOR_A_RATE
from mhtracker.domain.counting.programmes import stages_of
from mhtracker.domain.dates import add_months
from mhtracker.domain.records import Programme

YEAR = 365.25


@dataclass(frozen=True, slots=True)
class OldPace:
    """Of `people` in a programme's stages on `from_on`, `moved` had moved on and stayed on by the baseline, `to_on`.

    They are everybody in these stages a year before, also where the programme is narrowed.
    """

    from_on: date
    to_on: date
    people: int
    moved: int

    def by(self, day: date, cohort: int) -> float:
        """How many of a cohort would have moved on by a day at this pace."""
        years = max(0, (day - self.to_on).days) / YEAR
        still: float = (1 - self.moved / self.people) ** years
        return cohort * (1 - still)

    def words(self, programme: Programme, cohort: int) -> str:
        """What was counted, and what it would come to."""
        whom = "everybody" if programme.rule else text.count(self.people, "person", "people")
        of = f" ({self.people})" if programme.rule else ""
        return (
            f"Old pace: of {whom} in these stages on {text.format_date(self.from_on)}{of}, {self.moved} had moved on "
            "and stayed on by the baseline a year later. The same share a year of those still to move would be "
            f"{self.by(programme.aim_on, cohort):.0f} of {cohort} by {text.format_date(programme.aim_on)}."
        )


def old_pace(facts: Facts, programme: Programme, moved_of: Callable[[Mapping[str, str], date], int]) -> OldPace | None:
    """The pace of the year before a baseline; `moved_of` says how many of some people have moved on by a day.

    None of under ten people, or where nobody moved: then as likely nothing was recorded of that year. None of a team:
    whom it holds now are not those whom it held then.
    """
    if facts.team_id is not None:
        return None
    from_on, stages = add_months(programme.baseline_on, -12), frozenset(stages_of(programme))
    began = in_stages(facts, stages, from_on)
    if len(began) < FEWEST_FOR_A_RATE:
        return None
    moved = moved_of(began, programme.baseline_on)
    return OldPace(from_on, programme.baseline_on, len(began), moved) if moved else None


def in_stages(facts: Facts, stages: frozenset[str], day: date) -> dict[str, str]:
    """Who was in one of some stages at the end of a day: person id to stage."""
    if facts.columns is not None:
        return there_on(facts.columns, stages, day)
    found = {}
    for person_id, spells in facts.spells.items():
        now = next((spell for spell in spells if there(spell, day)), None)
        if now is not None and now.stage_id in stages:
            found[person_id] = now.stage_id
    return found
