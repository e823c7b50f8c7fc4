"""Lengths of stay: current stays count as at least their days."""

import random
from importlib import import_module
from typing import Any

from mhtracker.domain.counting.stay_lengths import StayLengths, stay_lengths


def test_completed_stays_alone_have_their_plain_quartiles():
    assert stay_lengths((day, True) for day in (10, 20, 30, 40)) == StayLengths(4, 4, 10, 20, 30)


def test_a_current_stay_is_longer_than_its_days_say():
    assert stay_lengths([(10, True), (15, False), (30, True), (40, False)]) == StayLengths(4, 2, 10, 30, None)


def test_nobody_and_nobody_gone():
    assert stay_lengths([]) == StayLengths(0, 0, None, None, None)
    assert stay_lengths([(5, False), (9, False)]) == StayLengths(2, 0, None, None, None)


def test_nothing_is_said_of_under_ten_stays_that_ended():
    nine = [(day, True) for day in range(10, 100, 10)] + [(200, False)]
    assert stay_lengths(nine).quartiles == (None, None, None)
    assert stay_lengths([*nine, (100, True)]).quartiles == (30, 60, 90)


def test_it_agrees_with_another_program():
    lifelines: Any = import_module("lifelines")
    chance = random.Random(7)
    stays = [(chance.randrange(1, 900), chance.random() < 0.7) for _ in range(400)]
    fitter = lifelines.KaplanMeierFitter().fit([d for d, _ in stays], [e for _, e in stays])
    found = stay_lengths(stays)
    quantiles = (found.lower_quartile_days, found.median_days, found.upper_quartile_days)
    for value, staying in zip(quantiles, (0.75, 0.5, 0.25), strict=True):
        curve = fitter.survival_function_["KM_estimate"]
        assert value == curve.index[curve <= staying + 1e-12][0]
