"""The demo register."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from mhtracker.domain.caseload import ON_PATHWAY
from mhtracker.domain.errors import Invalid, Refused
from mhtracker.domain.nhs import is_test_number, normalise_nhs_number
from mhtracker.domain.records import KINDS, Person
from mhtracker.operations.demo import make_demo
from mhtracker.store import Store
from mhtracker.store.check import check
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, count_caseload, list_caseload
from mhtracker.store.queries.history import list_operations

AS_AT = date(2026, 7, 14)


@pytest.fixture
def demo(tmp_path: Path):
    with make_demo(tmp_path / "demo.mhtracker", as_at=AS_AT) as store:
        yield store


def _all_of(store: Store) -> dict[str, list[object]]:
    return {kind: store.find(record_type, order_by=("id",)) for kind, record_type in KINDS.items()}


def test_a_demo_register_is_in_order_and_says_what_it_is(demo: Store):
    result = check(demo)
    assert result.problems == ()
    assert result.people == 240
    assert demo.is_demo


def test_the_same_seed_and_day_make_the_same_register(tmp_path: Path, demo: Store):
    with make_demo(tmp_path / "again.mhtracker", as_at=AS_AT) as again:
        assert _all_of(again) == _all_of(demo)
        assert [line.operation.id for line in list_operations(again)] == [
            line.operation.id for line in list_operations(demo)
        ]
    with make_demo(tmp_path / "other.mhtracker", as_at=AS_AT, seed=2) as other:
        assert _all_of(other) != _all_of(demo)


def test_people_stand_where_the_studies_found_them(demo: Store):
    stages = Counter(line.stage_id for line in list_caseload(demo, CaseloadQuery(), AS_AT))
    assert 90 <= stages["residential"] <= 100
    assert 58 <= stages["supported"] <= 66
    assert stages["hospital"] == stages["enablement"] == 12
    overdue = count_caseload(demo, CaseloadQuery((Filter("review", "=", "overdue"),)), AS_AT)
    assert 0.10 <= overdue / sum(stages.values()) <= 0.30


def test_every_nhs_number_is_a_different_one_that_is_never_issued(demo: Store):
    numbers = [person.nhs_number for person in demo.find(Person) if person.nhs_number]
    assert len(set(numbers)) == len(numbers)
    assert all(is_test_number(number) and normalise_nhs_number(number) == number for number in numbers)


def test_nothing_recorded_lies_after_the_day(demo: Store):
    later = [line for line in list_caseload(demo, CaseloadQuery(), AS_AT) if line.good_from > AS_AT]
    assert later == []
    assert all(line.status == ON_PATHWAY for line in list_caseload(demo, CaseloadQuery(), AS_AT))


def test_the_last_days_can_be_undone_but_not_the_making(demo: Store):
    undone = 0
    while demo.next_undo() is not None:
        demo.undo()
        undone += 1
    assert undone > 20
    with pytest.raises(Refused):
        demo.undo()
    assert check(demo).ok


@pytest.mark.parametrize("people", [1, 7, 600])
def test_any_number_of_people_can_be_had(tmp_path: Path, people: int):
    with make_demo(tmp_path / "some.mhtracker", people=people, as_at=AS_AT, seed=3) as store:
        assert check(store).problems == ()
        assert len(store.find(Person)) == people


@pytest.mark.parametrize("people", [0, 100_001])
def test_too_many_or_too_few_are_refused_and_leave_no_file(tmp_path: Path, people: int):
    with pytest.raises(Invalid):
        make_demo(tmp_path / "no.mhtracker", people=people, as_at=AS_AT)
    assert list(tmp_path.iterdir()) == []
