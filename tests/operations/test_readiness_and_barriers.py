"""Readiness, barriers and actions: what is recorded, refused and undone."""

from datetime import date
from typing import Any

import pytest

from mhtracker.domain.around import barrier_days
from mhtracker.domain.errors import Conflict, Invalid
from mhtracker.domain.records import Action, Barrier, Rating
from mhtracker.operations import actions, barriers, moves, readiness
from mhtracker.operations.readiness import Rated
from mhtracker.store.queries.person import build_case_summary
from tests.operations.conftest import TODAY, WHO


def refused(function, *args, **kwargs):
    with pytest.raises(Invalid) as caught:
        function(*args, **kwargs)
    return caught.value.problems


def held(case, day=TODAY):
    return build_case_summary(case.store, case.id, day).around


def test_several_domains_are_rated_in_one_step_that_is_undone_as_one(case):
    said = {"food": Rated(1, "Cooks twice a week"), "money": Rated(0), "wish": Rated(3, "“My own door”")}
    readiness.rate(case.store, case.id, said, rated_on=date(2026, 7, 10))
    assert {r.domain: (r.rating, r.evidence, r.rated_by) for r in held(case).ratings} == {
        "food": (1, "Cooks twice a week", WHO),
        "money": (0, "", WHO),
        "wish": (3, "“My own door”", WHO),
    }
    assert case.store.next_undo().label == "Rate readiness in 3 domains"
    case.store.undo()
    assert case.store.find(Rating) == []


def test_only_what_differs_is_recorded_and_the_rating_before_stays(case):
    readiness.rate(
        case.store, case.id, {"food": Rated(1), "money": Rated(2, "Own bank card")}, rated_on=date(2026, 5, 1)
    )
    made = readiness.rate(case.store, case.id, {"food": Rated(2), "money": Rated(2, "Own bank card")}, rated_on=TODAY)
    assert [(r.domain, r.rating) for r in made] == [("food", 2)]
    around = held(case)
    assert [r.rating for r in around.ratings if r.domain == "food"] == [2, 1]
    assert around.latest_ratings()["money"].rated_on == date(2026, 5, 1)


def test_rating_again_on_the_same_day_takes_the_place_of_the_first(case):
    readiness.rate(case.store, case.id, {"food": Rated(1)}, rated_on=TODAY)
    readiness.rate(case.store, case.id, {"food": Rated(2, "Cooked for four")}, rated_on=TODAY)
    (only,) = case.store.find(Rating)
    assert (only.rating, only.evidence, only.version) == (2, "Cooked for four", 2)


def test_nothing_new_a_day_ahead_and_a_rating_off_the_scale_are_refused(case):
    readiness.rate(case.store, case.id, {"food": Rated(1)}, rated_on=TODAY)
    again = refused(readiness.rate, case.store, case.id, {"food": Rated(1)}, rated_on=TODAY)
    assert again == {"": "No rating differs from what is recorded. Change one, or leave it as it is."}
    assert set(refused(readiness.rate, case.store, case.id, {"food": Rated(4)}, rated_on=TODAY)) == {"food"}
    assert set(refused(readiness.rate, case.store, case.id, {"food": Rated(2)}, rated_on=date(2026, 7, 15))) == {
        "rated_on"
    }
    assert set(refused(readiness.rate, case.store, case.id, {"dancing": Rated(2)}, rated_on=TODAY)) == {"dancing"}


def test_a_rating_is_put_right_unless_somebody_was_quicker(case):
    (made,) = readiness.rate(case.store, case.id, {"food": Rated(1)}, rated_on=TODAY)
    readiness.correct_rating(case.store, made.id, rating=2, base=made)
    assert case.store.get(Rating, made.id).rating == 2
    with pytest.raises(Conflict):
        readiness.correct_rating(case.store, made.id, rating=3, base=made)


def test_a_barrier_counts_its_days_until_it_ends(case):
    barrier = barriers.start_barrier(case.store, case.id, code="15", started_on=date(2026, 5, 14), note="Band B")
    assert barrier.plan_id == case.plan_id
    assert case.store.next_undo().label == "Add barrier: housing: social rented, via council list"
    assert barrier_days(held(case).open_barriers()[0], TODAY) == 61
    barriers.end_barrier(case.store, barrier.id, ended_on=date(2026, 6, 14), note="Offer made")
    (ended,) = held(case).barriers
    assert (barrier_days(ended, TODAY), ended.note) == (31, "Band B\nOffer made")
    assert held(case, date(2026, 6, 1)).open_barriers() != []
    case.store.undo()
    assert case.store.get(Barrier, barrier.id).ended_on is None


def test_one_reason_holds_a_move_up_once_at_a_time(case):
    first = barriers.start_barrier(case.store, case.id, code="15", started_on=date(2026, 5, 14))
    twice = refused(barriers.start_barrier, case.store, case.id, code="15", started_on=date(2026, 6, 1))
    assert twice == {
        "started_on": "“Housing: social rented, via council list” is recorded already, since 14 May 2026. "
        "Change that one, or end it first."
    }
    barriers.start_barrier(case.store, case.id, code="arrears", started_on=date(2026, 6, 1))
    barriers.end_barrier(case.store, first.id, ended_on=date(2026, 6, 14))
    barriers.start_barrier(case.store, case.id, code="15", started_on=date(2026, 6, 14))
    assert set(refused(barriers.edit_barrier, case.store, first.id, ended_on=None)) == {"started_on"}


def test_a_barrier_ends_once_and_not_before_it_began(case):
    barrier = barriers.start_barrier(case.store, case.id, code="benefits", started_on=date(2026, 5, 14))
    early = refused(barriers.end_barrier, case.store, barrier.id, ended_on=date(2026, 5, 1))
    assert set(early) == {"ended_on"}
    barriers.end_barrier(case.store, barrier.id, ended_on=date(2026, 6, 14))
    assert set(refused(barriers.end_barrier, case.store, barrier.id, ended_on=TODAY)) == {"ended_on"}
    assert set(refused(barriers.start_barrier, case.store, case.id, code="", started_on=TODAY)) == {"code"}
    assert set(refused(barriers.start_barrier, case.store, case.id, code="rain", started_on=TODAY)) == {"code"}
    barriers.remove_barrier(case.store, barrier.id)
    assert case.store.find(Barrier) == []


def test_a_reason_newer_than_the_barrier_is_pointed_out(case):
    preview = barriers.preview_barrier(case.store, case.id, code="15", started_on=date(2023, 5, 14))
    assert [caution.field for caution in preview.cautions] == ["code"]


def test_an_action_is_done_dropped_or_put_off_with_a_reason(case):
    ask = actions.add_action(
        case.store, case.id, what="Ask about band B", due_on=date(2026, 7, 10), worker_id=case.worker.id, owner="x"
    )
    assert (ask.owner, ask.set_on, ask.plan_id) == ("", TODAY, case.plan_id)
    assert set(refused(actions.put_off_action, case.store, ask.id, due_on=date(2026, 7, 20), reason=" ")) == {"reason"}
    assert set(refused(actions.put_off_action, case.store, ask.id, due_on=date(2026, 7, 1), reason="x")) == {"due_on"}
    put_off = actions.put_off_action(case.store, ask.id, due_on=date(2026, 7, 20), reason="She is on leave")
    assert (put_off.due_on, put_off.note) == (
        date(2026, 7, 20),
        "Put from 10 Jul 2026 to 20 Jul 2026: She is on leave",
    )
    actions.finish_action(case.store, ask.id)
    assert case.store.next_undo().label == "Done: Ask about band B"
    assert held(case).open_actions() == []
    assert set(refused(actions.drop_action, case.store, ask.id, reason="Too late")) == {""}
    actions.reopen_action(case.store, ask.id)
    assert set(refused(actions.drop_action, case.store, ask.id, reason="")) == {"drop_reason"}
    actions.drop_action(case.store, ask.id, reason="Not needed")
    assert case.store.get(Action, ask.id).drop_reason == "Not needed"


def test_an_action_set_later_does_not_exist_yet_and_one_done_later_is_still_open(case):
    ask = actions.add_action(case.store, case.id, what="Bank account", set_on=date(2026, 6, 1), owner="Harbour Court")
    actions.finish_action(case.store, ask.id, done_on=date(2026, 7, 1))
    assert held(case, date(2026, 5, 31)).actions == []
    assert [a.what for a in held(case, date(2026, 6, 30)).open_actions()] == ["Bank account"]
    assert held(case, date(2026, 7, 1)).open_actions() == []


def test_editing_an_action_keeps_what_others_changed_meanwhile(case):
    ask = actions.add_action(case.store, case.id, what="Bank account", owner="Marek")
    actions.edit_action(case.store, ask.id, owner="Harbour Court", base=ask)
    actions.edit_action(case.store, ask.id, due_on=date(2026, 8, 3), base=ask)
    now = case.store.get(Action, ask.id)
    assert (now.owner, now.due_on) == ("Harbour Court", date(2026, 8, 3))
    assert set(refused(actions.edit_action, case.store, ask.id, what="")) == {"what"}
    with pytest.raises(Conflict):
        actions.edit_action(case.store, ask.id, owner="Somebody", base=ask)


def test_the_move_that_meets_the_plan_ends_the_barriers_and_no_other_move_does(case):
    for code in ("15", "arrears"):
        barriers.start_barrier(case.store, case.id, code=code, started_on=date(2026, 6, 1))
    left: dict[str, Any] = {"left_on": TODAY, "started_on": TODAY, "planned": True, "reason_code": "ready"}
    away = left | {"stage_id": "hospital", "reason_code": "admitted"}
    assert not any("barrier" in each.words for each in moves.preview_move(case.store, case.id, **away).consequences)
    moves.record_move(case.store, case.id, **away)
    assert {each.ended_on for each in case.store.find(Barrier)} == {None}
    case.store.undo()
    onward = left | {"stage_id": "supported"}
    assert "Ends 2 barriers" in [each.words for each in moves.preview_move(case.store, case.id, **onward).consequences]
    moves.record_move(case.store, case.id, **onward)
    assert {each.ended_on for each in case.store.find(Barrier)} == {TODAY}
    case.store.undo()
    assert {each.ended_on for each in case.store.find(Barrier)} == {None}
