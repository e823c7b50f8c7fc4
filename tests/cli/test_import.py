"""`import` on a command line: nothing is asked, everything is told, and undo takes it all back."""

import pytest

from tests.cli.conftest import AS_AT

SHEET = """Surname,Forename,DOB,NHS No.,Placement type,Moved in
Example,Zoë,12/03/1980,999 000 0018,Residential,01/02/2025
Łoś,Jan,31/02/1970,,Residential,01/02/2025
Sample,Ann,,,Supported living,15/06/2025
"""


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


@pytest.fixture
def empty(run, tmp_path):
    path = tmp_path / "empty.mhtracker"
    assert run("new", path).code == 0
    return path


def test_an_import_adds_what_it_tells_and_undo_takes_it_back(run, empty, sheet):
    answer = run("import", empty, sheet, "--as-at", AS_AT, "--json").json
    assert (answer["rows"], answer["people_added"], answer["header_row"], answer["dry_run"]) == (3, 2, 1, False)
    assert answer["mapping"]["DOB"] == "born_on"
    ((row, column),) = [(each["row"], each["column"]) for each in answer["quarantined"]]
    assert (row, column) == (3, "DOB")
    people = run("list", empty, "--as-at", AS_AT, "--json").json["people"]
    assert [person["name"] for person in people] == ["Example, Zoë", "Sample, Ann"]
    again = run("import", empty, sheet, "--as-at", AS_AT, "--json").json
    assert (again["people_added"], again["people_unchanged"]) == (0, 2)
    run("undo", empty, answer["operation"])
    assert run("list", empty, "--as-at", AS_AT, "--json").json["count"] == 0
    assert run("check", empty, "--json").json["ok"]


def test_a_row_with_two_faults_is_one_row_put_aside_and_both_faults_are_told(run, empty, tmp_path):
    sheet = tmp_path / "two faults.csv"
    sheet.write_text(
        SHEET.replace(",,Residential,01/02/2025", ",999 000 0019,Residential,01/02/2025"), encoding="utf-8"
    )
    said = run("import", empty, sheet, "--as-at", AS_AT).out
    told = run("import", empty, sheet, "--as-at", AS_AT, "--dry-run", "--json").json
    assert [each["row"] for each in told["quarantined"]] == [3, 3]
    assert told["people_added"] + told["people_unchanged"] + 1 == told["rows"]
    assert [line.split() for line in said.splitlines() if line.startswith("Rows put")] == [
        ["Rows", "put", "aside", "1"]
    ]


def test_a_dry_run_tells_the_same_and_writes_nothing(run, empty, sheet):
    before = empty.read_bytes()
    dry = run("import", empty, sheet, "--as-at", AS_AT, "--dry-run", "--json").json
    assert empty.read_bytes() == before
    assert (dry["dry_run"], dry["operation"]) == (True, None)
    assert run("import", empty, sheet, "--as-at", AS_AT, "--dry-run").code == 0
    real = run("import", empty, sheet, "--as-at", AS_AT, "--json").json
    for key in set(real) - {"dry_run", "operation"}:
        assert dry[key] == real[key], key


def test_a_mapping_file_settles_columns(run, empty, sheet, tmp_path):
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('"Forename" = "known_as"\n"NHS No." = ""\n', encoding="utf-8")
    answer = run("import", empty, sheet, "--mapping", mapping, "--as-at", AS_AT, "--json").json
    assert answer["mapping"]["Forename"] == "known_as"
    assert "NHS No." in answer["unmapped"]
    people = run("list", empty, "--as-at", AS_AT, "--json").json["people"]
    told = [(person["name"], person["known_as"], person["nhs_number"]) for person in people]
    assert told == [("Example", "Zoë", None), ("Sample", "Ann", None)]


def test_plain_text_tells_what_was_put_aside_and_why(run, empty, sheet):
    told = run("import", empty, sheet, "--as-at", AS_AT).out
    assert "Added people      2" in told
    assert "February 1970 has 28 days." in told
