"""The incidence of each way out: a case worked by hand, another's program, and what must always hold."""

from __future__ import annotations

import random
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhtracker.analysis.incidence import FEWEST, Time, cumulative_incidence, most_of_none, one_minus_kaplan_meier

# Six people: onward on days 2 and 4, a death on day 3, back on day 5, two still there when last seen.
BY_HAND = [
    Time(2, "onward"), Time(3, "died"), Time(3, None), Time(4, "onward"), Time(5, "back"), Time(6, None),
]  # fmt: skip


def test_a_case_worked_by_hand():
    ways = cumulative_incidence(BY_HAND)
    # Staying before days 2, 3, 4, 5: 1, 5/6, 4/6, 4/9; at risk 6, 5, 3, 2.
    assert ways["onward"].days == (2, 3, 4, 5)
    assert ways["onward"].at_risk == (6, 5, 3, 2)
    assert ways["onward"].share == pytest.approx((1 / 6, 1 / 6, 1 / 6 + 2 / 3 / 3, 1 / 6 + 2 / 9))
    assert ways["died"].share == pytest.approx((0, 1 / 6, 1 / 6, 1 / 6))
    assert ways["back"].share == pytest.approx((0, 0, 0, 4 / 9 / 2))
    assert ways["onward"].exits == 2
    assert not ways["onward"].enough


def test_with_nobody_censored_it_is_the_plain_share_with_the_plain_variance():
    times = [Time(day, "onward" if day % 3 else "died") for day in range(1, 61)]
    onward = cumulative_incidence(times)["onward"]
    assert onward.share[-1] == pytest.approx(40 / 60)
    assert onward.exits == 40 >= FEWEST
    assert onward.at(30)[0] == pytest.approx(20 / 60)
    # The share of a plain count has variance p(1-p)/n, and so the interval on the log(-log) scale.
    import math

    p, n = 20 / 60, 60
    width = 1.959963984540054 * math.sqrt(p * (1 - p) / n) / (p * abs(math.log(p)))
    assert onward.at(30)[1:] == pytest.approx((p ** math.exp(width), p ** math.exp(-width)), rel=1e-6)


def test_it_agrees_with_another_program_on_shares_and_variances():
    lifelines: Any = import_module("lifelines")
    chance = random.Random(4)
    days = chance.sample(range(1, 4000), 300)
    causes = [chance.choice((0, 1, 1, 2, 3)) for _ in days]
    ours = cumulative_incidence(
        Time(day, None if cause == 0 else str(cause)) for day, cause in zip(days, causes, strict=True)
    )
    for cause in (1, 2, 3):
        fitter = lifelines.AalenJohansenFitter(calculate_variance=True)
        fitter.fit(days, causes, event_of_interest=cause)
        theirs = fitter.cumulative_density_.iloc[:, 0]
        variance = fitter.variance_
        bounds = fitter.confidence_interval_
        mine = ours[str(cause)]
        for day in (200, 1000, 2500, 3900):
            at = theirs.index.asof(day)
            share, low, high = mine.at(day)
            assert share == pytest.approx(theirs[at], abs=1e-9)
            assert (low, high) == pytest.approx(tuple(bounds.loc[at]), abs=1e-6), variance.loc[at]


def test_that_all_left_is_no_more_certain_than_it_was_before_the_last_did():
    onward = cumulative_incidence(Time(day, "onward") for day in range(1, 13))["onward"]
    (_, before, _), (share, low, high) = onward.at(11), onward.at(12)
    assert share == pytest.approx(1)
    assert (low, high) == (before, 1)
    assert 0.5 < low < 0.9
    at_once = cumulative_incidence([Time(3, "onward")] * 12)["onward"]
    # All of twelve: (1 - p) as of none of twelve.
    assert at_once.at(3) == pytest.approx((1, 0.025 ** (1 / 12), 1))
    # 0.1 and the like do not add up to one to the last digit.
    thirds = cumulative_incidence([Time(day, "onward") for day in (1, 2, 3)] * 7)["onward"]
    assert thirds.at(3)[1] == thirds.at(2)[1] > 0


@pytest.mark.parametrize(("watched", "most"), [(1, 0.975), (10, 0.3085), (205, 0.0178), (0, 1.0)])
def test_none_seen_is_bounded_as_the_exact_binomial_interval_has_it(watched, most):
    assert most_of_none(watched) == pytest.approx(most, abs=0.0001)


times = st.lists(
    st.builds(Time, st.integers(1, 40).map(float), st.sampled_from((None, "onward", "back", "died"))), max_size=60
)


@given(times)
def test_shares_grow_stay_within_their_interval_and_never_pass_one_together(them):
    ways = cumulative_incidence(them)
    for way in ways.values():
        assert list(way.share) == sorted(way.share)
        for share, low, high in zip(way.share, way.low, way.high, strict=True):
            assert -1e-12 <= low <= share + 1e-12
            assert share - 1e-12 <= high <= 1 + 1e-12
        assert list(way.at_risk) == sorted(way.at_risk, reverse=True)
    if ways:
        assert sum(way.share[-1] for way in ways.values()) <= 1 + 1e-9


@given(times)
def test_one_minus_kaplan_meier_never_says_less(them):
    ways = cumulative_incidence(them)
    if "onward" in ways:
        _, overstated = one_minus_kaplan_meier(them, "onward")
        for said, true in zip(overstated, ways["onward"].share, strict=True):
            assert said >= true - 1e-9


def test_those_met_later_count_only_from_then_on():
    ways = cumulative_incidence([Time(10, "onward"), Time(20, "onward"), Time(20, None, entered=12)])
    assert ways["onward"].at_risk == (2, 2)
    assert ways["onward"].share == pytest.approx((1 / 2, 1 / 2 + 1 / 2 * 1 / 2))


def test_nobody_gives_nothing():
    assert cumulative_incidence([]) == {}
