"""How many of a cohort will have moved on by a day: simulated from the rates seen, with a band.

Each run draws rates that the numbers seen could well have come from (a gamma distribution for each way out and band of
length of stay), then lets everybody's next months happen by chance at those rates. The band so holds both kinds of not
knowing: what the rates are, and what chance does with them. It knows nothing of what has never happened.

Who goes back while waiting, or comes back after a move, begins the stage again at once, at its first length.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mhtracker.analysis.hazards import Band, Hazards
from mhtracker.domain.counting.spells import Exit

if TYPE_CHECKING:
    import numpy as np

MONTH = 365.25 / 12
RUNS = 1000
LOW, HIGH = 5, 95


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody of the cohort still in its stage: days so far, and how their rate differs (2.0: twice as likely)."""

    days: int
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Month:
    """How many of the cohort will have moved on, `months` from now: the middle of the runs, and 9 in 10 of them.

    The last of a forecast is of the day asked for, which may come before its month is over.
    """

    months: int
    middle: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """By month to the day asked for. `exits` moves onward and `people` watched are what it rests on.

    `rates_of` is whose these are (`ground.OWN` or `ground.EVERYBODY`), and `whose` the same in words, "" where it goes
    without saying.
    """

    months: tuple[Month, ...]
    cohort: int
    moved: int
    people: int
    exits: int
    runs: int
    factor: float = 1.0
    rates_of: str = "everybody"
    whose: str = ""

    @property
    def last(self) -> Month:
        return self.months[-1]

    def words(self) -> str:
        """How it was computed, for whoever asks."""
        times = "" if self.factor == 1.0 else f" Rates of moving on are taken {self.factor:.2f} times as high."
        return (
            f"{self.runs:,} runs, from {self.exits} moves onward of {self.people} people. Each run draws rates that "
            f"could have given these numbers, by length of stay, with going back, death and leaving as other ways "
            f"out. Who goes back begins the stage again; those who moved may come back, die or leave.{times} The "
            f"band holds 9 of 10 runs." + (f" {self.whose}" if self.whose else "")
        )


def forecast(
    waiting: Iterable[Waiting],
    moved: int,
    cohort: int,
    hazards: Hazards,
    returns: Band,
    ends: Sequence[int],
    *,
    seed: int,
    factor: float = 1.0,
    runs: int = RUNS,
) -> Forecast | None:
    """Simulate a cohort month by month; None when the rates rest on too few moves to say anything, or at no end.

    `moved` of `cohort` have moved on already and `waiting` are still there (a Counter of them will do, and is quicker
    for very many); the rest have died or left. `returns` is the time watched after a move onward, and how many came
    back, died or left in it. `ends` are the days from now on which months end, the last one the day asked for.
    `factor` is the scenario "if the rate rose".
    """
    import numpy as np

    if not hazards.enough or not ends or ends[0] < 1:
        return None
    chance = np.random.default_rng(seed)
    rates = _draw(chance, hazards.bands, runs, _WAYS_WAITING)
    after = _draw(chance, (returns,), runs, _WAYS_MOVED)[:, 0]
    lengths = np.diff([0, *ends])
    middles = np.array(ends) - lengths / 2
    place, factors, sizes = _alike(Counter(waiting), hazards.bands, factor, middles)
    shares = _Shares(rates, after, hazards.bands, place, factors, factor)
    found = []
    for number, length in enumerate(lengths.tolist()):
        onward, still_moved = shares.step(number, length)
        counted = chance.binomial(moved, still_moved) if moved else np.zeros(runs, dtype=np.int64)
        if len(sizes):
            counted = counted + chance.binomial(sizes, onward).sum(axis=1)
        low, middle, high = np.percentile(counted, (LOW, 50, HIGH))
        found.append(Month(number + 1, float(middle), float(low), float(high)))
    return Forecast(tuple(found), cohort, moved, hazards.people, hazards.exits, runs, factor)


def _alike(
    groups: Mapping[Waiting, int], bands: Sequence[Band], factor: float, middles: np.ndarray[Any, Any]
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Of each group that goes through the same bands in the same months: these bands, factor and number of people.

    All of a group have the same chances, so the runs say the same of them as one by one, and far sooner. The band of a
    month is the one that somebody is in in its middle.
    """
    import numpy as np

    if not groups:
        return np.zeros((0, len(middles)), np.int64), np.zeros(0), np.zeros(0, np.int64)
    days = np.array([each.days for each in groups], dtype=float)
    factors = np.array([each.factor * factor for each in groups])
    starts = np.array([band.from_days for band in bands])
    place = np.searchsorted(starts, days[:, None] + middles, side="right") - 1
    _, first, group = np.unique(np.column_stack([factors, place]), axis=0, return_index=True, return_inverse=True)
    sizes = np.bincount(group.ravel(), weights=list(groups.values())).astype(np.int64)
    return place[first], factors[first], sizes


_WAYS = tuple(Exit)
_ONWARD, _BACK = _WAYS.index(Exit.ONWARD), _WAYS.index(Exit.BACK)
_GONE = [_WAYS.index(Exit.DIED), _WAYS.index(Exit.LEFT)]
_WAYS_WAITING = dict.fromkeys(_WAYS, 0.5)
"""How much of an exit is added to those seen of each way, so that none seen is not taken for never."""
_WAYS_MOVED = {Exit.BACK: 1 / 6, Exit.DIED: 1 / 6, Exit.LEFT: 1 / 6}
"""Half an exit again, shared: after a move the three take somebody from those counted alike."""


def _draw(
    chance: np.random.Generator, bands: Sequence[Band], runs: int, added: Mapping[Exit, float]
) -> np.ndarray[Any, Any]:
    """Daily rates, (runs, bands, ways), drawn from gamma distributions."""
    import numpy as np

    exits = np.array([[band.left.get(way, 0) if way in added else 0 for way in _WAYS] for band in bands], dtype=float)
    watched = np.array([[max(1, band.watched_days)] for band in bands], dtype=float)
    more = np.array([added.get(way, 0.0) for way in _WAYS])
    drawn: np.ndarray[Any, Any] = chance.gamma(exits + more, 1.0, (runs, *exits.shape)) / watched
    return drawn


class _Shares:
    """The share of each group that has moved on, month after month, in every run at once.

    Arrays are (runs, groups), the last group standing for those who had moved on before. Who has come to the stage
    again is counted by band besides, and grows older from one to the next: so many a month that they are in a band for
    its width on average, half a month of it before their first month is over.
    """

    def __init__(
        self,
        rates: np.ndarray[Any, Any],
        after: np.ndarray[Any, Any],
        bands: Sequence[Band],
        place: np.ndarray[Any, Any],
        factors: np.ndarray[Any, Any],
        factor: float,
    ) -> None:
        import numpy as np

        self._rates, self._place = rates, np.vstack([place, np.zeros((1, place.shape[1]), place.dtype)])
        self._factors, self._of = np.unique([*factors, factor], return_inverse=True)
        self._gone = after.sum(axis=1)[:, None]
        self._back = after[:, [_BACK]] / np.maximum(self._gone, 1e-300)
        self._widths = np.array([band.to_days - band.from_days if band.to_days else np.inf for band in bands])
        self._widths[0] -= MONTH / 2
        runs, groups = len(rates), len(place) + 1
        self._stay = np.ones((runs, groups))
        self._stay[:, -1] = 0.0
        self._moved = 1 - self._stay
        self._again = np.zeros((len(bands), runs, groups))
        self._chances: dict[int, tuple[np.ndarray[Any, Any], ...]] = {}

    def step(self, number: int, days: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """A month on, of so many days: the share moved on of each waiting group, and of those who had before."""
        import numpy as np

        if days not in self._chances:
            self._chances[days] = self._of_days(days)
        keep, onward, back, older = self._chances[days]
        now = (slice(None), self._place[:, number], self._of)
        came = self._stay * onward[now]
        returned = self._stay * back[now]
        self._stay *= keep[now]
        for band, again in enumerate(self._again):
            of = (slice(None), band, self._of)
            came += again * onward[of]
            returned += again * back[of]
            again *= keep[of]
        # Who moves or returns within the month does so in its middle, and may be gone again by its end.
        whole, half = np.exp(-self._gone * days), np.exp(-self._gone * days / 2)
        returned += (self._moved * (1 - whole) + came * (1 - half)) * self._back
        again_onward, again_here = self._of_arrivals(days)
        self._moved = self._moved * whole + came * half + returned * again_onward
        returned *= again_here
        grown = self._again * older
        self._again -= grown
        self._again[1:] += grown[:-1]
        self._again[0] += returned
        shares = np.clip(self._moved, 0.0, 1.0)
        return shares[:, :-1], shares[:, -1]

    def _of_arrivals(self, days: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """The chances of who comes to the stage in the middle of a month of leaving it onward, and of being in it."""
        import numpy as np

        onward = self._rates[:, :1, _ONWARD] * self._factors[self._of]
        out = onward + self._rates[:, :1, _GONE].sum(axis=-1)
        here = np.exp(-out * days / 2)
        return (1 - here) * onward / out, here

    def _of_days(self, days: int) -> tuple[np.ndarray[Any, Any], ...]:
        """The chances of staying, and of leaving onward or back, (runs, bands, factors), and of growing into a band."""
        import numpy as np

        onward = self._rates[:, :, [_ONWARD]] * self._factors
        total = onward + (self._rates.sum(axis=-1) - self._rates[:, :, _ONWARD])[:, :, None]
        keep = np.exp(-total * days)
        older = np.minimum(1.0, days / self._widths)
        return keep, (1 - keep) * onward / total, (1 - keep) * self._rates[:, :, [_BACK]] / total, older[:, None, None]
