"""Flow, lengths of stay and returns from columns: `analysis.flow` and `domain.counting.stay_lengths` for very many."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mhtracker.analysis.columns.reading import UNTOLD, read_columns
from mhtracker.analysis.columns.register import KEPT_FROM, has_many
from mhtracker.analysis.columns.spells import BACK, EXITS, ONWARD, Spells, build_columns
from mhtracker.analysis.flow import Flow, Move, StageFlow
from mhtracker.domain.counting.stay_lengths import StayLengths
from mhtracker.store.store import Store

if TYPE_CHECKING:
    from mhtracker.analysis.columns.packed import Numbers
    from mhtracker.analysis.columns.reading import Truths


def flow_of(spells: Spells, from_on: date, to_on: date) -> Flow:
    """What moved between two days, both included."""
    first, last = from_on.toordinal(), to_on.toordinal()
    opening = (spells.started < first) & (spells.ended >= first)
    came = (spells.started >= first) & (spells.started <= last)
    went = (spells.ended >= first) & (spells.ended <= last)
    closing = (spells.started <= last) & (spells.ended > last)
    stages = []
    for place, stage in enumerate(spells.everybody.stages):
        mine = spells.stage == place
        stages.append(StageFlow(stage.id, *(spells.people(mine & each) for each in (opening, came, went, closing))))
    moved = went & (spells.to_stage != UNTOLD)
    ended = went & ~moved & (spells.exit != UNTOLD)
    return Flow(from_on, to_on, tuple(stages), _moves(spells, moved), tuple(spells.told(ended)))


def _moves(spells: Spells, moved: Truths) -> tuple[Move, ...]:
    stages = [stage.id for stage in spells.everybody.stages]
    planned = {UNTOLD: None, 0: False, 1: True}
    columns = (spells.ended, spells.stage, spells.to_stage, spells.exit, spells.planned)
    rows = zip(spells.people(moved), *(column[moved].tolist() for column in columns), strict=True)
    return tuple(
        Move(person_id, date.fromordinal(day), stages[stage], stages[to_stage], EXITS[way], planned[told])
        for person_id, day, stage, to_stage, way, told in rows
    )


def stay_lengths_of(spells: Spells) -> dict[str, StayLengths]:
    """How long people stay in each stage."""
    days, over = spells.days, spells.over
    found = {}
    for place, stage in enumerate(spells.everybody.stages):
        mine = spells.stage == place
        found[stage.id] = _stay_lengths(days[mine], over[mine])
    return found


def lengths_by_stage(store: Store, as_at: date, *, many: int = KEPT_FROM) -> dict[str, StayLengths] | None:
    """How long people stay in each stage where anybody ever stayed; None with fewer than `many`. For `lengths_of`."""
    if not has_many(store, kept_from=many):
        return None
    lengths = stay_lengths_of(build_columns(read_columns(store, as_at)))
    return {stage_id: found for stage_id, found in lengths.items() if found.people}


def _stay_lengths(days: Numbers, over: Truths) -> StayLengths:
    """The product is taken a day at a time and in the order of `stay_lengths`, so that it ends in the same bit."""
    import numpy as np

    ended_on, ended = np.unique(days[over], return_counts=True)
    staying_there = len(days) - np.searchsorted(np.sort(days), ended_on)
    quartiles: list[int | None] = [None, None, None]
    staying = 1.0
    for day, count, at_risk in zip(ended_on.tolist(), ended.tolist(), staying_there.tolist(), strict=True):
        staying *= 1 - count / at_risk
        for place, share in enumerate((0.25, 0.5, 0.75)):
            if quartiles[place] is None and staying <= 1 - share + 1e-12:
                quartiles[place] = day
    return StayLengths(len(days), int(over.sum()), *quartiles)


def returns_of(spells: Spells, days: int = 365) -> tuple[int, int]:
    """Moves onward that were followed by a move back within some days, of those watched for that long."""
    import numpy as np

    rows = np.flatnonzero(spells.has_next & (spells.exit == ONWARD))
    after = rows + 1
    after = after[spells.everybody.day - spells.started[after] >= days]
    back = (spells.exit[after] == BACK) & (spells.days[after] <= days)
    return int(back.sum()), len(after)
