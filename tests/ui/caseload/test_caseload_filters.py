"""Filters in words, as chosen and as remembered; views; the figures round the table."""

from __future__ import annotations

from datetime import date

import pytest

from mhtracker.store import FixedClock, open_register
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, count_caseload, list_caseload
from mhtracker.ui.caseload import filters as f
from mhtracker.ui.caseload.reading import read_counts, read_listing

DAY = date(2026, 7, 14)


@pytest.fixture
def store(demo_file):
    with open_register(demo_file, who="Ewa Fikcyjna", clock=FixedClock(DAY)) as opened:
        yield opened


def test_choosing_values_takes_the_filter_s_own_place():
    before = (Filter("stage", "=", "Residential"), Filter("team", "=", "North"))
    after = f.with_values(before, "stage", ["Residential", "Enablement"])
    assert after == (Filter("stage", "=", "Residential|Enablement"), Filter("team", "=", "North"))
    assert f.values_of(after, "stage") == ("Residential", "Enablement")


def test_choosing_nothing_takes_the_filter_away():
    assert f.with_values((Filter("stage", "=", "Residential"),), "stage", []) == ()


def test_a_filter_reads_as_a_person_would_say_it():
    assert f.words_of(Filter("stage", "=", "Residential|Supported living")) == "residential, supported living"
    assert f.words_of(Filter("worker", "=", "A B|C D|E F")) == "any of 3"
    assert f.words_of(Filter("target", "=", "overdue|slipped")) == "past, slipped"
    assert f.words_of(Filter("worker", "=", "Ewa Fikcyjna")) == "Ewa Fikcyjna"
    assert f.words_of(Filter("days", ">", "365")) == "above 365"


def test_filters_come_back_from_the_settings_and_unknown_ones_are_left_out():
    filters = (Filter("stage", "=", "Residential"), Filter("target", "<", "2026-12-31"))
    assert f.from_typed([*f.as_typed(filters), "nonsense", "no_such_column=1"]) == filters


def test_the_choices_of_a_filter_add_up_to_everyone(store):
    everyone = count_caseload(store, CaseloadQuery(), DAY)
    for column in ("review", "target", "s117"):
        assert sum(choice.count for choice in f.read_choices(store, column, DAY)) == everyone, column


def test_a_choice_lists_as_many_people_as_it_says(store):
    for column in ("stage", "worker", "review", "target", "accommodation"):
        for choice in f.read_choices(store, column, DAY):
            found = count_caseload(store, CaseloadQuery((Filter(column, "=", choice.value),)), DAY)
            assert found == choice.count, (column, choice.words)


def test_slipping_targets_are_those_past_or_later_than_they_first_were(store):
    listed = {line.person_id for line in list_caseload(store, CaseloadQuery((f.SLIPPING,)), DAY)}
    expected = {
        line.person_id
        for line in list_caseload(store, CaseloadQuery(), DAY)
        if line.target_on and line.target_original_on
        and (line.target_on < DAY or line.target_on > line.target_original_on)
    }  # fmt: skip
    assert listed == expected
    assert listed


def test_the_figures_under_the_table_are_of_those_listed(store):
    query = CaseloadQuery((f.OVERDUE,))
    counts = read_counts(store, query, f.built_in_views("Ewa Fikcyjna"), DAY)
    assert counts.tally.total == counts.tally.overdue == counts.views["overdue"]
    assert counts.tally.soon == 0
    assert counts.everyone == counts.views["everyone"] > counts.tally.total


def test_a_filter_that_no_longer_means_anything_is_dropped_and_the_rest_kept(store):
    query = CaseloadQuery((Filter("stage", "=", "Gone for good"), f.OVERDUE))
    listing = read_listing(store, query, DAY, 50)
    assert listing.query.filters == (f.OVERDUE,)
    assert listing.total == count_caseload(store, CaseloadQuery((f.OVERDUE,)), DAY)


def test_my_caseload_is_a_view_only_where_the_register_knows_me():
    assert "mine" not in [view.key for view in f.built_in_views("")]
    assert "mine" in [view.key for view in f.built_in_views("Ewa Fikcyjna")]


@pytest.mark.parametrize(
    ("sort", "words"),
    [
        ((("review", False),), "Sorted by review, most overdue first"),
        ((("days", True),), "Sorted by days, longest stay first"),
        ((("name", False),), "Sorted by name, A to Z"),
        ((("target", True),), "Sorted by move-on target, latest first"),
        ((), "Sorted by name"),
    ],
)
def test_the_order_is_said(sort, words):
    assert f.sort_words(sort) == words
