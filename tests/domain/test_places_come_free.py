"""Who came while a service was full has a place there once somebody leaves."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from mhtracker.domain.places.units import PlaceState, places_on
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
