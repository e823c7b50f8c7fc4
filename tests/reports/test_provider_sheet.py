"""The provider's sheet on paper: every figure the meeting asks for, and an empty provider in words."""

import io
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from mhtracker import text
from mhtracker.analysis.provider_tables import provider_tables
from mhtracker.domain.records import Action, Hold, Placement, Provider, Service, Unit
from mhtracker.reports.manager.provider_book import write_provider_book
from mhtracker.reports.manager.provider_sheet import MOST_ACTIONS, ProviderPaper, write_provider_sheet
from mhtracker.store import FixedClock, create_register
from mhtracker.store.queries.provider_quarter import read_provider_quarter
from tests.places_at_hand import DAY, make_places
from tests.reports.conftest import PRINTED_AT, flat


@pytest.fixture
def store(tmp_path):
    with create_register(tmp_path / "r.mhtracker", who="Ewa Fikcyjna", clock=FixedClock(DAY)) as opened:
        make_places(opened)
        yield opened


def add(store, *records):
    with store.operation("Add") as work:
        for record in records:
            work.save(record)


def printed(store, provider_id, *, demo=False, as_known=None, at: datetime = PRINTED_AT):
    out = io.BytesIO()
    facts = ProviderPaper(read_provider_quarter(store, provider_id, DAY), "Northmoor Council", demo, as_known)
    pages = write_provider_sheet(facts, out, printed_by="Ewa Fikcyjna", printed_at=at)
    words = [page.extract_text() for page in PdfReader(out).pages]
    assert len(words) == pages
    return words


def test_the_sheet_holds_what_the_meeting_asks_for(store):
    words = flat("".join(printed(store, "cp")))
    for said in (
        "Canal Partnership",
        "15 Apr 2026 to 14 Jul 2026: 2 services, 7 places, 5 people",
        "68.3%",
        "435 of 637 days",
        "193",
        "20 days turnaround",
        "main reviews in date",
        "30 Jun 2026, ended",
        "NC/2023/114",
        "£480,000 a year",
        "£644, £678, £712 (2 services)",
        "£652, more",
        "Moves: 1 in, 1 out",
        "ESEMPIO, Test",
        "Public funding or funding panel decision",
        "Ask the landlord about the lift",
        "Said and agreed",
    ):
        assert flat(said) in words, said


def test_places_out_of_use_are_no_part_of_what_could_be_lived_in(store):
    before = read_provider_quarter(store, "cp", DAY).days
    (empty,) = [u for u in store.find(Unit, service_id="canal") if u.name == "Flat 5"]
    add(store, Hold("rep", "canal", date(2026, 4, 15), empty.id, until_on=DAY, reason_code="repairs"))
    days = read_provider_quarter(store, "cp", DAY).days
    assert days.out > 0
    assert days.open == before.open
    assert days.occupancy_percent > before.occupancy_percent
    words = flat("".join(printed(store, "cp")))
    assert flat(f"{days.lived} of {days.usable} days") in words


def test_the_workbook_has_every_table_of_the_sheet_with_true_dates_and_what_each_counts(store, tmp_path):
    path, quarter = tmp_path / "p.xlsx", read_provider_quarter(store, "cp", DAY)
    tables = provider_tables(quarter)
    facts = ProviderPaper(quarter, "Northmoor Council")
    assert write_provider_book(facts, path, printed_by="Ewa Fikcyjna", printed_at=PRINTED_AT) == len(tables)
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == [*(table.title for table in tables), "Definitions"]
    use = book.get_sheet_by_name("Places and their use").to_python()
    last = dict(zip(use[0], use[-1], strict=True))
    assert (last["Days lived in"], last["Places"], last["People"]) == (435, 7, 5)
    moves = book.get_sheet_by_name("Moves in and out").to_python()
    assert all(isinstance(row[0], date) for row in moves[1:])
    assert len(moves) == 3
    contract = book.get_sheet_by_name("Contracts").to_python()[1]
    assert (contract[4], contract[6]) == (date(2026, 6, 30), 480_000.0)
    told = {row[0]: row[1:] for row in book.get_sheet_by_name("Definitions").to_python()}
    assert all(told[table.title] == [table.definition, table.source] for table in tables)


def test_every_page_says_whose_sheet_it_is_and_as_known_when(store):
    pages = printed(store, "cp", demo=True, as_known=date(2026, 7, 1))
    for number, words in enumerate(pages, 1):
        assert flat(f"Page {number} of {len(pages)}") in flat(words)
        assert "Canal Partnership" in words
        assert "1 Jul 2026" in words
        assert "Demonstration" in words


def test_a_provider_of_whom_nothing_is_recorded_gets_a_sheet_to_write_on(store):
    add(store, Provider("new", "Hawthorn Homes"))
    (words,) = printed(store, "new")
    for said in (
        "No contract is recorded.",
        "No service of this provider",
        "Nobody moved in or out.",
        "Nothing is open.",
    ):
        assert flat(said) in flat(words)


def test_the_council_s_own_staff_have_no_contract_and_count_by_the_hour(store):
    words = flat("".join(printed(store, "nc")))
    assert flat("The council’s own staff; no contract.") in words
    assert flat("0 of 140 hours a week planned") in words
    assert flat("0 people there on the last day") in words
    for said in ("places lived in", "void days", "Places now", "soon left"):
        assert flat(said) not in words, "nothing is said of places where there are none"


def test_each_amount_says_once_what_it_is_for_and_a_difference_of_pence_is_told_in_pence(store):
    assert flat("a year a year") not in flat("".join(printed(store, "cp")))
    paid = next(line.line for line in read_provider_quarter(store, "cp", DAY).services if line.line.dear)
    add(store, replace(paid.service, rate_pence=paid.median_cost_pence - 43))
    words = flat("".join(printed(store, "cp")))
    least, most = (text.format_pence(pence) for pence in (paid.median_cost_pence - 43, paid.median_cost_pence))
    assert flat(f"{least} {most}, more") in words


def test_only_what_presses_has_a_sign_before_its_day_so_that_nothing_open_looks_done(store):
    days = {"past": DAY - timedelta(days=9), "today": DAY, "soon": DAY + timedelta(days=1), "later": date(2026, 12, 24)}
    add(store, *(Action(name, "p1", f"{name} thing", set_on=DAY, due_on=day) for name, day in days.items()))
    starts: dict[str, float] = {}

    def visit(words, _cm, matrix, _font, _size):
        starts.setdefault(words.strip(), matrix[4])

    out = io.BytesIO()
    facts = ProviderPaper(read_provider_quarter(store, "cp", DAY), "Northmoor Council")
    write_provider_sheet(facts, out, printed_by="Ewa Fikcyjna", printed_at=PRINTED_AT)
    for page in PdfReader(out).pages:
        page.extract_text(visitor_text=visit)
    heads = starts["Due"]
    assert starts[text.format_date(days["later"])] == pytest.approx(heads)
    assert starts[text.format_date(days["past"])] > heads + 8
    assert starts[text.format_date(days["soon"])] > heads + 8


def test_a_large_provider_runs_on_over_pages_and_the_rest_of_its_actions_are_counted(store):
    services = [Service(f"x{n}", f"House {n}", "cp", "supported", "Elmvale", rate_pence=70000 + n) for n in range(18)]
    units = [Unit(f"x{n}-{m}", f"x{n}", f"Room {m}") for n in range(18) for m in range(30)]
    actions = [Action(f"y{n}", "p1", f"Thing {n} to do", set_on=date(2026, 6, 1)) for n in range(MOST_ACTIONS + 5)]
    add(store, *services, *units, *actions)
    words = "".join(printed(store, "cp"))
    assert all(f"House {n}" in words for n in range(18))
    assert flat("And 6 more actions") in flat(words)


def test_names_are_never_markup(store):
    add(store, replace(store.get(Provider, "cp"), name="<b>Canal</b> & Sons"), Placement("z", "p3", "supported", DAY))
    assert "<b>Canal</b> & Sons" in printed(store, "cp")[0]
