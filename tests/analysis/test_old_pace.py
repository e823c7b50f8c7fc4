"""The pace before a programme is counted as the programme is, a year earlier, and carried on without running out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mhtracker.analysis.facts import read_everybody, read_spells
from mhtracker.analysis.old_pace import OldPace
from mhtracker.analysis.programme import ProgrammeProgress, programme_progress
from mhtracker.domain.records import Person, Placement, ProgrammePerson, Team, new_id
from mhtracker.operations.programmes import start_programme
from mhtracker.reports.manager.programme_picture import trajectory_of
from mhtracker.store import FixedClock, Store, create_register

BEFORE, BASELINE, TODAY, AIM = date(2024, 4, 1), date(2025, 4, 1), date(2026, 7, 14), date(2028, 4, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with create_register(tmp_path / "r.mhtracker", who="Ann", clock=FixedClock(TODAY)) as store:
        with store.operation("Add") as work:
            work.save(Team("north", "North"))
        yield store


def live(store: Store, number: int, moved: date | None = None, back: date | None = None, died: date | None = None,
         came: date = date(2023, 1, 1)) -> None:  # fmt: skip
    person = Person(f"p{number}", f"R{number}", f"PRÓBA{number}", died_on=died, team_id="north")
    stays = [Placement(new_id(), person.id, "residential", came, moved)]
    if moved is not None:
        stays.append(Placement(new_id(), person.id, "supported", moved, back))
    if back is not None:
        stays.append(Placement(new_id(), person.id, "residential", back))
    with store.operation("Add") as work:
        work.add_many([person, *stays])


def in_the_year_before(store: Store, moved: int, waiting: int) -> None:
    """Besides: one came back in it, one died, one moved on after it, and one came in it and moved on too."""
    for number in range(moved):
        live(store, number, date(2024, 9, 1))
    for number in range(20, 20 + waiting):
        live(store, number)
    live(store, 50, date(2024, 9, 1), back=date(2025, 2, 1))
    live(store, 51, died=date(2024, 12, 24))
    live(store, 52, date(2025, 9, 1))
    live(store, 53, date(2025, 1, 1), came=date(2024, 6, 1))


def found(store: Store, rule: str = "", team: str | None = None) -> ProgrammeProgress:
    programme = start_programme(
        store, name=f"Half {rule}", baseline_on=BASELINE, stage_ids=["residential"], aim_on=AIM, aim_percent=50,
        rule=rule,
    )  # fmt: skip
    people = store.find(ProgrammePerson, programme_id=programme.id)
    told = programme_progress(read_spells(store, TODAY, team), programme, people)
    assert told == programme_progress(read_everybody(store, TODAY, team), programme, people)
    return told


def test_of_those_there_a_year_before_the_baseline_who_had_moved_on_and_stayed_on_by_it(store):
    in_the_year_before(store, 3, 9)
    told = found(store)
    assert told.old_pace == OldPace(BEFORE, BASELINE, 15, 3)
    # A fifth a year, of those who have not yet: 1 − 0.8³ of the eleven by the aim, three years on.
    assert told.cohort == 11
    assert told.old_pace.by(AIM, told.cohort) == pytest.approx(11 * (1 - 0.8**3), abs=0.01)
    assert told.old_pace.by(BASELINE, told.cohort) == 0
    assert told.old_pace.words(told.programme, told.cohort) == (
        "Old pace: of 15 people in these stages on 1 Apr 2024, 3 had moved on and stayed on by the baseline a year "
        "later. The same share a year of those still to move would be 5 of 11 by 1 Apr 2028."
    )
    line = trajectory_of(told, TODAY).old_pace
    assert (line[0], line[-1][0]) == ((BASELINE, 0.0), AIM)
    assert line[-1][1] == told.old_pace.by(AIM, told.cohort)


def test_it_never_moves_more_people_than_there_are(store):
    in_the_year_before(store, 12, 1)
    pace = found(store).old_pace
    assert pace is not None
    assert 95 < pace.by(date(2040, 4, 1), 100) < 100


def test_of_under_ten_people_a_year_in_which_nobody_moved_or_a_team_none_is_told(store):
    for number in range(9):
        live(store, number, date(2024, 9, 1) if number == 0 else None)
    assert found(store).old_pace is None
    live(store, 9)
    narrowed = found(store, "team=North")
    assert narrowed.old_pace == OldPace(BEFORE, BASELINE, 10, 1)
    assert "of everybody in these stages on 1 Apr 2024 (10), 1 had moved on" in narrowed.old_pace.words(
        narrowed.programme, narrowed.cohort
    )
    assert found(store, "team=North; s117=no", "north").old_pace is None
    assert trajectory_of(found(store, "s117=no", "north"), TODAY).old_pace == []


def test_where_nobody_moved_as_likely_nothing_was_recorded(store):
    for number in range(12):
        live(store, number)
    assert found(store).old_pace is None
