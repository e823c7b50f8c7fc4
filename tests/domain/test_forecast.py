"""The forecast of a move: how it comes about, and when there is none."""

from datetime import date, timedelta

from mhtracker.domain.forecast import BARRIERS, NOTHING, PLANS, Experience, forecast_move
from mhtracker.domain.records import Barrier

AS_AT = date(2026, 7, 14)
ORIGINAL, CURRENT = date(2026, 8, 1), date(2026, 9, 1)
SLIPS = tuple(range(0, 110, 10))


def forecast(slips=(), lengths=None, barriers=(), original=ORIGINAL, current=CURRENT, as_at=AS_AT):
    experience = Experience({"independent": slips}, lengths or {})
    return forecast_move("independent", original, current, barriers, experience, as_at)


def test_it_is_the_first_date_put_later_as_earlier_plans_were():
    found = forecast(SLIPS)
    assert (found.basis, found.past, found.middle_days) == (PLANS, 11, 50)
    assert found.on == ORIGINAL + timedelta(days=50)
    assert (found.low, found.high) == (CURRENT, ORIGINAL + timedelta(days=80))


def test_a_date_already_put_later_by_more_than_most_stays():
    late = ORIGINAL + timedelta(days=200)
    found = forecast(SLIPS, current=late)
    assert (found.low, found.on, found.high) == (late, late, late)


def test_nine_earlier_plans_are_too_few():
    assert forecast(SLIPS[:9]) == NOTHING


def test_without_plans_open_barriers_are_taken_to_last_as_long_as_others_did():
    barrier = Barrier("b", "p", "15", date(2026, 6, 1))
    lengths = {"15": tuple(range(100, 200, 10)), "arrears": (5,) * 9}
    found = forecast(lengths=lengths, barriers=[barrier, Barrier("a", "p", "arrears", date(2026, 6, 1))])
    assert (found.basis, found.code, found.past) == (BARRIERS, "15", 10)
    assert found.on == date(2026, 6, 1) + timedelta(days=found.middle_days)
    assert found.low < found.on < found.high


def test_plans_are_asked_before_barriers():
    barrier = Barrier("b", "p", "15", date(2026, 6, 1))
    assert forecast(SLIPS, {"15": (900,) * 12}, [barrier]).basis == PLANS


def test_a_day_that_has_passed_foretells_nothing():
    assert forecast(SLIPS, as_at=date(2026, 12, 1)) == NOTHING


def test_a_plan_without_a_date_has_none():
    assert forecast(SLIPS, original=None, current=None) == NOTHING
