"""The tables of the month: true to the figures they come from, and safe once published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhtracker import text
from mhtracker.analysis.in_words import head_figures, told
from mhtracker.analysis.month import read_month
from mhtracker.analysis.month_cost_tables import cost_table
from mhtracker.analysis.month_tables import month_tables
from mhtracker.analysis.publishing import COLUMN_LEFT_OUT, LEFT_OUT, published
from mhtracker.analysis.returned import EVER
from mhtracker.analysis.tables import FigureTable, Kind, TableColumn, make_table
from mhtracker.domain.counting.small_numbers import HIDDEN
from mhtracker.domain.money.cost_tables import sums_of
from mhtracker.operations.demo.making import make_demo
from mhtracker.operations.money.cost_tables import read_tables
from mhtracker.reports.manager.figure_tables import value_words

TODAY = date(2026, 7, 14)


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    with make_demo(tmp_path_factory.mktemp("month") / "demo.mhtracker", as_at=TODAY) as store:
        return read_month(store, date(2026, 4, 1), TODAY), read_tables(store, TODAY)


@pytest.fixture(scope="module")
def month(both):
    return both[0]


@pytest.fixture(scope="module")
def read_alone(both):
    return both[1]


@pytest.fixture(scope="module")
def tables(month) -> dict[str, FigureTable]:
    return {table.key: table for table in month_tables(month)}


def test_every_table_is_told_what_it_counts_and_from_what(tables):
    for table in tables.values():
        assert table.definition.endswith(".")
        assert table.source
        assert all(len(row) == len(table.columns) for row in (*table.rows, *([table.last] if table.last else [])))


def test_opening_plus_in_less_out_is_closing_in_every_line_and_in_the_last(tables):
    flow = tables["flow"]
    for _, opening, came, went, closing in (*flow.rows, flow.last):
        assert opening + came - went == closing
    assert flow.last[4] == tables["ages"].last[-1] == tables["stay_bands"].last[-1]


def test_totals_are_what_the_lines_add_to(tables):
    for key in ("flow", "money", "ages", "stay_bands", "services"):
        table = tables[key]
        for place, column in enumerate(table.columns):
            if column.kind != Kind.WORDS and (total := table.last[place]) is not None:
                assert total == sum(row[place] or 0 for row in table.rows), (key, place)
    assert tables["services"].last[3] == tables["flow"].last[4], "whoever is on the pathway is somewhere"


def test_who_is_on_a_ward_is_not_among_those_whose_cost_is_not_recorded(tables, month):
    money, wards = month.progress.money, dict(row[::4] for row in tables["flow"].rows)["Hospital"]
    assert len(money.on_wards) == wards > 0
    assert not money.unknown
    assert f"{wards} people on NHS wards" in tables["money"].note
    assert "cost not recorded." not in tables["money"].note
    assert tables["money"].last[1] + wards == tables["flow"].last[4]


def test_a_plan_of_people_and_money_stands_beside_what_has_happened(tables, month):
    (found,) = month.cost_tables
    table = tables[f"cost_table/{found.table.id}"]
    flow = {row[0]: row[4] for row in tables["flow"].rows}
    net = {row[0]: row[5] for row in tables["money"].rows}
    there = [row for row in table.rows if row[3] is not None]
    assert there
    assert len(there) < len(table.rows)
    for line, as_is, to_be, now, then_year, to_be_year, now_year, planned, so_far in there:
        assert (now, now_year) == (flow[line], 52 * net[line])
        assert (planned, so_far) == (to_be_year - then_year, now_year - then_year)
        assert as_is
        assert to_be
    assert table.last[4:6] == tuple(sum(row[place] for row in table.rows) for place in (4, 5))
    so_far = sum(row[8] for row in there)
    assert f"The {len(there)} lines compared: {text.format_pence(-so_far, whole=True)} less a year so far" in table.note
    assert table.named, "the same people by stage as the table of costs: published, the one would tell the other"


def test_where_nothing_is_planned_nothing_is_to_be_and_what_says_nothing_is_left_out(month):
    (found,) = month.cost_tables
    as_it_is = tuple(
        replace(each, row=replace(each.row, to_be_people=None, to_be_year_pence=None)) for each in found.rows
    )
    spent = replace(found, rows=as_it_is, sums=sums_of(each.row for each in as_it_is))
    table = cost_table(spent, month)
    titles = ["Line", "As is", "Now", "As is, a year", "Now, a year", "So far"]
    assert [column.title for column in table.columns] == titles
    assert table.title == f"As is and now: {found.table.name}"
    assert "planned" not in table.definition.casefold() + table.note
    alone = replace(spent, rows=tuple(replace(each, now=None) for each in as_it_is))
    for tables, there in (((spent,), True), ((alone,), False)):
        keys = [each.key for each in month_tables(replace(month, cost_tables=tables))]
        assert (table.key in keys) is there


def test_what_the_register_says_beside_a_plan_is_what_it_says_by_itself(month, read_alone):
    assert month.cost_tables == read_alone


def test_a_contract_that_has_ended_or_ends_soon_says_which(tables):
    contracts = tables["contracts"]
    rows = list(zip(map(str, column_of(contracts, "Ends")), column_of(contracts, "State"), strict=True))
    assert {words for day, words in rows if day < str(TODAY)} == {"ended: look at it"}
    assert {words for day, words in rows if day >= str(TODAY)} == {"ends soon: look at it", ""}


def test_the_stuck_and_the_waiting_are_named_and_never_published(tables, month):
    safe = {table.key for table in published(list(tables.values()))}
    assert tables["stuck"].named
    assert tables["waiting"].named
    assert tables["past_limits"].named
    plans = {key for key in tables if key.startswith("cost_table/")}
    assert safe == set(tables) - {"stuck", "waiting", "services", "contracts", "quality", "past_limits"} - plans
    assert len(tables["stuck"].rows) == len(month.progress.stuck)


def test_who_is_past_what_are_the_people_counted_past_each_limit_the_furthest_first(tables, month):
    past = tables["past_limits"]
    assert len(past.rows) == len(month.exceptions)
    for limit, _, people, middle in tables["exceptions"].rows:
        mine = [row for row in past.rows if row[0] == limit]
        assert people == len({row[2] for row in mine})
        days = [row[5] for row in mine]
        assert days == sorted(days, reverse=True)
        assert min(days) <= middle <= max(days)
        assert all((TODAY - row[4]).days == row[5] > 0 for row in mine)
    limits = [row[0] for row in tables["exceptions"].rows]
    assert [limit for limit, _ in groupby(row[0] for row in past.rows)] == limits
    there = {each.line.person_id for each in month.exceptions if each.limit.name.startswith("Longest usual stay")}
    assert there <= {each.person_id for each in month.progress.stuck}


def test_reviews_in_date_are_those_not_due_yet_and_those_due_soon_and_no_row_has_their_name(tables, month):
    rows = {row[0]: row[1] for row in tables["reviews"].rows}
    share = month.progress.reviews.in_date_share
    assert list(rows) == ["Not due yet", "Due soon", "Overdue", "of whom never reviewed"]
    assert rows["Not due yet"] + rows["Due soon"] == share.numerator < share.denominator
    assert "In date are those not due yet and those due soon." in tables["reviews"].definition
    assert "not due yet or due soon" in share.definition


def test_who_is_past_the_main_review_is_who_the_figure_of_reviews_counts_and_s117_stands_apart(tables, month):
    past: dict[str, set[str]] = {}
    for each in month.exceptions:
        past.setdefault(each.limit.name, set()).add(each.line.person_id)
    overdue = set(month.progress.reviews.overdue)
    assert past["Main review"] == overdue
    assert past["s117 review"] - overdue
    rows = {row[0]: row[2] for row in tables["exceptions"].rows}
    assert rows["Main review"] == {row[0]: row[1] for row in tables["reviews"].rows}["Overdue"] == len(overdue)
    assert rows["s117 review"] == len(past["s117 review"])


def test_each_contract_s_value_says_what_it_is_for_and_hospital_is_written_as_a_stage_is(tables):
    contracts, waiting = tables["contracts"], tables["waiting"]
    value, per = (column_of(contracts, title) for title in ("Value", "Value is"))
    assert any(value)
    assert all(bool(words) is (amount is not None) for amount, words in zip(value, per, strict=True))
    there = column_of(waiting, "Now in")
    assert "Hospital" in there
    assert all(words == words[:1].upper() + words[1:] for words in map(str, there))


def test_the_two_figures_of_returns_have_names_that_tell_them_apart(month):
    of_period = month.progress.measures["returned_in_a_year"].name
    assert "period" in of_period
    assert "Ever" in EVER


def column_of(table: FigureTable, title: str) -> list[object]:
    place = [column.title for column in table.columns].index(title)
    return [row[place] for row in table.rows]


def test_no_small_number_of_people_is_published_nor_a_note_that_tells_one(tables):
    for table in published(list(tables.values())):
        assert table.note in ("", LEFT_OUT, COLUMN_LEFT_OUT)
        for number, row in enumerate((*table.rows, *([table.last] if table.last else []))):
            for column, value in zip(table.columns, row, strict=True):
                if column.kind == Kind.PEOPLE and number not in table.plain_rows:
                    assert value == HIDDEN or int(str(value)) % 5 == 0, (table.key, row)
                if column.kind == Kind.NOTE:
                    assert value is None
            if HIDDEN in row:
                shown = [v for c, v in zip(table.columns, row, strict=True) if c.kind in (Kind.DAYS, Kind.POUNDS)]
                assert set(shown) <= {HIDDEN}


def test_the_programme_s_own_figure_is_hidden_for_the_sake_of_others_last(tables):
    programme = next(table for table in published(list(tables.values())) if table.key == "programme")
    told = {row[0]: row[1] for row in programme.rows}
    assert told["Died or left"] == told["Still waiting"] == HIDDEN
    assert HIDDEN not in (told["Baseline"], told["Moved on and stayed on"])


def test_published_money_is_in_whole_pounds_to_the_nearest_thousand():
    columns = [("Stage", Kind.WORDS), ("People", Kind.PEOPLE), ("Net", Kind.PENCE)]
    rows: list[tuple[object, ...]] = [("a", 10, 12_345_678), ("b", 20, 149_999), ("c", 30, -150_001)]
    (safe,) = published([make_table("t", "T", "T.", "T", columns, rows)])
    assert safe.columns[2].kind == Kind.POUNDS
    assert [row[2] for row in safe.rows] == [123_000, 1_000, -2_000]
    assert value_words(safe.columns[2], 123_000) == "£123,000"


@given(st.lists(st.integers(0, 40), min_size=2, max_size=8))
def test_one_hidden_count_alone_is_never_left_beside_its_total(counts):
    rows: list[tuple[object, ...]] = [(f"row {n}", count) for n, count in enumerate(counts)]
    columns = [("", Kind.WORDS), ("People", Kind.PEOPLE)]
    (safe,) = published([make_table("t", "T", "T.", "T", columns, rows, last=("All", sum(counts)))])
    hidden = [row for row in (*safe.rows, safe.last) if row[1] == HIDDEN]
    assert len(hidden) != 1


def test_a_percentage_is_published_only_of_enough_people():
    columns = (
        TableColumn("Measure"), TableColumn("Counted", Kind.PEOPLE), TableColumn("Of", Kind.PEOPLE),
        TableColumn("Percent", Kind.PERCENT, ("Counted", "Of")),
    )  # fmt: skip
    rows = (("many", 60, 100, 60.0), ("few", 3, 100, 3.0), ("small", 2, 4, 50.0), ("more", 50, 80, 62.5))
    (safe,) = published([FigureTable("m", "M", "M.", "M", columns, rows)])
    assert [row[3] for row in safe.rows] == ["60%", HIDDEN, HIDDEN, "63%"]


def test_the_sentence_and_the_head_say_what_the_tables_say(month, tables):
    assert told(month.progress)
    figures = {what: figure for figure, what, _ in head_figures(month.progress)}
    onward = sum(row[3] for row in tables["moves"].rows if row[2] == "onward")
    assert figures["moves onward"] == str(onward)
    assert figures["people stuck"] == str(len(tables["stuck"].rows))


def test_of_fewer_than_ten_neither_a_length_nor_a_percentage_is_given_or_published(month, tables):
    lengths = list(month.progress.lengths.values())
    for row in tables["lengths"].rows:
        assert row[2] >= 10 or row[3:] == (None, None, None)
    assert any(0 < each.completed < 10 for each in lengths)
    safe = next(table for table in published(list(tables.values())) if table.key == "measures")
    few = [row[0] for row in tables["measures"].rows if row[2] < 10]
    assert few
    assert all(row[3] == HIDDEN for row in safe.rows if row[0] in few)
