"""The paper's own tables, to the last digit, and what follows when a number in them changes."""

from dataclasses import replace

import pytest

from mhtracker.domain.errors import Invalid
from mhtracker.domain.money.cost_tables import check_row, percent, scaled, sums_of, sums_of_row, unit_week
from mhtracker.domain.records import CostTableRow

LINES = [
    # people, £ net a week, £000 a year; to be, where the paper plans it
    ("Long-term residential", 180, 339_9, 3_181_2, 96, 1_673_1),
    ("Short-term residential", 6, 136_4, 42_6, 6, 42_6),
    ("Supported living", 18, 177_0, 165_7, 18, 149_1),
    ("Extra care", 3, 298_3, 41_8, 0, 0),
    ("Assisted accommodation", 0, None, 0, 87, 824_7),
    ("Home care", 75, 59_8, 233_0, None, None),
    ("Day care", 161, 57_7, 483_2, None, None),
    ("Direct payments", 41, 85_2, 181_6, None, None),
    ("Meals", 53, 30_1, 82_8, None, None),
]
THOUSANDTHS = 100 * 100
"""Pence in a tenth of a thousand pounds, as the paper prints."""


def row(label, people, _week, year, to_be, to_be_year):
    planned = to_be_year * THOUSANDTHS if to_be_year is not None else None
    return CostTableRow(label, "t", label, 0, None, people, year * THOUSANDTHS, to_be, planned)


ROWS = [row(*line) for line in LINES]
ACCOMMODATION = ROWS[:5]


def test_the_whole_table_as_it_is():
    found = sums_of(ROWS)
    assert (found.as_is_people, found.as_is_year) == (537, 4_411_9 * THOUSANDTHS)


def test_accommodation_keeps_its_people_and_costs_less():
    found = sums_of(ACCOMMODATION)
    assert (found.as_is_people, found.to_be_people, found.people) == (207, 207, 0)
    assert (found.as_is_year, found.to_be_year) == (3_431_3 * THOUSANDTHS, 2_689_5 * THOUSANDTHS)
    assert found.year == -741_8 * THOUSANDTHS
    assert found.year_percent == -21.6


def test_residential_falls_short_of_half():
    found = sums_of_row(ROWS[0])
    assert (found.people, found.people_percent) == (-84, -46.7)
    assert abs(found.people) < found.as_is_people / 2


@pytest.mark.parametrize("line", [line for line in LINES if line[2] is not None and line[0] != "Extra care"])
def test_what_a_week_of_one_person_costs_is_the_years_cost_by_52_and_by_people(line):
    _, people, week, year, *_ = line
    assert unit_week(year * THOUSANDTHS, people) == pytest.approx(week * 10, abs=22)


def test_the_papers_extra_care_does_not_add_up():
    """£298.3 a week for 3 people is £46.5 thousand a year, and the paper prints 41.8."""
    assert unit_week(41_8 * THOUSANDTHS, 3) == 267_95
    assert 298_30 * 52 * 3 == 46_534_80


def test_of_nobody_there_is_no_unit_cost_and_no_percent():
    assert unit_week(100, 0) is None
    assert percent(3, 0) is None


def test_a_line_of_which_nothing_is_planned_stays_as_it_is():
    found = sums_of_row(ROWS[5])
    assert (found.to_be_people, found.to_be_year, found.people, found.year) == (75, found.as_is_year, 0, 0)


def test_people_change_at_what_one_of_them_costs():
    half = scaled(ROWS[0], to_be_people=48)
    assert half.to_be_year_pence == ROWS[0].to_be_year_pence // 2
    fresh = scaled(ROWS[5], to_be_people=25)
    assert (fresh.to_be_people, fresh.to_be_year_pence) == (25, 233_0 * THOUSANDTHS // 3 + 1)
    assert scaled(ROWS[0], as_is_people=0).as_is_year_pence == 0
    assert scaled(ROWS[3], to_be_people=3).to_be_year_pence == 41_8 * THOUSANDTHS


def test_money_of_people_nobody_counted_is_summed_and_their_number_is_not():
    """The paper's gross spend of 2009/10 prints money alone: £430.4 and £39.4 thousand for nobody knows how many."""
    gross = [CostTableRow("h", "t", "Home care", as_is_year_pence=430_4 * THOUSANDTHS)]
    gross.append(CostTableRow("m", "t", "Meals", as_is_year_pence=39_4 * THOUSANDTHS))
    alone, both = sums_of_row(gross[0]), sums_of(gross)
    assert (alone.as_is_people, alone.to_be_people, alone.people, alone.as_is_unit) == (None, None, None, None)
    assert (both.as_is_people, both.people_percent, both.as_is_year, both.unsaid) == (
        None,
        None,
        469_8 * THOUSANDTHS,
        2,
    )
    assert check_row(gross[0], gross) == (), "nobody said that it is for nobody"
    planned = replace(gross[0], to_be_people=40, to_be_year_pence=200_0 * THOUSANDTHS)
    assert sums_of_row(planned).to_be_unit == unit_week(200_0 * THOUSANDTHS, 40)
    mixed = sums_of([ROWS[0], planned, gross[1]])
    assert (mixed.as_is_people, mixed.to_be_people, mixed.people, mixed.unsaid) == (180, 96, -84, 2)
    assert mixed.year == (1_673_1 - 3_181_2 + 200_0 - 430_4) * THOUSANDTHS
    assert (mixed.as_is_unit, mixed.to_be_unit) == (None, None), "money of some and people of others make no unit"
    assert (sums_of([]).as_is_people, sums_of([]).people) == (0, 0)


def test_people_counted_for_the_first_time_leave_the_cost_as_it_is():
    spend = CostTableRow("h", "t", "Home care", as_is_year_pence=100_00)
    assert scaled(spend, as_is_people=5).as_is_year_pence == scaled(spend, as_is_people=0).as_is_year_pence == 100_00
    assert scaled(spend, to_be_people=5).to_be_year_pence == 100_00


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"label": " "}, "label"), ({"label": "home  CARE"}, "label"), ({"as_is_people": -1}, "as_is_people"),
     ({"to_be_people": -1}, "to_be_people"), ({"to_be_year_pence": -1}, "to_be_year_pence")],
)  # fmt: skip
def test_a_line_that_cannot_be_is_refused(changes, field):
    with pytest.raises(Invalid) as caught:
        check_row(replace(ROWS[0], **changes), ROWS)
    assert field in caught.value.problems


def test_a_cost_for_nobody_is_pointed_at():
    assert check_row(replace(ROWS[0], as_is_people=0), [])[0].field == "as_is_people"
