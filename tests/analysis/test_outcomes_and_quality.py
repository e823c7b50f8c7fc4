"""What became of people, whose delays they are, what is missing, and what would be if."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import pytest

from mhtracker.analysis.delay_owners import OWNERS, delays_by
from mhtracker.analysis.facts import read_everybody, read_spells
from mhtracker.analysis.ground import ground_of
from mhtracker.analysis.outcomes import stage_outcomes
from mhtracker.analysis.programme import programme_progress, project
from mhtracker.analysis.progress import build_progress
from mhtracker.analysis.quality import HARMS, find_doubts
from mhtracker.analysis.scenarios import (
    ANY,
    TOO_FEW,
    if_cleared,
    if_rate_were,
    rate_needed,
    rate_seen,
    share_in_a_year,
    why_no_forecast,
    why_no_rate,
)
from mhtracker.domain.counting.spells import Exit
from mhtracker.domain.records import (
    Barrier,
    LegalAndStatus,
    Person,
    Placement,
    ProgrammePerson,
    Record,
    StatusKind,
    new_id,
)
from mhtracker.operations.demo.making import make_demo
from mhtracker.operations.programmes import start_programme
from mhtracker.store import FixedClock, create_register

TODAY, SINCE = date(2026, 7, 14), date(2023, 7, 14)
BASELINE, AIM = date(2025, 7, 14), date(2028, 7, 14)


def lives(free: int, freed: int, held: int) -> list[Record]:
    """Residents: `free` who moved on after a year and a half, `freed` of whom come later; `held` are still held up."""
    records: list[Record] = []
    for number in range(free + freed + held):
        person = Person(f"p{number:03}", f"R{number:03}", f"PRÓBA-{number:03}")
        began = date(2023, 8, 1) + timedelta(days=number % 300)
        moved = began + timedelta(days=500 + number) if number < free else None
        moved = moved if moved is not None and moved < TODAY else None
        records += [
            person,
            Placement(new_id(), person.id, "residential", began, moved, planned=True if moved else None),
        ]
        if moved is not None:
            records.append(Placement(new_id(), person.id, "supported", moved))
        if number >= free + freed:
            records.append(
                Barrier(
                    new_id(),
                    person.id,
                    "offer",
                    began + timedelta(days=30),
                    attributable="health" if number % 2 else "",
                )
            )
    return records


@pytest.fixture(scope="module")
def held_up(tmp_path_factory):
    """A register where those held up never move, and a programme over it."""
    path = tmp_path_factory.mktemp("held") / "r.mhtracker"
    with create_register(path, who="Ann", clock=FixedClock(TODAY)) as store:
        with store.operation("Add") as work:
            records = lives(60, 60, 60)
            work.add_many([each for each in records if isinstance(each, Person)])
            work.add_many([each for each in records if not isinstance(each, Person)])
        programme = start_programme(
            store, name="Half", baseline_on=BASELINE, stage_ids=["residential"], aim_on=AIM, aim_percent=50
        )
        yield store, programme, read_everybody(store, TODAY)


def progress_of(held_up):
    store, programme, facts = held_up
    return programme_progress(facts, programme, store.find(ProgrammePerson, programme_id=programme.id))


def test_the_rate_seen_is_moves_over_years_of_people(held_up):
    rate = rate_seen(held_up[2], progress_of(held_up))
    spells = [s for s in held_up[2].all_spells() if s.stage_id == "residential"]
    assert rate.moves == sum(s.exit == Exit.ONWARD for s in spells)
    assert rate.watched_days == sum((s.days(TODAY) - max(0, (SINCE - s.started_on).days)) for s in spells)


def test_a_scenario_that_changes_nothing_is_the_forecast_itself(held_up):
    found = progress_of(held_up)
    assert if_rate_were(held_up[2], found, rate_seen(held_up[2], found).a_year) == found.forecast


def test_a_higher_rate_moves_more_and_the_rate_needed_just_meets_the_aim(held_up):
    found = progress_of(held_up)
    seen = rate_seen(held_up[2], found).a_year
    higher, lower = (if_rate_were(held_up[2], found, seen * times) for times in (2, 0.5))
    assert higher.last.middle > found.forecast.last.middle > lower.last.middle
    needed = rate_needed(held_up[2], found)
    assert needed is not None
    assert if_rate_were(held_up[2], found, needed).last.middle >= found.aim
    assert if_rate_were(held_up[2], found, round(needed - 0.1, 1)).last.middle < found.aim


def test_another_aim_leaves_the_forecast_as_it_was(held_up):
    store, programme, facts = held_up
    people = store.find(ProgrammePerson, programme_id=programme.id)
    bolder = programme_progress(facts, replace(programme, id=new_id(), aim_percent=80), people)
    assert bolder.aim > progress_of(held_up).aim
    assert bolder.forecast == progress_of(held_up).forecast


def test_clearing_what_holds_people_up_moves_more_of_them_and_nobody_else(held_up):
    found = progress_of(held_up)
    (every, offer) = if_cleared(held_up[2], found, ["offer", "arrears"])
    assert (every.code, offer.code) == (ANY, "offer")
    assert set(offer.held) <= set(found.now.waiting)
    assert offer.with_it.moves == 0
    assert offer.cleared.last.middle > offer.as_is.last.middle + 5
    assert every.cleared == offer.cleared


def test_a_barrier_known_for_too_short_a_time_is_refused_in_words(tmp_path):
    with create_register(tmp_path / "r.mhtracker", who="Ann", clock=FixedClock(TODAY)) as store:
        with store.operation("Add") as work:
            records = lives(60, 60, 2)
            work.add_many([each for each in records if isinstance(each, Person)])
            work.add_many([each for each in records if not isinstance(each, Person)])
        programme = start_programme(
            store, name="Half", baseline_on=BASELINE, stage_ids=["residential"], aim_on=AIM, aim_percent=50
        )
        facts = read_everybody(store, TODAY)
        found = programme_progress(facts, programme, store.find(ProgrammePerson))
        scenario = if_cleared(facts, found, ["offer"])[-1]
    assert scenario.cleared is None
    assert "too short a time" in scenario.why_not


def test_no_scenario_moves_more_than_are_waiting_and_a_rate_is_no_share(held_up):
    found = progress_of(held_up)
    at_most = if_rate_were(held_up[2], found, 100)
    assert at_most.last.high <= len(found.now.moved) + len(found.now.waiting)
    # Two years at a hundred moves for every hundred people waiting, over a year: not all, since fewer are left to move.
    waited = len(found.now.waiting) * (1 - math.exp(-2))
    assert at_most.last.middle <= len(found.now.moved) + waited + 3
    assert share_in_a_year(100) == pytest.approx(0.632, abs=0.001)
    assert share_in_a_year(10) == pytest.approx(0.095, abs=0.001)


def test_why_no_rate_is_told_is_the_day_or_the_few_moves_or_that_none_would_do(held_up):
    store, programme, _ = held_up
    people = store.find(ProgrammePerson, programme_id=programme.id)
    told = {}
    for day in (date(2024, 12, 20), TODAY, AIM, AIM + timedelta(days=1)):
        facts = read_spells(store, day)
        found = programme_progress(facts, replace(programme, aim_percent=100.0), people)
        seen, needed = rate_seen(facts, found), rate_needed(facts, found)
        told[day] = why_no_rate(found, seen, needed, day)
        assert bool(why_no_forecast(found, seen, day)) == (found.forecast is None)
        for each in if_cleared(facts, found, ["offer"]):
            assert each.why_not or each.cleared is not None
            assert ("aim’s day" in each.why_not) == (day >= AIM)
    few, none_would, come, passed = told.values()
    assert few == TOO_FEW
    assert none_would == "Even 100 moves for every 100 people waiting, over a year, would not be enough."
    assert "14 Jul 2028, has come," in come
    assert "14 Jul 2028, has passed," in passed
    found = progress_of(held_up)
    assert why_no_rate(found, rate_seen(held_up[2], found), rate_needed(held_up[2], found), TODAY) == ""


def test_one_move_without_a_barrier_is_told_as_one(tmp_path):
    with create_register(tmp_path / "r.mhtracker", who="Ann", clock=FixedClock(TODAY)) as store:
        with store.operation("Add") as work:
            records = lives(1, 3, 20)
            work.add_many([each for each in records if isinstance(each, Person)])
            work.add_many([each for each in records if not isinstance(each, Person)])
        programme = start_programme(
            store, name="Half", baseline_on=date(2024, 1, 1), stage_ids=["residential"], aim_on=AIM, aim_percent=50
        )
        facts = read_spells(store, TODAY)
        found = programme_progress(facts, programme, store.find(ProgrammePerson))
        told = if_cleared(facts, found, ["offer"])[-1]
    assert told.why_not == "Only 1 move onward seen of people whom it did not hold up, too few to say."


def test_scenarios_stand_on_the_same_ground(held_up):
    _, programme, facts = held_up
    found = progress_of(held_up)
    ground = ground_of(facts, programme, found.now)
    assert project(facts, programme, found.now, found.cohort, ground=ground) == found.forecast


def test_outcomes_tell_the_share_in_each_way_and_who_was_at_risk(held_up):
    found = stage_outcomes(held_up[2], "residential")
    onward = found.by_way[Exit.ONWARD]
    assert onward.enough
    assert onward.at(499)[0] == 0
    share, low, high = onward.at(900)
    assert 0 < low < share < high < 1
    assert found.people == 180
    assert found.at_risk(1) >= found.at_risk(400) >= found.at_risk(700)
    assert stage_outcomes(held_up[2], "hospital").people == 0


def test_of_a_way_out_that_none_took_so_far_it_says_how_many_might(held_up):
    found = stage_outcomes(held_up[2], "residential")
    share, low, high = found.at(Exit.ONWARD, 183)
    # All 180 are still watched then, but for those who came later or were seen from later on.
    fewest = min(found.at_risk(day) for day in range(1, 184))
    assert (share, low) == (0, 0)
    assert high == pytest.approx(1 - 0.025 ** (1 / fewest))
    assert 0.01 < high < 0.05
    assert found.at(Exit.ONWARD, 900) == found.by_way[Exit.ONWARD].at(900)
    few = replace(found, watched_from=[0, 0, 40], watched_to=[10, 60, 60])
    assert few.at(Exit.ONWARD, 30)[2] == pytest.approx(1 - 0.025)


def test_a_stage_soon_over_is_told_by_days_and_weeks(held_up):
    long = stage_outcomes(held_up[2], "residential")
    assert long.marks() == (365, 730)
    short = replace(long, watched_from=[0] * 4, watched_to=[20, 50, 90, 115])
    assert short.marks() == (14, 28, 56, 91)
    assert replace(short, watched_to=[2, 3, 4, 5]).marks() == (5,)
    assert replace(short, watched_from=[], watched_to=[]).marks() == ()


def test_a_stay_begun_before_the_watch_counts_from_then_on(held_up):
    late = stage_outcomes(held_up[2], "residential", date(2025, 2, 15))
    assert late.people < 180
    assert late.by_way[Exit.ONWARD].exits < stage_outcomes(held_up[2], "residential").by_way[Exit.ONWARD].exits


@pytest.mark.parametrize("owner", OWNERS)
def test_delays_by_owner_are_the_delays_there_are(held_up, owner):
    store, _, facts = held_up
    found = delays_by(facts, date(2026, 4, 1), owner)
    whole = build_progress(store, date(2026, 4, 1), TODAY)
    assert sum(each.days for each in found) == whole.delayed_days == 60 * 105
    assert {p for each in found for p in each.people} == set(whole.delayed_people)
    if owner == "attributable":
        assert [(each.key, each.days) for each in found] == [("", 30 * 105), ("health", 30 * 105)]


def test_what_is_missing_is_ranked_by_the_report_it_harms_and_names_its_people(tmp_path):
    with make_demo(tmp_path / "demo.mhtracker", people=120, as_at=TODAY) as store:
        facts = read_everybody(store, TODAY)
        doubts = find_doubts(facts)
        order = [key for key, _ in HARMS]
        ranks = [order.index(doubt.harms) for doubt in doubts]
        assert ranks == sorted(ranks)
        lacking = {p.id for p in store.find(Person) if not p.nhs_number} & facts.on_pathway
        assert set(next(d.people for d in doubts if d.key == "nhs_number")) == lacking
        assert all(set(d.people) <= facts.on_pathway and len(d.people) <= d.of for d in doubts)


def test_a_status_from_before_the_last_move_is_doubted_until_it_is_recorded_anew(tmp_path):
    moved = date(2026, 1, 5)
    with create_register(tmp_path / "r.mhtracker", who="Ann", clock=FixedClock(TODAY)) as store:
        person = Person(new_id(), "R1", "PRÓBA")
        old = LegalAndStatus(new_id(), person.id, StatusKind.ACCOMMODATION, "care_home", date(2020, 1, 1))
        with store.operation("Add") as work:
            work.add_many([person, Placement(new_id(), person.id, "supported", moved), old])
        assert "accommodation_old" in {d.key for d in find_doubts(read_everybody(store, TODAY))}
        with store.operation("Add") as work:
            work.save(LegalAndStatus(new_id(), person.id, StatusKind.ACCOMMODATION, "supported", moved))
        assert "accommodation_old" not in {d.key for d in find_doubts(read_everybody(store, TODAY))}


def test_nobody_s_facts_give_no_doubts(tmp_path):
    with create_register(tmp_path / "r.mhtracker", who="Ann", clock=FixedClock(TODAY)) as store:
        assert find_doubts(read_everybody(store, TODAY)) == []
