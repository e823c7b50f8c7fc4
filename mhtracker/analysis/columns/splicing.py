"""Brings columns up to date: the rows of some people are cut out, and what is recorded of them now is put in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mhtracker.analysis.columns.packed import used_only
from mhtracker.analysis.columns.shapes import Columns, Held, Statuses, Stays

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mhtracker.analysis.columns.packed import Numbers

    Places = NDArray[np.intp]


def splice(columns: Columns, changed: Collection[str], fresh: Columns) -> Columns:
    """The columns with those of the people who changed, as they are now, in place of what there was of them.

    `fresh` holds nobody else. Neither is changed: columns are values, and others may be counting from them.
    """
    cuts = _cuts_of(columns, changed, fresh)
    stays, statuses, held = columns.stays, columns.statuses, columns.held
    return Columns(
        cuts.joined(columns.ids, fresh.ids),
        cuts.joined(columns.refs, fresh.refs),
        cuts.joined(columns.born, fresh.born),
        cuts.joined(columns.support, fresh.support),
        cuts.joined(columns.died, fresh.died),
        cuts.joined(columns.left, fresh.left),
        cuts.joined(columns.worker, fresh.worker),
        cuts.joined(columns.team, fresh.team),
        _stays(cuts.of_rows(stays.person, fresh.stays.person), stays, fresh.stays),
        _statuses(cuts.of_rows(statuses.person, fresh.statuses.person), statuses, fresh.statuses),
        _held(cuts.of_rows(held.person, fresh.held.person), held, fresh.held),
    )


@dataclass(frozen=True, slots=True)
class _Cuts:
    """Where rows are cut out (`start` to `end`), and which of the fresh ones (`first` to `last`) are put in there.

    `moved` and `moved_fresh` are the new places of the people, where any of them moves.
    """

    start: Places
    end: Places
    first: Places
    last: Places
    moved: Numbers | None
    moved_fresh: Numbers

    def joined(self, old: Any, fresh: Any) -> Any:
        """A column with what is cut out and put in."""
        import numpy as np

        pieces: list[Any] = []
        reached = 0
        for start, end, first, last in zip(*(each.tolist() for each in self._ends), strict=True):
            pieces += (old[reached:start], fresh[first:last])
            reached = end
        return np.concatenate((*pieces, old[reached:]))

    @property
    def _ends(self) -> tuple[Places, ...]:
        return self.start, self.end, self.first, self.last

    def of_rows(self, person: Numbers, fresh: Numbers) -> _Cuts:
        """The same cuts in a table that has rows for each person, by person."""
        import numpy as np

        start, end = (np.searchsorted(person, each) for each in (self.start, self.end))
        first, last = (np.searchsorted(fresh, each) for each in (self.first, self.last))
        return _Cuts(start, end, first, last, self.moved, self.moved_fresh)

    def people(self, old: Numbers, fresh: Numbers) -> Numbers:
        """The people of the rows, by their new places."""
        found: Numbers = self.joined(old if self.moved is None else self.moved[old], self.moved_fresh[fresh])
        return found

    def codes(
        self, old: Numbers, names: Sequence[str], fresh: Numbers, fresh_names: Sequence[str]
    ) -> tuple[Numbers, tuple[str, ...]]:
        """A column of places in a list of words that has those of both, and none that nobody has."""
        union = sorted({*names, *fresh_names})
        joined = self.joined(_renumbered(old, names, union), _renumbered(fresh, fresh_names, union))
        return used_only(joined, union)


def _renumbered(places: Numbers, names: Sequence[str], union: Sequence[str]) -> Numbers:
    import numpy as np

    if list(names) == union or not names:
        return places
    numbers = {name: number for number, name in enumerate(union)}
    return np.array([numbers[name] for name in names], np.int32)[places]


def _cuts_of(columns: Columns, changed: Collection[str], fresh: Columns) -> _Cuts:
    import numpy as np

    ids = np.array(sorted({*changed}), object)
    start, end = (np.searchsorted(columns.ids, ids, side) for side in ("left", "right"))
    first, last = (np.searchsorted(fresh.ids, ids, side) for side in ("left", "right"))
    more = np.cumsum((last - first) - (end - start))
    moved_fresh = (start + np.append(0, more[:-1]))[last > first].astype(np.int32)
    if not more.any():
        return _Cuts(start, end, first, last, None, moved_fresh)
    shift = np.zeros(len(columns.ids) + 1, np.int64)
    np.add.at(shift, end, np.diff(more, prepend=0))
    moved = (np.arange(len(columns.ids)) + np.cumsum(shift)[:-1]).astype(np.int32)
    return _Cuts(start, end, first, last, moved, moved_fresh)


def _stays(cuts: _Cuts, old: Stays, fresh: Stays) -> Stays:
    stage, stage_ids = cuts.codes(old.stage, old.stage_ids, fresh.stage, fresh.stage_ids)
    service, service_ids = cuts.codes(old.service, old.service_ids, fresh.service, fresh.service_ids)
    return Stays(
        stage_ids,
        service_ids,
        cuts.people(old.person, fresh.person),
        stage,
        cuts.joined(old.started, fresh.started),
        cuts.joined(old.ended, fresh.ended),
        cuts.joined(old.planned, fresh.planned),
        cuts.joined(old.died, fresh.died),
        cuts.joined(old.lost, fresh.lost),
        service,
        cuts.joined(old.cost, fresh.cost),
        cuts.joined(old.charge, fresh.charge),
    )


def _statuses(cuts: _Cuts, old: Statuses, fresh: Statuses) -> Statuses:
    code, codes = cuts.codes(old.code, old.codes, fresh.code, fresh.codes)
    return Statuses(
        codes,
        cuts.people(old.person, fresh.person),
        cuts.joined(old.lives, fresh.lives),
        code,
        cuts.joined(old.started, fresh.started),
        cuts.joined(old.ended, fresh.ended),
        cuts.joined(old.expires, fresh.expires),
    )


def _held(cuts: _Cuts, old: Held, fresh: Held) -> Held:
    code, codes = cuts.codes(old.code, old.codes, fresh.code, fresh.codes)
    owner, owners = cuts.codes(old.owner, old.owners, fresh.owner, fresh.owners)
    return Held(
        codes,
        owners,
        cuts.people(old.person, fresh.person),
        code,
        owner,
        cuts.joined(old.started, fresh.started),
        cuts.joined(old.ended, fresh.ended),
    )
