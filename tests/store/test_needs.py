"""The table of reviews asked for beside the main one follows every operation, undo and day; lists read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from mhtracker.domain.caseload import build_line
from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import (
    LegalAndStatus,
    Note,
    Placement,
    Review,
    ReviewOutcome,
    ReviewType,
    StatusKind,
    new_id,
)
from mhtracker.operations.reviews import say_not_needed
from mhtracker.store import create_register
from mhtracker.store.check import check
from mhtracker.store.lines import read_facts, read_names
from mhtracker.store.needs import need_of, needs, needs_of
from mhtracker.store.queries.as_at import needs_as_at
from mhtracker.store.queries.caseload import CaseloadQuery, list_caseload
from mhtracker.store.queries.due import list_due
from mhtracker.store.queries.person import build_case_summary
from tests.store.life import UNSHRUNK, Life
from tests.store.registers import AS_AT, Hands, a_person, a_stay, add


def kept(store, table=needs):
    return {need_of(dict(row)) for row in store.database.connection.execute(select(table)).mappings()}


def built(store, day):
    names = read_names(store)
    everyone = read_facts(store, None).values()
    return set(needs_of(store, [(each, build_line(each, names, day)) for each in everyone], names, day))


def lived(record):
    """How it stands, told by what lists would say of it."""
    return {(n.person_id, n.key, n.due_on, n.met_on, n.booked_on) for n in record}


@settings(max_examples=10, phases=UNSHRUNK)
@given(seed=st.integers(0, 10**6), days=st.lists(st.integers(-900, 900), min_size=2, max_size=2))
def test_needs_follow_every_operation_undo_and_day(tmp_path_factory, seed, days):
    path = tmp_path_factory.mktemp("needs") / "register.mhtracker"
    life = Life(seed)
    with create_register(path, who="Ann", clock=Hands()) as store:
        for step in range(25):
            life.step(store)
            if step % 7 == 6 and store.next_undo():
                store.undo()
        assert kept(store) == built(store, AS_AT)
        for number in days:
            day = AS_AT + timedelta(days=number)
            now = {n for n in kept(store, needs_as_at(store, day)) if n.is_listed(day)}
            assert lived(now) == lived({n for n in built(store, day) if n.is_listed(day)})


def after_discharge(store):
    person = a_person("MHT-2", "Home")
    left = AS_AT - timedelta(days=2)
    add(
        store,
        person,
        a_stay(person, "hospital", AS_AT - timedelta(days=40), ended_on=left),
        a_stay(person, "supported", left),
    )
    return person


def contacts(store, day=AS_AT):
    return [(item.what, item.due_on, item.state) for item in list_due(store, day) if item.kind == "follow_up"]


def test_a_note_of_a_visit_meets_the_contact_and_undo_asks_for_it_again(register):
    store = register.open()
    person = after_discharge(store)
    (asked,) = contacts(store)
    assert asked[:2] == ("Contact after discharge", AS_AT + timedelta(days=1))
    seen = Note(new_id(), person.id, "visit", AS_AT - timedelta(days=1), "Seen", "Ann", datetime.now(UTC))
    add(store, replace(seen, finished_at=None))
    assert contacts(store) == [asked]
    (unfinished,) = store.find(Note)
    with store.operation("Finish") as work:
        work.save(replace(unfinished, finished_at=seen.finished_at))
    assert contacts(store) == []
    assert contacts(store, AS_AT - timedelta(days=2)) != []
    assert check(store).ok
    store.undo()
    assert contacts(store) == [asked]


def test_the_main_line_says_that_it_covers_s117_and_a_sooner_one_stands_apart(register):
    store = register.open()
    one, other = a_person("MHT-1", "Both"), a_person("MHT-2", "Sooner")
    start, long_ago = AS_AT - timedelta(days=600), date(2015, 1, 1)
    outcome = ReviewOutcome.CONTINUE
    for person in (one, other):
        add(store, person, LegalAndStatus(new_id(), person.id, StatusKind.S117, "3", long_ago))
    add(
        store,
        a_stay(one, "supported", start),
        Review(new_id(), one.id, held_on=AS_AT - timedelta(400), outcome=outcome),
    )
    add(
        store,
        a_stay(other, "supported", start),
        Review(new_id(), other.id, "s117", held_on=AS_AT - timedelta(380), outcome=outcome),
        Review(new_id(), other.id, held_on=AS_AT - timedelta(100), outcome=outcome),
    )
    assert [(item.line.surname, item.what) for item in list_due(store, AS_AT)] == [
        ("Both", "Review, with s117"),
        ("Sooner", "s117 review"),
    ]


def test_a_kind_taken_out_of_use_is_asked_for_no_more(register):
    store = register.open()
    after_discharge(store)
    with store.operation("Retire") as work:
        work.save(replace(work.get(ReviewType, "discharge"), retired=True))
    assert contacts(store) == []
    store.undo()
    assert len(contacts(store)) == 1


def test_ending_the_stay_in_hospital_is_what_asks_for_a_contact(register):
    store = register.open()
    person = a_person("MHT-3", "Ward")
    add(store, person, a_stay(person, "hospital", AS_AT - timedelta(days=40)))
    assert contacts(store) == []
    (stay,) = store.find(Placement)
    with store.operation("Discharge") as work:
        work.save(replace(stay, ended_on=AS_AT))
    assert len(contacts(store)) == 1


# A contact stays asked for until it is recorded or not needed


def test_a_contact_nobody_made_is_still_overdue_after_months_and_the_note_ends_it(register):
    store = register.open()
    person = after_discharge(store)
    late = AS_AT + timedelta(days=200)
    ((what, due_on, state),) = contacts(store, late)
    assert (what, due_on, state) == ("Contact after discharge", AS_AT + timedelta(days=1), "overdue")
    add(store, Note(new_id(), person.id, "call", AS_AT, "Rang", "Ann", datetime.now(UTC)))
    assert contacts(store, late) == []


def test_what_is_not_needed_is_asked_for_no_longer_and_undo_asks_again(register):
    store = register.open()
    person = after_discharge(store)
    asked = contacts(store)
    say_not_needed(store, person.id, "discharge", reason="Seen by the crisis team")
    assert contacts(store) == contacts(store, AS_AT + timedelta(days=200)) == []
    assert contacts(store, AS_AT - timedelta(days=1)) != [], "the day before, nobody had said so"
    assert store.next_undo().label == "Contact not needed"
    assert check(store).ok
    store.undo()
    assert contacts(store) == asked


def test_a_later_discharge_asks_anew_whatever_was_said_of_the_one_before(register):
    store = register.open()
    person = after_discharge(store)
    say_not_needed(store, person.id, "discharge", reason="Seen by the crisis team")
    back, home = AS_AT + timedelta(days=20), AS_AT + timedelta(days=30)
    add(store, a_stay(person, "hospital", back, ended_on=home))
    assert [due_on for _, due_on, _ in contacts(store, home + timedelta(days=40))] == [home + timedelta(days=3)]


def test_not_needed_asks_for_a_reason_and_for_a_contact_that_is_asked_for(register):
    store = register.open()
    person = after_discharge(store)
    with pytest.raises(Invalid, match="The reason is empty"):
        say_not_needed(store, person.id, "discharge", reason="  ")
    say_not_needed(store, person.id, "discharge", reason="Seen by the crisis team")
    with pytest.raises(Invalid, match="No contact with"):
        say_not_needed(store, person.id, "discharge", reason="Again")


def test_the_review_list_does_not_take_it_for_a_review_that_was_due(register):
    store = register.open()
    person = after_discharge(store)
    before = list_caseload(store, CaseloadQuery(), AS_AT)
    say_not_needed(store, person.id, "discharge", reason="Seen by the crisis team")
    after = list_caseload(store, CaseloadQuery(), AS_AT)
    assert [(line.review_due_on, line.review_never) for line in after] == [
        (line.review_due_on, line.review_never) for line in before
    ]
    summary = build_case_summary(store, person.id, AS_AT - timedelta(days=1))
    assert summary.reviews == ()
