"""Places on a day and over time: what is taken, left, held, out of use and free, and the days between."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mhtracker.domain.pathway import holds_on
from mhtracker.domain.places.seating import hold_runs, seats_of, unit_open, unit_order
from mhtracker.domain.places.units import PlaceState, places_on
from mhtracker.domain.places.voids import place_days
from mhtracker.domain.records import Hold, Placement, Service, Unit

DAY = date(2026, 7, 14)
COUNTED = Service("s", "Mill Street", capacity=3)
LISTED = Service("s", "Canal View", capacity=99)
UNITS = [Unit(f"u{n}", "s", f"Flat {n}") for n in (1, 2, 10)]


def stay(number: int, start: int, end: int | None = None, unit: str | None = None) -> Placement:
    """A stay by days before the day asked."""
    ended = DAY - timedelta(days=end) if end is not None else None
    return Placement(f"s{number}", f"p{number}", "supported", DAY - timedelta(days=start), ended, "s", unit_id=unit)


def hold(person: str | None = None, *, unit: str | None = None, until: int | None = None, **more: object) -> Hold:
    until_on = DAY + timedelta(days=until) if until is not None else None
    return Hold("h", "s", DAY - timedelta(days=5), unit, person, until_on, **more)  # type: ignore[arg-type]


def states(found: object) -> list[str]:
    return [str(place.state) for place in found.places]  # type: ignore[attr-defined]


def test_units_count_where_they_are_listed_and_the_capacity_where_not():
    assert places_on(LISTED, UNITS, [], [], DAY).count.total == 3
    assert places_on(COUNTED, [], [], [], DAY).count.total == 3
    assert places_on(Service("s", "Own tenancy"), [], [stay(1, 9)], [], DAY).places == ()


def test_flats_stand_in_the_order_people_count_them():
    turned = [UNITS[2], UNITS[0], UNITS[1]]
    assert [unit.name for unit in sorted(turned, key=unit_order)] == ["Flat 1", "Flat 2", "Flat 10"]


def test_a_free_place_says_since_when():
    found = places_on(LISTED, UNITS, [stay(1, 90, 9, "u2"), stay(2, 90, None, "u1")], [], DAY)
    assert states(found) == ["taken", "free", "free"]
    two = next(place for place in found.places if place.name == "Flat 2")
    assert (two.free_since, two.empty_days(DAY), two.free_from) == (DAY - timedelta(days=9), 9, DAY)
    assert found.next_free() == two


def test_the_day_somebody_leaves_the_place_is_free():
    found = places_on(LISTED, UNITS, [stay(1, 90, 0, "u1")], [], DAY)
    assert found.count.free == 3
    assert places_on(LISTED, UNITS, [stay(1, 90, 0, "u1")], [], DAY - timedelta(days=1)).count.taken == 1


def test_somebody_expected_to_leave_soon_leaves_a_place_and_nobody_further_off():
    found = places_on(LISTED, UNITS, [stay(1, 90, None, "u1")], [], DAY, leaving={"p1": DAY + timedelta(days=20)})
    assert states(found) == ["leaving", "free", "free"]
    assert found.places[0].free_from == DAY + timedelta(days=20)
    far = places_on(LISTED, UNITS, [stay(1, 90, None, "u1")], [], DAY, leaving={"p1": DAY + timedelta(days=90)})
    passed = places_on(LISTED, UNITS, [stay(1, 90, None, "u1")], [], DAY, leaving={"p1": DAY - timedelta(days=1)})
    assert states(far) == states(passed) == ["taken", "free", "free"]


def test_a_hold_keeps_its_own_unit_through_its_last_day():
    kept = hold("p9", unit="u2", until=3)
    found = places_on(LISTED, UNITS, [], [kept], DAY + timedelta(days=3))
    held = next(place for place in found.places if place.state == PlaceState.HELD)
    assert (held.name, held.person_id, held.free_from) == ("Flat 2", "p9", DAY + timedelta(days=4))
    assert places_on(LISTED, UNITS, [], [kept], DAY + timedelta(days=4)).count.held == 0


def test_a_hold_of_any_place_keeps_one_and_one_for_repairs_takes_it_out_of_use():
    count = places_on(COUNTED, [], [stay(1, 9)], [hold("p9"), hold(reason_code="repairs")], DAY).count
    assert (count.taken, count.held, count.out, count.free) == (1, 1, 1, 0)
    assert (count.in_use_percent, count.occupancy_percent) == (100, 50)


def test_a_place_out_of_use_is_not_one_that_could_be_in_use():
    step_house = Service("s", "Step House", capacity=7)
    count = places_on(step_house, [], [stay(n, 9) for n in range(6)], [hold(reason_code="repairs")], DAY).count
    assert (count.total, count.out, count.in_use_percent, count.occupancy_percent) == (7, 1, 100, 100)
    all_out = places_on(Service("s", "Shut", capacity=1), [], [], [hold(reason_code="repairs")], DAY).count
    assert (all_out.total, all_out.in_use_percent) == (1, None)


def test_a_place_kept_for_somebody_in_hospital_is_taken_once():
    found = places_on(COUNTED, [], [stay(1, 9)], [hold("p1", reason_code="hospital")], DAY, away={"p1"})
    assert (found.count.taken, found.count.held, found.count.free) == (1, 0, 2)
    assert found.places[0].away


def test_a_place_lived_in_and_held_for_the_next_stays_lived_in():
    found = places_on(LISTED, UNITS, [stay(1, 9, None, "u1")], [hold("p9", unit="u1")], DAY)
    assert states(found) == ["taken", "free", "free"]
    assert found.places[0].hold is not None


def test_a_full_house_is_100_percent_and_one_place_short_never_is():
    big = Service("s", "Beech Lodge", capacity=300)
    assert places_on(big, [], [stay(n, 9) for n in range(300)], [], DAY).count.in_use_percent == 100
    assert places_on(big, [], [stay(n, 9) for n in range(299)], [], DAY).count.in_use_percent == 99


def test_people_for_whom_there_is_no_place_are_counted_and_not_lost():
    count = places_on(COUNTED, [], [stay(n, 9) for n in range(5)], [], DAY).count
    assert (count.taken, count.over) == (3, 2)
    two = places_on(LISTED, UNITS, [stay(1, 9, None, "u1"), stay(2, 8, None, "u1")], [], DAY)
    assert (two.count.taken, two.count.over, two.count.free) == (1, 1, 2)


def test_a_unit_that_opens_later_is_coming_and_one_closed_is_gone():
    opening, closed = Unit("n", "s", "Flat 11", opened_on=DAY + timedelta(days=6)), Unit("x", "s", "Old", closed_on=DAY)
    found = places_on(LISTED, [*UNITS, opening, closed], [], [], DAY)
    assert (found.count.total, [place.name for place in found.coming]) == (3, ["Flat 11"])
    assert places_on(Service("s", "Shut", capacity=3, closed_on=DAY), [], [], [], DAY).places == ()


def test_void_days_turnaround_and_held_days_stand_apart():
    stays = [stay(1, 90, 30, "u1"), stay(2, 20, None, "u1"), stay(3, 90, 10, "u2"), stay(4, 90, None, "u10")]
    days = place_days(LISTED, UNITS, stays, [hold("p9", unit="u2", until=0)], DAY - timedelta(days=29), DAY)
    assert days.open == 90
    assert days.turnaround == 9  # one left the day before the first counted day; the next moved in ten days later
    assert (days.held, days.void, days.relets) == (6, 9 + 5, (10,))
    assert days.lived + days.held + days.out + days.void == days.open


def test_days_out_of_use_are_neither_lived_in_nor_empty_nor_part_of_the_whole():
    repairs = Hold("h", "s", DAY - timedelta(days=9), "u2", until_on=DAY, reason_code="repairs")
    days = place_days(LISTED, UNITS, [stay(1, 90, None, "u1")], [repairs], DAY - timedelta(days=9), DAY)
    assert (days.open, days.out, days.usable, days.lived, days.void) == (30, 10, 20, 10, 10)
    assert (days.occupancy_percent, days.void_percent) == (50.0, 50.0)
    shut = place_days(LISTED, UNITS[1:2], [], [repairs], DAY - timedelta(days=9), DAY)
    assert (shut.usable, shut.occupancy_percent, shut.void_percent) == (0, None, None)


def test_days_before_a_unit_opens_are_not_open_days():
    new = [Unit("u1", "s", "Flat 1", opened_on=DAY - timedelta(days=4))]
    days = place_days(LISTED, new, [], [], DAY - timedelta(days=9), DAY)
    assert (days.open, days.void, days.turnaround, days.occupancy_percent) == (5, 5, 0, 0.0)
    assert place_days(Service("s", "Own"), [], [], [], DAY, DAY).occupancy_percent is None


@st.composite
def houses(draw: st.DrawFn) -> tuple[Service, list[Unit], list[Placement], list[Hold]]:
    number = draw(st.integers(0, 4))
    closed = st.none() | st.integers(0, 40).map(lambda days: DAY - timedelta(days=days))
    names = range(number) if draw(st.booleans()) else ()
    units = [Unit(f"u{n}", "s", f"Flat {n}", closed_on=draw(closed)) for n in names]
    service = Service("s", "House", capacity=number)
    unit_ids = st.sampled_from([None, *(unit.id for unit in units)])
    stays = []
    for n in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, 60))
        stays.append(stay(n, start, draw(st.none() | st.integers(0, start)), draw(unit_ids)))
    holds = [
        Hold(f"h{n}", "s", DAY - timedelta(days=draw(st.integers(0, 40))), draw(unit_ids),
             draw(st.sampled_from([None, "p1", "p9"])), reason_code=draw(st.sampled_from(["offer", "repairs"])))
        for n in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    return service, units, stays, holds


@given(houses())
def test_nobody_who_lives_there_is_lost_and_nobody_counted_twice(house):
    service, units, stays, holds = house
    count = places_on(service, units, stays, holds, DAY).count
    living = [each for each in stays if holds_on(each, DAY)]
    assert count.lived_in + count.over == len(living)
    assert count.total == (sum(unit_open(unit, DAY) for unit in units) if units else service.capacity)
    assert count.held + count.out <= sum(hold_runs(each, DAY) for each in holds)


@given(houses())
def test_every_stay_is_seated_once_or_left_over(house):
    service, units, stays, _ = house
    seats, left_over = seats_of(service, units, stays)
    assert sorted([s.id for seat in seats for s in seat.stays] + [s.id for s in left_over]) == sorted(
        s.id for s in stays
    )


@given(houses())
def test_the_days_of_a_period_are_the_days_of_its_days(house):
    service, units, stays, holds = house
    first = DAY - timedelta(days=20)
    days = place_days(service, units, stays, holds, first, DAY)
    counts = [places_on(service, units, stays, holds, first + timedelta(days=n)).count for n in range(21)]
    assert days.open == sum(count.total for count in counts)
    assert days.lived == sum(count.lived_in for count in counts)
    assert (days.held, days.out, days.void) == tuple(
        sum(each) for each in zip(*((count.held, count.out, count.free) for count in counts), strict=True)
    )
    assert days.lived + days.held + days.out + days.void == days.open
    assert days.turnaround <= days.void
