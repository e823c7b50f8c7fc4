"""What a page counts of very many people from columns and lines is what looking at each person finds."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest

from mhtracker.analysis.columns.flow import lengths_by_stage
from mhtracker.analysis.columns.lines import lines_on, reviews_of
from mhtracker.analysis.delay_owners import OWNERS, count_delays_by, delays_by
from mhtracker.analysis.facts import read_everybody, read_spells
from mhtracker.analysis.flow import there
from mhtracker.analysis.held_up import count_stuck, who_is_stuck
from mhtracker.analysis.outcomes import stage_outcomes
from mhtracker.analysis.programme import programme_progress
from mhtracker.analysis.quality import QUESTIONS, count_doubts, find_doubts
from mhtracker.analysis.scenarios import if_cleared, rate_seen
from mhtracker.domain.counting.stay_lengths import stay_lengths
from mhtracker.domain.records import DueState, Person, Placement, Programme, ProgrammePerson, new_id
from mhtracker.operations.demo.making import make_demo
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, count_caseload
from mhtracker.store.queries.review_states import review_states
from mhtracker.store.queries.stuck import stay_lengths_by_stage
from tests.analysis.random_register import TODAY, make_random
from tests.store.registers import AS_AT, a_person, a_stay, add

DAYS = (TODAY, TODAY - timedelta(days=1), TODAY - timedelta(days=95), TODAY + timedelta(days=40))


@pytest.fixture(scope="module")
def anybody(tmp_path_factory):
    with make_random(tmp_path_factory.mktemp("random") / "register.mhtracker", 250, 3) as store:
        yield store


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    with make_demo(tmp_path_factory.mktemp("demo") / "demo.mhtracker", people=120, as_at=TODAY) as store:
        yield store


@pytest.fixture(params=["anybody", "demo"])
def store(request):
    return request.getfixturevalue(request.param)


def team_of(store):
    return next(person.team_id for person in store.find(Person) if person.team_id is not None)


@pytest.mark.parametrize("day", DAYS)
def test_doubts_are_those_of_each_person(store, day):
    for team_id in (None, team_of(store)):
        facts = read_everybody(store, day, team_id)
        assert find_doubts(facts) == count_doubts(facts)


def test_every_question_is_asked_of_people_in_doubt(anybody):
    """So that the test above says something of each."""
    found = find_doubts(read_everybody(anybody, TODAY))
    assert {each.key for each in found} == {each.key for each in QUESTIONS}
    assert all(0 < len(each.people) < each.of for each in found)


@pytest.mark.parametrize("owner", OWNERS)
def test_delays_by_owner_are_those_of_each_person(store, owner):
    for day in DAYS:
        for team_id in (None, team_of(store)):
            facts = read_everybody(store, day, team_id)
            from_on = day - timedelta(days=100)
            assert delays_by(facts, from_on, owner) == count_delays_by(facts, from_on, owner)
    assert len(delays_by(read_everybody(store, TODAY), date(2025, 1, 1), owner)) > 1


@pytest.mark.parametrize("day", DAYS)
def test_who_is_stuck_and_how_reviews_stand_are_as_each_line_says(store, day):
    facts = read_everybody(store, day)
    lengths = {
        stage: stay_lengths((s.days(day), s.ended_on is not None) for s in facts.all_spells() if s.stage_id == stage)
        for stage in facts.stages
    }
    for team_id in (None, team_of(store)):
        found = who_is_stuck(store, day, lengths, team_id)
        wanted = count_stuck(store, day, lengths, team_id)
        # A page asks for the first and how many: these must not need all, nor differ from them.
        assert (list(found[:3]), len(found)) == (wanted[:3], len(wanted))
        assert found.unexplained == sum(1 for each in wanted if each.barrier is None)
        assert found == wanted
        assert (list(found[2:5]), found[0], found[-1]) == (wanted[2:5], wanted[0], wanted[-1])
        in_date, soon, overdue, never = reviews_of(lines_on(store, day), team_id)
        states = review_states(store, day, team_id)
        assert in_date == tuple(sorted(who for who, state, _ in states if state == DueState.IN_DATE))
        assert overdue == tuple(sorted(who for who, state, _ in states if state == DueState.OVERDUE))
        assert never == tuple(sorted(who for who, state, first in states if state == DueState.OVERDUE and first))
        assert sorted((*in_date, *soon, *overdue)) == sorted(who for who, _, _ in states)
        assert overdue


def test_outcomes_of_a_stage_are_those_of_each_person(store):
    for day in DAYS:
        each, whole = read_everybody(store, day), read_spells(store, day)
        for stage_id in each.stages:
            for since in (None, day - timedelta(days=200)):
                assert stage_outcomes(whole, stage_id, since) == stage_outcomes(each, stage_id, since)
    assert stage_outcomes(read_spells(store, TODAY), "residential").by_way


def test_what_clearing_barriers_would_do_is_worked_out_as_from_each_person(anybody):
    began = TODAY - timedelta(days=400)
    stages = "residential nursing hospital"
    programme = Programme("half", "Half", began, TODAY + timedelta(days=300), stages, aim_percent=50.0)
    for team_id in (None, team_of(anybody)):
        each, whole = read_everybody(anybody, TODAY, team_id), read_spells(anybody, TODAY, team_id)
        cohort = [
            ProgrammePerson(new_id(), person_id, programme.id, spell.stage_id)
            for person_id, spells in each.spells.items()
            for spell in spells
            if spell.stage_id in stages and there(spell, began)
        ]
        found = programme_progress(each, programme, cohort)
        assert programme_progress(whole, programme, cohort) == found
        seen = rate_seen(each, found)
        assert seen.moves > 10
        assert rate_seen(whole, found) == seen
        codes = ("housing", "funding", "family")
        cleared = if_cleared(whole, found, codes)
        assert cleared == if_cleared(each, found, codes)
        assert any(one.with_it.moves and one.with_it.watched_days and one.held for one in cleared)


@pytest.mark.parametrize("day", DAYS)
def test_lengths_of_stay_from_columns_are_those_of_each_person(store, day):
    store.forget()
    one_by_one = stay_lengths_by_stage(store, day)
    assert one_by_one
    assert lengths_by_stage(store, day) is None, "few are counted one by one"
    assert lengths_by_stage(store, day, many=1) == one_by_one


def test_help_with_stays_leaves_the_lines_of_the_day_that_is_read(file_register):
    opened = file_register.open()
    stuck, other = a_person(), a_person("MHT-00002")
    moves_on = AS_AT + timedelta(days=10)
    add(opened, stuck, other, a_stay(stuck, start=AS_AT - timedelta(days=900), ended_on=moves_on))
    add(opened, a_stay(stuck, "independent", start=moves_on), a_stay(other, start=AS_AT))
    asked, day = CaseloadQuery((Filter("stuck", "=", "yes"),)), AS_AT - timedelta(days=5)
    assert count_caseload(opened, asked, day) == 1
    file_register.clock.day = moves_on + timedelta(days=10)
    opened.forget()
    opened.lengths_of = partial(lengths_by_stage, many=1)
    assert count_caseload(opened, asked, day) == 1


def test_a_store_that_is_helped_counts_anew_after_each_change_and_alone_again_without(anybody):
    anybody.forget()
    anybody.lengths_of = partial(lengths_by_stage, many=1)
    before = stay_lengths_by_stage(anybody, TODAY)
    person_id = anybody.find(Person)[0].id
    with anybody.operation("Add a stay") as work:
        work.save(
            Placement(new_id(), person_id, "hospital", TODAY - timedelta(days=9000), TODAY - timedelta(days=8990))
        )
    helped = stay_lengths_by_stage(anybody, TODAY)
    anybody.lengths_of = None
    assert helped["hospital"].people == before["hospital"].people + 1
    with anybody.operation("Put it right") as work:
        work.save(
            Placement(new_id(), person_id, "hospital", TODAY - timedelta(days=8000), TODAY - timedelta(days=7990))
        )
    assert stay_lengths_by_stage(anybody, TODAY)["hospital"].people == helped["hospital"].people + 1
