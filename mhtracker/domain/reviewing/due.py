"""When reviews fall due, and the one function that says how anything stands against its date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mhtracker.domain.dates import add_months
from mhtracker.domain.records import DueState, Review


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """The office's review rules, in days and months. Defaults: Care and Support Statutory Guidance, chapter 13."""

    first_days: int = 56
    first_soon_days: int = 14
    repeat_months: int = 12
    repeat_soon_days: int = 42
    soon_days: int = 14

    def soon_before(self, *, first: bool, never: bool) -> int:
        """How many days before its date a main review is due soon: a first one (of a stay, of anybody) or a yearly."""
        return self.first_soon_days if first or never else self.repeat_soon_days


@dataclass(frozen=True, slots=True)
class Due:
    """Something due: `state` on the day asked for, `days` late (negative: days to go; 0 when nothing is due)."""

    due_on: date | None
    state: DueState
    days: int = 0


def due_state(due_on: date | None, as_at: date, soon_days: int = 14) -> DueState:
    """How something due stands on a day: `soon_days` before its date it is due soon. No date: `NONE`.

    Every page, report and command asks this function; SQL that filters by state is tested against it.
    """
    if due_on is None:
        return DueState.NONE
    days_left = (due_on - as_at).days
    if days_left < 0:
        return DueState.OVERDUE
    if days_left == 0:
        return DueState.DUE_TODAY
    return DueState.DUE_SOON if days_left <= soon_days else DueState.IN_DATE


def due(due_on: date | None, as_at: date, soon_days: int = 14) -> Due:
    """`due_state` with the date and the days late (negative: days to go)."""
    return Due(due_on, due_state(due_on, as_at, soon_days), (as_at - due_on).days if due_on else 0)


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review with the due date that held for it and its state (`NONE` once held or abandoned)."""

    review: Review
    due: Due


@dataclass(frozen=True, slots=True)
class ReviewNeed:
    """The next review as the rules see it. `never` when none was ever held; `first` when it is the 56-day one.

    `booked` is the open booking that is meant to meet it, if any: it clears nothing.
    """

    due: Due
    first: bool
    never: bool
    last_held_on: date | None
    booked: Review | None


@dataclass(frozen=True, slots=True)
class Need:
    """Something a kind of review asks for. `kind` is the key of the `ReviewType`, `key` names this need among others.

    It stands in lists from `listed_on` until the day before `lapses_on` (None: until it is met), unless met on
    `met_on` or before. `booked_on` is an open booking of its own kind; it clears nothing.
    """

    person_id: str
    kind: str
    key: str
    what: str
    contact: bool
    due_on: date
    soon_on: date
    listed_on: date
    lapses_on: date | None
    booked_on: date | None = None
    booked_time: str = ""
    met_on: date | None = None

    def due(self, as_at: date) -> Due:
        """How it stands on a day. What is met is due no more."""
        met = self.met_on is not None and self.met_on <= as_at
        return due(None if met else self.due_on, as_at, (self.due_on - self.soon_on).days)

    def is_listed(self, as_at: date) -> bool:
        """Whether lists show it on a day, when it is near enough."""
        if self.met_on is not None and self.met_on <= as_at:
            return False
        return self.listed_on <= as_at and (self.lapses_on is None or as_at < self.lapses_on)


def next_review_due(
    held: Iterable[date], started_on: date | None, rules: ReviewRules, earlier: Iterable[date] = ()
) -> tuple[date | None, bool]:
    """When the next review falls due, and whether it is the first of the present placement.

    `held` are the dates of completed reviews, `started_on` the start of the present placement, `earlier` the dates
    a worker set. A placement with no review completed after the day it began is due its start + 56 days: one held on
    the day of the move looks at the old support, and never at how the new one works. Otherwise it is due
    12 months after the last completed one. A worker's date counts only when it is earlier and no review was
    completed on or after it. A booking clears nothing.
    Source: Care and Support Statutory Guidance, chapter 13.
    """
    last = max(held, default=None)
    first = started_on is not None and (last is None or last <= started_on)
    rule_due = None
    if first and started_on is not None:
        rule_due = started_on + timedelta(days=rules.first_days)
    elif last is not None:
        rule_due = add_months(last, rules.repeat_months)
    wanted = [day for day in earlier if last is None or day > last]
    if rule_due is not None:
        wanted.append(rule_due)
    return min(wanted, default=None), first


def is_open(review: Review, as_at: date) -> bool:
    """Whether a review had been neither held nor abandoned by the end of a day."""
    held = review.held_on is not None and review.held_on <= as_at
    abandoned = review.abandoned_on is not None and review.abandoned_on <= as_at
    return not held and not abandoned


def is_not_needed(review: Review) -> bool:
    """Whether it only says that what a kind of review asked for is not needed: it was never due nor booked."""
    return review.abandoned_on is not None and review.due_on is None and review.booked_on is None


def as_they_stood(reviews: Iterable[Review], as_at: date) -> list[Review]:
    """The reviews as they stood at the end of a day: what happened after it has not happened yet.

    One held later is left out, whenever it was booked; one abandoned later is still open, unless all that was ever
    said of it is that it is not needed.
    """
    stood = []
    for review in reviews:
        if review.held_on is not None and review.held_on > as_at:
            continue
        if review.abandoned_on is not None and review.abandoned_on > as_at:
            if is_not_needed(review):
                continue
            stood.append(replace(review, abandoned_on=None, abandon_reason=""))
        else:
            stood.append(review)
    return stood


def review_need(
    reviews: Iterable[Review], started_on: date | None, rules: ReviewRules, as_at: date, *, on_pathway: bool = True
) -> ReviewNeed:
    """The next review as the rules see it on a day. Nothing falls due for someone who has left the pathway."""
    stood = as_they_stood(reviews, as_at)
    held = [review.held_on for review in stood if review.held_on is not None]
    open_ones = [review for review in stood if is_open(review, as_at)]
    last = max(held, default=None)
    earlier = [review.due_on for review in open_ones if review.due_on is not None]
    due_on, first = next_review_due(held, started_on, rules, earlier)
    if not on_pathway:
        due_on = None
    booked = booking_that_counts(open_ones, last, as_at)
    soon = rules.soon_before(first=first, never=not held)
    return ReviewNeed(due(due_on, as_at, soon), first, not held, last, booked)


def booking_that_counts(open_ones: Sequence[Review], last: date | None, as_at: date) -> Review | None:
    """Of open bookings after the last review the next ahead; the latest passed one where none is."""
    booked = [r for r in open_ones if r.booked_on is not None and (last is None or r.booked_on > last)]
    ahead = [r for r in booked if r.booked_on is not None and r.booked_on >= as_at]
    if ahead:
        return min(ahead, key=lambda r: (r.booked_on or as_at, r.booked_time))
    return max(booked, key=lambda r: r.booked_on or as_at, default=None)


def review_lines(
    reviews: Iterable[Review],
    need: ReviewNeed,
    present_start: Callable[[date], date | None],
    rules: ReviewRules,
    as_at: date,
) -> tuple[ReviewLine, ...]:
    """Every review as it stood on a day, newest first, with the due date that held for it.

    Open ones are all meant to meet the one `need` there is. Held and abandoned ones show what was due on their day and
    have the state `NONE`; `present_start` gives the start of the placement a person was in on a day.
    """
    stood = as_they_stood(reviews, as_at)
    lines = []
    for review in stood:
        if is_open(review, as_at):
            lines.append(ReviewLine(review, need.due))
            continue
        when = review.held_on or review.abandoned_on or as_at
        held = [r.held_on for r in stood if r.held_on is not None and r.held_on < when]
        earlier = [review.due_on] if review.due_on else []
        due_on, _ = next_review_due(held, present_start(when), rules, earlier)
        lines.append(ReviewLine(review, Due(due_on, DueState.NONE)))
    return tuple(sorted(lines, key=_newest_first, reverse=True))


def _newest_first(line: ReviewLine) -> tuple[date, str]:
    review = line.review
    return (review.held_on or review.abandoned_on or review.booked_on or line.due.due_on or date.max, review.id)
