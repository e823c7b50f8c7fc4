"""Flow, lengths of stay and returns from columns: `analysis.flow` and `domain.counting.stay_lengths` for very many."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mhtracker.analysis.columns.reading import UNTOLD, read_columns
from mhtracker.analysis.columns.register import KEPT_FROM, has_many
from mhtracker.analysis.columns.shapes import DAY_BITS
from mhtracker.analysis.columns.spells import EXITS, ONWARD, Spells, build_columns
from mhtracker.analysis.flow import Flow, Move, StageFlow
from mhtracker.domain.counting.stay_lengths import StayLengths
from mhtracker.domain.stage_kinds import is_hospital
from mhtracker.store.store import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mhtracker.analysis.columns.reading import Truths


def flow_of(spells: Spells, from_on: date, to_on: date) -> Flow:
    """What moved between two days, both included."""
    first, last = from_on.toordinal(), to_on.toordinal()
    started, ended = spells.started, spells.ended
    came = (started >= first) & (started <= last)
    went = (ended >= first) & (ended <= last)
    # Who was there, came, went and is there: looked through once for each, and not once more for each stage.
    groups = ((started < first) & (ended >= first), came, went, (started <= last) & (ended > last))
    found = [_by_stage(spells, each) for each in groups]
    stages = [
        StageFlow(stage.id, *(people[place] for people in found)) for place, stage in enumerate(spells.everybody.stages)
    ]
    moved = spells.moved_between(first, last)
    ended = went & (spells.to_stage == UNTOLD) & (spells.exit != UNTOLD)
    return Flow(from_on, to_on, tuple(stages), _moves(spells, moved), tuple(spells.told(ended)))


def _by_stage(spells: Spells, which: Truths) -> list[list[str]]:
    """The people of some spells, by the place of the stage."""
    import numpy as np

    rows = np.flatnonzero(which)
    stage, person = spells.stage[rows], spells.person[rows]
    ids = spells.everybody.ids
    return [ids[person[stage == place]].tolist() for place in range(len(spells.everybody.stages))]


def _moves(spells: Spells, moved: Truths) -> tuple[Move, ...]:
    stages = [stage.id for stage in spells.everybody.stages]
    planned = {UNTOLD: None, 0: False, 1: True}
    columns = (spells.ended, spells.arrived, spells.stage, spells.to_stage, spells.exit, spells.planned)
    rows = zip(spells.people(moved), *(column[moved].tolist() for column in columns), strict=True)
    return tuple(
        Move(
            person_id,
            date.fromordinal(left),
            date.fromordinal(day),
            stages[stage],
            stages[to_stage],
            EXITS[way],
            planned[told],
        )
        for person_id, left, day, stage, to_stage, way, told in rows
    )


def stay_lengths_of(spells: Spells) -> dict[str, StayLengths]:
    """How long people stay in each stage."""
    import numpy as np

    stages, days = spells.everybody.stages, spells.days
    width = int(days.max()) + 1 if len(days) else 1
    # How many stays there are of each stage and number of days, and how many of these have ended.
    key, size = spells.stage.astype(np.int64) * width + days, len(stages) * width
    there = np.bincount(key, minlength=size).reshape(-1, width)
    ended = np.bincount(key[spells.over], minlength=size).reshape(-1, width)
    return {stage.id: _stay_lengths(there[place], ended[place]) for place, stage in enumerate(stages)}


def lengths_by_stage(store: Store, as_at: date, *, many: int = KEPT_FROM) -> dict[str, StayLengths] | None:
    """How long people stay in each stage where anybody ever stayed; None with fewer than `many`. For `lengths_of`."""
    if not has_many(store, kept_from=many):
        return None
    lengths = stay_lengths_of(build_columns(read_columns(store, as_at)))
    return {stage_id: found for stage_id, found in lengths.items() if found.people}


def _stay_lengths(there: NDArray[np.int64], ended: NDArray[np.int64]) -> StayLengths:
    """Of one stage, by days. The product is taken a day at a time as `stay_lengths` does, and ends in the same bit."""
    import numpy as np

    days = np.flatnonzero(ended)
    at_risk = (there.sum() - np.cumsum(there) + there)[days]
    staying = np.cumprod(1 - ended[days] / at_risk)
    quartiles = []
    for share in (0.25, 0.5, 0.75):
        reached = np.flatnonzero(staying <= 1 - share + 1e-12)
        quartiles.append(int(days[reached[0]]) if len(reached) else None)
    return StayLengths(int(there.sum()), int(ended.sum()), *quartiles)


def returns_of(spells: Spells, days: int = 365) -> tuple[int, int]:
    """Moves onward after which somebody was back within some days, of those watched for that long."""
    after, back = came_back(spells, days)
    return int(back.sum()), len(after)


def came_back(spells: Spells, days: int, from_on: date = date.min) -> tuple[NDArray[np.intp], Truths]:
    """The spells begun by a move onward so many days ago or more, and which of them were followed by a return.

    Of a period, those whose days were up on its first day or later. What a return is, `analysis.flow` says.
    """
    import numpy as np

    everybody = spells.everybody
    after = np.flatnonzero(spells.has_next & (spells.exit == ONWARD)) + 1
    up = spells.started[after].astype(np.int64) + days
    in_time = (up <= everybody.day) & (up >= from_on.toordinal())
    after, up = after[in_time], up[in_time]
    levels = np.array([stage.level for stage in everybody.stages] or [0])[spells.stage]
    back, row, looked = np.zeros(len(after), bool), after, np.arange(len(after))
    while len(looked):
        row, looked = row[spells.has_next[row]] + 1, looked[spells.has_next[row]]
        near = spells.started[row] <= up[looked]
        row, looked = row[near], looked[near]
        lower = levels[row] < levels[after[looked]]
        back[looked[lower]] = True
        row, looked = row[~lower], looked[~lower]
    stays = everybody.stays
    wards = np.array([is_hospital(stage) for stage in everybody.stages] or [False])[stays.stage]
    # Stays come by person and first day: the first on a ward that began later than the move.
    first = (stays.person[wards].astype(np.int64) << DAY_BITS) + stays.started[wards]
    whose = spells.person[after].astype(np.int64) << DAY_BITS
    place = np.searchsorted(first, whose + spells.started[after], side="right")
    there = place < len(first)
    back[there] |= first[place[there]] <= (whose + up)[there]
    return after, back
