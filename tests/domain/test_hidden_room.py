"""Counts hidden together where only that nobody is less than nought would tell them."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from mhtracker.domain.counting.hidden_together import cramped, hide_together
from mhtracker.domain.counting.small_numbers import publish_count


def row_of(counts):
    """A row of counts and its total, which is the last of them."""
    cells = dict(enumerate((*counts, sum(counts))))
    return cells, [{cell: -1 if cell == len(counts) else 1 for cell in cells}]


def could_be(cell, cells, sums, hidden):
    """The least and the most that a count can be for whoever knows the sums, and every count that is shown, rounded."""
    order = list(cells)
    low, high = [], []
    for each in order:
        shown = 0 if each in hidden else int(publish_count(cells[each]))
        low.append(0 if each in hidden else max(5, shown - 2))
        high.append(10_000 if each in hidden else shown + 2)
    identity = [[float(one == other) for other in order] for one in order]
    lines = [[float(line.get(each, 0)) for each in order] for line in sums]
    rules = LinearConstraint([*identity, *lines], [*low, *(0 for _ in sums)], [*high, *(0 for _ in sums)])
    ends = [
        milp([sign * float(each == cell) for each in order], constraints=rules, integrality=[1] * len(order))
        for sign in (1, -1)
    ]
    return round(ends[0].fun), round(-ends[1].fun)


def test_rounding_alone_does_not_hide_that_nobody_is_left_over():
    """Four of 8 are 10 each at least 8, and all of them 30 at the most 32: the two hidden ones could only be nought."""
    cells, sums = row_of((8, 8, 8, 8, 0, 0))
    assert could_be(4, cells, sums, {4, 5}) == (0, 0)
    assert cramped(cells, sums, {4, 5}, ()) == {4, 5}
    hidden = hide_together(cells, sums, dear=[6])
    assert hidden > {4, 5}
    assert could_be(4, cells, sums, hidden) > (0, 0)


def test_of_two_counts_and_their_sum_rounding_hides_what_is_left_over():
    cells, sums = row_of((12, 9, 0, 0))
    assert hide_together(cells, sums, dear=[4]) == {2, 3}
    low, high = could_be(2, cells, sums, {2, 3})
    assert low == 0 < high


def test_counts_that_a_percentage_tells_are_taken_as_known():
    cells, sums = row_of((12, 9, 0, 0))
    assert len(hide_together(cells, sums, dear=[4], exact=[0, 1, 4])) > 2


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from((0, 1, 3, 5, 8, 8, 8, 13)), min_size=5, max_size=5), min_size=2, max_size=4))
@example([[8, 8, 8, 8, 0], [0, 0, 8, 8, 8]])
@example([[8, 8, 8, 8, 0], [8, 8, 8, 8, 0]])
def test_every_small_count_of_a_table_could_be_another(rows):
    whole = [[*row, sum(row)] for row in rows]
    whole.append([sum(column) for column in zip(*whole, strict=True)])
    cells = {(number, place): count for number, row in enumerate(whole) for place, count in enumerate(row)}
    last = len(rows)
    sums = [{(n, place): -1 if place == 5 else 1 for place in range(6)} for n in range(last + 1)]
    sums += [{(n, place): -1 if n == last else 1 for n in range(last + 1)} for place in range(6)]
    hidden = hide_together(cells, sums, dear=[cell for cell in cells if cell[0] == last or cell[1] == 5])
    for cell, count in cells.items():
        if count < 5:
            low, high = could_be(cell, cells, sums, hidden)
            assert low < high, cell
