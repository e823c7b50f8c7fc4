"""Measures by name: an office adds what it is licensed for, and nothing is built in."""

from dataclasses import replace
from datetime import date

import pytest

from mhtracker.domain.progress import measure_courses
from mhtracker.domain.records import MeasureScore, MeasureTool
from mhtracker.operations import measures
from mhtracker.store.queries.person import build_case_summary
from tests.operations.conftest import TODAY
from tests.operations.test_notes_and_statuses import refused


@pytest.fixture
def tool(case):
    licence = "Licence 12 of the makers, until 2028"
    return measures.save_tool(case.store, MeasureTool("", "Wellbeing scale", 14, 70, licence=licence, repeat_months=6))


def test_a_new_register_offers_no_measure(case):
    assert case.store.find(MeasureTool) == []


def test_totals_outside_the_range_are_refused_in_words(case, tool):
    words = refused(measures.record_measure, case.store, case.id, tool_id=tool.id, total=75)["total"]
    assert "run from 14 to 70" in words
    assert "75" in words
    for day, total in ((date(2026, 1, 1), 14), (date(2026, 2, 1), 70), (date(2026, 3, 1), 41.5)):
        assert measures.record_measure(case.store, case.id, tool_id=tool.id, total=total, taken_on=day).total == total


@pytest.mark.parametrize(
    ("better", "totals", "said"),
    [(True, (40, 47), True), (True, (47, 40), False), (False, (47, 40), True), (True, (40, 40), None)],
)
def test_whether_a_change_is_for_the_better_depends_on_the_measure(case, tool, better, totals, said):
    tool = measures.save_tool(case.store, replace(tool, higher_is_better=better))
    for total, day in zip(totals, (date(2026, 1, 5), date(2026, 7, 5)), strict=True):
        measures.record_measure(case.store, case.id, tool_id=tool.id, total=total, taken_on=day)
    around = build_case_summary(case.store, case.id, TODAY).around
    (course,) = measure_courses(around.measures, around.tools)
    assert (course.better, course.change) == (said, totals[1] - totals[0])
    assert course.due_on == date(2027, 1, 5)


def test_a_retired_measure_keeps_its_totals_and_takes_no_more(case, tool):
    measures.record_measure(case.store, case.id, tool_id=tool.id, total=40, taken_on=date(2026, 1, 5))
    measures.retire_tool(case.store, tool.id)
    assert set(refused(measures.record_measure, case.store, case.id, tool_id=tool.id, total=41)) == {"tool_id"}
    around = build_case_summary(case.store, case.id, TODAY).around
    (course,) = measure_courses(around.measures, around.tools)
    assert (course.latest.total, course.due_on) == (40, None)
    case.store.undo()
    assert measures.record_measure(case.store, case.id, tool_id=tool.id, total=41).total == 41


def test_a_range_has_to_hold_what_is_recorded(case, tool):
    measures.record_measure(case.store, case.id, tool_id=tool.id, total=60)
    words = refused(measures.save_tool, case.store, replace(tool, highest=50))
    assert "60" in words["highest"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "wellbeing SCALE"}, "name"),
        ({"name": "Other", "highest": 14}, "highest"),
        ({"name": "Other", "repeat_months": 0}, "repeat_months"),
    ],
)
def test_a_measure_that_cannot_be_is_refused(case, tool, change, field):
    assert set(refused(measures.save_tool, case.store, replace(tool, id="", version=0, **change))) == {field}


def test_a_measure_without_a_word_on_its_licence_is_warned_of(case):
    preview = measures.preview_tool(case.store, MeasureTool("", "Scale", 0, 10))
    assert [caution.field for caution in preview.cautions] == ["licence"]


def test_one_total_a_day_and_none_ahead_or_before_birth(case, tool):
    kept = measures.record_measure(case.store, case.id, tool_id=tool.id, total=40)
    form = {"tool_id": tool.id, "total": 41}
    assert "already, 40" in refused(measures.record_measure, case.store, case.id, **form)["taken_on"]
    for day in (date(2026, 7, 15), date(1970, 1, 1)):
        assert set(refused(measures.record_measure, case.store, case.id, **form, taken_on=day)) == {"taken_on"}
    assert measures.correct_measure(case.store, kept.id, base=kept, total=44).total == 44
    assert "total" in refused(measures.correct_measure, case.store, kept.id, total=7)
    measures.remove_measure(case.store, kept.id, reason="Of somebody else")
    assert case.store.find(MeasureScore) == []
    case.store.undo()
    assert case.store.find(MeasureScore)[0].total == 44
