"""A stage is what it says it is, whatever a council calls it; older registers are known by their usual keys."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mhtracker.domain.legal.orders import dols_lost_in
from mhtracker.domain.lists.code_lists import CODE_LISTS
from mhtracker.domain.pathway import DEFAULT_STAGES
from mhtracker.domain.presets import PRESET_NAMES
from mhtracker.domain.records import LegalAndStatus, Service, Stage, StatusKind
from mhtracker.domain.stage_kinds import IN_CARE, StageKind, is_long_term, kind_of
from mhtracker.operations.presets.files import read_preset
from tests.places_at_hand import DAY

OWN = Stage("starling", "Starling Court", "S", "other", 45)


def test_every_kind_has_its_words_and_every_usual_stage_its_kind():
    assert [item.code for item in CODE_LISTS["stage_kind"]] == [kind.value for kind in StageKind]
    assert {kind_of(stage) for stage in DEFAULT_STAGES} >= IN_CARE - {StageKind.SHORT_STAY}
    assert all(kind_of(replace(stage, kind=None)) == kind_of(stage) for stage in DEFAULT_STAGES)
    assert kind_of(OWN) is None


def test_what_a_stage_says_goes_before_its_key():
    residential = next(stage for stage in DEFAULT_STAGES if stage.id == "residential")
    assert kind_of(replace(residential, kind="other")) == StageKind.OTHER
    assert kind_of(replace(OWN, kind="enablement")) == StageKind.ENABLEMENT


@pytest.mark.parametrize("name", PRESET_NAMES)
def test_every_stage_of_a_preset_says_what_it_is(name):
    assert all(stage.kind in set(StageKind) for stage in read_preset(name).stages)


@pytest.mark.parametrize(
    ("kind", "service_type", "said"),
    [
        ("supported", None, True), ("independent", None, True), (None, None, True), ("hospital", None, False),
        ("enablement", None, False), ("short_stay", None, False), ("enablement", "community", True),
        ("residential", "st_other", False),
    ],
)  # fmt: skip
def test_the_type_of_a_service_goes_before_the_stage(kind, service_type, said):
    assert is_long_term(replace(OWN, kind=kind), Service("s", "S", service_type=service_type)) is said
    assert is_long_term(replace(OWN, kind="supported", keeps_place=True), None) is False


def test_an_authorisation_reaches_a_care_home_that_a_council_calls_by_another_name():
    order = LegalAndStatus("d", "p", StatusKind.DOLS, "standard", DAY, expires_on=DAY.replace(year=DAY.year + 1))
    assert dols_lost_in(replace(OWN, kind="supported"), [order], DAY)
    assert not dols_lost_in(replace(OWN, kind="nursing"), [order], DAY)
