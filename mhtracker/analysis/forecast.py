"""How many of a cohort will have moved on by a day: simulated from the rates seen, with a band.

Each run draws rates that the numbers seen could well have come from (a gamma distribution for each way out and band of
length of stay), then lets everybody's next months happen by chance at those rates. The band so holds both kinds of not
knowing: what the rates are, and what chance does with them. It knows nothing of what has never happened.
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
    """How many of the cohort will have moved on, `months` from now: the middle of the runs, and 9 in 10 of them."""

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
            f"out; those who moved may come back.{times} The band holds 9 of 10 runs."
            + (f" {self.whose}" if self.whose else "")
        )


def forecast(
    waiting: Iterable[Waiting],
    moved: int,
    cohort: int,
    hazards: Hazards,
    returns: Band,
    months: int,
    *,
    seed: int,
    factor: float = 1.0,
    runs: int = RUNS,
) -> Forecast | None:
    """Simulate a cohort for some months; None when the rates rest on too few moves to say anything.

    `moved` of `cohort` have moved on already and `waiting` are still there (a Counter of them will do, and is quicker
    for very many); the rest have died or left. `returns` is the time watched after a move onward and how many came back
    in it. `factor` is the scenario "if the rate rose".
    """
    import numpy as np

    if not hazards.enough or months < 1:
        return None
    chance = np.random.default_rng(seed)
    rates = _draw(chance, hazards.bands, runs)
    back = _draw(chance, (returns,), runs)[:, 0, _WAYS.index(Exit.BACK)]
    days, factors, sizes = _alike(Counter(waiting), hazards.bands, factor, months)
    shares = _Shares(rates, back, hazards.bands, days, factors, months)
    found = []
    for number in range(1, months + 1):
        onward, still_moved = shares.step()
        counted = chance.binomial(moved, still_moved) if moved else np.zeros(runs, dtype=np.int64)
        if len(sizes):
            counted = counted + chance.binomial(sizes, onward).sum(axis=1)
        low, middle, high = np.percentile(counted, (LOW, 50, HIGH))
        found.append(Month(number, float(middle), float(low), float(high)))
    return Forecast(tuple(found), cohort, moved, hazards.people, hazards.exits, runs, factor)


def _alike(
    groups: Mapping[Waiting, int], bands: Sequence[Band], factor: float, months: int
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Days, factor and number of people of each group that goes through the same bands in the same months.

    All of a group have the same chances, so the runs say the same of them as one by one, and far sooner.
    """
    import numpy as np

    if not groups:
        return np.zeros(0), np.zeros(0), np.zeros(0, np.int64)
    days = np.array([each.days for each in groups], dtype=float)
    factors = np.array([each.factor * factor for each in groups])
    _, first, group = np.unique(
        np.column_stack([factors, _bands_at(bands, days[:, None], np.arange(months))]),
        axis=0,
        return_index=True,
        return_inverse=True,
    )
    sizes = np.bincount(group.ravel(), weights=list(groups.values())).astype(np.int64)
    return days[first], factors[first], sizes


def _bands_at(bands: Sequence[Band], days: Any, month: Any) -> Any:
    """Which band somebody is in in the middle of a month from now."""
    import numpy as np

    starts = np.array([band.from_days for band in bands])
    return np.searchsorted(starts, days + (month + 0.5) * MONTH, side="right") - 1


_WAYS = tuple(Exit)


def _draw(chance: np.random.Generator, bands: Sequence[Band], runs: int) -> np.ndarray[Any, Any]:
    """Daily rates, (runs, bands, ways): gamma with half an exit added, so that none seen is not taken for never."""
    import numpy as np

    exits = np.array([[band.left.get(way, 0) for way in _WAYS] for band in bands], dtype=float)
    watched = np.array([[max(1, band.watched_days)] for band in bands], dtype=float)
    drawn: np.ndarray[Any, Any] = chance.gamma(exits + 0.5, 1.0, (runs, *exits.shape)) / watched
    return drawn


class _Shares:
    """The share of each group that has moved on, month after month, in every run at once."""

    def __init__(
        self,
        rates: np.ndarray[Any, Any],
        back: np.ndarray[Any, Any],
        bands: Sequence[Band],
        days: np.ndarray[Any, Any],
        factors: np.ndarray[Any, Any],
        months: int,
    ) -> None:
        import numpy as np

        self._rates, self._bands, self._days, self._factors = rates, bands, days, factors
        runs, groups = rates.shape[0], len(days)
        self._stay = np.ones((runs, groups))
        self._moved = np.zeros((runs, groups))
        self._again = np.zeros((runs, groups))
        self._kept = np.ones(runs)
        self._kept_again = np.zeros(runs)
        self._back = 1 - np.exp(-back * MONTH)
        self._month = 0

    def step(self) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """One month on: the share moved on of each waiting group, and of those who had moved on before."""
        import numpy as np

        place = _bands_at(self._bands, self._days, self._month)
        leave, onward = _chances(self._rates[:, place, :], self._factors)
        first, first_onward = _chances(self._rates[:, :1, :], np.ones(1))
        back = self._back[:, None]
        new = self._stay * onward
        returned = self._moved * back
        again = self._again * first_onward
        self._stay = self._stay * (1 - leave)
        self._moved = self._moved - returned + new + again
        self._again = self._again * (1 - first) + returned
        kept_back = self._kept * self._back
        kept_again = self._kept_again * first_onward[:, 0]
        self._kept = self._kept - kept_back + kept_again
        self._kept_again = self._kept_again * (1 - first[:, 0]) + kept_back
        self._month += 1
        return np.clip(self._moved, 0.0, 1.0), np.clip(self._kept, 0.0, 1.0)


def _chances(
    rates: np.ndarray[Any, Any], factors: np.ndarray[Any, Any]
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """The chance of leaving within a month, and of leaving onward, (runs, groups)."""
    import numpy as np

    onward = rates[..., _WAYS.index(Exit.ONWARD)] * factors
    others = rates.sum(axis=-1) - rates[..., _WAYS.index(Exit.ONWARD)]
    total = onward + others
    leave = 1 - np.exp(-total * MONTH)
    return leave, leave * onward / total
