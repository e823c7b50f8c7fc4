"""A narrowed programme rests on its own people's rates once ten of them have moved, else on everybody's: it says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from mhtracker.analysis.facts import Facts, read_spells
from mhtracker.analysis.ground import EVERYBODY, OWN, after_moves, ground_of
from mhtracker.analysis.hazards import Band
from mhtracker.analysis.programme import ProgrammeProgress, programme_progress, project
from mhtracker.analysis.scenarios import if_cleared, if_rate_were, rate_seen
from mhtracker.domain.counting.spells import Exit, Spell
from mhtracker.domain.records import Barrier, Person, Placement, Programme, ProgrammePerson, Team, new_id
from mhtracker.operations.programmes import start_programme
from mhtracker.store import FixedClock, Store, create_register

BASELINE, TODAY, CAME = date(2025, 4, 1), date(2026, 7, 14), date(2024, 1, 1)
TEN = BASELINE + timedelta(days=290)
"""By then ten of North have moved; three of the forty of South."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Of thirty of team North 15 moved, one every 29 days; of forty of South three did; North had three move before."""
    north, south = Team("north", "North"), Team("south", "South")
    people, records = [], []
    for number in range(73):
        team = north if number < 30 or number >= 70 else south
        person = Person(f"p{number}", f"R{number}", f"PRÓBA{number}", team_id=team.id)
        people.append(person)
        moved = None
        if number < 15 or 30 <= number < 33:
            moved = BASELINE + timedelta(days=29 * (number % 30 + 1))
        elif number >= 70:
            moved = BASELINE - timedelta(days=number)
        records.append(Placement(new_id(), person.id, "residential", CAME, moved))
        if moved is not None:
            records.append(Placement(new_id(), person.id, "supported", moved))
    held = [Barrier(new_id(), f"p{number}", "housing", BASELINE) for number in range(20, 60)]
    path: Path = tmp_path_factory.mktemp("ground") / "r.mhtracker"
    with create_register(path, who="Ann", clock=FixedClock(TODAY)) as store:
        with store.operation("Add") as work:
            work.add_many([north, south, *people, *records, *held])
        for name, rule in (("All", ""), ("North", "team=North"), ("South", "team=South")):
            start_programme(
                store, name=name, baseline_on=BASELINE, stage_ids=["residential"], aim_on=date(2028, 3, 31),
                aim_percent=50, rule=rule,
            )  # fmt: skip
        yield store


def stands(store: Store, name: str, day: date = TODAY) -> tuple[Programme, Facts, ProgrammeProgress]:
    (programme,) = store.find(Programme, name=name)
    facts = read_spells(store, day)
    return (
        programme,
        facts,
        programme_progress(facts, programme, store.find(ProgrammePerson, programme_id=programme.id)),
    )


def test_its_own_people_s_moves_since_the_baseline_are_its_rates(store):
    programme, facts, found = stands(store, "North")
    ground = ground_of(facts, programme, found.now)
    assert (ground.of, ground.since, ground.hazards.exits, ground.hazards.people) == (OWN, BASELINE, 15, 30)
    watched = sum(
        ((spell.ended_on or TODAY) - BASELINE).days
        for number in range(30)
        for spell in facts.spells[f"p{number}"]
        if spell.stage_id == "residential"
    )
    assert sum(band.watched_days for band in ground.hazards.bands) == watched
    seen = rate_seen(facts, found)
    assert (seen.moves, seen.watched_days) == (15, watched)
    assert found.forecast is not None
    assert found.forecast.words().endswith("The rates are of the programme’s own people since 1 Apr 2025.")
    assert (found.forecast.rates_of, found.forecast.exits) == (OWN, 15)


def test_a_programme_whose_people_move_rarely_is_not_forecast_to_move_as_others_do(store):
    (_, _, north), (programme, facts, everybody) = stands(store, "North"), stands(store, "All")
    waiting = [ProgrammePerson("c", each, "x", "residential") for each in north.now.waiting]
    as_all = programme_progress(facts, programme, waiting)
    assert as_all.forecast is not None
    assert north.forecast is not None
    more = north.forecast.last.middle - len(north.now.moved)
    assert more > as_all.forecast.last.middle, "the fifteen who wait, at the rates of everybody"
    assert everybody.forecast is not None
    assert (everybody.forecast.rates_of, everybody.forecast.whose) == (EVERYBODY, "")
    assert everybody.forecast.exits == 21, "of everybody, those of the three years too who moved before the baseline"


def test_under_ten_moves_everybody_s_rates_are_taken_and_the_forecast_says_so(store):
    programme, facts, found = stands(store, "South")
    ground = ground_of(facts, programme, found.now)
    assert (ground.of, ground.own_moves, ground.hazards.exits) == (EVERYBODY, 3, 21)
    assert found.forecast is not None
    assert found.forecast.whose == (
        "The rates are of everybody in these stages: of the programme’s own people only 3 moves onward since its "
        "baseline, under ten."
    )
    assert rate_seen(facts, found).moves == 21


def test_nine_of_its_own_are_too_few_and_ten_enough(store):
    before, then = stands(store, "North", TEN - timedelta(days=1)), stands(store, "North", TEN)
    assert [ground_of(facts, programme, found.now).of for programme, facts, found in (before, then)] == [EVERYBODY, OWN]
    assert ground_of(before[1], before[0], before[2].now).own_moves == 9


def test_scenarios_speak_of_the_same_people_as_the_forecast(store):
    _, facts, found = stands(store, "North")
    assert if_rate_were(facts, found, rate_seen(facts, found).a_year) == found.forecast
    told = {each.code: each for each in if_cleared(facts, found, ["housing"])}["housing"]
    assert len(told.held) == 10
    assert (told.with_it.moves, told.without_it.moves) == (0, 15), "South's forty and their moves are not in it"
    assert told.with_it.watched_days == 10 * (TODAY - BASELINE).days
    assert told.cleared is not None
    assert told.cleared.rates_of == OWN


def test_after_a_move_time_is_watched_until_somebody_comes_back_dies_or_leaves():
    moved = date(2026, 1, 1)

    def after(*later: tuple[str, date, date | None, Exit | None]) -> list[Spell]:
        before = Spell("p", "residential", CAME, moved, Exit.ONWARD, later[0][0])
        return [before, *(Spell("p", stage, start, end, way) for stage, start, end, way in later)]

    day = moved + timedelta(days=30)
    lives = [
        after(("supported", moved, None, None)),
        after(("supported", moved, day, Exit.LEFT)),
        after(("supported", moved, day, Exit.DIED)),
        after(("supported", moved, day, Exit.BACK), ("residential", day, TODAY, Exit.DIED)),
        after(("nursing", moved, day, Exit.ONWARD), ("independent", day, day + timedelta(days=5), Exit.LEFT)),
        after(("supported", moved, day, None)),
    ]
    levels = {"residential": 1, "nursing": 2, "supported": 3, "independent": 4}
    stages = frozenset({"residential", "nursing"})
    here = (TODAY - moved).days
    told = after_moves(lives[:4], stages, levels, CAME, TODAY)
    assert told == Band(0, None, here + 3 * 30, {Exit.LEFT: 1, Exit.DIED: 1, Exit.BACK: 1})
    # A higher stage of the programme is no coming back, and the move on from there is watched too, for five days.
    told = after_moves(lives, stages, levels, CAME, TODAY)
    assert told == Band(0, None, here + 3 * 30 + 35 + 5 + 30, {Exit.LEFT: 3, Exit.DIED: 1, Exit.BACK: 1})
    late = after_moves(lives, stages, levels, day, TODAY)
    assert late.left == {Exit.LEFT: 2}, "what was over by the first day counted is not seen"


def test_the_forecast_of_the_last_day_says_about_what_is(store):
    programme, facts, found = stands(store, "North", date(2026, 7, 14))
    soon = replace(programme, aim_on=TODAY + timedelta(days=1))
    told = project(facts, soon, found.now, found.cohort)
    assert told is not None
    assert told.last.low >= 14
    assert told.last.high <= 16
    assert [month.months for month in told.months] == [1]
    assert project(facts, replace(programme, aim_on=TODAY), found.now, found.cohort) is None
    later = project(facts, replace(programme, aim_on=date(2026, 9, 15)), found.now, found.cohort)
    assert later is not None
    assert len(later.months) == 3, "the third has begun"
