"""Whose moves were held up among very many people: `analysis.held_up` from columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mhtracker.analysis.columns.reading import EVER, Everybody
from mhtracker.analysis.delay_owners import OwnedDelay
from mhtracker.analysis.held_up import Delay, Delays

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mhtracker.analysis.columns.packed import Days, Numbers, Words

_FAR = 10_000_000
"""More than any day's number: parts one group's days from the next one's."""


def delays_of(everybody: Everybody, from_on: date) -> Delays:
    """The days held up from a day to the one looked at, both included."""
    period = _Period.of(everybody, from_on)
    held = everybody.held
    found = [Delay(*each) for each in period.shared_out(held.code[period.rows], held.codes)]
    found.sort(key=lambda delay: (-delay.days, delay.code))
    _, each = _covered(period.rank, period.started, period.ended)
    return Delays(tuple(found), tuple(period.ids.tolist()), int(each.sum()))


def owned_delays_of(everybody: Everybody, from_on: date, owner: str) -> tuple[OwnedDelay, ...]:
    """The same days by one of `delay_owners.OWNERS`."""
    period = _Period.of(everybody, from_on)
    keys, names = _owners(everybody, owner, period.rows)
    found = [OwnedDelay(*each) for each in period.shared_out(keys, names)]
    return tuple(sorted(found, key=lambda each: (-each.days, each.key)))


def _owners(everybody: Everybody, owner: str, rows: NDArray[np.intp]) -> tuple[Numbers, Sequence[str]]:
    """Of some barriers whose they are, as places in a list of codes or ids, where "" is for none."""
    import numpy as np

    held, stays = everybody.held, everybody.stays
    if owner == "attributable":
        return held.owner[rows], held.owners
    person = held.person[rows]
    if owner == "service":
        stay = np.flatnonzero(stays.ended == EVER)
        # Nobody is anywhere, until a stay says so; of two that run, the one begun later is written over the other.
        service = np.full(len(everybody.ids), len(stays.service_ids), np.int32)
        service[stays.person[stay]] = stays.service[stay]
        names = (*stays.service_ids, "")
        none = names.index("")
        return np.where(service == len(stays.service_ids), none, service)[person].astype(np.int32), names
    whose = everybody.columns.worker if owner == "worker" else everybody.columns.team
    words = [each or "" for each in whose[person].tolist()]
    names = tuple(sorted(set(words)))
    places = {name: place for place, name in enumerate(names)}
    return np.fromiter(map(places.__getitem__, words), np.int32, len(words)), names


@dataclass(frozen=True, slots=True)
class _Period:
    """The `rows` of the barriers that held within a period, cut to it. `rank` is the place of each person in `ids`.

    `ids` are in their own order, so that people are named in it.
    """

    rows: NDArray[np.intp]
    started: Days
    ended: Days
    ids: Words
    rank: NDArray[np.int64]

    @classmethod
    def of(cls, everybody: Everybody, from_on: date) -> _Period:
        """From a day to the one looked at."""
        import numpy as np

        held = everybody.held
        started = np.maximum(held.started, from_on.toordinal())
        ended = np.minimum(held.ended, everybody.day + 1)
        rows = np.flatnonzero(started < ended)
        distinct, whose = np.unique(held.person[rows], return_inverse=True)
        order = np.argsort(everybody.ids[distinct], kind="stable")
        place = np.empty(len(order), np.int64)
        place[order] = np.arange(len(order))
        return cls(rows, started[rows], ended[rows], everybody.ids[distinct[order]], place[whose])

    def shared_out(self, keys: Numbers, names: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...], int]]:
        """By what their barriers are given to (places in `names`): who, and their days, each day of a person once."""
        import numpy as np

        groups, days = _covered(keys.astype(np.int64) * len(self.ids) + self.rank, self.started, self.ended)
        of = groups // max(len(self.ids), 1)
        for number, name in enumerate(names):
            mine = of == number
            if mine.any():
                yield name, tuple(self.ids[groups[mine] % len(self.ids)].tolist()), int(days[mine].sum())


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
