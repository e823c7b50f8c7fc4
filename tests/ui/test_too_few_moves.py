"""Under ten moves onward Progress says that they are too few, and nothing else; from ten on it forecasts."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from mhtracker.analysis.in_words import told
from mhtracker.domain.records import Person, Placement, new_id
from mhtracker.operations.programmes import start_programme
from mhtracker.store import FixedClock, create_register
from mhtracker.ui.manager.reading import Asked, read_first, read_rest
from mhtracker.ui.manager.shares import number_of, share_of

TODAY, CAME = date(2026, 7, 14), date(2024, 1, 1)


@pytest.mark.parametrize("moved", [9, 10])
def test_nine_moves_are_too_few_and_ten_are_enough(tmp_path: Path, moved: int) -> None:
    people = [Person(new_id(), f"R{number}", f"PRÓBA{number}") for number in range(20)]
    stays = []
    for number, person in enumerate(people):
        left = date(2025, 6, 1) + timedelta(days=number) if number < moved else None
        stays.append(Placement(new_id(), person.id, "residential", CAME, left))
        if left is not None:
            stays.append(Placement(new_id(), person.id, "supported", left))
    with create_register(tmp_path / "r.mhtracker", who="Ann", clock=FixedClock(TODAY)) as store:
        with store.operation("Add") as work:
            work.add_many([*people, *stays])
        start_programme(
            store, name="Most", baseline_on=date(2025, 4, 1), stage_ids=["residential"], aim_on=date(2028, 3, 31),
            aim_people=15,
        )  # fmt: skip
        figures = read_rest(store, read_first(store, TODAY, Asked()))
    shown, share = number_of("forecast", figures), share_of("forecast", figures)
    assert shown is not None
    assert share is not None
    assert figures.progress is not None
    refused = moved < 10
    assert (shown[0] == "–", shown[3] == "Too few moves to say") == (refused, refused)
    assert ("Too few have moved on to say where it leads" in share.definition) == refused
    assert ("Likely" in told(figures.progress)) == (not refused)


def test_once_the_day_of_the_aim_has_come_that_is_why_there_is_no_forecast(tmp_path: Path) -> None:
    person, aim_on = Person(new_id(), "R1", "PRÓBA"), date(2026, 4, 1)
    with create_register(tmp_path / "r.mhtracker", who="Ann", clock=FixedClock(TODAY)) as store:
        with store.operation("Add") as work:
            work.add_many([person, Placement(new_id(), person.id, "residential", CAME)])
        start_programme(
            store, name="Most", baseline_on=date(2025, 4, 1), stage_ids=["residential"], aim_on=aim_on, aim_people=1
        )
        shown, told_of = {}, {}
        for day in (aim_on - timedelta(days=1), aim_on, TODAY):
            figures = read_rest(store, read_first(store, day, Asked()))
            number, share = number_of("forecast", figures), share_of("forecast", figures)
            assert number is not None
            assert share is not None
            shown[day], told_of[day] = number[3], "1 Apr 2026, has come" in share.definition
    assert list(shown.values()) == ["Too few moves to say", "That day has come", "That day has come"]
    assert list(told_of.values()) == [False, True, True]
