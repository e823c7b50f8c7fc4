"""Notes are found by their words, on every engine, as they stood and as they were known."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mhtracker.domain.records import Note, NoteCorrection, new_id
from mhtracker.store.check import check
from mhtracker.store.queries.notes import search_notes
from mhtracker.store.replay import known_by
from tests.store.registers import AS_AT, a_person, add

MARCH, MAY = date(2026, 3, 2), date(2026, 5, 4)


def a_note(person, day, text, **more):
    return Note(new_id(), person.id, "visit", day, text, "Ann Example", **more)


@pytest.fixture
def written(register):
    store = register.open()
    marek, zoe = a_person("MHT-00417", "Przykład", given_names="Marek"), a_person("MHT-00418", "D’Arcy")
    first = a_note(marek, MARCH, "Nie chce się przeprowadzać. Łóżko didn’t arrive; NEAR the tenancy office.")
    second = a_note(zoe, MAY, "Tenancy signed, 100% happy_with the “*” key.")
    add(store, marek, zoe, first, second)

    def found(text, as_at=AS_AT, **more):
        return [each.ref[-3:] for each in search_notes(store, text, as_at, **more).notes]

    return store, found, first, second


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("tenancy", ["418", "417"]),
        ("TENAN signed", ["418"]),
        ("lozko", ["417"]),
        ("didnt", ["417"]),
        ("didn't", ["417"]),
        ("enancy", []),
        ("NEAR(", ["417"]),
        ('"tenancy" AND *', []),
        ('"tenancy"', ["418", "417"]),
        ("tenancy*", ["418", "417"]),
        ("%", []),
        ("happy with", ["418"]),
        ("happy_with", ["418"]),
        ("'; DROP TABLE notes", []),
        ("", []),
        ("  ", []),
    ],
)
def test_every_word_typed_begins_a_word_of_the_note(written, typed, expected):
    _, found, *_ = written
    assert found(typed) == expected


def test_a_note_is_found_on_its_day_and_not_before(written):
    _, found, *_ = written
    assert found("tenancy", MARCH) == ["417"]
    assert found("tenancy", date(2026, 3, 1)) == []


def test_one_person_s_notes_are_looked_through_alone(written):
    store, found, first, _ = written
    assert found("tenancy", person_id=first.person_id) == ["417"]
    assert search_notes(store, "tenancy", AS_AT, limit=1).count == 2


def test_a_corrected_note_is_found_by_what_it_says_on_the_day(written):
    store, found, first, _ = written
    at = datetime(2026, 6, 1, 9, tzinfo=UTC)
    add(store, NoteCorrection(new_id(), first.person_id, first.id, "Hostel bed arrived.", "wrong person", at, "Ann"))
    assert (found("lozko"), found("hostel")) == ([], ["417"])
    assert (found("lozko", date(2026, 5, 31)), found("hostel", date(2026, 5, 31))) == (["417"], [])
    assert search_notes(store, "hostel", AS_AT).notes[0].excerpt == "Hostel bed arrived."
    store.undo()
    assert (found("lozko"), found("hostel")) == (["417"], [])
    store.redo()
    assert (found("lozko"), found("hostel")) == ([], ["417"])
    assert check(store).problems == ()


def test_what_is_searched_keeps_step_with_every_change(written):
    store, found, _, second = written
    with store.operation("Take away") as work:
        work.delete(work.get(Note, second.id))
    assert found("signed") == []
    store.undo()
    assert found("signed") == ["418"]
    with store.operation("Change") as work:
        work.save(replace(work.get(Note, second.id), text="Keys lost."))
    assert (found("signed"), found("keys")) == ([], ["418"])
    assert check(store).problems == ()


def test_as_known_finds_what_was_known(written, register):
    store, _, first, _ = written
    day = AS_AT
    register.clock.day = date(2026, 7, 20)
    at = register.clock.now()
    add(store, NoteCorrection(new_id(), first.person_id, first.id, "Hostel.", "wrong", at, "Ann"))
    with known_by(store, day) as known:
        assert [each.ref for each in search_notes(known, "lozko", day).notes] == ["MHT-00417"]
        assert search_notes(known, "hostel", day).count == 0
