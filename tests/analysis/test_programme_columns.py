"""A programme told from columns is exactly what is told one person at a time, its forecast with it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mhtracker.analysis.columns.reading import read_columns
from mhtracker.analysis.columns.spells import build_columns
from mhtracker.analysis.facts import Facts
from mhtracker.analysis.ground import counted, ground_of
from mhtracker.analysis.old_pace import in_stages
from mhtracker.analysis.programme import programme_progress
from mhtracker.analysis.scenarios import exposure
from mhtracker.domain.records import Person, Placement, Programme, ProgrammePerson, new_id
from mhtracker.store import FixedClock, create_register

TODAY = date(2026, 7, 14)
STAGES = ("hospital", "residential", "enablement", "supported", "independent")
days = st.integers(0, 60).map(lambda number: TODAY + timedelta(days=20 * number - 1100))
maybe = st.none() | days
stays = st.lists(st.tuples(st.sampled_from(STAGES), days, maybe, st.sampled_from((None, "died"))), max_size=6)
people = st.tuples(maybe, maybe, st.sampled_from((None, "error", "independent")), stays, st.booleans())


def records_of(number, each):
    died_on, left_on, left_reason, stays, _ = each
    person_id = f"p{(number * 7) % 10}"
    yield Person(person_id, f"MHT-{number}", "Invented", died_on=died_on, left_on=left_on, left_reason=left_reason)
    for stage, start, end, reason in stays:
        end = max(start, end) if end is not None else None
        yield Placement(new_id(), person_id, stage, start, end, end_reason=reason)


class Enough(Exception):
    """Ends an example, so that nothing of it is kept for the next."""


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    path = tmp_path_factory.mktemp("programme") / "register.mhtracker"
    with create_register(path, who="Ann", clock=FixedClock(TODAY)) as store:
        yield store


@settings(max_examples=100, deadline=None)
@given(found=st.lists(people, max_size=9), back=st.integers(-60, 400), baseline=days)
def test_columns_tell_a_programme_as_looking_at_each_person_does(empty, found, back, baseline):
    day = TODAY - timedelta(days=back)
    programme = Programme("g1", "Move on", baseline, baseline + timedelta(days=730), "residential hospital", 50)
    cohort = [
        ProgrammePerson(f"c{number}", f"p{(number * 7) % 10}", "g1", "residential")
        for number, each in enumerate(found)
        if each[4]
    ]
    with suppress(Enough), empty.operation("Add people") as work:
        work.add_many([record for number, each in enumerate(found) for record in records_of(number, each)])
        one_by_one, columns = Facts(empty, day), Facts(empty, day, build_columns(read_columns(empty, day)))
        told, wanted = (programme_progress(facts, programme, cohort) for facts in (columns, one_by_one))
        assert told == wanted
        assert ground_of(columns, programme, told.now) == ground_of(one_by_one, programme, told.now)
        people = frozenset((*told.now.moved, *told.now.waiting, *told.now.gone))
        of = frozenset(programme.stage_ids.split()), programme.baseline_on, people
        assert counted(columns, *of) == counted(one_by_one, *of), "of some people alone too"
        for then in (baseline, day):
            assert in_stages(columns, of[0], then) == in_stages(one_by_one, of[0], then)
        for codes in ((), ("housing",)):
            seen = (exposure(facts, told, codes, counted(facts, *of)) for facts in (columns, one_by_one))
            assert next(seen) == next(seen)
        assert list(told.entered) == list(wanted.entered)
        raise Enough


def test_a_forecast_from_columns_is_the_forecast(empty):
    """With enough people moved on to forecast anything."""
    programme = Programme("g1", "Move on", date(2025, 4, 1), date(2027, 3, 31), "residential", 50)
    with suppress(Enough), empty.operation("Add people") as work:
        cohort = []
        for number in range(60):
            start, moved = date(2024, 1, 1) + timedelta(days=number), date(2025, 5, 1) + timedelta(days=5 * number)
            work.save(Person(f"p{number}", f"MHT-{number}", "Invented"))
            work.save(Placement(new_id(), f"p{number}", "residential", start, moved if number % 2 else None))
            if number % 2:
                work.save(Placement(new_id(), f"p{number}", "supported", moved))
            cohort.append(ProgrammePerson(f"c{number}", f"p{number}", "g1", "residential"))
        one_by_one, columns = Facts(empty, TODAY), Facts(empty, TODAY, build_columns(read_columns(empty, TODAY)))
        told = programme_progress(columns, programme, cohort)
        assert told.forecast is not None
        assert told == programme_progress(one_by_one, programme, cohort)
        raise Enough
