"""Undoing an earlier step brings back what stood before, beside what was recorded since: what cannot be is refused."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from mhtracker.domain.errors import Conflict
from mhtracker.domain.records import Placement, StatusKind, new_id
from mhtracker.operations import moves, notes, people, reviews, statuses, targets
from mhtracker.operations.merging.people import merge_people
from mhtracker.operations.money import costs
from mhtracker.operations.places import contracts, services, units, waiting
from mhtracker.store.check import check
from mhtracker.store.obstacles import obstacles
from mhtracker.store.queries.history import list_operations
from tests.operations.conftest import TODAY, Case
from tests.operations.test_undo import everything

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
OLD, LATER = date(2020, 1, 1), date(2027, 6, 1)
AGREED: dict[str, Any] = {"end_reason": "Over", "ended_by_health": "N. Farzi", "ended_by_council": "A. Kalpit"}
NHS = "999 997 7782"


def another(c: Case, **fields: Any) -> str:
    return people.add_person(c.store, surname="Wzór", **fields).id


def flat(c: Case) -> str:
    return units.add_unit(c.store, c.canal_view.id, name="Flat 1").id


def live_in(c: Case, flat: str) -> str:
    where: dict[str, Any] = {"stage_id": "supported", "service_id": c.canal_view.id, "unit_id": flat}
    return moves.record_move(
        c.store, c.id, left_on=JULY, started_on=JULY, planned=True, reason_code="ready", **where
    ).id


def move_out(c: Case) -> str:
    there = flat(c)
    moves.edit_placement(c.store, live_in(c, there), ended_on=TODAY)
    return there


def leave(c: Case, there: str) -> None:
    moves.edit_placement(c.store, live_in(c, there), unit_id=None)


def step_called(c: Case, label: str) -> str:
    return next(line.operation.id for line in list_operations(c.store) if line.operation.label == label)


def somebody_moves_in(c: Case, there: str) -> None:
    where = {"service_id": c.canal_view.id, "unit_id": there}
    moves.start_placement(c.store, another(c), stage_id="supported", started_on=TODAY, **where)


def stay(c: Case, stage: str, first: date, last: date | None) -> None:
    moves.start_placement(c.store, c.id, stage_id=stage, started_on=first, ended_on=last)


def end_plan(c: Case) -> None:
    targets.end_plan(c.store, c.plan_id, reason_code="given_up")


def plan(c: Case) -> str:
    end_plan(c)
    return targets.start_plan(c.store, c.id, aim_stage_id="independent", target_on=TODAY).id


def off_the_list(c: Case) -> None:
    waiting.take_off_waiting_list(c.store, wait(c), end_reason="withdrew")


def wait(c: Case) -> str:
    return waiting.put_on_waiting_list(c.store, c.id, stage_id="supported").id


def let_go(c: Case) -> str:
    there = flat(c)
    units.let_go(c.store, units.hold_place(c.store, c.canal_view.id, unit_id=there).id)
    return there


def hours(c: Case, **fields: Any) -> str:
    line = {"kind": "support", "rate_pence": 30_000, "started_on": MAY, "what": "Hours", **fields}
    return costs.add_cost_line(c.store, c.id, **line).id


def order_ended(c: Case) -> str:
    care = statuses.set_status(c.store, c.id, kind=StatusKind.S117, code="3", started_on=OLD).id
    expires: dict[str, Any] = {"expires_on": date(2026, 11, 1)}
    order = statuses.set_status(c.store, c.id, kind=StatusKind.CTO, code="cto", started_on=MAY, **expires).id
    statuses.end_status(c.store, order, ended_on=JUNE)
    return care


def close(c: Case, _: Any = None) -> None:
    people.close_case(c.store, c.id, left_on=TODAY, reason="other")


def booking_given_up(c: Case) -> None:
    review = reviews.book_review(c.store, c.id, booked_on=date(2026, 7, 22))
    reviews.abandon_review(c.store, review.id, reason="Ill")


def undone(c: Case, do: Callable[[Case], Any]) -> Any:
    """A step that was taken back: to be redone by the name of its undo."""
    made = do(c)
    c.store.undo()
    return made


def merge_and_part(c: Case) -> str:
    other = another(c)
    merge_people(c.store, c.id, other)
    c.store.undo()
    return other


# What is recorded (its last step is the one undone), what is recorded later, and why the undo is then refused.
REFUSED: dict[str, tuple[Callable[[Case], Any], Callable[[Case, Any], Any], str]] = {
    "a stay ended": (
        lambda c: moves.edit_placement(c.store, c.stay.id, ended_on=JULY),
        lambda c, _: stay(c, "supported", JULY, None),
        "Two stays would overlap, because of “Add stay in supported living”",
    ),
    "a stay added and taken back": (
        lambda c: undone(c, lambda c: stay(c, "residential", OLD, date(2020, 6, 1))),
        lambda c, _: stay(c, "supported", OLD, date(2020, 3, 1)),
        "Two stays would overlap, because of “Add stay in supported living”",
    ),
    "a place left": (move_out, somebody_moves_in, "Two people would live in one place at once, because of “Add stay"),
    "a plan ended": (
        end_plan,
        lambda c, _: targets.start_plan(c.store, c.id, aim_stage_id="independent", target_on=date(2027, 1, 1)),
        "Two move-on plans would be in force, because of “Start move-on plan”",
    ),
    "a plan ended before the case": (
        end_plan,
        close,
        "A move-on plan would be in force although the case is closed, because of “Close case”",
    ),
    "a review given up before the case": (booking_given_up, close, "A review would be open .* because of “Close case”"),
    "off the waiting list": (
        off_the_list,
        lambda c, _: wait(c),
        "Somebody would be on the waiting list twice, because of “Put on waiting list”",
    ),
    "a place let go": (
        let_go,
        lambda c, there: units.hold_place(c.store, c.canal_view.id, unit_id=there, person_id=c.id),
        "One place would be held twice, because of “Hold Canal View, Flat 1 for Ciarán”",
    ),
    "a cost ended": (
        lambda c: costs.end_cost_line(c.store, hours(c), ended_on=JUNE),
        lambda c, _: hours(c, started_on=JULY),
        "One cost would count twice, because of “Add cost: ",
    ),
    "a cost of a stay ended": (
        lambda c: costs.end_cost_line(c.store, hours(c), ended_on=JUNE),
        lambda c, _: moves.edit_placement(c.store, c.stay.id, ended_on=JULY),
        "A cost would outlast the stay it belongs to, because of “Change stay”",
    ),
    "an order ended": (
        order_ended,
        lambda c, care: statuses.end_status(c.store, care, ended_on=JULY, **AGREED),
        "After-care would have ended during a community treatment order, because of “End ",
    ),
    "a number corrected": (
        lambda c: people.edit_person(c.store, c.id, nhs_number=None),
        lambda c, _: another(c, nhs_number="999 090 5878"),
        "Two people would have one NHS number, because of “Add person”",
    ),
    "somebody added and taken back": (
        lambda c: undone(c, another),
        lambda c, _: another(c),
        "Two people would have one reference, because of “Add person”",
    ),
    "a record merged and parted": (
        merge_and_part,
        lambda c, other: notes.add_note(c.store, other, kind="visit", noted_on=TODAY, text="Visit."),
        "Something would be hidden in a record that was merged into another, because of “Add note”",
    ),
    "a place listed": (
        flat,
        somebody_moves_in,
        "Something recorded later stands on it: “Add stay in supported living”",
    ),
    "a service added": (
        lambda c: services.add_service(c.store, name="Elm House", provider="Tidewater Support").id,
        lambda c, service: contracts.add_contract(
            c.store, c.canal_view.provider_id or "", name="Lot 2", service_ids=f"{c.canal_view.id} {service}"
        ),
        "Something recorded later stands on it: “Add contract with Tidewater Support”",
    ),
    "a target of a plan that is gone": (
        lambda c: undone(c, lambda c: targets.change_target(c.store, plan(c), target_on=LATER, reason_code="housing")),
        lambda c, _: c.store.undo(),
        "What it belongs to was taken away: “Undo: Start move-on plan”",
    ),
    "a place left that is gone": (
        lambda c: leave(c, flat(c)),
        lambda c, _: c.store.undo(step_called(c, "Add Flat 1 at Canal View")),
        "What it belongs to was taken away: “Undo: Add Flat 1 at Canal View”",
    ),
    "a team renamed": (
        lambda c: services.rename_team(c.store, c.worker.team_id or "", name="Recovery"),
        lambda c, _: services.add_team(c.store, name="Recovery North"),
        "Two teams would have one name, because of “Add team”",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_stand_beside_a_later_step_is_not_brought_back_until_that_is_undone(case, name):
    earlier, later, words = REFUSED[name]
    made = earlier(case)
    step = list_operations(case.store, limit=1)[0].operation.id
    later(case, made)
    before, problems = everything(case), check(case.store).problems
    assert problems == ()
    with pytest.raises(Conflict, match=rf"cannot be undone by itself\. {words}") as refused:
        case.store.undo(step)
    assert re.search(r" \(Ewa Fikcyjna, .* \d\d:\d\d\)\. Undo that first\.$", str(refused.value))
    assert everything(case) == before
    assert str(refused.value).endswith(obstacles(case.store, list_operations(case.store))[step]), "History says it too"
    # As the words say: undo that first. What was undone itself is redone.
    case.store.undo(list_operations(case.store, limit=1)[0].operation.id)
    assert step not in obstacles(case.store, list_operations(case.store))
    case.store.undo(step)
    assert check(case.store).problems == ()


def test_what_stood_side_by_side_before_a_step_may_do_so_again(case):
    """An import brings in what no form lets pass; putting it right can be taken back like anything else."""
    with case.store.operation("Import") as work:
        other = work.save(Placement(new_id(), case.id, "supported", JULY))
    moves.edit_placement(case.store, case.stay.id, ended_on=JULY)
    right = list_operations(case.store, limit=1)[0].operation.id
    people.edit_person(case.store, case.id, known_as="K")
    assert right not in obstacles(case.store, list_operations(case.store))
    case.store.undo(right)
    assert [problem.what for problem in check(case.store).problems] == ["two placements overlap"]
    assert case.store.get(Placement, other.id).ended_on is None


def test_a_later_step_about_something_else_is_in_nobody_s_way(case):
    end_plan(case)
    step = list_operations(case.store, limit=1)[0].operation.id
    stay(case, "hospital", OLD, date(2020, 2, 1))
    wait(case)
    another(case, nhs_number=NHS)
    case.store.undo(step)
    assert check(case.store).problems == ()


def test_what_was_recorded_with_a_step_goes_with_it_even_if_changed_and_changed_back(case):
    other = people.add_person(case.store, surname="Wzór", stage_id="residential", started_on=OLD)
    step = list_operations(case.store, limit=1)[0].operation.id
    (there,) = case.store.find(Placement, person_id=other.id)
    moves.edit_placement(case.store, there.id, ended_on=JULY)
    assert "“Change stay”" in obstacles(case.store, list_operations(case.store))[step]
    case.store.undo()
    assert step not in obstacles(case.store, list_operations(case.store))
    case.store.undo(step)
    assert case.store.find(Placement, person_id=other.id) == []
