"""What was recorded, told in sentences: names for ids, labels for codes, days written out."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from mhtracker.domain.records import (
    KIND_OF,
    KINDS,
    LegalAndStatus,
    MoveOnPlan,
    Note,
    Placement,
    Review,
    ReviewOutcome,
    Service,
    StatusKind,
    Target,
    Worker,
    new_id,
)
from mhtracker.store import Store
from mhtracker.store.codec import image_values as values_of
from mhtracker.store.codec import to_image
from mhtracker.store.queries.history import Change, HistoryQuery, find_operations, list_operations
from mhtracker.store.telling.sentences import sentence
from mhtracker.store.telling.steps import MOST_READ, name_of_operation, step_words, tell_changes, tell_steps
from mhtracker.store.telling.values import Names
from tests.store.registers import a_person, a_stay, add, every_record

MAY, AUGUST = date(2026, 5, 1), date(2026, 8, 1)


def newest(store: Store) -> str:
    """The newest operation in words."""
    (step,) = tell_steps(store, find_operations(store, HistoryQuery(), 1, MOST_READ))
    return step_words(step)


def saved(store: Store, *records: Any, label: str = "Step") -> None:
    with store.operation(label) as work:
        for record in records:
            work.save(record)


@pytest.fixture
def here(file_register):
    """A register with a person on the pathway."""
    store = file_register.open()
    worker, service = Worker(new_id(), "Ewa Fikcyjna"), Service(new_id(), "Beech Lodge", stage_id="residential")
    person = a_person(surname="Triail", given_names="Ciarán")
    worker, service, person = add(store, worker, service, person)
    return store, person, worker, service


def test_a_target_that_slips_says_from_when_to_when_by_whom_and_why(here):
    store, person, *_ = here
    plan = MoveOnPlan(new_id(), person.id, "supported", started_on=MAY)
    first = Target(new_id(), plan.id, person.id, MAY, MAY, set_by="Ewa Fikcyjna")
    saved(store, plan, first)
    assert newest(store) == (
        "TRIAIL, Ciarán: move-on plan begun, aiming for supported living; "
        "TRIAIL, Ciarán: target set for 1 May 2026 by Ewa Fikcyjna"
    )
    later = replace(
        first, id=new_id(), target_on=AUGUST, position=1, reason_code="no_offer", reason="waiting for a housing offer"
    )
    saved(store, later)
    assert newest(store) == (
        "TRIAIL, Ciarán: target moved from 1 May 2026 to 1 Aug 2026 by Ewa Fikcyjna: waiting for a housing offer"
    )
    saved(store, replace(later, id=new_id(), target_on=MAY, position=2, reason="", set_by=""))
    assert newest(store) == "TRIAIL, Ciarán: target brought forward from 1 Aug 2026 to 1 May 2026: no offer yet"


def test_the_two_stays_of_a_move_are_one_sentence(here):
    store, person, _, service = here
    stay = replace(a_stay(person), stage_id="residential", service_id=service.id, started_on=date(2025, 1, 1))
    (stay,) = add(store, stay)
    saved(
        store,
        replace(stay, ended_on=MAY, end_reason="ready"),
        Placement(new_id(), person.id, "independent", AUGUST),
    )
    told = newest(store)
    assert told.startswith("TRIAIL, Ciarán: moved from Beech Lodge (residential) to ")
    assert told.endswith("leaving on 1 May 2026 and coming on 1 Aug 2026: ready, and a place is free")


def test_reviews_say_what_became_of_them(here):
    store, person, *_ = here
    review = Review(new_id(), person.id, booked_on=MAY, booked_time="10:30")
    saved(store, review)
    assert newest(store) == "TRIAIL, Ciarán: Care Act review booked for Fri 1 May 2026, 10:30"
    review = replace(review, version=1, booked_on=date(2026, 5, 8), rebook_reason="The sister is away")
    saved(store, review)
    moved = "TRIAIL, Ciarán: Care Act review moved from Fri 1 May 2026 to Fri 8 May 2026, 10:30: The sister is away"
    assert newest(store) == moved
    review = replace(review, version=2, held_on=date(2026, 5, 8), outcome=ReviewOutcome.CONTINUE)
    saved(store, review)
    assert newest(store) == "TRIAIL, Ciarán: Care Act review held on 8 May 2026: no change"
    given_up = Review(new_id(), person.id, booked_on=MAY, abandoned_on=AUGUST, abandon_reason="Moved away")
    saved(store, replace(given_up, abandoned_on=None, abandon_reason=""))
    saved(store, replace(given_up, version=1))
    assert newest(store) == (
        "TRIAIL, Ciarán: Care Act review of 1 May 2026 not held, given up on 1 Aug 2026: Moved away"
    )


def test_workers_and_statuses_and_notes_go_by_their_names(here):
    store, person, worker, _ = here
    saved(store, replace(person, worker_id=worker.id))
    assert newest(store) == "TRIAIL, Ciarán: given to Ewa Fikcyjna"
    status = LegalAndStatus(new_id(), person.id, StatusKind.ACCOMMODATION, "owner", MAY)
    saved(store, status)
    assert newest(store).endswith("accommodation: Owner occupier or shared ownership scheme, since 1 May 2026")
    saved(store, Note(new_id(), person.id, "visit", MAY, "Two\nlines", "Ann"))
    assert newest(store) == "TRIAIL, Ciarán: visit noted for 1 May 2026: “Two lines”"


def test_a_name_that_is_gone_is_still_told(here):
    store, person, *_ = here
    worker = Worker(new_id(), "Gone Tomorrow")
    saved(store, worker, replace(person, worker_id=worker.id))
    saved(store, replace(person, version=2, worker_id=None))
    with store.operation("Take away") as work:
        work.delete(store.get(Worker, worker.id))
    steps = tell_steps(store, find_operations(store, HistoryQuery(), 3, MOST_READ))
    assert step_words(steps[1]) == "TRIAIL, Ciarán: no longer with Gone Tomorrow"


def test_an_undo_is_told_by_what_it_took_back_and_names_the_person(here):
    store, person, *_ = here
    with store.operation("Book review", person_id=person.id) as work:
        work.save(Review(new_id(), person.id, booked_on=MAY))
    undone = store.undo()
    assert newest(store) == "TRIAIL, Ciarán: undone: Care Act review booked for Fri 1 May 2026"
    assert name_of_operation(store, undone) == "book review, TRIAIL, Ciarán"
    assert name_of_operation(store, list_operations(store, limit=1)[0].operation) == "book review, TRIAIL, Ciarán"
    store.redo()
    assert newest(store) == "TRIAIL, Ciarán: Care Act review booked for Fri 1 May 2026"


def test_every_kind_of_record_has_words_for_adding_changing_and_taking_away(here):
    store, *_ = here
    names = Names(store)
    for record in every_record("Words"):
        kind, image = KIND_OF[type(record)], values_of(to_image(record))
        other = dict(image or {}) | {"note": "Another", "label": "Another", "name": "Another", "words": "Another"}
        known = {field.name for field in fields(KINDS[kind])}
        other = {name: value for name, value in other.items() if name in known}
        for before, after in ((None, image), (image, other), (other, None)):
            change = Change(kind, record.id, None, before, after)
            told = sentence(names, change)
            assert told, (kind, before, after)
            assert told[0].isupper() or told.startswith("s117"), told
            assert not told.endswith("."), told
            assert "None" not in told, told
            tell_changes(names, [change])


def test_the_fields_of_a_change_have_labels_and_read_as_people_write(here):
    store, person, worker, _ = here
    saved(store, replace(person, worker_id=worker.id, born_on=date(1981, 3, 23), nhs_number="9999981801"))
    (line,) = find_operations(store, HistoryQuery(), 1)
    (told,) = tell_changes(Names(store), line.changes)
    said = {field.label: (field.before, field.after) for field in told.fields}
    assert said["Worker"] == ("", "Ewa Fikcyjna")
    assert said["Born"][1] == "23 Mar 1981"
    assert said["NHS number"][1] == "999 998 1801"
    assert told.person == "TRIAIL, Ciarán"
    assert set(said) & {"id", "version"} == set()


def test_history_is_found_by_who_day_kind_and_person_and_a_page_at_a_time(file_register):
    store = file_register.open()
    file_register.clock.day = date(2026, 1, 1)
    (person,) = add(store, a_person())
    for day, who in ((1, "Ewa Fikcyjna"), (2, "Anjali Kalpit"), (3, "Ewa Fikcyjna")):
        file_register.clock.day = date(2026, 3, day)
        store.who = who
        saved(store, Note(new_id(), person.id, "visit", MAY, f"Note {day}", who), label=f"Note {day}")
    saved(store, Worker(new_id(), "Somebody"), label="Worker")

    def found(**wanted: Any) -> list[str]:
        return [line.operation.label for line in find_operations(store, HistoryQuery(**wanted))]

    assert found(who=("Ewa Fikcyjna",), kinds=("note",)) == ["Note 3", "Note 1"]
    assert found(first=date(2026, 3, 2), last=date(2026, 3, 2)) == ["Note 2"]
    assert found(person_id=person.id, first=date(2026, 3, 2)) == ["Note 3", "Note 2"]
    assert found(kinds=("worker",)) == ["Worker"]
    two = find_operations(store, HistoryQuery(person_id=person.id), 2)
    rest = found(person_id=person.id, before_seq=two[-1].operation.seq)
    assert [line.operation.label for line in two] == ["Note 3", "Note 2"]
    assert rest[0] == "Note 1"


def test_images_of_later_versions_with_fields_unknown_here_are_still_told(here):
    store, *_ = here
    change = Change("worker", new_id(), None, None, {"name": "Ann", "shoe_size": 41})
    assert sentence(Names(store), change) == "Worker added: Ann"
    assert sentence(Names(store), Change("unheard_of", "x", None, None, {"a": 1})) == "Unheard of added"


def test_a_time_is_told_in_the_office_s_own_zone(here):
    store, person, *_ = here
    at = datetime(2026, 7, 14, 9, 5, tzinfo=UTC)
    saved(store, Note(new_id(), person.id, "visit", MAY, "x", "Ann", at))
    (line,) = find_operations(store, HistoryQuery(), 1)
    (step,) = tell_steps(store, [line])
    assert step.at.tzinfo is not None
