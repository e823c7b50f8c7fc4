"""What very many people cost, and what their moves saved: `analysis.money` from columns.

Who has cost lines or splits, is charged and ever had s117 after-care, or had a place kept during a hospital stay, is
looked at as there, one person at a time; everybody else costs what their stays say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mhtracker.analysis.columns.reading import EVER, UNKNOWN, Everybody
from mhtracker.analysis.columns.shapes import DAY_BITS
from mhtracker.analysis.columns.spells import Spells
from mhtracker.analysis.flow import Flow
from mhtracker.analysis.money import (
    GroupCost,
    Money,
    Paying,
    Period,
    StageRates,
    cost_now,
    days_cost,
    period_of,
    rates_of,
    read_paying,
)
from mhtracker.analysis.savings import Saved, saved_by, savings_of, wards_among
from mhtracker.domain.money.costs import WeeklyCost, one_offs
from mhtracker.domain.money.period_cost import DaySum
from mhtracker.domain.records import CostLine, FundingSplit, LegalAndStatus, StatusKind
from mhtracker.domain.stage_kinds import is_hospital
from mhtracker.store.bulk import not_collecting
from mhtracker.store.queries.columns import read_columns_of
from mhtracker.store.store import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mhtracker.analysis.columns.packed import Numbers, Words
    from mhtracker.analysis.columns.reading import Truths

    Pence = NDArray[np.int64]


def money_of(store: Store, spells: Spells, moved: Flow) -> Money:
    """What `count_money` counts, between the days of `moved`."""
    with not_collecting():
        everybody = spells.everybody
        told = _told_apart(store, everybody)
        paid = _paid(everybody, told)
        saved = _saved(spells, moved, told)
        return Money(
            paid.stages(),
            paid.services(),
            paid.by_person(),
            paid.unknown(),
            paid.on_wards(),
            savings_of(moved.moves, saved),
            _period(everybody, moved, told),
            paid.rates(),
        )


@dataclass(frozen=True, slots=True)
class _Told:
    """The people looked at one at a time, and for everybody whether they are among them."""

    paying: Paying
    apart: Truths


def _told_apart(store: Store, everybody: Everybody) -> _Told:
    import numpy as np

    have = {row[0] for record in (CostLine, FundingSplit) for row in read_columns_of(store, record, ("person_id",))}
    charged = np.unique(everybody.stays.person[everybody.stays.charge > 0])
    if len(charged):
        care = read_columns_of(store, LegalAndStatus, ("person_id",), kind=(StatusKind.S117.value,))
        have |= {row[0] for row in care} & set(everybody.ids[charged].tolist())
    have |= set(everybody.ids[_keeping(everybody)].tolist())
    apart = np.fromiter(map(have.__contains__, everybody.ids), bool, len(everybody.ids))
    return _Told(read_paying(store, everybody.as_at, everybody.ids[apart].tolist()), apart)


def _keeping(everybody: Everybody) -> Numbers:
    """Whose place was ever kept: another stay was not over when they came to a ward."""
    import numpy as np

    stays = everybody.stays
    whose = stays.person.astype(np.int64) << DAY_BITS
    reached = np.maximum.accumulate(whose + stays.ended)
    began_inside = np.zeros(len(whose), bool)
    began_inside[1:] = reached[:-1] > (whose + stays.started)[1:]
    # Of two begun on one day the ward may stand first.
    same = (whose + stays.started)[1:] == (whose + stays.started)[:-1]
    began_inside[:-1] |= same
    found: Numbers = np.unique(stays.person[began_inside & _wards(everybody)[stays.stage]])
    return found


class _Costs(Mapping[str, WeeklyCost]):
    """What a week of each person costs, each made when it is asked for: few are, and very many take long to make."""

    def __init__(self, ids: list[str], *pence: Pence) -> None:
        self._ids, self._pence = ids, pence
        self._rows: dict[str, int] = {}

    def __getitem__(self, person_id: str) -> WeeklyCost:
        if not self._rows:
            self._rows = {each: row for row, each in enumerate(self._ids)}
        row = self._rows[person_id]
        return WeeklyCost(*(int(each[row]) for each in self._pence))

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


@dataclass(frozen=True, slots=True)
class _Paid:
    """Where everybody on the pathway is and what it costs, by id. Stages and services as their places."""

    everybody: Everybody
    ids: Words
    stage: Numbers
    service: Numbers
    gross: Pence
    person: Pence
    health: Pence
    not_charged: Pence

    @property
    def net(self) -> Pence:
        return self.gross - self.person - self.health

    @property
    def known(self) -> Truths:
        found: Truths = self.gross != UNKNOWN
        return found

    def unknown(self) -> tuple[str, ...]:
        return tuple(self._of(~self.known & ~_wards(self.everybody)[self.stage]))

    def on_wards(self) -> tuple[str, ...]:
        return tuple(self._of(~self.known & _wards(self.everybody)[self.stage]))

    def by_person(self) -> Mapping[str, WeeklyCost]:
        columns = (each[self.known] for each in (self.gross, self.person, self.health, self.not_charged))
        return _Costs(self._of(self.known), *columns)

    def stages(self) -> tuple[GroupCost, ...]:
        groups = enumerate(self.everybody.stages)
        return tuple(self._group(stage.id, self.known & (self.stage == place)) for place, stage in groups)

    def services(self) -> tuple[GroupCost, ...]:
        groups = enumerate(self.everybody.stays.service_ids)
        found = (self._group(key, self.known & (self.service == place)) for place, key in groups)
        return tuple(sorted((each for each in found if each.people), key=lambda one: (-one.net, one.key)))

    def rates(self) -> tuple[StageRates, ...]:
        found = []
        for place, stage in enumerate(self.everybody.stages):
            mine = self.known & (self.stage == place)
            rates = dict(zip(self._of(mine), self.gross[mine].tolist(), strict=True))
            found.append(rates_of(stage.id, rates))
        return tuple(each for each in found if each is not None)

    def _group(self, key: str, rows: Truths) -> GroupCost:
        sums = (int(each[rows].sum()) for each in (self.gross, self.person, self.health, self.net))
        return GroupCost(key, tuple(self._of(rows)), *sums)

    def _of(self, rows: Truths) -> list[str]:
        found: list[str] = self.ids[rows].tolist()
        return found


def _wards(everybody: Everybody) -> Truths:
    """By stage, whether it is an NHS ward."""
    import numpy as np

    return np.array([is_hospital(stage) for stage in everybody.stages] or [False])


def _paid(everybody: Everybody, told: _Told) -> _Paid:
    import numpy as np

    stays = everybody.stays
    rows = np.flatnonzero((stays.ended == EVER) & (everybody.on_pathway & ~told.apart)[stays.person])
    # The stay begun last counts: stays of one person stand in that order.
    rows = rows[np.append(stays.person[rows][1:] != stays.person[rows][:-1], True)] if len(rows) else rows
    person = stays.person[rows]
    columns: list[Any] = [
        everybody.ids[person],
        stays.stage[rows],
        stays.service[rows],
        stays.cost[rows],
        _counting(stays.charge[rows], stays.cost[rows]),
    ]
    columns += [np.zeros(len(rows), np.int64)] * 2
    apart = _paid_apart(everybody, told.paying)
    if apart:
        more = list(zip(*apart, strict=True))
        columns = [np.append(column, np.array(each, column.dtype)) for column, each in zip(columns, more, strict=True)]
    order = np.argsort(columns[0], kind="stable")
    ids, *rest = (column[order] for column in columns)
    return _Paid(everybody, ids, *rest)


def _counting(charge: Pence, cost: Pence) -> Pence:
    """What counts of a charge, as `cost_on` has it: no more than the cost. Nothing where the cost is not known."""
    import numpy as np

    return np.minimum(charge, np.where(cost == UNKNOWN, 0, cost))


def _paid_apart(everybody: Everybody, paying: Paying) -> list[tuple[str, int, int, int, int, int, int]]:
    stages = {stage.id: place for place, stage in enumerate(everybody.stages)}
    services = {service_id: place for place, service_id in enumerate(everybody.stays.service_ids)}
    wards, found = wards_among(paying.stages), []
    for person_id in paying.on_pathway:
        now, cost = cost_now(paying.people[person_id], paying.as_at, wards)
        if now is not None:
            pence = (cost.gross, cost.person, cost.health, cost.not_charged) if cost is not None else (UNKNOWN, 0, 0, 0)
            found.append((person_id, stages[now.stage_id], services[now.service_id or ""], *pence))
    return found


def _saved(spells: Spells, moved: Flow, told: _Told) -> list[Saved | None]:
    """Of each move in its order what it saved."""
    import numpy as np

    everybody, stays = spells.everybody, spells.everybody.stays
    rows = np.flatnonzero(spells.moved_between(moved.from_on.toordinal(), moved.to_on.toordinal()))
    came = rows + 1
    person, day = spells.person[rows], spells.started[came].astype(np.int64)
    theirs = np.flatnonzero(np.isin(stays.person, person))
    stages = max(1, len(everybody.stages))
    key = ((stays.person[theirs].astype(np.int64) * stages + stays.stage[theirs]) << DAY_BITS) + stays.started[theirs]
    order = np.argsort(key, kind="stable")
    theirs, key = theirs[order], key[order]
    cost = np.where((stays.cost == UNKNOWN) & _wards(everybody)[stays.stage], 0, stays.cost)
    net = np.where(cost == UNKNOWN, UNKNOWN, cost - _counting(stays.charge, cost))

    def found_net(of: NDArray[np.intp], on: Pence, *, after: bool) -> Pence:
        """The net cost of the last stay begun in the stage of some spells by a day, or of the first from it on."""
        stage = (spells.person[of].astype(np.int64) * stages + spells.stage[of]) << DAY_BITS
        if not len(key):
            return np.full(len(of), UNKNOWN)
        place = np.searchsorted(key, stage + on, side="left" if after else "right") - (not after)
        place = np.clip(place, 0, len(key) - 1)
        there = (key[place] >> DAY_BITS == stage >> DAY_BITS) & ((key[place] >= stage + on) == after)
        there |= key[place] == stage + on
        found: Pence = np.where(there, net[theirs[place]], UNKNOWN)
        return found

    last = np.flatnonzero(~spells.has_next)
    last = last[np.searchsorted(last, rows)] if len(rows) else rows
    end = np.minimum(spells.ended[last].astype(np.int64), everybody.day + 1)
    moves_on = spells.has_next[came]
    again = np.where(moves_on, spells.started[np.minimum(came + 1, len(spells.started) - 1)], end)
    old, new = found_net(rows, day, after=False), found_net(came, day, after=True)
    next_old = found_net(came, again, after=False)
    rest = np.where(moves_on & (next_old != UNKNOWN), end - again, 0)
    spent, unknown = _spent(everybody, person, day, again)
    there = (old != UNKNOWN) & (new != UNKNOWN)
    old, new, next_old = (np.where(each == UNKNOWN, 0, each) for each in (old, new, next_old))
    so_far = _pence(old * (again - day - unknown + rest)) - _pence(spent + next_old * rest)
    found: list[Saved | None] = []
    columns = (there, told.apart[person], old - new, so_far)
    for move, known, apart, a_week, altogether in zip(
        moved.moves, *(column.tolist() for column in columns), strict=True
    ):
        if apart:
            found.append(saved_by(told.paying.people[move.person_id], move, told.paying.stages, told.paying.as_at))
        else:
            found.append(Saved(move.person_id, a_week, altogether) if known else None)
    return found


def _spent(everybody: Everybody, person: Numbers, first: Pence, end: Pence) -> tuple[Pence, Pence]:
    """What some people came to net from a day to the day before another, in pence a week times days; days not known."""
    import numpy as np

    stays = everybody.stays
    begin = np.searchsorted(stays.person, person, side="left")
    counts = np.searchsorted(stays.person, person, side="right") - begin
    each = np.repeat(np.arange(len(person)), counts)
    stay = np.repeat(begin - np.cumsum(counts) + counts, counts) + np.arange(len(each))
    start = np.maximum(stays.started[stay].astype(np.int64), first[each])
    until = np.minimum(stays.ended[stay].astype(np.int64), end[each])
    inside = start < until
    each, stay, start, until = each[inside], stay[inside], start[inside], until[inside]
    days = until - start - _days_elsewhere(each.astype(np.int32), start, until)
    cost = np.where((stays.cost[stay] == UNKNOWN) & _wards(everybody)[stays.stage[stay]], 0, stays.cost[stay])
    known = cost != UNKNOWN
    spent, unknown = np.zeros(len(person), np.int64), np.zeros(len(person), np.int64)
    np.add.at(spent, each[known], ((cost - _counting(stays.charge[stay], cost)) * days)[known])
    np.add.at(unknown, each[~known], days[~known])
    return spent, unknown


def _pence(week_days: Pence) -> Pence:
    """`in_pence` of each; none of them is less than nothing."""
    return (2 * week_days + 7) // 14


def _period(everybody: Everybody, moved: Flow, told: _Told) -> Period:
    import numpy as np

    stays, first = everybody.stays, moved.from_on.toordinal()
    until = np.minimum(everybody.gone, moved.to_on.toordinal() + 1)
    start, end = np.maximum(stays.started, first), np.minimum(stays.ended, until[stays.person])
    rows = np.flatnonzero((start < end) & ~told.apart[stays.person])
    person, start, end = stays.person[rows], start[rows].astype(np.int64), end[rows].astype(np.int64)
    days = end - start - _days_elsewhere(person, start, end)
    cost = stays.cost[rows]
    cost = np.where((cost == UNKNOWN) & _wards(everybody)[stays.stage[rows]], 0, cost)
    charge, known = _counting(stays.charge[rows], cost), cost != UNKNOWN
    total = DaySum(
        int((cost * days)[known].sum()),
        int((charge * days)[known].sum()),
        0,
        int(((cost - charge) * days)[known].sum()),
        int(days[known].sum()),
        int(days[~known].sum()),
    )
    transition, wards = 0, wards_among(told.paying.stages)
    for each in told.paying.people.values():
        total.add(days_cost(each, moved.from_on, moved.to_on, wards))
        transition += one_offs(each.costs, moved.from_on, moved.to_on)
    return period_of(total, transition)


def _days_elsewhere(person: Numbers, start: Pence, end: Pence) -> Pence:
    """Of each stay, the days on which one begun later counts: the stays of one person stand in the order they began."""
    import numpy as np

    found, reached = np.zeros(len(person), np.int64), start.copy()
    row = np.arange(len(person))
    later = row + 1
    while len(row):
        inside = later < len(person)
        row, later = row[inside], later[inside]
        inside = (person[later] == person[row]) & (start[later] < end[row])
        row, later = row[inside], later[inside]
        last = np.minimum(end[later], end[row])
        found[row] += np.maximum(0, last - np.maximum(start[later], reached[row]))
        reached[row] = np.maximum(reached[row], last)
        later = later + 1
    return found
