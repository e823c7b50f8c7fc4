"""What the Progress page asks of the register, in two steps, and the periods it offers."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from mhtracker import text
from mhtracker.analysis.columns.lines import lines_on, reviews_of
from mhtracker.analysis.columns.register import columns_of
from mhtracker.analysis.delay_owners import OwnedDelay, delays_by
from mhtracker.analysis.explained import held_up
from mhtracker.analysis.facts import Facts, read_spells
from mhtracker.analysis.programme import ProgrammeProgress, programme_in_force, programme_progress, share_of
from mhtracker.analysis.progress import STUCK_SHOWN, Progress, ReviewCount, complete_figures, first_figures, year_to
from mhtracker.analysis.progress import Figures as First
from mhtracker.analysis.quality import Doubt, find_doubts
from mhtracker.analysis.returned import Returned, who_returned
from mhtracker.analysis.share import Share
from mhtracker.analysis.stay_ranges import StayRange, stay_ranges
from mhtracker.domain.errors import NotFound
from mhtracker.domain.presets import ProgrammePlan
from mhtracker.domain.records import CostTable, Person, Programme, ProgrammePerson, Service, Stage, Team, Worker
from mhtracker.operations.presets.kept import offered_programme
from mhtracker.store import Store
from mhtracker.store.bulk import not_collecting

MONTH, QUARTER, YEAR, PROGRAMME = "month", "quarter", "year", "programme"
MANY = 20_000


@dataclass(frozen=True, slots=True)
class Asked:
    """The period in view, the programme (None: the latest running one) and the team (None: everybody)."""

    period: str = YEAR
    programme_id: str | None = None
    team_id: str | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything the page shows. `progress`, which has money and the programme too, is None until that is counted.

    `programme` is the one in view. `names` has those the page names, `labels` the delay reasons, `tables` the tables of
    costs, `teams` those that can be chosen, `offered` the programme of the preset that the register began as.
    """

    asked: Asked
    as_at: date
    from_on: date
    first: First
    programme: Programme | None
    programmes: tuple[Programme, ...]
    teams: tuple[Team, ...]
    stages: dict[str, Stage]
    labels: dict[str, str]
    names: dict[str, str]
    ranges: dict[str, StayRange]
    returned: Returned
    tables: tuple[str, ...]
    reviews_by_team: tuple[tuple[str, Share], ...] = ()
    """Of each team by name, who of those who need a review is in date; none where one team alone is in view."""
    progress: Progress | None = None
    offered: ProgrammePlan | None = None

    @property
    def team_name(self) -> str:
        """The team whose people alone are counted; "" for everybody."""
        return next((each.name for each in self.teams if each.id == self.asked.team_id), "")

    @property
    def offer(self) -> tuple[ProgrammePlan | None, int, list[str]]:
        """The programme offered, how many people are in its stages now, and what these are called; none of a team."""
        plan = self.offered if self.asked.team_id is None else None
        if plan is None:
            return None, 0, []
        there = [len(each.closing) for each in self.first.flow.stages if each.stage_id in plan.stage_ids]
        return plan, sum(there), [self.stages[each].label for each in plan.stage_ids]

    @property
    def latest_ended(self) -> Programme | None:
        """The programme that had ended last by then."""
        ended = [each for each in self.programmes if each.ended_on is not None and each.ended_on <= self.as_at]
        return max(ended, key=lambda each: (each.ended_on or date.min, each.id), default=None)

    def answers(self, other: Figures | None) -> bool:
        """Whether another was an answer to the same question."""
        return other is not None and (other.asked, other.as_at, other.from_on) == (self.asked, self.as_at, self.from_on)


def first_day(asked: Asked, as_at: date, baseline_on: date | None) -> date:
    """The first day of the period that ends on a day. Quarters and years are the financial ones, from 1 April."""
    if asked.period == MONTH:
        return as_at.replace(day=1)
    if asked.period == QUARTER:
        return date(as_at.year, 3 * ((as_at.month - 1) // 3) + 1, 1)
    if asked.period == PROGRAMME and baseline_on is not None and baseline_on <= as_at:
        return baseline_on
    return year_to(as_at)


@contextmanager
def lasting(store: Store) -> Iterator[None]:
    """What is read for very many people is left alone by Python's collector, which would hold the window up.

    It lasts as long as the page does, and goes when nothing points to it any more, as all that makes no circles.
    """
    with not_collecting():
        yield
        if len(columns_of(store).ids) >= MANY:
            gc.freeze()


def read_first(store: Store, as_at: date, asked: Asked) -> Figures:
    """What is there at once, also of a hundred thousand people. Runs on the register's thread, as does all here.

    A programme or team that is gone is as if none had been asked for.
    """
    programmes = sorted(store.find(Programme), key=lambda each: (each.ended_on is not None, each.name, each.id))
    teams = tuple(sorted(store.find(Team), key=lambda each: (each.name.casefold(), each.id)))
    chosen = next((each for each in programmes if each.id == asked.programme_id), None)
    team_id = next((each.id for each in teams if each.id == asked.team_id), None)
    programme = programme_in_force(store, as_at, chosen.id if chosen else None)
    since = first_day(asked, as_at, programme.baseline_on if programme else None)
    with lasting(store):
        first = first_figures(store, since, as_at, team_id)
        ranges, returned = stay_ranges(first.spells), who_returned(first.spells)
    return Figures(
        replace(asked, programme_id=chosen.id if chosen else None, team_id=team_id),
        as_at,
        since,
        first,
        programme,
        tuple(programmes),
        teams,
        {stage.id: stage for stage in store.stages()},
        {code.code: code.label for code in store.codes("delay_reason")},
        read_names(store, [each.person_id for each in first.stuck[:STUCK_SHOWN]]),
        ranges,
        returned,
        tuple(sorted(each.name for each in store.find(CostTable))),
        tuple(review_shares(store, as_at, teams)) if team_id is None else (),
        offered=offered_programme(store, store.today) if programme is None else None,
    )


def review_shares(store: Store, as_at: date, teams: Sequence[Team]) -> Iterator[tuple[str, Share]]:
    """Of each team with anybody who needs a review, how many are in date."""
    lines = lines_on(store, as_at)
    for team in teams:
        share = ReviewCount(*reviews_of(lines, team.id)).in_date_share
        if share.denominator:
            whose = f"{share.definition} Only people of {team.name}."
            yield team.name, replace(share, name=f"{share.name}, {team.name}", definition=whose)


def read_rest(store: Store, found: Figures) -> Figures:
    """The same with money and the programme."""
    asked = found.asked
    with lasting(store):
        counted = complete_figures(store, found.first, found.from_on, found.as_at, asked.programme_id, asked.team_id)
    return replace(found, progress=counted)


def replaced_since(before: Figures, data: Figures) -> str | None:
    """The programme that took the place of the one in view, its aim having changed since the page was last counted."""
    shown = before.programme
    known = {each.id for each in before.programmes}
    new = (each for each in data.programmes if shown is not None and each.replaces == shown.id)
    return next((each.id for each in new if each.id not in known), None)


def read_names(store: Store, person_ids: Sequence[str]) -> dict[str, str]:
    """SURNAME, Given of some people, by id, in chunks a database takes."""
    names = {}
    wanted = list(dict.fromkeys(person_ids))
    for start in range(0, len(wanted), 500):
        for person in store.find(Person, id=wanted[start : start + 500]):
            names[person.id] = text.full_name(person)
    return names


def read_explained(
    store: Store, share: Share, person_ids: Sequence[str], most: int
) -> tuple[dict[str, str], dict[str, str]]:
    """The names of the first of a group of a figure's people, and what it says of each.

    In the figure's order; of days held up, most first.
    """
    told = held_up(store, share, person_ids)
    first = (list(told) or person_ids)[:most]
    names = read_names(store, first)
    return {each: names[each] for each in first if each in names}, {each: str(told[each]) for each in first if told}


def read_with_spells(store: Store, as_at: date, team_id: str | None = None) -> Facts:
    """Facts that can be counted from on another thread: everything that touches the register has been read."""
    return read_spells(store, as_at, team_id)


def read_ground(store: Store, data: Figures) -> tuple[Facts, ProgrammeProgress]:
    """What “what if” is worked out from: the programme as it stands, of a team's people alone where one is in view."""
    found = data.progress.programme if data.progress is not None else None
    if found is None:
        raise NotFound("No programme is running on that day.")
    facts = read_with_spells(store, data.as_at, data.asked.team_id)
    if data.asked.team_id is None:
        return facts, found
    people = store.find(ProgrammePerson, programme_id=found.programme.id)
    return facts, programme_progress(facts, share_of(found.programme, len(people)), people)


@dataclass(frozen=True, slots=True)
class Owned:
    """Delayed days by whose they are, and what to call them."""

    bars: tuple[OwnedDelay, ...]
    names: dict[str, str]


def read_owned(store: Store, from_on: date, as_at: date, owner: str, team_id: str | None = None) -> Owned:
    """Delayed days by one of `delay_owners.OWNERS`."""
    bars = delays_by(Facts(store, as_at, team_id=team_id), from_on, owner)
    if owner == "attributable":
        names = {code.code: code.label for code in store.codes("attributable")}
    else:
        kind: type[Worker] | type[Team] | type[Service] = {"worker": Worker, "team": Team, "service": Service}[owner]
        names = {each.id: each.name for each in store.find(kind)}
    return Owned(bars, {"": "Not recorded", **names})


def read_doubts(store: Store, as_at: date, team_id: str | None = None) -> list[Doubt]:
    """What is missing or doubtful in the register."""
    with lasting(store):
        return find_doubts(Facts(store, as_at, team_id=team_id))
