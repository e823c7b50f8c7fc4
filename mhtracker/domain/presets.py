"""Presets: how a published council paper arranged its pathway, told as what a register begins with.

A preset holds stages, services, contracts, tables and figures as its paper prints them, each with the paragraph it
stands in; and groups of invented people that make those figures come out of a register.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from mhtracker.domain.dates import add_months
from mhtracker.domain.records import Contract, CostTable, CostTableRow, Provider, ReviewType, Service, Stage
from mhtracker.domain.reviewing.due import ReviewRules

PRESET_NAMES = ("moving-on", "recovery-fps", "framework", "step-down", "localities")
"""Those that come with the program, by the names that the command line and the window use."""


@dataclass(frozen=True, slots=True)
class PaperFigure:
    """One figure of the paper: its value as printed, and where it stands. `note` says where the paper doubts itself."""

    name: str
    value: str
    where: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table as the paper prints it. The first of `columns` names the rows; `total` is the printed last row, if any.

    `disagrees` names what in it does not agree with itself, "" for nothing.
    """

    title: str
    where: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float, ...], ...]
    total: tuple[str | float, ...] = ()
    disagrees: str = ""


@dataclass(frozen=True, slots=True)
class ProgrammePlan:
    """The programme the paper sets out, for whoever is there on its baseline day."""

    name: str
    stage_ids: tuple[str, ...]
    baseline_on: date
    aim_on: date
    aim_percent: float | None = None
    aim_people: int | None = None
    plan: str = ""

    def begun_on(self, day: date) -> ProgrammePlan:
        """The same plan from another baseline day: the aim and every step lie as far ahead as the paper has them."""
        steps = [step.partition(":") for step in self.plan.split()]
        moved = [f"{self._moved(date.fromisoformat(on), day).isoformat()}:{percent}" for on, _, percent in steps]
        return replace(self, baseline_on=day, aim_on=self._moved(self.aim_on, day), plan=" ".join(moved))

    def _moved(self, on: date, day: date) -> date:
        months = 12 * (on.year - self.baseline_on.year) + on.month - self.baseline_on.month
        if add_months(self.baseline_on, months) > on:
            months -= 1
        return add_months(day, months) + (on - add_months(self.baseline_on, months))


@dataclass(frozen=True, slots=True)
class Paper:
    """What a register keeps of the paper it began as: where it comes from, its figures and its tables."""

    label: str
    source: str
    about: str
    figures: tuple[PaperFigure, ...] = ()
    tables: tuple[PaperTable, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoGroup:
    """Invented people alike: how many, where, how old, how long there, and what they cost.

    `net_year_pence`, `person_year_pence` and `health_year_pence` are of all of them together; without a net, nobody's
    cost is recorded. `hours_per_week` is all of theirs together, at hourly rates between `rates_pence`. What they cost
    holds from the day `since` (None: for the whole stay); before it a week of one of them was `week_before_pence` in
    the mean. `waiting` many of them wait for a place, `homes` of these for somewhere to live.
    """

    count: int
    stage_id: str
    service: str = ""
    ages: tuple[int, int] = (18, 66)
    stays_years: tuple[float, float] = (0.3, 6.0)
    kind: str = "support"
    net_year_pence: int | None = None
    person_year_pence: int = 0
    health_year_pence: int = 0
    hours_per_week: float | None = None
    rates_pence: tuple[int, int] | None = None
    since: date | None = None
    week_before_pence: int | None = None
    waiting: int = 0
    homes: int = 0


@dataclass(frozen=True, slots=True)
class Preset:
    """Everything one paper arranges. Ids inside it are names: they become ids when a register is made.

    `as_at` is the day the paper speaks of. `review_types` come beside the usual kinds of review. A contract's
    `service_ids` and a service's `provider_id` hold names.
    """

    key: str
    label: str
    source: str
    about: str
    as_at: date
    council: str
    stages: tuple[Stage, ...] = ()
    rules: ReviewRules | None = None
    review_types: tuple[ReviewType, ...] = ()
    localities: tuple[str, ...] = ()
    providers: tuple[Provider, ...] = ()
    services: tuple[Service, ...] = ()
    contracts: tuple[tuple[Contract, tuple[str, ...]], ...] = ()
    cost_tables: tuple[tuple[CostTable, tuple[CostTableRow, ...]], ...] = ()
    programme: ProgrammePlan | None = None
    figures: tuple[PaperFigure, ...] = ()
    tables: tuple[PaperTable, ...] = ()
    people: tuple[DemoGroup, ...] = ()

    @property
    def paper(self) -> Paper:
        return Paper(self.label, self.source, self.about, self.figures, self.tables)

    @property
    def people_count(self) -> int:
        """How many invented people its demo register holds."""
        return sum(group.count for group in self.people)

    def figure(self, name: str) -> PaperFigure:
        """The figure of that name. Raises KeyError."""
        return next((each for each in self.figures if each.name == name), None) or _none(name)


def _none(name: str) -> PaperFigure:
    raise KeyError(name)


def column_sums(table: PaperTable) -> list[float | None]:
    """What each column of a table adds to, to a tenth; None for a column of words."""
    sums: list[float | None] = []
    for place in range(len(table.columns)):
        numbers = [row[place] for row in table.rows if isinstance(row[place], int | float)]
        sums.append(round(sum(float(n) for n in numbers), 1) if numbers else None)
    return sums


def spread(total: int, shares: Sequence[float]) -> list[int]:
    """Whole parts of a total in proportion to shares, adding up to it exactly; the largest remainders round up."""
    whole = sum(shares)
    exact = [total * share / whole for share in shares]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts
