"""What became of very many people who came to a stage: `analysis.outcomes` from columns."""

from __future__ import annotations

from datetime import date

from mhtracker.analysis.columns.reading import UNTOLD
from mhtracker.analysis.columns.spells import EXITS, Spells
from mhtracker.analysis.incidence import Step, incidence_of
from mhtracker.analysis.outcomes import Outcomes


def outcomes_of(spells: Spells, stage_id: str, since: date) -> Outcomes:
    """The outcomes of a stage as at the columns' day, of stays watched from a day on."""
    import numpy as np

    everybody = spells.everybody
    place = next((place for place, stage in enumerate(everybody.stages) if stage.id == stage_id), -1)
    days = spells.days
    entered = np.maximum(0, since.toordinal() - spells.started)
    rows = np.flatnonzero((spells.stage == place) & (days > entered))
    people = len(np.unique(spells.person[rows]))
    begun, ended = np.sort(entered[rows]), np.sort(days[rows])
    # A stay that ended nobody knows how is as one that goes on: watched until then.
    rows = rows[spells.over[rows] & (spells.exit[rows] != UNTOLD)]
    left_on, day = np.unique(days[rows], return_inverse=True)
    watched = np.searchsorted(begun, left_on) - np.searchsorted(ended, left_on)
    ways = [np.bincount(day[spells.exit[rows] == way], minlength=len(left_on)).tolist() for way in range(len(EXITS))]
    steps = [
        Step(number, at_risk, {way: count for way, count in zip(EXITS, counts, strict=True) if count})
        for number, at_risk, *counts in zip(left_on.tolist(), watched.tolist(), *ways, strict=True)
    ]
    told = (begun.tolist(), ended.tolist())
    return Outcomes(stage_id, since, everybody.as_at, people, incidence_of(steps), *told)
