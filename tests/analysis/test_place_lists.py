"""The lists of services, places, those who wait, rates and contracts that a workbook takes: true to the facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mhtracker.analysis.place_lists import OFFERS, WAITING, list_table, list_tables, read_place_lists
from mhtracker.analysis.tables import Kind
from mhtracker.domain.records import CodeItem, Offer, Service
from mhtracker.store import FixedClock, create_register
from tests.places_at_hand import DAY, make_places


@pytest.fixture(scope="module")
def lists(tmp_path_factory):
    path = tmp_path_factory.mktemp("lists") / "places.mhtracker"
    with create_register(path, who="Ewa Fikcyjna", clock=FixedClock(DAY)) as store:
        make_places(store)
        with store.operation("Offers") as work:
            canal = work.get(Service, "canal")
            work.save(replace(canal, specialised=True, cqc_id="1-999000012", lot="Lot 3"))
            work.save(replace(work.get(CodeItem, "refusal/area"), label="Not the area they know"))
            work.save(
                Offer("o1", "p4", "w4", "canal", date(2026, 6, 1), "c4", "refused", date(2026, 6, 9), "area", "Far")
            )
            work.save(Offer("o2", "p6", "w6", "mill", date(2026, 7, 1), None, "accepted", date(2026, 7, 20)))
        return read_place_lists(store, DAY)


def cell(table, row, title):
    return table.rows[row][table.column(title)]


def row_of(table, title, words):
    return next(place for place in range(len(table.rows)) if cell(table, place, title) == words)


def test_every_list_says_what_it_counts_and_has_a_cell_for_each_column(lists):
    tables = list_tables(lists)
    assert [table.key for table in tables] == ["services", "vacancies", "waiting", "offers", "rates", "contracts"]
    for table in tables:
        assert table.rows
        assert table.definition.endswith(".")
        assert table.named
        assert all(len(row) == len(table.columns) for row in table.rows)


def test_dates_numbers_and_money_are_true_values_and_no_words(lists):
    holds = {Kind.DATE: date, Kind.DAYS: int, Kind.PENCE: int, Kind.PEOPLE: int, Kind.NUMBER: int | float}
    for table in list_tables(lists):
        for row in table.rows:
            for column, value in zip(table.columns, row, strict=True):
                assert value is None or isinstance(value, holds.get(column.kind, str)), (table.key, column.title, value)


def test_a_service_has_its_places_its_registration_and_its_contract(lists):
    table = list_table(lists, "services")
    canal, far = row_of(table, "Service", "Canal View"), row_of(table, "Service", "Meadow Grange")
    assert [cell(table, canal, each) for each in ("Places", "Lived in", "Held", "Free")] == [5, 3, 1, 1]
    told = [cell(table, canal, each) for each in ("Specialised", "CQC location", "Lot", "In our area")]
    assert told == ["yes", "1-999000012", "Lot 3", "yes"]
    assert (cell(table, canal, "Contract"), cell(table, canal, "Contract to")) == ("ended", date(2026, 6, 30))
    assert (cell(table, far, "In our area"), cell(table, far, "Specialised")) == ("no", "")


def test_who_waits_has_since_when_for_what_why_so_urgent_and_the_place_that_is_held(lists):
    table = list_table(lists, WAITING)
    first, held = row_of(table, "Reference", "MHT-00006"), row_of(table, "Reference", "MHT-00005")
    assert first == 0
    assert (cell(table, 0, "Why this priority"), cell(table, 0, "In hospital")) == ("Bed needed", "yes")
    assert (cell(table, 0, "Since"), cell(table, 0, "Days")) == (date(2026, 5, 17), 58)
    assert (cell(table, held, "Place held"), cell(table, held, "Held until")) == (
        "Canal View, Flat 4",
        date(2026, 7, 20),
    )


def test_an_offer_has_its_reason_in_the_offices_words_and_an_answer_of_a_later_day_is_not_known_yet(lists):
    table = list_table(lists, OFFERS)
    assert [cell(table, 0, each) for each in ("Offered", "Answer", "Answered")] == [
        date(2026, 7, 1), "not answered yet", None,
    ]  # fmt: skip
    assert [cell(table, 1, each) for each in ("Place", "Reason", "In their words", "Answered")] == [
        "Canal View, Flat 4", "Not the area they know", "Far", date(2026, 6, 9),
    ]  # fmt: skip


def test_a_narrowed_list_keeps_its_lines_in_the_order_given(lists):
    some = [lists.waiting[2], lists.waiting[0]]
    table = list_table(lists, WAITING, some)
    assert [row[table.column("Reference")] for row in table.rows] == [each.line.ref for each in some]
