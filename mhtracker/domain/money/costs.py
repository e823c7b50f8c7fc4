"""What somebody's support costs on a day, and who pays: read by the caseload, the money figures and every form alike.

A line of cost runs from its first day until the day before its end; where any weekly line runs, the stay's own gross
cost does not count. A charge recorded for somebody on a day when s117 after-care holds counts as nothing: after-care is
free to the person, so the council pays what is left after the NHS. Whole pence a week; see `weekly.py` for equivalents.

A place kept during a hospital stay costs what it did, whether its cost stands on the stay or in lines: what the council
pays for it is no less because nobody sleeps there. Its charge holds too unless the hospital stay has one of its own.

Nobody pays more than there is to pay. The NHS's share counts first, up to the gross cost, because it is agreed as a
part of the cost itself; the person's charge counts next, up to what the NHS leaves, because a charge is towards what
the council would pay otherwise. A stay on an NHS ward costs the council nothing unless a cost is recorded for it; who
asks says by `ward` that a stay is one (`stage_kinds.is_hospital`). So gross less both shares is the net cost, of one
person and of every sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from mhtracker.domain.legal.orders import is_charged_after_care, out_of_force_on
from mhtracker.domain.money.weekly import Frequency, rounded, weekly_pence
from mhtracker.domain.records import CostLine, FundingSplit, LegalAndStatus, Placement, StatusKind

ON_WARDS = "whose care there the council does not pay"
"""What is said beside a number of people on NHS wards."""

_FREQUENCIES = {frequency.value: frequency for frequency in Frequency}
_WEEKLY = _FREQUENCIES.keys() - {Frequency.ONE_OFF.value}


@dataclass(frozen=True, slots=True)
class WeeklyCost:
    """A week's cost on one day, in pence. `net` is what is left for the council.

    `person` and `health` are what counts of a charge and of the NHS's share (`cost_on`): together never above `gross`.
    `not_charged` is a recorded charge that counts as nothing because s117 after-care holds; `person` is then nil.
    """

    gross: int
    person: int = 0
    health: int = 0
    not_charged: int = 0

    @property
    def net(self) -> int:
        return self.gross - self.person - self.health


def line_weekly_pence(line: CostLine) -> int | None:
    """What one line comes to in a week; None for a one-off, and where the frequency is none that is known."""
    return _weekly(line.rate_pence, line.frequency, line.units)


@lru_cache(maxsize=10_000)
def _weekly(rate_pence: int, frequency: str, units: float | None) -> int | None:
    # Exact fractions are slow, and few rates stand in very many lines.
    known = _FREQUENCIES.get(frequency)
    return weekly_pence(rate_pence, known, units) if known is not None else None


def runs_on(record: CostLine | FundingSplit, day: date) -> bool:
    """Whether a line or a split holds on a day."""
    return record.started_on <= day and (record.ended_on is None or record.ended_on > day)


def lines_on(lines: Iterable[CostLine], day: date) -> list[CostLine]:
    """The weekly lines that run on a day."""
    return [line for line in lines if line.frequency in _WEEKLY and runs_on(line, day)]


def split_on(splits: Iterable[FundingSplit], day: date) -> FundingSplit | None:
    """The split that holds on a day: the one that began last."""
    return max((s for s in splits if runs_on(s, day)), key=lambda s: (s.started_on, s.id), default=None)


def gross_on(
    placement: Placement | None,
    lines: Iterable[CostLine],
    day: date,
    *,
    ward: bool = False,
    kept: Placement | None = None,
) -> int | None:
    """Gross pence a week on a day; None where it is not recorded. On a `ward` nothing, or what a place `kept` costs."""
    running = lines_on(lines, day) if lines else ()
    if running:
        return sum(line_weekly_pence(line) or 0 for line in running)
    if kept is not None:
        if kept.weekly_cost_pence is None:
            return None
        own = placement.weekly_cost_pence if placement is not None else None
        return (own or 0) + kept.weekly_cost_pence
    if placement is not None and placement.weekly_cost_pence is not None:
        return placement.weekly_cost_pence
    return 0 if ward else None


def charge_on(
    placement: Placement | None, splits: Iterable[FundingSplit], day: date, *, kept: Placement | None = None
) -> int | None:
    """The charge recorded for a day, whether it counts or not: the split's, else the stay's; None where none is."""
    split = split_on(splits, day) if splits else None
    if split is not None:
        return split.person_pence
    own = placement.weekly_charge_pence if placement is not None else None
    return own if own is not None or kept is None else kept.weekly_charge_pence


def cost_on(
    placement: Placement | None,
    lines: Sequence[CostLine],
    splits: Sequence[FundingSplit],
    statuses: Sequence[LegalAndStatus],
    day: date,
    *,
    ward: bool = False,
    kept: Placement | None = None,
) -> WeeklyCost | None:
    """What a week costs on a day and who pays; None where the gross cost is not recorded, nothing then on a `ward`.

    `placement` is the stay on that day; `lines`, `splits` and `statuses` are all of the person's. `kept` is the place
    kept while the stay is on a ward (`pathway.kept_place`).
    """
    gross = gross_on(placement, lines, day, ward=ward, kept=kept)
    if gross is None:
        return None
    split = split_on(splits, day) if splits else None
    charge = charge_on(placement, (split,) if split is not None else (), day, kept=kept) or 0
    health = min(health_share(split, gross), gross) if split is not None else 0
    if is_charged_after_care(charge, statuses, day):
        return WeeklyCost(gross, 0, health, charge)
    return WeeklyCost(gross, min(charge, gross - health), health)


def beyond_cost(split: FundingSplit, gross: int) -> int:
    """By how much what the person and the NHS pay a week is above the cost, in pence: so much of it does not count."""
    return max(0, split.person_pence + health_share(split, gross) - gross)


def health_share(split: FundingSplit, gross: int) -> int:
    """What the NHS is to pay a week under a split, in pence, whether the cost comes to that or not."""
    if split.health_pence is not None:
        return split.health_pence
    return _share(split.health_percent or 0, gross)


@lru_cache(maxsize=10_000)
def _share(percent: float, gross: int) -> int:
    return rounded(gross * Fraction(str(percent)) / 100)


def one_offs(lines: Iterable[CostLine], from_on: date, to_on: date) -> int:
    """What is due once between two days, both included, in pence."""
    return sum(
        line.rate_pence for line in lines if line.frequency == Frequency.ONE_OFF and from_on <= line.started_on <= to_on
    )


def change_days(lines: Iterable[CostLine], splits: Iterable[FundingSplit]) -> set[date]:
    """The days on which a cost or who pays it changes."""
    spans = [(each.started_on, each.ended_on) for each in lines] + [(each.started_on, each.ended_on) for each in splits]
    return {day for span in spans for day in span if day is not None}


def care_days(statuses: Iterable[LegalAndStatus]) -> set[date]:
    """The days on which s117 after-care begins or is over, and with it whether a charge counts."""
    care = [each for each in statuses if each.kind == StatusKind.S117]
    return {day for each in care for day in (each.started_on, out_of_force_on(each)) if day is not None}
