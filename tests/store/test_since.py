"""What changed since one last looked: by person, in words, one's own work and what was taken back left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mhtracker.domain.records import Note, Person, Programme, ProgrammePerson, Review, Worker, new_id
from mhtracker.store.queries.since import MOST_LINES, since
from tests.store.registers import a_person, add


def test_news_is_of_ones_own_people_newest_first_and_not_ones_own_doing(file_register):
    store = file_register.open()
    mine, other = add(store, Worker(new_id(), "Ewa Fikcyjna"), Worker(new_id(), "Anjali Kalpit"))
    one, two, third = add(
        store,
        a_person("MHT-1", "One", worker_id=mine.id),
        a_person("MHT-2", "Two", worker_id=mine.id),
        a_person("MHT-3", "Third", worker_id=other.id),
    )
    seen = store.last_seq()

    def note(person: Person, who: str, text: str) -> None:
        store.who = who
        with store.operation("Add note", person_id=person.id) as work:
            work.save(Note(new_id(), person.id, "visit", date(2026, 7, 14), text, who))

    note(one, "Anjali Kalpit", "first")
    note(third, "Anjali Kalpit", "not mine")
    note(two, "EWA fikcyjna", "my own doing")
    note(two, "Anjali Kalpit", "second")
    note(one, "Anjali Kalpit", "a mistake")
    store.undo()
    news = since(store, seen, mine.id, ("Ewa Fikcyjna",))
    assert [(each.name, [line.words for line in each.happened]) for each in news.people] == [
        ("TWO", ["Visit noted for 14 Jul 2026: “second”"]),
        ("ONE", ["Visit noted for 14 Jul 2026: “first”"]),
    ]
    assert (news.steps, news.seq, news.left_out) == (2, store.last_seq(), False)
    assert {line.who for each in news.people for line in each.happened} == {"Anjali Kalpit"}
    assert since(store, news.seq, mine.id).people == ()
    everybody = since(store, seen)
    assert {each.name for each in everybody.people} == {"ONE", "TWO", "THIRD"}
    pinned = since(store, seen, person_ids=[third.id])
    assert [each.name for each in pinned.people] == ["THIRD"]


def test_much_news_of_one_person_is_counted_and_one_step_of_many_tells_of_each(file_register):
    store = file_register.open()
    one, two = add(store, a_person("MHT-1", "One"), a_person("MHT-2", "Two"))
    seen = store.last_seq()
    with store.operation("Book 2 reviews") as work:
        for person in (one, two):
            work.save(Review(new_id(), person.id, booked_on=date(2026, 8, 3)))
    for number in range(MOST_LINES + 2):
        person = store.get(Person, one.id)
        with store.operation("Change locality", person_id=one.id) as work:
            work.save(replace(person, locality=f"Place {number}"))
    news = since(store, seen)
    first, second = news.people
    assert (first.name, len(first.happened), first.more) == ("ONE", MOST_LINES, 3)
    assert [line.words for line in second.happened] == ["Care Act review booked for Mon 3 Aug 2026"]
    few = since(store, seen, limit=3)
    assert few.left_out


def test_to_be_counted_in_a_programme_is_no_news_of_anybody(file_register):
    store = file_register.open()
    (person,) = add(store, a_person("MHT-1", "One"))
    seen = store.last_seq()
    began = date(2026, 4, 1)
    with store.operation("Set up a programme") as work:
        programme = Programme(new_id(), "Half", began, date(2028, 4, 1), "residential", aim_percent=50.0)
        work.save(programme)
        work.save(ProgrammePerson(new_id(), person.id, programme.id, "residential"))
    assert since(store, seen).people == ()
