"""Delayed days: by reason without counting a day twice, and in all."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mhtracker.domain.counting.delays import delayed_days
from mhtracker.domain.records import Barrier

DAY0 = date(2026, 1, 1)


def day(number):
    return DAY0 + timedelta(days=number)


def barrier(code, start, end=None):
    return Barrier(f"{code}{start}{end}", "p", code, day(start), None if end is None else day(end))


def test_each_reason_counts_its_days_and_the_total_counts_a_day_once():
    held = [barrier("15", 0, 10), barrier("arrears", 5, 20), barrier("15", 30)]
    delays = delayed_days(held, day(0), day(40))
    assert delays.by_reason == {"15": 20, "arrears": 15}
    assert delays.total == 30


def test_two_records_of_one_reason_never_count_a_day_twice():
    assert delayed_days([barrier("15", 0, 10), barrier("15", 5, 12)], day(0), day(40)).by_reason == {"15": 12}


def test_only_the_days_between_the_two_dates_count():
    held = [barrier("15", 0, 100), barrier("arrears", 0, 10), barrier("benefits", 20)]
    assert delayed_days(held, day(10), day(20)).by_reason == {"15": 10}
    assert delayed_days(held, day(10), day(10)).total == 0


def test_a_barrier_that_ended_on_its_first_day_held_nothing_up():
    assert delayed_days([barrier("15", 3, 3)], day(0), day(40)).by_reason == {}


spans = st.builds(
    lambda code, start, length: barrier(code, start, None if length is None else start + length),
    st.sampled_from("abc"),
    st.integers(0, 60),
    st.none() | st.integers(0, 30),
)


@given(st.lists(spans, max_size=8), st.integers(0, 70), st.integers(0, 70))
def test_it_agrees_with_counting_day_by_day(held, first, length):
    last = first + length
    days = {
        code: {
            n
            for n in range(first, last)
            for each in held
            if each.code == code and each.started_on <= day(n) and (each.ended_on is None or day(n) < each.ended_on)
        }
        for code in "abc"
    }
    delays = delayed_days(held, day(first), day(last))
    assert delays.by_reason == {code: len(found) for code, found in days.items() if found}
    assert delays.total == len(set().union(*days.values()))
    assert list(delays.by_reason.values()) == sorted(delays.by_reason.values(), reverse=True)


@given(st.lists(spans, max_size=8), st.integers(0, 60), st.integers(0, 60))
def test_two_halves_of_a_period_add_up_to_the_whole(held, middle, rest):
    whole = delayed_days(held, day(0), day(middle + rest))
    parts = [delayed_days(held, day(0), day(middle)), delayed_days(held, day(middle), day(middle + rest))]
    assert whole.total == sum(part.total for part in parts)
    for code in "abc":
        assert whole.by_reason.get(code, 0) == sum(part.by_reason.get(code, 0) for part in parts)
