"""The three sample sheets, kept the way teams keep them, come out as a careful reader expects."""

from __future__ import annotations

import json

import pytest

from mhtracker.domain.records import Person, Placement, Review
from mhtracker.operations.importing.writing import import_answer, import_rows
from mhtracker.store import Store
from mhtracker.store.check import check
from tests.operations.sheets_at_hand import SAMPLES, TODAY, aside, imported, rehearsed

SHEETS = ("moving-on-team.xlsx", "mixed-dates.xlsx", "placement-history.csv")


@pytest.mark.parametrize("name", SHEETS)
def test_a_sample_comes_out_as_expected(store: Store, name: str) -> None:
    expected = json.loads((SAMPLES / name).with_suffix(".expected.json").read_text("utf-8"))
    answer = imported(store, SAMPLES / name)
    assert aside(answer) == [(each["row"], each["column"]) for each in expected["quarantined"]]
    for key in {"header_row", "rows", "people_added"} & expected.keys():
        assert answer[key] == expected[key]
    assert not check(store).problems


@pytest.mark.parametrize("name", SHEETS)
def test_the_same_sample_twice_changes_nothing(store: Store, name: str) -> None:
    imported(store, SAMPLES / name)
    before = store.last_seq()
    again = imported(store, SAMPLES / name)
    assert (again["people_added"], again["people_updated"], again["placements_added"], again["reviews_added"]) == (
        0,
        0,
        0,
        0,
    )
    assert again["operation"] is None
    assert store.last_seq() == before
    assert "imported on 14 Jul 2026 already" in json.dumps(again["warnings"])


@pytest.mark.parametrize("name", SHEETS)
def test_undo_of_an_import_leaves_an_empty_register(store: Store, name: str) -> None:
    answer = imported(store, SAMPLES / name)
    store.undo(answer["operation"])
    assert not store.find(Person)
    assert not store.find(Placement)
    store.redo()
    assert len(store.find(Person)) == answer["people_added"]
    assert not check(store).problems


def test_the_day_of_the_import_does_not_decide_whose_birth_date_is_wrong(store: Store) -> None:
    """Row 13 was born after moving in: the birth date is blamed even on a day when it is no longer ahead."""
    later = rehearsed(store, SAMPLES / "mixed-dates.xlsx", today=TODAY.replace(month=11))
    assert [(row.number, row.problems[0].column) for row in later.put_aside][-1] == (13, "Date of birth")


def test_the_total_of_the_sheet_agrees(store: Store) -> None:
    totals = rehearsed(store, SAMPLES / "moving-on-team.xlsx").totals
    assert totals.adds_up
    assert totals.stated_pence == totals.sheet_pence == totals.pence_after == 3_744_974


def test_a_dry_run_writes_nothing_and_says_the_same(store: Store) -> None:
    rehearsal = rehearsed(store, SAMPLES / "moving-on-team.xlsx")
    dry = import_answer(rehearsal, None, TODAY)
    assert dry["dry_run"] is True
    assert dry["operation"] is None
    assert not store.find(Person)
    real = import_answer(rehearsal, import_rows(store, rehearsal), TODAY)
    assert {**real, "dry_run": True, "operation": None} == dry


def test_facts_of_a_sample_row_stand_in_the_register(store: Store) -> None:
    imported(store, SAMPLES / "moving-on-team.xlsx")
    (person,) = store.find(Person, local_id="M100200")
    assert (person.surname, person.given_names, str(person.born_on), person.nhs_number) == (
        "Turnbull",
        "Derek",
        "1966-10-07",
        "9990000018",
    )
    (placement,) = store.find(Placement, person_id=person.id)
    assert (placement.stage_id, str(placement.started_on), placement.weekly_cost_pence) == (
        "residential",
        "2025-11-23",
        129548,
    )
    reviews = sorted(store.find(Review, person_id=person.id), key=lambda review: str(review.held_on))
    assert [(str(review.held_on), str(review.due_on)) for review in reviews] == [
        ("2026-03-15", "None"),
        ("None", "2027-03-15"),
    ]
