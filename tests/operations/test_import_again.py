"""The same sheet once more: nothing recorded since is taken back, and nothing comes twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mhtracker.domain.records import MoveOnPlan, Person, PutAside
from mhtracker.operations.importing.mends import Decision, MendKind
from mhtracker.operations.importing.put_aside import leave_out_row
from mhtracker.operations.people import edit_person
from mhtracker.operations.targets import change_target, end_plan
from mhtracker.store import Store
from tests.operations.sheets_at_hand import aside, imported, reasons, rehearsed, workbook

HEADINGS = ["Surname", "First name", "DOB", "Type", "Home", "Start date", "Target date"]
ANN: list[Any] = ["Apple", "Ann", date(1980, 1, 1), "Residential", "Elm", date(2020, 1, 1), date(2026, 9, 1)]
BOB: list[Any] = ["Bean", "Bob", date(1981, 1, 1), "Residential", "Elm", date(2020, 1, 1), "soon"]


def sheet(folder: Path) -> Path:
    return workbook(folder / "a.xlsx", HEADINGS, ANN, BOB)


def test_what_was_changed_on_screen_since_is_not_taken_back(store: Store, tmp_path: Path) -> None:
    path = sheet(tmp_path)
    imported(store, path)
    (plan,) = store.find(MoveOnPlan)
    change_target(store, plan.id, target_on=date(2027, 6, 1), reason_code="no_vacancy", reason="The flat fell through")
    edit_person(store, plan.person_id, surname="Appleby", born_on=date(1980, 1, 2))
    before = store.last_seq()
    again = imported(store, path)
    assert (again["people_added"], again["people_updated"], again["placements_added"]) == (0, 0, 0)
    assert again["operation"] is None
    assert store.last_seq() == before
    (told,) = [each["reason"] for each in again["warnings"] if "imported on" in each["reason"]]
    assert "what was recorded since stays" in told


def test_a_target_without_an_aim_leaves_the_aim_empty_and_its_plan_can_end(store: Store, tmp_path: Path) -> None:
    imported(store, sheet(tmp_path))
    (plan,) = store.find(MoveOnPlan)
    assert (plan.aim_stage_id, plan.aim) == (None, "")
    assert end_plan(store, plan.id, reason_code="given_up").ended_on == store.today


def test_a_row_still_put_aside_can_be_put_right_from_the_same_sheet(store: Store, tmp_path: Path) -> None:
    path = sheet(tmp_path)
    assert aside(imported(store, path)) == aside(imported(store, path)) == [(3, "Target date")]
    assert len(store.find(PutAside)) == 1
    answer = imported(store, path, decisions=[Decision(3, MendKind.TYPE, "Target date", "1/10/2026")])
    assert (answer["people_added"], answer["quarantined"]) == (1, [])
    assert sorted(person.surname for person in store.find(Person)) == ["Apple", "Bean"]


def test_a_row_left_out_for_good_is_not_put_aside_again(store: Store, tmp_path: Path) -> None:
    path = sheet(tmp_path)
    imported(store, path)
    leave_out_row(store, store.find(PutAside)[0].id, reason="Not ours")
    assert aside(imported(store, path)) == []
    assert rehearsed(store, path).totals.adds_up


def test_after_its_import_was_taken_back_a_sheet_is_new_again(store: Store, tmp_path: Path) -> None:
    path = sheet(tmp_path)
    store.undo(imported(store, path)["operation"])
    assert imported(store, path)["people_added"] == 1


def test_a_corrected_birth_date_or_start_is_told_with_before_and_after(store: Store, tmp_path: Path) -> None:
    imported(store, sheet(tmp_path))
    mended = [*ANN[:2], date(1980, 1, 10), *ANN[3:5], date(2020, 3, 1), ANN[6]]
    headings = [*HEADINGS, "Local id"]
    first = imported(store, workbook(tmp_path / "b.xlsx", headings, [*ANN, "L1"]))
    assert "changes from" not in reasons(first)
    answer = imported(store, workbook(tmp_path / "c.xlsx", headings, [*mended, "L1"]))
    told = {each["column"]: (each["row"], each["reason"]) for each in answer["warnings"]}
    assert told["DOB"] == (2, "The register’s date of birth changes from 1 Jan 1980 to 10 Jan 1980.")
    assert told["Start date"] == (2, "The register’s start of the stay changes from 1 Jan 2020 to 1 Mar 2020.")


def test_a_move_to_another_place_corrects_no_start(store: Store, tmp_path: Path) -> None:
    imported(store, sheet(tmp_path))
    moved = [*ANN[:3], "Supported living", "Canal View", date(2026, 3, 1), ANN[6]]
    answer = imported(store, workbook(tmp_path / "b.xlsx", HEADINGS, moved))
    assert answer["placements_added"] == 1
    assert "changes from" not in reasons(answer)


@pytest.mark.parametrize(
    ("heading", "cell", "words"),
    [
        ("End reason", "Died", "Record the death on screen"),
        ("Destination", "Deceased", "Record the death on screen"),
        ("End reason", "Moved out of area", "Close the case on screen"),
    ],
)
def test_who_died_or_moved_away_without_a_date_is_told(
    store: Store, tmp_path: Path, heading: str, cell: str, words: str
) -> None:
    headings = [*HEADINGS[:6], "End date", heading]
    path = workbook(tmp_path / "a.xlsx", headings, [*ANN[:6], date(2026, 3, 1), cell])
    answer = imported(store, path)
    assert (answer["people_added"], answer["quarantined"]) == (1, [])
    (told,) = [each for each in answer["warnings"] if words in each["reason"]]
    assert (told["row"], told["column"], told["value"]) == (2, heading, cell)


def test_who_died_on_a_given_day_needs_no_word(store: Store, tmp_path: Path) -> None:
    headings = [*HEADINGS[:6], "End date", "End reason", "Date of death"]
    row = [*ANN[:6], date(2026, 3, 1), "Died", date(2026, 3, 1)]
    assert "on screen" not in reasons(imported(store, workbook(tmp_path / "a.xlsx", headings, row)))
