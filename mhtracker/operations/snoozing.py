"""Putting a line of Today off until a day, with a reason, and taking it up again. Nothing that is due changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from mhtracker.domain.dates import add_months, next_working_day, write_date
from mhtracker.domain.findings import Findings
from mhtracker.domain.records import Person, Snooze, new_id
from mhtracker.operations.drafting import drafted
from mhtracker.store import Store

LONGEST_MONTHS = 12


def suggested_days(today: date) -> tuple[tuple[str, date], ...]:
    """The days that are often meant, in words: none of them at a weekend or on a bank holiday."""
    found = (
        ("Tomorrow" if _is_next(today) else "Next working day", next_working_day(today + timedelta(days=1))),
        ("Next Monday", next_working_day(today + timedelta(days=7 - today.weekday()))),
        ("In a week", next_working_day(today + timedelta(days=7))),
    )
    return tuple({day: (words, day) for words, day in reversed(found)}.values())[::-1]


def put_off(store: Store, person_id: str, item: str, *, until_on: date | None, reason: str) -> Snooze:
    """Put a line of Today off. `item` is its key (`queries.snoozed.item_key`). Raises Invalid.

    A line put off before is put off anew: the one before ends today.
    """
    with store.operation("Put off", person_id=person_id) as work:
        work.get(Person, person_id)
        _check(until_on, reason, store.today)
        assert until_on is not None
        for before in work.find(Snooze, person_id=person_id, item=item, ended_on=None):
            work.save(replace(before, ended_on=store.today))
        snooze = Snooze(new_id(), person_id, item, until_on, reason, store.today, work.who)
        return work.save(drafted(store, snooze))


def take_up(store: Store, snooze_id: str) -> Snooze:
    """Bring a line back to Today before its day."""
    found = store.get(Snooze, snooze_id)
    with store.operation("Take up again", person_id=found.person_id) as work:
        return work.save(replace(work.get(Snooze, snooze_id), ended_on=store.today))


def _check(until_on: date | None, reason: str, today: date) -> None:
    findings = Findings()
    if until_on is None:
        findings.refuse("until_on", "The day is empty. Write the day it is to come back.")
    elif until_on <= today:
        words = f"{write_date(until_on)} is not ahead. Write a later day, such as tomorrow."
        findings.refuse("until_on", words, (next_working_day(today + timedelta(days=1)),))
    elif until_on > (last := add_months(today, LONGEST_MONTHS)):
        words = f"{write_date(until_on)} is more than a year ahead. Write {write_date(last)} or earlier."
        findings.refuse("until_on", words, (last,))
    if not reason.strip():
        findings.refuse("reason", "The reason is empty. A few words will do, such as: waiting for the ward round.")
    findings.settle()


def _is_next(today: date) -> bool:
    return next_working_day(today + timedelta(days=1)) == today + timedelta(days=1)
