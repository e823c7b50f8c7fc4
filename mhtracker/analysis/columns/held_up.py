"""Whose moves were held up among very many people: `analysis.held_up` from columns."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mhtracker.analysis.columns.reading import Everybody
from mhtracker.analysis.held_up import Delay, Delays

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mhtracker.analysis.columns.packed import Days, Numbers

_FAR = 10_000_000
"""More than any day's number: parts one group's days from the next one's."""


def delays_of(everybody: Everybody, from_on: date) -> Delays:
    """The days held up from a day to the one looked at, both included."""
    import numpy as np

    held = everybody.held
    started = np.maximum(held.started, from_on.toordinal())
    ended = np.minimum(held.ended, everybody.day + 1)
    there = started < ended
    started, ended, person = started[there], ended[there], held.person[there]
    code = held.code[there].astype(np.int64)
    # The people by their ids, so that they are named in that order.
    distinct, whose = np.unique(person, return_inverse=True)
    order = np.argsort(everybody.ids[distinct])
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    ids, rank = everybody.ids[distinct[order]], place[whose]
    found = []
    groups, days = _covered(code * len(ids) + rank, started, ended)
    for number, name in enumerate(held.codes):
        mine = (groups // max(len(ids), 1)) == number
        if mine.any():
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
