"""The handover sheet and Today's sheet, read back from the PDF."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pypdf

from mhtracker.domain.records import Action, CareWarning, Contact, LegalAndStatus, StatusKind
from mhtracker.domain.summary import CaseSummary
from mhtracker.reports.packs.handover_sheet import Handover, next_weeks, write_handover_sheet
from mhtracker.reports.today_sheet import SheetLine, SheetPart, TodaySheet, write_today_sheet
from tests.figures import people
from tests.reports.conftest import PRINTED_AT, flat

FACTS = Handover("Ewa Fikcyjna", "R. Ffug", date(2026, 7, 14), "Northmoor Council")


SOON = date(2026, 7, 20)
WANTED = ("Visit in pairs", "Ring the landlord", "What matters until 11 Aug 2026", "Last notes", "For the talk")


def a_person(number: int, name: str = "Ada") -> CaseSummary:
    person = people.a_person(f"Mock{number}", name, id=f"p{number}", nhs_number=f"99900000{number:02}")
    summary = people.a_summary(person)
    around = replace(
        summary.around,
        warnings=[
            CareWarning("w", person.id, "violence", "Visit in pairs", "Dog", date(2026, 1, 1), review_on=SOON),
            CareWarning("e", person.id, "fire", "Old one", "", date(2026, 1, 1), ended_on=date(2026, 2, 1)),
        ],
        actions=[
            Action("a", person.id, "Ring the landlord", date(2026, 7, 16)),
            Action("l", person.id, "Far ahead", date(2026, 12, 1)),
            Action("d", person.id, "Done long ago", date(2026, 7, 1), done_on=date(2026, 7, 2)),
        ],
    )
    return replace(summary, around=around)


def pages_of(summaries: list[CaseSummary], facts: Handover = FACTS) -> tuple[list[str], dict[str, int]]:
    out = io.BytesIO()
    written = write_handover_sheet(summaries, facts, out, printed_by="Ewa Fikcyjna", printed_at=PRINTED_AT)
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(out.getvalue())).pages]
    assert written.pages == len(pages)
    return pages, written.first_pages


def test_the_contents_name_everybody_with_the_right_page_and_leave_room_to_sign() -> None:
    pages, firsts = pages_of([a_person(number) for number in range(30)])
    assert "Handed over" in pages[1], "the lines to sign stand on the last page of the contents"
    for number in range(30):
        assert f"MOCK{number}," in pages[firsts[f"p{number}"]]
    listed = flat("".join(pages[:2]))
    assert all(f"MOCK{number},Ada" in listed for number in range(30))
    assert all(f"Page{number}of{len(pages)}" in flat(words) for number, words in enumerate(pages, 1))


def test_a_person_s_page_says_what_whoever_takes_over_must_know_first() -> None:
    pages, firsts = pages_of([a_person(1)])
    words = flat("".join(pages[firsts["p1"] :]))
    for wanted in (
        "Visit in pairs",
        "Ring the landlord",
        "What matters until 11 Aug 2026",
        "Last notes",
        "For the talk",
    ):
        assert flat(wanted) in words, wanted
    assert flat("Old one") not in words


def test_the_next_four_weeks_hold_what_is_late_and_what_comes_and_not_what_lies_further() -> None:
    found = [(what, words) for _, what, words in next_weeks(a_person(1))]
    assert ("Action", "Ring the landlord") in found
    assert ("Warning to look at again", "Visit in pairs") in found
    assert all(words not in ("Far ahead", "Done long ago") for _, words in found)


def test_the_next_weeks_hold_carers_assessments_and_orders_that_run_out() -> None:
    summary = a_person(1)
    carers = [
        Contact("c", "p1", "carer", "Mo Ansah", assessment_due_on=date(2026, 7, 1)),
        Contact("o", "p1", "carer", "Lee Ansah", assessment_offered_on=date(2025, 7, 1)),
        Contact("f", "p1", "carer", "Kay Ansah", assessment_due_on=date(2027, 7, 1)),
    ]
    order = LegalAndStatus("s", "p1", StatusKind.CTO, "cto", date(2026, 2, 1), expires_on=date(2026, 8, 1))
    ended = replace(order, id="t", kind=StatusKind.DOLS, ended_on=date(2026, 6, 1))
    summary = replace(summary, around=replace(summary.around, contacts=carers), statuses=(order, ended))
    found = {(what, words) for _, what, words in next_weeks(summary)}
    assert ("Carer’s assessment", "Mo Ansah") in found
    assert ("Carer’s assessment", "Lee Ansah") in found, "offered a year ago and not answered"
    assert ("Runs out", "Community treatment order") in found
    assert not {words for _, words in found} & {"Kay Ansah", "Deprivation of liberty"}
    renewed = replace(order, id="n", started_on=date(2026, 7, 10), expires_on=date(2027, 8, 1))
    assert "Runs out" not in {what for _, what, _ in next_weeks(replace(summary, statuses=(order, renewed)))}


def test_markup_long_names_and_nobody_at_all_are_printed_as_they_are() -> None:
    pages, _ = pages_of([a_person(1, "<b>R&D</b> " + "Długie" * 60)], Handover("<i>x</i>" * 30, "y" * 200, FACTS.on))
    assert "<b>R&D</b>" in "".join(pages)
    pages, _ = pages_of([])
    assert len(pages) == 1


def a_sheet(lines: int) -> TodaySheet:
    line = SheetLine(
        "overdue", "3 days overdue", "Review", "MOCK, Ada", "MHT-1", people.a_summary().stages[0], "x", "Mon"
    )
    parts = [SheetPart("Overdue", "oldest first", [line] * lines), SheetPart("Today", "", [])]
    return TodaySheet(date(2026, 7, 14), "Ewa Fikcyjna", "Northmoor Council", True, parts, put_off=2)


def printed(facts: TodaySheet) -> list[str]:
    out = io.BytesIO()
    write_today_sheet(facts, out, printed_by="Ewa Fikcyjna", printed_at=PRINTED_AT)
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(out.getvalue())).pages]


def test_today_s_sheet_says_when_it_tells_what_was_known_on_a_day() -> None:
    pages = printed(replace(a_sheet(60), as_known=date(2026, 5, 1)))
    assert all("1 May 2026" in words for words in pages)
    assert not any("1 May 2026" in words for words in printed(a_sheet(60)))


def test_today_s_sheet_says_whose_and_which_day_it_is_on_every_page() -> None:
    pages = printed(a_sheet(60))
    assert len(pages) > 1
    for number, words in enumerate(pages, 1):
        assert "Tue 14 Jul 2026" in words
        assert "Ewa Fikcyjna, 60 lines" in words
        assert f"Page {number} of {len(pages)}" in words
        assert "OFFICIAL-SENSITIVE" in words
    assert "".join(pages).count("MOCK, Ada") == 60
    assert "2 lines put off until a later day" in pages[-1]


def test_an_empty_sheet_says_that_nothing_is_due() -> None:
    assert "Nothing is due." in printed(a_sheet(0))[0]
