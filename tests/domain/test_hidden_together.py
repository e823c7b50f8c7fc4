"""Small numbers hidden over several tables: nothing that adds up between them gives one back."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from mhtracker.domain.counting.hidden_together import hide_together, solved
from tests.domain.test_small_numbers import reduced


def told_by_fractions(sums, hidden):
    """The same as `solved`, by exact fractions."""
    cells = sorted(hidden)
    lines = [[Fraction(each.get(cell, 0)) for cell in cells] for each in sums]
    alone = [line for line in reduced(lines) if sum(value != 0 for value in line) == 1]
    return {cells[place] for line in alone for place, value in enumerate(line) if value}


systems = st.integers(2, 7).flatmap(
    lambda size: st.tuples(
        st.lists(st.integers(0, 12), min_size=size, max_size=size),
        st.lists(st.dictionaries(st.integers(0, size - 1), st.sampled_from((-1, 1)), min_size=1), max_size=6),
        st.lists(st.dictionaries(st.integers(0, size - 1), st.sampled_from((-1, 1)), min_size=1), max_size=3),
        st.sets(st.integers(0, size - 1)),
    )
)


@settings(max_examples=120, deadline=None)
@given(systems)
def test_no_small_number_is_told_by_any_sums_but_one_that_they_tell_whatever_is_hidden(system):
    numbers, sums, nearly, dear = system
    counts = dict(enumerate(numbers))
    hidden = hide_together(counts, sums, dear, nearly)
    small = {cell for cell, count in counts.items() if count < 5}
    assert small <= hidden
    assert solved(sums, hidden) == told_by_fractions(sums, hidden)
    assert told_by_fractions(sums, hidden) & small <= told_by_fractions(sums, set(counts))


def test_a_number_that_stands_in_two_tables_is_guarded_in_both():
    # Two tables of the same stage: a + b = all, and all - c = d.
    counts = {"a": 3, "b": 30, "all": 33, "c": 20, "d": 13}
    sums = [{"a": 1, "b": 1, "all": -1}, {"all": 1, "c": -1, "d": -1}]
    assert hide_together(counts, sums[:1], {"all"}) == {"a", "b"}
    # Where b is told elsewhere, by b = e + f, one of those is hidden too.
    more = {**counts, "e": 25, "f": 5}
    assert hide_together(more, [*sums, {"b": 1, "e": -1, "f": -1}], {"all"}) == {"a", "b", "f"}


def test_the_cheapest_that_do_are_hidden_and_totals_last():
    counts = {"a": 2, "b": 50, "c": 9, "all": 61}
    line = {"a": 1, "b": 1, "c": 1, "all": -1}
    assert hide_together(counts, [line]) == {"a", "c"}
    assert hide_together(counts, [line], {"c"}) == {"a", "b"}


def test_a_sum_that_only_nearly_holds_guards_what_it_can_and_harms_no_other():
    counts = {"a": 2, "b": 50, "c": 9}
    assert hide_together(counts, [], nearly=[{"a": 1, "b": 1}]) == {"a", "b"}
    # One that would tell `a` by itself cannot be kept to; the true sum is guarded all the same.
    assert hide_together(counts, [{"a": 1, "c": 1}], nearly=[{"a": 1}]) == {"a", "c"}
