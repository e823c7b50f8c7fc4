"""Readmission, death and leaving compete with moving on; a transfer to another service of the stage is no way out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from mhtracker.analysis.facts import Facts, read_everybody
from mhtracker.analysis.incidence import Time, one_minus_kaplan_meier
from mhtracker.analysis.outcomes import stage_outcomes
from mhtracker.domain.counting.spells import Exit
from mhtracker.domain.records import Person, Placement, new_id
from mhtracker.store import FixedClock, create_register

TODAY, CAME = date(2026, 7, 14), date(2024, 7, 14)
HOW_MANY = {"onward": 12, "readmitted": 10, "died": 10, "elsewhere": 10, "transferred": 10}
DAYS = {"readmitted": 100, "died": 200, "elsewhere": 300, "onward": 400, "transferred": 50}
"""Whoever moves on does so last, so that what competes has happened before."""


def lived(way: str, number: int) -> Iterator[Person | Placement]:
    left = CAME + timedelta(days=DAYS[way])
    died_on, left_on = (left if way == each else None for each in ("died", "elsewhere"))
    person = Person(
        new_id(), f"{way}-{number}", f"PRÓBA-{way}", died_on=died_on, left_on=left_on,
        left_reason="moved_area" if left_on else "died" if died_on else None,
    )  # fmt: skip
    yield person
    yield Placement(new_id(), person.id, "residential", CAME, left)
    to = {"onward": "supported", "readmitted": "hospital", "transferred": "residential"}.get(way)
    if to is not None:
        yield Placement(new_id(), person.id, to, left)


@pytest.fixture
def facts(tmp_path: Path) -> Iterator[Facts]:
    with create_register(tmp_path / "r.mhtracker", who="Ann", clock=FixedClock(TODAY)) as store:
        records = [each for way, many in HOW_MANY.items() for number in range(many) for each in lived(way, number)]
        with store.operation("Add") as work:
            work.add_many([each for each in records if isinstance(each, Person)])
            work.add_many([each for each in records if isinstance(each, Placement)])
        yield read_everybody(store, TODAY)


def test_each_way_out_has_the_share_that_took_it_and_whoever_was_transferred_is_still_there(facts):
    found = stage_outcomes(facts, "residential", CAME)
    people = sum(HOW_MANY.values())
    assert found.people == people
    ways = {Exit.ONWARD: "onward", Exit.BACK: "readmitted", Exit.DIED: "died", Exit.LEFT: "elsewhere"}
    shares = {way: found.by_way[way].at(500)[0] for way in ways}
    assert shares == pytest.approx({way: HOW_MANY[name] / people for way, name in ways.items()})
    assert 1 - sum(shares.values()) == pytest.approx(HOW_MANY["transferred"] / people)
    watched = [found.at_risk(day) for day in (0, 1, 100, 101, 301, 400, 401, 730)]
    assert watched == [52, 52, 52, 42, 22, 22, 10, 10], "those who stay are watched after the last who left"
    assert found.at_risk(731) == 0


def test_taking_the_others_for_people_who_might_still_move_on_would_say_more_than_twice_as_much(facts):
    spells = [spell for spell in facts.all_spells() if spell.stage_id == "residential"]
    _, said = one_minus_kaplan_meier([Time(spell.days(TODAY), spell.exit) for spell in spells], Exit.ONWARD)
    share, _, _ = stage_outcomes(facts, "residential", CAME).by_way[Exit.ONWARD].at(500)
    # 22 were left to move on, of whom 12 did.
    assert said[-1] == pytest.approx(12 / 22)
    assert said[-1] > 2 * share
