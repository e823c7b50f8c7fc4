"""What the person and the NHS pay is never more than the cost: the NHS counts first, and the columns of money add."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhtracker.domain.caseload import PersonFacts
from mhtracker.domain.errors import Invalid
from mhtracker.domain.money.cost_rules import check_split
from mhtracker.domain.money.costs import WeeklyCost, cost_on
from mhtracker.domain.money.period_cost import cost_over
from mhtracker.domain.records import FundingSplit, Person, Placement
from mhtracker.domain.rule_faults import pays_beyond_cost

DAY = date(2026, 7, 14)
PERSON = Person("p", "MHT-00001", "Invented")
STAY = Placement("a", "p", "residential", date(2026, 1, 5), weekly_cost_pence=1_200_00)
SPLIT = FundingSplit("s", "p", date(2026, 1, 5))
pence = st.integers(0, 3_000_00)


@pytest.mark.parametrize(
    ("split", "told"),
    [
        (replace(SPLIT, person_pence=95_00, health_percent=100), WeeklyCost(1_200_00, 0, 1_200_00)),
        (replace(SPLIT, person_pence=95_00, health_pence=1_150_00), WeeklyCost(1_200_00, 50_00, 1_150_00)),
        (replace(SPLIT, person_pence=999_999_99), WeeklyCost(1_200_00, 1_200_00)),
        (replace(SPLIT, health_pence=5_000_00), WeeklyCost(1_200_00, 0, 1_200_00)),
    ],
)
def test_the_nhs_counts_up_to_the_cost_and_the_person_up_to_what_is_left(split, told):
    assert cost_on(STAY, (), (split,), (), DAY) == told


@given(pence, st.none() | pence, pence, st.none() | pence, st.none() | st.integers(0, 100))
def test_gross_less_both_shares_is_net_on_a_day_and_over_a_year(gross, own_charge, charge, health, percent):
    stay = replace(STAY, weekly_cost_pence=gross, weekly_charge_pence=own_charge)
    splits = (replace(SPLIT, started_on=DAY, person_pence=charge, health_pence=health, health_percent=percent),)
    for day in (DAY - timedelta(days=1), DAY):
        cost = cost_on(stay, (), splits, (), day)
        assert cost is not None
        assert cost.net == cost.gross - cost.person - cost.health >= 0
    told = cost_over([stay], (), splits, (), date(2026, 1, 5), date(2026, 12, 31))
    assert told.net == told.gross - told.person - told.health >= 0


def said(split: FundingSplit) -> dict[str, str]:
    try:
        found = check_split(split, (), (), person=PERSON, gross=1_200_00, today=DAY)
    except Invalid as invalid:
        return {field: f"refused: {words}" for field, words in invalid.problems.items()}
    return {each.field: each.words for each in found}


def test_a_share_above_the_whole_cost_is_refused_and_both_together_above_it_are_pointed_at():
    whole = "more than the £1,200.00 a week it costs. Write what is paid for a week."
    assert said(replace(SPLIT, person_pence=1_200_01)) == {"person_pence": f"refused: The person pays {whole}"}
    assert said(replace(SPLIT, health_pence=1_200_01)) == {"health_pence": f"refused: The NHS pays {whole}"}
    both = said(replace(SPLIT, person_pence=95_00, health_percent=100))["person_pence"]
    assert both.startswith("Together they pay more than it costs: £95.00 a week of the charge does not count.")
    assert said(replace(SPLIT, person_pence=600_00, health_percent=50)) == {}


def test_check_points_at_what_is_paid_beyond_the_cost():
    def where(*splits: FundingSplit, charge: int | None = None) -> list[str]:
        stay = replace(STAY, weekly_charge_pence=charge)
        found = pays_beyond_cost(PersonFacts(PERSON, placements=[stay], splits=[*splits]), DAY)
        return [each for _, each, _ in found]

    assert where(replace(SPLIT, person_pence=95_00, health_percent=100)) == ["funding s"]
    assert where(charge=1_200_01) == ["placement a"]
    assert where(replace(SPLIT, person_pence=95_00, health_percent=50), charge=1_200_01) == []
    assert where(charge=1_200_00) == []
