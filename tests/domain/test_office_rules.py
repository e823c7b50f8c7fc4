"""What may be recorded of the office itself."""

from dataclasses import replace
from datetime import date

import pytest

from mhtracker.domain import office_rules
from mhtracker.domain.errors import Invalid
from mhtracker.domain.lists.code_lists import CODE_LISTS
from mhtracker.domain.pathway import DEFAULT_STAGES
from mhtracker.domain.records import CodeItem, Service, Stage, Worker
from mhtracker.domain.reviewing.due import ReviewRules


def refused(check, *args):
    with pytest.raises(Invalid) as caught:
        check(*args)
    return set(caught.value.problems)


def test_a_service_has_a_name_of_its_own():
    assert refused(office_rules.check_named, Service("1", " "), [], "service") == {"name"}
    known = Service("2", "Beech Lodge")
    assert refused(office_rules.check_named, Service("1", "BEECH  lodge"), [known], "service") == {"name"}
    assert office_rules.check_named(known, [known], "service") == ()
    assert office_rules.check_named(Worker("1", "Ewa Fikcyjna"), [Worker("2", "Ewa Nowa")], "worker") == ()


def test_the_default_stages_pass_their_own_rules():
    for stage in DEFAULT_STAGES:
        assert office_rules.check_stage(stage, DEFAULT_STAGES) == ()


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"id": "Two words"}, {"id"}),
        ({"label": ""}, {"label"}),
        ({"label": "hospital"}, {"label"}),
        ({"letter": "24"}, {"letter"}),
        ({"letter": ""}, {"letter"}),
        ({"level": 10}, {"level"}),
        ({"limit_days": 0}, {"limit_days"}),
    ],
)
def test_a_stage_is_told_apart_from_the_others(change, fields):
    stage = replace(Stage("supported_24", "24-hour supported", "T", "supported", 45), **change)
    assert refused(office_rules.check_stage, stage, DEFAULT_STAGES) == fields


def test_a_shared_letter_is_said():
    stage = Stage("supported_24", "24-hour supported", "S", "supported", 45)
    assert [caution.field for caution in office_rules.check_stage(stage, DEFAULT_STAGES)] == ["letter"]


def test_code_lists_pass_their_own_rules():
    for items in CODE_LISTS.values():
        for item in items:
            assert office_rules.check_code(item, items) == ()


def test_a_code_has_words_and_an_order_of_dates():
    item = CodeItem("end_reason/new", "end_reason", "new", "New", 1, date(2026, 1, 2), date(2026, 1, 1))
    assert refused(office_rules.check_code, item, []) == {"valid_to"}
    assert refused(office_rules.check_code, replace(item, code="a/b", label="", valid_to=None), []) == {"code", "label"}


def test_review_rules_keep_to_sensible_spans_and_say_what_the_guidance_expects():
    assert office_rules.check_review_rules(ReviewRules()) == ()
    assert refused(office_rules.check_review_rules, ReviewRules(first_days=0, repeat_months=61)) == {
        "first_days",
        "repeat_months",
    }
    cautions = office_rules.check_review_rules(ReviewRules(first_days=84, repeat_months=18))
    assert [caution.field for caution in cautions] == ["first_days", "repeat_months"]
