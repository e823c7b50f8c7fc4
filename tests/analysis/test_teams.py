"""A team's figures are those of a register that has its people alone; who is stuck is measured as everybody is."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from mhtracker.analysis.breakdown import count_people
from mhtracker.analysis.delay_owners import OWNERS, delays_by
from mhtracker.analysis.facts import read_everybody, read_spells
from mhtracker.analysis.outcomes import stage_outcomes
from mhtracker.analysis.progress import build_progress
from mhtracker.analysis.quality import find_doubts
from mhtracker.domain.records import Person, Team
from mhtracker.operations.demo.making import make_demo

TODAY = date(2026, 7, 14)
FROM = date(2025, 4, 1)
THE_SAME = ("flow", "lengths", "delays", "delayed_people", "delayed_days", "reviews", "measures", "returns", "money")


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """A demo register, its largest team, and the same register where everybody else was entered by mistake."""
    folder = tmp_path_factory.mktemp("teams")
    whole = make_demo(folder / "whole.mhtracker", people=120, as_at=TODAY)
    alone = make_demo(folder / "alone.mhtracker", people=120, as_at=TODAY)
    team_id = Counter(person.team_id for person in whole.find(Person)).most_common(1)[0][0]
    with alone.operation("Only one team") as work:
        for person in alone.find(Person):
            if person.team_id != team_id:
                work.save(replace(person, left_on=date(2000, 1, 1), left_reason="error"))
    with whole, alone:
        assert isinstance(whole.get(Team, team_id), Team)
        yield whole, alone, team_id


@pytest.mark.parametrize("day", [TODAY, date(2026, 3, 31)])
def test_a_team_s_figures_are_those_of_a_register_of_its_people(both, day):
    whole, alone, team_id = both
    of_team, of_alone = build_progress(whole, FROM, day, team_id=team_id), build_progress(alone, FROM, day)
    for name in THE_SAME:
        assert getattr(of_team, name) == getattr(of_alone, name), name
    assert of_team.team_id == team_id
    everything = build_progress(whole, FROM, day)
    assert 0 < len(of_team.money.of) < len(everything.money.of)
    assert everything.flow != of_team.flow


def test_who_is_stuck_in_a_team_is_who_is_stuck_of_its_people(both):
    whole, _, team_id = both
    everybody = build_progress(whole, FROM, TODAY).stuck
    theirs = tuple(each for each in everybody if whole.get(Person, each.person_id).team_id == team_id)
    assert 0 < len(theirs) < len(everybody)
    assert build_progress(whole, FROM, TODAY, team_id=team_id).stuck == theirs


def test_a_programme_is_the_whole_register_s_whichever_team_is_asked_for(both):
    whole, _, team_id = both
    of_team = build_progress(whole, FROM, TODAY, team_id=team_id).programme
    assert of_team is not None
    assert of_team == build_progress(whole, FROM, TODAY).programme


def test_outcomes_quality_owners_and_breakdown_are_a_team_s_too(both):
    whole, alone, team_id = both
    facts, wanted = read_everybody(whole, TODAY, team_id), read_everybody(alone, TODAY)
    assert find_doubts(facts) == find_doubts(wanted)
    for owner in OWNERS:
        assert delays_by(facts, FROM, owner) == delays_by(wanted, FROM, owner)
    of_team = stage_outcomes(read_spells(whole, TODAY, team_id), "residential")
    assert of_team == stage_outcomes(read_spells(alone, TODAY), "residential")
    assert count_people(whole, TODAY, "stage", "age", team_id=team_id) == count_people(alone, TODAY, "stage", "age")


def test_a_team_of_nobody_has_figures_of_nobody(both):
    whole, _, _ = both
    found = build_progress(whole, FROM, TODAY, team_id="none such")
    assert (tuple(found.stuck), found.delays, found.returns, found.money.of) == ((), (), (0, 0), {})
    assert not any(each.opening or each.came or each.closing for each in found.flow.stages)
