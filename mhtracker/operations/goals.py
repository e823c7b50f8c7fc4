"""A person's own goals: set, reworded, scored 0 to 10, ended, put in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution
from mhtracker.domain.progress import check_goal, check_goal_score
from mhtracker.domain.records import Goal, GoalScore, new_id
from mhtracker.operations.drafting import Preview, changed, drafted, previewed, reason_of
from mhtracker.store import Store

REPLACED = "changed"


def set_goal(
    store: Store, person_id: str, *, words: str, set_on: date | None = None, aimed_for: date | None = None
) -> Goal:
    """Set a goal, in the person's words, after those there are. Raises Invalid."""
    with store.operation("Set goal", person_id=person_id) as work:
        return work.save(_new(store, person_id, words, set_on, aimed_for)[0])


def preview_goal(
    store: Store, person_id: str, *, words: str, set_on: date | None = None, aimed_for: date | None = None
) -> Preview:
    """What setting a goal would say."""
    return previewed(lambda: _new(store, person_id, words, set_on, aimed_for)[1])


def reword_goal(
    store: Store, goal_id: str, *, words: str, aimed_for: date | None = None, on: date | None = None
) -> Goal:
    """Put a goal into other words: the goal itself until its first score, afterwards a new one in its place.

    Scores given to the old words are not scores of the new ones. Returns the goal that is in force. Raises Invalid.
    """
    found = store.get(Goal, goal_id)
    with store.operation("Reword goal", person_id=found.person_id) as work:
        goal = _open(work.get(Goal, goal_id))
        others = work.find(Goal, person_id=goal.person_id)
        same_words = words.strip() == goal.words
        if same_words or not work.find(GoalScore, goal_id=goal_id):
            reworded = drafted(store, replace(goal, words=words, aimed_for=aimed_for))
            check_goal(reworded, others, today=work.today)
            return work.save(reworded)
        day = on or work.today
        ended = replace(goal, ended_on=day, end_reason=REPLACED)
        check_goal(ended, others, today=work.today)
        new = drafted(store, Goal(new_id(), goal.person_id, words, day, aimed_for, position=goal.position))
        check_goal(new, [other for other in others if other.id != goal_id], today=work.today)
        work.save(ended)
        return work.save(new)


def score_goal(store: Store, goal_id: str, *, score: int, scored_on: date | None = None, note: str = "") -> GoalScore:
    """Say how far a goal is, 0 to 10, as the person sees it on a day. Raises Invalid."""
    found = store.get(Goal, goal_id)
    with store.operation("Score goal", person_id=found.person_id) as work:
        return work.save(_score(store, goal_id, score, scored_on, note)[0])


def preview_score(store: Store, goal_id: str, *, score: int, scored_on: date | None = None, note: str = "") -> Preview:
    """What scoring would say."""
    return previewed(lambda: _score(store, goal_id, score, scored_on, note)[1])


def correct_score(store: Store, score_id: str, *, base: GoalScore | None = None, **changes: Any) -> GoalScore:
    """Put a score right. Raises Invalid, Conflict."""
    found = store.get(GoalScore, score_id)
    with store.operation("Correct score", person_id=found.person_id) as work:
        score = drafted(store, changed(store, work.get(GoalScore, score_id), changes, base))
        others = work.find(GoalScore, goal_id=score.goal_id)
        check_goal_score(score, work.get(Goal, score.goal_id), others, today=work.today)
        return work.save(score)


def remove_score(store: Store, score_id: str, *, reason: str) -> None:
    """Take away a score that was never given. Raises Invalid without a reason."""
    reason = reason_of(reason)
    if not reason:
        raise Invalid({"reason": "Reason is empty. Say why this score is taken away."})
    found = store.get(GoalScore, score_id)
    with store.operation("Take away score", person_id=found.person_id, reason=reason) as work:
        work.delete(work.get(GoalScore, score_id))


def end_goal(store: Store, goal_id: str, *, reason_code: str, ended_on: date | None = None) -> Goal:
    """End a goal that was reached or is no longer wanted. Its words and scores stay. Raises Invalid."""
    found = store.get(Goal, goal_id)
    with store.operation("End goal", person_id=found.person_id) as work:
        goal = _open(work.get(Goal, goal_id))
        ended = drafted(store, replace(goal, ended_on=ended_on or work.today, end_reason=reason_code or None))
        check_goal(ended, (), today=work.today)
        last = max((each.scored_on for each in work.find(GoalScore, goal_id=goal_id)), default=None)
        if last is not None and ended.ended_on is not None and ended.ended_on < last:
            words = f"It was scored on {write_date(last)}. End it that day or later."
            raise Invalid({"ended_on": words}, {"ended_on": (last,)})
        return work.save(ended)


def reorder_goals(store: Store, person_id: str, goal_ids: Sequence[str]) -> None:
    """Put the open goals in this order; those not named follow in the order they had."""
    with store.operation("Put goals in order", person_id=person_id) as work:
        goals = [goal for goal in work.find(Goal, person_id=person_id) if goal.ended_on is None]
        goals.sort(key=lambda goal: (goal.position, goal.set_on, goal.id))
        goals.sort(key=lambda goal: goal_ids.index(goal.id) if goal.id in goal_ids else len(goal_ids))
        for position, goal in enumerate(goals, 1):
            work.save(replace(goal, position=position))


def move_goal(store: Store, goal_id: str, *, up: bool) -> None:
    """Move an open goal one place up or down among the open ones."""
    goal = store.get(Goal, goal_id)
    goals = [each for each in store.find(Goal, person_id=goal.person_id) if each.ended_on is None]
    ids = [each.id for each in sorted(goals, key=lambda each: (each.position, each.set_on, each.id))]
    place = ids.index(goal_id)
    other = place - 1 if up else place + 1
    if 0 <= other < len(ids):
        ids[place], ids[other] = ids[other], ids[place]
        reorder_goals(store, goal.person_id, ids)


def _new(
    store: Store, person_id: str, words: str, set_on: date | None, aimed_for: date | None
) -> tuple[Goal, tuple[Caution, ...]]:
    others = store.find(Goal, person_id=person_id)
    position = max((other.position for other in others), default=0) + 1
    goal = drafted(store, Goal(new_id(), person_id, words, set_on or store.today, aimed_for, position=position))
    return goal, check_goal(goal, others, today=store.today)


def _score(
    store: Store, goal_id: str, score: int, scored_on: date | None, note: str
) -> tuple[GoalScore, tuple[Caution, ...]]:
    goal = store.get(Goal, goal_id)
    new = GoalScore(new_id(), goal.person_id, goal_id, score, scored_on or store.today, note, store.who)
    new = drafted(store, new)
    return new, check_goal_score(new, goal, store.find(GoalScore, goal_id=goal_id), today=store.today)


def _open(goal: Goal) -> Goal:
    if goal.ended_on is not None:
        raise Invalid({"": f"This goal ended on {write_date(goal.ended_on)}. Set a new one instead."})
    return goal
