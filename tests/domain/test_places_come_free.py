"""Who came while a service was full has a place there once somebody leaves."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from mhtracker.domain.places.units import PlaceState, places_on
from mhtracker.domain.places.voids import place_days
from mhtracker.domain.records import Hold, Service, Unit
from tests.domain.test_places import COUNTED, DAY, stay


def test_who_came_while_every_place_was_taken_has_one_once_somebody_leaves():
    crowded = [stay(n, 90) for n in (1, 2)] + [stay(3, 90, 10), stay(4, 30)]
    found = places_on(COUNTED, [], crowded, [], DAY)
    assert (found.count.total, found.count.taken, len(found.over)) == (3, 3, 0)
    before = places_on(COUNTED, [], crowded, [], DAY - timedelta(days=20))
    assert len(before.over) == 1, "while there were four for three places, one was too many"


@given(st.lists(st.tuples(st.integers(0, 200), st.none() | st.integers(-50, 199)), max_size=12))
def test_nobody_is_over_while_a_counted_place_is_free(spans):
    stays = [stay(n, start, end if end is None or end < start else None) for n, (start, end) in enumerate(spans)]
    found = places_on(COUNTED, [], stays, [], DAY)
    free = sum(place.state == PlaceState.FREE for place in found.places)
    assert not (free and found.over)


def test_the_place_got_late_is_empty_since_its_last_person_left_and_no_day_before():
    crowded = [stay(n, 90) for n in (1, 2)] + [stay(3, 90, 20), stay(4, 30, 5)]
    found = places_on(COUNTED, [], crowded, [], DAY)
    free = next(place for place in found.places if place.state == PlaceState.FREE)
    assert free.free_since == DAY - timedelta(days=5)
    days = place_days(COUNTED, [], crowded, [], DAY - timedelta(days=29), DAY)
    assert (days.open, days.void) == (90, 6), "three places over thirty days; one empty on the last six"


def test_who_came_first_while_all_was_taken_gets_the_first_place_that_is_left():
    crowded = [stay(n, 90) for n in (1, 2)] + [stay(3, 90, 20), stay(4, 30), stay(5, 25)]
    found = places_on(COUNTED, [], crowded, [], DAY)
    assert [each.person_id for each in found.over] == ["p5"]


def test_nobody_is_put_into_a_place_held_for_somebody_else_while_another_is_free():
    units = [Unit(f"u{n}", "s", f"Flat {n}") for n in (1, 2)]
    kept = [Hold("h", "s", DAY - timedelta(days=9), "u1", "p9")]
    service = Service("s", "Canal View")
    moved = places_on(service, units, [stay(1, 2)], kept, DAY)
    assert [(place.name, str(place.state)) for place in moved.places] == [("Flat 2", "taken"), ("Flat 1", "held")]
    own = places_on(service, units, [stay(9, 2)], kept, DAY)
    assert [(place.name, str(place.state)) for place in own.places] == [("Flat 1", "taken"), ("Flat 2", "free")]


def test_a_hold_of_a_place_counts_though_somebody_of_no_recorded_place_was_put_there():
    units = [Unit(f"u{n}", "s", f"Flat {n}") for n in (1, 2)]
    service = Service("s", "Canal View")
    repairs = [Hold("h", "s", DAY - timedelta(days=9), "u1", reason_code="repairs")]
    found = places_on(service, units, [stay(1, 90)], repairs, DAY)
    assert [(place.name, str(place.state)) for place in found.places] == [("Flat 2", "taken"), ("Flat 1", "out_of_use")]
    days = place_days(service, units, [stay(1, 90)], repairs, DAY - timedelta(days=9), DAY)
    assert (days.lived, days.out, days.void) == (10, 10, 0)


def test_a_flat_that_closes_lodges_nobody_who_stays_longer():
    units = [Unit("u1", "s", "Flat 1", closed_on=DAY - timedelta(days=9)), Unit("u2", "s", "Flat 2")]
    found = places_on(Service("s", "Canal View"), units, [stay(1, 90)], [], DAY)
    assert [(place.name, str(place.state)) for place in found.places] == [("Flat 2", "taken")]
    assert not found.over


def test_days_kept_for_who_then_moves_in_are_no_days_to_let():
    kept = [Hold("h", "s", DAY - timedelta(days=20), None, "p2", ended_on=DAY - timedelta(days=5))]
    one = Service("s", "Mill Street", capacity=1)
    days = place_days(one, [], [stay(1, 90, 30), stay(2, 5), stay(3, 25, 25)], kept, DAY - timedelta(days=40), DAY)
    assert days.relets == (10,), "of twenty-five empty days fifteen were kept, and a stay of no day let nothing"
    assert (days.void, days.held) == (10, 15)
