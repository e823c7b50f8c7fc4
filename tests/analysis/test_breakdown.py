"""People counted two ways at once, and small numbers that cannot be worked out once published."""

from __future__ import annotations

from datetime import date

import pytest

from mhtracker.analysis.breakdown import UNKNOWN, WAYS, age_bands, count_people
from mhtracker.analysis.columns.measures import status_measures_of
from mhtracker.analysis.columns.reading import read_columns
from mhtracker.analysis.measures import SETTLED_WORDS
from mhtracker.domain.counting.small_numbers import HIDDEN
from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import Person, Service
from mhtracker.operations.demo.making import make_demo
from mhtracker.store import FixedClock, create_register
from mhtracker.store.queries.caseload import CaseloadQuery, count_caseload

DAY = date(2026, 7, 14)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    with make_demo(tmp_path_factory.mktemp("breakdown") / "demo.mhtracker", people=120, as_at=DAY) as store:
        yield store


@pytest.mark.parametrize("way", WAYS)
def test_everybody_on_the_pathway_is_counted_once_whichever_way(demo, way):
    found = count_people(demo, DAY, way, "age")
    everybody = [person for row in found.people.values() for people in row.values() for person in people]
    assert len(everybody) == len(set(everybody)) == found.total == count_caseload(demo, CaseloadQuery(), DAY)
    assert sum(map(found.column_total, found.columns)) == found.total


def test_no_published_small_number_can_be_had_from_the_others(demo):
    found = count_people(demo, DAY, "worker", "gender")
    cells, rows, columns, _ = found.published()
    for row, line in cells.items():
        hidden = [column for column, n in line.items() if n == HIDDEN]
        assert len(hidden) + (rows[row] == HIDDEN) != 1
        assert not any(found.counts[row][column] < 5 and n != HIDDEN for column, n in line.items())
    assert set(rows) == set(found.rows)
    assert set(columns) == set(found.columns)


def test_people_are_settled_not_settled_or_not_known_as_the_measure_has_it(demo):
    found = count_people(demo, DAY, "stage", "settled")
    assert found.columns == SETTLED_WORDS
    counted = {person for row in found.people.values() for person in row["Settled"]}
    share = status_measures_of(read_columns(demo, DAY), {each.id: each for each in demo.find(Service)})["settled"]
    there = {person for row in found.people.values() for people in row.values() for person in people}
    assert set(share.counted) & there == counted & set(share.of)
    assert share.counted
    assert count_people(demo, DAY, "accommodation").total == found.total


def test_bands_of_age_begin_where_they_are_asked_and_an_unknown_age_stands_last(tmp_path):
    assert age_bands((18, 67)) == ("Under 18", "18 to 66", "67 and over")
    with create_register(tmp_path / "a.mhtracker", who="Ann", clock=FixedClock(DAY)) as store:
        with store.operation("Add") as work:
            for number, born in enumerate((date(1959, 7, 15), date(1959, 7, 14), None)):
                work.save(Person(f"p{number}", f"R{number}", "PRZYKŁAD", born_on=born))
        found = count_people(store, DAY, "age", ages=(67,))
    assert found.rows == ("Under 67", "67 and over", UNKNOWN)
    assert [found.row_total(row) for row in found.rows] == [1, 1, 1]


def test_a_way_that_there_is_not_is_answered_with_those_there_are(demo):
    with pytest.raises(Invalid, match=r"cannot be counted by “shoe size”\. They can by stage, service"):
        count_people(demo, DAY, "shoe size")
