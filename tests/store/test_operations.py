"""An operation is recorded whole with its journal, or leaves no trace, on every engine."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from mhtracker.domain.errors import Refused
from mhtracker.domain.records import Person, Team, Worker, new_id
from mhtracker.store.check import check
from mhtracker.store.derived import caseload, search_words
from mhtracker.store.drafts import drop_draft, get_draft, list_drafts, save_draft
from mhtracker.store.queries.history import changed_fields, list_operations
from mhtracker.store.schema import changes, operations
from tests.store.life import snapshot
from tests.store.registers import AWKWARD, a_person, a_stay, add


def counts(store):
    tables = (changes, operations, caseload, search_words)
    connection = store.database.connection
    return [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]


class Stumble(Exception):
    pass


def test_an_exception_inside_an_operation_leaves_no_trace(register):
    store = register.open()
    (person,) = add(store, a_person())
    before, rows = snapshot(store), counts(store)

    def half_do():
        with store.operation("Half done") as work:
            work.save(replace(person, surname="Changed"))
            work.save(a_person("MHT-00002"))
            work.save(Worker(new_id(), "New"))
            raise Stumble

    with pytest.raises(Stumble):
        half_do()
    assert snapshot(store) == before
    assert counts(store) == rows
    add(store, Team(new_id(), "After"))
    assert check(store).ok
    register.close()
    assert len(snapshot(register.open())) == len(before) + 1


def test_an_operation_that_changes_nothing_is_not_recorded(register):
    store = register.open()
    (person,) = add(store, a_person())
    heard: list[Any] = []
    store.listeners.append(heard.append)
    rows = counts(store)
    with store.operation("Look") as work:
        work.get(Person, person.id)
    with store.operation("Save the same") as work:
        assert work.save(person) == person
    assert counts(store) == rows
    assert heard == []
    assert store.next_undo().label == "Add"


def test_listeners_hear_what_an_operation_changed_after_it_is_recorded(register):
    store = register.open()
    heard: list[Any] = []
    store.listeners.append(lambda changed: heard.append((changed, store.last_seq())))
    person = a_person()
    stay = a_stay(person)
    with store.operation("Somebody comes", person_id=person.id, reason="Referral") as work:
        work.save(person)
        work.save(stay)
        assert heard == []
    ((changed, seq),) = heard
    assert seq == store.last_seq()
    assert changed.label == "Somebody comes"
    assert changed.records == {("person", person.id), ("placement", stay.id)}
    assert changed.people == {person.id}
    assert changed.kinds == {"person", "placement"}
    store.undo()
    assert heard[1][0].records == changed.records
    assert heard[1][0].people == changed.people


def test_changes_since_a_number_are_all_those_recorded_after_it_in_order(register):
    store = register.open()
    start = store.last_seq()
    heard: list[Any] = []
    store.listeners.append(heard.append)
    add(store, a_person(), label="One")
    add(store, Team(new_id(), "North"), label="Two")
    middle = store.last_seq()
    store.undo()
    assert store.changes_since(start) == heard
    assert store.changes_since(middle) == heard[2:]
    assert store.changes_since(store.last_seq()) == []
    assert [each.label for each in heard] == ["One", "Two", "Undo: Two"]


def test_operations_do_not_nest_and_one_that_failed_does_not_block_the_next(register):
    store = register.open()
    with pytest.raises(RuntimeError, match="nest"), store.operation("Outer"), store.operation("Inner"):
        pass
    add(store, Team(new_id(), "Still works"))
    assert check(store).ok


def test_what_was_added_and_changed_or_removed_in_one_operation_is_listed_as_it_ended(register):
    store = register.open()
    with store.operation("Come and go") as work:
        person = work.save(a_person(surname="First"))
        stay = work.save(a_stay(person, "residential"))
        gone = work.save(a_stay(person, "hospital"))
        work.save(replace(person, surname="Second"))
        work.save(replace(stay, stage_id="enablement"))
        work.delete(gone)
    line = store.database.connection.execute(select(caseload.c.surname, caseload.c.stage_id)).one()
    assert tuple(line) == ("Second", "enablement")
    assert check(store).problems == ()


def test_history_tells_who_what_when_why_and_every_value(register):
    store = register.open(who="Ann Example")
    (person,) = add(store, a_person(surname="Before"), label="Add person")
    with store.operation("Edit person", person_id=person.id, reason=AWKWARD[5]) as work:
        work.save(replace(person, surname="After", locality="North"))
        moment = work.now
    add(store, Team(new_id(), "Other"))
    store.undo()
    newest, _, edit, *_ = list_operations(store)
    assert newest.operation.label == "Undo: Add"
    assert edit.operation.who == "Ann Example"
    assert edit.operation.reason == AWKWARD[5]
    assert abs((edit.operation.at - moment).total_seconds()) < 0.001
    (change,) = edit.changes
    assert changed_fields(change) == [("surname", "Before", "After"), ("locality", None, "North")]
    of_person = list_operations(store, person_id=person.id)
    assert [line.operation.label for line in of_person] == ["Edit person", "Add person"]
    assert [line.operation.label for line in list_operations(store, limit=1)] == ["Undo: Add"]
    undone = {line.operation.label: line.operation.undone_by for line in list_operations(store)}
    assert undone["Add"] == newest.operation.id
    assert undone["Edit person"] is None


def test_a_register_opened_to_read_records_nothing(register):
    store = register.open()
    (person,) = add(store, a_person())
    register.close()
    store = register.open(read_only=True)
    with pytest.raises(Refused, match="read"), store.operation("Edit") as work:
        work.save(replace(person, surname="No"))
    with pytest.raises(Refused):
        store.undo()
    save_draft(store, "form", person_id=None, label="Form", texts={"a": "b"})
    assert list_drafts(store) == []
    assert store.get(Person, person.id) == person


def test_drafts_are_kept_as_typed_until_dropped(register):
    store = register.open()
    texts = {f"field{n}": text for n, text in enumerate(AWKWARD)}
    save_draft(store, "move/1", person_id="1", label="Move", texts={"a": "half a wor"})
    save_draft(store, "move/1", person_id="1", label="Move", texts=texts)
    save_draft(store, "note/1", person_id=None, label="Note", texts={})
    seq = store.last_seq()
    register.close()
    store = register.open()
    draft = get_draft(store, "move/1")
    assert draft is not None
    assert draft.texts == texts
    assert [each.key for each in list_drafts(store)] == ["note/1", "move/1"]
    drop_draft(store, "move/1")
    drop_draft(store, "never kept")
    assert get_draft(store, "move/1") is None
    assert store.last_seq() == seq
