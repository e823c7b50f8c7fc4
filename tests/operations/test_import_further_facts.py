"""What sheets say beside names and places: why somebody is supported, since when s117 holds, what they pay, the aim."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mhtracker.domain.records import LegalAndStatus, MoveOnPlan, Person, Placement, StatusKind, Target
from mhtracker.operations.importing.headings import hear
from mhtracker.store import Store
from tests.operations.sheets_at_hand import aside, imported, workbook

HEADINGS = [
    "Surname",
    "First name",
    "DOB",
    "Type",
    "Home",
    "Start",
    "Weekly cost",
    "Client contribution",
    "Primary support reason",
    "Care co-ordinator",
    "s117",
    "s117 start date",
    "Aim stage",
    "Original target",
    "Target",
]


def row(**changes: Any) -> list[Any]:
    said: dict[str, Any] = {
        "Surname": "Przykład",
        "First name": "Marek",
        "DOB": date(1981, 3, 23),
        "Type": "Residential",
        "Home": "Harbour Court",
        "Start": date(2024, 8, 5),
        "Weekly cost": 900,
        "Client contribution": "£84.10",
        "Primary support reason": "Mental health",
        "Care co-ordinator": "Nadia Musterova",
        "s117": "Section 3",
        "s117 start date": date(2023, 2, 1),
        "Aim stage": "Supported living",
        "Original target": date(2026, 9, 1),
        "Target": date(2026, 12, 1),
    } | changes
    return [said[heading] for heading in HEADINGS]


def one_status(store: Store) -> LegalAndStatus:
    (status,) = store.find(LegalAndStatus, kind=StatusKind.S117)
    return status


def test_a_row_tells_all_of_it_and_again_it_changes_nothing(store: Store, tmp_path: Path) -> None:
    imported(store, workbook(tmp_path / "a.xlsx", HEADINGS, row()))
    (person,), (stay,) = store.find(Person), store.find(Placement)
    assert (person.primary_support, person.care_coordinator) == ("mental_health", "Nadia Musterova")
    assert (stay.weekly_cost_pence, stay.weekly_charge_pence) == (90_000, 8410)
    assert (one_status(store).code, one_status(store).started_on) == ("3", date(2023, 2, 1))
    (plan,) = store.find(MoveOnPlan)
    assert plan.aim_stage_id == "supported"
    targets = store.find(Target, order_by=("position",))
    assert [target.target_on for target in targets] == [date(2026, 9, 1), date(2026, 12, 1)]
    imported(store, workbook(tmp_path / "b.xlsx", HEADINGS, row()))
    assert store.find(Person) == [person]
    assert store.find(Placement) == [stay]
    assert len(store.find(LegalAndStatus)) == 1


def test_what_has_changed_in_the_sheet_is_changed_and_undone_as_one(store: Store, tmp_path: Path) -> None:
    imported(store, workbook(tmp_path / "a.xlsx", HEADINGS, row(**{"s117 start date": None})))
    assert one_status(store).started_on is None
    changes = {"Client contribution": 90, "Primary support reason": "Learning disability"}
    imported(store, workbook(tmp_path / "b.xlsx", HEADINGS, row(**changes)))
    (person,), (stay,) = store.find(Person), store.find(Placement)
    assert (person.primary_support, stay.weekly_charge_pence) == ("learning", 9000)
    assert one_status(store).started_on == date(2023, 2, 1), "the day was not known before"
    store.undo()
    (person,) = store.find(Person)
    assert person.primary_support == "mental_health"
    assert one_status(store).started_on is None


def test_a_day_on_which_after_care_began_says_that_there_is_a_right_to_it(store: Store, tmp_path: Path) -> None:
    imported(store, workbook(tmp_path / "a.xlsx", HEADINGS, row(s117=None)))
    assert (one_status(store).code, one_status(store).started_on) == ("unknown", date(2023, 2, 1))


def test_a_reason_that_no_list_knows_puts_the_row_aside(store: Store, tmp_path: Path) -> None:
    answer = imported(store, workbook(tmp_path / "a.xlsx", HEADINGS, row(**{"Primary support reason": "Vibes"})))
    assert len(aside(answer)) == 1
    assert store.find(Person) == []


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Primary Support Reason", "primary_support"),
        ("PSR", "primary_support"),
        ("Section 117 start date", "s117_from"),
        ("s117 since", "s117_from"),
        ("Client contribution (£)", "weekly_charge"),
        ("What the person pays a week", "weekly_charge"),
        ("Weekly charge", "weekly_cost"),
        ("s117 section", "s117"),
        ("Care co-ordinator", "care_coordinator"),
        ("Aim (stage)", "aim_stage"),
        ("Original target", "target_original_on"),
    ],
)
def test_headings_as_councils_write_them(heading: str, name: str) -> None:
    assert hear(heading).fields[0] == name
