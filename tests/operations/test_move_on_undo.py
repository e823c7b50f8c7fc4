"""Undo and redo of what is recorded around a move are exact, one step each."""

from datetime import date

import pytest

from mhtracker.domain.records import KINDS, StepTemplate
from mhtracker.operations import actions, barriers, moves, readiness, step_plans
from mhtracker.operations.readiness import Rated
from tests.operations.conftest import TODAY

MAY, SEPTEMBER = date(2026, 5, 1), date(2026, 9, 1)


def rated(c):
    return readiness.rate(c.store, c.id, {"food": Rated(1)}, rated_on=MAY)[0].id


def held_up(c):
    return barriers.start_barrier(c.store, c.id, code="15", started_on=MAY).id


def agreed(c):
    return actions.add_action(c.store, c.id, what="Bank account", due_on=TODAY).id


def stepped(c):
    return step_plans.make_steps(c.store, c.id, move_on=SEPTEMBER)


def homed(c):
    moves.record_move(
        c.store, c.id, stage_id="independent", left_on=MAY, started_on=MAY, planned=True, reason_code="ready"
    )


STEPS = {
    "rate": (lambda c: None, lambda c, _: rated(c)),
    "rate again": (rated, lambda c, _: readiness.rate(c.store, c.id, {"food": Rated(2)}, rated_on=MAY)),
    "correct": (rated, lambda c, found: readiness.correct_rating(c.store, found, rating=3)),
    "barrier": (lambda c: None, lambda c, _: held_up(c)),
    "end barrier": (held_up, lambda c, found: barriers.end_barrier(c.store, found, ended_on=TODAY)),
    "edit barrier": (held_up, lambda c, found: barriers.edit_barrier(c.store, found, code="arrears")),
    "remove barrier": (held_up, lambda c, found: barriers.remove_barrier(c.store, found)),
    "action": (lambda c: None, lambda c, _: agreed(c)),
    "finish": (agreed, lambda c, found: actions.finish_action(c.store, found)),
    "drop": (agreed, lambda c, found: actions.drop_action(c.store, found, reason="Not needed")),
    "put off": (agreed, lambda c, found: actions.put_off_action(c.store, found, due_on=SEPTEMBER, reason="Ill")),
    "edit action": (agreed, lambda c, found: actions.edit_action(c.store, found, what="Post office account")),
    "steps": (lambda c: None, lambda c, _: stepped(c)),
    "move steps": (stepped, lambda c, _: step_plans.move_steps(c.store, c.id, move_on=date(2026, 10, 1))),
    "drop steps": (stepped, lambda c, _: step_plans.drop_steps(c.store, c.id, reason="Fell through")),
    "home": (stepped, lambda c, _: homed(c)),
    "leave home": (
        lambda c: homed(c),
        lambda c, _: moves.record_move(
            c.store, c.id, stage_id="supported", left_on=TODAY, started_on=TODAY, planned=False,
            reason_code="more_support", back_reason="return",
        ),
    ),
}  # fmt: skip


def everything(store):
    """Every record's own words; versions rise with each undo and are left out."""
    return {
        (kind, record.id): str(record).rpartition("version=")[0]
        for kind, record_type in KINDS.items()
        if record_type is not StepTemplate
        for record in store.find(record_type)
    }


@pytest.mark.parametrize("name", STEPS)
def test_undo_and_redo_are_exact(case, name):
    prepare, do = STEPS[name]
    found = prepare(case)
    before = everything(case.store)
    do(case, found)
    after = everything(case.store)
    assert after != before
    case.store.undo()
    assert everything(case.store) == before
    case.store.redo()
    assert everything(case.store) == after
