"""Back and forward behave as people know them from browsers."""

from __future__ import annotations

from mhtracker.ui.navigation import KEPT, History, Place


def visited(*pages: str) -> History:
    history = History()
    for page in pages:
        history.go(Place.of(page))
    return history


def test_back_and_forward_retrace_the_same_places() -> None:
    history = visited("today", "caseload", "pathway")
    assert history.back() == Place.of("caseload")
    assert history.back() == Place.of("today")
    assert not history.can_back
    assert history.back() is None
    assert history.forward() == Place.of("caseload")
    assert history.can_forward


def test_going_somewhere_new_forgets_what_lay_forward() -> None:
    history = visited("today", "caseload", "pathway")
    history.back()
    history.go(Place.of("packs"))
    assert not history.can_forward
    assert history.back() == Place.of("caseload")


def test_a_persons_tabs_are_places_of_their_own() -> None:
    history = visited("caseload")
    history.go(Place.of("person", person_id="p1", tab=None))
    history.go(Place.of("person", person_id="p1", tab="reviews"))
    back = history.back()
    assert back is not None
    assert (back.arg("person_id"), back.arg("tab")) == ("p1", None)


def test_visiting_the_place_where_one_is_adds_nothing() -> None:
    history = visited("today", "today")
    assert not history.can_back


def test_a_place_remembers_how_it_looked() -> None:
    history = visited("caseload")
    history.keep({"row": 12})
    history.go(Place.of("person", person_id="p1"))
    back = history.back()
    assert back is not None
    assert back.state == {"row": 12}


def test_a_long_day_keeps_the_last_hundred_places() -> None:
    history = visited(*(f"page {number}" for number in range(KEPT + 20)))
    steps = 0
    while history.back() is not None:
        steps += 1
    assert steps == KEPT - 1


def test_nothing_is_left_of_a_register_that_was_closed() -> None:
    history = visited("today", "caseload")
    history.clear()
    assert history.current is None
    assert not history.can_back
