"""Writing: one operation, all or nothing; what was put aside waits and can be put right later."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mhtracker.domain.errors import Cancelled, Refused
from mhtracker.domain.records import ImportedFile, Person, Placement, PutAside
from mhtracker.operations.importing.mends import MendKind, decide
from mhtracker.operations.importing.put_aside import import_row, leave_out_row, rehearse_row, waiting_rows
from mhtracker.operations.importing.writing import import_rows
from mhtracker.store import Store
from mhtracker.store.check import check
from tests.operations.sheets_at_hand import SAMPLES, imported, reasons, rehearsed, text_file, workbook

KEYS = set(
    "as_at as_known file sheet header_row encoding mapping unmapped rows people_added people_updated people_unchanged "
    "placements_added reviews_added quarantined warnings dry_run operation".split()
)


class StopAfter:
    """A person who presses Stop at the n-th sign of progress."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def step(self, done: int, total: int, words: str) -> None:
        assert 0 <= done <= max(total, 1)
        assert words
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def test_the_answer_has_the_keys_that_do_not_change(store: Store) -> None:
    answer = imported(store, SAMPLES / "mixed-dates.xlsx")
    assert answer.keys() >= KEYS
    for told in answer["quarantined"] + answer["warnings"]:
        assert set(told) == {"row", "column", "value", "reason"}
    assert answer["sheet"] == "Sheet1"
    assert answer["as_known"] is None


def test_an_import_is_one_operation(store: Store) -> None:
    before = store.last_seq()
    answer = imported(store, SAMPLES / "placement-history.csv")
    assert store.last_seq() == before + 1
    operation = store.next_undo()
    assert operation is not None
    assert (operation.id, operation.label) == (answer["operation"], "Import placement-history.csv")


@pytest.mark.parametrize("steps", range(0, 24, 3))
def test_stopping_at_any_point_leaves_nothing(store: Store, steps: int) -> None:
    before = store.last_seq()
    stop = StopAfter(steps)
    try:
        import_rows(store, rehearsed(store, SAMPLES / "moving-on-team.xlsx", progress=stop), stop)
    except Cancelled:
        assert store.last_seq() == before
        assert not store.find(Person)
    else:
        assert len(store.find(Person)) == 60
    assert not check(store).problems


def test_a_register_changed_since_the_rehearsal_is_rehearsed_again(store: Store) -> None:
    stale = rehearsed(store, SAMPLES / "moving-on-team.xlsx")
    imported(store, SAMPLES / "moving-on-team.xlsx")
    result = import_rows(store, stale)
    assert (result.people_added, result.people_unchanged) == (0, 60)
    assert len(store.find(Person)) == 60


def test_a_file_is_known_again_by_its_content(store: Store, tmp_path: Path) -> None:
    imported(store, SAMPLES / "mixed-dates.xlsx")
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes((SAMPLES / "mixed-dates.xlsx").read_bytes())
    assert rehearsed(store, copy).imported_before == store.find(ImportedFile)[0]


def test_rows_put_aside_wait_with_their_cells(store: Store) -> None:
    imported(store, SAMPLES / "mixed-dates.xlsx")
    waiting = waiting_rows(store)
    assert [(row.row, row.column, row.value) for row in waiting] == [
        (5, "Date of birth", "31/02/1970"),
        (8, "NHS number", "9990010073"),
        (10, "Start", "tbc"),
        (13, "Date of birth", "23/08/2026"),
    ]
    imported(store, SAMPLES / "mixed-dates.xlsx")
    assert len(store.find(PutAside)) == 4


def test_a_row_put_right_later_is_imported_and_settled_in_one_step(store: Store) -> None:
    imported(store, SAMPLES / "mixed-dates.xlsx")
    row = waiting_rows(store)[0]
    assert rehearse_row(store, row.id).put_aside
    with pytest.raises(Refused, match="February 1970 has 28 days"):
        import_row(store, row.id)
    result = import_row(store, row.id, cells={"Date of birth": "28/02/1970"})
    assert (result.people_added, len(waiting_rows(store))) == (1, 3)
    (rosie,) = store.find(Person, surname="Jones")
    assert rosie.born_on == date(1970, 2, 28)
    assert store.get(PutAside, row.id).settled_how == "Imported."
    with pytest.raises(Refused, match="settled already"):
        import_row(store, row.id, cells={"Date of birth": "28/02/1970"})
    store.undo()
    assert len(waiting_rows(store)) == 4
    assert not store.find(Person, surname="Jones")


def test_a_row_can_be_put_right_by_a_choice(store: Store) -> None:
    imported(store, SAMPLES / "mixed-dates.xlsx")
    row = waiting_rows(store)[1]
    blank = next(m for m in rehearse_row(store, row.id).rows[0].problems[0].mends if m.kind is MendKind.BLANK)
    import_row(store, row.id, decisions=[decide(row.row, blank)])
    assert store.find(Person, surname="Rajagopal")[0].nhs_number is None


def test_a_row_can_be_left_out_for_good(store: Store) -> None:
    imported(store, SAMPLES / "mixed-dates.xlsx")
    leave_out_row(store, waiting_rows(store)[0].id, reason="Moved away")
    assert [row.row for row in waiting_rows(store)] == [8, 10, 13]
    store.undo()
    assert len(waiting_rows(store)) == 4


def test_a_row_put_right_in_the_sheet_no_longer_waits(store: Store, tmp_path: Path) -> None:
    imported(store, text_file(tmp_path / "a.csv", "Surname,First name,DOB\nApple,Ann,31/2/1980\nBean,Bob,1/1/1981\n"))
    imported(store, text_file(tmp_path / "a.csv", "Surname,First name,DOB\nApple,Ann,28/2/1980\nBean,Bob,1/1/1981\n"))
    assert waiting_rows(store) == []
    assert len(store.find(Person)) == 2


def test_references_follow_the_sheet_and_what_is_there(store: Store, tmp_path: Path) -> None:
    imported(store, text_file(tmp_path / "a.csv", "Surname\nZebra\nApple\n"))
    imported(store, text_file(tmp_path / "b.csv", "Surname\nMoon\n"))
    assert {person.surname: person.ref for person in store.find(Person)} == {
        "Zebra": "MHT-00001",
        "Apple": "MHT-00002",
        "Moon": "MHT-00003",
    }


def test_an_imported_reference_finds_its_person(store: Store, tmp_path: Path) -> None:
    imported(store, text_file(tmp_path / "a.csv", "Surname,DOB\nZebra,1/1/1980\n"))
    path = text_file(tmp_path / "b.csv", "Ref,Surname,Mosaic ID\nMHT-00001,Zebra,M7\n")
    answer = imported(store, path)
    assert answer["mapping"]["Ref"] == "ref"
    assert (answer["people_added"], answer["people_updated"]) == (0, 1)
    assert store.find(Person)[0].local_id == "M7"


def test_many_rows_are_imported_whole(store: Store, tmp_path: Path) -> None:
    rows = [
        [f"Name{n}", f"Given{n}", date(1950, 1, 1), f"M{n}", "Res", "Elm House", date(2020, 1, 1)] for n in range(1500)
    ]
    path = workbook(tmp_path / "a.xlsx", ["Surname", "First name", "DOB", "Mosaic ID", "Type", "Home", "Start"], *rows)
    answer = imported(store, path)
    assert (answer["people_added"], answer["quarantined"]) == (1500, [])
    assert len(store.find(Placement)) == 1500
    assert {row.outcome.value for row in rehearsed(store, path).rows} == {"same"}


def test_every_cell_at_fault_is_told_by_itself_and_as_it_stood(store: Store, tmp_path: Path) -> None:
    text = "Surname,DOB,NHS No,Start,£pw\nApple,31/02/1970,9990010073, soon ,five\n"
    answer = imported(store, text_file(tmp_path / "a.csv", text))
    told = [(each["row"], each["column"], each["value"]) for each in answer["quarantined"]]
    assert sorted(told) == [
        (2, "DOB", "31/02/1970"),
        (2, "NHS No", "9990010073"),
        (2, "Start", " soon "),
        (2, "£pw", "five"),
    ]
    reasons_of = {each["column"]: each["reason"] for each in answer["quarantined"]}
    assert "February 1970" in reasons_of["DOB"]
    assert "February" not in reasons_of["£pw"]
    (waiting,) = waiting_rows(store)
    assert all(reason in waiting.reason for reason in reasons_of.values())


def test_a_date_that_contradicts_another_is_told_as_the_sheet_writes_it(store: Store, tmp_path: Path) -> None:
    text = "Surname,First,DOB,Type,Start,End\nApple,Ann,1/2/1970,Res,3/4/2020,1.1.2019\n"
    (told,) = imported(store, text_file(tmp_path / "a.csv", text))["quarantined"]
    assert (told["column"], told["value"]) == ("End", "1.1.2019")


def test_characters_that_stand_for_nothing_are_taken_out_and_told(store: Store, tmp_path: Path) -> None:
    answer = imported(store, text_file(tmp_path / "a.csv", "Surname,DOB\nAp\0ple,1/1/1970\nBean,2/2/1980\0\n"))
    assert (answer["people_added"], answer["quarantined"]) == (2, [])
    assert sorted(person.surname for person in store.find(Person)) == ["Apple", "Bean"]
    assert "2 characters that stand for nothing" in reasons(answer)
