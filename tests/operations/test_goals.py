"""A person's own goals, in their words, 0 to 10."""

from datetime import date

import pytest

from mhtracker.domain.progress import goal_progress, readiness_over_time
from mhtracker.domain.records import Goal, GoalScore
from mhtracker.operations import goals
from mhtracker.store.queries.person import build_case_summary
from tests.operations.conftest import TODAY
from tests.operations.test_notes_and_statuses import refused

BEGUN = date(2026, 5, 1)


@pytest.fixture
def goal(case):
    return goals.set_goal(case.store, case.id, words="Cook for myself four nights a week", set_on=BEGUN)


def open_goals(case):
    return [each.words for each in case.store.find(Goal, order_by=("position",), ended_on=None)]


def test_goals_stand_in_the_order_they_were_set_until_they_are_moved(case, goal):
    money = goals.set_goal(case.store, case.id, words="Manage my own money")
    goals.set_goal(case.store, case.id, words="Live near the allotment")
    assert open_goals(case) == [goal.words, "Manage my own money", "Live near the allotment"]
    goals.move_goal(case.store, money.id, up=True)
    assert open_goals(case) == ["Manage my own money", goal.words, "Live near the allotment"]
    goals.move_goal(case.store, money.id, up=True)
    assert open_goals(case)[0] == "Manage my own money"
    assert case.store.next_undo().label == "Put goals in order"
    case.store.undo()
    assert open_goals(case)[0] == goal.words


def test_a_goal_is_reworded_in_place_until_its_first_score(case, goal):
    again = goals.reword_goal(case.store, goal.id, words="Cook five nights a week")
    assert (again.id, again.words) == (goal.id, "Cook five nights a week")


def test_after_its_first_score_other_words_are_another_goal_and_one_undo_takes_both_back(case, goal):
    goals.score_goal(case.store, goal.id, score=4, scored_on=date(2026, 6, 1))
    new = goals.reword_goal(case.store, goal.id, words="Cook for my brother on Sundays")
    old = case.store.get(Goal, goal.id)
    assert (old.ended_on, old.end_reason, old.words) == (TODAY, "changed", "Cook for myself four nights a week")
    assert (new.id != goal.id, new.set_on, new.position) == (True, TODAY, goal.position)
    assert case.store.find(GoalScore, goal_id=new.id) == []
    case.store.undo()
    assert case.store.get(Goal, goal.id).ended_on is None
    assert open_goals(case) == [goal.words]


def test_a_new_hoped_for_date_is_no_new_goal(case, goal):
    goals.score_goal(case.store, goal.id, score=4, scored_on=date(2026, 6, 1))
    same = goals.reword_goal(case.store, goal.id, words=goal.words, aimed_for=date(2026, 12, 1))
    assert (same.id, same.aimed_for) == (goal.id, date(2026, 12, 1))


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"score": 11}, "score", "0 (not begun) to 10 (reached)"),
        ({"score": -1}, "score", "outside"),
        ({"scored_on": date(2026, 7, 15)}, "scored_on", "lies ahead"),
        ({"scored_on": date(2026, 4, 30)}, "scored_on", "before the goal was set on 1 May 2026"),
        ({"scored_on": date(2026, 6, 1)}, "scored_on", "already"),
    ],
)
def test_a_score_that_cannot_be_is_refused_in_words(case, goal, change, field, words):
    goals.score_goal(case.store, goal.id, score=4, scored_on=date(2026, 6, 1))
    form = {"score": 5, "scored_on": TODAY} | change
    assert words in refused(goals.score_goal, case.store, goal.id, **form)[field]
    assert words in goals.preview_score(case.store, goal.id, **form).problems[field]
    assert len(case.store.find(GoalScore)) == 1


def test_scores_make_a_course_with_its_latest_change(case, goal):
    for score, day in ((7, TODAY), (3, date(2026, 5, 9)), (5, date(2026, 6, 1))):
        goals.score_goal(case.store, goal.id, score=score, scored_on=day)
    around = build_case_summary(case.store, case.id, TODAY).around
    (course,) = goal_progress(around.goals, around.goal_scores)
    assert [each.score for each in course.scores] == [3, 5, 7]
    assert (course.latest.score, course.change) == (7, 2)
    earlier = build_case_summary(case.store, case.id, date(2026, 6, 30)).around
    assert goal_progress(earlier.goals, earlier.goal_scores)[0].latest.score == 5


def test_a_score_is_corrected_or_taken_away_with_its_reason(case, goal):
    score = goals.score_goal(case.store, goal.id, score=4)
    assert goals.correct_score(case.store, score.id, base=score, score=6).score == 6
    assert set(refused(goals.remove_score, case.store, score.id, reason="")) == {"reason"}
    goals.remove_score(case.store, score.id, reason="Another person’s")
    assert case.store.find(GoalScore) == []
    case.store.undo()
    assert case.store.find(GoalScore)[0].score == 6


def test_a_goal_ends_once_and_no_sooner_than_it_was_last_scored(case, goal):
    goals.score_goal(case.store, goal.id, score=10, scored_on=date(2026, 7, 1))
    early = {"reason_code": "met", "ended_on": date(2026, 6, 30)}
    assert set(refused(goals.end_goal, case.store, goal.id, **early)) == {"ended_on"}
    assert set(refused(goals.end_goal, case.store, goal.id, reason_code="")) == {"end_reason"}
    ended = goals.end_goal(case.store, goal.id, reason_code="met")
    assert (ended.ended_on, ended.end_reason) == (TODAY, "met")
    assert "14 Jul 2026" in refused(goals.end_goal, case.store, goal.id, reason_code="met")[""]
    assert "14 Jul 2026" in refused(goals.reword_goal, case.store, goal.id, words="More")[""]


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"words": " "}, "words"),
        ({"words": "cook for MYSELF four nights a week"}, "words"),
        ({"words": "Swim", "set_on": date(2026, 7, 15)}, "set_on"),
        ({"words": "Swim", "aimed_for": date(2026, 7, 1)}, "aimed_for"),
        ({"words": "half \ud800"}, "words"),
    ],
)
def test_a_goal_that_cannot_be_is_refused(case, goal, form, field):
    assert set(refused(goals.set_goal, case.store, case.id, **form)) == {field}
    assert len(case.store.find(Goal)) == 1


def test_markup_in_a_goal_is_kept_as_it_was_typed(case):
    words = "<b>Zelenka</b> & “more”"
    assert goals.set_goal(case.store, case.id, words=words).words == words


def test_readiness_over_time_adds_up_what_held_in_each_domain():
    ratings = [
        ("money", 1, date(2026, 1, 1)),
        ("food", 2, date(2026, 1, 1)),
        ("money", 3, date(2026, 3, 1)),
        ("food", 0, date(2026, 9, 1)),
    ]
    assert readiness_over_time(ratings, date(2026, 7, 1)) == [(date(2026, 1, 1), 3), (date(2026, 3, 1), 5)]
