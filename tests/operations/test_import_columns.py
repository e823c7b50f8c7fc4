"""Sheets of many shapes, as councils keep them, recognised without being asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mhtracker.assets import path as asset
from mhtracker.domain.errors import Refused
from mhtracker.domain.records import Person, Placement
from mhtracker.operations.importing.headings import hear
from mhtracker.store import Store
from tests.operations.sheets_at_hand import aside, imported, reasons, rehearsed, text_file, workbook

BORN = date(1980, 1, 1)
SINCE = date(2020, 1, 1)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Surname", "surname"),
        ("Family name", "surname"),
        ("Forename(s)", "given_names"),
        ("D.O.B.", "born_on"),
        ("Client's date of birth", "born_on"),
        ("NHS No.", "nhs_number"),
        ("LAS ID", "local_id"),
        ("Case no", "local_id"),
        ("Type of placement", "stage"),
        ("Setting", "stage"),
        ("Name of care home", "service"),
        ("Date moved in", "started_on"),
        ("Placed", "started_on"),
        ("Date left", "ended_on"),
        ("Reason for leaving", "end_reason"),
        ("Next review", "review_due_on"),
        ("Reviewed on", "last_reviewed_on"),
        ("Care Co-ordinator", "care_coordinator"),
        ("Allocated to", "worker"),
        ("Key worker", "worker"),
        ("District", "locality"),
        ("S117?", "s117"),
        ("Section 117 (Y/N)", "s117"),
        ("£pw", "weekly_cost"),
        ("Weekly cost (£)", "weekly_cost"),
        ("Move-on date", "target_on"),
        ("Planned move", "target_on"),
        ("Comments", "notes"),
    ],
)
def test_headings_that_councils_use_are_known(heading: str, field: str) -> None:
    assert hear(heading).fields[0] == field


@pytest.mark.parametrize(
    "heading", ["Age", "Annual cost (£)", "Carer name", "GP", "Hours per week", "Postcode", "Contract end"]
)
def test_headings_that_mean_something_else_are_left_alone(heading: str) -> None:
    assert hear(heading).fields == ()


def test_misspelt_headings_are_recognised(store: Store, tmp_path: Path) -> None:
    text = "Surnmae,Forname,Date of Brith,Nhs nmber,Plcement type\nApple,Ann,1/1/1980,999 000 0018,Res\n"
    mapping = imported(store, text_file(tmp_path / "a.csv", text))["mapping"]
    assert list(mapping.values()) == ["surname", "given_names", "born_on", "nhs_number", "stage"]


def test_a_column_is_known_by_its_contents(store: Store, tmp_path: Path) -> None:
    rows = [[f"APPLE{letter}, Ann", BORN, number] for letter, number in zip("abc", ("18", "26", "34"), strict=True)]
    rows = [[name, born, f"999 000 00{number}"] for name, born, number in rows]
    answer = imported(store, workbook(tmp_path / "a.xlsx", [None, "DOB", "Ten digits"], *rows))
    assert answer["mapping"] == {"Column A": "name", "DOB": "born_on", "Ten digits": "nhs_number"}


@pytest.mark.parametrize(
    ("values", "field"),
    [(("Residential", "Supported living"), "stage"), (("Elm House", "Canal View"), "service")],
)
def test_placement_is_the_stage_or_the_home_by_what_stands_in_it(
    store: Store, tmp_path: Path, values: tuple[str, str], field: str
) -> None:
    rows = [["Apple", values[0]], ["Bean", values[1]], ["Corn", values[0]]]
    answer = imported(store, workbook(tmp_path / "a.xlsx", ["Surname", "Current placement"], *rows))
    assert answer["mapping"]["Current placement"] == field


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ((date(2026, 9, 1), date(2026, 3, 1)), "review_due_on"),
        ((date(2026, 1, 1), date(2025, 3, 1)), "last_reviewed_on"),
    ],
)
def test_a_review_date_is_the_next_when_any_lies_ahead(
    store: Store, tmp_path: Path, days: tuple[date, date], field: str
) -> None:
    rows = [["Apple", days[0]], ["Bean", days[1]]]
    answer = imported(store, workbook(tmp_path / "a.xlsx", ["Surname", "Review date"], *rows))
    assert answer["mapping"]["Review date"] == field


def test_name_beside_surname_is_the_given_name(store: Store, tmp_path: Path) -> None:
    imported(store, workbook(tmp_path / "a.xlsx", ["Surname", "Name"], ["Apple", "Ann"], ["Bean", "Bob"]))
    assert sorted(person.given_names for person in store.find(Person)) == ["Ann", "Bob"]


def test_one_column_of_names_is_split_either_way(store: Store, tmp_path: Path) -> None:
    rows = [["PRZYKŁAD, Marek"], ["Ewa Fikcyjna"], ["Cher"], ["Vincent van Gogh"]]
    imported(store, workbook(tmp_path / "a.xlsx", ["Client"], *rows))
    assert sorted((person.surname, person.given_names) for person in store.find(Person)) == [
        ("Cher", ""),
        ("Fikcyjna", "Ewa"),
        ("PRZYKŁAD", "Marek"),
        ("van Gogh", "Vincent"),
    ]


def test_title_lines_team_names_subtotals_and_footnotes_are_no_people(store: Store, tmp_path: Path) -> None:
    headings = ["Surname", "Forename", "DOB", "Home", "Type", "Start", "£pw"]
    rows: list[list[Any]] = [["North Team – residents"], [], headings, ["North Team"]]
    rows += [["Apple", "Ann", BORN, "Elm", "Res", SINCE, 100.0], ["Bean", "Bob", BORN, "Elm", "Res", SINCE, 200.0]]
    rows += [["Subtotal", None, None, None, None, None, 300.0], [], ["South Team"]]
    rows += [["Corn", "Cat", BORN, "Oak", "Res", SINCE, 50.5], ["Grand total", None, None, None, None, None, 350.5]]
    rows += [[], ["Key: red = overdue review"]]
    answer = imported(store, workbook(tmp_path / "a.xlsx", *rows))
    assert (answer["header_row"], answer["rows"], answer["people_added"], answer["quarantined"]) == (3, 3, 3, [])
    left_out = [each["row"] for each in answer["warnings"] if each["reason"].endswith("left out.")]
    assert left_out == [4, 7, 9, 11, 13]


def test_a_stage_over_a_section_holds_for_its_rows(store: Store, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Name", "Placement", "Date in"],
        ["RESIDENTIAL"],
        ["Ann Apple", "Elm House", SINCE],
        ["SUPPORTED LIVING"],
    ]
    rows += [["Bob Bean", "Canal View", SINCE], ["Cat Corn", "Canal View", SINCE]]
    answer = imported(store, workbook(tmp_path / "a.xlsx", *rows))
    assert answer["people_added"] == 3
    assert sorted(stay.stage_id for stay in store.find(Placement)) == ["residential", "supported", "supported"]


def test_headings_that_come_again_are_left_out(store: Store, tmp_path: Path) -> None:
    headings = ["Surname", "First name", "DOB"]
    rows: list[list[Any]] = [headings, ["Apple", "Ann", BORN], headings, ["Bean", "Bob", BORN]]
    answer = imported(store, workbook(tmp_path / "a.xlsx", *rows))
    assert answer["people_added"] == 2
    assert "The headings again" in reasons(answer, 3)


def test_a_total_that_does_not_fit_its_rows_is_told(store: Store, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Surname", "£pw"], ["Apple", 100.0], ["Bean", 200.0], ["Total", 999.0]]
    rehearsal = rehearsed(store, workbook(tmp_path / "a.xlsx", *rows))
    assert not rehearsal.totals.adds_up
    assert any("its rows add up to £300.00" in remark.reason for remark in rehearsal.warnings)


def test_a_mapping_settles_columns_and_says_what_it_does_not_know(store: Store, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["Who", "Colour", "DOB"], ["Apple, Ann", "red", BORN])
    answer = imported(store, path, mapping={"who": "name", "DOB": ""})
    assert answer["mapping"] == {"Who": "name"}
    assert answer["unmapped"] == ["Colour", "DOB"]
    for wrong, words in (({"Nobody": "name"}, "“Nobody”"), ({"Who": "nickname"}, "“nickname”")):
        with pytest.raises(Refused, match=words):
            rehearsed(store, path, mapping=wrong)
    with pytest.raises(Refused, match="two columns"):
        rehearsed(store, path, mapping={"Who": "name", "Colour": "name"})


def test_each_column_says_why_it_was_taken_so(store: Store, tmp_path: Path) -> None:
    headings = ["SURNAME", "DOB", "NHS No", "Type of placement", "£pw"]
    path = workbook(tmp_path / "a.xlsx", headings, ["Apple", "1/1/1980", "999 000 0018", "Res", 5.0])
    told = {match.heading: match.reason for match in rehearsed(store, path).matches}
    assert told == {
        "SURNAME": "same",
        "DOB": "day first",
        "NHS No": "checked",
        "Type of placement": "1 words known",
        "£pw": "amount",
    }


def test_the_sample_that_comes_with_the_program_shows_what_may_go_wrong(store: Store) -> None:
    answer = imported(store, asset("samples", "caseload.xlsx"))
    assert (answer["header_row"], answer["rows"], answer["people_added"]) == (4, 60, 53)
    assert [column for _, column in aside(answer)] == [
        "DOB",
        "NHS No",
        "Home",
        "Type of placement",
        "Placed",
        "Last review",
        "£pw",
    ]
    assert answer["warnings"][-1]["row"] == 66
