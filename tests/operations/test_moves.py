"""Moves: what ends, what begins, what else follows."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mhtracker.domain.errors import Conflict, Invalid
from mhtracker.domain.records import MoveOnPlan, Person, Placement, ReviewOutcome, Target
from mhtracker.operations import moves, people, reviews, targets
from mhtracker.store.queries.person import build_case_summary
from tests.operations.conftest import TODAY


def onward(case, **more: Any) -> dict[str, Any]:
    form = {"left_on": TODAY, "planned": True, "reason_code": "ready", "stage_id": "supported", "started_on": TODAY}
    return form | {"service_id": case.canal_view.id} | more


def refused(function, *args, **kwargs):
    with pytest.raises(Invalid) as caught:
        function(*args, **kwargs)
    return caught.value


def words_of(preview):
    return [consequence.words for consequence in preview.consequences]


def test_a_move_closes_the_old_stay_starts_the_new_and_meets_the_plan(case):
    arrived = moves.record_move(case.store, case.id, **onward(case, address="Flat 4", weekly_cost_pence=71250))
    old, new = case.placements()
    assert (old.ended_on, old.planned, old.end_reason, old.destination) == (TODAY, True, "ready", "supported")
    assert new == arrived
    assert (new.stage_id, new.service_id, new.started_on, new.address) == (
        "supported",
        case.canal_view.id,
        TODAY,
        "Flat 4",
    )
    plan = case.store.get(MoveOnPlan, case.plan_id)
    assert (plan.ended_on, plan.end_reason) == (TODAY, "met")
    assert case.store.next_undo().label == "Move to supported living"
    assert case.store.next_undo().person_id == case.id
    assert build_case_summary(case.store, case.id, TODAY).review.due.due_on == date(2026, 9, 8)


def test_one_undo_takes_back_all_of_a_move(case):
    moves.record_move(case.store, case.id, **onward(case))
    case.store.undo()
    (stay,) = case.placements()
    assert stay.ended_on is None
    assert case.store.get(MoveOnPlan, case.plan_id).ended_on is None
    case.store.redo()
    assert len(case.placements()) == 2


def test_a_move_short_of_the_aim_leaves_the_plan_open(case):
    targets.edit_plan(case.store, case.plan_id, aim_stage_id="independent")
    moves.record_move(case.store, case.id, **onward(case))
    assert case.store.get(MoveOnPlan, case.plan_id).ended_on is None


def test_a_move_beyond_the_aim_meets_it(case):
    moves.record_move(case.store, case.id, **onward(case, stage_id="independent", service_id=None))
    assert case.store.get(MoveOnPlan, case.plan_id).end_reason == "met"
    assert case.placements()[0].destination == "own_tenancy"


def test_the_preview_says_what_the_picture_says(case):
    preview = moves.preview_move(case.store, case.id, **onward(case, left_on=None))
    assert set(preview.problems) == {"left_on"}
    assert words_of(preview) == [
        "First review will fall due on Tue 8 Sep 2026, after 56 days",
        "Meets the target of 20 Jul 2026, 6 days early",
        "A gap will need explaining if Ciarán left before 14 Jul",
    ]
    assert [consequence.kind for consequence in preview.consequences] == ["review", "target", "gap"]


def test_a_preview_changes_nothing_and_says_what_recording_does(case):
    before = case.store.last_seq()
    preview = moves.preview_move(case.store, case.id, **onward(case))
    assert preview.problems == {}
    assert case.store.last_seq() == before
    moves.record_move(case.store, case.id, **onward(case))
    due = build_case_summary(case.store, case.id, TODAY).review.due.due_on
    assert due is not None
    assert words_of(preview)[0].startswith(f"First review will fall due on Tue {due.day} Sep {due.year}")


@pytest.mark.parametrize(
    ("target_on", "words"),
    [
        (date(2026, 7, 14), "Meets the target of 14 Jul 2026, on the day"),
        (date(2026, 7, 13), "Meets the aim 1 day after the target of 13 Jul 2026"),
        (date(2026, 7, 15), "Meets the target of 15 Jul 2026, 1 day early"),
    ],
)
def test_the_preview_counts_days_against_the_target(case, target_on, words):
    target = case.store.find(Target, order_by=("position",), plan_id=case.plan_id)[-1]
    with case.store.operation("Mend the target") as work:
        work.save(replace(target, target_on=target_on))
    assert words in words_of(moves.preview_move(case.store, case.id, stage_id="supported", started_on=TODAY))


@pytest.mark.parametrize("started_on", [None, date(2000, 7, 9), date(2026, 7, 15), date(2062, 7, 14)])
def test_a_start_that_cannot_be_yet_claims_nothing_of_the_target(case, started_on):
    preview = moves.preview_move(case.store, case.id, stage_id="supported", left_on=TODAY, started_on=started_on)
    assert not [words for words in words_of(preview) if words.startswith("Meets")]


def test_the_preview_of_a_step_back_says_so_and_that_the_plan_goes_on(case):
    preview = moves.preview_move(case.store, case.id, stage_id="residential", started_on=TODAY, left_on=TODAY)
    assert "The plan goes on: supported living by 20 Jul 2026" in words_of(preview)
    assert "A step back from enablement to residential" in words_of(preview)


def test_an_empty_form_previews_what_is_missing(case):
    preview = moves.preview_move(case.store, case.id)
    assert set(preview.problems) == {"left_on", "planned", "reason_code", "stage_id", "started_on"}
    assert preview.consequences == ()


def test_a_gap_needs_its_reason(case):
    form = onward(case, left_on=date(2026, 7, 1))
    assert set(refused(moves.record_move, case.store, case.id, **form).problems) == {"gap_reason"}
    moves.record_move(case.store, case.id, **form, gap_reason="With his brother")
    assert case.placements()[1].gap_reason == "With his brother"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"left_on": date(2026, 7, 15), "started_on": date(2026, 7, 15)}, "left_on"),
        ({"left_on": date(2026, 4, 19), "gap_reason": "x"}, "left_on"),
        ({"started_on": date(2026, 7, 10)}, "started_on"),
        ({"stage_id": "cloud"}, "stage_id"),
        ({"planned": None}, "planned"),
        ({"reason_code": ""}, "reason_code"),
        ({"reason_code": "cloud"}, "reason_code"),
        ({"weekly_cost_pence": -1}, "weekly_cost_pence"),
        ({"keep_place": True}, "keep_place"),
    ],
)
def test_problems_are_told_by_the_form_s_fields_and_nothing_is_recorded(case, change, field):
    seq = case.store.last_seq()
    assert field in refused(moves.record_move, case.store, case.id, **onward(case, **change)).problems
    assert case.store.last_seq() == seq


def test_a_transfer_is_named_by_its_service(case):
    moves.record_move(case.store, case.id, **onward(case, stage_id="enablement"))
    assert case.store.next_undo().label == "Transfer to Canal View"
    assert case.store.get(MoveOnPlan, case.plan_id).ended_on is None


def to_hospital(case, keep_place=True):
    return moves.record_move(
        case.store,
        case.id,
        left_on=None if keep_place else TODAY,
        planned=False,
        reason_code=None if keep_place else "admitted",
        stage_id="hospital",
        started_on=TODAY,
        keep_place=keep_place,
    )


def test_a_place_is_kept_during_a_hospital_stay(case):
    preview = moves.preview_move(case.store, case.id, stage_id="hospital", started_on=TODAY, keep_place=True)
    assert "The place in enablement is kept meanwhile" in words_of(preview)
    assert preview.problems == {}
    ward = to_hospital(case)
    home, there = case.placements()
    assert home.ended_on is None
    assert there == ward
    assert build_case_summary(case.store, case.id, TODAY).current.stage.id == "hospital"


def test_going_back_to_a_kept_place_ends_the_hospital_stay_alone(case):
    to_hospital(case)
    form = {
        "left_on": TODAY,
        "planned": True,
        "reason_code": "discharged",
        "stage_id": "enablement",
        "service_id": case.stay.service_id,
        "started_on": TODAY,
    }
    assert "Goes back to the place kept in enablement" in words_of(moves.preview_move(case.store, case.id, **form))
    now = moves.record_move(case.store, case.id, **form)
    assert now.id == case.stay.id
    home, ward = case.placements()
    assert (home.ended_on, ward.ended_on) == (None, TODAY)
    assert case.store.next_undo().label == "Move to enablement"


def test_going_elsewhere_gives_the_kept_place_up(case):
    to_hospital(case)
    preview = moves.preview_move(case.store, case.id, **onward(case))
    assert "Gives up the place kept in enablement" in words_of(preview)
    moves.record_move(case.store, case.id, **onward(case))
    assert [placement.ended_on for placement in case.placements()] == [TODAY, TODAY, None]


def test_an_admission_without_keeping_the_place_ends_it(case):
    to_hospital(case, keep_place=False)
    home, _ = case.placements()
    assert (home.ended_on, home.end_reason, home.planned) == (TODAY, "admitted", False)


def test_leaving_hospital_before_going_in_is_refused_by_the_form_s_field(case):
    to_hospital(case)
    form = onward(case, stage_id="enablement", service_id=case.stay.service_id, left_on=date(2026, 7, 1))
    assert set(refused(moves.record_move, case.store, case.id, **form).problems) == {"left_on"}


def test_the_review_after_going_back_counts_from_the_kept_stay(case):
    reviews.record_review(case.store, case.id, held_on=date(2026, 6, 1), outcome=ReviewOutcome.CONTINUE)
    to_hospital(case)
    preview = moves.preview_move(
        case.store, case.id, stage_id="enablement", service_id=case.stay.service_id, started_on=TODAY
    )
    assert "Next review stays due on Tue 1 Jun 2027" in words_of(preview)


def test_without_a_stay_there_is_nothing_to_move_from(store):
    person = people.add_person(store, surname="Wzór")
    assert set(moves.preview_move(store, person.id, stage_id="supported").problems) == {""}
    assert "Add the stay" in str(refused(moves.record_move, store, person.id, stage_id="supported"))


def test_an_earlier_stay_may_be_added_later_with_its_end(case):
    moves.start_placement(
        case.store, case.id, stage_id="residential", started_on=date(2019, 6, 10), ended_on=date(2026, 4, 20)
    )
    assert [placement.stage_id for placement in case.placements()] == ["residential", "enablement"]
    assert case.store.next_undo().label == "Add stay in residential"


def test_a_stay_that_overlaps_is_refused_with_the_day_that_would_do(case):
    refusal = refused(
        moves.start_placement,
        case.store,
        case.id,
        stage_id="residential",
        started_on=date(2019, 6, 10),
        ended_on=date(2026, 5, 1),
    )
    assert refusal.mends == {"ended_on": (date(2026, 4, 20),)}


def test_a_preview_of_a_stay_says_the_gap(case):
    preview = moves.preview_placement(
        case.store, case.id, stage_id="residential", started_on=date(2019, 6, 10), ended_on=date(2026, 4, 1)
    )
    assert preview.problems == {}
    assert [caution.words for caution in preview.cautions] == [
        "19 days lie between 1 Apr 2026 and 20 Apr 2026. Say where the person was."
    ]
    preview = moves.preview_placement(case.store, case.id, case.stay.id, started_on=date(2026, 8, 1))
    assert set(preview.problems) == {"started_on"}
    assert set(moves.preview_placement(case.store, case.id, stage_id="residential").problems) == {"started_on"}


def test_a_stay_is_put_right_and_checked_against_the_others(case):
    moves.start_placement(
        case.store, case.id, stage_id="residential", started_on=date(2019, 6, 10), ended_on=date(2026, 4, 20)
    )
    assert moves.edit_placement(case.store, case.stay.id, address="Room 4", service_id="").service_id is None
    refusal = refused(moves.edit_placement, case.store, case.stay.id, started_on=date(2026, 4, 1))
    assert refusal.mends == {"started_on": (date(2026, 4, 20),)}


def test_a_stay_changed_by_two_is_a_conflict(case):
    moves.edit_placement(case.store, case.stay.id, base=case.stay, address="Room 4")
    with pytest.raises(Conflict):
        moves.edit_placement(case.store, case.stay.id, base=case.stay, address="Room 5")
    assert moves.edit_placement(case.store, case.stay.id, base=case.stay, note="Quiet").address == "Room 4"


def test_a_stay_is_taken_away_only_with_a_reason_and_comes_back(case):
    assert "reason" in refused(moves.remove_placement, case.store, case.stay.id, reason=" ").problems
    moves.remove_placement(case.store, case.stay.id, reason="Entered under the wrong person")
    assert case.placements() == []
    case.store.undo()
    assert [placement.id for placement in case.placements()] == [case.stay.id]


def test_a_move_of_someone_who_left_is_possible_and_said(case):
    moves.start_placement(
        case.store, case.id, stage_id="residential", started_on=date(2019, 6, 10), ended_on=date(2026, 4, 20)
    )
    people.edit_person(case.store, case.id, left_on=date(2026, 7, 1), left_reason="declined")
    preview = moves.preview_move(case.store, case.id, **onward(case))
    assert preview.problems == {}
    assert any("after leaving the pathway" in caution.words for caution in preview.cautions)
    assert case.store.get(Person, case.id).left_on == date(2026, 7, 1)
    assert isinstance(moves.record_move(case.store, case.id, **onward(case)), Placement)
