"""Money counted from columns is exactly what is counted one person at a time, with the same people behind it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mhtracker.analysis.columns.flow import flow_of
from mhtracker.analysis.columns.money import money_of
from mhtracker.analysis.columns.reading import read_columns
from mhtracker.analysis.columns.spells import build_columns
from mhtracker.analysis.money import count_money, read_paying
from mhtracker.domain.records import (
    CostLine,
    FundingSplit,
    LegalAndStatus,
    Person,
    Placement,
    Service,
    StatusKind,
    new_id,
)
from mhtracker.operations.demo.making import make_demo
from mhtracker.store import FixedClock, create_register

TODAY = date(2026, 7, 14)
STAGES = ("hospital", "residential", "enablement", "supported", "independent")
days = st.integers(0, 60).map(lambda number: TODAY + timedelta(days=10 * number - 500))
maybe = st.none() | days
pence = st.integers(0, 200_000)
stays = st.tuples(st.sampled_from(STAGES), days, maybe, st.none() | pence, st.none() | pence, st.booleans())
lines = st.tuples(days, maybe, pence, st.sampled_from(("weekly", "one_off", "monthly")), st.booleans())
splits = st.tuples(days, maybe, pence, st.none() | pence, st.none() | st.integers(0, 100))
cares = st.tuples(st.none() | days, maybe)
people = st.tuples(
    maybe,
    maybe,
    st.sampled_from((None, "error", "independent")),
    st.lists(stays, max_size=6),
    st.just([]) | st.lists(lines, max_size=3),
    st.just([]) | st.lists(splits, max_size=2),
    st.just([]) | st.lists(cares, max_size=2),
)


def records_of(number, each):
    died_on, left_on, left_reason, stays, lines, splits, cares = each
    person = Person(
        f"p{(number * 7) % 10}", f"MHT-{number}", "Invented", died_on=died_on, left_on=left_on, left_reason=left_reason
    )
    yield person
    for stage, start, end, cost, charge, served in stays:
        yield Placement(
            new_id(), person.id, stage, start, _end(start, end), "s1" if served else None,
            weekly_cost_pence=cost, weekly_charge_pence=charge,
        )  # fmt: skip
    for start, end, rate, frequency, once in lines:
        kind = "transition" if once else "care"
        yield CostLine(new_id(), person.id, kind, rate, start, frequency, ended_on=_end(start, end))
    for start, end, own, health, percent in splits:
        shares = {"health_percent": percent} if health is None else {"health_pence": health}
        yield FundingSplit(new_id(), person.id, start, own, ended_on=_end(start, end), **shares)
    for start, end in cares:
        yield LegalAndStatus(new_id(), person.id, StatusKind.S117, "3", start, _end(start, end) if start else end)


def _end(start, end):
    return max(start, end) if end is not None else None


def counted_the_same(store, day, from_on):
    spells = build_columns(read_columns(store, day))
    moved = flow_of(spells, from_on, day)
    assert money_of(store, spells, moved) == count_money(read_paying(store, day), moved)


class Enough(Exception):
    """Ends an example, so that nothing of it is kept for the next."""


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    path = tmp_path_factory.mktemp("money") / "register.mhtracker"
    with create_register(path, who="Ann", clock=FixedClock(TODAY)) as store:
        with store.operation("Add a service") as work:
            work.save(Service("s1", "Invented House"))
        yield store


@settings(max_examples=60, deadline=None)
@given(found=st.lists(people, max_size=9), back=st.integers(-60, 200), length=st.integers(0, 500))
def test_columns_count_the_money_that_looking_at_each_person_counts(empty, found, back, length):
    day = TODAY - timedelta(days=back)
    with suppress(Enough), empty.operation("Add people") as work:
        work.add_many([record for number, each in enumerate(found) for record in records_of(number, each)])
        counted_the_same(empty, day, day - timedelta(days=length))
        raise Enough


def test_columns_count_the_demo_s_money_as_looking_at_each_person_does(tmp_path):
    with make_demo(tmp_path / "demo.mhtracker", people=60, as_at=TODAY) as store:
        for back in (0, 200, 900, 9000):
            day = TODAY - timedelta(days=back)
            counted_the_same(store, day, day - timedelta(days=400))


@pytest.mark.parametrize(("left", "died", "days"), [(11, 21, 10), (21, 11, 10), (None, 11, 10), (11, None, 10)])
def test_an_open_stay_costs_until_the_earlier_day_of_leaving_and_dying(tmp_path, left, died, days):
    first = date(2026, 5, 1)
    left_on, died_on = (date(2026, 5, day) if day else None for day in (left, died))
    with create_register(tmp_path / "register.mhtracker", who="Ann", clock=FixedClock(TODAY)) as store:
        with store.operation("Add somebody") as work:
            work.add_many([Person("p", "MHT-1", "Invented", left_on=left_on, died_on=died_on)])
            work.add_many([Placement("s", "p", "supported", first, weekly_cost_pence=70_000)])
        spells = build_columns(read_columns(store, TODAY))
        moved = flow_of(spells, first, TODAY)
        found = money_of(store, spells, moved)
        assert found == count_money(read_paying(store, TODAY), moved)
    assert found.period.gross == 10_000 * days
