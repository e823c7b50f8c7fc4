"""What may be recorded of readiness, barriers and actions; see `rules.py`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mhtracker.domain.dates import write_date
from mhtracker.domain.findings import Caution, Findings
from mhtracker.domain.records import Action, Barrier, Person, Rating

LOWEST, HIGHEST = 0, 3
IN_REACH, ENABLEMENT, SUSTAINMENT = "in_reach", "enablement", "sustainment"
HOME, NOT_HOME = "home", "not_home"
RATING_WORDS = ("not yet", "some", "mostly", "ready")
"""What the four ratings mean, by number."""


def check_rating(rating: Rating, *, person: Person, today: date) -> tuple[Caution, ...]:
    """Check one rating of one domain."""
    findings = Findings()
    if not rating.domain:
        findings.refuse("domain", "Domain is empty. Choose what is rated.")
    if not LOWEST <= rating.rating <= HIGHEST:
        findings.refuse("rating", f"Rating {rating.rating} is not on the scale. Choose 0, 1, 2 or 3.")
    _check_past(rating.rated_on, "rated_on", "Rated on", person, today, findings)
    if rating.rating == HIGHEST and not rating.evidence.strip():
        findings.caution("evidence", "Rated as ready without evidence. Say what shows it.")
    return findings.settle()


def check_barrier(
    barrier: Barrier, others: Iterable[Barrier], *, person: Person, today: date, label: str = ""
) -> tuple[Caution, ...]:
    """Check a barrier against the person's others. One reason holds the move up once at a time.

    `label` is the reason in words.
    """
    findings = Findings()
    started, ended = barrier.started_on, barrier.ended_on
    if not barrier.code:
        findings.refuse("code", "Reason is empty. Choose what holds the move up.")
    _check_past(started, "started_on", "Since", person, today, findings)
    if ended is not None:
        if ended < started:
            words = f"Until {write_date(ended)} is before since {write_date(started)}. The end comes on or after it."
            findings.refuse("ended_on", words, (started,))
        else:
            _check_past(ended, "ended_on", "Until", person, today, findings)
    for other in others:
        if other.id == barrier.id or other.code != barrier.code or not _overlap(barrier, other):
            continue
        what = f"“{label or other.code}”"
        since = write_date(other.started_on)
        if other.ended_on is None:
            words = f"{what} is recorded already, since {since}. Change that one, or end it first."
            findings.refuse("started_on", words)
        else:
            until = write_date(other.ended_on)
            words = f"{what} is recorded already, from {since} to {until}. Start on {until} or later, or change it."
            findings.refuse("started_on", words, (other.ended_on,))
    return findings.settle()


def _overlap(one: Barrier, other: Barrier) -> bool:
    """Whether both hold on one day. One that ended on the day it began held the move up on none."""
    first, last = max(one.started_on, other.started_on), min(one.ended_on or date.max, other.ended_on or date.max)
    return first < last


def check_action(action: Action, *, person: Person, today: date) -> tuple[Caution, ...]:
    """Check an action, whether open, done or dropped."""
    findings = Findings()
    if not action.what.strip():
        findings.refuse("what", "Action is empty. Write what is to be done.")
    if action.set_on is not None:
        _check_past(action.set_on, "set_on", "Agreed on", person, today, findings)
    if action.done_on is not None:
        _check_past(action.done_on, "done_on", "Done on", person, today, findings)
    if action.dropped_on is not None and not action.drop_reason.strip():
        findings.refuse("drop_reason", "Reason is empty. Say why it will not be done.")
    if action.phase == SUSTAINMENT and action.done_on is not None and action.outcome not in (HOME, NOT_HOME):
        findings.refuse("outcome", "Outcome is empty. Say whether the person is still at home.")
    due = action.due_on
    if action.version == 0 and due is not None and due < today and not action.phase and action.done_on is None:
        findings.caution("due_on", f"Due {write_date(due)} has passed already.")
    return findings.settle()


def _check_past(day: date, field: str, what: str, person: Person, today: date, findings: Findings) -> None:
    if day > today:
        words = f"{what} {write_date(day)} lies ahead. Write today or earlier."
        findings.refuse(field, words, (today,))
    elif person.born_on is not None and day < person.born_on:
        words = f"{what} {write_date(day)} is before the birth on {write_date(person.born_on)}. Check both dates."
        findings.refuse(field, words)
    elif person.died_on is not None and day > person.died_on:
        findings.caution(field, f"This is after the death on {write_date(person.died_on)}. Say why in a note.")
