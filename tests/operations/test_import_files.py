"""Files as they come: encodings, separators, broken quotes, workbooks in every state."""

from __future__ import annotations

import time
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from mhtracker.domain.errors import NotFound, Refused
from mhtracker.domain.records import Person
from mhtracker.operations.importing.sheets import Unsure, first_rows, read_sheet
from mhtracker.store import Store
from tests.operations.sheets_at_hand import (
    SAMPLES,
    aside,
    imported,
    reasons,
    text_file,
    workbook,
    workbook_of,
)

HEADINGS = ["Surname", "First name", "DOB", "Type", "Home", "Start"]
ANN = ["Apple", "Ann", date(1980, 1, 1), "Residential", "Elm House", date(2020, 1, 1)]
BOB = ["Bean", "Bob", date(1981, 1, 1), "Residential", "Elm House", date(2020, 1, 1)]


def test_cp1252_is_detected_and_reported(store: Store, tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", "Surname,First name,Weekly cost (£)\nNúñez,José,12.50\n", "cp1252")
    answer = imported(store, path)
    assert answer["encoding"] == "cp1252"
    assert "read as cp1252" in reasons(answer)
    assert store.find(Person)[0].surname == "Núñez"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-16-le", "utf-16-be"])
def test_utf_16_and_byte_order_marks_are_read(store: Store, tmp_path: Path, encoding: str) -> None:
    path = text_file(tmp_path / "a.csv", "Surname,First name,DOB\nŁoś,Żaneta,3/4/1971\n", encoding)
    imported(store, path)
    assert store.find(Person)[0].surname == "Łoś"


def test_garbled_letters_are_warned_of(store: Store, tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", "Surname,First name\nOâ€™Brien,Ann\n")
    assert "garbled" in reasons(imported(store, path), 2)


def test_an_encoding_can_be_named(tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", "Surname,First name\nŻak,Ann\n", "cp1250")
    assert read_sheet(path, encoding="cp1250").rows[0].cells[0] == "Żak"
    with pytest.raises(Refused, match="--encoding"):
        read_sheet(path, encoding="utf-8")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_are_found(tmp_path: Path, separator: str) -> None:
    lines = [["Surname", "First name", "DOB", "Home"], ["Apple", "Ann", "1/1/1980", "Elm, the House"]]
    text = "\n".join(separator.join(f'"{cell}"' if separator == "," else cell for cell in line) for line in lines)
    sheet = read_sheet(text_file(tmp_path / "a.csv", text))
    assert sheet.separator == separator
    assert sheet.rows[0].cells == ("Apple", "Ann", "1/1/1980", "Elm, the House")


def test_a_decimal_comma_is_put_aside_with_both_readings(store: Store, tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", "Surname;First name;£pw\nApple;Ann;1,50\nBean;Bob;1,246.50\n")
    answer = imported(store, path)
    assert aside(answer) == [(2, "£pw")]
    assert "Is the amount £1.50?" in reasons(answer, 2)


@pytest.mark.parametrize("row", ["Cat,Corn,1/1/1982,extra", "Cat,Corn"])
def test_a_row_with_more_or_fewer_fields_is_put_aside(store: Store, tmp_path: Path, row: str) -> None:
    path = text_file(tmp_path / "a.csv", f"Surname,First name,DOB\nApple,Ann,1/1/1980\n{row}\nBean,Bob,1/1/1981\n")
    answer = imported(store, path)
    assert [each["row"] for each in answer["quarantined"]] == [3]
    assert answer["people_added"] == 2
    assert "columns may be shifted" in reasons(answer, 3)


def test_blank_ends_that_a_program_leaves_out_are_no_fault(store: Store, tmp_path: Path) -> None:
    rows = "".join(f"Apple{letter},Ann,{n}/1/1980\n" for n, letter in enumerate("abcdef", 1))
    path = text_file(tmp_path / "a.csv", f"Surname,First name,DOB,NHS No,Team\n{rows}")
    assert imported(store, path)["people_added"] == 6


def test_a_quote_that_never_closes_is_refused_with_its_line(tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", 'Surname,First name\nApple,Ann\nBean,"Bob\nCorn,Cat\n')
    with pytest.raises(Refused, match="line 3"):
        read_sheet(path)


def test_a_field_too_long_for_a_cell_is_put_aside(store: Store, tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", f"Surname,First name,Notes\nApple,Ann,{'x' * 140_000}\nBean,Bob,fine\n")
    answer = imported(store, path)
    assert aside(answer) == [(2, "Notes")]


@pytest.mark.parametrize("text", ["", "\n\n", "Surname,First name,DOB\n", "Surname,First name,DOB\n,,\n"])
def test_a_file_without_rows_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(Refused, match=r"no rows|nothing to import"):
        read_sheet(text_file(tmp_path / "a.csv", text))


def test_a_sheet_without_names_is_refused_with_what_is_missing(store: Store, tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", "DOB,NHS No,Type\n1/1/1980,999 000 0018,Residential\n")
    with pytest.raises(Refused, match="Name, or Surname and First name"):
        imported(store, path)


def test_two_columns_of_one_heading_are_refused(tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", "Surname,DOB,DOB\nApple,1/1/1980,1/1/1981\n")
    with pytest.raises(Refused, match=r"Two columns are headed “DOB” \(B and C\)"):
        read_sheet(path)


def test_headings_over_two_rows_are_joined_and_reported(store: Store, tmp_path: Path) -> None:
    def merge(book: Any) -> None:
        sheet = book.get_worksheet_by_name("People")
        sheet.merge_range(0, 2, 0, 4, "Placement")
        sheet.merge_range(0, 5, 0, 6, "Review")

    rows = [["", "", "", "", "", "", ""], ["Surname", "First name", "Type", "Home", "From", "Last", "Next"]]
    rows.append(["Apple", "Ann", "Residential", "Elm House", date(2020, 1, 1), date(2026, 1, 5), date(2027, 1, 5)])  # type: ignore[list-item]
    path = workbook_of(tmp_path / "a.xlsx", {"People": rows}, merge)
    answer = imported(store, path)
    assert answer["header_row"] == 2
    assert answer["mapping"]["Review Last"] == "last_reviewed_on"
    assert answer["mapping"]["Review Next"] == "review_due_on"
    assert answer["reviews_added"] == 2


def test_two_rows_that_both_look_like_headings_ask_for_one(tmp_path: Path) -> None:
    rows = [["Surname", "DOB", "Worker"], ["Apple", "x", "y"], ["Name", "NHS No", "Team"], ["Ann Bean", "", "North"]]
    path = workbook(tmp_path / "a.xlsx", *rows)
    with pytest.raises(Unsure) as unsure:
        read_sheet(path)
    assert unsure.value.option == "--header-row"
    assert unsure.value.choices == ("1", "3")
    assert read_sheet(path, header_row=3).headings == ("Name", "NHS No", "Team")


def test_equal_rows_are_taken_once_and_counted(store: Store, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", HEADINGS, ANN, BOB, ANN)
    answer = imported(store, path)
    assert (answer["rows"], answer["people_added"], answer["quarantined"]) == (3, 2, [])
    assert "The same as row 2: taken once." in reasons(answer, 4)


def test_hidden_sheets_and_rows_are_warned_of(store: Store, tmp_path: Path) -> None:
    def hide(book: Any) -> None:
        book.get_worksheet_by_name("Old").hide()
        book.get_worksheet_by_name("People").set_row(2, None, None, {"hidden": True})

    path = workbook_of(tmp_path / "a.xlsx", {"People": [HEADINGS, ANN, BOB], "Old": [HEADINGS, ANN]}, hide)
    answer = imported(store, path)
    assert answer["sheet"] == "People"
    assert "“Old” is hidden and was not read" in reasons(answer)
    assert "Row 3 is hidden" in reasons(answer)
    assert answer["people_added"] == 2


@pytest.mark.parametrize("cell", [(1_048_575, 25), (1_048_575, 16_383), (5, 16_383)])
def test_a_stray_cell_far_away_costs_no_time(store: Store, tmp_path: Path, cell: tuple[int, int]) -> None:
    path = workbook_of(
        tmp_path / "a.xlsx",
        {"People": [HEADINGS, ANN, BOB]},
        lambda book: book.get_worksheet_by_name("People").write_string(*cell, "stray"),
    )
    begun = time.process_time()
    answer = imported(store, path)
    assert time.process_time() - begun < 5
    assert answer["people_added"] == 2
    assert "was left out" in reasons(answer)


def test_formulas_without_result_and_with_errors_are_put_aside(store: Store, tmp_path: Path) -> None:
    def formulas(book: Any) -> None:
        sheet = book.get_worksheet_by_name("People")
        sheet.write_formula(1, 5, "=TODAY()", None, "")
        sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")

    path = workbook_of(tmp_path / "a.xlsx", {"People": [HEADINGS, ANN, BOB, ["Corn", *ANN[1:]]]}, formulas)
    answer = imported(store, path)
    assert aside(answer) == [(2, "Start"), (3, "DOB")]
    assert "without its result" in reasons(answer, 2)
    assert "#DIV/0!" in reasons(answer, 3)


def test_a_workbook_with_a_password_is_refused_kindly() -> None:
    with pytest.raises(Refused, match="protected by a password"):
        read_sheet(SAMPLES / "protected.xlsx")


@pytest.mark.parametrize("name", ["three.xls", "three.ods"])
def test_old_excel_and_open_document_are_read(store: Store, name: str) -> None:
    answer = imported(store, SAMPLES / name)
    assert (answer["people_added"], answer["placements_added"], answer["quarantined"]) == (3, 3, [])
    people = {person.surname: str(person.born_on) for person in store.find(Person)}
    assert people == {"Apeere": "1992-11-03", "Łoś": "1984-05-08", "Kowalex": "1971-02-28"}


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    good = workbook(tmp_path / "good.xlsx", HEADINGS, ANN)
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/media/big.bin", b"\0" * 60_000_000)
    with pytest.raises(Refused, match="unpacks to far more"):
        read_sheet(bomb)


def test_many_entries_are_refused(tmp_path: Path) -> None:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for number in range(2_100):
            package.writestr(f"xl/{number}.xml", "")
    (tmp_path / "many.xlsx").write_bytes(data.getvalue())
    with pytest.raises(Refused):
        read_sheet(tmp_path / "many.xlsx")


def test_entities_are_refused(tmp_path: Path) -> None:
    good = workbook(tmp_path / "good.xlsx", HEADINGS, ANN)
    path = tmp_path / "entity.xlsx"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            entry = old.read(name)
            if name.endswith("sheet1.xml"):
                entry = entry.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet', 1)
            new.writestr(name, entry)
    with pytest.raises(Refused, match="no spreadsheet program writes"):
        read_sheet(path)


def test_what_a_file_is_goes_by_its_bytes_and_not_its_name(tmp_path: Path) -> None:
    path = workbook(tmp_path / "really.csv", HEADINGS, ANN)
    assert read_sheet(path).rows[0].cells[0] == "Apple"
    path = text_file(tmp_path / "really.xlsx", "Surname,First name\nApple,Ann\n")
    assert read_sheet(path).rows[0].cells[0] == "Apple"


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"<html><table>", "web page"),
        (b"MZ\x90\0\3", "program"),
        (b"SQLite format 3\0", "database"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "not a spreadsheet"),
        (b"PK\3\4 not really", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 not really", "damaged"),
    ],
)
def test_other_files_are_refused_by_name(tmp_path: Path, start: bytes, words: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(start)
    with pytest.raises(Refused, match=words):
        read_sheet(tmp_path / "a.xlsx")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"no file “a\.xlsx”"):
        read_sheet(tmp_path / "a.xlsx")


def test_dates_counted_from_1904_are_converted(store: Store, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", HEADINGS, ANN, [*BOB[:2], 36000, *BOB[3:]], date_1904=True)
    answer = imported(store, path)
    assert str(store.find(Person)[0].born_on) == "1980-01-01"
    assert aside(answer) == [(3, "DOB")]
    assert "25 Jul 2002" in reasons(answer, 3)


def test_several_lists_of_people_ask_for_one(tmp_path: Path) -> None:
    sheets: dict[str, Any] = {"North": [HEADINGS, ANN], "South": [HEADINGS, BOB], "Codes": [["Type"], ["x"]]}
    path = workbook_of(tmp_path / "a.xlsx", sheets)
    with pytest.raises(Unsure, match=r"--sheet.*“North”, “South”") as unsure:
        read_sheet(path)
    assert unsure.value.choices == ("North", "South")
    assert read_sheet(path, sheet="south").name == "South"
    with pytest.raises(Unsure, match="no sheet “East”"):
        read_sheet(path, sheet="East")


def test_the_one_list_of_people_is_chosen_among_other_sheets(tmp_path: Path) -> None:
    sheets: dict[str, Any] = {
        "Notes": [["Read me"], ["Updated by JO"]],
        "List": [HEADINGS, ANN],
        "Staff": [["Worker", "Team"], ["A B", "North"]],
    }
    assert read_sheet(workbook_of(tmp_path / "a.xlsx", sheets)).name == "List"


def test_the_first_rows_can_be_seen_before_choosing(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["A title"], HEADINGS, ANN)
    assert first_rows(path)[0][0] == "A title"
