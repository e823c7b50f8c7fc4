"""Ready-made plans of dated steps, and the checks that a home of one's own lasts."""

from datetime import date, timedelta
from typing import Any

import pytest

from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import Action, Placement, StepTemplate
from mhtracker.operations import actions, moves, people, step_plans
from tests.operations.conftest import TODAY

Form = dict[str, Any]

MOVE = date(2026, 9, 1)
LEFT: dict[str, Any] = {"planned": True, "reason_code": "ready"}


def steps(case, phase=None):
    found = case.store.find(Action, order_by=("due_on",), person_id=case.id)
    return [each for each in found if each.phase and phase in (None, each.phase)]


def moved(case, stage, on=TODAY, **more):
    return moves.record_move(case.store, case.id, stage_id=stage, left_on=on, started_on=on, **LEFT | more)


def refused(function, *args, **kwargs):
    with pytest.raises(Invalid) as caught:
        function(*args, **kwargs)
    return caught.value.problems


def test_steps_stand_by_their_days_around_the_move_and_are_made_in_one_step(case):
    made = step_plans.make_steps(case.store, case.id, move_on=MOVE, worker_id=case.worker.id)
    assert len(made) == 14
    assert (made[0].due_on, made[-1].due_on) == (date(2026, 7, 21), date(2026, 10, 13))
    assert {each.phase for each in made} == {"in_reach", "enablement"}
    assert {(each.plan_id, each.worker_id, each.set_on) for each in made} == {(case.plan_id, case.worker.id, TODAY)}
    assert case.store.next_undo().label == "Plan 14 steps around the move"
    case.store.undo()
    assert steps(case) == []


def test_days_that_have_passed_are_left_out_and_a_plan_is_not_made_twice(case):
    made = step_plans.make_steps(case.store, case.id, move_on=TODAY + timedelta(days=7), phases=["in_reach"])
    assert [each.from_days for each in made] == [-7, -2]
    assert set(refused(step_plans.make_steps, case.store, case.id, move_on=MOVE)) == {""}
    long_ago = refused(step_plans.make_steps, case.store, case.id, move_on=date(2026, 1, 1), phases=["enablement"])
    assert set(long_ago) == {"move_on"}


def test_an_office_s_own_template_is_followed(case):
    with case.store.operation("Own steps") as work:
        for each in work.find(StepTemplate, phase="enablement"):
            work.delete(each)
        work.save(StepTemplate("enablement/own", "enablement", "Sunday dinner together", 5))
    made = step_plans.make_steps(case.store, case.id, move_on=MOVE, phases=["enablement"])
    assert [(each.what, each.due_on) for each in made] == [("Sunday dinner together", date(2026, 9, 6))]


def test_when_the_move_comes_later_the_steps_go_along_and_changed_ones_by_as_much(case):
    made = step_plans.make_steps(case.store, case.id, move_on=MOVE)
    actions.put_off_action(case.store, made[0].id, due_on=made[0].due_on + timedelta(days=3), reason="Holiday")
    actions.finish_action(case.store, made[1].id)
    step_plans.move_steps(case.store, case.id, move_on=MOVE + timedelta(days=10))
    now = {each.id: each.due_on for each in steps(case)}
    assert now[made[0].id] == made[0].due_on + timedelta(days=13)
    assert now[made[1].id] == made[1].due_on
    assert now[made[2].id] == made[2].due_on + timedelta(days=10)
    assert case.store.next_undo().label == "Move steps to a move on 11 Sep 2026"


def test_the_rest_is_dropped_with_a_reason(case):
    made = step_plans.make_steps(case.store, case.id, move_on=MOVE)
    actions.finish_action(case.store, made[0].id)
    assert set(refused(step_plans.drop_steps, case.store, case.id, reason="")) == {"drop_reason"}
    dropped = step_plans.drop_steps(case.store, case.id, reason="The place fell through")
    assert len(dropped) == 13
    assert {each.drop_reason for each in dropped} == {"The place fell through"}
    assert set(refused(step_plans.drop_steps, case.store, case.id, reason="x")) == {""}


def test_a_move_takes_the_planned_steps_to_its_true_day(case):
    step_plans.make_steps(case.store, case.id, move_on=TODAY + timedelta(days=5), phases=["enablement"])
    stay = moved(case, "supported", steps=True)
    found = steps(case)
    assert len(found) == 8
    assert {each.placement_id for each in found} == {stay.id}
    assert found[0].due_on == TODAY + timedelta(days=1)


def test_the_move_form_s_tick_makes_the_steps_that_lie_ahead(case):
    stay = moved(case, "supported", steps=True)
    assert [each.from_days for each in steps(case)] == [1, 3, 7, 14, 21, 28, 35, 42]
    assert {each.placement_id for each in steps(case)} == {stay.id}
    case.store.undo()
    assert steps(case) == []
    moved(case, "supported")
    assert steps(case) == []


def test_a_home_of_one_s_own_gets_its_two_checks_by_itself_after_whole_calendar_months(case):
    on = date(2026, 5, 31)
    stay = moved(case, "independent", on)
    assert [(c.what, c.due_on, c.placement_id) for c in steps(case, "sustainment")] == [
        ("Still at home after 6 months?", date(2026, 11, 30), stay.id),
        ("Still at home after 12 months?", date(2027, 5, 31), stay.id),
    ]
    case.store.undo()
    assert steps(case) == []


def test_a_check_is_answered_with_its_outcome(case):
    moved(case, "independent")
    first = steps(case, "sustainment")[0]
    assert set(refused(actions.finish_action, case.store, first.id)) == {"outcome"}
    assert actions.finish_action(case.store, first.id, outcome="home").outcome == "home"


def test_leaving_the_home_settles_its_checks_in_the_move_s_own_operation(case):
    moved(case, "independent", date(2026, 5, 1))
    back = {"reason_code": "more_support", "back_reason": "return", "planned": False}
    moved(case, "supported", date(2026, 6, 30), **back)
    settled = steps(case, "sustainment")
    assert {(each.done_on, each.outcome) for each in settled} == {(date(2026, 6, 30), "not_home")}
    case.store.undo()
    assert {(each.done_on, each.outcome) for each in steps(case, "sustainment")} == {(None, "")}


def test_who_left_after_a_check_s_day_was_at_home_on_it(case):
    with case.store.operation("Long ago") as work:
        work.save(Placement("long-ago", case.id, "independent", date(2024, 1, 1), case.stay.started_on))
        work.save(
            Action("six", case.id, "Still at home?", date(2024, 7, 1), phase="sustainment", placement_id="long-ago")
        )
        work.save(
            Action("later", case.id, "Still at home?", date(2027, 1, 1), phase="sustainment", placement_id="long-ago")
        )
    moved(case, "supported")
    assert {each.id: each.outcome for each in steps(case)} == {"six": "home", "later": "not_home"}


def test_a_hospital_stay_with_the_home_kept_leaves_the_checks_open(case):
    moved(case, "independent", date(2026, 5, 1))
    moves.record_move(
        case.store,
        case.id,
        stage_id="hospital",
        started_on=date(2026, 6, 1),
        keep_place=True,
        back_reason="readmission",
    )
    assert {each.done_on for each in steps(case, "sustainment")} == {None}
    moved(case, "independent", date(2026, 6, 20))
    assert [each.done_on for each in steps(case, "sustainment")] == [None, None]


def test_moving_from_one_own_home_to_another_asks_once(case):
    moved(case, "floating", date(2026, 5, 1))
    moved(case, "independent", date(2026, 6, 1))
    assert [each.done_on for each in steps(case, "sustainment")] == [None, None]


def test_a_move_back_says_why(case):
    moved(case, "independent", date(2026, 5, 1))
    form: Form = {
        "stage_id": "supported",
        "left_on": TODAY,
        "started_on": TODAY,
        "planned": False,
        "reason_code": "other",
    }
    assert set(refused(moves.record_move, case.store, case.id, **form)) == {"back_reason"}
    assert set(refused(moves.record_move, case.store, case.id, **form, back_reason="rain")) == {"back_reason"}
    assert moves.record_move(case.store, case.id, **form, back_reason="step_up").back_reason == "step_up"


def test_going_into_hospital_is_a_readmission_unless_something_else_is_said(case):
    assert moved(case, "hospital", reason_code="admitted").back_reason == "readmission"
    assert moved(case, "enablement").back_reason is None


def test_moving_on_drops_the_steps_of_the_place_left_and_says_so_before(case):
    moved(case, "supported", steps=True, service_id=case.canal_view.id)
    form: Form = {"stage_id": "independent", "left_on": TODAY, "started_on": TODAY, **LEFT}
    words = [each.words for each in moves.preview_move(case.store, case.id, **form).consequences]
    assert "8 steps of Canal View will be dropped" in words
    moves.record_move(case.store, case.id, **form)
    assert {(each.dropped_on, each.drop_reason) for each in steps(case, "enablement")} == {(TODAY, "Moved on")}
    case.store.undo()
    assert {(each.dropped_on, each.drop_reason) for each in steps(case, "enablement")} == {(None, "")}


def test_going_back_drops_the_steps_in_its_own_words_and_a_kept_place_keeps_them(case):
    moved(case, "supported", steps=True)
    moves.record_move(case.store, case.id, stage_id="hospital", started_on=TODAY, keep_place=True)
    assert {each.dropped_on for each in steps(case)} == {None}
    case.store.undo()
    moved(case, "enablement", back_reason="step_up")
    assert {each.drop_reason for each in steps(case)} == {"Left that place"}


def test_a_home_that_began_on_another_day_has_its_checks_after_that_day(case):
    stay = moved(case, "independent", date(2026, 5, 31))
    first, second = steps(case, "sustainment")
    actions.put_off_action(case.store, second.id, due_on=second.due_on + timedelta(days=3), reason="Holiday")
    actions.finish_action(case.store, first.id, outcome="home")
    moves.edit_placement(case.store, stay.id, started_on=date(2026, 6, 10))
    assert [each.due_on for each in steps(case, "sustainment")] == [first.due_on, date(2027, 6, 13)]
    case.store.undo()
    assert steps(case, "sustainment")[1].due_on == date(2027, 6, 3)


def test_a_closed_case_leaves_no_step_open_but_other_actions_stay(case):
    own = actions.add_action(case.store, case.id, what="Return the key")
    step_plans.make_steps(case.store, case.id, move_on=MOVE)
    people.close_case(case.store, case.id, left_on=TODAY, reason="out_of_area")
    assert {(each.dropped_on, each.drop_reason) for each in steps(case)} == {(TODAY, "Left the pathway")}
    assert case.store.get(Action, own.id).dropped_on is None
    case.store.undo()
    assert {each.dropped_on for each in steps(case)} == {None}


def test_a_home_that_never_was_is_taken_away_with_its_open_checks_and_other_steps_stay(case):
    made = step_plans.make_steps(case.store, case.id, move_on=TODAY)
    home = moves.record_move(
        case.store, case.id, stage_id="independent", left_on=TODAY, started_on=TODAY, planned=True, reason_code="ready"
    )
    checks = [each for each in steps(case) if each.phase == "sustainment"]
    actions.finish_action(case.store, checks[0].id, outcome="home")
    before = {each.id: each for each in steps(case)}
    assert all(each.placement_id == home.id for each in before.values())
    moves.remove_placement(case.store, home.id, reason="Somebody else’s")
    left = {each.id: each for each in steps(case)}
    assert left.keys() == {each.id for each in made} | {checks[0].id}
    assert all(each.placement_id is None for each in left.values())
    case.store.undo()
    assert {each.id: each.placement_id for each in steps(case)} == dict.fromkeys(before, home.id)
