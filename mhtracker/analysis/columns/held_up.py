"""Who is stuck and held up among very many people: `analysis.held_up` from columns."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mhtracker.analysis.columns.reading import EVER, Everybody
from mhtracker.analysis.columns.spells import Spells
from mhtracker.analysis.held_up import Delay, Delays, Stuck, stuck_after
from mhtracker.analysis.stay_lengths import StayLengths

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mhtracker.analysis.columns.reading import Days, Numbers

_FAR = 10_000_000
"""More than any day's number: parts one group's days from the next one's."""


def stuck_of(spells: Spells, lengths: dict[str, StayLengths]) -> list[Stuck]:
    """Longest beyond first."""
    import numpy as np

    everybody = spells.everybody
    stages = everybody.stages
    marks = [None if each.own_home else stuck_after(lengths[each.id], each.limit_days) for each in stages]
    mark = np.array([EVER if each is None else each for each in marks])[spells.stage]
    last = ~spells.has_next & ~spells.over & everybody.on_pathway[spells.person]
    days = spells.days
    rows = np.flatnonzero(last & (days > mark))
    barriers = _longest_barriers(everybody)
    columns = (spells.person, spells.stage, days, days - mark)
    found = [
        Stuck(everybody.ids[person], everybody.refs[person], stages[stage].id, for_days, over, barriers.get(person))
        for person, stage, for_days, over in zip(*(column[rows].tolist() for column in columns), strict=True)
    ]
    return sorted(found, key=lambda each: (-each.over_days, each.person_id))


def _longest_barriers(everybody: Everybody) -> dict[int, str]:
    """The code of the barrier that has held longest and still does, by the person's place."""
    held = everybody.held
    rows = held.ended > everybody.day
    found = zip(held.started[rows].tolist(), held.ids[rows], held.person[rows].tolist(), held.code[rows], strict=True)
    return {person: code for _, _, person, code in sorted(found, reverse=True)}


def delays_of(everybody: Everybody, from_on: date) -> Delays:
    """The days held up from a day to the one looked at, both included."""
    import numpy as np

    held = everybody.held
    started = np.maximum(held.started, from_on.toordinal())
    ended = np.minimum(held.ended, everybody.day + 1)
    there = started < ended
    started, ended, person = started[there], ended[there], held.person[there]
    names = sorted(set(held.code[there]))
    numbers = {name: number for number, name in enumerate(names)}
    code = np.fromiter(map(numbers.__getitem__, held.code[there]), np.int64, len(person))
    # The people by their ids, so that they are named in that order.
    distinct, whose = np.unique(person, return_inverse=True)
    order = np.argsort(everybody.ids[distinct])
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    ids, rank = everybody.ids[distinct[order]], place[whose]
    found = []
    groups, days = _covered(code * len(ids) + rank, started, ended)
    for number, name in enumerate(names):
        mine = (groups // max(len(ids), 1)) == number
        found.append(Delay(name, tuple(ids[groups[mine] % len(ids)]), int(days[mine].sum())))
    _, each = _covered(rank, started, ended)
    found.sort(key=lambda delay: (-delay.days, delay.code))
    return Delays(tuple(found), tuple(ids), int(each.sum()))


def _covered(group: NDArray[np.int64], started: Days, ended: Days) -> tuple[NDArray[np.int64], Numbers]:
    """How many days the spans of each group cover together: the groups in order, and their days."""
    import numpy as np

    order = np.lexsort((started, group))
    groups, start, end = group[order], started[order], ended[order]
    base = groups.astype(np.int64) * _FAR
    reached = np.maximum.accumulate(base + end) if len(base) else base
    before = np.append(0, reached[:-1]) if len(base) else base
    days = np.maximum(0, base + end - np.maximum(base + start, before))
    distinct, first = np.unique(groups, return_index=True)
    return distinct, np.add.reduceat(days, first) if len(first) else days
