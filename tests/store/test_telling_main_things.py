"""The main thing an operation did is said first, and the rest is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mhtracker.domain.records import (
    Contract,
    Hold,
    LegalAndStatus,
    Note,
    Offer,
    Programme,
    ProgrammePerson,
    Provider,
    Review,
    ReviewOutcome,
    S117Decision,
    Service,
    StatusKind,
    Unit,
    Waiting,
    Worker,
    new_id,
)
from mhtracker.store.queries.history import HistoryQuery, find_operations
from mhtracker.store.telling.main_things import many
from mhtracker.store.telling.steps import MOST_READ, tell_steps
from tests.store.registers import a_person, a_stay, add
from tests.store.test_telling import newest, saved

MAY = date(2026, 5, 3)
WHO = "TRIAIL, Ciarán: "


@pytest.fixture
def store(file_register):
    return file_register.open()


@pytest.fixture
def person(store):
    return add(store, a_person(surname="Triail", given_names="Ciarán"))[0]


def test_the_end_of_after_care_says_first_who_decided_it_for_which_body_and_why(store, person):
    status = LegalAndStatus(new_id(), person.id, StatusKind.S117, "3", date(2020, 1, 1))
    review = Review(new_id(), person.id, "s117", booked_on=MAY)
    saved(store, status, review)
    held = replace(
        review, version=1, held_on=MAY, outcome=ReviewOutcome.CONTINUE, s117_decision=S117Decision.END,
        s117_health_name="Dr A", s117_council_name="B",
    )  # fmt: skip
    ended = replace(
        status, version=1, ended_on=MAY, end_reason="Both agree", ended_by_health="Dr A", ended_by_council="B"
    )
    saved(store, held, ended)
    assert newest(store) == (
        f"{WHO}Section 117 after-care ended on 3 May 2026 by Dr A for the ICB and B for the council: Both agree; "
        f"{WHO}s117 review held on 3 May 2026: no change; end after-care, by Dr A for the ICB and B for the council"
    )


@pytest.mark.parametrize("number", [3, 30])
def test_a_handover_says_how_many_went_from_whom_to_whom_however_many_they_are(store, number):
    ewa, tom = add(store, Worker(new_id(), "Ewa Fikcyjna"), Worker(new_id(), "Tom Mockridge"))
    people = add(store, *(a_person(f"MHT-{n:05d}", f"Triail {n}") for n in range(1, number + 1)))
    given = [replace(person, worker_id=ewa.id) for person in people]
    saved(store, *given)
    assert newest(store) == f"{number} people given to Ewa Fikcyjna"
    with store.operation(f"Hand over {number} people") as work:
        for person in given:
            work.save(replace(person, worker_id=tom.id, version=2))
            work.save(Note(new_id(), person.id, "record", MAY, "Handed over", "Ann", datetime.now(UTC)))
    told = newest(store)
    assert told.startswith(f"{number} people passed from Ewa Fikcyjna to Tom Mockridge; ")
    assert "30 notes added" in told if number == 30 else told.endswith(", and 2 more")
    store.undo()
    assert newest(store).startswith(f"Undone: {number} people passed from Ewa Fikcyjna to Tom Mockridge; ")
    own = find_operations(store, HistoryQuery(person_id=people[0].id), 2, MOST_READ)[1]
    (step,) = tell_steps(store, [own])
    assert step.sentences[0].words == "Passed from Ewa Fikcyjna to Tom Mockridge"


@pytest.mark.parametrize("notes", [2, 60])
def test_a_merge_says_first_who_was_found_to_be_whom(store, notes):
    keep, other = add(store, a_person("MHT-00001", "Triail"), a_person("MHT-00002", "Trial"))
    written = [Note(new_id(), other.id, "visit", MAY, f"Note {n}", "Ann") for n in range(notes)]
    saved(store, *written)
    with store.operation("Merge MHT-00002 into MHT-00001", person_id=keep.id) as work:
        for note in written:
            work.save(replace(note, version=1, person_id=keep.id))
        work.save(replace(other, merged_into=keep.id))
    told = newest(store)
    head = "TRIAL (MHT-00002) found to be the same person as TRIAIL (MHT-00001), and merged; "
    assert told.startswith(head)
    assert told.endswith("; 60 notes changed" if notes == 60 else "; TRIAIL: note changed")


def test_an_import_counts_what_it_brought_by_kind(store):
    people = [a_person(f"MHT-{n:05d}", f"Triail {n}") for n in range(30)]
    with store.operation("Import people.xlsx") as work:
        work.add_many([*people, *(a_stay(person) for person in people)])
    assert newest(store) == "Import people.xlsx: 30 people and 30 stays added"


def test_a_finished_note_and_a_booking_changed_in_its_time_alone_say_so(store, person):
    note = Note(new_id(), person.id, "visit", MAY, "Half", "Ann")
    review = Review(new_id(), person.id, booked_on=MAY, booked_time="10:00")
    saved(store, note, review)
    at = datetime(2026, 5, 3, 12, tzinfo=UTC)
    saved(store, replace(note, version=1, finished_at=at))
    assert newest(store) == f"{WHO}visit of 3 May 2026 finished: “Half”"
    saved(store, replace(review, version=1, booked_time="14:30", rebook_reason="The bus comes at two"))
    moved = f"{WHO}Care Act review moved from Sun 3 May 2026, 10:00 to Sun 3 May 2026, 14:30: The bus comes at two"
    assert newest(store) == moved


def test_closing_a_case_says_so_before_the_stay_that_ended_with_it(store, person):
    (stay,) = add(store, a_stay(person))
    saved(store, replace(stay, ended_on=MAY), replace(person, left_on=MAY, left_reason="independent", version=1))
    first, _, second = newest(store).partition("; ")
    assert first.startswith(f"{WHO}left the pathway on 3 May 2026")
    assert second.startswith(f"{WHO}left ")


def test_places_waiting_offers_and_contracts_are_told_in_words(store, person):
    (provider,) = add(store, Provider(new_id(), "Canal Housing"))
    (service,) = add(store, Service(new_id(), "Canal View", provider.id, "supported"))
    (unit,) = add(store, Unit(new_id(), service.id, "Flat 5"))
    assert newest(store) == "Place added: Flat 5 at Canal View"
    hold = Hold(new_id(), service.id, MAY, unit.id, person.id, date(2026, 5, 20))
    waiting = Waiting(new_id(), person.id, MAY, "supported", priority="urgent")
    offer = Offer(new_id(), person.id, waiting.id, service.id, MAY, unit.id)
    contract = Contract(new_id(), provider.id, "Lot 2", started_on=MAY, ends_on=date(2027, 5, 2))
    flat = "Flat 5 at Canal View"
    for record, words in (
        (hold, f"{WHO}held from 3 May 2026 until 20 May 2026: {flat}, kept for somebody"),
        (replace(hold, version=1, ended_on=MAY), f"{WHO}no longer held since 3 May 2026: {flat}"),
        (waiting, f"{WHO}on the waiting list for supported living since 3 May 2026, urgent"),
        (offer, f"{WHO}offered {flat} on 3 May 2026"),
        (
            replace(offer, version=1, answer="refused", answered_on=MAY, reason_code="area"),
            f"{WHO}offer of {flat} refused by the person on 3 May 2026: not the right area",
        ),
        (
            replace(waiting, version=1, ended_on=MAY, end_reason="withdrew"),
            f"{WHO}off the waiting list for supported living on 3 May 2026: no longer wants it",
        ),
        (contract, "Contract from 3 May 2026 to 2 May 2027: Lot 2, Canal Housing"),
        (
            replace(contract, version=1, ends_on=date(2028, 5, 2)),
            "Contract extended from 2 May 2027 to 2 May 2028: Lot 2, Canal Housing",
        ),
    ):
        saved(store, record)
        assert newest(store) == words


def test_a_programme_is_told_by_its_aim_and_its_people_are_counted(store):
    people = add(store, *(a_person(f"MHT-{n:05d}", f"Triail {n}") for n in range(1, 10)))
    programme = Programme(new_id(), "Move on half", MAY, date(2029, 5, 3), "residential", 50)
    with store.operation("Set up programme Move on half") as work:
        work.save(programme)
        work.add_many([ProgrammePerson(new_id(), each.id, programme.id, "residential") for each in people])
    told = newest(store)
    assert told.startswith(
        "Programme Move on half set up: 50% of those in residential on 3 May 2026 to move on by 3 May 2029; "
    )
    assert told.endswith(", and 8 more")


@pytest.mark.parametrize(
    ("kind", "words"),
    [("person", "people"), ("status", "statuses"), ("import_word", "words of a sheet"), ("code", "code lists"),
     ("programme_person", "people of a programme"), ("hold", "places held"), ("attendance", "records of who came")],
)  # fmt: skip
def test_kinds_are_counted_in_plain_plurals(kind, words):
    assert many(kind) == words
