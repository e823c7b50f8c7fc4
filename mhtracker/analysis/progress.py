"""The manager's figures between two days, each with its people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from mhtracker.analysis.columns.flow import flow_of, returns_of, stay_lengths_of
from mhtracker.analysis.columns.held_up import delays_of
from mhtracker.analysis.columns.lines import lines_on, reviews_of
from mhtracker.analysis.columns.measures import status_measures_of, still_home_of, sustained_of
from mhtracker.analysis.columns.money import money_of
from mhtracker.analysis.columns.reading import read_columns
from mhtracker.analysis.columns.spells import Spells, build_columns
from mhtracker.analysis.facts import Facts
from mhtracker.analysis.flow import Flow
from mhtracker.analysis.held_up import Delay, Delays, StuckPeople, who_is_stuck
from mhtracker.analysis.measures import planned_moves
from mhtracker.analysis.money import Money
from mhtracker.analysis.programme import ProgrammeProgress, cohort_progress, programme_in_force, read_cohort
from mhtracker.analysis.returned import returned_share
from mhtracker.analysis.share import Share
from mhtracker.domain.counting.stay_lengths import StayLengths
from mhtracker.domain.records import Service
from mhtracker.store.bulk import not_collecting
from mhtracker.store.store import Store

_OF_PERIOD = ("still_home_84_days", "planned_moves", "sustained_6_months", "sustained_12_months", "returned_in_a_year")
"""The measures that are of a period; the others are as at its last day."""

STUCK_SHOWN = 6
"""How many a page names before it offers all."""


@dataclass(frozen=True, slots=True)
class ReviewCount:
    """Everybody who needs a main review, by id and by how it stands.

    `never` are those of the overdue who never had a review. What other kinds ask for, such as s117, is not counted.
    """

    in_date: tuple[str, ...]
    due_soon: tuple[str, ...]
    overdue: tuple[str, ...]
    never: tuple[str, ...]

    @property
    def in_date_share(self) -> Share:
        """Those not due yet and those due soon, of all who need one."""
        return Share(
            "Reviews in date",
            "People on the pathway who need a main review. Counted: it is not overdue, so not due yet or due soon. A "
            "booking does not count as held. A review that another kind asks for, such as s117, is not counted here.",
            "Reviews, by the office’s rules",
            self.in_date + self.due_soon,
            self.in_date + self.due_soon + self.overdue,
        )


@dataclass(frozen=True, slots=True)
class Figures:
    """What takes no looking at one person after another; see `Progress`. `everyone` has the whole register's spells."""

    spells: Spells
    flow: Flow
    lengths: dict[str, StayLengths]
    stuck: StuckPeople
    delays: Delays
    reviews: ReviewCount
    measures: dict[str, Share]
    returns: tuple[int, int]
    everyone: Spells


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything between two days, both included; states and lengths as at the second.

    With `team_id` all of it is of the people whom that team holds now, but for two things: the programme is the whole
    register's, as its aim is, and who is stuck is measured by everybody's lengths of stay (see `who_is_stuck`).
    """

    from_on: date
    to_on: date
    flow: Flow
    lengths: dict[str, StayLengths]
    stuck: StuckPeople
    delays: tuple[Delay, ...]
    delayed_people: tuple[str, ...]
    delayed_days: int
    reviews: ReviewCount
    measures: dict[str, Share]
    returns: tuple[int, int]
    money: Money
    programme: ProgrammeProgress | None = None
    team_id: str | None = None


def year_to(day: date) -> date:
    """The 1 April with which the financial year of a day began."""
    return date(day.year if day >= date(day.year, 4, 1) else day.year - 1, 4, 1)


def build_progress(
    store: Store, from_on: date, to_on: date, programme_id: str | None = None, team_id: str | None = None
) -> Progress:
    """Count everything. Reads everybody's records once.

    The programme shown is the one asked for, else the latest set up that was running at `to_on`, if there is one.
    """
    first = first_figures(store, from_on, to_on, team_id)
    return complete_figures(store, first, from_on, to_on, programme_id, team_id)


def complete_figures(
    store: Store,
    figures: Figures,
    from_on: date,
    to_on: date,
    programme_id: str | None = None,
    team_id: str | None = None,
) -> Progress:
    """The first figures, which are of the same team, with what takes longer: money and the programme."""
    with not_collecting():
        facts = Facts(store, to_on, figures.everyone)
        money, programme = money_of(store, figures.spells, figures.flow), _programme(store, facts, programme_id)
    return Progress(
        from_on,
        to_on,
        figures.flow,
        figures.lengths,
        figures.stuck,
        figures.delays.by_reason,
        figures.delays.people,
        figures.delays.days,
        figures.reviews,
        figures.measures,
        figures.returns,
        money,
        programme,
        team_id,
    )


def first_figures(store: Store, from_on: date, to_on: date, team_id: str | None = None) -> Figures:
    """What is counted from columns, and so is there at once for very many people."""
    with not_collecting():
        return _first_figures(store, from_on, to_on, team_id)


def _first_figures(store: Store, from_on: date, to_on: date, team_id: str | None) -> Figures:
    everyone = spells = build_columns(read_columns(store, to_on))
    lengths = everyones_lengths = stay_lengths_of(everyone)
    if team_id is not None:
        spells = build_columns(read_columns(store, to_on, team_id))
        lengths = stay_lengths_of(spells)
    everybody = spells.everybody
    moved = flow_of(spells, from_on, to_on)
    measures = status_measures_of(everybody, {service.id: service for service in store.find(Service)})
    measures["still_home_84_days"] = still_home_of(spells, from_on, to_on)
    measures["planned_moves"] = planned_moves(moved)
    measures["sustained_6_months"] = sustained_of(spells, 6, from_on, to_on)
    measures["sustained_12_months"] = sustained_of(spells, 12, from_on, to_on)
    measures["returned_in_a_year"] = returned_share(spells, from_on)
    for key in _OF_PERIOD:
        measures[key] = replace(measures[key], period=(from_on, to_on))
    return Figures(
        spells,
        moved,
        lengths,
        who_is_stuck(store, to_on, everyones_lengths, team_id),
        delays_of(everybody, from_on),
        ReviewCount(*reviews_of(lines_on(store, to_on), team_id)),
        measures,
        returns_of(spells),
        everyone,
    )


def _programme(store: Store, facts: Facts, programme_id: str | None) -> ProgrammeProgress | None:
    programme = programme_in_force(store, facts.as_at, programme_id)
    if programme is None:
        return None
    return cohort_progress(facts, programme, read_cohort(store, programme))
