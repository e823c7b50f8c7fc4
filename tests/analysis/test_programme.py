"""A programme on a real register: its people are kept, and everybody is in one place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from mhtracker.analysis.facts import read_everybody, read_spells
from mhtracker.analysis.programme import programme_progress
from mhtracker.analysis.progress import build_progress
from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import Person, Placement, Programme, ProgrammePerson, new_id
from mhtracker.operations.demo.making import make_demo
from mhtracker.operations.programmes import baseline, change_aim, end_programme, start_programme
from mhtracker.store import Store, create_register
from mhtracker.store.clock import FixedClock

BASELINE, TODAY, AIM = date(2025, 4, 1), date(2026, 7, 14), date(2028, 3, 31)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with create_register(tmp_path / "r.mhtracker", who="Ann Example", clock=FixedClock(TODAY)) as store:
        yield store


def lived(store: Store, name: str, *stays: tuple[str, date, date | None], **facts: object) -> str:
    person = Person(new_id(), f"T-{name}", name, **facts)  # type: ignore[arg-type]
    with store.operation("Add") as work:
        work.add_many([person, *(Placement(new_id(), person.id, stage, start, end) for stage, start, end in stays)])
    return person.id


def a_programme(store: Store) -> Programme:
    return start_programme(
        store, name="Half", baseline_on=BASELINE, stage_ids=["residential"], aim_on=AIM, aim_percent=50
    )


def some_lives(store: Store) -> dict[str, str]:
    start, moved, back = date(2020, 1, 1), date(2025, 10, 1), date(2026, 3, 1)
    return {
        "moved": lived(store, "moved", ("residential", start, moved), ("supported", moved, None)),
        "returned": lived(
            store, "returned", ("residential", start, moved), ("supported", moved, back), ("residential", back, None)
        ),
        "waiting": lived(store, "waiting", ("residential", start, None)),
        "died": lived(store, "died", ("residential", start, back), died_on=back),
        "before": lived(store, "before", ("residential", start, BASELINE), ("supported", BASELINE, None)),
        "entered": lived(store, "entered", ("residential", moved, back), ("supported", back, None)),
    }


def test_everybody_of_the_baseline_is_in_one_place_and_a_return_is_not_counted(store):
    people = some_lives(store)
    programme = a_programme(store)
    facts = read_everybody(store, TODAY)
    found = programme_progress(facts, programme, store.find(ProgrammePerson, programme_id=programme.id))
    assert found.cohort == 4
    assert found.now.moved == (people["moved"],)
    assert set(found.now.waiting) == {people["waiting"], people["returned"]}
    assert found.now.gone == (people["died"],)
    assert found.percent == 25.0
    assert (found.entered, found.entered_moved) == ((people["entered"],), (people["entered"],))
    by_day = {each.day: len(each.moved) for each in found.months}
    assert by_day[date(2025, 9, 30)] == 0
    assert by_day[date(2025, 10, 31)] == by_day[date(2026, 2, 28)] == 2
    assert by_day[date(2026, 3, 31)] == 1
    assert found.forecast is None  # two moves onward are too few


def test_who_was_in_its_stages_on_the_baseline_day_never_came_after_it_though_the_programme_leaves_them_out(store):
    people = some_lives(store)
    programme = start_programme(
        store, name="Two", baseline_on=BASELINE, stage_ids=["residential", "supported"], aim_on=AIM, aim_percent=50
    )
    own = [each for each in store.find(ProgrammePerson, programme_id=programme.id) if each.person_id == people["died"]]
    for facts in (read_everybody(store, TODAY), read_spells(store, TODAY)):
        found = programme_progress(facts, programme, own)
        assert (found.cohort, found.entered) == (1, (people["entered"],))


def test_its_people_stay_whatever_is_recorded_of_that_day_later(store):
    some_lives(store)
    programme = a_programme(store)
    lived(store, "late", ("residential", date(2024, 1, 1), None))
    assert len(baseline(store, ["residential"], BASELINE)) == 5
    assert len(store.find(ProgrammePerson, programme_id=programme.id)) == 4


def test_another_aim_keeps_the_former_version_and_the_people(store):
    some_lives(store)
    former = a_programme(store)
    with pytest.raises(Invalid, match="why"):
        change_aim(store, former.id, aim_on=AIM, aim_percent=25, reason=" ")
    now = change_aim(store, former.id, aim_on=AIM, aim_percent=25, reason="Two services closed")
    assert now.replaces == former.id
    assert store.get(Programme, former.id).ended_on == TODAY
    assert {p.person_id for p in store.find(ProgrammePerson, programme_id=now.id)} == {
        p.person_id for p in store.find(ProgrammePerson, programme_id=former.id)
    }
    found = build_progress(store, date(2026, 4, 1), TODAY).programme
    assert found is not None
    assert found.programme.id == now.id
    assert found.aim == 1
    for chosen in (None, now.id, former.id):
        before = build_progress(store, date(2026, 4, 1), TODAY - timedelta(days=1), chosen).programme
        assert before is not None
        assert before.programme.id == former.id, "the day before had the former aim"
    looked_at = build_progress(store, date(2026, 4, 1), TODAY, former.id).programme
    assert looked_at is not None
    assert looked_at.programme.id == former.id, "an ended version stays to be looked at"
    store.undo()
    assert store.get(Programme, former.id).ended_on is None
    assert store.find(Programme) == [store.get(Programme, former.id)]


def test_an_ended_one_is_not_changed_again(store):
    some_lives(store)
    running = a_programme(store)
    with pytest.raises(Invalid) as caught:
        end_programme(store, running.id, ended_on=running.baseline_on - timedelta(days=1))
    assert set(caught.value.problems) == {"ended_on"}
    programme = end_programme(store, running.id)
    assert programme.ended_on == TODAY
    for again in (
        lambda: end_programme(store, programme.id),
        lambda: change_aim(store, programme.id, aim_on=AIM, reason="x"),
    ):
        with pytest.raises(Invalid, match="has ended"):
            again()


def test_the_demo_has_a_forecast_whose_band_holds_its_middle(tmp_path):
    with make_demo(tmp_path / "d.mhtracker", people=240, as_at=TODAY) as store:
        start_programme(
            store, name="Half", baseline_on=BASELINE, stage_ids=["residential", "nursing"], aim_on=AIM, aim_percent=50
        )
        found = build_progress(store, date(2026, 4, 1), TODAY).programme
    assert found is not None
    assert found.forecast is not None
    last = found.forecast.last
    assert len(found.now.moved) * 0.5 < last.low < last.middle < last.high <= found.cohort
    assert len(found.forecast.months) == 21
    assert [month.months for month in found.forecast.months] == list(range(1, 22))
