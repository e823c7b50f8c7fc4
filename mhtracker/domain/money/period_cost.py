"""What support came to over some days, day by day exact: every change of stay, line or split counts from its day."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from mhtracker.domain.money.costs import WeeklyCost, care_days, change_days, cost_on
from mhtracker.domain.money.weekly import rounded
from mhtracker.domain.pathway import current_placement, kept_place
from mhtracker.domain.records import CostLine, FundingSplit, LegalAndStatus, Placement


@dataclass(slots=True)
class DaySum:
    """Pence a week times days, so that nothing is rounded before the end. `unknown` are days without a known cost."""

    gross: int = 0
    person: int = 0
    health: int = 0
    net: int = 0
    days: int = 0
    unknown: int = 0

    def take(self, cost: WeeklyCost | None, days: int) -> None:
        """Count some days on which a week cost so much."""
        if cost is None:
            self.unknown += days
            return
        self.gross += cost.gross * days
        self.person += cost.person * days
        self.health += cost.health * days
        self.net += cost.net * days
        self.days += days

    def add(self, other: DaySum) -> None:
        """Count another's days too."""
        self.gross += other.gross
        self.person += other.person
        self.health += other.health
        self.net += other.net
        self.days += other.days
        self.unknown += other.unknown


def in_pence(week_days: int) -> int:
    """What a sum of pence a week times days comes to."""
    return rounded(Fraction(week_days, 7))


def cost_over(
    placements: Sequence[Placement],
    lines: Sequence[CostLine],
    splits: Sequence[FundingSplit],
    statuses: Sequence[LegalAndStatus],
    from_on: date,
    to_on: date,
    *,
    wards: Collection[str] = frozenset(),
) -> DaySum:
    """What somebody's support came to between two days, both included. Days without a stay cost nothing.

    `wards` are the stages that are NHS wards: a stay there costs nothing where no cost is recorded for it, but for a
    place that is kept meanwhile.
    """
    found = DaySum()
    for stay, first, end in _stretches(placements, lines, splits, statuses, from_on, to_on + timedelta(days=1)):
        ward = stay.stage_id in wards
        kept = kept_place(placements, stay, first) if ward else None
        found.take(cost_on(stay, lines, splits, statuses, first, ward=ward, kept=kept), (end - first).days)
    return found


def _stretches(
    placements: Sequence[Placement],
    lines: Sequence[CostLine],
    splits: Sequence[FundingSplit],
    statuses: Sequence[LegalAndStatus],
    from_on: date,
    until: date,
) -> Iterator[tuple[Placement, date, date]]:
    """The stretches on which nothing changes, each with the stay that counts, its first day and the day after it."""
    here = [each for each in placements if each.started_on < until and (each.ended_on or date.max) > from_on]
    charged = splits or any(stay.weekly_charge_pence for stay in here)
    care = care_days(statuses) if charged and statuses else set()
    if not lines and not splits and not care and len(here) == 1:
        stay = here[0]
        yield stay, max(stay.started_on, from_on), min(stay.ended_on or until, until)
        return
    days = {day for stay in here for day in (stay.started_on, stay.ended_on) if day is not None}
    days |= change_days(lines, splits) | care
    turns = {from_on, until} | {day for day in days if from_on < day < until}
    for first, end in pairwise(sorted(turns)):
        now = current_placement(here, first)
        if now is not None:
            yield now, first, end


@dataclass(frozen=True, slots=True)
class CostStep:
    """What a week costs from a day on; None where it is not known, or nobody is there."""

    day: date
    cost: WeeklyCost | None


def cost_steps(
    placements: Sequence[Placement],
    lines: Sequence[CostLine],
    splits: Sequence[FundingSplit],
    statuses: Sequence[LegalAndStatus],
    from_on: date,
    to_on: date,
    *,
    wards: Collection[str] = frozenset(),
) -> list[CostStep]:
    """How a week's cost changes from one day to another, both included: a step for each change.

    On a ward it is not known where none is recorded, but for that of a place kept meanwhile.
    """
    found: list[CostStep] = []
    reached = from_on
    for stay, first, end in _stretches(placements, lines, splits, statuses, from_on, to_on + timedelta(days=1)):
        if first > reached:
            _step(found, reached, None)
        kept = kept_place(placements, stay, first) if stay.stage_id in wards else None
        _step(found, first, cost_on(stay, lines, splits, statuses, first, kept=kept))
        reached = end
    if reached <= to_on:
        _step(found, reached, None)
    return found


def _step(found: list[CostStep], day: date, cost: WeeklyCost | None) -> None:
    if not found or found[-1].cost != cost:
        found.append(CostStep(day, cost))
