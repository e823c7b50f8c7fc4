"""A programme's rule is read as it was written, and what it leaves of a baseline is counted before it is set up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import Person, Placement, Team, new_id
from mhtracker.operations.programme_rules import read_rule, write_rule
from mhtracker.operations.programmes import baseline, count_baseline, start_programme
from mhtracker.store import FixedClock, Store, create_register
from mhtracker.store.queries.caseload import Filter

BASELINE, TODAY = date(2025, 4, 1), date(2026, 7, 14)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two of the team “North; evenings” and three of South in residential care at the baseline; one came since."""
    north, south = Team(new_id(), "North; evenings"), Team(new_id(), "South")
    people, stays = [], []
    for number in range(6):
        team = north if number in (0, 1, 5) else south
        person = Person(new_id(), f"R{number}", f"PRÓBA{number}", team_id=team.id)
        moved = date(2026, 1, 1) if number == 4 else None
        came = date(2024, 1, 1) if number < 5 else date(2026, 2, 1)
        people.append(person)
        stays.append(Placement(new_id(), person.id, "residential", came, moved))
        if moved is not None:
            stays.append(Placement(new_id(), person.id, "supported", moved))
    with create_register(tmp_path / "r.mhtracker", who="Ann", clock=FixedClock(TODAY)) as store:
        with store.operation("Add") as work:
            work.add_many([north, south, *people, *stays])
        yield store


@pytest.mark.parametrize(
    "filters",
    [
        (),
        (Filter("team", "=", "North"), Filter("age", "<", "65")),
        (Filter("team", "=", "North; evenings"), Filter("s117", "=", "yes")),
        (Filter("service", "!=", "A; B|C"), Filter("worker", "=", "")),
    ],
)
def test_a_rule_is_read_as_it_was_written_whatever_a_name_has_in_it(filters):
    assert read_rule(write_rule(filters)) == filters


def test_a_rule_that_begins_with_no_filter_is_refused_at_its_field():
    with pytest.raises(Invalid) as refused:
        read_rule("north; age<65")
    assert list(refused.value.problems) == ["rule"]
    assert read_rule("age<65; ") == (Filter("age", "<", "65"),)


def test_what_a_rule_leaves_is_counted_of_everybody_in_the_stages_then_and_as_it_would_be_today(store):
    everybody = count_baseline(store, ["residential"], BASELINE)
    assert (len(everybody.people), everybody.of, everybody.today) == (5, 5, 5)
    north = count_baseline(store, ["residential"], BASELINE, "team=North; evenings")
    assert (len(north.people), north.of, north.today) == (2, 5, 3)
    assert north.people == baseline(store, ["residential"], BASELINE, "team=North; evenings")
    assert baseline(store, ["residential"], TODAY, "team=North; evenings").keys() > north.people.keys()
    both = count_baseline(store, ["residential", "supported"], BASELINE, "team=South; age>200; ")
    assert (both.people, both.of, both.today) == ({}, 5, 0)


def test_a_rule_that_fits_nobody_is_refused_where_it_was_written(store):
    with pytest.raises(Invalid) as refused:
        start_programme(
            store, name="Half", baseline_on=BASELINE, stage_ids=["residential"], aim_on=date(2028, 3, 31),
            aim_percent=50, rule="team=South; s117=yes",
        )  # fmt: skip
    assert "Nobody whom this fits was in these stages" in refused.value.problems["rule"]
