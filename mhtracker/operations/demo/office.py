"""What the demo register's office keeps: views of the caseload, a programme, and two pairs who may be the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from mhtracker.domain.dates import add_months
from mhtracker.domain.pathway import current_placement
from mhtracker.domain.records import Person, Placement, Programme, ProgrammePerson, SavedView, Worker
from mhtracker.domain.standing import person_on, placements_on
from mhtracker.store.past import PastAct

NewId = Callable[[], str]
MANAGER = "Rhys Ffug"
MONTHS_OF_PROGRAMME = 15
_STAGES = ("residential", "nursing")
_DAY_AND_MONTH, _SPELLING = 57, 103
FEWEST = 40
"""A register of fewer people has no programme, no pairs and no table of costs."""

_VIEWS: tuple[tuple[str, tuple[str, ...], tuple[str, ...], bool, int], ...] = (
    ("Residential, longest first", ("stage=residential",), ("-days",), True, 800),
    ("Section 117", ("s117=yes",), ("name",), True, 610),
    ("Supported, target passed", ("stage=supported", "target=overdue"), ("target",), True, 250),
    ("My overdue reviews", ("review=overdue",), ("review",), False, 420),
    ("Harbourside visits", ("locality=Harbourside",), ("worker", "name"), False, 90),
)
"""Name, filters, order, whether shared, and how many days before the demo's day it was kept."""


def pair_of(number: int, people: int) -> int | None:
    """Whose record this one repeats, by number; None for nearly everybody."""
    return {_DAY_AND_MONTH: 12, _SPELLING: 70}.get(number) if people >= FEWEST else None


def repeated(person: Person, first: Person, number: int) -> Person:
    """The same person entered once more: without the NHS number, and with a slip in the name or the birth date."""
    born, surname = first.born_on, first.surname
    if number == _SPELLING:
        surname = surname[:-2] + surname[-1]
    elif born is not None and born.day <= 12:
        born = born.replace(day=born.month, month=born.day)
    elif born is not None:
        born = born.replace(year=born.year + 1, day=min(born.day, 28))
    return replace(
        person, surname=surname, given_names=first.given_names, known_as="", gender=first.gender, born_on=born,
        born_precision=first.born_precision, nhs_number=None, ethnicity=first.ethnicity, locality=first.locality,
    )  # fmt: skip


def view_acts(workers: Sequence[Worker], as_at: date, ids: NewId) -> Iterator[PastAct]:
    """Views kept and shared; the first worker's own come up in the demo."""
    names = [worker.name for worker in workers]
    for place, (name, filters, order, shared, days) in enumerate(_VIEWS, 1):
        owner = MANAGER if shared and MANAGER in names else names[0]
        at = _at(as_at - timedelta(days=days), 10 + place)
        view = SavedView(
            ids(), name, owner, filters=json.dumps(filters, ensure_ascii=False), sort=json.dumps(order), position=place
        )
        yield PastAct(at, owner, "Save view", [view])
        if shared:
            yield PastAct(at + timedelta(minutes=4), owner, "Share view", [replace(view, shared=True)])


def programme_acts(acts: Sequence[PastAct], first: Sequence[object], as_at: date, ids: NewId) -> Iterator[PastAct]:
    """Move on half of those in residential and nursing care within three years, set up some 15 months ago.

    Its people are those who were there by what had been recorded when it was set up.
    """
    baseline_on = add_months(as_at, -MONTHS_OF_PROGRAMME).replace(day=1)
    at = _at(baseline_on + timedelta(days=9), 11)
    there = stages_on([act for act in acts if act.at <= at], first, baseline_on)
    cohort = {person_id: stage for person_id, stage in sorted(there.items()) if stage in _STAGES}
    if len(there) < FEWEST or not cohort:
        return
    programme = Programme(
        ids(), "Move on half", baseline_on, add_months(baseline_on, 36), " ".join(_STAGES), 50.0,
        frozen_on=at.date(), note="Agreed by the council’s cabinet in this demo",
    )  # fmt: skip
    people = [ProgrammePerson(ids(), person_id, programme.id, stage) for person_id, stage in cohort.items()]
    yield PastAct(at, MANAGER, "Set up programme Move on half", [programme, *people])


def stages_on(acts: Sequence[PastAct], first: Sequence[object], day: date) -> dict[str, str]:
    """Everybody's stage at the end of a day by what these acts, in their order, recorded; "" for who was in none."""
    known: dict[str, object] = {}
    for record in (*first, *(record for act in acts for record in act.saved)):
        if isinstance(record, Person | Placement):
            known[record.id] = record
    stays: dict[str, list[Placement]] = {}
    for record in known.values():
        if isinstance(record, Placement):
            stays.setdefault(record.person_id, []).append(record)
    return {person_id: _stage_on(known[person_id], own, day) for person_id, own in stays.items()}


def _stage_on(person: object, stays: list[Placement], day: date) -> str:
    if not isinstance(person, Person) or (person_on(person, day).left_on or date.max) <= day:
        return ""
    there = current_placement(placements_on(stays, day), day)
    return there.stage_id if there is not None else ""


def _at(day: date, hour: int) -> datetime:
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    return datetime.combine(day, time(hour, 5), UTC)
