"""How long very many people were watched with a barrier and without: `analysis.scenarios` from columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mhtracker.analysis.columns.programme import among
from mhtracker.analysis.columns.reading import Everybody
from mhtracker.analysis.columns.shapes import DAY_BITS
from mhtracker.analysis.columns.spells import ONWARD, Spells

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mhtracker.analysis.columns.reading import Truths

    Numbers = NDArray[np.int64]


def exposure_of(
    spells: Spells, stage_ids: frozenset[str], since: date, codes: Sequence[str], people: frozenset[str] | None = None
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Moves onward from some stages and days watched there: with one of some barriers open, then without.

    Of everybody, or of some people.
    """
    import numpy as np

    everybody = spells.everybody
    wanted = np.array([stage.id in stage_ids for stage in everybody.stages] or [False])
    first = np.maximum(spells.started, since.toordinal()).astype(np.int64)
    last = np.minimum(spells.ended, everybody.day).astype(np.int64)
    rows = np.flatnonzero(wanted[spells.stage] & (last > first) & among(spells, people))
    person, first, last = spells.person[rows].astype(np.int64), first[rows], last[rows]
    spans = _Spans.of(everybody, codes)
    held = spans.days_before(person, last) - spans.days_before(person, first)
    onward = spells.exit[rows] == ONWARD
    # A barrier that ended with the move, or shortly before, was one until then.
    open_then = spans.open_on(person[onward], last[onward] - 1)
    moves, days = int(open_then.sum()), int(held.sum())
    return (moves, days), (int(onward.sum()) - moves, int((last - first).sum()) - days)


def held_up_on(everybody: Everybody, codes: Iterable[str]) -> frozenset[str]:
    """Whom one of some barriers holds up on the day looked at."""
    held = everybody.held
    rows = _of_codes(everybody, codes) & (held.ended > everybody.day)
    return frozenset(everybody.ids[held.person[rows]].tolist())


def _of_codes(everybody: Everybody, codes: Iterable[str]) -> Truths:
    import numpy as np

    wanted = frozenset(codes)
    found: Truths = np.array([each in wanted for each in everybody.held.codes] or [False])[everybody.held.code]
    return found


@dataclass(frozen=True, slots=True)
class _Spans:
    """The days on which some barriers held anybody up, those of one person that meet joined, by person and first day.

    `key` has person and first day in one number; `before` is how many days all the spans above have together.
    """

    key: Numbers
    person: Numbers
    end: Numbers
    before: Numbers

    @classmethod
    def of(cls, everybody: Everybody, codes: Iterable[str]) -> _Spans:
        """The spans of barriers of some codes."""
        import numpy as np

        held = everybody.held
        rows = np.flatnonzero(_of_codes(everybody, codes) & (held.ended > held.started))
        base = held.person[rows].astype(np.int64) << DAY_BITS
        order = np.argsort(base + held.started[rows], kind="stable")
        begin, end = (base + held.started[rows])[order], (base + held.ended[rows])[order]
        reached = np.maximum.accumulate(end) if len(end) else end
        opens = np.append(True, begin[1:] > reached[:-1]) if len(begin) else np.zeros(0, bool)
        starts = np.flatnonzero(opens)
        key, last = begin[starts], reached[np.append(starts[1:], len(begin)) - 1] if len(begin) else reached
        before = np.append(0, np.cumsum(last - key))
        return cls(key, key >> DAY_BITS, last & ((1 << DAY_BITS) - 1), before)

    def days_before(self, person: Numbers, day: Numbers) -> Numbers:
        """Days held up before a day, those of all the people above added: of one person, differences of it count."""
        import numpy as np

        if not len(self.key):
            return np.zeros(len(person), np.int64)
        place = np.searchsorted(self.key, (person << DAY_BITS) + day)
        last = np.maximum(place - 1, 0)
        beyond = np.where((place > 0) & (self.person[last] == person), np.maximum(0, self.end[last] - day), 0)
        found: Numbers = self.before[place] - beyond
        return found

    def open_on(self, person: Numbers, day: Numbers) -> Truths:
        """Whether one of the spans covers a day."""
        import numpy as np

        if not len(self.key):
            return np.zeros(len(person), bool)
        last = np.searchsorted(self.key, (person << DAY_BITS) + day, side="right") - 1
        found: Truths = (last >= 0) & (self.person[last] == person) & (self.end[last] > day)
        return found
