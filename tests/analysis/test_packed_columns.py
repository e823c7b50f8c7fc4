"""Columns packed by the database say what its rows say, and are read again only when something was recorded."""

from __future__ import annotations

from datetime import date

import pytest

from mhtracker.analysis.columns.packed import People, amounts_of, codes_of, days_of, digits_of
from mhtracker.analysis.columns.register import columns_of
from mhtracker.domain.records import Barrier, Person, Placement
from mhtracker.store import FixedClock, create_register
from mhtracker.store.queries.columns import APART, read_columns_of, read_packed

TODAY = date(2026, 7, 14)
NAMES = ("id", "person_id", "stage_id", "started_on", "ended_on", "planned", "service_id", "weekly_cost_pence")


@pytest.fixture
def store(tmp_path):
    with create_register(tmp_path / "register.mhtracker", who="Ann", clock=FixedClock(TODAY)) as store:
        yield store


def add_stays(store, *stays):
    with store.operation("Add people") as work:
        for person_id in sorted({stay.person_id for stay in stays}):
            work.save(Person(person_id, f"MHT-{person_id[-4:]}", "Invented"))
        for stay in stays:
            work.save(stay)


STAYS = (
    Placement("s1", "p1", "hospital", date(1900, 1, 1), date(2024, 2, 29), planned=True),
    Placement("s2", "p1", "supported", date(2024, 2, 29), weekly_cost_pence=0),
    Placement("s3", "p2", "hospital", date(2026, 12, 31), date(2999, 12, 31), planned=False, weekly_cost_pence=74_000),
)


def test_a_column_holds_what_the_rows_hold(store):
    add_stays(store, *STAYS)
    rows = sorted(read_columns_of(store, Placement, NAMES), key=str)
    packed = read_packed(store, Placement, NAMES)
    assert packed.rows == 3
    order = sorted(range(3), key=lambda row: packed.columns["id"].decode().split(APART)[row])
    days = days_of(packed, "ended_on", 7)[order]
    assert days.tolist() == [date.fromisoformat(row[4]).toordinal() if row[4] else 7 for row in rows]
    assert days_of(packed, "started_on", 7)[order].tolist() == [date.fromisoformat(row[3]).toordinal() for row in rows]
    assert digits_of(packed, "planned", -1)[order].tolist() == [-1 if row[5] is None else row[5] for row in rows]
    assert amounts_of(packed, "weekly_cost_pence", -5)[order].tolist() == [-5, 0, 74_000]
    places, stages = codes_of(packed, "stage_id")
    assert [stages[place] for place in places[order]] == [row[2] for row in rows]
    assert codes_of(packed, "service_id")[1] == [""]


@pytest.mark.parametrize("ids", [("p1", "p2"), ("p1", "person-2"), ("0" * 35 + "1", "0" * 35 + "2")])
def test_people_are_found_by_ids_of_any_length(store, ids):
    first, second = ids
    add_stays(store, Placement("s1", second, "hospital", TODAY), Placement("s2", first, "hospital", TODAY))
    packed = read_packed(store, Placement, ("id", "person_id"))
    named = packed.columns["person_id"].decode().split(APART)
    assert People((first, second)).find(packed, "person_id").tolist() == [(first, second).index(each) for each in named]
    assert People((second,)).find(packed, "person_id").tolist() == [-1 if each == first else 0 for each in named]
    assert People(()).find(packed, "person_id").tolist() == [-1, -1]


def test_an_empty_table_has_empty_columns(store):
    packed = read_packed(store, Barrier, ("id", "person_id", "started_on"))
    assert packed.rows == 0
    assert days_of(packed, "started_on", 7).tolist() == []
    assert People(("p1",)).find(packed, "person_id").tolist() == []


def test_the_mark_between_values_within_one_does_not_shift_the_others(store):
    add_stays(store, STAYS[1])
    with store.operation("Add barriers") as work:
        work.save(Barrier("b1", "p1", f"hous{APART}ing", TODAY))
        work.save(Barrier("b2", "p1", "funding", TODAY))
    packed = read_packed(store, Barrier, ("id", "code"))
    assert dict(zip(*(packed.columns[name].decode().split(APART) for name in ("id", "code")), strict=True)) == {
        "b1": "hous ing",
        "b2": "funding",
    }


def test_columns_are_kept_until_something_is_recorded(store):
    add_stays(store, *STAYS)
    read = columns_of(store)
    assert columns_of(store) is read
    add_stays(store, Placement("s4", "p3", "hospital", TODAY))
    assert len(columns_of(store).stays.person) == 4
    store.undo()
    assert len(columns_of(store).stays.person) == 3
