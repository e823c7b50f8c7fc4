"""What Today shows, read from the register: what is due, what changed, the weeks ahead. Touches no widget."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from mhtracker.domain.dates import add_months
from mhtracker.domain.records import Person, Snooze, Stage, Team, Worker
from mhtracker.store import Store
from mhtracker.store.queries.board import count_by_stage
from mhtracker.store.queries.contracts import ContractLine
from mhtracker.store.queries.due import REVIEW, DueItem, list_due
from mhtracker.store.queries.snoozed import read_snoozed
from mhtracker.ui.today.contracts import read_contracts
from mhtracker.ui.today.since import Since, read_since

MINE, TEAM, EVERYONE = "mine", "team", "everyone"
WORKER_IS, TEAM_IS = "worker:", "team:"
"""What the scope of another worker or team begins with; the id follows."""

WEEKS = 6
MONTHS_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Question:
    """Whose day it is, and up to where the changes were seen. `me` are the names under which one records."""

    scope: str = EVERYONE
    worker_id: str | None = None
    team_id: str | None = None
    me: frozenset[str] = frozenset()
    seen_seq: int = 0
    seen_at: datetime | None = None
    with_since: bool = True

    @property
    def of_worker(self) -> str | None:
        """Whose work is asked for, by id; None for a team's or everyone's."""
        if self.scope.startswith(WORKER_IS):
            return self.scope.removeprefix(WORKER_IS)
        return self.worker_id if self.scope == MINE else None

    @property
    def of_team(self) -> str | None:
        """Which team's work is asked for, by id."""
        if self.scope.startswith(TEAM_IS):
            return self.scope.removeprefix(TEAM_IS)
        return self.team_id if self.scope == TEAM else None


@dataclass(frozen=True, slots=True)
class Week:
    """A week, from its Monday, and the reviews that are booked in it or fall due in it."""

    monday: date
    reviews: int


@dataclass(frozen=True, slots=True)
class TodayData:
    """A day's picture. `items` holds everything due until `later_until`, the overdue included.

    `put_off` says of which of them, by `item_key`, that they are put off. `whose` is a worker's or a team's name.
    """

    as_at: date
    scope: str
    people: int
    items: tuple[DueItem, ...]
    later_until: date
    soon_days: int
    review_soon_days: int
    weeks: tuple[Week, ...]
    unbooked: int
    stages: tuple[tuple[Stage, int], ...]
    since: Since | None
    put_off: Mapping[str, Snooze] = field(default_factory=dict)
    whose: str = ""
    desks: Desks | None = None
    contracts: tuple[ContractLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Desks:
    """Who can be looked at besides oneself: workers who hold cases and teams, as (id, name)."""

    workers: tuple[tuple[str, str], ...] = ()
    teams: tuple[tuple[str, str], ...] = ()


def horizon(as_at: date) -> date:
    """The last day that is looked ahead to: what is booked for the next weeks may be due as late as that."""
    return end_of_month(add_months(as_at, MONTHS_AHEAD))


def read_today(store: Store, as_at: date, question: Question) -> TodayData:
    """Everything the page shows, in one reading."""
    worker_id, team_id = question.of_worker, question.of_team
    later_until = horizon(as_at)
    items = list_due(store, as_at, until=later_until, worker_id=worker_id, team_id=team_id)
    stages = count_by_stage(store, as_at, worker_id=worker_id, team_id=team_id)
    weeks, unbooked = review_weeks(items, as_at)
    rules = store.review_rules()
    since = None
    if question.with_since:
        people = _people(store, worker_id, team_id) if worker_id or team_id else None
        since = read_since(store, people, question.me, question.seen_seq, question.seen_at)
    return TodayData(
        as_at=as_at,
        scope=question.scope,
        people=sum(count for _, count in stages),
        items=tuple(items),
        later_until=later_until,
        soon_days=rules.soon_days,
        review_soon_days=rules.repeat_soon_days,
        weeks=weeks,
        unbooked=unbooked,
        stages=tuple(stages),
        since=since,
        put_off=read_snoozed(store, as_at),
        whose=_whose(store, worker_id, team_id),
        desks=read_desks(store, as_at),
        contracts=read_contracts(store, as_at, worker_id),
    )


def _whose(store: Store, worker_id: str | None, team_id: str | None) -> str:
    found = store.peek(Worker, worker_id) if worker_id else store.peek(Team, team_id) if team_id else None
    return found.name if found is not None else ""


def read_desks(store: Store, as_at: date) -> Desks:
    """The workers who had not left by a day, and the teams, by name."""
    workers = sorted(store.find(Worker), key=lambda worker: worker.name.casefold())
    here = [worker for worker in workers if worker.left_on is None or worker.left_on > as_at]
    teams = sorted(store.find(Team), key=lambda team: team.name.casefold())
    return Desks(tuple((each.id, each.name) for each in here), tuple((each.id, each.name) for each in teams))


def _people(store: Store, worker_id: str | None, team_id: str | None) -> frozenset[str]:
    mine = store.find(Person, worker_id=worker_id) if worker_id else store.find(Person, team_id=team_id)
    return frozenset(person.id for person in mine)


def end_of_month(day: date) -> date:
    """The last day of `day`'s month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def review_weeks(items: Iterable[DueItem], as_at: date) -> tuple[tuple[Week, ...], int]:
    """The weeks ahead with their reviews: on the day booked, else on the day due.

    Second, how many are overdue and not booked: they belong to no week until somebody gives them one.
    """
    monday = as_at - timedelta(days=as_at.weekday())
    counts: Counter[int] = Counter()
    unbooked = 0
    for item in items:
        if item.kind != REVIEW:
            continue
        booked = item.booked_on if item.booked_on is not None and item.booked_on >= as_at else None
        day = booked or item.due_on
        if day < as_at:
            unbooked += 1
        else:
            counts[(day - monday).days // 7] += 1
    weeks = tuple(Week(monday + timedelta(weeks=number), counts[number]) for number in range(WEEKS))
    return weeks, unbooked


def scopes(worker_id: str | None, team_id: str | None, team_name: str) -> Sequence[tuple[str, str]]:
    """Whose work can be shown, as (key, words): what the register knows of who sits here."""
    found = []
    if worker_id is not None:
        found.append((MINE, "Mine"))
    if team_id is not None:
        found.append((TEAM, "My team" if len(team_name) > 20 or not team_name else team_name))
    return [*found, (EVERYONE, "Everyone")]
