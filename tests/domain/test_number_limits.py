"""No check lets a number through that the register cannot keep or reckon with."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mhtracker.domain.errors import Invalid
from mhtracker.domain.money.cost_rules import check_line, check_split, check_taper
from mhtracker.domain.money.cost_tables import check_row
from mhtracker.domain.places.place_rules import check_service
from mhtracker.domain.places.waiting_rules import check_contract
from mhtracker.domain.records import Contract, CostLine, CostTableRow, FundingSplit, Person, Service

DAY = date(2026, 9, 7)
PERSON = Person("p", "P1", "PRZYKŁAD", "Marek")
NAN, INF = float("nan"), float("inf")


def problems(check):
    with pytest.raises(Invalid) as caught:
        check()
    return caught.value.problems


def line(**changes):
    values: dict[str, Any] = {
        "kind": "support",
        "rate_pence": 20_00,
        "started_on": DAY,
        "frequency": "hourly",
        "units": 10.0,
    }
    return CostLine("c", "p", **(values | changes))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rate_pence": 10**20}, "rate_pence"),
        ({"rate_pence": 10_000_000_01, "frequency": "weekly", "units": None}, "rate_pence"),
        ({"rate_pence": 1_000_000_00, "units": 100.0}, "rate_pence"),
        ({"units": NAN}, "units"),
        ({"units": INF}, "units"),
        ({"units": 168.5}, "units"),
        ({"units": 10.0**300}, "units"),
    ],
)
def test_a_line_of_cost_out_of_reach_is_refused_under_its_field(changes, field):
    assert field in problems(lambda: check_line(line(**changes), [], person=PERSON))


def test_a_week_of_168_hours_is_taken_and_a_second_worker_has_a_line_of_their_own():
    first = line(units=168.0)
    check_line(first, [], person=PERSON)
    assert (
        "For a second worker add another line, and say so under What for."
        in problems(lambda: check_line(line(units=200.0), [], person=PERSON))["units"]
    )
    check_line(replace(first, id="second", what="Second worker"), [first], person=PERSON)


@pytest.mark.parametrize("changes", [{"health_percent": NAN}, {"health_pence": 10**19}, {"person_pence": 10**19}])
def test_who_pays_is_bounded_too(changes):
    split = FundingSplit("f", "p", DAY, **changes)
    found = problems(lambda: check_split(split, [], [], person=PERSON, gross=100_00, today=DAY))
    assert found.keys() == changes.keys()


@pytest.mark.parametrize("changes", [{"hours_per_week": NAN}, {"hours_per_week": INF}, {"capacity": 10**12},
                                     {"rate_pence": 10**15}])  # fmt: skip
def test_what_a_service_gives_is_bounded(changes):
    service = Service("s", "Elm House", **changes)
    assert problems(lambda: check_service(service, [], [], today=DAY)).keys() == changes.keys()


def test_a_contract_may_be_worth_millions_and_not_more_than_a_thousand_of_them():
    contract = Contract("c", "v", "Elm House block", value_pence=40_000_000_00)
    check_contract(contract, [], [], today=DAY)
    beyond = Contract("c", "v", "Elm House block", value_pence=10**18)
    assert "value_pence" in problems(lambda: check_contract(beyond, [], [], today=DAY))


def test_a_line_of_a_table_is_bounded():
    row = CostTableRow("r", "t", "Residential care", as_is_people=10**12, as_is_year_pence=10**18)
    assert problems(lambda: check_row(row, [])).keys() == {"as_is_people", "as_is_year_pence"}


@pytest.mark.parametrize(
    ("first", "start", "end", "field"),
    [
        (date(9999, 6, 1), 35.0, 7.0, "from_on"),
        (DAY, NAN, 7.0, "from_units"),
        (DAY, 35.0, NAN, "to_units"),
        (DAY, INF, 7.0, "from_units"),
        (DAY, 200.0, 7.0, "from_units"),
    ],
)
def test_a_taper_beyond_the_calendar_or_the_week_is_refused(first, start, end, field):
    assert problems(lambda: check_taper(first, start, end, 4, 52)).keys() == {field}
