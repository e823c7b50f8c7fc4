"""Headings that sound like a fact of ours and state another: they may cost a column, never a wrong fact."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mhtracker.domain.records import MoveOnPlan, Person, Placement, Target, Worker
from mhtracker.operations.importing.headings import hear
from mhtracker.store import Store
from tests.operations.sheets_at_hand import imported, workbook

BORN = date(1980, 1, 1)


@pytest.mark.parametrize("soon", ["Expected", "Planned", "Estimated", "Anticipated", "Likely", "Proposed", "Target"])
@pytest.mark.parametrize("end", ["end date", "discharge date", "date of discharge", "leaving date", "start date"])
def test_a_day_that_is_only_expected_is_no_day_on_which_anybody_moved(soon: str, end: str) -> None:
    assert hear(f"{soon} {end}", misspelt=True).fields == ()
    assert hear(f"{end} ({soon.lower()})", misspelt=True).fields == ()


@pytest.mark.parametrize("heading", ["Expected move-on date", "Estimated move on date", "Planned move date"])
def test_an_expected_move_is_the_target(heading: str) -> None:
    assert hear(heading).fields == ("target_on",)


def test_a_stay_is_not_ended_on_the_day_it_was_expected_to_end(store: Store, tmp_path: Path) -> None:
    headings = ["Surname", "DOB", "Type", "Home", "Start date", "Expected end date"]
    row = ["Apple", BORN, "Residential", "Elm", date(2020, 1, 1), date(2026, 1, 1)]
    answer = imported(store, workbook(tmp_path / "a.xlsx", headings, row))
    assert answer["unmapped"] == ["Expected end date"]
    assert [stay.ended_on for stay in store.find(Placement)] == [None]


@pytest.mark.parametrize(
    "heading",
    [
        "Date added",
        "Date allocated",
        "Funding start date",
        "Funding end date",
        "Referral start",
        "Social worker phone",
        "Key worker tel no",
        "Worker email",
        "Hospital to",
        "Hospital from",
        "Previous placement",
        "Previous placement type",
        "Strat date",
    ],
)
def test_a_heading_that_only_sounds_like_a_fact_is_left_unread(heading: str) -> None:
    assert hear(heading, misspelt=True).fields == ()


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Keyworker notes", "notes"),
        ("Placement notes", "notes"),
        ("Social worker comments", "notes"),
        ("Ward", "service"),
        ("Where living now", "service"),
        ("SW name", "worker"),
        ("Care co", "care_coordinator"),
        ("Accom. type", "stage"),
        ("Target stage", "aim_stage"),
        ("Move-on stage", "aim_stage"),
    ],
)
def test_a_heading_is_heard_by_the_word_that_counts(heading: str, field: str) -> None:
    assert hear(heading, misspelt=True).fields[0] == field


def test_notes_of_the_key_worker_name_no_worker(store: Store, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", ["Surname", "Keyworker notes"], ["Apple", "Settled"], ["Bean", "Wants to move"]
    )
    assert imported(store, path)["mapping"]["Keyworker notes"] == "notes"
    assert not store.find(Worker)


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Local id", [date(2020, 1, 1), date(2020, 2, 1), date(2020, 3, 1)]),
        ("Worker", ["0117 496 0000", "0117 496 0001", "0117 496 0002"]),
        ("Worker", [f"She rang on day {n} to say that the flat is too far from the bus and the shops." for n in "123"]),
        ("Worker", [date(2020, 1, 1), date(2020, 2, 1), date(2020, 3, 1)]),
    ],
)
def test_a_column_whose_cells_cannot_be_what_it_is_headed_is_left_unread(
    store: Store, tmp_path: Path, heading: str, cells: list[object]
) -> None:
    rows = [["Apple", cells[0]], ["Bean", cells[1]], ["Corn", cells[2]]]
    assert imported(store, workbook(tmp_path / "a.xlsx", ["Surname", heading], *rows))["unmapped"] == [heading]


def test_a_column_headed_like_something_else_is_the_stage_by_its_words(store: Store, tmp_path: Path) -> None:
    rows = [["Apple", "Residential"], ["Bean", "Supported living"], ["Corn", "Nursing"]]
    answer = imported(store, workbook(tmp_path / "a.xlsx", ["Surname", "Start of support"], *rows))
    assert answer["mapping"]["Start of support"] == "stage"


@pytest.mark.parametrize("plain", ["Target date", "Move-on target", "Original target date"])
@pytest.mark.parametrize("revised", ["Revised target date", "New target date", "Latest target", "Revised move on"])
def test_a_revised_target_leaves_the_original_beside_it(store: Store, tmp_path: Path, plain: str, revised: str) -> None:
    rows = [["Apple", date(2026, 9, 1), date(2026, 12, 1)], ["Bean", date(2026, 10, 1), None]]
    answer = imported(store, workbook(tmp_path / "a.xlsx", ["Surname", plain, revised], *rows))
    assert answer["mapping"] == {"Surname": "surname", plain: "target_original_on", revised: "target_on"}
    people = {person.id: person.surname for person in store.find(Person)}
    assert len(store.find(MoveOnPlan)) == 2
    told = sorted((people[t.person_id], t.position, str(t.target_on)) for t in store.find(Target))
    assert told == [("Apple", 0, "2026-09-01"), ("Apple", 1, "2026-12-01"), ("Bean", 0, "2026-10-01")]
