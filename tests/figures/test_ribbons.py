"""Ribbons are as thick as they have people, and each can be pointed at; curves hold between the days they change on."""

from __future__ import annotations

from itertools import pairwise

import pytest

from mhtracker.domain.pathway import DEFAULT_STAGES
from mhtracker.figures.incidence_chart import Curve, IncidenceFacts, draw_incidence
from mhtracker.figures.ribbons import KIND, FlowFacts, RibbonFacts, draw_ribbons

STAGES = {stage.id: stage for stage in DEFAULT_STAGES}
ENDS = {"new": "New", "left": "Left", "died": "Died"}
SOME = (
    RibbonFacts("new", "hospital", 5),
    RibbonFacts("residential", "residential", 90),
    RibbonFacts("residential", "supported", 30),
    RibbonFacts("supported", "residential", 2),
    RibbonFacts("supported", "left", 3),
)


def drawn(*ribbons: RibbonFacts, width: float = 520, height: float = 300):
    facts = FlowFacts(ribbons, STAGES, ENDS, "1 Apr 2026", "14 Jul 2026")
    return draw_ribbons(facts, width=width, height=height)


def test_each_ribbon_can_be_pointed_at_and_says_whom_it_has():
    marks = {mark.record_id: mark for mark in drawn(*SOME).marks}
    assert set(marks) == {f"{each.from_key}>{each.to_key}" for each in SOME}
    assert {mark.kind for mark in marks.values()} == {KIND}
    assert marks["residential>supported"].words == "Residential to supported living: 30 people"
    assert marks["residential>residential"].words == "Residential throughout: 90 people"


def test_a_ribbon_of_three_times_the_people_is_three_times_as_thick():
    marks = {mark.record_id: mark for mark in drawn(*SOME).marks}
    assert marks["residential>residential"].h == pytest.approx(3 * marks["residential>supported"].h)


def test_marks_of_one_side_do_not_lie_over_each_other():
    marks = sorted(drawn(*SOME).marks, key=lambda mark: mark.y)
    big = [mark for mark in marks if mark.h > 6]
    for below, above in pairwise(big):
        assert below.y + below.h <= above.y + 0.5


@pytest.mark.parametrize(("width", "height"), [(320, 160), (520, 300), (1200, 500)])
def test_everything_stands_inside_the_picture_at_any_size(width, height):
    picture = drawn(*SOME, width=width, height=height)
    for mark in picture.marks:
        assert mark.x >= 0
        assert mark.x + mark.w <= width
        assert mark.y >= 0
        assert mark.y + mark.h <= height


def test_nobody_moving_is_told_as_that():
    assert drawn(RibbonFacts("residential", "residential", 4)).description.endswith("4 where they were. ")
    assert drawn().marks == ()


def an_incidence(*curves: Curve):
    facts = IncidenceFacts(curves, 1826, [(365, 90), (1826, 20)], "Residential")
    return draw_incidence(facts, width=480, height=240)


def test_a_curve_says_its_share_and_interval_and_who_was_watched():
    onward = Curve("Moved on", [(200, 0.1, 0.05, 0.2), (900, 0.4, 0.3, 0.5), (4000, 0.9, 0.8, 1.0)], main=True)
    picture = an_incidence(onward, Curve("Died", [(100, 0.02, 0.0, 0.05)]))
    first, last = picture.marks
    assert first.words == "After 1 year: Moved on 10% (5 to 20), Died 2% (0 to 5); 90 still watched"
    assert last.words.startswith("After 5 years: Moved on 40% (30 to 50)")
    assert picture.description.endswith("Moved on 40% (30 to 50), Died 2% (0 to 5).")


def test_a_stage_soon_over_is_marked_by_days_and_a_way_nobody_took_yet_has_no_band():
    facts = IncidenceFacts([Curve("Moved on", [(20, 0.1, 0.05, 0.2)], main=True)], 60, [(14, 9), (28, 7)], "Hospital")
    first, last = draw_incidence(facts, width=480, height=240).marks
    assert first.words == "After 14 days: Moved on none yet; 9 still watched"
    assert last.words == "After 28 days: Moved on 10% (5 to 20); 7 still watched"


def test_no_curve_draws_an_empty_frame():
    assert an_incidence().description == "Residential, 5 years after coming: ."
