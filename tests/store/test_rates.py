"""Rates of services of one stage beside each other, as at a day."""

from dataclasses import replace
from datetime import date

import pytest

from mhtracker.domain.records import CostLine, Person, Placement, Service
from mhtracker.store.queries.rates import HIGH, LOW, list_rates
from tests.places_at_hand import DAY, make_places
from tests.store.registers import add


@pytest.fixture
def held(file_register):
    file_register.clock.day = DAY
    store = file_register.open()
    make_places(store)
    return store


def rate_of(store, name, as_at=DAY):
    return next(line for line in list_rates(store, as_at) if line.service.name == name)


def change_cost(store, placement_id, pence):
    with store.operation("Change it") as work:
        work.save(replace(work.get(Placement, placement_id), weekly_cost_pence=pence))


def test_what_is_paid_stands_beside_what_was_agreed(held):
    line = rate_of(held, "Canal View")
    assert (line.agreed_pence, line.middle_pence) == (71_200, 71_200)
    assert (line.lowest_pence, line.highest_pence) == (70_000, 73_000)
    assert line.over_percent == 0
    assert rate_of(held, "Mill Street").over_percent == 1


def test_a_person_stands_out_among_those_of_the_stage_not_of_the_service_alone(held):
    change_cost(held, "s10-2025-09-01", 150_000)
    assert rate_of(held, "Mill Street").fences is None, "five people are too few"
    for n in range(5):
        stay = Placement(
            f"m{n}", f"m{n}", "supported", date(2025, 9, 1), service_id="canal", weekly_cost_pence=68_000 + 1_000 * n
        )
        add(held, Person(f"m{n}", f"MHT-1000{n}", f"Mehr{n}", given_names="Test"), stay)
    marked = {each.line.person_id: each.beyond for each in rate_of(held, "Mill Street").beyond}
    assert marked == {"p10": HIGH, "p7": LOW}
    assert rate_of(held, "Canal View").fences.of == 10
    assert not rate_of(held, "Canal View").beyond


def test_too_few_of_a_stage_mark_nobody(held):
    line = rate_of(held, "Beech Lodge")
    assert len(line.paid) == 2
    assert line.fences is None


def test_support_by_the_hour_is_compared_by_the_hour(held):
    lived = Placement("s-home", "p3", "floating", date(2026, 6, 1), service_id="home")
    paid = CostLine("k", "p3", "support", 2_000, date(2026, 6, 1), "hourly", 6.0)
    with held.operation("Support") as work:
        old = work.get(Placement, "s3-2026-05-10")
        work.save(replace(old, ended_on=date(2026, 6, 1)))
    add(held, lived, paid)
    line = rate_of(held, "Home team")
    assert line.by_hour
    assert (line.agreed_pence, line.middle_pence) == (1_796, 2_000)
    assert [each.hours for each in line.paid] == [6.0]


def test_somebody_whose_cost_is_not_recorded_is_counted_and_not_averaged(held):
    change_cost(held, "s7-2025-09-01", None)
    line = rate_of(held, "Mill Street")
    assert (len(line.paid), line.not_known, line.middle_pence) == (1, 1, 66_000)


def test_an_agreed_rate_stands_out_among_five_like_services(held):
    dear = [Service(f"x{n}", f"House {n}", "lc", "supported", rate_pence=70_000 + n * 100) for n in range(4)]
    add(held, *dear, Service("y", "Palace", "lc", "supported", rate_pence=400_000))
    assert rate_of(held, "Palace").agreed_beyond == HIGH
    assert rate_of(held, "House 1").agreed_beyond == ""


def test_rates_are_those_of_the_day_looked_at(held):
    assert len(rate_of(held, "Canal View", date(2026, 4, 1)).paid) == 2
