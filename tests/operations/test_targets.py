"""Move-on plans and how their dates change."""

from datetime import date

import pytest

from mhtracker.domain.errors import Conflict, Invalid
from mhtracker.domain.records import MoveOnPlan, Target
from mhtracker.operations import people, targets
from mhtracker.store.queries.person import build_case_summary
from mhtracker.text import slip_words
from tests.operations.conftest import TODAY


def refused(function, *args, **kwargs):
    with pytest.raises(Invalid) as caught:
        function(*args, **kwargs)
    return caught.value.problems


def test_every_change_of_a_target_is_kept_with_its_reason(case):
    targets.change_target(
        case.store, case.plan_id, target_on=date(2026, 9, 30), reason_code="housing", reason="No offer"
    )
    move_on = build_case_summary(case.store, case.id, TODAY).move_on
    assert move_on.original.target_on == date(2026, 7, 13)
    assert move_on.current.target_on == date(2026, 9, 30)
    assert [(slip.target_on, slip.reason_code, slip.set_by) for slip in move_on.slips] == [
        (date(2026, 7, 20), "no_vacancy", "Ewa Fikcyjna"),
        (date(2026, 9, 30), "housing", "Ewa Fikcyjna"),
    ]
    assert slip_words(move_on) == "Slipped 11 weeks in 2 changes"
    assert case.store.next_undo().label == "Change target"
    assert case.store.next_undo().reason == "No offer"


def test_changing_a_target_twice_in_a_day_keeps_the_order(case):
    for day in (date(2026, 9, 30), date(2026, 8, 31)):
        targets.change_target(case.store, case.plan_id, target_on=day, reason_code="housing")
    assert build_case_summary(case.store, case.id, TODAY).move_on.current.target_on == date(2026, 8, 31)


def test_a_change_needs_a_reason_and_a_new_day_ahead(case):
    change = targets.change_target
    assert set(refused(change, case.store, case.plan_id, target_on=date(2026, 9, 30))) == {"reason_code"}
    for day in (date(2026, 7, 20), date(2026, 7, 1)):
        assert set(refused(change, case.store, case.plan_id, target_on=day, reason_code="housing")) == {"target_on"}
    assert set(refused(change, case.store, case.plan_id, target_on=date(2026, 9, 30), reason_code="cloud")) == {
        "reason_code"
    }
    assert len(case.store.find(Target)) == 2


def test_the_preview_says_how_far_it_slips(case):
    preview = targets.preview_target(case.store, case.plan_id, target_on=date(2026, 9, 13), reason_code="housing")
    assert preview.problems == {}
    assert [consequence.words for consequence in preview.consequences] == [
        "2 months after the original target, 13 Jul 2026, in 2 changes"
    ]
    assert set(targets.preview_target(case.store, case.plan_id, target_on=None).problems) == {"target_on"}
    assert set(targets.preview_target(case.store, case.plan_id, target_on=date(2026, 9, 13)).problems) == {
        "reason_code"
    }


def test_a_person_has_one_plan_at_a_time(case):
    assert set(refused(targets.start_plan, case.store, case.id, aim_stage_id="independent")) == {""}
    targets.end_plan(case.store, case.plan_id, reason_code="changed")
    plan = targets.start_plan(case.store, case.id, aim_stage_id="independent")
    assert case.store.find(MoveOnPlan, ended_on=None) == [plan]


def test_a_plan_without_a_target_gets_its_first_without_a_reason(store):
    person = people.add_person(store, surname="Wzór")
    plan = targets.start_plan(store, person.id, aim_stage_id=None, aim="My own door")
    assert store.find(Target) == []
    target = targets.change_target(store, plan.id, target_on=date(2027, 1, 1))
    assert (target.position, target.reason_code, store.next_undo().label) == (0, None, "Set target")


def test_a_plan_needs_an_aim_and_has_begun(store):
    person = people.add_person(store, surname="Wzór")
    assert set(refused(targets.start_plan, store, person.id, aim_stage_id="")) == {"aim_stage_id"}
    start = {"aim_stage_id": "supported", "started_on": date(2026, 7, 15)}
    assert set(refused(targets.start_plan, store, person.id, **start)) == {"started_on"}


def test_a_plan_s_preview_says_when_the_aim_is_no_step_on(case):
    targets.end_plan(case.store, case.plan_id, reason_code="changed")
    preview = targets.preview_plan(
        case.store, case.id, aim_stage_id="residential", target_on=date(2026, 1, 1), started_on=date(2026, 5, 1)
    )
    assert {caution.field for caution in preview.cautions} == {"aim_stage_id", "target_on"}


def test_an_aim_may_change_while_the_dates_stay(case):
    seen = case.store.get(MoveOnPlan, case.plan_id)
    targets.edit_plan(case.store, case.plan_id, base=seen, aim_stage_id="independent", aim="Near my brother")
    assert len(case.store.find(Target)) == 2
    with pytest.raises(Conflict):
        targets.edit_plan(case.store, case.plan_id, base=seen, aim_stage_id="visiting")


def test_a_plan_ends_once_with_a_reason_and_changes_no_more(case):
    assert set(refused(targets.end_plan, case.store, case.plan_id, reason_code="")) == {"end_reason"}
    late, early = date(2026, 7, 15), date(2026, 4, 1)
    assert set(refused(targets.end_plan, case.store, case.plan_id, reason_code="given_up", ended_on=late)) == {
        "ended_on"
    }
    assert set(refused(targets.end_plan, case.store, case.plan_id, reason_code="given_up", ended_on=early)) == {
        "ended_on"
    }
    ended = targets.end_plan(case.store, case.plan_id, reason_code="given_up")
    assert (ended.ended_on, ended.end_reason) == (TODAY, "given_up")
    assert set(refused(targets.end_plan, case.store, case.plan_id, reason_code="met")) == {""}
    again = {"target_on": date(2027, 1, 1), "reason_code": "housing"}
    assert set(refused(targets.change_target, case.store, case.plan_id, **again)) == {""}


def test_a_reason_that_cannot_be_kept_is_refused_beside_its_field(case):
    change = {"target_on": date(2026, 9, 30), "reason": "half \ud800"}
    assert set(refused(targets.change_target, case.store, case.plan_id, **change)) == {"reason"}
