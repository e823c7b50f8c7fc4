"""Rates that stand out: quartiles, fences, and too few to say."""

from fractions import Fraction

import pytest

from mhtracker.domain.money.rates import fences_of, middle, quartile


@pytest.mark.parametrize(
    ("rates", "quarter", "found"),
    [([10], 1, 10), ([10, 20], 2, 15), ([1, 2, 3, 4], 1, Fraction(7, 4)), ([1, 2, 3, 4, 5], 3, 4)],
)
def test_a_quartile_lies_between_the_two_nearest(rates, quarter, found):
    assert quartile(rates, quarter) == found


def test_the_middle_is_whole_pence_halves_up_and_nothing_for_nobody():
    assert middle([10_000, 10_001]) == 10_001
    assert middle([]) is None


def test_fences_lie_one_and_a_half_times_the_middle_half_beyond_it():
    fences = fences_of([64_400, 73_000, 71_200, 70_000, 150_000], 5)
    assert [fences.lower, fences.upper, fences.of] == [65_500, 77_500, 5]
    assert fences.low(64_400)
    assert fences.high(150_000)
    assert not fences.high(77_500)


def test_fewer_than_are_wanted_say_nothing_about_one_of_them():
    assert fences_of([1, 2, 3, 1_000_000], 5) is None


def test_where_all_are_alike_any_other_stands_out():
    fences = fences_of([93_600] * 6, 5)
    assert not fences.low(93_600)
    assert fences.high(93_601)
