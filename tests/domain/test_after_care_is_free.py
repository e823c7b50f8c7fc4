"""What is charged to somebody on s117 after-care counts as nothing: the council pays what is left after the NHS."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mhtracker.domain.money.costs import WeeklyCost, charge_on, cost_on
from mhtracker.domain.money.period_cost import cost_over, cost_steps, in_pence
from mhtracker.domain.records import FundingSplit, LegalAndStatus, Placement, StatusKind

FROM, UNTIL = date(2026, 3, 2), date(2026, 5, 4)
STAY = Placement("a", "p", "residential", date(2026, 1, 5), weekly_cost_pence=700_00, weekly_charge_pence=70_00)
SPLIT = FundingSplit("s", "p", date(2026, 1, 5), 105_00, 50)
CARE = LegalAndStatus("c", "p", StatusKind.S117, "3", FROM, UNTIL)
DAY = timedelta(days=1)


@pytest.mark.parametrize("splits", [(), (SPLIT,)], ids=["the stay says", "a split says"])
def test_a_charge_counts_until_the_day_after_care_begins_and_again_from_the_day_it_is_over(splits):
    charge, health = (105_00, 350_00) if splits else (70_00, 0)
    charged = WeeklyCost(700_00, charge, health)
    free = WeeklyCost(700_00, 0, health, not_charged=charge)
    days = (FROM - DAY, FROM, UNTIL - DAY, UNTIL)
    assert [cost_on(STAY, (), splits, (CARE,), day) for day in days] == [charged, free, free, charged]
    assert free.net == charged.net + charge, "the council pays what the person does not"
    assert charge_on(STAY, splits, FROM) == charge, "what is recorded stays to be read"


def test_other_statuses_and_a_charge_of_nothing_change_nothing():
    others = [LegalAndStatus(kind, "p", kind, "x", FROM) for kind in StatusKind if kind != StatusKind.S117]
    assert cost_on(STAY, (), (), others, FROM) == WeeklyCost(700_00, 70_00)
    assert cost_on(replace(STAY, weekly_charge_pence=0), (), (), (CARE,), FROM) == WeeklyCost(700_00)
    assert cost_on(replace(STAY, weekly_cost_pence=None), (), (), (CARE,), FROM) is None


def test_after_care_without_a_first_day_has_held_always_and_one_that_ran_out_does_not_hold():
    since_always = replace(CARE, started_on=None, ended_on=None)
    assert cost_on(STAY, (), (), (since_always,), STAY.started_on) == WeeklyCost(700_00, not_charged=70_00)
    ran_out = replace(CARE, ended_on=None, expires_on=FROM)
    costs = [cost_on(STAY, (), (), (ran_out,), day) for day in (FROM, FROM + DAY)]
    assert [cost.person for cost in costs if cost] == [0, 70_00]


def test_thirteen_weeks_of_which_nine_were_after_care_by_hand():
    """16 February to 17 May: 2 weeks charged, 9 weeks free, 2 weeks charged. Net 13 × 700 − 4 × 70 = £8,820."""
    told = cost_over([STAY], (), (), (CARE,), date(2026, 2, 16), date(2026, 5, 17))
    assert (in_pence(told.gross), in_pence(told.person), in_pence(told.net)) == (9_100_00, 280_00, 8_820_00)
    steps = cost_steps([STAY], (), (), (CARE,), date(2026, 2, 16), date(2026, 5, 17))
    assert [(step.day, step.cost.net if step.cost else None) for step in steps] == [
        (date(2026, 2, 16), 630_00),
        (FROM, 700_00),
        (UNTIL, 630_00),
    ]
