"""Days proposed for reviews hold to every limit that can be held to."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mhtracker.domain.dates import is_working_day, week_start
from mhtracker.domain.reviewing.proposing import WORKING_WEEK, Proposal, Taken, Wanted, propose_days

MONDAY = date(2026, 7, 13)


@st.composite
def asked(draw: st.DrawFn) -> dict[str, object]:
    days = st.integers(-20, 40).map(lambda n: MONDAY + timedelta(days=n))
    workers = st.sampled_from(["ann", "bob"])
    wanted = [Wanted(str(n), draw(workers), draw(st.none() | days)) for n in range(draw(st.integers(0, 14)))]
    taken = [
        Taken(draw(workers), draw(days), draw(st.sampled_from(["", "10:00", "14:00"])))
        for _ in range(draw(st.integers(0, 6)))
    ]
    return {
        "wanted": wanted,
        "first": MONDAY,
        "last": MONDAY + timedelta(days=draw(st.integers(0, 30))),
        "a_day": draw(st.integers(1, 4)),
        "weekdays": frozenset(draw(st.sets(st.integers(0, 4), min_size=1))),
        "taken": taken,
    }


def proposed(what: dict[str, object]) -> Proposal:
    return propose_days(what["wanted"], **{name: value for name, value in what.items() if name != "wanted"})  # type: ignore[arg-type]


def most_in_time(what, worker: str) -> int:
    """How many of a worker's could be held in time: earliest limit first, each on the first day with room."""
    room: Counter[date] = Counter()
    day = what["first"]
    while day <= what["last"]:
        if is_working_day(day) and day.weekday() in what["weekdays"]:
            there = sum(each.worker_id == worker and each.day == day for each in what["taken"])
            room[day] = max(0, what["a_day"] - there)
        day += timedelta(days=1)
    met = 0
    for each in sorted((w for w in what["wanted"] if w.worker_id == worker), key=lambda w: w.limit_on or date.max):
        fit = next((d for d in sorted(room) if room[d] and d <= (each.limit_on or date.max)), None)
        if fit is not None:
            room[fit] -= 1
            met += 1
    return met


@given(asked())
def test_nobody_misses_a_limit_that_could_be_met(what):
    found, by_key = proposed(what), {each.key: each for each in what["wanted"]}
    for slot in found.slots:
        limit_on = by_key[slot.key].limit_on
        assert slot.late == (limit_on is not None and slot.day > limit_on)
    for worker in ("ann", "bob"):
        in_time = [s for s in found.slots if not s.late and by_key[s.key].worker_id == worker]
        assert len(in_time) == most_in_time(what, worker)


@given(asked())
def test_everyone_is_told_of_once_and_only_on_chosen_working_days_with_room(what):
    found, by_key = proposed(what), {each.key: each for each in what["wanted"]}
    told = [slot.key for slot in found.slots] + list(found.left)
    assert sorted(told) == sorted(by_key)
    days = Counter((by_key[s.key].worker_id, s.day) for s in found.slots)
    for each in what["taken"]:
        if (each.worker_id, each.day) in days:
            days[each.worker_id, each.day] += 1
    assert all(number <= what["a_day"] for number in days.values())
    for slot in found.slots:
        assert is_working_day(slot.day)
        assert slot.day.weekday() in what["weekdays"]
        assert what["first"] <= slot.day <= what["last"]


@given(asked())
def test_a_worker_is_never_in_two_places_at_one_time(what):
    found, by_key = proposed(what), {each.key: each for each in what["wanted"]}
    at = [(by_key[s.key].worker_id, s.day, s.time) for s in found.slots]
    at += {(each.worker_id, each.day, each.time) for each in what["taken"] if each.time}
    assert len(at) == len(set(at))


def test_what_is_late_already_goes_first_where_nobody_else_misses_a_limit_by_it():
    late, soon = Wanted("late", "ann", MONDAY - timedelta(days=30)), Wanted("soon", "ann", MONDAY)
    both = propose_days([soon, late], first=MONDAY, last=MONDAY + timedelta(days=4), a_day=1)
    assert [(s.key, s.day, s.late) for s in both.slots] == [
        ("soon", MONDAY, False),
        ("late", MONDAY + timedelta(days=1), True),
    ]
    roomy = propose_days([Wanted("soon", "ann", MONDAY + timedelta(days=1)), late], first=MONDAY, last=MONDAY, a_day=1)
    assert [s.key for s in roomy.slots] + list(roomy.left) == ["soon", "late"]


def test_weeks_are_filled_evenly():
    many = [Wanted(str(n), "ann", date(2026, 12, 1)) for n in range(8)]
    found = propose_days(many, first=MONDAY, last=MONDAY + timedelta(days=25), a_day=3)
    assert set(Counter(week_start(s.day) for s in found.slots).values()) == {2}


def test_a_bank_holiday_of_england_is_no_day_for_a_review():
    bank_holiday = date(2026, 8, 31)
    found = propose_days([Wanted("a", "ann", None)], first=bank_holiday, last=bank_holiday, a_day=2)
    assert found == Proposal((), ("a",))
    assert bank_holiday.weekday() in WORKING_WEEK
