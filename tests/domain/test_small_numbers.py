"""What may be published: nothing under five, and nothing from which it could be worked out."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from mhtracker.domain.counting.small_numbers import HIDDEN, publish_count, publish_percent, publish_table


@pytest.mark.parametrize(
    ("count", "said"), [(0, "*"), (1, "*"), (3, "*"), (4, "*"), (5, "5"), (7, "5"), (8, "10"), (254, "255")]
)
def test_a_count_under_five_is_hidden_nought_too(count, said):
    assert publish_count(count) == said


@pytest.mark.parametrize(
    ("part", "all_of_them", "said"),
    [
        (4, 40, "*"), (6, 40, "15%"), (0, 40, "*"), (1, 4, "*"), (0, 0, "*"), (5, 1000, "1%"),
        (40, 40, "*"), (39, 40, "*"), (36, 40, "*"), (35, 40, "88%"),
    ],
)  # fmt: skip
def test_a_percentage_is_hidden_when_those_counted_or_those_left_over_are_under_five(part, all_of_them, said):
    assert publish_percent(part, all_of_them) == said


def test_a_count_hidden_alone_takes_the_next_smallest_with_it():
    def publish_row(counts):
        cells = {"": {str(place): count for place, count in enumerate(counts)}}
        return tuple(publish_table(cells, down=False)[""].values())

    assert publish_row([3, 40, 12]) == ("*", "40", "*")
    assert publish_row([0, 40, 12]) == ("*", "40", "*")
    assert publish_row([3, 2, 12]) == ("*", "*", "10")
    assert publish_row([3, 0, 0]) == ("*", "*", "*")
    assert publish_row([30, 40]) == ("30", "40")
    assert publish_row([3]) == ("*",)


def test_two_hidden_in_every_line_are_not_enough_where_one_cell_joins_two_parts_of_a_table():
    # Rows a and b less columns p and q leave what stands in (b, r); it joins two squares of four.
    rows = {
        "a": {"p": 1, "q": 2, "r": 50, "s": 60},
        "b": {"p": 3, "q": 1, "r": 4, "s": 70},
        "c": {"p": 80, "q": 90, "r": 2, "s": 1},
        "d": {"p": 75, "q": 95, "r": 1, "s": 3},
    }
    said = publish_table(rows)
    more = {(row, column) for row, cells in rows.items() for column, n in cells.items() if n >= 5}
    assert {cell for cell in more if said[cell[0]][cell[1]] == HIDDEN} == {("a", "r")}
    assert worked_out(rows, said) == set()


def test_totals_are_hidden_last():
    rows = {"a": {"p": 3, "q": 20, "All": 23}, "b": {"p": 30, "q": 40, "All": 70}, "All": {"p": 33, "q": 60, "All": 93}}
    said = publish_table(rows, totals=("All",))
    assert [[*cells.values()] for cells in said.values()] == [["*", "*", "25"], ["*", "*", "70"], ["35", "60", "95"]]


def test_where_rows_add_to_nothing_only_columns_are_guarded():
    rows = {"a": {"p": 3, "q": 20}, "b": {"p": 30, "q": 40}, "c": {"p": 40, "q": 50}}
    assert publish_table(rows, across=False) == {
        "a": {"p": "*", "q": "20"}, "b": {"p": "*", "q": "40"}, "c": {"p": "40", "q": "50"},
    }  # fmt: skip
    assert publish_table(rows, across=False, down=False)["b"] == {"p": "30", "q": "40"}


def worked_out(rows, said):
    """The small numbers that somebody could solve for who knew every sum and every other cell exactly."""
    cells = [(row, column) for row in rows for column in rows[row]]
    hidden = [cell for cell in cells if said[cell[0]][cell[1]] == HIDDEN]
    lines = [[Fraction(cell[0] == row) for cell in hidden] for row in rows]
    lines += [[Fraction(cell[1] == column) for cell in hidden] for column in next(iter(rows.values()))]
    solved = reduced(lines)
    alone = [line for line in solved if sum(value != 0 for value in line) == 1]
    found = {hidden[place] for line in alone for place, value in enumerate(line) if value}
    return {cell for cell in found if rows[cell[0]][cell[1]] < 5}


def reduced(lines):
    """Gauss and Jordan: a cell is solved for exactly when a line of it alone is left."""
    lines, done = [list(line) for line in lines], 0
    for place in range(len(lines[0]) if lines else 0):
        pivot = next((n for n in range(done, len(lines)) if lines[n][place]), None)
        if pivot is None:
            continue
        lines[done], lines[pivot] = lines[pivot], lines[done]
        head = lines[done][place]
        lines[done] = [value / head for value in lines[done]]
        for number, line in enumerate(lines):
            if number != done and line[place]:
                factor = line[place]
                lines[number] = [a - factor * b for a, b in zip(line, lines[done], strict=True)]
        done += 1
    return lines


def with_totals(cells):
    """A table with its totals both ways."""
    rows = {f"r{r}": {f"c{c}": n for c, n in enumerate(line)} for r, line in enumerate(cells)}
    rows["All"] = {column: sum(cells[column] for cells in rows.values()) for column in rows["r0"]}
    return {row: {**cells, "All": sum(cells.values())} for row, cells in rows.items()}


def tables(most, largest):
    small = st.integers(0, 6) | st.integers(0, largest)
    return st.integers(1, most).flatmap(
        lambda columns: st.lists(st.lists(small, min_size=columns, max_size=columns), min_size=1, max_size=most)
    )


@settings(max_examples=300, deadline=None)
@given(tables(5, 40))
def test_nobody_can_solve_the_sums_of_a_published_table_for_a_small_number(cells):
    rows = with_totals(cells)
    said = publish_table(rows, totals=("All",))
    assert worked_out(rows, said) == set()
    for row, line in rows.items():
        for column, count in line.items():
            if count < 5:
                assert said[row][column] == HIDDEN


@settings(max_examples=40, deadline=None)
@given(tables(3, 12))
def test_a_hidden_small_number_could_be_another_for_all_that_is_published(cells):
    """Also for a reader who knows that counts are whole, how they are rounded, and what adds to what."""
    said = publish_table(with_totals(cells), totals=("All",))
    for row, line in enumerate(cells):
        for column, count in enumerate(line):
            if count < 5:
                least, most = (bound(cells, said, (row, column), sign) for sign in (1, -1))
                assert least < most


def bound(cells, said, wanted, sign):
    """The least (sign 1) or the most (-1) that a cell may be in any table that would be published alike."""
    rows, columns = range(len(cells)), range(len(cells[0]))
    sums = {(f"r{r}", f"c{c}"): [(r, c)] for r in rows for c in columns}
    sums |= {(f"r{r}", "All"): [(r, c) for c in columns] for r in rows}
    sums |= {("All", f"c{c}"): [(r, c) for r in rows] for c in columns}
    sums |= {("All", "All"): list(product(rows, columns))}
    places = list(product(rows, columns))
    which, low, high = [], [], []
    for (row, column), among in sums.items():
        words = said[row][column]
        which.append([float(place in among) for place in places])
        low.append(0 if words == HIDDEN else int(words) - 2)
        high.append(10_000 if words == HIDDEN else int(words) + 2)
    found = milp(
        [float(sign * (place == wanted)) for place in places],
        constraints=LinearConstraint(which, low, high),
        integrality=[1] * len(places),
    )
    assert found.success
    return round(sign * found.fun)
