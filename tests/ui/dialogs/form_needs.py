"""What each form needs to be opened: the record it is about, made anew, so that it is there in any register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from mhtracker.domain.pathway import in_order
from mhtracker.domain.records import (
    CodeItem,
    CostLine,
    FundingSplit,
    MeasureTool,
    Offer,
    Person,
    Placement,
    Programme,
    Record,
    Review,
    ReviewType,
    Stage,
    StatusKind,
    Waiting,
    Worker,
)
from mhtracker.operations.actions import add_action
from mhtracker.operations.barriers import start_barrier
from mhtracker.operations.contacts import add_contact
from mhtracker.operations.documents import add_document
from mhtracker.operations.goals import score_goal, set_goal
from mhtracker.operations.key_events import add_event
from mhtracker.operations.measures import record_measure
from mhtracker.operations.money.cost_tables import start_table
from mhtracker.operations.money.costs import add_cost_line
from mhtracker.operations.money.funding import change_funding
from mhtracker.operations.money.tapers import TaperPlan, plan_taper
from mhtracker.operations.notes import add_note
from mhtracker.operations.places.contracts import add_contract
from mhtracker.operations.places.services import add_provider, add_service
from mhtracker.operations.places.units import add_unit, hold_place
from mhtracker.operations.places.waiting import offer_place, put_on_waiting_list
from mhtracker.operations.programmes import start_programme
from mhtracker.operations.readiness import Rated, rate
from mhtracker.operations.reviews import book_review
from mhtracker.operations.statuses import set_status
from mhtracker.operations.step_plans import make_steps
from mhtracker.operations.warnings import raise_warning
from mhtracker.store import Store
from tests.ui.conftest import DAY

Make = Callable[[Store, str], Record]


def _action(store: Store, person_id: str) -> Record:
    return add_action(store, person_id, what="Ring the landlord", due_on=DAY + timedelta(days=7))


def _barrier(store: Store, person_id: str) -> Record:
    return start_barrier(store, person_id, code=store.codes("delay_reason")[0].code, started_on=date(2026, 6, 1))


def _booking(store: Store, person_id: str) -> Record:
    with store.operation("Clear") as work:
        for review in work.find(Review, person_id=person_id, held_on=None, abandoned_on=None):
            work.delete(review)
    return book_review(store, person_id, booked_on=DAY + timedelta(days=9), booked_time="10:30")


def _contact(store: Store, person_id: str) -> Record:
    return add_contact(store, person_id, kind="friend", name="Mo Ansah")


def _document(store: Store, person_id: str) -> Record:
    return add_document(store, person_id, name="letter.txt", content=b"He may keep a cat.")


def _event(store: Store, person_id: str) -> Record:
    return add_event(store, person_id, happened_on=date(2026, 5, 4), words="Began at the workshop")


def _goal(store: Store, person_id: str) -> Record:
    return set_goal(store, person_id, words="I want a cat.")


def _measure(store: Store, person_id: str) -> Record:
    tool = store.find(MeasureTool)[0]
    return record_measure(store, person_id, tool_id=tool.id, total=20.0, taken_on=DAY)


def _note(store: Store, person_id: str, *, finished: bool = True) -> Record:
    return add_note(store, person_id, kind="other", noted_on=DAY, text="He likes the garden.", finished=finished)


def _rating(store: Store, person_id: str) -> Record:
    domain = store.codes("readiness_domain")[0].code
    return rate(store, person_id, {domain: Rated(1, "Cooks on Sundays")}, rated_on=DAY)[0]


def _score(store: Store, person_id: str) -> Record:
    return score_goal(store, _goal(store, person_id).id, score=4)


def _status(store: Store, person_id: str) -> Record:
    code, until = store.codes("dols")[0].code, date(2027, 5, 1)
    return set_status(store, person_id, kind=StatusKind.DOLS, code=code, started_on=date(2026, 6, 1), expires_on=until)


def _steps(store: Store, person_id: str) -> Record:
    return make_steps(store, person_id, move_on=DAY + timedelta(days=60))[0]


def _warning(store: Store, person_id: str) -> Record:
    return raise_warning(
        store, person_id, kind="visit_in_twos", words="Two visit together", why="A dog", review_on=date(2026, 12, 1)
    )


def _cost(store: Store, person_id: str) -> Record:
    what = f"Workshop {len(store.find(CostLine))}"
    return add_cost_line(store, person_id, kind="day", rate_pence=40_00, started_on=date(2026, 6, 1), what=what)


def _taper(store: Store, person_id: str) -> Record:
    what = f"Evenings {len(store.find(CostLine))}"
    return plan_taper(store, person_id, TaperPlan(date(2026, 6, 1), 20, 5, 3, 8, 17_96, what=what))[0]


def _funding(store: Store, person_id: str) -> Record:
    days = len(store.find(FundingSplit))
    return change_funding(store, person_id, started_on=DAY - timedelta(days=days), health_percent=50.0)


def _cost_table(store: Store, person_id: str) -> Record:
    return start_table(store, name="Accommodation", as_is_on=DAY)


def _service(store: Store, person_id: str) -> Record:
    return add_service(store, name=f"Fern Court {person_id}", stage_id="supported", capacity=4)


def _provider(store: Store, person_id: str) -> Record:
    return add_provider(store, name=f"Fern Homes {person_id}")


def _unit(store: Store, person_id: str) -> Record:
    return add_unit(store, _service(store, person_id).id, name="Flat 5")


def _hold(store: Store, person_id: str) -> Record:
    until = DAY + timedelta(days=14)
    return hold_place(store, _service(store, person_id).id, reason_code="repairs", until_on=until)


def _contract(store: Store, person_id: str) -> Record:
    return add_contract(store, _provider(store, person_id).id, name="Framework", ends_on=date(2027, 3, 31),
                        extendable_to=date(2029, 3, 31))  # fmt: skip


def _waiting(store: Store, person_id: str) -> Record:
    with store.operation("Clear") as work:
        for record in (*work.find(Offer, person_id=person_id), *work.find(Waiting, person_id=person_id)):
            work.delete(record)
    return put_on_waiting_list(store, person_id, stage_id="supported")


def _stay(store: Store, person_id: str) -> Record:
    return in_order(store.find(Placement, person_id=person_id))[-1]


def _offer(store: Store, person_id: str) -> Record:
    waiting = _waiting(store, person_id)
    return offer_place(store, waiting.id, service_id=_service(store, person_id).id)


def _programme(store: Store, person_id: str) -> Record:
    running = store.find(Programme, ended_on=None)
    return running[0] if running else start_programme(
        store, name="Half", baseline_on=date(2025, 4, 1), stage_ids=["residential"], aim_on=date(2028, 3, 31),
        aim_percent=50,
    )  # fmt: skip


def _first(kind: type[Record], **which: Any) -> Make:
    return lambda store, person_id: store.find(kind, **which)[0]


def _other(store: Store, person_id: str) -> Record:
    return next(person for person in store.find(Person) if person.id != person_id)


ABOUT: dict[str, tuple[str, Make]] = {
    "edit_stay": ("placement_id", _stay),
    "rebook_review": ("review_id", _booking),
    "abandon_review": ("review_id", _booking),
    "renew_status": ("status_id", _status),
    "correct_rating": ("rating_id", _rating),
    "end_barrier": ("barrier_id", _barrier),
    "edit_barrier": ("barrier_id", _barrier),
    "edit_action": ("action_id", _action),
    "finish_action": ("action_id", _action),
    "put_off_action": ("action_id", _action),
    "drop_action": ("action_id", _action),
    "edit_note": ("note_id", lambda store, person_id: _note(store, person_id, finished=False)),
    "correct_note": ("note_id", _note),
    "edit_event": ("event_id", _event),
    "edit_document": ("document_id", _document),
    "end_status": ("status_id", _status),
    "edit_status": ("status_id", _status),
    "reword_goal": ("goal_id", _goal),
    "score_goal": ("goal_id", _goal),
    "edit_score": ("score_id", _score),
    "end_goal": ("goal_id", _goal),
    "edit_measure": ("measure_id", _measure),
    "edit_contact": ("contact_id", _contact),
    "end_contact": ("contact_id", _contact),
    "edit_warning": ("warning_id", _warning),
    "check_warning": ("warning_id", _warning),
    "end_warning": ("warning_id", _warning),
    "merge": ("other_id", _other),
    "change_aim": ("programme_id", _programme),
    "cost_table": ("table_id", _cost_table),
    "cost_row": ("table_id", _cost_table),
    "change_cost": ("line_id", _cost),
    "edit_cost": ("line_id", _cost),
    "end_cost": ("line_id", _cost),
    "stop_taper": ("taper_id", _taper),
    "edit_funding": ("split_id", _funding),
    "edit_wait": ("waiting_id", _waiting),
    "end_wait": ("waiting_id", _waiting),
    "answer_offer": ("offer_id", _offer),
    "service": ("service_id", _service),
    "close_service": ("service_id", _service),
    "provider": ("provider_id", _provider),
    "place": ("unit_id", _unit),
    "edit_hold": ("hold_id", _hold),
    "contract": ("contract_id", _contract),
    "extend_contract": ("contract_id", _contract),
    "end_contract": ("contract_id", _contract),
    "stage": ("stage_id", _first(Stage, id="supported")),
    "measure_tool": ("tool_id", _first(MeasureTool)),
    "review_type": ("type_id", _first(ReviewType, id="care_act")),
    "code": ("code_id", _first(CodeItem, list_name="end_reason")),
    "worker": ("worker_id", _first(Worker)),
}
"""The forms that are opened on a record: the argument that names it, and how there comes to be one."""

STARTS_FROM: dict[str, Make] = {
    "move_steps": _steps,
    "drop_steps": _steps,
    "rate": _rating,
    "put_off": _action,
    "offer": _waiting,
}
"""The forms that name no record, and what is to be there when they are opened."""

FOR_SEVERAL = ("reassign", "hand_over", "book_reviews")


def needs_of(command: str, store: Store, person_id: str) -> tuple[dict[str, Any], Record | None]:
    """What a command is given besides the person, and the record that its form is about."""
    if command in FOR_SEVERAL:
        return {"person_ids": (person_id,)}, None
    if command in STARTS_FROM:
        return {}, STARTS_FROM[command](store, person_id)
    if command not in ABOUT:
        return {}, None
    name, make = ABOUT[command]
    record = make(store, person_id)
    return {name: record.id}, record
