"""When a move may really come: an honest guess from how earlier ones went, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mhtracker.domain.records import Barrier

FEWEST = 10
"""With fewer moves or barriers behind it nothing is foretold."""

PLANS, BARRIERS, NONE = "plans", "barriers", ""


@dataclass(frozen=True, slots=True)
class Experience:
    """What the register has seen end, in days and sorted.

    `slips` are, by aim, how long after their first target plans were met (below nothing: before it); `lengths` how
    long barriers lasted, by reason.
    """

    slips: Mapping[str, Sequence[int]]
    lengths: Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class MoveForecast:
    """A day with the range half of the earlier ones fell in. `basis` is "plans", "barriers", or "" for no forecast.

    `past` is how many earlier ones it rests on, `middle_days` their middle; for barriers `code` is the slowest reason.
    """

    basis: str
    on: date | None = None
    low: date | None = None
    high: date | None = None
    past: int = 0
    middle_days: int = 0
    code: str = ""


NOTHING = MoveForecast(NONE)


def forecast_move(
    aim_stage_id: str | None,
    original_on: date | None,
    current_on: date | None,
    open_barriers: Sequence[Barrier],
    experience: Experience,
    as_at: date,
) -> MoveForecast:
    """When the move of a plan may come.

    Earlier plans of the same aim say how long after the first date such moves came; a date already put later by more
    stays. Without ten of those, the open barriers are taken to last as long as ended ones of their reason did. A day
    that has passed foretells nothing.
    """
    if original_on is None or current_on is None:
        return NOTHING
    found = _by_plans(experience.slips.get(aim_stage_id or "", ()), original_on, current_on)
    if found is None:
        found = _by_barriers(open_barriers, experience.lengths, current_on)
    return found if found is not None and found.on is not None and found.on > as_at else NOTHING


def _by_plans(slips: Sequence[int], original_on: date, current_on: date) -> MoveForecast | None:
    if len(slips) < FEWEST:
        return None
    low, middle, high = (max(current_on, original_on + timedelta(days=_part(slips, n))) for n in (1, 2, 3))
    return MoveForecast(PLANS, middle, low, high, len(slips), _part(slips, 2))


def _by_barriers(
    barriers: Sequence[Barrier], lengths: Mapping[str, Sequence[int]], current_on: date
) -> MoveForecast | None:
    known = [(barrier, lengths.get(barrier.code, ())) for barrier in barriers]
    known = [(barrier, past) for barrier, past in known if len(past) >= FEWEST]
    if not known:
        return None

    def until(quarter: int) -> date:
        ends = [barrier.started_on + timedelta(days=_part(past, quarter)) for barrier, past in known]
        return max(current_on, *ends)

    slowest, past = max(known, key=lambda each: each[0].started_on + timedelta(days=_part(each[1], 2)))
    return MoveForecast(BARRIERS, until(2), until(1), until(3), len(past), _part(past, 2), slowest.code)


def _part(ordered: Sequence[int], quarter: int) -> int:
    """The value a quarter, half or three quarters of the way through, to the nearest that was seen."""
    return ordered[round((len(ordered) - 1) * quarter / 4)]
