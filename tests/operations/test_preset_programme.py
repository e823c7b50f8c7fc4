"""The preset's programme in a new register: offered once, from the day it is started; and its paper's figures, kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mhtracker.domain.presets import PRESET_NAMES, ProgrammePlan
from mhtracker.domain.records import Programme, Stage
from mhtracker.operations.people import add_person
from mhtracker.operations.presets.files import read_preset
from mhtracker.operations.presets.giving import apply_preset
from mhtracker.operations.presets.kept import offered_programme, read_paper, read_plan
from mhtracker.operations.programmes import start_programme
from mhtracker.operations.settings import save_stage
from mhtracker.store import FixedClock, Store, create_register
from mhtracker.store.queries.history import list_operations
from mhtracker.store.telling.sentences import sentence
from mhtracker.store.telling.steps import step_words, tell_steps
from mhtracker.store.telling.values import Names

TODAY = date(2026, 7, 14)
PLAN = ProgrammePlan("Half", ("a", "b"), date(2010, 9, 14), date(2014, 3, 31), 50.0, plan="2011-09-14:10 2013-10-31:30")


def begun_as(path: Path, name: str) -> Store:
    store = create_register(path, who="Ann", clock=FixedClock(TODAY))
    apply_preset(store, read_preset(name))
    return store


def started(store: Store, plan: ProgrammePlan) -> Programme:
    return start_programme(
        store, name=plan.name, baseline_on=plan.baseline_on, stage_ids=plan.stage_ids, aim_on=plan.aim_on,
        aim_percent=plan.aim_percent, aim_people=plan.aim_people, plan=plan.plan,
    )  # fmt: skip


def test_a_plan_begun_later_has_its_aim_and_steps_as_far_ahead_as_the_paper_has_them():
    later = PLAN.begun_on(date(2026, 7, 14))
    assert later.baseline_on == date(2026, 7, 14)
    assert later.aim_on == date(2030, 1, 31), "42 months and 17 days"
    assert later.plan == "2027-07-14:10 2029-08-31:30"
    assert PLAN.begun_on(PLAN.baseline_on) == PLAN


def test_leicester_s_half_is_offered_from_today_until_it_is_started(tmp_path):
    with begun_as(tmp_path / "r.mhtracker", "moving-on") as store:
        plan = offered_programme(store, TODAY)
        assert plan is not None
        assert (plan.stage_ids, plan.aim_percent, plan.aim_on) == (("residential",), 50.0, date(2030, 1, 31))
        add_person(store, surname="Example", stage_id="residential", started_on=date(2020, 1, 1))
        made = started(store, plan)
        assert made.aim_on == date(2030, 1, 31)
        assert offered_programme(store, TODAY) is None
        store.undo()
        assert offered_programme(store, TODAY) == plan


@pytest.mark.parametrize("name", PRESET_NAMES)
def test_a_register_keeps_its_paper_and_offers_a_programme_only_where_the_paper_sets_one(tmp_path, name):
    preset = read_preset(name)
    with begun_as(tmp_path / "r.mhtracker", name) as store:
        assert read_paper(store) == preset.paper
        assert read_plan(store) == preset.programme
        assert (offered_programme(store, TODAY) is not None) == (name == "moving-on")
        store.undo()
        assert (read_paper(store), read_plan(store)) == (None, None)


def test_history_says_that_a_register_began_as_a_paper_without_printing_all_of_it(tmp_path):
    with begun_as(tmp_path / "r.mhtracker", "moving-on") as store:
        (line,) = list_operations(store, limit=1, with_changes=100)
        (step,) = tell_steps(store, [line])
        told = {change.record: sentence(Names(store), change) for change in line.changes}
    assert step_words(step).startswith("Setting “preset”: moving-on; Figures kept of its paper: Moving on, and ")
    assert told["preset_programme"] == "Programme to start: Moving On: half out of long-term residential care"


def test_a_stage_that_the_office_has_retired_is_no_part_of_what_is_offered(tmp_path):
    with begun_as(tmp_path / "r.mhtracker", "moving-on") as store:
        (stage,) = store.find(Stage, id="residential")
        save_stage(store, replace(stage, retired=True))
        assert offered_programme(store, TODAY) is None


def test_a_demo_has_its_programme_already_and_is_offered_none(registers):
    assert read_plan(registers["moving-on"]) == read_preset("moving-on").programme
    assert offered_programme(registers["moving-on"], TODAY) is None
