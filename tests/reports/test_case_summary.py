from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mhtracker import text
from mhtracker.domain.pathway import AIM_NOT_KNOWN
from mhtracker.domain.records import DatePrecision, Note, ReviewKind
from mhtracker.domain.summary import CaseSummary
from mhtracker.figures import fonts
from mhtracker.reports.person.case_summary import write_case_summary
from tests.figures import people
from tests.reports.conftest import PRINTED_AT, flat, pages_of


def printed(summary: CaseSummary, folder: Path) -> list[str]:
    out = folder / "summary.pdf"
    count = write_case_summary(summary, out, printed_by="Ewa Fikcyjna", printed_at=PRINTED_AT)
    pages = pages_of(out)
    assert len(pages) == count
    return pages


def test_every_fact_is_in_the_text_of_the_page(tmp_path: Path) -> None:
    said = flat(" ".join(printed(people.a_summary(), tmp_path)))
    for words in (
        "PRZYKŁAD, Marek",
        "23 Mar 1981 (45 y)",
        "999 998 1801",
        "MHT-00417",
        "M204417",
        "Supported living since 5 Aug 2024",
        "Flat 6, Harbour Court, Tidewater Support",
        "Supported accommodation, supported lodgings or supported group home (settled)",
        "Not in paid employment: Voluntary work only",
        "s117 after-care since 12 Feb 2018 (from s3)",
        "23 days overdue, due 21 Jun 2026. Booked Wed 22 Jul 2026, 10:30",
        "Ewa Fikcyjna",
        "Recovery North",
        "Dr Nasrin Farzi",
        "£684.20 a week, gross",
        "Own tenancy",
        "30 Jan 2026",
        "30 Sep 2026",
        "8 months",
        "in 2 changes",
        "Rent arrears: Rent arrears, £412",
        "No offer yet",
        "Plan changed. s117 continues: Dr N. Farzi for health, R. Ffug for the council. Aim own tenancy.",
        "Came: Marek, Anna Przykład, Dr N. Farzi.",
        "Settled; hours 21 to 17.5 a week from 7 Oct 2024.",
        "Ashdown Ward",
        "Beech Lodge",
        "Step House",
        "Gap: stayed with sister while Step House was refitted",
        "55 days",
        "6 years 1 month",
        "Discharged from hospital",
        "Section 3: detained for treatment",
        "Marek rang. He viewed 12 Allotment Row from outside and likes it.",
        "Fri 26 Jun 2026",
    ):
        assert flat(words) in said, words
    held = [line.review.held_on for line in people.a_summary().reviews if line.review.held_on]
    for day in held[:5]:
        assert flat(text.format_date(day)) in said


def test_the_latest_reviews_are_told_and_those_before_are_counted(tmp_path: Path) -> None:
    reviews = [people.a_review(year, held_on=date(year, 6, 21)) for year in range(2017, 2026)]
    said = flat(" ".join(printed(people.a_summary(reviews=reviews), tmp_path)))
    for year in range(2020, 2026):
        assert flat(f"21 Jun {year}") in said
    assert flat("21 Jun 2019") not in said
    assert flat("3 earlier reviews, 2017 to 2019, are in the full record.") in said


def test_the_forecast_says_what_it_rests_on(tmp_path: Path) -> None:
    said = flat(" ".join(printed(people.a_summary(), tmp_path)))
    assert flat("Forecast: Too few for a forecast. Needs ten earlier plans with this aim") in said


def test_every_page_says_whose_it_is_as_at_when_and_by_whom(tmp_path: Path) -> None:
    pages = printed(people.a_crowded_summary(), tmp_path)
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        words = flat(page)
        for part in (
            "Born 23 Mar 1981 (45 y)",
            "NHS 999 998 1801",
            "OFFICIAL-SENSITIVE",
            "As at 14 Jul 2026 10:41, printed by Ewa Fikcyjna",
            "Northmoor Council",
            f"Page {number} of {len(pages)}",
        ):
            assert flat(part) in words, part
        assert flat("Ł" * 200 + ", " + "Zażółć " * 30) in words


def test_a_long_author_is_named_in_full_on_every_page() -> None:
    author = "Ewa Fikcyjna-Nowakowska, senior social worker, Recovery North"
    out = BytesIO()
    write_case_summary(people.a_summary(), out, printed_by=author, printed_at=PRINTED_AT)
    assert all(author in page.extract_text() for page in pypdf.PdfReader(out).pages)


def test_blanks_say_not_recorded(tmp_path: Path) -> None:
    (page,) = printed(people.an_empty_summary(), tmp_path)
    assert "Born Not recorded" in page
    assert "NHS Not recorded" in page
    assert page.count("Not recorded") >= 18
    assert "None" not in page.replace("None recorded", "")


HOSTILE = {
    "markup": "<b>bold</b>",
    "image": '<img src="file:///etc/passwd"/>',
    "like a tag": "<Zelenka>",
    "apostrophe": "O'Brien-D’Arcy",
    "ampersand": "R&D &amp; &lt;",
    "brackets": "a) (b\\ \\( %",
    "emoji": "Ada 😀",
    "Arabic": "محمد",
    "Hebrew": "שלום",
    "Chinese": "王小明",
    "Georgian": "ქეთევანი",
    "Vietnamese": "Nguyễn Thị Đào",
    "accents apart": "Rene\u0301e",
    "formula": "=1+1",
}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE.keys())
def test_names_come_out_as_typed(name: str, tmp_path: Path) -> None:
    person = people.a_person("X", name, care_coordinator=name, local_id=name)
    summary = people.a_summary(
        person,
        notes=[Note("n", "person-1", "call", people.AS_AT, f"Met {name} today.", name)],
        worker=name,
        team=name,
        council=name,
    )
    for page in printed(summary, tmp_path):
        assert flat(fonts.printable(name)) in flat(page)
        assert "\u25a0" not in page
        assert "\ufffd" not in page


def test_direction_marks_cannot_turn_a_page_round(tmp_path: Path) -> None:
    pages = printed(people.a_summary(people.a_person("Nowak\u202e", "Ann\u200ba")), tmp_path)
    assert "NOWAK, Anna" in pages[0]


def test_five_hundred_letters_of_a_name_are_all_there(tmp_path: Path) -> None:
    name = "Ż" * 499 + "q"
    pages = printed(people.a_summary(people.a_person(name, "")), tmp_path)
    assert all("Ż" * 499 + "Q" in flat(page) for page in pages)


def test_a_note_longer_than_a_page_loses_nothing(tmp_path: Path) -> None:
    word = "".join(chr(97 + number % 26) for number in range(20_000))
    lines = "\n".join(f"Line {number}." for number in range(150))
    notes = [
        Note("n1", "person-1", "call", people.AS_AT, word, ""),
        Note("n2", "person-1", "visit", people.AS_AT, lines, ""),
    ]
    pages = printed(people.a_summary(notes=notes), tmp_path)
    assert len(pages) > 4
    body = flat("".join(page_body(page) for page in pages))
    assert word in body
    assert all(f"Line{number}." in body for number in range(150))


def page_body(page: str) -> str:
    """A page without its banner and footer."""
    lines = page.split("\n")
    begin = next(n for n, line in enumerate(lines) if line.startswith("PRZYK") and "Marek" in line)
    frame = ("PRZYKŁAD", "Born", "Northmoor", "OFFICIAL", "As at", "Page ", "Case summary", ", NHS", "Local id")
    return "".join(line for line in lines[begin:] if not line.startswith(frame))


def test_a_review_with_a_very_long_summary_runs_over_pages(tmp_path: Path) -> None:
    long = " ".join(f"word{number}" for number in range(3000))
    reviews = [people.a_review(1, held_on=date(2026, 1, 5), summary=long)]
    pages = printed(people.a_summary(reviews=reviews), tmp_path)
    said = " ".join(pages).split()
    assert all(f"word{number}" in said for number in range(3000))


def test_a_demonstration_says_so_on_every_page(tmp_path: Path) -> None:
    assert all("Demonstration: invented people" in page for page in printed(people.a_summary(demo=True), tmp_path))
    assert not any("Demonstration" in page for page in printed(people.a_summary(), tmp_path))


def test_what_was_known_then_says_so(tmp_path: Path) -> None:
    pages = printed(people.a_summary(as_known=date(2026, 5, 1)), tmp_path)
    assert all("As known on 1 May 2026" in page for page in pages)


def test_what_was_known_then_does_not_run_under_the_demonstration_s_box(tmp_path: Path) -> None:
    printed(people.a_summary(as_known=date(2026, 11, 28), demo=True), tmp_path)
    page = pypdf.PdfReader(tmp_path / "summary.pdf").pages[0]
    found: dict[str, float] = {}

    def visit(words: str, _matrix: Any, place: Any, _font: Any, _size: float) -> None:
        for beginning in ("As known on", "Demonstration"):
            if beginning in words:
                found[beginning] = place[4]

    page.extract_text(visitor_text=visit)
    said = "As known on 28 Nov 2026: what was recorded later is left out"
    assert found["As known on"] + fonts.text_width(said, fonts.SEMIBOLD, 8.25) + 7 < found["Demonstration"]


def test_a_booking_that_has_passed_says_that_nothing_was_recorded(tmp_path: Path) -> None:
    passed = people.a_review(1, kind=ReviewKind.CARE_ACT, booked_on=date(2026, 7, 8), booked_time="10:30")
    stay = people.a_stay("supported", date(2025, 1, 1))
    words = flat(printed(people.summary_of(people.a_person(), [stay], reviews=[passed]), tmp_path)[0])
    assert words.count(flat("Was booked Wed 8 Jul 2026, not recorded")) == 2
    assert flat("Booked Wed 8 Jul") not in words


def test_a_plan_without_an_aim_is_not_said_to_aim_at_nothing(tmp_path: Path) -> None:
    plan = replace(people.a_summary().move_on.plan, aim_stage_id=None, aim=AIM_NOT_KNOWN)
    page = printed(people.summary_of(people.a_person(), plan=plan), tmp_path)[0]
    assert AIM_NOT_KNOWN not in page.partition("Move-on plan")[2]


def test_another_day_than_the_day_of_printing_names_both(tmp_path: Path) -> None:
    earlier = replace(people.a_summary(), as_at=date(2026, 7, 1))
    assert "As at 1 Jul 2026, printed 14 Jul 2026 10:41" in printed(earlier, tmp_path)[0]


def test_approximate_births_deaths_and_leaving_are_told(tmp_path: Path) -> None:
    person = people.a_person(
        born_on=date(1968, 1, 1),
        born_precision=DatePrecision.YEAR,
        died_on=date(2026, 6, 1),
        left_on=date(2026, 6, 1),
        left_reason="died",
    )
    page = printed(people.a_summary(person, status="died", current=None), tmp_path)[0]
    assert "Born 1968 (about 58 y)" in page
    assert "Died 1 Jun 2026" in page
    assert "1 Jun 2026: Died" in page


def test_older_notes_are_counted_not_dropped_in_silence(tmp_path: Path) -> None:
    notes = [Note(f"n{n}", "person-1", "call", people.AS_AT - timedelta(days=n), f"Note {n}.", "") for n in range(20)]
    assert "12 earlier notes are in the full record." in " ".join(printed(people.a_summary(notes=notes), tmp_path))


def test_the_same_summary_gives_the_same_bytes() -> None:
    first, second = BytesIO(), BytesIO()
    for out in (first, second):
        write_case_summary(people.a_summary(), out, printed_by="Ewa", printed_at=PRINTED_AT)
    assert first.getvalue() == second.getvalue()


def test_the_document_says_its_language_and_no_name(tmp_path: Path) -> None:
    printed(people.a_summary(), tmp_path)
    reader: Any = pypdf.PdfReader(tmp_path / "summary.pdf", strict=True)
    assert reader.metadata is not None
    assert reader.metadata.title == "Case summary MHT-00417"
    assert reader.metadata.author == "Ewa Fikcyjna"
    assert reader.root_object["/Lang"] == "en-GB"
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


def test_only_embedded_fonts_are_used(tmp_path: Path) -> None:
    printed(people.a_summary(people.a_person("محمد 王", "Łucja")), tmp_path)
    reader: Any = pypdf.PdfReader(tmp_path / "summary.pdf")
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            assert "/FontFile2" in font.get_object()["/FontDescriptor"]


def test_the_strip_is_drawn_and_not_a_photograph(tmp_path: Path) -> None:
    printed(people.a_summary(), tmp_path)
    assert not pypdf.PdfReader(tmp_path / "summary.pdf").pages[0].images


def test_golden_text_of_a_summary(tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    golden("case-summary.txt", "\n\f\n".join(printed(people.a_summary(demo=True), tmp_path)) + "\n")


@settings(max_examples=25)
@given(st.text(max_size=120), st.text(max_size=300))
def test_no_text_stops_the_printing(name: str, note: str) -> None:
    notes = [Note("n", "person-1", name, people.AS_AT, note, name)]
    summary = people.a_summary(people.a_person(name or "x", note, known_as=name), notes=notes, worker=note)
    out = BytesIO()
    assert write_case_summary(summary, out, printed_by=name, printed_at=PRINTED_AT) >= 1
    assert len(pypdf.PdfReader(out).pages[0].extract_text()) > 100
