"""Everybody's spells as columns: `domain.counting.spells` for very many people at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mhtracker.analysis.columns.reading import EVER, UNTOLD, Everybody
from mhtracker.domain.counting.spells import Exit, Spell

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mhtracker.analysis.columns.packed import Days, Numbers
    from mhtracker.analysis.columns.reading import Truths

EXITS = (Exit.ONWARD, Exit.BACK, Exit.DIED, Exit.LEFT)
ONWARD, BACK, DIED, LEFT = range(4)


@dataclass(slots=True)
class Spells:
    """A row for each spell, by person and then the oldest first.

    `ended` is EVER and `exit` UNTOLD while it lasts; `exit` is a place in EXITS, `to_stage` the stage that a move led
    to (UNTOLD for none), `planned` UNTOLD, 0 or 1. `has_next` is whether the row below is the same person's.
    """

    everybody: Everybody
    person: Numbers
    stage: Numbers
    started: Days
    ended: Days
    exit: Numbers
    to_stage: Numbers
    planned: Numbers
    has_next: Truths

    @property
    def over(self) -> Truths:
        found: Truths = self.ended != EVER
        return found

    @property
    def days(self) -> Numbers:
        """How long each lasted, or has lasted by the day looked at."""
        import numpy as np

        return np.maximum(0, np.minimum(self.ended, self.everybody.day) - self.started)

    def people(self, rows: Truths | NDArray[np.intp]) -> list[str]:
        """The ids of the people of some rows."""
        found: list[str] = self.everybody.ids[self.person[rows]].tolist()
        return found

    def told(self, rows: Truths | NDArray[np.intp]) -> Iterator[Spell]:
        """Some rows as spells."""
        stages = [stage.id for stage in self.everybody.stages]
        columns = (self.stage, self.started, self.ended, self.exit, self.to_stage, self.planned)
        for person_id, stage, started, ended, way, to_stage, planned in zip(
            self.people(rows), *(column[rows].tolist() for column in columns), strict=True
        ):
            yield Spell(
                person_id,
                stages[stage],
                date.fromordinal(started),
                date.fromordinal(ended) if ended != EVER else None,
                EXITS[way] if way != UNTOLD else None,
                stages[to_stage] if to_stage != UNTOLD else None,
                bool(planned) if planned != UNTOLD else None,
            )


def build_columns(everybody: Everybody) -> Spells:
    """The spells of everybody, as `spells.build_spells` makes each person's."""
    import numpy as np

    stays = everybody.stays
    order = in_order(everybody)
    person, stage = stays.person[order], stays.stage[order]
    started, ended = stays.started[order], stays.ended[order]
    first, last = _runs(everybody, person, stage, started, ended)
    keeps = np.flatnonzero(first)
    ends = last[keeps]
    later = np.append(keeps[1:], 0) if len(keeps) else keeps
    has_next = np.append(person[keeps[1:]] == person[keeps[:-1]], False) if len(keeps) else np.zeros(0, bool)
    levels = np.array([each.level for each in everybody.stages] or [0])
    onward = levels[stage[later]] > levels[stage[ends]]
    gone, dead = everybody.gone[person[keeps]], everybody.dead[person[keeps]]
    is_gone = ~has_next & (gone != EVER)
    way = np.where(has_next, np.where(onward, ONWARD, BACK), np.where(is_gone, np.where(dead, DIED, LEFT), UNTOLD))
    end = np.where(has_next, np.minimum(ended[ends], started[later]), EVER)
    in_gap = ~has_next & ~is_gone & (ended[ends] != EVER)
    end = np.where(in_gap, ended[ends], end)
    end = np.where(is_gone, np.maximum(np.minimum(gone, ended[ends]), started[keeps]), end)
    died_there = in_gap & stays.died[order][ends]
    return Spells(
        everybody,
        person[keeps],
        stage[keeps],
        started[keeps],
        end.astype(np.int32),
        np.where(died_there, DIED, way).astype(np.int32),
        np.where(has_next, stage[later], UNTOLD).astype(np.int32),
        np.where(has_next | (in_gap & ~died_there), stays.planned[order][ends], UNTOLD).astype(np.int32),
        has_next,
    )


def in_order(everybody: Everybody) -> NDArray[np.intp]:
    """By person, first day, last day, and id where all of these are the same: how they come, but for the last day."""
    import numpy as np

    stays = everybody.stays
    order = np.arange(len(stays.person))
    same = (stays.person[1:] == stays.person[:-1]) & (stays.started[1:] == stays.started[:-1])
    if not (same & (stays.ended[1:] < stays.ended[:-1])).any():
        return order
    tied = np.union1d(np.flatnonzero(same), np.flatnonzero(same) + 1)
    order[tied] = tied[np.lexsort((stays.ended[tied], stays.started[tied], stays.person[tied]))]
    return order


def _runs(
    everybody: Everybody, person: Numbers, stage: Numbers, started: Days, ended: Days
) -> tuple[Truths, NDArray[np.intp]]:
    """Which rows begin a run, and for each of these the row that the run ends with.

    The second stay of everybody is looked at, then the third, and so on: what a stay joins depends on the one before.
    """
    import numpy as np

    rows = len(person)
    begins = np.ones(rows, bool)
    begins[1:] = person[1:] != person[:-1]
    first, last = begins.copy(), np.arange(rows)
    keeps_place = np.array([each.keeps_place for each in everybody.stages] or [False])
    run = np.flatnonzero(begins)
    final = np.append(run[1:], rows) if rows else run
    # For each person: the row looked at, the row that began the present run, the row it ended with so far.
    row, tail = run + 1, run.copy()
    while True:
        there = row < final
        if not there.any():
            return first, last
        row, final, run, tail = row[there], final[there], run[there], tail[there]
        other = stage[row] != stage[tail]
        inside = keeps_place[stage[row]] & other & ((ended[tail] == EVER) | (ended[row] <= ended[tail]))
        joins = ~other & (started[row] <= ended[tail].astype(np.int64) + 1)
        new = ~inside & ~joins
        first[row[new]] = True
        run = np.where(new, row, run)
        tail = np.where(inside, tail, row)
        last[run] = tail
        row = row + 1
