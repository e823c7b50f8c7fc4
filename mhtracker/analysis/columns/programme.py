"""A programme's cohort and the ground of its forecast among very many people: `analysis.programme` from columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mhtracker.analysis.columns.reading import EVER, UNTOLD
from mhtracker.analysis.columns.spells import BACK, DIED, EXITS, LEFT, ONWARD, Spells
from mhtracker.analysis.hazards import BANDS, Band, Hazards, joined

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mhtracker.analysis.columns.packed import Numbers, Words
    from mhtracker.analysis.columns.reading import Truths


@dataclass(frozen=True, slots=True)
class Followed:
    """Some people with the stage each began from, followed by their spells."""

    spells: Spells
    ids: Words
    places: Numbers
    levels: Numbers

    @classmethod
    def of(cls, spells: Spells, began: Mapping[str, str]) -> Followed:
        """The people among everybody, each with the stage they began from."""
        import numpy as np

        everybody = spells.everybody
        places = everybody.places
        level = {stage.id: stage.level for stage in everybody.stages}
        ids = np.empty(len(began), object)
        ids[:] = list(began)
        return cls(
            spells,
            ids,
            np.array([places[person_id] for person_id in began], np.int32),
            np.array([level[stage_id] for stage_id in began.values()], np.int32),
        )

    def standings(self, days: Iterable[date]) -> list[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
        """On each day who is in a higher stage than they began from, who in that or a lower one, and who is gone."""
        import numpy as np

        levels = np.array([stage.level for stage in self.spells.everybody.stages] or [0], np.int32)
        theirs = np.flatnonzero(np.isin(self.spells.person, self.places))
        found = []
        for day in days:
            row = _row_on(self.spells, theirs, day)[self.places]
            there = row != UNTOLD
            higher = there & (
                levels[self.spells.stage[np.where(there, row, 0)]] > self.levels if len(theirs) else there
            )
            moved, waiting, gone = (tuple(self.ids[each].tolist()) for each in (higher, there & ~higher, ~there))
            found.append((moved, waiting, gone))
        return found


def there_on(spells: Spells, stage_ids: Iterable[str], day: date) -> dict[str, str]:
    """Who was in one of some stages at the end of a day, and in which."""
    import numpy as np

    number = day.toordinal()
    rows = np.flatnonzero((spells.started <= number) & (spells.ended > number))
    rows = rows[np.append(True, spells.person[rows][1:] != spells.person[rows][:-1])] if len(rows) else rows
    rows = rows[_in_stages(spells, stage_ids)[rows]]
    stages = [stage.id for stage in spells.everybody.stages]
    return dict(zip(spells.people(rows), [stages[each] for each in spells.stage[rows].tolist()], strict=True))


def days_there(spells: Spells, ids: Sequence[str], day: date) -> list[int]:
    """For how long some people have been in the spell they are in; 0 for who is in none."""
    import numpy as np

    row = _row_on(spells, np.arange(len(spells.person)), day)
    days = np.where(row == UNTOLD, 0, spells.days[row]) if len(spells.person) else np.zeros(len(row), int)
    places = spells.everybody.places
    found: list[int] = days[[places[person_id] for person_id in ids]].tolist()
    return found


def _row_on(spells: Spells, rows: NDArray[np.intp], day: date) -> NDArray[np.intp]:
    """By the place of each person the spell they are in at the end of a day; the one before, in a gap between two."""
    import numpy as np

    found = np.full(len(spells.everybody.ids), UNTOLD)
    number = day.toordinal()
    begun = rows[spells.started[rows] <= number]
    person = spells.person[begun]
    last = begun[np.append(person[1:] != person[:-1], True)] if len(begun) else begun
    moved = (spells.exit[last] != DIED) & (spells.exit[last] != LEFT)
    found[spells.person[last[moved]]] = last[moved]
    there = begun[spells.ended[begun] > number]
    person = spells.person[there]
    first = there[np.append(True, person[1:] != person[:-1])] if len(there) else there
    found[spells.person[first]] = first
    return found


def entered_after(spells: Spells, stage_ids: Iterable[str], day: date, but: Mapping[str, str]) -> dict[str, str]:
    """Who came to some stages after a day, but for some people, and to which of them first."""
    import numpy as np

    rows = np.flatnonzero(_in_stages(spells, stage_ids) & (spells.started > day.toordinal()))
    rows = rows[np.append(True, spells.person[rows][1:] != spells.person[rows][:-1])] if len(rows) else rows
    stages = [stage.id for stage in spells.everybody.stages]
    each = zip(spells.people(rows), spells.stage[rows].tolist(), strict=True)
    return {person_id: stages[stage] for person_id, stage in each if person_id not in but}


def hazards_of(
    spells: Spells, stage_ids: frozenset[str], from_on: date, people: frozenset[str] | None = None
) -> Hazards:
    """What `hazards.seen` sees until the day looked at, of everybody or of some people."""
    import numpy as np

    day = spells.everybody.day
    rows = np.flatnonzero(_in_stages(spells, stage_ids) & among(spells, people))
    started = spells.started[rows].astype(np.int64)
    begin, end = np.maximum(0, from_on.toordinal() - started), np.minimum(spells.ended[rows], day) - started
    seen = end > begin
    rows, begin, end = rows[seen], begin[seen], end[seen]
    way = np.where(spells.ended[rows] <= day, spells.exit[rows], UNTOLD)
    bands = []
    for place, low in enumerate(BANDS):
        top = BANDS[place + 1] if place + 1 < len(BANDS) else None
        within = end if top is None else np.minimum(end, top)
        days = np.maximum(0, within - np.maximum(begin, low))
        ended = (end > low) & (end == within)
        counts = {EXITS[each]: int(((way == each) & ended).sum()) for each in range(len(EXITS))}
        bands.append(Band(low, top, int(days.sum()), {each: count for each, count in counts.items() if count}))
    watched = len(np.unique(spells.person[rows]))
    return Hazards("+".join(sorted(stage_ids)), from_on, spells.everybody.as_at, watched, tuple(joined(bands)))


def returned_of(spells: Spells, stage_ids: frozenset[str], from_on: date, people: frozenset[str] | None = None) -> Band:
    """Time watched after moves onward from some stages, and how many came back to one of them, died or left.

    `people` as above. Who comes to a higher one of these stages has not come back.
    """
    import numpy as np

    rows = np.flatnonzero(_in_stages(spells, stage_ids) & among(spells, people))
    if not len(rows):
        return Band(0, None, 0, {})
    person = spells.person[rows]
    came_at = _next_no_higher(spells, rows)
    came = came_at != UNTOLD
    last = np.flatnonzero(~spells.has_next)
    ended = np.where(spells.ended[last] != EVER, spells.ended[last], spells.everybody.day)
    seen_until, gone = (np.full(len(spells.everybody.ids), value, np.int64) for value in (0, UNTOLD))
    seen_until[spells.person[last]], gone[spells.person[last]] = ended, spells.exit[last]
    until = np.where(came, spells.started[came_at], seen_until[person])
    first = np.maximum(spells.ended[rows], from_on.toordinal())
    counted = (spells.exit[rows] == ONWARD) & (until > first)
    way = np.where(came, BACK, gone[person])[counted]
    left = {EXITS[each]: int((way == each).sum()) for each in (BACK, DIED, LEFT)}
    days = int((until - first)[counted].sum())
    return Band(0, None, days, {each: count for each, count in left.items() if count})


def _next_no_higher(spells: Spells, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """For each of some rows the next of the same person's in a stage no higher than its own; UNTOLD for none."""
    import numpy as np

    levels = np.array([stage.level for stage in spells.everybody.stages])[spells.stage[rows]]
    person = spells.person[rows]
    found = np.full(len(rows), UNTOLD, np.intp)
    open_, step = np.arange(len(rows)), 1
    while len(open_):
        open_ = open_[open_ + step < len(rows)]
        open_ = open_[person[open_ + step] == person[open_]]
        lower = levels[open_ + step] <= levels[open_]
        found[open_[lower]] = rows[open_[lower] + step]
        open_, step = open_[~lower], step + 1
    return found


def among(spells: Spells, people: frozenset[str] | None) -> Truths:
    """Which spells are of some people; all of them, for None."""
    import numpy as np

    if people is None:
        return np.ones(len(spells.person), bool)
    places = spells.everybody.places
    chosen = np.zeros(len(spells.everybody.ids), bool)
    chosen[[places[person_id] for person_id in people]] = True
    found: Truths = chosen[spells.person]
    return found


def _in_stages(spells: Spells, stage_ids: Iterable[str]) -> Truths:
    import numpy as np

    wanted = frozenset(stage_ids)
    found: Truths = np.array([stage.id in wanted for stage in spells.everybody.stages] or [False])[spells.stage]
    return found
