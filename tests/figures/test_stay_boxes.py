"""Boxes of how long people stay: each stage has its mark, and what is drawn is said in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from reportlab.graphics.shapes import Polygon, Rect, String

from mhtracker import text
from mhtracker.domain.pathway import DEFAULT_STAGES
from mhtracker.figures.stay_boxes import Box, draw_boxes
from mhtracker.figures.trajectory import Trajectory, draw_trajectory

STAGES = {stage.id: stage for stage in DEFAULT_STAGES}
HOSPITAL = Box(replace(STAGES["hospital"], limit_days=None), (10, 21, 41, 60, 120), 40)
RESIDENTIAL = Box(replace(STAGES["residential"], limit_days=730), (200, 400, 800, None, None), 90)
EMPTY = Box(STAGES["supported"], (None,) * 5, 3)


def test_each_stage_is_told_in_words_and_pressed_by_its_own_mark():
    picture = draw_boxes([HOSPITAL, RESIDENTIAL, EMPTY], width=300)
    assert [mark.record_id for mark in picture.marks] == ["hospital", "residential", "supported"]
    assert "40 stays: half had left after 5 weeks, the middle half after 3 weeks to 8 weeks" in picture.description
    assert "a quarter after 1 year 1 month, longest usual stay 2 years" in picture.description
    assert "3 stays: too few have left to say how long" in picture.description


def test_everything_stands_inside_and_longer_stands_further_right():
    picture = draw_boxes([HOSPITAL, RESIDENTIAL], width=300)
    boxes = [shape for shape in picture.drawing.contents if isinstance(shape, Rect)]
    assert all(shape.x >= 0 and shape.x + shape.width <= picture.width for shape in boxes)
    words = {shape.text: shape for shape in picture.drawing.contents if isinstance(shape, String)}
    assert words["2 years 2 months"].x > words["5 weeks"].x


@pytest.mark.parametrize("days", [46, 64, 634, 800])
def test_the_median_over_a_box_is_told_as_every_other_length_of_stay(days):
    box = Box(STAGES["supported"], (5, 10, days, days + 100, days + 900), 46)
    picture = draw_boxes([box], width=300)
    assert text.format_duration(days) in [s.text for s in picture.drawing.contents if isinstance(s, String)]
    assert f"half had left after {text.format_duration(days)}," in picture.description


def test_a_box_whose_end_is_not_known_yet_points_beyond_the_edge():
    def points_of(box: Box) -> list[list[float]]:
        return [each.points for each in draw_boxes([box], width=300).drawing.contents if isinstance(each, Polygon)]

    flag = 1
    (pointed,) = [points for points in points_of(RESIDENTIAL) if len(points) == 10]
    assert max(pointed[::2]) == pytest.approx(300 - 8.25 * 1.4)
    assert len(points_of(RESIDENTIAL)) == 1 + flag
    assert points_of(HOSPITAL) == []
    # Where three in four have left and one in twenty has not, the line points on.
    long = replace(RESIDENTIAL, days=(200, 400, 800, 1200, None))
    assert [len(points) for points in points_of(long)] == [6, 6]


def test_what_would_happen_if_is_a_line_with_a_name_of_its_own():
    facts = Trajectory(
        cohort=100, aim=50, today=date(2026, 7, 14), moved=[(date(2025, 4, 1), 0), (date(2026, 7, 14), 10)],
        plan=[(date(2025, 4, 1), 0), (date(2028, 3, 31), 50)],
    )  # fmt: skip
    supposed = replace(facts, supposed=[(date(2028, 3, 31), 70.0)], supposed_name="If 60 a year")
    assert "If 60 a year: 70." in draw_trajectory(supposed, width=460, height=180).description
    assert "If 60" not in draw_trajectory(facts, width=460, height=180).description


def test_the_number_moved_on_stands_clear_of_the_plan():
    facts = Trajectory(
        cohort=100, aim=50, today=date(2026, 7, 14), moved=[(date(2025, 4, 1), 0), (date(2026, 7, 14), 40)],
        plan=[(date(2025, 4, 1), 0), (date(2028, 3, 31), 50)],
    )  # fmt: skip
    drawn = draw_trajectory(facts, width=460, height=200)
    label = next(s for s in drawn.drawing.contents if isinstance(s, String) and s.text == "40 moved on")
    # Ahead of plan by much: the words stand beside what happened, not down at the plan's line.
    assert label.y > 200 * 0.4
