"""Sheets nobody foresaw: nothing breaks, everything adds up, and a second time adds nobody."""

from __future__ import annotations

import csv
import random
import tempfile
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mhtracker.domain.errors import UserError
from mhtracker.domain.records import Person
from mhtracker.operations.importing.rehearsal import rehearse
from mhtracker.operations.importing.sheets import read_sheet
from mhtracker.operations.importing.writing import import_answer, import_rows
from mhtracker.store import Store
from mhtracker.store.check import check
from tests.operations.sheets_at_hand import TODAY, workbook

HEADINGS = [
    "Surname", "First name", "DOB", "NHS No", "Mosaic ID", "Type", "Home", "Start", "End", "Reason for leaving", "£pw",
    "Last review", "Next review", "Target", "Worker", "Team", "S117?", "Notes", "Gender",
]  # fmt: skip


def usually(good: st.SearchStrategy[Any], odd: list[Any]) -> st.SearchStrategy[Any]:
    """Mostly cells as they should be: a row is spoilt by its first odd one, and only whole rows reach the register."""
    return st.integers(0, 14).flatmap(lambda n: st.sampled_from(odd) if n == 0 else good)


def one_of(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


DAYS = st.dates(date(2018, 1, 1), TODAY)
DATES = usually(
    st.one_of(one_of(""), DAYS, DAYS.map(lambda day: f"{day:%d/%m/%Y}")),
    ["tbc", "31/2/2020", "Feb 1980", 45000, 60, -1, "ongoing", "02/13/2020", "n/a", 1975.0, date(2031, 1, 1)],
)
CELLS = {
    "Surname": usually(one_of("Apple", "apple", "O'Brien", "O’Brien", "Łoś", "Bean"), ["Los", "Total", "", "  ", "7"]),
    "First name": one_of("Ann", "Bob", "", "Anne"),
    "DOB": usually(one_of(date(1980, 1, 1), date(1980, 2, 1), "01/01/1980", ""), ["31/2/60", date(2027, 1, 1), 1975.0]),
    "NHS No": usually(one_of("", "", "999 000 0018", "9990000026", 9990000034.0), ["123", "9.99E+09"]),
    "Mosaic ID": one_of("", "", "M1", "m1", "M2", 17.0),
    "Type": usually(one_of("", "Res", "Supported living", "Hospital", "Enablement", "Own tenancy"), ["Bedsit"]),
    "Home": usually(one_of("", "Elm House", "elm house", "The Laurels", "Own tenancy"), ["Elm Huose", "tbc"]),
    "End": usually(st.one_of(one_of("", ""), DAYS), ["tbc", date(2031, 1, 1)]),
    "Reason for leaving": usually(one_of("", "Moved on as planned", "Died"), ["???"]),
    "£pw": usually(one_of("", 100.5, "£1,200.00", "nil"), ["1,50", -3, 99999999]),
    "Worker": usually(one_of("", "J. Okafor", "J Okafor", "Unallocated"), ["J. Okafr"]),
    "Team": one_of("", "North", "South"),
    "S117?": usually(one_of("", "Yes", "No", "s3", True), ["2", "maybe"]),
    "Notes": st.text(max_size=20),
    "Gender": usually(one_of("", "M", "female"), ["zzz"]),
}
ROWS = st.lists(st.tuples(*(CELLS.get(heading, DATES) for heading in HEADINGS)), min_size=1, max_size=12)
EXAMPLES = settings(
    max_examples=40,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def is_read(path: Path) -> bool:
    """Whether a file is read; when it is not, it is refused in words."""
    try:
        return bool(read_sheet(path).rows)
    except UserError as error:
        return not str(error)


@EXAMPLES
@given(ROWS)
def test_any_sheet_adds_up_and_adds_nobody_the_second_time(store: Store, rows: list[tuple[object, ...]]) -> None:
    while store.next_undo() is not None:
        store.undo()
    with tempfile.TemporaryDirectory() as folder:
        path = workbook(Path(folder) / "a.xlsx", HEADINGS, *rows)
        try:
            sheet = read_sheet(path)
        except UserError:
            return
    first = rehearse(store, sheet)
    assert sum(first.totals.rows.values()) == len(first.rows)
    assert sum(first.totals.pence.values()) == first.totals.sheet_pence
    result = import_rows(store, first)
    answer = import_answer(first, result, TODAY)
    assert len(store.find(Person)) == answer["people_added"] == first.totals.people_after
    assert all(each["reason"] for each in answer["quarantined"] + answer["warnings"])
    assert not check(store).problems
    again = rehearse(store, sheet)
    assert again.totals.people_new == 0, [(row.number, row.outcome) for row in again.rows]
    assert sum(again.totals.rows.values()) == len(again.rows)
    import_rows(store, again)
    assert len(store.find(Person)) == answer["people_added"]
    assert not check(store).problems


@EXAMPLES
@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=8), st.sampled_from([",", ";", "\t"]))
def test_any_text_file_is_read_or_refused_in_words(rows: list[list[str]], separator: str) -> None:
    written = StringIO()
    csv.writer(written, delimiter=separator).writerows([["Surname", "First name", "DOB"], *rows])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_text(written.getvalue(), "utf-8", errors="replace", newline="")
        assert is_read(path) in (True, False)


@EXAMPLES
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b'"']),
)
def test_any_bytes_are_read_or_refused_in_words(data: bytes, start: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(start + data)
        assert not is_read(path)


def test_a_damaged_workbook_is_read_or_refused_in_words(tmp_path: Path) -> None:
    chance = random.Random(7)
    rows = [["Apple", "Ann", date(1980, 1, 1)], ["Bean", "Bob", date(1981, 1, 1)]]
    good = workbook(tmp_path / "good.xlsx", ["Surname", "First name", "DOB"], *rows).read_bytes()
    refused = 0
    for _ in range(150):
        data = bytearray(good)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        path = tmp_path / "bad.xlsx"
        path.write_bytes(data)
        refused += not is_read(path)
    assert refused > 50
