"""The demo register."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from mhtracker.domain.caseload import ON_PATHWAY, CaseloadLine
from mhtracker.domain.errors import Invalid, Refused
from mhtracker.domain.fields import FIELDS
from mhtracker.domain.nhs import is_test_number, normalise_nhs_number
from mhtracker.domain.records import (
    KINDS,
    Action,
    Barrier,
    CareWarning,
    Contact,
    Document,
    Goal,
    GoalScore,
    LegalAndStatus,
    MeasureScore,
    Note,
    NoteCorrection,
    Person,
    Rating,
    Review,
    ReviewAttendance,
    StatusKind,
    Worker,
)
from mhtracker.operations.demo.making import make_demo
from mhtracker.store import Store, known_by
from mhtracker.store.check import check
from mhtracker.store.codec import person_of
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


def test_the_last_days_can_be_undone(demo: Store):
    for _ in range(40):
        demo.undo()
    assert check(demo).ok


def test_the_making_cannot_be_undone(demo: Store):
    first = list_operations(demo, limit=None, with_changes=0)[-2:]
    assert [line.operation.label for line in first] == ["Make the demo register", "New register"]
    for line in first:
        with pytest.raises(Refused):
            demo.undo(line.operation.id)


def test_it_is_recorded_as_if_kept_through_its_years(demo: Store):
    operations = [line.operation for line in list_operations(demo, limit=None, with_changes=0)]
    moments = [operation.at for operation in reversed(operations)]
    assert moments == sorted(moments)
    assert (moments[0].date(), moments[-1].date()) == (date(2022, 7, 14), AS_AT)
    years = Counter(moment.year for moment in moments)
    assert all(years[year] > 500 for year in (2023, 2024, 2025, 2026))
    workers = {worker.name for worker in demo.find(Worker)}
    assert workers <= {operation.who for operation in operations}
    assert all(moment.weekday() < 5 for moment in moments[2:])
    labels = Counter(operation.label for operation in operations)
    for label in ("Undo: Add note", "Change stay", "Change booking", "Change target", "Reassign", "Correct note"):
        assert labels[label] > 0, label


def test_what_was_known_a_year_ago_is_not_what_is_known_of_it_now(demo: Store):
    then = AS_AT.replace(year=AS_AT.year - 1)
    with known_by(demo, then) as known:
        assert known.find(Note, noted_on=AS_AT) == []
        now = {line.person_id: line for line in list_caseload(demo, CaseloadQuery(), then)}
        as_known = {line.person_id: line for line in list_caseload(known, CaseloadQuery(), then)}
    assert 0.9 < len(as_known) / len(now) < 1.1
    differ = [each for each in now if each in as_known and _facts(now[each]) != _facts(as_known[each])]
    assert 3 < len(differ) < 60


def _facts(line: CaseloadLine) -> tuple[object, ...]:
    return line.surname, line.stage, line.since_on, line.worker, line.target_on, line.last_reviewed_on, line.s117


def test_a_register_of_many_begins_on_its_own_day(tmp_path: Path):
    with make_demo(tmp_path / "many.mhtracker", people=2_001, as_at=AS_AT) as store:
        assert [line.operation.at.date() for line in list_operations(store)] == [AS_AT, AS_AT]
        assert check(store).ok


def test_most_people_have_something_on_every_part_of_their_page(demo: Store):
    here = {line.person_id for line in list_caseload(demo, CaseloadQuery(), AS_AT)}
    for kinds, share in (
        ((Rating, Barrier, Action), 0.6),
        ((Goal, MeasureScore), 0.6),
        ((Contact,), 0.6),
        ((Review,), 0.8),
        ((Note,), 0.9),
    ):
        having = {person_of(record) for kind in kinds for record in demo.find(kind)}
        assert len(having & here) / len(here) >= share, kinds
    for kind in (CareWarning, Document, NoteCorrection, ReviewAttendance, GoalScore):
        assert demo.find(kind), kind
    assert {status.kind for status in demo.find(LegalAndStatus)} >= set(StatusKind) - {StatusKind.COURT}


def test_every_code_written_is_in_its_list(demo: Store):
    for kind, record_type in KINDS.items():
        for name, told in FIELDS.get(record_type, {}).items():
            codes = {item.code for item in demo.codes(told.code_list)} if told.code_list else set()
            for record in demo.find(record_type) if codes else ():
                value = getattr(record, name)
                written = value.split() if name == "features" else [value] if value else []
                assert codes.issuperset(written), (kind, name, value)


def test_the_papers_attached_can_be_opened(demo: Store):
    for document in demo.find(Document):
        assert len(demo.content(document.sha256)) == document.size


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
