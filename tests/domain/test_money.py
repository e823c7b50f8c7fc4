"""Weekly equivalents, net costs and savings: the national rules' own examples, and the papers'."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhtracker.domain.money.weekly import (
    Frequency,
    payback_weeks,
    pence_over,
    rounded,
    weekly_pence,
    weeks_between,
)


@pytest.mark.parametrize(
    ("amount", "frequency", "units", "weekly"),
    [
        (1_000_00, Frequency.MONTHLY, None, 230_77),
        (4_000_00, Frequency.FOUR_WEEKLY, None, 1_000_00),
        (17_96, Frequency.HOURLY, 35, 628_60),
        (12_17, Frequency.HOURLY, 2.5, 30_43),
        (684_20, Frequency.WEEKLY, None, 684_20),
        (100_01, Frequency.FORTNIGHTLY, None, 50_01),
        (5_200_00, Frequency.ANNUALLY, None, 100_00),
        (1_300_00, Frequency.QUARTERLY, None, 100_00),
        (57_70, Frequency.DAILY, None, 0),
    ],
)
def test_what_an_amount_comes_to_in_a_week(amount, frequency, units, weekly):
    assert weekly_pence(amount, frequency, units) == weekly


def test_a_one_off_is_no_weekly_cost():
    assert weekly_pence(500_00, Frequency.ONE_OFF) is None


def test_weeks_count_both_ends():
    assert weeks_between(date(2026, 7, 6), date(2026, 7, 12)) == 1
    assert weeks_between(date(2026, 7, 6), date(2026, 7, 6)) == Fraction(1, 7)
    assert weeks_between(date(2026, 7, 6), date(2026, 7, 5)) == 0


def test_supported_living_that_is_dearer_at_first_pays_back_in_eight_weeks():
    """Three untapered years at £1,295.48 against £1,246 a week, then £250 a week where £1,246 would have gone on."""
    dearer = 1_295_48 - 1_246_00
    assert dearer == 49_48
    weeks = payback_weeks(dearer, 3 * 52, 1_246_00 - 250_00)
    assert weeks is not None
    assert 7 < weeks <= 8
    assert payback_weeks(dearer, 40, 0) is None


@given(st.integers(-(10**7), 10**7))
def test_whole_weeks_lose_no_penny(weekly):
    assert pence_over(weekly, date(2026, 1, 1), date(2026, 1, 7) + timedelta(weeks=51)) == 52 * weekly


def test_halves_round_up():
    assert [rounded(Fraction(n, 2)) for n in (-3, -1, 0, 1, 3, 5)] == [-2, -1, 0, 1, 2, 3]
