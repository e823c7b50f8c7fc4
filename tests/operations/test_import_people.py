"""Who a row is about: never somebody twice, never one person's facts under another's name."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mhtracker.domain.records import Person, Placement, Service, Worker
from mhtracker.operations.importing.mends import Decision, MendKind, decide
from mhtracker.operations.importing.rehearsal import Outcome
from mhtracker.operations.merging.people import merge_people
from mhtracker.operations.people import add_person
from mhtracker.store import Store
from tests.operations.sheets_at_hand import aside, imported, reasons, rehearsed, row_of, workbook

HEADINGS = ["Surname", "First name", "DOB", "NHS No", "Mosaic ID", "Type", "Home", "Start"]
MAREK = [
    "Przykład",
    "Marek",
    date(1981, 3, 23),
    "999 000 0018",
    "M1",
    "Supported living",
    "Harbour Court",
    date(2024, 8, 5),
]


ALAN: dict[str, Any] = {"surname": "Testerby", "given": "Alan", "born": date(1970, 1, 1)}


@pytest.fixture
def known(store: Store, tmp_path: Path) -> Store:
    """A register that knows Marek Przykład."""
    imported(store, workbook(tmp_path / "first.xlsx", HEADINGS, MAREK))
    return store


def with_changes(**changes: Any) -> list[Any]:
    names = ("surname", "given", "born", "nhs", "local", "type", "home", "start")
    return [changes.get(name, value) for name, value in zip(names, MAREK, strict=True)]


@pytest.mark.parametrize(
    "row",
    [
        with_changes(),
        with_changes(surname="PRZYKŁAD"),
        with_changes(nhs=None),
        with_changes(nhs=None, local=None),
        with_changes(nhs=None, local=None, surname=" przyk\u0142ad "),
        with_changes(local="m1"),
        with_changes(born=None, local=None),
    ],
)
def test_someone_known_is_recognised_and_stays_the_same(known: Store, tmp_path: Path, row: list[Any]) -> None:
    answer = imported(known, workbook(tmp_path / "b.xlsx", HEADINGS, row))
    assert (answer["people_added"], answer["people_updated"], answer["people_unchanged"]) == (0, 0, 1)
    assert len(known.find(Person)) == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            with_changes(surname="Przyklad", nhs=None, local=None),
            "same name but for accents, same birth date, same service",
        ),
        (with_changes(given="Mark", nhs=None, local=None), "nearly the same name, same birth date"),
        (with_changes(given="M", nhs=None, local=None), "nearly the same name, same birth date"),
        (with_changes(surname="Marek", given="Przykład", nhs=None, local=None), "names the other way round"),
        (with_changes(born=date(1981, 3, 22), nhs=None, local=None), "nearly the same birth date, 23 Mar 1981"),
        (with_changes(born=date(1991, 3, 23), nhs=None, local=None), "nearly the same birth date, 23 Mar 1981"),
        (with_changes(surname="Pshiklad", nhs=None, local=None), "“Pshiklad” sounds like “Przykład”, same birth date"),
        (with_changes(born=None, nhs=None, local=None), "birth date not known"),
        (with_changes(nhs="999 000 0026", local=None), "another NHS number"),
        (with_changes(nhs=None, local="M2"), "another local id"),
    ],
)
def test_a_lookalike_is_put_aside_with_reasons(known: Store, tmp_path: Path, row: list[Any], reason: str) -> None:
    path = workbook(tmp_path / "b.xlsx", HEADINGS, row)
    answer = imported(known, path)
    assert aside(answer) == [(2, "Surname")]
    assert reason in reasons(answer, 2)
    assert "Looks like MHT-00001 PRZYKŁAD, Marek" in reasons(answer, 2)
    same, someone_else = row_of(rehearsed(known, path), 2).problems[0].mends
    assert (same.kind, someone_else.kind) == (MendKind.SAME_PERSON, MendKind.SOMEONE_ELSE)
    assert rehearsed(known, path, decisions=[decide(2, someone_else)]).totals.people_new == 1
    assert rehearsed(known, path, decisions=[decide(2, same)]).totals.people_new == 0


def test_people_who_merely_share_a_name_or_a_birthday_are_two(known: Store, tmp_path: Path) -> None:
    rows = [
        with_changes(born=date(1955, 11, 2), nhs=None, local=None),
        with_changes(surname="Testerby", given="Alan", nhs=None, local=None),
    ]
    assert imported(known, workbook(tmp_path / "b.xlsx", HEADINGS, *rows))["people_added"] == 2


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (with_changes(nhs="999 000 0026"), "NHS No", "has another NHS number"),
        (
            with_changes(surname="Testerby", given="Alan", born=date(1970, 1, 1), nhs=None),
            "Mosaic ID",
            "The name here is another",
        ),
        (
            with_changes(surname="Testerby", given="Alan", born=date(1970, 1, 1), local=None),
            "NHS No",
            "The name here is another",
        ),
        (with_changes(local="M9"), "Mosaic ID", "whose local id is M1"),
    ],
)
def test_numbers_that_contradict_are_put_aside(
    known: Store, tmp_path: Path, row: list[Any], column: str, words: str
) -> None:
    answer = imported(known, workbook(tmp_path / "b.xlsx", HEADINGS, row))
    assert aside(answer) == [(2, column)]
    assert words in reasons(answer, 2)


def test_a_changed_name_under_the_same_number_and_birth_date_is_a_change(known: Store, tmp_path: Path) -> None:
    answer = imported(known, workbook(tmp_path / "b.xlsx", HEADINGS, with_changes(surname="Nowak")))
    assert answer["people_updated"] == 1
    assert known.find(Person)[0].surname == "Nowak"


def test_facts_missing_in_a_sheet_do_not_erase_those_of_the_register(known: Store, tmp_path: Path) -> None:
    imported(known, workbook(tmp_path / "b.xlsx", HEADINGS, with_changes(nhs=None, type=None, home=None, start=None)))
    assert known.find(Person)[0].nhs_number == "9990000018"
    assert len(known.find(Placement)) == 1


def test_rows_that_contradict_each_other_leave_the_choice(store: Store, tmp_path: Path) -> None:
    twice = [with_changes(), with_changes(home="Canal View")]
    path = workbook(tmp_path / "a.xlsx", HEADINGS, *twice)
    rehearsal = rehearsed(store, path)
    (problem,) = row_of(rehearsal, 3).problems
    assert problem.reason == "In the sheet twice, rows 2 and 3, and they differ."
    use_3, use_2, _ = problem.mends
    assert (use_3.label, use_2.label) == ("Use 3", "Use 2")
    chosen = rehearsed(store, path, decisions=[decide(3, use_3)])
    assert [row.outcome for row in chosen.rows] == [Outcome.SAME, Outcome.NEW]
    imported(store, path, decisions=[decide(3, use_3)])
    assert [service.name for service in store.find(Service)] == ["Canal View"]


def test_a_lookalike_of_a_row_above_is_asked_too(store: Store, tmp_path: Path) -> None:
    rows = [with_changes(), with_changes(given="Mark", nhs=None, local=None)]
    answer = imported(store, workbook(tmp_path / "a.xlsx", HEADINGS, *rows))
    assert aside(answer) == [(3, "Surname")]
    assert "Looks like row 2, PRZYKŁAD, Marek" in reasons(answer, 3)


def test_a_nearly_known_service_is_put_aside_with_it_named(known: Store, tmp_path: Path) -> None:
    row = with_changes(**ALAN, nhs=None, local=None, home="Harbour Cort")
    path = workbook(tmp_path / "b.xlsx", HEADINGS, row)
    answer = imported(known, path)
    assert aside(answer) == [(2, "Home")]
    assert reasons(answer, 2) == "No service is called “Harbour Cort”. Use Harbour Court?"
    use, new = row_of(rehearsed(known, path), 2).problems[0].mends
    assert (use.label, new.label) == ("Use Harbour Court", "New service")
    imported(known, path, decisions=[decide(2, new)])
    assert {service.name for service in known.find(Service)} == {"Harbour Court", "Harbour Cort"}
    known.undo()
    imported(known, path, decisions=[decide(2, use)])
    assert {service.name for service in known.find(Service)} == {"Harbour Court"}


def test_new_services_and_workers_are_made_with_a_warning(store: Store, tmp_path: Path) -> None:
    headings = ["Name", "Home", "Type", "Start", "Worker", "Team"]
    rows = [["Apple, Ann", "Elm House", "Res", date(2020, 1, 1), "A. Khan", "North"]]
    rows += [["Bean, Bob", "elm house", "Res", date(2020, 1, 1), "M. Khan", "North"]]
    answer = imported(store, workbook(tmp_path / "a.xlsx", headings, *rows))
    assert answer["people_added"] == 2
    new = [(each["row"], each["value"]) for each in answer["warnings"] if each["reason"].startswith("A new")]
    assert new == [(2, "Elm House"), (2, "A. Khan"), (3, "M. Khan"), (2, "North")]
    (service,) = store.find(Service)
    assert service.stage_id == "residential"
    assert all(worker.team_id for worker in store.find(Worker))


def test_a_service_that_only_a_row_put_aside_names_is_not_made(store: Store, tmp_path: Path) -> None:
    row = ["Apple", "Ann", "31/02/1980", None, None, "Res", "Elm House", date(2020, 1, 1)]
    imported(store, workbook(tmp_path / "a.xlsx", HEADINGS, row))
    assert store.find(Service) == []


def test_a_row_without_a_name_is_put_aside_and_one_with_only_a_name_is_taken(store: Store, tmp_path: Path) -> None:
    rows: list[list[Any]] = [[None, None, date(1980, 1, 1), None, "M1", "Res", "Elm House", date(2020, 1, 1)], ["Bean"]]
    answer = imported(store, workbook(tmp_path / "a.xlsx", HEADINGS, *rows))
    assert aside(answer) == [(2, "Surname")]
    assert "A row needs a name" in reasons(answer, 2)
    assert answer["people_added"] == 1


def test_a_row_can_be_left_out(store: Store, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", HEADINGS, MAREK)
    answer = imported(store, path, decisions=[Decision(2, MendKind.LEAVE_OUT)])
    assert (answer["rows"], answer["people_added"], answer["quarantined"]) == (1, 0, [])


def test_the_numbers_of_somebody_merged_lead_to_the_one_who_stayed(known: Store, tmp_path: Path) -> None:
    twice = add_person(known, surname="Pshiklad", given_names="Marek", born_on=date(1981, 3, 23), local_id="M77")
    marek = known.find(Person, local_id="M1")[0]
    merge_people(known, marek.id, twice.id)
    row = with_changes(surname="Pshiklad", nhs=None, local="M77")
    answer = imported(known, workbook(tmp_path / "b.xlsx", HEADINGS, row))
    assert answer["people_added"] == 0
    assert [each.id for each in known.find(Person, merged_into=None)] == [marek.id]
