"""What Today shows, read from the register: what is due, what changed, the weeks ahead. Touches no widget."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mhtracker.domain.dates import add_months
from mhtracker.domain.records import Person, Stage
from mhtracker.store import Store
from mhtracker.store.queries.board import count_by_stage
from mhtracker.store.queries.due import REVIEW, DueItem, list_due
from mhtracker.ui.today.since import Since, read_since

MINE, TEAM, EVERYONE = "mine", "team", "everyone"
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


@dataclass(frozen=True, slots=True)
class Week:
    """A week, from its Monday, and the reviews that are booked in it or fall due in it."""

    monday: date
    reviews: int


@dataclass(frozen=True, slots=True)
class TodayData:
    """A day's picture. `items` holds everything due until `later_until`, the overdue included."""

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


def read_today(store: Store, as_at: date, question: Question) -> TodayData:
    """Everything the page shows, in one reading."""
    worker_id = question.worker_id if question.scope == MINE else None
    team_id = question.team_id if question.scope == TEAM else None
    later_until = end_of_month(add_months(as_at, MONTHS_AHEAD))
    items = list_due(store, as_at, until=later_until, worker_id=worker_id, team_id=team_id)
    stages = count_by_stage(store, as_at, worker_id=worker_id, team_id=team_id)
    weeks, unbooked = review_weeks(items, as_at)
    rules = store.review_rules()
    since = None
    if question.with_since:
        people = None if question.scope == EVERYONE else _people(store, worker_id, team_id)
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
    )


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
