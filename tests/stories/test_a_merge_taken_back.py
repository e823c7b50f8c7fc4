"""One person recorded twice: the warning, the merge, the end of the day; and the next morning all of it taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from mhtracker.domain.records import Note, Person, Placement
from mhtracker.store import Store, create_register
from mhtracker.store.check import check
from mhtracker.store.queries.search import search_people
from tests.stories.worker import Worker

TUESDAY, WEDNESDAY = date(2026, 7, 14), date(2026, 7, 15)


def people(store: Store) -> list[Person]:
    return store.find(Person, order_by=("ref",))


def kept(store: Store) -> dict[str, list[object]]:
    """Everything that tells of people, without the versions that saving and undoing raise."""
    records: list[Any] = [*people(store), *store.find(Placement, order_by=("id",)), *store.find(Note, order_by=("id",))]
    told: dict[str, list[object]] = {}
    for record in records:
        values = [getattr(record, name) for name in record.__slots__ if name != "version"]
        told.setdefault(type(record).__name__, []).append(values)
    return told


def found(store: Store, typed: str) -> list[str]:
    return [each.ref for each in search_people(store, typed)]


def test_one_person_recorded_twice_is_merged_and_the_next_day_taken_apart(worker: Worker, tmp_path: Path) -> None:
    register = tmp_path / "Northmoor.mhtracker"
    create_register(register, who="Jo Okafor", council="Northmoor Council").close()
    worker.starts(TUESDAY, register)
    adds_the_person(worker)
    is_warned_but_adds_them_again(worker)
    before = worker.asks(kept)
    merges_the_two(worker)
    worker.starts_again(WEDNESDAY)
    takes_the_merge_back(worker)
    assert worker.asks(kept) == before
    worker.closes()


def adds_the_person(worker: Worker) -> None:
    worker.begins("Add a person")
    worker.fills("Surname", "Szczepański")
    worker.fills("Given names", "Łukasz")
    worker.fills("Born", "12/3/1974")
    worker.fills("Stage", "Residential")
    worker.fills("Started on", "6/1/2025")
    assert "May already be here" not in worker.reads()
    worker.records()


def is_warned_but_adds_them_again(worker: Worker) -> None:
    worker.presses("Ctrl+2")
    worker.waits()
    worker.clicks("Add person")
    worker.waits()
    worker.fills("Surname", "Shchepanski")
    worker.fills("Given names", "Lukasz")
    worker.sees("May already be here", "SZCZEPAŃSKI, Łukasz")
    assert "Same birth date" not in worker.reads()
    worker.fills("Born", "3/12/1974")
    worker.sees(
        "May already be here",
        "SZCZEPAŃSKI, Łukasz",
        "“Shchepanski” sounds like “Szczepański”",
        "Same birth date with day and month changed round",
    )
    worker.fills("Locality", "Westing")
    worker.records()
    assert [person.ref for person in worker.asks(people)] == ["MHT-00001", "MHT-00002"]


def merges_the_two(worker: Worker) -> None:
    worker.finds("szczep", "SZCZEPAŃSKI, Łukasz")
    worker.begins("Merge with another person")
    worker.sees("May be the same person", "SHCHEPANSKI, Lukasz")
    worker.clicks("Compare")
    worker.waits()
    worker.sees("Merge two records", "Locality: Westing", "Undo brings both records back, also later")
    worker.records()
    worker.sees("Merged MHT-00002 into MHT-00001.")
    keeper, other = worker.asks(people)
    assert (keeper.locality, other.merged_into) == ("Westing", keeper.id)
    for typed in ("MHT-00002", "shchepanski"):
        assert worker.asks(found, typed) == ["MHT-00001"]


def takes_the_merge_back(worker: Worker) -> None:
    worker.presses("Ctrl+Z")
    worker.waits()
    assert worker.asks(found, "shchepanski") == ["MHT-00002"]
    assert worker.asks(found, "szczep") == ["MHT-00001"]
    assert not worker.asks(check).problems
