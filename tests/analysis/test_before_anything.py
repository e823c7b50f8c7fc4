"""A register as it was known before anything was recorded, stages too: every figure is of nobody, and none fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from mhtracker.analysis.breakdown import WAYS, count_people
from mhtracker.analysis.delay_owners import OWNERS, delays_by
from mhtracker.analysis.facts import Facts, read_everybody, read_spells
from mhtracker.analysis.month import read_month
from mhtracker.analysis.month_tables import month_tables
from mhtracker.analysis.outcomes import stage_outcomes
from mhtracker.analysis.paths import follow
from mhtracker.analysis.place_lists import list_tables, read_place_lists
from mhtracker.analysis.progress import complete_figures, first_figures
from mhtracker.analysis.quality import find_doubts
from mhtracker.analysis.quicker import help_counting
from mhtracker.analysis.returned import who_returned
from mhtracker.analysis.stay_ranges import stay_ranges
from mhtracker.store import FixedClock, Store, create_register, known_by

TODAY, SINCE, BEFORE = date(2026, 7, 14), date(2026, 4, 1), date(2026, 7, 13)


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("nothing") / "r.mhtracker"
    with (
        create_register(path, who="Ann", clock=FixedClock(TODAY)) as store,
        known_by(store, BEFORE, as_at=TODAY) as old,
    ):
        assert not old.stages()
        yield help_counting(old)


def counted(store: Store) -> None:
    found = complete_figures(store, first_figures(store, SINCE, TODAY), SINCE, TODAY)
    assert not any(each.opening or each.closing for each in found.flow.stages)
    assert (tuple(found.stuck), found.delayed_people, found.returns, found.programme) == ((), (), (0, 0), None)
    assert {share.denominator for share in found.measures.values()} == {0}
    assert (found.money.gross, found.money.saving) == (0, 0)


def told_of_spells(store: Store) -> None:
    first = first_figures(store, SINCE, TODAY)
    assert not stay_ranges(first.spells)
    assert who_returned(first.spells).of == ()
    assert follow(first.flow) == ()


def outcomes(store: Store) -> None:
    for facts in (read_spells(store, TODAY), Facts(store, TODAY)):
        assert (found := stage_outcomes(facts, "residential")).people == 0
        assert not found.by_way


def owners(store: Store) -> None:
    assert [delays_by(read_everybody(store, TODAY), SINCE, owner) for owner in OWNERS] == [()] * len(OWNERS)


def doubts(store: Store) -> None:
    assert find_doubts(read_everybody(store, TODAY)) == []


def breakdown(store: Store) -> None:
    for way in WAYS:
        assert count_people(store, TODAY, "stage", way).people == {}


def month(store: Store) -> None:
    assert all(table.columns for table in month_tables(read_month(store, SINCE, TODAY)))


def places(store: Store) -> None:
    assert not any(table.rows for table in list_tables(read_place_lists(store, TODAY)))


@pytest.mark.parametrize(
    "asked",
    [counted, told_of_spells, outcomes, owners, doubts, breakdown, month, places],
    ids=lambda each: each.__name__,
)
def test_of_a_register_without_stages_or_people_it_tells_of_nobody(
    nothing: Store, asked: Callable[[Store], None]
) -> None:
    asked(nothing)
