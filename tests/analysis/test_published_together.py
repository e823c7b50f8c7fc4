"""A report for publication: no hidden count comes back from the other tables that are published with it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from scipy.optimize import LinearConstraint, milp

from mhtracker.analysis.month import read_month
from mhtracker.analysis.month_tables import month_tables
from mhtracker.analysis.publishing import published, whole_table
from mhtracker.analysis.tables import ALL, FigureTable, Kind, make_table
from mhtracker.domain.counting.small_numbers import HIDDEN
from mhtracker.operations.demo.making import make_demo
from tests.domain.test_small_numbers import reduced

TODAY = date(2026, 7, 14)
SINCE = (date(2026, 7, 1), date(2026, 4, 1), date(2025, 7, 1))
STAGES = ("Hospital", "Residential", "Enablement", "Supported living", "Independent")


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> dict[str, list[FigureTable]]:
    """The tables of reports of a month, a quarter and a year, and of a register of a few people."""
    folder = tmp_path_factory.mktemp("published")
    found = {}
    with make_demo(folder / "demo.mhtracker", as_at=TODAY) as store:
        for first in SINCE:
            found[str(first)] = safe(month_tables(read_month(store, first, TODAY)))
    with make_demo(folder / "few.mhtracker", people=45, seed=3, as_at=TODAY) as store:
        found["few"] = safe(month_tables(read_month(store, SINCE[2], TODAY)))
    return found


def safe(tables):
    """Those that are published, with every row there could be."""
    return [whole_table(table) for table in tables if not table.named]


class Cells:
    """The counts of people in some tables, by table, row and column."""

    def __init__(self, tables):
        self.tables = {table.key: table for table in tables}
        self.rows = {table.key: [*table.rows, *([table.last] if table.last else [])] for table in tables}

    def row(self, key, label):
        rows = self.rows[key]
        if label is None:
            return len(rows) - 1
        return next((number for number, row in enumerate(rows) if row[0] == label), None)

    def at(self, key, label, title):
        row = self.row(key, label)
        return None if row is None else (key, row, self.tables[key].column(title))

    def value(self, cell):
        return self.rows[cell[0]][cell[1]][cell[2]]

    def all(self):
        return [
            (key, number, place)
            for key, table in self.tables.items()
            for number in range(len(self.rows[key]))
            for place, column in enumerate(table.columns)
            if column.kind == Kind.PEOPLE and number not in table.plain_rows
        ]


def sums_of(cells):
    """What truly adds in a report: (cells with their signs, what they come to)."""
    found = []

    def comes_to(parts, *, what=0):
        parts = [(cell, sign) for cell, sign in parts if cell is not None]
        assert sum(sign * cells.value(cell) for cell, sign in parts) == what, parts
        found.append((dict(parts), what))

    def titles(key):
        return [column.title for column in cells.tables[key].columns if column.kind == Kind.PEOPLE]

    for key in ("flow", "stay_bands", "ages", "money"):
        inside, last = range(len(cells.rows[key]) - 1), len(cells.rows[key]) - 1
        for title in titles(key):
            place = cells.tables[key].column(title)
            comes_to([((key, last, place), -1), *(((key, number, place), 1) for number in inside)])
    for number in range(len(cells.rows["flow"])):
        signs = (("Opening", 1), ("In", 1), ("Out", -1), ("Closing", -1))
        comes_to([(("flow", number, cells.tables["flow"].column(title)), sign) for title, sign in signs])
    for key in ("stay_bands", "ages"):
        for number in range(len(cells.rows[key])):
            columns = ((cells.tables[key].column(title), -1 if title == ALL else 1) for title in titles(key))
            comes_to([((key, number, place), sign) for place, sign in columns])
    for number, row in enumerate(cells.rows["moves"]):
        if row[3] == row[4] + row[5]:
            comes_to([(("moves", number, 3), -1), (("moves", number, 4), 1), (("moves", number, 5), 1)])
    for stage in (*STAGES, None):
        closing = cells.at("flow", stage, "Closing")
        if closing is None:
            continue
        for key in ("stay_bands", "ages"):
            comes_to([(closing, 1), (cells.at(key, stage, ALL), -1)])
        paid = cells.at("money", stage, "People")
        if paid is not None and stage is not None:
            comes_to([(closing, 1), (paid, -1)])
    for stage in STAGES:
        lengths = [(cells.at("lengths", stage, title), sign) for title, sign in (("Stays", 1), ("Ended", -1))]
        if lengths[0][0] is not None:
            comes_to([*lengths, (cells.at("flow", stage, "Closing"), -1)])
        past = cells.at("exceptions", f"Longest usual stay: {stage}", "People")
        if past is not None and stage != "Enablement":
            bands = [(cells.at("stay_bands", stage, title), -1) for title in ("To 5 years", "Longer")]
            comes_to([(past, 1), *bands])
    overdue = cells.at("reviews", "Overdue", "People"), cells.at("exceptions", "Main review", "People")
    comes_to([(overdue[0], 1), (overdue[1], -1)])
    whole = cells.rows["reviews"][0][2]
    comes_to([(cells.at("reviews", name, "People"), 1) for name in ("Not due yet", "Due soon", "Overdue")], what=whole)
    for measure in ("A home of their own", "In paid work"):
        comes_to([(cells.at("measures", "Settled accommodation", "Of"), 1), (cells.at("measures", measure, "Of"), -1)])
    for title, place in (("Of", 3), ("Counted", 4)):
        moves = [(("moves", number, place), -1) for number in range(len(cells.rows["moves"]))]
        comes_to([(cells.at("measures", "Planned moves", title), 1), *moves])
    programme = zip(range(4), (-1, 1, 1, 1), strict=True)
    comes_to([(("programme", number, 1), sign) for number, sign in programme])
    return found


def hidden_in(shown, cells):
    return [cell for cell in cells.all() if shown.value(cell) == HIDDEN]


def told(cells, shown):
    """The small numbers that somebody could solve for who knew exactly every number that is shown."""
    hidden = hidden_in(shown, cells)
    lines = [[Fraction(parts.get(cell, 0)) for cell in hidden] for parts, _ in sums_of(cells)]
    alone = [line for line in reduced(lines) if sum(value != 0 for value in line) == 1]
    found = {hidden[place] for line in alone for place, value in enumerate(line) if value}
    return {cell for cell in found if cells.value(cell) < 5}


@pytest.mark.parametrize("name", [*map(str, SINCE), "few"])
def test_nobody_can_solve_the_sums_of_a_report_for_a_small_number(reports, name):
    cells, shown = Cells(reports[name]), Cells(published(reports[name]))
    assert {cell for cell in cells.all() if cells.value(cell) < 5} <= set(hidden_in(shown, cells))
    assert told(cells, shown) == set()


def test_each_table_by_itself_would_not_have_kept_them(reports):
    """The same, hidden table by table: some come back from another table, so that the test above can fail."""
    cells = Cells(reports[str(SINCE[0])])
    alone = Cells([published([table])[0] for table in cells.tables.values()])
    assert told(cells, alone)


@pytest.mark.parametrize("name", [str(SINCE[1]), "few"])
def test_a_hidden_small_number_could_be_another_for_all_that_a_report_tells(reports, name):
    """Also for a reader who knows that counts are whole, how they are rounded, and what percentages are of."""
    cells, shown = Cells(reports[name]), Cells(published(reports[name]))
    order = cells.all()
    which, low, high = [], [], []

    def hold(parts, least, most):
        which.append([float(parts.get(cell, 0)) for cell in order])
        low.append(least)
        high.append(most)

    for parts, what in sums_of(cells):
        hold(parts, what, what)
    for cell in order:
        words = shown.value(cell)
        hold({cell: 1}, *((0, 10_000) if words == HIDDEN else (max(5, int(words) - 2), int(words) + 2)))
    for key, table in shown.tables.items():
        for place, column in enumerate(table.columns):
            for number, row in enumerate(table.rows if column.of else ()):
                if row[place] != HIDDEN and column.of is not None:
                    part, whole = (cells.tables[key].column(title) for title in column.of)
                    percent = int(row[place].rstrip("%"))
                    of = cells.value((key, number, whole))
                    if (key, number, whole) in order:
                        hold({(key, number, part): 100, (key, number, whole): -(percent - 0.5)}, 0, 10**9)
                        hold({(key, number, part): 100, (key, number, whole): -(percent + 0.5)}, -(10**9), 0)
                    else:
                        hold({(key, number, part): 100}, (percent - 0.5) * of, (percent + 0.5) * of)
    rules, whole_numbers = LinearConstraint(which, low, high), [1] * len(order)
    could_be = {cell: {cells.value(cell)} for cell in order}
    for cell in hidden_in(shown, cells):
        if cells.value(cell) < 5:
            for sign in (1, -1):
                # What one answer gives the other cells need not be asked for again.
                if len(could_be[cell]) == 1:
                    wanted = [sign * float(each == cell) for each in order]
                    end = milp(wanted, constraints=rules, integrality=whole_numbers)
                    assert end.success, cell
                    for each, value in zip(order, end.x, strict=True):
                        could_be[each].add(round(value))
            assert len(could_be[cell]) > 1, (cell, cells.value(cell))


def test_a_number_that_stands_in_two_tables_is_hidden_in_both():
    """Overdue reviews stand among reviews and among exceptions; hidden in the one, they are in the other."""
    people = [("Reviews", Kind.WORDS), ("People", Kind.PEOPLE)]
    reviews = make_table("reviews", "R", "R.", "S", people, [("Not due yet", 160), ("Due soon", 3), ("Overdue", 20)])
    limits = [("Limit", Kind.WORDS), ("People", Kind.PEOPLE), ("Days past, middle", Kind.DAYS)]
    past = make_table("exceptions", "E", "E.", "S", limits, [("Main review", 20, 90), ("Action", 30, 9)], adds=False)
    first, second = published([reviews, past])
    assert [row[1] for row in first.rows] == ["160", HIDDEN, HIDDEN]
    assert second.rows == (("Main review", HIDDEN, HIDDEN), ("Action", "30", 10))


def test_the_aim_is_hidden_where_the_number_it_goes_by_is():
    columns = [("", Kind.WORDS), ("People", Kind.PEOPLE)]
    rows: list[tuple[object, ...]] = [("Baseline", 4), ("Moved on", 1), ("Still waiting", 3), ("Gone", 0), ("Aim", 2)]
    (few,) = published([make_table("programme", "P", "P.", "S", columns, rows, plain_rows=(4,), kept_rows=(0, 1))])
    assert {row[1] for row in few.rows} == {HIDDEN}


def test_an_aim_and_a_forecast_are_to_the_nearest_five_as_the_counts_are():
    columns = [("", Kind.WORDS), ("People", Kind.PEOPLE)]
    rows: list[tuple[object, ...]] = [("Baseline", 129), ("Aim", 67), ("Forecast", 46), ("None", None)]
    (safe_one,) = published([make_table("p", "P", "P.", "S", columns, rows, plain_rows=(1, 2, 3), kept_rows=(0,))])
    assert [row[1] for row in safe_one.rows] == ["130", "65", "45", None]


def test_a_percentage_that_would_tell_the_few_left_over_is_hidden_and_money_that_is_not_nought_never_told_as_nought():
    columns = [("M", Kind.WORDS), ("Counted", Kind.PEOPLE), ("Of", Kind.PEOPLE), ("Percent", Kind.PERCENT)]
    rows: list[tuple[object, ...]] = [("many", 60, 100, 60.0), ("nearly all", 19, 20, 95.0)]
    of = {"Percent": ("Counted", "Of")}
    (safe_one,) = published([make_table("m", "M", "M.", "M", columns, rows, of=of, adds=False)])
    assert [row[1:] for row in safe_one.rows] == [("60", "100", "60%"), ("20", "20", HIDDEN)]
    money = [("Stage", Kind.WORDS), ("People", Kind.PEOPLE), ("Person", Kind.PENCE)]
    rows = [("a", 10, 280_00), ("b", 20, 0), ("c", 20, 501_00)]
    (paid,) = published([make_table("money", "M", "M.", "M", money, rows)])
    assert [row[2] for row in paid.rows] == ["under £500", 0, 1000]


def test_a_number_of_everybody_is_told_beside_a_hidden_one_where_another_line_tells_it():
    columns = [("Reviews", Kind.WORDS), ("People", Kind.PEOPLE), ("Of", Kind.NUMBER)]
    rows: list[tuple[object, ...]] = [
        ("Not due yet", 160, 221),
        ("Overdue", 61, 221),
        ("of whom never reviewed", 3, 221),
    ]
    (reviews,) = published([make_table("reviews", "R", "R.", "S", columns, rows, apart_rows=(2,))])
    assert [row[1:] for row in reviews.rows] == [("160", 220), ("60", 220), (HIDDEN, 220)]


def test_no_row_stands_where_it_does_for_its_size():
    columns = [("Reason", Kind.WORDS), ("People", Kind.PEOPLE)]
    rows: list[tuple[object, ...]] = [("b", 20), ("c", 9), ("a", 4), ("d", 3)]
    (delays,) = published([make_table("delays", "D", "D.", "S", columns, rows, by_size=True)])
    assert delays.rows == (("a", HIDDEN), ("b", "20"), ("c", "10"), ("d", HIDDEN))
