"""What is known of one person on one day, as facts: the one value that screen, paper and command line show.

Built by `store.queries.person.build_case_summary`. Dates and codes are raw; words come from `fields` and `text`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from mhtracker.domain.around import Around
from mhtracker.domain.forecast import NOTHING, MoveForecast
from mhtracker.domain.money.costs import WeeklyCost, charge_on, cost_on
from mhtracker.domain.pathway import kept_place
from mhtracker.domain.records import (
    CostLine,
    FundingSplit,
    LegalAndStatus,
    MoveOnPlan,
    Note,
    Person,
    Placement,
    Provider,
    Service,
    Stage,
    Target,
)
from mhtracker.domain.reviewing.due import Due, Need, ReviewLine, ReviewNeed
from mhtracker.domain.stage_kinds import is_hospital


@dataclass(frozen=True, slots=True)
class Stay:
    """A placement with what it names. `days` runs to its end, or to the summary's day while it lasts.

    `gap_days` is the number of days between the stay before and this one (0: none, and for overlaps).
    """

    placement: Placement
    stage: Stage
    service: Service | None
    provider: Provider | None
    days: int
    gap_days: int = 0


@dataclass(frozen=True, slots=True)
class MoveOn:
    """The plan in force and its dates. `slips` are all targets after the first, oldest first.

    `forecast` is when the move may really come; of a plan that is over there is none.
    """

    plan: MoveOnPlan
    aim_stage: Stage | None
    original: Target | None
    current: Target | None
    slips: tuple[Target, ...]
    due: Due
    forecast: MoveForecast = NOTHING

    @property
    def slip_days(self) -> int:
        """Days from the original to the current target; negative when brought forward."""
        if self.original is None or self.current is None:
            return 0
        return (self.current.target_on - self.original.target_on).days


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """Everything one case summary says. `stays` oldest first; `current` is None without an open stay.

    `statuses` oldest first, `reviews` and `notes` newest first. `printed_at` is set by the caller that prints.
    `needs` are what kinds of review ask for beside `review`, those met or missed within a year among them.
    `around` is what stood around the pathway: readiness, barriers, actions, goals, people, documents. `worker_names`
    holds the names of those who own its actions; `domains` are the readiness domains in their order, key and words.
    `costs` and `splits` are all of the person's, also those that are to begin later.
    """

    as_at: date
    as_known: date | None
    person: Person
    age: int | None
    status: str
    worker: str
    team: str
    stages: tuple[Stage, ...]
    stays: tuple[Stay, ...]
    current: Stay | None
    review: ReviewNeed
    reviews: tuple[ReviewLine, ...]
    move_on: MoveOn | None
    past_plans: tuple[MoveOn, ...]
    statuses: tuple[LegalAndStatus, ...]
    s117: LegalAndStatus | None
    accommodation: LegalAndStatus | None
    employment: LegalAndStatus | None
    notes: tuple[Note, ...]
    labels: dict[str, str]
    council: str
    demo: bool
    read_at: datetime | None = None
    around: Around = field(default_factory=Around)
    needs: tuple[Need, ...] = ()
    papers: Mapping[str, bytes] | None = field(default=None, repr=False, compare=False)
    """What the documents chosen for packs hold, by SHA-256, where a pack is printed; None elsewhere."""
    worker_names: dict[str, str] = field(default_factory=dict)
    domains: tuple[tuple[str, str], ...] = ()
    costs: tuple[CostLine, ...] = ()
    splits: tuple[FundingSplit, ...] = ()

    @property
    def cost(self) -> WeeklyCost | None:
        """What a week costs on the summary's day and who pays; None where nothing is recorded, or nobody is there."""
        return self.cost_of(self.current) if self.current is not None else None

    @property
    def charge_pence(self) -> int | None:
        """What the person is to pay a week, as recorded for the summary's day; None where it is not recorded.

        Whether it counts, `cost` says: on s117 after-care it does not.
        """
        return self.charge_of(self.current) if self.current is not None else None

    def cost_of(self, stay: Stay) -> WeeklyCost | None:
        """What a week of a stay costs on the summary's day, or cost on its last day."""
        day = self._day_of(stay)
        return cost_on(stay.placement, self.costs, self.splits, self.statuses, day, kept=self._kept(stay, day))

    def charge_of(self, stay: Stay) -> int | None:
        """The charge recorded for a stay on the same day, whether it counts or not."""
        day = self._day_of(stay)
        return charge_on(stay.placement, self.splits, day, kept=self._kept(stay, day))

    def _kept(self, stay: Stay, day: date) -> Placement | None:
        if not is_hospital(stay.stage):
            return None
        return kept_place((each.placement for each in self.stays), stay.placement, day)

    def _day_of(self, stay: Stay) -> date:
        first, end = stay.placement.started_on, stay.placement.ended_on
        return self.as_at if end is None or end > self.as_at else max(first, end - timedelta(days=1))
