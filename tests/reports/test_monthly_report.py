"""The monthly report on paper and as a workbook."""

from __future__ import annotations

import io
from collections import Counter
from datetime import UTC, date, datetime
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from mhtracker import text
from mhtracker.analysis.in_words import head_figures, told
from mhtracker.analysis.month import read_month
from mhtracker.analysis.month_tables import month_tables
from mhtracker.analysis.publishing import HIDDEN_WORDS, published
from mhtracker.analysis.tables import Kind, make_table
from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import Person, Placement, Service
from mhtracker.figures.fonts import REGULAR, text_width
from mhtracker.operations.demo.making import make_demo
from mhtracker.reports.manager.monthly_report import MonthlyReport, report_of, write_monthly_report
from mhtracker.reports.manager.tables_workbook import BookFacts, write_tables
from mhtracker.reports.paper.layout import RIGHT
from mhtracker.reports.paper.list_paper import Banner, write_list
from mhtracker.reports.paper.page_frame import Printing
from mhtracker.store import FixedClock, create_register

FROM, TODAY, NOW = date(2026, 7, 1), date(2026, 7, 14), datetime(2026, 7, 14, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def month(tmp_path_factory):
    with make_demo(tmp_path_factory.mktemp("month") / "demo.mhtracker", as_at=TODAY) as store:
        return read_month(store, FROM, TODAY)


def pages_of(month, *, publish: bool = False, as_known: date | None = None) -> list[str]:
    tables = month_tables(month)
    facts = MonthlyReport(
        FROM, TODAY, month.council, month.demo, told(month.progress), head_figures(month.progress),
        published(tables) if publish else tables, month.progress.programme, publish, as_known,
    )  # fmt: skip
    out = io.BytesIO()
    pages = write_monthly_report(facts, out, printed_by="Rhys Ffug", printed_at=NOW)
    reader = PdfReader(io.BytesIO(out.getvalue()))
    assert len(reader.pages) == pages
    return [page.extract_text() for page in reader.pages]


def test_every_page_says_its_period_its_number_and_that_the_register_is_a_demo(month):
    pages = pages_of(month, as_known=date(2026, 5, 1))
    for number, words in enumerate(pages, 1):
        assert "1 Jul 2026 to 14 Jul 2026" in words
        assert f"Page {number} of {len(pages)}" in words
        assert "invented people" in words
        assert "1 May 2026" in words


def test_every_table_is_on_it_with_what_it_counts(month):
    words = " ".join(" ".join(pages_of(month)).split())
    for table in month_tables(month):
        assert table.title in words
        assert " ".join(table.definition.split()) in words


def test_a_long_list_of_people_is_cut_and_says_where_the_rest_is(month):
    stuck = next(table for table in month_tables(month) if table.key == "stuck")
    assert len(stuck.rows) > 25
    words = " ".join(pages_of(month))
    assert f"Stuck: {len(stuck.rows)}, the first 25 here" in words
    assert f"{len(stuck.rows) - 25} more are in the workbook of this report." in words


def test_a_length_of_stay_is_told_as_people_say_it_and_kept_in_days_in_the_workbook(month, tmp_path):
    lengths = next(table for table in month_tables(month) if table.key == "lengths")
    words = " ".join(" ".join(pages_of(month)).split())
    (row,) = [row for row in lengths.rows if row[0] == "Residential"]
    quartiles = [int(str(days)) for days in row[3:]]
    assert " ".join(["Residential", *map(str, row[1:3]), *map(text.format_duration, quartiles)]) in words
    write_tables([lengths], BookFacts("T", FROM, TODAY), tmp_path / "m.xlsx", printed_by="", printed_at=NOW)
    head, *rows = CalamineWorkbook.from_path(tmp_path / "m.xlsx").get_sheet_by_name("Length of stay").to_python()
    assert head[3:] == ["A quarter left by (days)", "Half by (days)", "Three in four by (days)"]
    assert quartiles in [line[3:] for line in rows]


def test_a_last_page_with_little_on_it_is_spared_where_something_shorter_is_at_hand():
    def pages(*lines: int) -> list[int]:
        draws = [lambda flow, many=many: flow.words("\n".join(["A line."] * many)) for many in lines]
        out = io.BytesIO()
        write_list(out, Banner("T", "S", TODAY, demo=False), Printing("P", "", NOW, ""), *draws)
        return [page.extract_text().count("A line.") for page in PdfReader(io.BytesIO(out.getvalue())).pages]

    (full, rest) = pages(80)
    assert rest > 0.25 * full
    assert pages(full + 2) == [full, 2]
    assert pages(full + 2, full - 1) == [full - 1]
    assert pages(full + 3, full + 1) == [full, 3], "where neither ends well, nothing is left out"
    assert pages(80, 10) == [full, rest], "nothing is left out where it need not be"


def test_who_is_past_what_stands_under_each_limit_cut_short_where_many_are(month):
    words = " ".join(" ".join(pages_of(month)).split())
    past = next(table for table in month_tables(month) if table.key == "past_limits")
    counts = Counter(row[0] for row in past.rows)
    people = {limit: len({row[2] for row in past.rows if row[0] == limit}) for limit in counts}
    assert max(counts.values()) > 8
    assert people["Action"] < counts["Action"]
    for limit, count in counts.items():
        of = f", of {people[limit]} people" if people[limit] < count else ""
        assert f"{limit}: {count}{of}" + (", the first 8 here" if count > 8 else "") in words
    rest = sum(max(0, count - 8) for count in counts.values())
    assert f"{rest} more are in the workbook of this report." in words


def test_long_names_and_an_empty_month_keep_within_the_page(tmp_path):
    with create_register(tmp_path / "r.mhtracker", who="Ann", clock=FixedClock(TODAY)) as store:
        empty = read_month(store, FROM, TODAY)
        long = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
        with store.operation("Add") as work:
            service = work.save(Service("s", f"{long} House", stage_id="residential", rate_pence=10**11))
            person = work.save(Person("p", "MHT-1", long.upper(), f"{long} {long}"))
            work.save(Placement("a", person.id, "residential", date(2000, 1, 1), service_id=service.id))
        full = read_month(store, FROM, TODAY)
    for month in (empty, full):
        out = io.BytesIO()
        write_monthly_report(report_of(month, FROM, TODAY), out, printed_by="Rhys Ffug", printed_at=NOW)
        for page in PdfReader(io.BytesIO(out.getvalue())).pages:
            assert RIGHT - 60 < max(map(right_of, pieces_of(page))) <= RIGHT
    assert "LLANFAIRPWLL" in " ".join(pages_of(full))


def pieces_of(page):
    """(words, where they start, how large they stand)."""
    found: list[tuple[str, float, float]] = []

    def visit(words, _cm, matrix, _font, size):
        if words.strip():
            found.append((words.strip(), matrix[4], size))

    page.extract_text(visitor_text=visit)
    return found


def right_of(piece):
    words, left, size = piece
    return left + text_width(words, REGULAR, size) - 0.5


def test_a_report_for_publication_names_nobody_and_says_what_is_hidden(month):
    words = " ".join(" ".join(pages_of(month, publish=True)).split())
    assert HIDDEN_WORDS in words
    assert "Rhys Ffug" not in words
    assert ".00" not in words
    for person in list(month.persons.values()):
        assert person.ref not in words


def test_the_workbook_has_a_sheet_for_each_table_with_true_dates_and_one_of_definitions(month, tmp_path):
    tables = [
        *month_tables(month),
        make_table("x", "Dates: of [all]", "D.", "S", [("Day", Kind.DATE), ("£", Kind.PENCE)], [(TODAY, 12_345)]),
        make_table("y", "Dates: of [all]", "D.", "S", [("=1+1", Kind.WORDS)], [("=cmd()",)]),
    ]
    path = tmp_path / "m.xlsx"
    facts = BookFacts("Monthly report", FROM, TODAY, month.council, demo=True)
    assert write_tables(tables, facts, path, printed_by="Rhys Ffug", printed_at=NOW) == len(tables)
    book = CalamineWorkbook.from_path(path)
    assert len(book.sheet_names) == len(tables) + 1
    assert book.sheet_names[-1] == "Definitions"
    assert all(len(name) <= 31 for name in book.sheet_names)
    assert {"How long people have been in…", "Dates of all", "Dates of all 2"} <= set(book.sheet_names)
    (_, row) = book.get_sheet_by_name(book.sheet_names[-3]).to_python()
    assert row == [TODAY, 123.45]
    definitions = book.get_sheet_by_name("Definitions").to_python()
    told_of = [line[0] for line in definitions]
    assert all(name in told_of for name in book.sheet_names[:-1])
    assert b"<f>" not in ZipFile(path).read(f"xl/worksheets/sheet{len(tables)}.xml")


def test_sheets_of_long_titles_end_with_a_word_and_no_two_are_called_alike(tmp_path):
    long = "Delayed days by whom they are put down to"
    titles = [long, long, long.upper(), "Definitions", "A" * 40]
    tables = [make_table("x", title, "D.", "S", [("Day", Kind.WORDS)], [("a",)]) for title in titles]
    write_tables(tables, BookFacts("T", FROM, TODAY), tmp_path / "m.xlsx", printed_by="", printed_at=NOW)
    names = CalamineWorkbook.from_path(tmp_path / "m.xlsx").sheet_names
    assert names == [
        "Delayed days by whom they are…",
        "Delayed days by whom they… 2",
        "DELAYED DAYS BY WHOM THEY… 3",
        "Definitions 2",
        "A" * 30 + "…",
        "Definitions",
    ]
    assert all(len(name) <= 31 for name in names)


def test_a_workbook_is_not_written_under_another_ending(month, tmp_path):
    with pytest.raises(Invalid, match=r"\.xlsx at its end"):
        write_tables([], BookFacts("T", FROM, TODAY), tmp_path / "m.csv", printed_by="", printed_at=NOW)
    assert not (tmp_path / "m.csv").exists()
