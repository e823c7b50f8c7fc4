from __future__ import annotations

from datetime import date

import pytest
from reportlab.graphics.shapes import Rect

from mhtracker.domain.pathway import DEFAULT_STAGES
from mhtracker.figures.steps import draw_people_steps, draw_steps
from mhtracker.figures.tiny_strip import in_drawing_order, tiny_axis, tiny_strip

AS_AT = date(2026, 7, 14)


def test_a_step_is_as_wide_as_its_part_of_the_people() -> None:
    picture = draw_people_steps({"residential": 30, "supported": 10}, DEFAULT_STAGES, width=400, height=70)
    wide, narrow = [shape.width for shape in picture.drawing.contents if isinstance(shape, Rect)]
    assert wide / narrow == pytest.approx(3)
    assert picture.description == "Residential: 30 people, Supported living: 10 people"


def test_nobody_anywhere_still_makes_a_picture() -> None:
    assert draw_people_steps({}, DEFAULT_STAGES, width=400, height=70).description == "Nobody is in a stage"


def test_the_mark_rises() -> None:
    heights = [
        s.height for s in draw_steps(DEFAULT_STAGES, width=200, height=100).drawing.contents if isinstance(s, Rect)
    ]
    assert heights == sorted(heights)
    assert len(heights) == 5


def test_rows_share_one_time_axis() -> None:
    early = tiny_strip("residential:2015-01-01:2024-07-14;supported:2024-07-14:", AS_AT, date(2026, 9, 30))
    late = tiny_strip("supported:2024-07-14:", AS_AT, None)
    assert early.spans[1] == late.spans[0]
    assert early.spans[0].earlier
    assert not late.spans[0].earlier
    assert late.spans[0].right == late.today == early.today
    assert early.target is not None
    assert early.target > early.today
    assert late.target is None


def test_what_ended_before_the_axis_is_left_out() -> None:
    assert tiny_strip("hospital:2001-01-01:2002-01-01", AS_AT, None).spans == ()
    assert tiny_strip("", AS_AT, None).spans == ()
    assert tiny_axis(AS_AT).x(AS_AT) < 1


def test_taller_bars_are_drawn_first() -> None:
    spans = tiny_strip("hospital:2024-01-01:2024-02-01;residential:2022-01-01:", AS_AT, None).spans
    order = in_drawing_order(spans, {"hospital": 0.38, "residential": 0.5})
    assert [span.stage_id for span in order] == ["residential", "hospital"]
