"""Barriers in the caseload: the longest open one on a day."""

from datetime import date

import pytest

from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import Barrier, Person, Placement
from mhtracker.store import FixedClock, create_register
from mhtracker.store.queries.caseload import CaseloadQuery, list_caseload, parse_filter

TODAY = date(2026, 7, 14)


@pytest.fixture
def store(tmp_path):
    with create_register(tmp_path / "r.mhtracker", who="Ewa Fikcyjna", clock=FixedClock(TODAY), demo=True) as opened:
        with opened.operation("Begin") as work:
            for ref, since in (("A", date(2026, 6, 1)), ("B", date(2020, 1, 1)), ("C", date(2024, 7, 14))):
                work.save(Person(ref, ref, f"Name {ref}"))
                work.save(Placement(f"s{ref}", ref, "residential", since))
        with opened.operation("Barriers") as work:
            work.save(Barrier("b1", "A", "arrears", date(2026, 7, 1), date(2026, 7, 10)))
            work.save(Barrier("b2", "A", "15", date(2026, 6, 20)))
            work.save(Barrier("b3", "A", "benefits", date(2026, 6, 10)))
        yield opened


def found(store, *filters, as_at=TODAY):
    lines = list_caseload(store, CaseloadQuery(tuple(map(parse_filter, filters))), as_at)
    return [line.ref for line in lines]


def line_of(store, as_at=TODAY):
    return next(line for line in list_caseload(store, CaseloadQuery(), as_at) if line.ref == "A")


def test_a_line_names_the_barrier_that_has_lasted_longest_and_counts_the_open_ones(store):
    assert (line_of(store).barrier, line_of(store).barriers) == ("benefits", 2)


def test_as_at_a_day_the_barriers_are_those_that_held_on_it(store):
    assert (line_of(store, date(2026, 7, 5)).barrier, line_of(store, date(2026, 7, 5)).barriers) == ("benefits", 3)
    assert (line_of(store, date(2026, 6, 5)).barrier, line_of(store, date(2026, 6, 5)).barriers) == ("", 0)


def test_ending_a_barrier_changes_the_line_at_once(store):
    with store.operation("End") as work:
        barrier = work.get(Barrier, "b3")
        work.delete(barrier)
    assert (line_of(store).barrier, line_of(store).barriers) == ("15", 1)
    store.undo()
    assert line_of(store).barrier == "benefits"


def test_people_are_found_by_what_holds_them_up_by_code_words_or_a_part(store):
    assert found(store, "barrier=benefits") == ["A"]
    assert found(store, "barrier=Identity papers or benefits") == ["A"]
    assert found(store, "barrier~papers") == ["A"]
    assert found(store, "barrier~housing") == []
    assert found(store, "barrier=") == ["B", "C"]
    assert found(store, "barrier!=benefits") == ["B", "C"]
    assert found(store, "barriers>=2") == ["A"]
    with pytest.raises(Invalid):
        found(store, "barrier=rain")
