"""The trajectory: what happened, the plan and the forecast, each where its numbers are, and the same in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from reportlab.graphics.shapes import Circle, Line, Path, String

from mhtracker.figures.palette import CONTRAST, DARK, PAPER, colour
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


def test_the_old_pace_is_a_dotted_line_named_at_its_end_and_its_words_keep_clear_of_others():
    old = [(date(2025, 4, 1), 0.0), (date(2026, 10, 1), 11.0), (date(2028, 3, 31), 20.6)]
    facts = replace(FACTS, old_pace=old)
    for palette in (PAPER, DARK, CONTRAST):
        drawing = draw_trajectory(facts, palette, width=460, height=180).drawing
        dashed = [
            each for each in drawing.contents if isinstance(each, Path) and getattr(each, "strokeDashArray", None)
        ]
        (dotted,) = [each for each in dashed if each.strokeColor == colour(palette.text2)]
        # In one go: at every corner its dots would else begin anew.
        assert len(dotted.points) == 2 * len(old)
        name = next(each for each in drawing.contents if isinstance(each, String) and each.text == "Old pace 21")
        assert name.fillColor == colour(palette.text2)
        assert abs(name.y - dotted.points[-1]) < 8, "beside its end"
    assert "At the pace of the year before it would be 21." in draw_trajectory(facts, width=460, height=180).description
    assert not any("Old pace" in word for word in words_of(FACTS))
    # It may lead further than the plan: then the axis reaches as far.
    beyond = replace(facts, old_pace=[(date(2025, 4, 1), 0.0), (date(2028, 3, 31), 130.0)])
    assert "200" in words_of(beyond)
    left, bottom, right, top = draw_trajectory(beyond, width=460, height=180).drawing.getBounds()
    assert (left >= 0, bottom >= 0, right <= 461, top <= 181) == (True, True, True, True)


def test_near_the_end_what_has_moved_is_said_at_the_left_and_on_no_line():
    first, now, end = date(2023, 7, 20), date(2026, 7, 14), date(2026, 8, 1)
    facts = Trajectory(160, 54, now, [(first, 0), (date(2025, 1, 31), 40), (now, 64)], [(first, 0), (end, 54)],
                       [(end, 65, 64, 67)], old_pace=[(first, 0), (date(2025, 1, 31), 26), (end, 49)])  # fmt: skip
    drawing = draw_trajectory(facts, width=760, height=340, text_size=12).drawing
    said = {each.text: each for each in drawing.contents if isinstance(each, String)}
    words, end_of_axis = said["64 moved on"], min(said[name].x for name in ("Plan 54", "Old pace 49", "Forecast 65"))
    left, bottom, right, top = words.getBounds()
    assert right < end_of_axis
    foot, head, begins = said["0"].y + 12 * 0.35, said["80"].y + 12 * 0.35, said["0"].getBounds()[2] + 12 * 0.6
    for points in (facts.plan, facts.old_pace):
        for (day, n), (later, more) in pairwise(points):
            for part in (each / 100 for each in range(101)):
                at = (day + (later - day) * part - first) / (end - first)
                x = begins + (end_of_axis - 12 * 0.7 - begins) * at
                y = foot + (head - foot) * (n + (more - n) * part) / 80
                assert not (left < x < right and bottom < y < top), "on a line"


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


def test_what_has_happened_stands_on_the_line_of_today_and_the_forecasts_dashes_run_on():
    contents = draw_trajectory(FACTS, width=460, height=180).drawing.contents
    today = next(place for place, each in enumerate(contents) if isinstance(each, Line)
                 and each.strokeColor == colour(PAPER.today))  # fmt: skip
    last = next(place for place, each in enumerate(contents) if isinstance(each, Circle))
    assert today < last
    forecast = next(each for each in contents if isinstance(each, Path) and each.strokeDashArray)
    assert len(forecast.points) == 2 * (1 + len(FACTS.forecast))
