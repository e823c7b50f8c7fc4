"""The forecast: its middle where the rates are known, its band as wide as it says, and its refusals."""

from __future__ import annotations

import math
import random
from datetime import date
from pathlib import Path

import pytest

from mhtracker.analysis.forecast import MONTH, Waiting, forecast
from mhtracker.analysis.hazards import Band, Hazards, seen
from mhtracker.domain.counting.spells import Exit, Spell
from tests.analysis.invented_lives import Rates, as_seen, lives, moved_on_within_5_years

FROM, NOW, THEN = date(2021, 7, 14), date(2024, 7, 14), date(2026, 7, 14)
NEVER_BACK = Band(0, None, 10**9, {})


def known(onward: int, others: int = 0, watched: int = 10**7) -> Hazards:
    return Hazards("residential", FROM, NOW, 500, (Band(0, None, watched, {Exit.ONWARD: onward, Exit.DIED: others}),))


def test_with_rates_all_but_certain_the_middle_is_the_closed_form():
    onward, died = 1e-3, 5e-4
    hazards = known(int(onward * 1e9), int(died * 1e9), 10**9)
    found = forecast([Waiting(0)] * 2000, 0, 2000, hazards, NEVER_BACK, 24, seed=1)
    assert found is not None
    for month in found.months:
        all_left = 1 - math.exp(-(onward + died) * MONTH * month.months)
        assert month.middle == pytest.approx(2000 * all_left * onward / (onward + died), rel=0.02)
    assert found.last.low < found.last.middle < found.last.high


def test_those_who_moved_may_come_back_and_are_then_not_counted():
    back = Band(0, None, 10**6, {Exit.BACK: 1000})
    found = forecast([], 1000, 1000, known(1000), back, 12, seed=1)
    assert found is not None
    assert found.last.middle == pytest.approx(1000 * math.exp(-1e-3 * MONTH * 12), rel=0.05)


def test_a_scenario_of_a_higher_rate_moves_more_people_and_says_so():
    usual, higher = (
        forecast([Waiting(100)] * 200, 10, 210, known(5000), NEVER_BACK, 24, seed=3, factor=factor)
        for factor in (1.0, 1.5)
    )
    assert usual is not None
    assert higher is not None
    assert higher.last.low > usual.last.middle
    assert "1.50 times" in higher.words()
    assert "times as high" not in usual.words()


def test_people_whose_rate_differs_are_counted_at_their_own():
    slow = forecast([Waiting(100, 0.1)] * 200, 0, 200, known(5000), NEVER_BACK, 24, seed=3)
    usual = forecast([Waiting(100)] * 200, 0, 200, known(5000), NEVER_BACK, 24, seed=3)
    assert slow is not None
    assert usual is not None
    assert slow.last.high < usual.last.low / 2


def test_under_ten_moves_nothing_is_forecast():
    assert forecast([Waiting(0)] * 50, 0, 50, known(9), NEVER_BACK, 12, seed=1) is None
    assert forecast([Waiting(0)] * 50, 0, 50, known(10), NEVER_BACK, 12, seed=1) is not None


def test_the_same_seed_gives_the_same_forecast():
    one, again = (forecast([Waiting(50)] * 30, 2, 32, known(40), NEVER_BACK, 6, seed=9) for _ in range(2))
    assert one == again


def test_time_and_exits_are_counted_between_the_dates_only():
    spells = [
        Spell("a", "residential", date(2024, 1, 1), date(2024, 1, 31), Exit.ONWARD, "supported"),
        Spell("b", "residential", date(2023, 12, 1), date(2024, 3, 1), Exit.DIED),
        Spell("c", "residential", date(2024, 1, 20)),
        Spell("d", "residential", date(2023, 1, 1), date(2023, 6, 1), Exit.ONWARD, "supported"),
        Spell("e", "supported", date(2024, 1, 1)),
    ]
    found = seen(spells, frozenset({"residential"}), date(2024, 1, 1), date(2024, 1, 31))
    assert found.people == 3
    assert sum(band.watched_days for band in found.bands) == 30 + 30 + 11
    assert found.exits == 1
    assert Exit.DIED not in {way for band in found.bands for way in band.left}


def test_bands_are_joined_until_each_holds_ten_moves():
    chance = random.Random(2)
    spells = [spell for life in lives(chance, 400, Rates(), NOW) for spell in life]
    found = seen(spells, frozenset({"residential"}), FROM, NOW)
    assert len(found.bands) > 1
    assert all(band.left[Exit.ONWARD] >= 10 for band in found.bands)
    assert found.bands[0].from_days == 0
    assert found.bands[-1].to_days is None
    for one, other in zip(found.bands, found.bands[1:], strict=False):
        assert one.to_days == other.from_days


def held(seed: int) -> bool:
    """Whether a forecast made of one invented register holds what then happened."""
    chance = random.Random(seed)
    them = lives(chance, 160, Rates(), THEN)
    before = [as_seen(life, NOW) for life in them]
    spells = [spell for life in before for spell in life]
    cohort = [(life, late) for life, late in zip(before, them, strict=True) if life and life[-1].ended_on is None
              and life[-1].stage_id == "residential"]  # fmt: skip
    waiting = [Waiting(life[-1].days(NOW)) for life, _ in cohort]
    after = seen(spells, frozenset({"supported"}), FROM, NOW)
    returned = sum(1 for s in spells if s.stage_id == "supported" and s.exit == Exit.BACK)
    returns = Band(0, None, sum(band.watched_days for band in after.bands), {Exit.BACK: returned})
    found = forecast(
        waiting, 0, len(cohort), seen(spells, frozenset({"residential"}), FROM, NOW), returns, 24, seed=seed
    )
    assert found is not None
    truth = sum(1 for _, late in cohort if late[-1].ended_on is None and late[-1].stage_id == "supported")
    return found.last.low <= truth <= found.last.high


def test_the_band_holds_what_happens_in_85_to_95_of_100_registers():
    """With these seeds a band of 70 in a hundred holds 47 of the 60, and one of 98 holds all."""
    held_by = sum(held(seed) for seed in range(60))
    assert 51 <= held_by <= 57


def test_the_page_on_forecasts_says_what_its_estimate_and_the_plain_one_give_of_the_same_people():
    told = " ".join((Path(__file__).parents[2] / "docs" / "forecast.md").read_text("utf-8").split())
    true, said = moved_on_within_5_years()
    assert said > true
    for share in (true, said):
        assert f"{share:.1f}%" in told
