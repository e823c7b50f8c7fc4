"""Programmes: what was planned by a day, and what may not be set up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mhtracker.domain.counting.programmes import (
    aim_people,
    aim_percent,
    check_programme,
    course_words,
    expected_percent,
    month_ends,
    people_of,
    planned_people,
)
from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import Programme

TODAY = date(2026, 7, 14)
HALF = Programme("p", "Half", date(2025, 4, 1), date(2028, 4, 1), "residential nursing", 50.0)


def check(programme: Programme, cohort: int = 180, others: tuple[Programme, ...] = ()) -> None:
    check_programme(programme, others, ("residential", "nursing", "supported"), cohort, TODAY)


def test_a_straight_plan_runs_from_nothing_to_the_aim():
    assert expected_percent(HALF, 180, date(2025, 1, 1)) == 0
    assert expected_percent(HALF, 180, date(2025, 4, 1)) == 0
    assert expected_percent(HALF, 180, date(2026, 10, 1)) == pytest.approx(25, abs=0.1)
    assert expected_percent(HALF, 180, date(2028, 4, 1)) == expected_percent(HALF, 180, date(2030, 1, 1)) == 50


def test_a_staged_plan_runs_from_step_to_step():
    staged = replace(HALF, plan="2027-04-01:30 2026-04-01:10")
    assert expected_percent(staged, 180, date(2026, 4, 1)) == 10
    assert expected_percent(staged, 180, date(2025, 10, 1)) == pytest.approx(5, abs=0.1)
    assert expected_percent(staged, 180, date(2027, 4, 1)) == 30
    assert expected_percent(staged, 180, date(2027, 10, 1)) == pytest.approx(40, abs=0.1)


def test_a_plan_and_its_aim_are_rounded_alike_halves_up():
    assert planned_people(HALF, 129, HALF.aim_on) == aim_people(HALF, 129) == 65
    assert [people_of(28.7, 500), people_of(50.0, 129), people_of(50.0, 131), people_of(33.0, 10)] == [144, 65, 66, 3]
    quarter = date(2026, 10, 1)
    assert planned_people(HALF, 130, quarter) == people_of(expected_percent(HALF, 130, quarter), 130) == 33
    assert planned_people(HALF, 130, HALF.baseline_on) == 0


def test_on_its_day_the_plan_is_the_aim_that_was_written_and_never_more_before():
    forty = replace(HALF, aim_percent=None, aim_people=801)
    assert planned_people(forty, 2000, HALF.aim_on) == 801
    assert planned_people(forty, 2000, date(2028, 3, 31)) <= 801


def test_where_it_stands_is_said_in_words_and_never_as_a_negative_number():
    assert [course_words(moved, 20) for moved in (18, 20, 23)] == ["2 behind plan", "on plan", "3 ahead of plan"]


def test_half_a_person_cannot_move_so_the_aim_rounds_up():
    assert aim_people(replace(HALF, aim_percent=1.0), 10) == 1
    assert aim_people(HALF, 180) == 90
    assert aim_people(HALF, 179) == 90
    assert aim_people(replace(HALF, aim_percent=None, aim_people=40), 180) == 40
    assert aim_percent(replace(HALF, aim_percent=None, aim_people=40), 180) == 22.2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "  "}, "name"),
        ({"stage_ids": ""}, "stage_ids"),
        ({"stage_ids": "residential elsewhere"}, "stage_ids"),
        ({"baseline_on": date(2026, 7, 15), "aim_on": date(2028, 4, 1)}, "baseline_on"),
        ({"aim_on": date(2025, 4, 1)}, "aim_on"),
        ({"aim_percent": None}, "aim_percent"),
        ({"aim_people": 3}, "aim_percent"),
        ({"aim_percent": 0.0}, "aim_percent"),
        ({"aim_percent": 101.0}, "aim_percent"),
        ({"aim_percent": None, "aim_people": 181}, "aim_people"),
        ({"plan": "2026:10"}, "plan"),
        ({"plan": "2026-04-01:20 2027-04-01:10"}, "plan"),
        ({"plan": "2026-04-01:60"}, "plan"),
        ({"plan": "2029-04-01:20"}, "plan"),
    ],
)
def test_what_cannot_be_a_programme_is_refused_at_its_field(change, field):
    with pytest.raises(Invalid) as refused:
        check(replace(HALF, **change))
    assert field in refused.value.problems


def test_an_empty_baseline_and_a_name_in_use_are_refused_and_a_small_one_said():
    with pytest.raises(Invalid, match="Nobody"):
        check(HALF, cohort=0)
    with pytest.raises(Invalid, match="Write 1 or more"):
        check(replace(HALF, aim_percent=None, aim_people=0), cohort=0)
    other = replace(HALF, id="o", name="HALF")
    with pytest.raises(Invalid, match="already"):
        check(HALF, others=(other,))
    check(HALF, others=(replace(other, ended_on=TODAY),))
    (caution,) = check_programme(HALF, (), ("residential", "nursing"), 9, TODAY)
    assert "ten" in caution.words


def test_month_ends():
    assert month_ends(date(2025, 11, 30), date(2026, 3, 10)) == [
        date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 10),
    ]  # fmt: skip
    assert month_ends(date(2026, 1, 5), date(2026, 1, 31)) == [date(2026, 1, 31)]
