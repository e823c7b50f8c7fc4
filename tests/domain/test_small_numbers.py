"""What may be published: nothing under five, and nothing from which it could be worked out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhtracker.domain.counting.small_numbers import HIDDEN, publish_count, publish_percent, publish_row, publish_table


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0"), (1, "*"), (3, "*"), (4, "*"), (5, "5"), (7, "5"), (8, "10"), (254, "255")]
)
def test_a_count(count, said):
    assert publish_count(count) == said


@pytest.mark.parametrize(
    ("part", "all_of_them", "said"),
    [(4, 40, "*"), (6, 40, "15%"), (0, 40, "0%"), (1, 4, "*"), (0, 0, "*"), (40, 40, "100%"), (5, 1000, "1%")],
)
def test_a_percentage(part, all_of_them, said):
    assert publish_percent(part, all_of_them) == said


def test_a_count_hidden_alone_takes_the_next_smallest_with_it():
    assert publish_row([3, 40, 12]) == ("*", "40", "*")
    assert publish_row([3, 2, 12]) == ("*", "*", "10")
    assert publish_row([3, 0, 0]) == ("*", "0", "0")
    assert publish_row([30, 40]) == ("30", "40")


tables = st.integers(1, 5).flatmap(
    lambda columns: st.lists(st.lists(st.integers(0, 30), min_size=columns, max_size=columns), min_size=1, max_size=5)
)


@given(tables)
def test_no_row_or_column_of_a_table_hides_one_cell_alone_unless_the_rest_is_nought(cells):
    rows = {f"r{r}": {f"c{c}": n for c, n in enumerate(line)} for r, line in enumerate(cells)}
    said = publish_table(rows)
    columns = list(rows["r0"])
    lines = [[(r, c) for c in columns] for r in rows] + [[(r, c) for r in rows] for c in columns]
    for line in lines:
        hidden = [cell for cell in line if said[cell[0]][cell[1]] == HIDDEN]
        seen = [rows[r][c] for r, c in line if (r, c) not in hidden]
        assert len(hidden) != 1 or sum(seen) == 0
    for row, cells_of in rows.items():
        for column, count in cells_of.items():
            if 0 < count < 5:
                assert said[row][column] == HIDDEN
