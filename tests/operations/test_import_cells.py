"""Single cells: dates, numbers, money and words, read strictly or put aside with words."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest

from mhtracker.domain.dates import ParsedDate
from mhtracker.domain.records import DatePrecision, ImportWord, Person, Placement
from mhtracker.operations.importing.cells import (
    date_reader,
    looks_month_first,
    read_money,
    read_name,
    read_nhs_number,
    read_planned,
    read_s117,
    text_of_cell,
)
from mhtracker.operations.importing.mends import MendKind, decide
from mhtracker.operations.importing.word_books import Words
from mhtracker.operations.importing.workbooks import Cell
from mhtracker.store import Store
from tests.operations.sheets_at_hand import TODAY, aside, imported, reasons, rehearsed, row_of, text_file

read_date = date_reader(TODAY)
read_birth = date_reader(TODAY, birth=True)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("01/02/2026", date(2026, 2, 1)),
        ("2026-02-01", date(2026, 2, 1)),
        ("2026-02-01 00:00:00", date(2026, 2, 1)),
        ("01.02.2026", date(2026, 2, 1)),
        ("1 Feb 2026", date(2026, 2, 1)),
        ("17 November 2023", date(2023, 11, 17)),
        ("05-Sep-2023", date(2023, 9, 5)),
        (date(2026, 2, 1), date(2026, 2, 1)),
        (datetime.combine(date(2026, 2, 1), time(10, 30)), date(2026, 2, 1)),
    ],
)
def test_a_date_is_read_day_first_whatever_its_dress(cell: Cell, expected: date) -> None:
    assert read_date(cell).value == expected


@pytest.mark.parametrize(
    "cell",
    [
        "31/02/2026",
        "29/02/2025",
        "00/01/2026",
        "13/13/2026",
        "02/13/2026",
        "tbc",
        "3/4/0206",
        "today",
        "+6w",
        "yes",
        "Feb 2026",
        45000,
        60,
        -1,
        2958466,
        0.5,
        True,
        time(1, 30),
        "45000",
        date(1900, 2, 28),
        "1/2",
        "3 Blah 2020",
    ],
)
def test_what_is_no_date_is_put_aside(cell: Cell) -> None:
    reading = read_date(cell)
    assert reading.value is None
    assert reading.problem
    assert MendKind.TYPE in {mend.kind for mend in reading.mends}


def test_a_day_count_shows_the_date_it_would_be() -> None:
    reading = read_date(45000)
    assert "15 Mar 2023" in reading.problem
    assert reading.mends[0].value == "2023-03-15"
    from_1904 = date_reader(TODAY, from_1904=True)(45000)
    assert "16 Mar 2027" in from_1904.problem


def test_month_first_is_suspected_and_not_assumed() -> None:
    reading = read_date("02/13/2026")
    assert "month first" in reading.problem
    assert reading.mends[0].value == "2026-02-13"


def test_a_two_digit_year_is_told() -> None:
    assert read_date("1/2/26").value == date(2026, 2, 1)
    assert "2026" in read_date("1/2/26").note
    assert read_birth("1/2/68").value == ParsedDate(date(1968, 2, 1), note=read_birth("1/2/68").note)


def test_birth_dates_may_be_rough_old_or_unknown_and_never_ahead() -> None:
    assert read_birth("Feb 1980").value == ParsedDate(date(1980, 2, 1), DatePrecision.MONTH)
    assert read_birth(1975.0).value == ParsedDate(date(1975, 1, 1), DatePrecision.YEAR)
    assert read_birth("").value is None
    assert "age of 126" in read_birth("1/1/1900").note
    for ahead in ("15/7/2026", date(2026, 7, 15)):
        assert "not come yet" in read_birth(ahead).problem


@pytest.mark.parametrize("cell", ["", "-", "n/a", "Not known", "?", "None"])
def test_words_for_nothing_known_leave_a_date_empty(cell: str) -> None:
    assert read_date(cell).value is None
    assert not read_date(cell).problem


def test_a_stay_that_lasts_has_no_end() -> None:
    assert not date_reader(TODAY, end=True)("ongoing").problem
    assert read_date("ongoing").problem


def test_a_column_of_month_first_dates_is_distrusted_as_a_whole(store: Store, tmp_path: Path) -> None:
    assert looks_month_first(["03/25/1980", "12/31/1979", "07/30/1990", "04/05/1981"])
    assert not looks_month_first(["03/25/1980", "12/31/1979", "07/30/1990", "25/12/1981"])
    rows = "A,Ann,03/25/1980\nB,Bob,04/05/1981\nC,Cat,12/31/1979\nD,Dan,07/30/1990\nE,Eve,06/06/1982\n"
    rehearsal = rehearsed(store, text_file(tmp_path / "a.csv", f"Surname,First name,DOB\n{rows}"))
    assert [row.number for row in rehearsal.put_aside] == [2, 3, 4, 5]
    uses = [mend.value for mend in row_of(rehearsal, 3).problems[0].mends if mend.kind is MendKind.USE]
    assert uses == ["1981-05-04", "1981-04-05"]


@pytest.mark.parametrize("cell", ["999 000 0018", "9990000018", "999-000-0018", 9990000018.0, "9990000018.0"])
def test_an_nhs_number_is_read_with_spaces_dashes_or_as_a_number(cell: Cell) -> None:
    assert read_nhs_number(cell).value == "9990000018"
    assert "999 range" in read_nhs_number(cell).note


@pytest.mark.parametrize(
    "cell",
    [
        "9434765918",
        "0000000000",
        "1111111111",
        "9999999999",
        "٩٩٩٠٠٠٠٠١٨",
        "999000001",
        "9.43E+09",
        "12345678901",
        "abc",
    ],
)
def test_a_doubtful_nhs_number_is_put_aside(cell: Cell) -> None:
    assert read_nhs_number(cell).problem


@pytest.mark.parametrize(
    ("cell", "pence"),
    [
        (1295.48, 129548),
        ("£1,246.00", 124600),
        ("684.2", 68420),
        ("£643.50 pw", 64350),
        ("702.10 per week", 70210),
        (0, 0),
        ("nil", 0),
        (37449.73999999998, 3744974),
        ("1 246.00", 124600),
        ("", None),
        ("-", None),
        ("n/a", None),
    ],
)
def test_money_is_read_to_the_penny(cell: Cell, pence: int | None) -> None:
    assert read_money(cell).value == pence
    assert not read_money(cell).problem


@pytest.mark.parametrize(
    "cell",
    ["1,50", "1.246,00", "£5,000 pcm", "12000 p.a.", "tbc", -5, "1e400", "99,99,99", date(2026, 1, 1), True, 60000.0],
)
def test_money_that_may_mean_something_else_is_put_aside(cell: Cell) -> None:
    assert read_money(cell).problem


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Yes", "unknown"),
        ("Y", "unknown"),
        (True, "unknown"),
        ("Section 117", "unknown"),
        ("s3", "3"),
        ("Yes - s3", "3"),
        ("37/41", "37"),
        ("Section 47", "47"),
        ("No", ""),
        ("n", ""),
        (False, ""),
        ("-", ""),
        ("", None),
        ("?", None),
    ],
)
def test_after_care_is_yes_no_a_section_or_not_known(cell: Cell, expected: str | None) -> None:
    assert read_s117(cell).value == expected
    assert not read_s117(cell).problem


def test_a_section_that_leaves_no_after_care_is_put_aside() -> None:
    assert "Section 2" in read_s117("s2").problem
    assert read_s117("maybe").problem


def test_planned_and_unplanned_are_told_apart() -> None:
    assert [read_planned(cell).value for cell in ("Planned", "unplanned", "Yes", "No", "")] == [
        True,
        False,
        True,
        False,
        None,
    ]


@pytest.mark.parametrize(
    "name", ["None", "NA", "Null", "O'Brien", "D’Arcy", "<b>", "<Zelenka>", "X", "名前", "😀", "=SUM(1)"]
)
def test_odd_names_are_names(name: str) -> None:
    assert read_name(name).value == name


def test_what_nobody_can_see_is_taken_out_of_text_with_notice() -> None:
    assert text_of_cell("A\u0000nn\u200b\u202e") == ("Ann", "Characters that cannot be seen were taken out.")
    assert text_of_cell(" Zoe\u0301\u00a0X ") == ("Zoé X", "")
    assert read_name("   ").value is None


@pytest.mark.parametrize(
    ("word", "stage"),
    [
        ("Residential care", "residential"),
        ("Res", "residential"),
        ("Care home", "residential"),
        ("Nursing home", "nursing"),
        ("24hr supported", "supported"),
        ("Supported living", "supported"),
        ("Supp Living", "supported"),
        ("Step down", "enablement"),
        ("Floating support", "floating"),
        ("Own tenancy", "independent"),
        ("Independent", "independent"),
        ("Ward", "hospital"),
        ("Hospital", "hospital"),
        ("Enablement", "enablement"),
        ("Reablement", "enablement"),
        ("SUPPORTED LIVING (24 hr)", "supported"),
    ],
)
def test_stage_words_of_teams_are_known(store: Store, word: str, stage: str) -> None:
    assert Words(store).read_stage(word).value == stage


@pytest.mark.parametrize("word", ["Bedsit", "From hospital to supported living", "Ex residential care", "Residental"])
def test_a_stage_word_that_may_mean_several_is_asked(store: Store, word: str) -> None:
    reading = Words(store).read_stage(word)
    assert reading.value is None
    assert len([mend for mend in reading.mends if mend.kind is MendKind.USE]) >= 4


def test_an_unknown_word_is_mapped_once_and_remembered(store: Store, tmp_path: Path) -> None:
    text = "Surname,First name,Type,Start\nApple,Ann,Bedsit,1/1/2020\nBean,Bob,bedsit,1/2/2020\n"
    path = text_file(tmp_path / "a.csv", text)
    rehearsal = rehearsed(store, path)
    assert [row.number for row in rehearsal.put_aside] == [2, 3]
    use = next(m for m in row_of(rehearsal, 2).problems[0].mends if m.label == "Use Supported living")
    answer = imported(store, path, decisions=[decide(2, use)])
    assert answer["people_added"] == 2
    assert {stay.stage_id for stay in store.find(Placement)} == {"supported"}
    assert store.get(ImportWord, "stage/bedsit").value == "supported"
    later = text_file(tmp_path / "b.csv", "Surname,First name,Type,Start\nCorn,Cat,BEDSIT,1/3/2020\n")
    assert imported(store, later)["people_added"] == 1


def test_a_typed_correction_takes_the_place_of_a_cell(store: Store, tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", "Surname,First name,DOB\nApple,Ann,31/2/60\n")
    rehearsal = rehearsed(store, path)
    typing, blank = row_of(rehearsal, 2).problems[0].mends[-2:]
    assert (typing.kind, blank.kind) == (MendKind.TYPE, MendKind.BLANK)
    answer = imported(store, path, decisions=[decide(2, typing, "28/2/1960")])
    assert (answer["people_added"], str(store.find(Person)[0].born_on)) == (1, "1960-02-28")
    store.undo()
    imported(store, path, decisions=[decide(2, blank)])
    assert store.find(Person)[0].born_on is None


def test_leading_zeros_and_long_numbers_of_other_systems_are_kept(store: Store, tmp_path: Path) -> None:
    imported(store, text_file(tmp_path / "a.csv", "Surname,Mosaic ID\nApple,000123\nBean,12345678901234\n"))
    assert sorted(str(person.local_id) for person in store.find(Person)) == ["000123", "12345678901234"]


def test_a_lost_letter_is_warned_of(store: Store, tmp_path: Path) -> None:
    answer = imported(store, text_file(tmp_path / "a.csv", "Surname,First name\n?mieja,Aleksander\n"))
    assert aside(answer) == []
    assert "question mark stands for a letter" in reasons(answer, 2)


def test_one_date_that_can_only_be_month_first_throws_doubt_on_its_column(store: Store, tmp_path: Path) -> None:
    text = "Surname,DOB,Start\nApple,1/2/1970,03/25/2026\nBean,2/2/1970,04/05/2026\nCorn,3/2/1970,30/05/2026\n"
    answer = imported(store, text_file(tmp_path / "a.csv", text))
    assert aside(answer) == [(2, "Start")]
    doubted = [(each["row"], each["column"]) for each in answer["warnings"] if "month first" in each["reason"]]
    assert doubted == [(3, "Start")]
