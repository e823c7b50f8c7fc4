"""A past written down at once is the same as one recorded day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from mhtracker.domain.errors import Refused
from mhtracker.domain.records import Note, Person, Review, new_id
from mhtracker.store import known_by
from mhtracker.store.check import check
from mhtracker.store.derived import caseload
from mhtracker.store.past import PastAct, in_order, record_past
from mhtracker.store.queries.history import list_operations
from mhtracker.store.queries.search import search_people
from tests.store.registers import AS_AT, a_person, a_stay, add


def at(day: int, hour: int = 10) -> datetime:
    return datetime(2025, 3, day, hour, tzinfo=UTC)


def test_acts_leave_rows_versions_chain_and_lists_as_recording_would(register):
    store = register.open()
    person = a_person(surname="Przyklad")
    stay = a_stay(person)
    note = Note(new_id(), person.id, "visit", date(2025, 3, 5), "Twice", "Ann", at(5))
    wrong = PastAct(at(5), "Ann", "Add note", [note], person.id)
    record_past(
        store,
        [
            PastAct(at(3), "Ann", "Add person", [person, stay], person.id),
            PastAct(at(4), "Ewa", "Change surname", [replace(person, surname="Przykład")], person.id, "Misread"),
            wrong,
            PastAct(at(5, 11), "Ann", "Undo: Add note", (), person.id, undoes=wrong),
            PastAct(at(6), "Ann", "Change nothing", [replace(person, surname="Przykład")], person.id),
        ],
    )
    assert check(store).problems == ()
    found = store.get(Person, person.id)
    assert (found.surname, found.version) == ("Przykład", 2)
    assert store.find(Note) == []
    told = [(line.operation.label, line.operation.who, line.operation.at) for line in list_operations(store)]
    assert told[:4] == [
        ("Undo: Add note", "Ann", at(5, 11)),
        ("Add note", "Ann", at(5)),
        ("Change surname", "Ewa", at(4)),
        ("Add person", "Ann", at(3)),
    ]
    assert list_operations(store)[1].operation.undone_by is not None
    assert [each.surname for each in search_people(store, "przykład")] == ["Przykład"]
    assert store.database.connection.execute(select(caseload.c.stage_id)).scalars().all() == [stay.stage_id]


def test_it_goes_on_from_what_the_register_holds_and_can_be_undone(register):
    store = register.open()
    person, review = a_person(), Review(new_id(), "", booked_on=AS_AT)
    person, review = add(store, person, replace(review, person_id=person.id))
    record_past(store, [PastAct(at(3), "Ann", "Hold review", [replace(review, held_on=date(2025, 3, 3))], person.id)])
    assert store.get(Review, review.id).version == 2
    assert check(store).ok
    assert store.undo().label == "Hold review"
    assert store.get(Review, review.id).held_on is None
    assert check(store).ok


def test_what_was_known_on_a_day_of_the_past_is_what_had_been_written_by_then(register):
    store = register.open()
    register.clock.day = AS_AT
    person = a_person(surname="One")
    record_past(
        store,
        [
            PastAct(at(3), "Ann", "Add person", [person], person.id),
            PastAct(at(9), "Ann", "Change surname", [replace(person, surname="Two")], person.id),
        ],
    )
    for day, surname in ((3, "One"), (8, "One"), (9, "Two")):
        with known_by(store, date(2025, 3, day)) as copy:
            assert copy.get(Person, person.id).surname == surname
    with known_by(store, date(2025, 3, 2)) as copy:
        assert copy.find(Person) == []


def test_nothing_is_written_of_acts_that_contradict_each_other(register):
    store = register.open()
    person = a_person()
    first = PastAct(at(3), "Ann", "Add person", [person], person.id)
    changed = PastAct(at(4), "Ann", "Change", [replace(person, surname="Other")], person.id)
    with pytest.raises(ValueError, match="changed later"):
        record_past(store, [first, changed, PastAct(at(5), "Ann", "Undo: Add person", undoes=first)])
    assert store.find(Person) == []
    assert check(store).ok


def test_a_register_open_to_read_has_no_past_written_into_it(register):
    register.open()
    register.close()
    with pytest.raises(Refused):
        record_past(register.open(read_only=True), [])


def test_records_come_before_those_that_point_to_them(register):
    store = register.open()
    person = a_person()
    note = Note(new_id(), person.id, "visit", AS_AT, "Words", "Ann", at(3))
    record_past(store, [PastAct(at(3), "Ann", "Both", in_order([note, a_stay(person), person]))])
    assert check(store).ok
