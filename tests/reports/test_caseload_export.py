from __future__ import annotations

import csv
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from mhtracker.domain.caseload import ON_PATHWAY, CaseloadLine
from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import DatePrecision
from mhtracker.reports.caseload_export import write_caseload
from mhtracker.reports.export_columns import COLUMNS
from tests.figures import people
from tests.reports.conftest import PRINTED_AT

LINE = CaseloadLine(
    person_id="p1",
    ref="MHT-00417",
    surname="Przykład",
    given_names="Marek",
    known_as="",
    name_key="przyklad marek",
    born_on=date(1981, 3, 23),
    born_precision=DatePrecision.DAY,
    nhs_number="9999981801",
    local_id="007",
    gender="male",
    locality="North",
    status=ON_PATHWAY,
    stage_id="supported",
    stage="Supported living",
    stage_level=50,
    service_id="s1",
    service="Harbour Court",
    provider="Tidewater Support",
    address="Flat 6",
    since_on=date(2024, 8, 5),
    worker_id="w1",
    worker="Ewa Fikcyjna",
    team_id="t1",
    team="Recovery North",
    s117=True,
    accommodation="supported",
    employment="voluntary",
    aim_stage_id="independent",
    plan_id="plan-1",
    target_original_on=date(2026, 1, 30),
    target_on=date(2026, 9, 30),
    slips=2,
    review_due_on=date(2026, 6, 21),
    review_soon_on=date(2026, 5, 10),
    review_first=False,
    review_never=False,
    review_booked_on=date(2026, 7, 22),
    review_booked_time="10:30",
    last_reviewed_on=date(2025, 6, 21),
    weekly_cost_pence=68420,
    weekly_charge_pence=4000,
    charge=True,
    barrier="15",
    barriers=2,
    left_on=None,
    strip="supported:2024-08-05:",
    good_from=date.min,
    good_until=date.max,
)
FORMULAS = ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", " =cmd|' /C calc'!A0", "＝1+1"]


def export(lines: list[CaseloadLine], out: Path, **options: Any) -> int:
    values: dict[str, Any] = {
        "as_at": people.AS_AT,
        "printed_by": "Ewa",
        "printed_at": PRINTED_AT,
        "council": "Northmoor",
    }
    return write_caseload(lines, out, **(values | options))


def cells_of(out: Path) -> dict[str, Any]:
    heads, row, *_ = CalamineWorkbook.from_path(out).get_sheet_by_name("Caseload").to_python()
    return {str(head): cell for head, cell in zip(heads, row, strict=True)}


def test_dates_and_numbers_are_true_ones(tmp_path: Path) -> None:
    out = tmp_path / "caseload.xlsx"
    assert export([LINE], out) == 1
    cells = cells_of(out)
    assert cells["Born"] == date(1981, 3, 23)
    assert cells["Current target"] == date(2026, 9, 30)
    assert cells["Age"] == 45
    assert cells["Days in stage"] == 708
    assert cells["Days slipped"] == 243
    assert cells["Weekly cost"] == 684.20
    assert cells["NHS number"] == "999 998 1801"
    assert cells["Local id"] == "007"
    assert cells["Review state"] == "Overdue"
    assert cells["Accommodation"].startswith("Supported accommodation")
    assert cells["Left on"] == ""


def test_a_csv_holds_the_same_and_excel_reads_its_letters(tmp_path: Path) -> None:
    out = tmp_path / "caseload.csv"
    assert export([LINE], out) == 1
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    with out.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["Surname"] == "Przykład"
    assert row["Born"] == "1981-03-23"
    assert row["Weekly cost"] == "684.20"
    assert list(row) == [column.title for column in COLUMNS]


@pytest.mark.parametrize("words", FORMULAS)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_no_name_becomes_a_formula(words: str, kind: str, tmp_path: Path) -> None:
    out = tmp_path / f"caseload.{kind}"
    export([replace(LINE, surname=words, given_names=words, address=words)], out, printed_by=words, council=words)
    if kind == "csv":
        assert f"'{words}" in out.read_text(encoding="utf-8-sig")
        return
    with zipfile.ZipFile(out) as parts:
        assert all(b"<f>" not in parts.read(name) for name in parts.namelist() if "sheet" in name)
    assert cells_of(out)["Surname"].startswith("'")


@pytest.mark.parametrize("name", ["<b>", "R&D", "O'Brien", "محمد", "😀", 'say "hello", then', "two\nlines"])
def test_names_come_back_as_typed(name: str, tmp_path: Path) -> None:
    line = replace(LINE, surname=name)
    export([line], tmp_path / "a.xlsx")
    export([line], tmp_path / "a.csv")
    assert cells_of(tmp_path / "a.xlsx")["Surname"] == name
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["Surname"] == name


def test_text_too_long_for_a_cell_is_cut_to_what_a_cell_holds(tmp_path: Path) -> None:
    export([replace(LINE, address="x" * 40_000)], tmp_path / "a.xlsx")
    assert len(cells_of(tmp_path / "a.xlsx")["Room or address"]) == 32_767


def test_every_column_is_defined(tmp_path: Path) -> None:
    export([LINE], tmp_path / "a.xlsx", demo=True)
    rows = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_name("Definitions").to_python()
    told = {row[0]: row[1] for row in rows if row[0]}
    assert all(told[column.title] == column.meaning for column in COLUMNS)
    assert told["As at"] == "14 Jul 2026"
    assert told["Marking"] == "OFFICIAL-SENSITIVE"
    assert told["People"] == "1"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_demonstration_says_so_in_every_row(kind: str, tmp_path: Path) -> None:
    out = tmp_path / f"a.{kind}"
    export([LINE, LINE], out, demo=True)
    if kind == "csv":
        assert out.read_text(encoding="utf-8-sig").count("Demonstration: invented people") == 2
    else:
        assert cells_of(out)["Register"] == "Demonstration: invented people"


def test_approximate_births_are_not_dressed_up_as_days(tmp_path: Path) -> None:
    year = replace(LINE, born_on=date(1968, 1, 1), born_precision=DatePrecision.YEAR)
    export([year], tmp_path / "a.xlsx")
    assert cells_of(tmp_path / "a.xlsx")["Born"] == "1968"


def test_another_kind_of_file_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"\.xlsx or \.csv"):
        export([LINE], tmp_path / "a.ods")
    assert list(tmp_path.iterdir()) == []


def test_the_same_lines_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        export([LINE], tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
