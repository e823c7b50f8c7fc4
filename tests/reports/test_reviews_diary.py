"""The reviews diary on paper: every line under its worker and week, and each page says what it is."""

import io
from datetime import UTC, date, datetime

from pypdf import PdfReader

from mhtracker.reports.reviews_diary import Diary, DiaryLine, DiaryPart, write_reviews_diary


def printed(*parts: DiaryPart, as_known: date | None = None) -> tuple[int, str]:
    out = io.BytesIO()
    facts = Diary(date(2026, 7, 14), "Everyone", "Northmoor", True, parts, as_known)
    pages = write_reviews_diary(
        facts, out, printed_by="Ewa Fikcyjna", printed_at=datetime(2026, 7, 14, 9, 0, tzinfo=UTC)
    )
    return pages, "\n".join(page.extract_text() for page in PdfReader(out).pages)


def a_line(number: int) -> DiaryLine:
    return DiaryLine("overdue", "4 days overdue", f"PRZYKŁAD, N{number}", f"MHT-{number}", None, "Review", "10 Jul", "")


def test_each_line_stands_under_its_worker_and_week_and_is_printed_once():
    pages, words = printed(
        DiaryPart("Ewa Fikcyjna", "Week of 13 Jul", [a_line(n) for n in range(40)]),
        DiaryPart("Tom Mockridge", "Overdue", [a_line(99)]),
    )
    assert "Ewa Fikcyjna: week of 13 Jul, 40" in words
    assert "Tom Mockridge: overdue, 1" in words
    assert all(words.count(f"MHT-{n}\n") == 1 or words.count(f"N{n}") == 1 for n in (0, 17, 39))
    assert f"Page {pages} of {pages}" in words.replace("page", "Page")


def test_an_empty_diary_says_that_nothing_is_due():
    assert "No review is due." in printed()[1]


def test_what_was_known_on_a_day_says_so_on_every_page():
    part = DiaryPart("Ewa Fikcyjna", "Overdue", [a_line(n) for n in range(60)])
    pages, words = printed(part, as_known=date(2026, 5, 1))
    assert pages > 1
    assert words.count("1 May 2026") == pages
    assert "1 May 2026" not in printed(part)[1]
