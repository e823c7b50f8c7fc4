"""What is recorded is read back the same, on every engine."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from mhtracker.domain.errors import Conflict, NotFound
from mhtracker.domain.records import KIND_OF, KINDS, Note, Person, Placement, Setting, Team, Worker, new_id
from mhtracker.store.check import check
from mhtracker.store.codec import from_image, to_image
from mhtracker.store.schema import RECORD_TABLES
from tests.store.registers import AWKWARD, a_person, add, every_record


def test_every_record_is_read_back_as_it_was_saved(register):
    store = register.open()
    records = [record for text in AWKWARD for record in every_record(text)]
    assert {type(record) for record in records} == set(KINDS.values())
    saved = add(store, *records)
    assert [with_version(record, 1) for record in records] == saved
    register.close()
    store = register.open()
    for record_type in KINDS.values():
        found = {record.id: record for record in store.find(record_type)}
        for record in saved:
            if type(record) is record_type:
                assert found[record.id] == record
                assert from_image(KIND_OF[record_type], record.id, to_image(record), 1) == record
    assert check(store).problems == ()


def with_version(record: Any, version: int) -> Any:
    return replace(record, version=version)


def test_every_record_type_has_a_table_with_its_fields():
    assert set(RECORD_TABLES) == set(KINDS.values())
    for record_type, table in RECORD_TABLES.items():
        assert list(table.c.keys()) == list(record_type.__slots__), record_type


def test_a_saved_change_is_read_back_and_raises_the_version(register):
    store = register.open()
    for record in add(store, *every_record("Before")):
        if "name" in record.__slots__:
            changed = replace(record, name="After")
        elif "text" in record.__slots__:
            changed = replace(record, text="After")
        elif "version" in record.__slots__ and isinstance(record, Person):
            changed = replace(record, surname="After", born_on=None, nhs_number=None)
        else:
            continue
        with store.operation("Change") as work:
            saved = work.save(changed)
        assert saved == replace(changed, version=2)
        assert store.get(type(record), record.id) == saved
    assert check(store).problems == ()


def test_find_matches_values_sets_nothing_and_orders(register):
    store = register.open()
    team = Team(new_id(), "North")
    ann, bob, cyd = (Worker(new_id(), name, team_id) for name, team_id in (("A", team.id), ("B", None), ("C", None)))
    add(store, team, cyd, ann, bob)

    def names(**equals):
        return [worker.name for worker in store.find(Worker, order_by=("name",), **equals)]

    assert names() == ["A", "B", "C"]
    assert names(team_id=team.id) == ["A"]
    assert names(team_id=None) == ["B", "C"]
    assert names(name={"C", "A", "D"}) == ["A", "C"]
    assert names(name=[]) == []
    assert names(name="B", team_id=None) == ["B"]


def test_what_is_not_there_is_not_found(register):
    store = register.open()
    assert store.peek(Person, "nobody") is None
    with pytest.raises(NotFound, match="person"):
        store.get(Person, "nobody")
    with pytest.raises(NotFound, match="operation"):
        store.operation_of("none")


def test_a_stale_save_conflicts_and_tells_who_and_all_three_values(register):
    store = register.open(who="Ann Example")
    (person,) = add(store, a_person())
    original = person
    store.who = "Bob Sample"
    with store.operation("Edit") as work:
        theirs = work.save(replace(person, surname="Theirs"))
    mine = replace(original, surname="Mine")
    store.who = "Ann Example"
    with pytest.raises(Conflict) as caught, store.operation("Edit") as work:
        work.save(mine)
    conflict = caught.value
    assert (conflict.mine, conflict.theirs, conflict.original) == (mine, theirs, original)
    assert conflict.who == "Bob Sample"
    assert conflict.at is not None
    assert "Bob Sample" in str(conflict)
    assert store.get(Person, person.id) == theirs


def test_saving_what_somebody_took_away_conflicts_without_theirs(register):
    store = register.open()
    (team,) = add(store, Team(new_id(), "North"))
    with store.operation("Remove") as work:
        work.delete(team)
    with pytest.raises(Conflict) as caught, store.operation("Edit") as work:
        work.save(replace(team, name="South"))
    assert caught.value.theirs is None
    assert caught.value.original == team
    with pytest.raises(Conflict), store.operation("Remove again") as work:
        work.delete(team)


def test_a_reference_in_use_and_a_record_that_points_nowhere_conflict(register):
    store = register.open()
    add(store, a_person("MHT-00001"))
    for wrong in (a_person("MHT-00001"), Placement(new_id(), "nobody", "hospital", date(2026, 1, 1))):
        with pytest.raises(Conflict), store.operation("Wrong") as work:
            work.save(wrong)
    assert len(store.find(Person)) == 1
    assert store.last_seq() == 2


def test_settings_codes_and_stages_are_read_through_their_own_words(register):
    store = register.open()
    assert store.council == "Northmoor"
    assert not store.is_demo
    assert store.setting("nothing", 7) == 7
    assert [stage.id for stage in store.stages()] == sorted(
        (stage.id for stage in store.stages()), key=lambda i: next(s.level for s in store.stages() if s.id == i)
    )
    assert store.review_rules().first_days == 56
    add(store, Setting("review_rules", '{"first_days": 42}'))
    assert store.review_rules().first_days == 42
    store.undo()
    assert store.review_rules().first_days == 56
    assert store.code_label("gender", None) == ""
    assert store.code_label("gender", "no such code") == "no such code"
    item = store.codes("gender")[0]
    assert store.code_label("gender", item.code) == item.label


def test_a_moment_keeps_its_zone_through_a_change(register):
    store = register.open()
    (person,) = add(store, a_person())
    with store.operation("Note") as work:
        note = work.save(Note(new_id(), person.id, "visit", date(2026, 7, 1), "Words"))
    with store.operation("Finish") as work:
        work.save(replace(note, finished_at=work.now))
        moment = work.now
    assert store.get(Note, note.id).finished_at == moment
    assert check(store).ok
    store.undo()
    assert store.get(Note, note.id).finished_at is None


def test_images_of_the_journal_hold_no_ids_and_only_what_differs_from_the_defaults(store):
    add(store, a_person(surname="Only"))
    query = select(RECORD_TABLES[Person].c.id)
    person_id = store.database.connection.execute(query).scalar_one()
    assert to_image(store.get(Person, person_id)) == '{"ref":"MHT-00001","surname":"Only"}'
