"""A caseload that changes hands."""

from __future__ import annotations

from datetime import date

import pytest

from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import Action, Note, Person, Worker, new_id
from mhtracker.operations import people
from mhtracker.operations.handover import Handed, hand_over
from mhtracker.operations.places import services
from tests.operations.conftest import TODAY, Case


@pytest.fixture
def taker(case: Case) -> Worker:
    return services.add_worker(case.store, name="R. Ffug", team_id=None)


def act(case: Case, what: str, **values: object) -> None:
    with case.store.operation("Add action", person_id=case.id) as work:
        work.save(Action(new_id(), case.id, what, set_on=TODAY, **values))  # type: ignore[arg-type]


def test_the_person_the_open_actions_and_a_note_go_in_one_step_and_come_back_in_one(case: Case, taker: Worker) -> None:
    act(case, "Ring the landlord", worker_id=case.worker.id)
    act(case, "Send the form", owner="ewa fikcyjna")
    act(case, "Done already", worker_id=case.worker.id, done_on=TODAY)
    act(case, "The ward’s", owner="Ashdown Ward")
    seq = case.store.last_seq()
    done = hand_over(case.store, [Handed(case.id, taker.id, "Likes to be met outside.")], on=TODAY)
    assert case.store.last_seq() == seq + 1
    assert (done.actions, done.given_by, done.taken_by) == (2, "Ewa Fikcyjna", "R. Ffug")
    assert case.store.get(Person, case.id).worker_id == taker.id
    owners = {each.what: (each.worker_id, each.owner) for each in case.store.find(Action, person_id=case.id)}
    assert owners["Ring the landlord"] == owners["Send the form"] == (taker.id, "")
    assert owners["Done already"] == (case.worker.id, "")
    assert owners["The ward’s"] == (None, "Ashdown Ward")
    (note,) = case.store.find(Note, person_id=case.id)
    assert note.text == "Handed over from Ewa Fikcyjna to R. Ffug on 14 Jul 2026.\nLikes to be met outside."
    case.store.undo()
    assert case.store.get(Person, case.id).worker_id == case.worker.id
    assert case.store.find(Note, person_id=case.id) == []


def test_people_may_go_to_different_workers(case: Case, taker: Worker) -> None:
    other = services.add_worker(case.store, name="A. Kalpit", team_id=None)
    second = people.add_person(case.store, surname="Second", worker_id=case.worker.id)
    done = hand_over(case.store, [Handed(case.id, taker.id), Handed(second.id, other.id)], on=TODAY)
    assert done.taken_by == "R. Ffug and A. Kalpit"
    assert case.store.get(Person, second.id).worker_id == other.id


def test_a_worker_who_leaves_must_leave_nobody_behind(case: Case, taker: Worker) -> None:
    second = people.add_person(case.store, surname="Second", worker_id=case.worker.id)
    with pytest.raises(Invalid, match="would still hold 1 person"):
        hand_over(case.store, [Handed(case.id, taker.id)], on=TODAY, leaver_id=case.worker.id)
    assert case.store.get(Person, case.id).worker_id == case.worker.id, "half of it was recorded"
    both = [Handed(case.id, taker.id), Handed(second.id, taker.id)]
    hand_over(case.store, both, on=TODAY, leaver_id=case.worker.id)
    assert case.store.get(Worker, case.worker.id).left_on == TODAY


def test_what_cannot_be_handed_over_is_said_by_person(case: Case, taker: Worker) -> None:
    with pytest.raises(Invalid) as refused:
        hand_over(case.store, [Handed(case.id, case.worker.id)], on=TODAY)
    assert "holds this case already" in refused.value.problems[case.id]
    with pytest.raises(Invalid, match="lies ahead"):
        hand_over(case.store, [Handed(case.id, taker.id)], on=date(2026, 8, 1))
    with pytest.raises(Invalid, match="Nobody is handed over"):
        hand_over(case.store, [], on=TODAY)
