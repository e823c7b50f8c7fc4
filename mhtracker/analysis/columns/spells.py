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
    to (UNTOLD for none), `planned` UNTOLD, 0 or 1. `has_next` is whether the row below is the same person's. `lost` is
    whether somebody who left the pathway had lost their home.
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
    lost: Truths

    @property
    def over(self) -> Truths:
        found: Truths = self.ended != EVER
        return found

    @property
    def days(self) -> Numbers:
        """How long each lasted, or has lasted by the day looked at."""
        import numpy as np

        return np.maximum(0, np.minimum(self.ended, self.everybody.day) - self.started)

    @property
    def arrived(self) -> Days:
        """The first day of the next spell, where the same person has one."""
        import numpy as np

        return np.append(self.started[1:], np.int32(EVER))[: len(self.started)]

    def moved_between(self, first: int, last: int) -> Truths:
        """Which ended with a move that was made, in the new stage, from one day to another."""
        arrived = self.arrived
        found: Truths = self.has_next & (arrived >= first) & (arrived <= last)
        return found

    def people(self, rows: Truths | NDArray[np.intp]) -> list[str]:
        """The ids of the people of some rows."""
        found: list[str] = self.everybody.ids[self.person[rows]].tolist()
        return found

    def told(self, rows: Truths | NDArray[np.intp]) -> Iterator[Spell]:
        """Some rows as spells."""
        stages = [stage.id for stage in self.everybody.stages]
        columns = (
            self.stage, self.started, self.ended, self.exit, self.to_stage, self.planned, self.arrived, self.lost
        )  # fmt: skip
        for person_id, stage, started, ended, way, to_stage, planned, arrived, lost in zip(
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
                date.fromordinal(arrived) if to_stage != UNTOLD and arrived != ended else None,
                lost,
            )


def build_columns(everybody: Everybody) -> Spells:
    """The spells of everybody, as `spells.build_spells` makes each person's."""
    import numpy as np

    stays, order = everybody.stays, in_order(everybody)
    rows = slice(None) if order is None else order
    person, stage, planned = stays.person[rows], stays.stage[rows], stays.planned[rows]
    started, ended, died = stays.started[rows], stays.ended[rows], stays.died[rows]
    first, last = _runs(everybody, person, stage, started, ended)
    keeps = np.flatnonzero(first)
    ends = last[keeps]
    whose, stages, begun = person[keeps], stage[keeps], started[keeps]
    has_next = np.append(whose[1:] == whose[:-1], False) if len(keeps) else np.zeros(0, bool)
    # What is true of a spell that another follows, and below of each person's last one.
    levels = np.array([each.level for each in everybody.stages] or [0], np.int32)
    later, end = np.roll(stages, -1), np.minimum(ended[ends], np.roll(begun, -1))
    way = np.where(levels[later] > levels[stage[ends]], np.int32(ONWARD), np.int32(BACK))
    told = planned[ends]
    tails = np.flatnonzero(~has_next)
    run_ended, gone = ended[ends[tails]], everybody.gone[whose[tails]]
    is_gone = gone != EVER
    in_gap = ~is_gone & (run_ended != EVER)
    died_there = in_gap & died[ends[tails]]
    end[tails] = np.where(is_gone, np.maximum(np.minimum(gone, run_ended), begun[tails]), run_ended)
    left = np.where(is_gone, np.where(everybody.dead[whose[tails]], DIED, LEFT), UNTOLD)
    way[tails] = np.where(died_there, DIED, left)
    later[tails] = UNTOLD
    told[tails] = np.where(in_gap & ~died_there, told[tails], UNTOLD)
    lost = np.zeros(len(keeps), bool)
    lost[tails] = is_gone & (left == LEFT) & stays.lost[rows][ends[tails]]
    return Spells(everybody, whose, stages, begun, end, way, later, told, has_next, lost)


def in_order(everybody: Everybody) -> NDArray[np.intp] | None:
    """By person, first day, last day, and id where all of these are the same; None where they come so.

    They do, but for the last day.
    """
    import numpy as np

    stays = everybody.stays
    same = (stays.person[1:] == stays.person[:-1]) & (stays.started[1:] == stays.started[:-1])
    if not (same & (stays.ended[1:] < stays.ended[:-1])).any():
        return None
    order = np.arange(len(stays.person))
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
