"""The small chart of a goal, a measure or readiness over time."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mhtracker.figures.course_chart import Course, Point, draw_course, natural_height

DAY = date(2026, 7, 14)
POINTS = [Point(date(2026, 1, 1), 3, "a"), Point(date(2026, 6, 1), 7, "b"), Point(date(2026, 9, 1), 9, "c")]


def test_the_description_tells_every_value_up_to_the_day_and_none_after() -> None:
    picture = draw_course(Course("Swim", POINTS, 0, 10, "goal_score"), DAY, width=300)
    assert picture.description == (
        "Swim, from 0 to 10, higher is better, up to 14 Jul 2026: 3 on 1 Jan 2026, 7 on 1 Jun 2026."
    )
    assert [(mark.kind, mark.record_id) for mark in picture.marks] == [("goal_score", "a"), ("goal_score", "b")]


def test_a_higher_value_stands_higher_and_a_later_one_further_right() -> None:
    first, second = draw_course(Course("Swim", POINTS, 0, 10), DAY, width=300).marks
    assert first.y < second.y
    assert first.x < second.x


def test_nothing_yet_is_said_in_words() -> None:
    picture = draw_course(Course("Swim", [], 0, 10), DAY, width=300)
    assert picture.description.endswith("nothing yet.")
    assert picture.marks == ()


@given(
    st.lists(st.tuples(st.integers(0, 4000), st.floats(14, 70)), max_size=12),
    st.sampled_from([120.0, 260.0, 560.0]),
    st.sampled_from([6.0, 8.25, 22.0]),
)
def test_every_point_stays_inside_the_picture(taken: list[tuple[int, float]], width: float, size: float) -> None:
    points = [Point(DAY - timedelta(days=days), value) for days, value in sorted(taken, reverse=True)]
    picture = draw_course(Course("Scale", points, 14, 70), DAY, width=width, text_size=size)
    assert picture.height >= natural_height(size)
    for mark in picture.marks:
        assert 0 <= mark.x + mark.w / 2 <= picture.width
        assert 0 <= mark.y + mark.h / 2 <= picture.height
