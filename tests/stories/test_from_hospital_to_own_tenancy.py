"""One person's way from hospital to a tenancy of their own, with a return on the way, through the windows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from mhtracker.domain.counting.delays import delayed_days
from mhtracker.domain.records import Action, Barrier, Person, Placement, Rating
from mhtracker.operations.people import add_person
from mhtracker.store import FixedClock, Store, create_register
from tests.stories.worker import Worker

WHO = "WZÓR, Odile"
JAN, MAR, JUN, AUG, OCT, APR = (
    date(2025, 1, 13),
    date(2025, 3, 3),
    date(2025, 6, 2),
    date(2025, 8, 4),
    date(2025, 10, 6),
    date(2026, 4, 7),
)


def odile(store: Store) -> Person:
    return store.find(Person, surname="Wzór")[0]


def stays(worker: Worker) -> list[Placement]:
    return worker.asks(lambda store: store.find(Placement, order_by=("started_on",), person_id=odile(store).id))


def open_actions(worker: Worker) -> list[Action]:
    return worker.asks(
        lambda store: store.find(Action, order_by=("due_on",), person_id=odile(store).id, done_on=None, dropped_on=None)
    )


def test_from_hospital_to_own_tenancy(worker: Worker, tmp_path: Path) -> None:
    register = tmp_path / "Northmoor.mhtracker"
    with create_register(register, who="Ewa Fikcyjna", clock=FixedClock(JAN), demo=True) as store:
        add_person(store, surname="Wzór", given_names="Odile", stage_id="hospital", started_on=date(2024, 9, 2))
    worker.starts(JAN, register)
    sets_the_aim_and_says_what_holds_it_up(worker)
    worker.starts_again(MAR)
    leaves_hospital_with_steps(worker)
    worker.starts_again(JUN)
    moves_to_supported_living(worker)
    worker.starts_again(AUG)
    comes_back_to_residential(worker)
    worker.starts_again(OCT)
    moves_to_her_own_tenancy(worker)
    worker.starts_again(APR)
    is_still_at_home(worker)
    worker.closes()


def goes_to_move_on(worker: Worker) -> None:
    worker.finds("wz", WHO)
    page: Any = worker.page
    page.show_tab("move_on")
    worker.waits()


def sets_the_aim_and_says_what_holds_it_up(worker: Worker) -> None:
    goes_to_move_on(worker)
    worker.sees("No move-on plan yet", "Not rated yet", "Nothing holds the move up", "Nothing agreed yet")
    worker.presses("t")
    worker.fills("Aim", "Independent")
    worker.fills("Target", "1/9/25")
    worker.records()
    worker.presses("b")
    worker.fills("Reason", "Housing: supported accommodation")
    worker.fills("Since", "6/1/25")
    worker.records()
    worker.sees("Housing: supported accommodation", "7 days held up in all")
    worker.begins("rate readiness")
    worker.chooses("Medication: rating: 1")
    worker.chooses("Own wish to move: rating: 3")
    worker.records()
    assert worker.told == "Rated Odile Wzór in 2 domains."
    worker.begins("add an action")
    worker.fills("Action", "Ask the ward for the relapse plan")
    worker.fills("By", "20/1/25")
    worker.records()
    worker.sees("Ask the ward for the relapse plan", "4 of 6")


def leaves_hospital_with_steps(worker: Worker) -> None:
    worker.sees("42 days overdue")
    goes_to_move_on(worker)
    worker.clicks("Done: Ask the ward for the relapse plan")
    assert worker.told == "Done for Odile Wzór: Ask the ward for the relapse plan"
    worker.begins("end a barrier")
    worker.fills("Until", "3/3/25")
    worker.records()
    worker.presses("m")
    worker.fills("Left on", "today")
    worker.chooses("Planned")
    worker.fills("Reason", "Discharged from hospital")
    worker.fills("Stage", "Residential")
    worker.records()
    worker.sees("Steps around a move", "Visit on the first day after the move", "Week 6: agree what support stays")
    assert [each.from_days for each in open_actions(worker)] == [1, 3, 7, 14, 21, 28, 35, 42]


def moves_to_supported_living(worker: Worker) -> None:
    goes_to_move_on(worker)
    worker.clicks("Drop the rest")
    worker.fills("Reason", "Settled in well")
    worker.records()
    worker.presses("m")
    worker.fills("Left on", "today")
    worker.chooses("Planned")
    worker.fills("Reason", "Ready, and a place is free")
    worker.fills("Stage", "Supported living")
    worker.clicks("In-reach and six weeks after it", worker.panel)
    worker.records()
    assert open_actions(worker) == []


def comes_back_to_residential(worker: Worker) -> None:
    goes_to_move_on(worker)
    worker.presses("m")
    worker.fills("Left on", "today")
    worker.chooses("Unplanned")
    worker.fills("Reason", "Needed more support")
    worker.fills("Stage", "Residential")
    worker.presses("Ctrl+Return")
    worker.waits_until(lambda: "Why back" in worker.problems())
    worker.fills("Why back", "Return: the move did not last")
    worker.records()
    assert [each.back_reason for each in stays(worker)] == [None, None, None, "return"]
    worker.begins("rate readiness")
    worker.chooses("Medication: rating: 2")
    worker.records()
    worker.sees("was 1 on 13 Jan 2025")


def moves_to_her_own_tenancy(worker: Worker) -> None:
    goes_to_move_on(worker)
    worker.presses("m")
    worker.fills("Left on", "today")
    worker.chooses("Planned")
    worker.fills("Reason", "Moved on as planned")
    worker.fills("Stage", "Independent")
    worker.sees("Asks whether Odile is still at home on 6 Apr 2026 and 6 Oct 2026")
    worker.clicks("In-reach and six weeks after it", worker.panel)
    worker.records()
    worker.sees("Earlier plan: independent", "Still at home after 6 months?", "Still at home after 12 months?")
    assert [each.due_on for each in open_actions(worker)] == [date(2026, 4, 6), date(2026, 10, 6)]


def is_still_at_home(worker: Worker) -> None:
    worker.sees("1 day overdue", "Still at home after 6 months?")
    goes_to_move_on(worker)
    worker.clicks("Done: Still at home after 6 months?")
    worker.chooses("Outcome: Still at home")
    worker.records()
    worker.sees("Still at home 7 Apr 2026: Still at home after 6 months?")
    assert [each.stage_id for each in stays(worker)] == [
        "hospital", "residential", "supported", "residential", "independent",
    ]  # fmt: skip
    barriers = worker.asks(lambda store: store.find(Barrier))
    assert delayed_days(barriers, JAN, APR).total == 49
    assert len(worker.asks(lambda store: store.find(Rating))) == 3
