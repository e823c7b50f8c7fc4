"""Whatever is recorded can be taken back, and put back, exactly: every operation, on a real register."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest

from mhtracker.domain.records import KINDS, CodeItem, ReviewOutcome, Stage, StatusKind
from mhtracker.domain.reviewing.due import ReviewRules
from mhtracker.operations import moves, notes, people, reviews, settings, statuses, targets
from mhtracker.operations.places import contracts, services, waiting
from mhtracker.operations.places import units as places
from mhtracker.operations.reviews import Booking
from mhtracker.store.check import check
from tests.operations.conftest import TODAY, Case

EARLIER, LATER = date(2020, 1, 1), date(2026, 9, 1)
HELD: dict[str, Any] = {"held_on": TODAY, "outcome": ReviewOutcome.CONTINUE, "next_on": date(2026, 12, 1)}
MOVE: dict[str, Any] = {"left_on": TODAY, "planned": True, "reason_code": "ready", "started_on": TODAY}
AGREED = {"end_reason": "No longer needed", "ended_by_health": "N. Farzi", "ended_by_council": "A. Kalpit"}
DETAINED: dict[str, Any] = {"kind": StatusKind.S117, "code": "3", "started_on": EARLIER}


def nothing(c: Case) -> None:
    return None


def book(c: Case) -> str:
    return reviews.book_review(c.store, c.id, booked_on=date(2026, 7, 22)).id


def hold(c: Case) -> None:
    reviews.record_review(c.store, c.id, held_on=TODAY, outcome=ReviewOutcome.CONTINUE)


def note(c: Case) -> str:
    return notes.add_note(c.store, c.id, kind="visit", noted_on=TODAY, text="Visit.").id


def detain(c: Case) -> str:
    return statuses.set_status(c.store, c.id, **DETAINED).id


def close(c: Case) -> None:
    people.close_case(c.store, c.id, left_on=TODAY, reason="other")


def end_plan(c: Case) -> None:
    targets.end_plan(c.store, c.plan_id, reason_code="met")


def add_housed_person(c: Case, _: Any) -> None:
    people.add_person(c.store, surname="Wzór", stage_id="residential", started_on=EARLIER)


def add_hospital_stay(c: Case, _: Any) -> None:
    moves.start_placement(c.store, c.id, stage_id="hospital", started_on=EARLIER, ended_on=date(2020, 2, 1))


def start_another_plan(c: Case, _: Any) -> None:
    targets.start_plan(c.store, c.id, aim_stage_id="independent", target_on=date(2027, 1, 1))


def list_flat(c: Case) -> str:
    return places.add_unit(c.store, c.canal_view.id, name="Flat 1").id


def hold_flat(c: Case) -> str:
    return places.hold_place(c.store, c.canal_view.id, person_id=c.id, until_on=LATER).id


def wait(c: Case) -> str:
    return waiting.put_on_waiting_list(c.store, c.id, stage_id="supported").id


def offer(c: Case) -> tuple[str, str]:
    entry = wait(c)
    return entry, waiting.offer_place(c.store, entry, service_id=c.canal_view.id).id


def hold_and_wait(c: Case) -> None:
    hold_flat(c)
    offer(c)


def move_to_canal_view(c: Case) -> None:
    moves.record_move(c.store, c.id, stage_id="supported", service_id=c.canal_view.id, **MOVE)


def contract(c: Case) -> str:
    ends = {"ends_on": date(2027, 3, 31), "extendable_to": date(2028, 3, 31)}
    return contracts.add_contract(c.store, c.canal_view.provider_id or "", name="Lot 2", **ends).id


# What is prepared first, and what is to be undone, given what the preparing made.
STEPS: dict[str, tuple[Callable[[Case], Any], Callable[[Case, Any], Any]]] = {
    "add person": (nothing, add_housed_person),
    "edit person": (nothing, lambda c, _: people.edit_person(c.store, c.id, known_as="K", born_on=None)),
    "close case": (book, lambda c, _: people.close_case(c.store, c.id, left_on=TODAY, reason="died")),
    "reopen case": (close, lambda c, _: people.reopen_case(c.store, c.id)),
    "reassign": (nothing, lambda c, _: people.reassign(c.store, [c.id], worker_id=None)),
    "start placement": (nothing, add_hospital_stay),
    "record move": (nothing, lambda c, _: moves.record_move(c.store, c.id, stage_id="supported", **MOVE)),
    "keep place": (
        nothing,
        lambda c, _: moves.record_move(c.store, c.id, stage_id="hospital", keep_place=True, **MOVE),
    ),
    "edit placement": (nothing, lambda c, _: moves.edit_placement(c.store, c.stay.id, started_on=date(2026, 4, 1))),
    "remove placement": (nothing, lambda c, _: moves.remove_placement(c.store, c.stay.id, reason="Wrong")),
    "start plan": (end_plan, start_another_plan),
    "edit plan": (nothing, lambda c, _: targets.edit_plan(c.store, c.plan_id, aim_stage_id="independent")),
    "end plan": (nothing, lambda c, _: targets.end_plan(c.store, c.plan_id, reason_code="given_up")),
    "change target": (
        nothing,
        lambda c, _: targets.change_target(c.store, c.plan_id, target_on=LATER, reason_code="housing"),
    ),
    "book review": (nothing, lambda c, _: book(c)),
    "book reviews": (nothing, lambda c, _: reviews.book_reviews(c.store, [Booking(c.id, LATER)])),
    "rebook review": (book, lambda c, found: reviews.rebook_review(c.store, found, booked_on=LATER, reason="Ill")),
    "hold review": (book, lambda c, found: reviews.hold_review(c.store, found, **HELD)),
    "record review": (nothing, lambda c, _: reviews.record_review(c.store, c.id, **HELD)),
    "abandon review": (book, lambda c, found: reviews.abandon_review(c.store, found, reason="Ill")),
    "set review due": (hold, lambda c, _: reviews.set_review_due(c.store, c.id, due_on=LATER)),
    "add note": (nothing, lambda c, _: note(c)),
    "correct note": (note, lambda c, found: notes.correct_note(c.store, found, text="Call.", reason="wrong kind")),
    "set status": (
        detain,
        lambda c, _: statuses.set_status(c.store, c.id, **(DETAINED | {"started_on": TODAY, "code": "37"})),
    ),
    "end status": (detain, lambda c, found: statuses.end_status(c.store, found, ended_on=TODAY, **AGREED)),
    "add service": (nothing, lambda c, _: services.add_service(c.store, name="Elm House", provider="New Provider")),
    "edit service": (nothing, lambda c, _: services.edit_service(c.store, c.canal_view.id, locality="North")),
    "edit provider": (nothing, lambda c, _: services.edit_provider(c.store, c.canal_view.provider_id, contact="A")),
    "add places": (nothing, lambda c, _: places.add_units(c.store, c.canal_view.id, names=["Flat 1", "Flat 2"])),
    "edit place": (list_flat, lambda c, found: places.edit_unit(c.store, found, features="lift")),
    "close place": (list_flat, lambda c, found: places.edit_unit(c.store, found, closed_on=TODAY)),
    "hold place": (list_flat, lambda c, _: hold_flat(c)),
    "edit hold": (hold_flat, lambda c, found: places.edit_hold(c.store, found, until_on=TODAY)),
    "let go": (hold_flat, lambda c, found: places.let_go(c.store, found)),
    "put on list": (nothing, lambda c, _: wait(c)),
    "edit waiting": (wait, lambda c, found: waiting.edit_waiting(c.store, found, own_wish=True)),
    "take off list": (offer, lambda c, found: waiting.take_off_waiting_list(c.store, found[0], end_reason="housed")),
    "answer offer": (offer, lambda c, found: waiting.answer_offer(c.store, found[1], answer="accepted")),
    "move into a hold": (hold_and_wait, lambda c, _: move_to_canal_view(c)),
    "add contract": (nothing, lambda c, _: contract(c)),
    "edit contract": (contract, lambda c, found: contracts.edit_contract(c.store, found, lot="2")),
    "extend contract": (contract, lambda c, found: contracts.extend_contract(c.store, found)),
    "end contract": (contract, lambda c, found: contracts.end_contract(c.store, found)),
    "worker left": (nothing, lambda c, _: services.worker_left(c.store, c.worker.id, left_on=TODAY)),
    "save stage": (nothing, lambda c, _: settings.save_stage(c.store, Stage("own", "Own", "O", "independent", 90))),
    "save code": (nothing, lambda c, _: settings.save_code(c.store, CodeItem("", "slip_reason", "flood", "Flood"))),
    "review rules": (nothing, lambda c, _: settings.save_review_rules(c.store, ReviewRules(first_days=42))),
    "setting": (nothing, lambda c, _: settings.change_setting(c.store, "council", "Northmoor")),
}


def everything(case: Case) -> dict[tuple[str, str], dict[str, Any]]:
    """All records but for their versions, which only ever rise."""
    found = {(kind, r.id): asdict(r) for kind, record_type in KINDS.items() for r in case.store.find(record_type)}
    for values in found.values():
        del values["version"]
    return found


@pytest.mark.parametrize("name", STEPS)
def test_undo_and_redo_are_exact(case, name):
    prepare, act = STEPS[name]
    made = prepare(case)
    before, seq = everything(case), case.store.last_seq()
    act(case, made)
    after = everything(case)
    assert case.store.last_seq() == seq + 1, "one step for whoever presses undo"
    assert after != before
    case.store.undo()
    assert everything(case) == before
    case.store.redo()
    assert everything(case) == after
    assert check(case.store).problems == ()
