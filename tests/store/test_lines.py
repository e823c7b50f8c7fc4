"""The caseload table is always what the records say, on any day, whatever happened and in whatever order."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from mhtracker.domain.caseload import READ_FOR_LISTS, build_line
from mhtracker.domain.names import search_words
from mhtracker.domain.records import Person, Provider, Review, Service, Setting, Stage, Team, Worker, new_id
from mhtracker.domain.reviewing.needs import build_needs
from mhtracker.operations.demo.making import make_demo
from mhtracker.store import create_register, lines
from mhtracker.store.derived import caseload
from mhtracker.store.derived import search_words as words_table
from mhtracker.store.lines import read_facts, read_names
from mhtracker.store.queries.as_at import lines_as_at
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, line_of, list_caseload
from tests.store.life import UNSHRUNK, Life
from tests.store.registers import AS_AT, Hands, a_person, a_stay, add


def built(store, day):
    names = read_names(store)
    return {person_id: build_line(facts, names, day) for person_id, facts in read_facts(store, None).items()}


def kept(store, table=caseload):
    query = select(*(table.c[column.name] for column in caseload.columns))
    return {line.person_id: line for line in map(line_of, store.database.connection.execute(query))}


def test_lines_and_needs_are_built_from_the_listed_fields_alone(tmp_path):
    with make_demo(tmp_path / "demo.mhtracker", people=60, as_at=AS_AT) as store:
        names, wholes = read_names(store), read_facts(store, None)
        parts = read_facts(store, None, only=READ_FOR_LISTS)
        for person_id, whole in wholes.items():
            for day in (AS_AT, AS_AT - timedelta(days=400)):
                line = build_line(whole, names, day)
                assert build_line(parts[person_id], names, day) == line
                assert build_needs(parts[person_id], line, names, day) == build_needs(whole, line, names, day)
        assert any(review.summary for facts in wholes.values() for review in facts.reviews)
        assert not any(review.summary for facts in parts.values() for review in facts.reviews)


def true_part(line):
    """A line without the days it says it is true between: two builds may know them differently and both be right."""
    return replace(line, good_from=date.min, good_until=date.max)


def all_true(found, wanted):
    assert {i: true_part(line) for i, line in found.items()} == {i: true_part(line) for i, line in wanted.items()}


@settings(max_examples=12, phases=UNSHRUNK)
@given(seed=st.integers(0, 10**6), spread=st.lists(st.integers(-900, 900), min_size=3, max_size=3))
def test_lines_and_words_follow_every_operation_undo_and_day(tmp_path_factory, seed, spread):
    path = tmp_path_factory.mktemp("lines") / "register.mhtracker"
    life = Life(seed)
    with create_register(path, who="Ann", clock=Hands()) as store:
        for step in range(30):
            life.step(store)
            if step % 7 == 6 and store.next_undo():
                store.undo()
            if step % 5 == 4:
                assert kept(store) == built(store, AS_AT)
        words = store.database.connection.execute(select(words_table.c.person_id, words_table.c.word)).all()
        assert {tuple(row) for row in words} == {(p.id, w) for p in store.find(Person) for w in search_words(p)}
        for days in spread:
            day = AS_AT + timedelta(days=days)
            all_true(kept(store, lines_as_at(store, day)), built(store, day))
        assert kept(store) == built(store, AS_AT)


@settings(max_examples=12, phases=UNSHRUNK)
@given(seed=st.integers(0, 10**6), steps=st.lists(st.integers(0, 400), min_size=1, max_size=4))
def test_a_line_is_true_on_every_day_between_those_it_names(tmp_path_factory, seed, steps):
    path = tmp_path_factory.mktemp("good") / "register.mhtracker"
    life, day = Life(seed), AS_AT - timedelta(days=600)
    with create_register(path, who="Ann", clock=Hands()) as store:
        for _ in range(20):
            life.step(store)
        for step in steps:
            day += timedelta(days=step)
            for line in built(store, day).values():
                assert line.good_from <= day < line.good_until
                edges = (line.good_from, line.good_until - timedelta(days=1))
                for other in (edge for edge in edges if date(1900, 1, 1) < edge < date(2200, 1, 1)):
                    assert true_part(built(store, other)[line.person_id]) == true_part(line)


def test_lines_overtaken_by_a_date_are_refreshed_on_opening(register):
    store = register.open()
    moving, staying = a_person("MHT-00001", "Moving"), a_person("MHT-00002", "Staying")
    add(
        store, moving, a_stay(moving, "residential", date(2025, 1, 1), ended_on=date(2026, 8, 1)),
        a_stay(moving, "supported", date(2026, 8, 1)), staying, a_stay(staying),
    )  # fmt: skip
    assert kept(store)[moving.id].stage_id == "residential"
    register.close()
    register.clock.day = date(2026, 8, 1)
    store = register.open()
    assert kept(store)[moving.id].stage_id == "supported"
    assert kept(store) == built(store, date(2026, 8, 1))
    register.close()
    register.clock.day = AS_AT
    assert kept(register.open())[moving.id].stage_id == "residential"


def test_a_day_that_comes_while_the_register_is_open_is_counted(register):
    store = register.open()
    person = a_person()
    add(store, person, a_stay(person, "residential", date(2025, 1, 1), ended_on=date(2026, 7, 15)))
    asked = CaseloadQuery((Filter("stage", "=", "residential"),))
    assert len(list_caseload(store, asked, AS_AT)) == 1
    register.clock.day = AS_AT + timedelta(days=1)
    assert list_caseload(store, asked, register.clock.day) == []
    assert lines.refresh_overtaken(store, register.clock.day) == 1
    assert kept(store) == built(store, register.clock.day)


def test_the_table_of_another_day_is_made_anew_after_something_is_recorded(register):
    store = register.open()
    person = a_person(surname="Before")
    add(store, person, a_stay(person, "residential", date(2025, 1, 1), ended_on=date(2026, 6, 1)))
    day = date(2026, 3, 1)
    assert [line.surname for line in list_caseload(store, CaseloadQuery(), day)] == ["Before"]
    with store.operation("Edit") as work:
        work.save(replace(store.get(Person, person.id), surname="After"))
    assert [line.surname for line in list_caseload(store, CaseloadQuery(), day)] == ["After"]
    store.undo()
    assert [line.surname for line in list_caseload(store, CaseloadQuery(), day)] == ["Before"]
    assert list_caseload(store, CaseloadQuery(), date(2024, 12, 31)) == []


def test_a_new_name_reaches_every_line_that_shows_it(register):
    store = register.open()
    team, provider = Team(new_id(), "North"), Provider(new_id(), "Arden")
    worker, service = Worker(new_id(), "Ewa", team.id), Service(new_id(), "Larkfield", provider.id)
    people = [a_person(f"MHT-{n:05d}", worker_id=worker.id, team_id=team.id) for n in range(1, 4)]
    stays = [a_stay(person, service_id=service.id) for person in people]
    add(store, team, provider, worker, service, *people, *stays)
    changes = {Team: team.id, Provider: provider.id, Worker: worker.id, Service: service.id}
    with store.operation("Rename") as work:
        for record_type, record_id in changes.items():
            work.save(replace(work.get(record_type, record_id), name="New name"))
        work.save(replace(work.get(Stage, "residential"), label="Care home"))
    for line in kept(store).values():
        assert (line.team, line.provider, line.worker, line.service) == ("New name",) * 4
        assert line.stage == "Care home"
    store.undo()
    assert {line.worker for line in kept(store).values()} == {"Ewa"}


def test_other_review_rules_reach_every_line(register):
    store = register.open()
    person = a_person()
    add(store, person, a_stay(person, start=date(2026, 7, 1)))
    assert kept(store)[person.id].review_due_on == date(2026, 8, 26)
    add(store, Setting("review_rules", '{"first_days": 28}'))
    assert kept(store)[person.id].review_due_on == date(2026, 7, 29)
    store.undo()
    assert kept(store)[person.id].review_due_on == date(2026, 8, 26)


def test_a_booking_that_passes_gives_way_to_the_next_one(register):
    store = register.open()
    person = a_person()
    bookings = [Review(new_id(), person.id, booked_on=AS_AT + timedelta(days=days)) for days in (1, 9)]
    add(store, person, a_stay(person, start=date(2026, 7, 1)), *bookings)
    for days, expected in ((0, 1), (1, 1), (2, 9), (9, 9), (10, 9)):
        day = AS_AT + timedelta(days=days)
        (line,) = list_caseload(store, CaseloadQuery(), day)
        assert line.review_booked_on == AS_AT + timedelta(days=expected), days
