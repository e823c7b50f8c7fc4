"""As-known: the register as it was recorded by the end of a day, rebuilt from the journal."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from mhtracker.domain.caseload import build_line
from mhtracker.domain.errors import Cancelled, Refused
from mhtracker.domain.records import Person, Team, new_id
from mhtracker.store import known_by
from mhtracker.store.check import check
from mhtracker.store.derived import caseload, likeness_keys, note_texts, search_words
from mhtracker.store.lines import read_facts, read_names, rebuild_all
from mhtracker.store.needs import needs
from mhtracker.store.queries.caseload import line_of
from mhtracker.store.queries.history import list_operations
from mhtracker.store.queries.search import search_people
from tests.store.life import Life, snapshot
from tests.store.registers import AS_AT, a_person, a_stay, add


def lines_of(store):
    return {line.person_id: line for line in map(line_of, store.database.connection.execute(select(caseload)))}


def derived(copy):
    """What lists other than the caseload read, made ready as their first reader would."""
    for name in ("needs", "found_by", "note_texts"):
        copy.make_ready(name)
    tables = (needs, search_words, likeness_keys, note_texts)
    return [set(map(tuple, copy.database.connection.execute(select(table)))) for table in tables]


def derived_anew(copy, day):
    rebuild_all(copy, day)
    return derived(copy)


def test_every_earlier_day_is_rebuilt_as_it_was(register):
    store, life = register.open(), Life("as known")
    days = [AS_AT - timedelta(days=40 - 4 * n) for n in range(8)]
    seen = {}
    for place, day in enumerate(days):
        register.clock.day = day
        for _ in range(6):
            life.step(store)
        if place % 3 == 1:
            store.undo()
        seen[day] = (snapshot(store), [line.operation for line in list_operations(store, limit=None)])
    register.clock.day = AS_AT
    for day in days:
        rows, operations = seen[day]
        for known in (day, day + timedelta(days=3)):
            copy = known_by(store, known)
            assert snapshot(copy) == rows
            assert [line.operation.id for line in list_operations(copy, limit=None)] == [o.id for o in operations]
            assert copy.as_known_on == known
            names, facts = read_names(copy), read_facts(copy, None)
            assert lines_of(copy) == {i: build_line(each, names, min(known, AS_AT)) for i, each in facts.items()}
            assert derived(copy) == derived_anew(copy, min(known, AS_AT))
            copy.close()
    with known_by(store, days[0] - timedelta(days=1)) as before:
        assert before.find(Person) == []
        assert before.stages() == ()
    assert check(store).problems == ()


def test_a_copy_for_another_day_has_its_lists_ready_for_that_day(register):
    store = register.open()
    register.clock.day = date(2026, 3, 1)
    (person,) = add(store, a_person())
    add(store, a_stay(person, start=date(2025, 1, 6)))
    with known_by(store, date(2026, 3, 1), as_at=date(2025, 2, 1)) as copy:
        (line,) = lines_of(copy).values()
        assert line.good_from <= date(2025, 2, 1) < line.good_until


def test_making_the_copy_can_be_stopped(register):
    store = register.open()
    add(store, a_person())

    def stop(*_):
        raise Cancelled

    with pytest.raises(Cancelled):
        known_by(store, AS_AT, progress=stop)
    assert store.find(Person)


def test_what_is_known_is_read_only_and_searchable_and_touches_nothing(register):
    store = register.open()
    register.clock.day = date(2026, 3, 1)
    add(store, a_person(surname="Łoś"))
    seq = store.last_seq()
    copy = known_by(store, date(2026, 3, 1))
    assert [found.surname for found in search_people(copy, "los")] == ["Łoś"]
    assert (copy.council, copy.is_demo, copy.read_only) == ("Northmoor", False, True)
    with pytest.raises(Refused), copy.operation("No"):
        pass
    copy.close()
    assert store.last_seq() == seq
    add(store, Team(new_id(), "The register itself goes on"))


def test_a_clock_put_back_does_not_reorder_what_was_recorded(register):
    store = register.open()
    register.clock.day = date(2026, 7, 14)
    (person,) = add(store, a_person(surname="First"))
    register.clock.day = date(2025, 7, 14)
    from dataclasses import replace

    with store.operation("A year back") as work:
        work.save(replace(person, surname="Second"))
    assert [line.operation.label for line in list_operations(store)][:2] == ["A year back", "Add"]
    assert store.undo().label == "A year back"
    assert store.get(Person, person.id).surname == "First"
    assert check(store).ok
