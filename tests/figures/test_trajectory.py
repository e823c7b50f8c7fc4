"""The trajectory: what happened, the plan and the forecast, each where its numbers are, and the same in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from reportlab.graphics.shapes import String

from mhtracker.figures.trajectory import Trajectory, _round_up, draw_trajectory

FACTS = Trajectory(
    cohort=180,
    aim=90,
    today=date(2026, 7, 14),
    moved=[(date(2025, 4, 1), 0), (date(2026, 3, 31), 20), (date(2026, 7, 14), 31)],
    plan=[(date(2025, 4, 1), 0), (date(2028, 3, 31), 90)],
    forecast=[(date(2027, 3, 31), 50, 42, 60), (date(2028, 3, 31), 74, 62, 86)],
)


def words_of(facts: Trajectory) -> list[str]:
    drawing = draw_trajectory(facts, width=460, height=180).drawing
    return [shape.text for shape in drawing.contents if isinstance(shape, String)]


def test_it_names_its_lines_at_their_ends_and_says_the_same_in_words():
    words = words_of(FACTS)
    assert {"Plan 90", "Forecast 74", "likely 62 to 86", "31 moved on", "Today"} <= set(words)
    picture = draw_trajectory(FACTS, width=460, height=180)
    assert picture.description == (
        "31 of 180 have moved on by 14 Jul 2026. The plan is 90 by 31 Mar 2028. "
        "Forecast: 74 by 31 Mar 2028, likely 62 to 86."
    )
    assert [mark.words for mark in picture.marks] == [
        "1 Apr 2025: 0 people moved on", "31 Mar 2026: 20 people moved on", "14 Jul 2026: 31 people moved on",
    ]  # fmt: skip


def test_without_a_forecast_none_is_drawn_or_told():
    bare = replace(FACTS, forecast=())
    assert not any("Forecast" in word or "likely" in word for word in words_of(bare))
    assert "Forecast" not in draw_trajectory(bare, width=460, height=180).description


def test_nothing_stands_outside_the_drawing_at_any_size():
    for width, height, size in ((320, 140, 8.25), (460, 180, 8.25), (900, 300, 16)):
        picture = draw_trajectory(FACTS, width=width, height=height, text_size=size)
        left, bottom, right, top = picture.drawing.getBounds()
        assert left >= 0
        assert bottom >= 0
        assert right <= width + 1
        assert top <= height + 1


@pytest.mark.parametrize(
    ("people", "top"), [(1, 4), (5, 8), (9, 20), (21, 40), (57, 60), (90, 100), (101, 120), (4001, 6000)]
)
def test_the_axis_ends_at_four_times_a_plain_figure(people, top):
    assert _round_up(people) == top


def test_a_programme_that_began_today_is_drawn():
    day = date(2026, 7, 14)
    begun = Trajectory(10, 5, day, [(day, 0)], [(day, 0), (date(2027, 7, 14), 5)])
    assert "0 moved on" in words_of(begun)
