"""The office: services, workers, teams, stages, code lists and rules."""

from dataclasses import replace
from datetime import date

import pytest

from mhtracker.domain.errors import Conflict, Invalid
from mhtracker.domain.records import CodeItem, Provider, Service, Stage, Team, Worker
from mhtracker.domain.reviewing.due import ReviewRules
from mhtracker.operations import settings
from mhtracker.operations.places import services
from mhtracker.store.queries.person import build_case_summary
from tests.operations.conftest import TODAY


def refused(function, *args, **kwargs):
    with pytest.raises(Invalid) as caught:
        function(*args, **kwargs)
    return caught.value.problems


def test_a_provider_named_twice_is_one(case):
    assert [provider.name for provider in case.store.find(Provider)] == ["Tidewater Support"]
    assert "name" in refused(services.add_service, case.store, name="canal  VIEW")
    assert len(case.store.find(Service)) == 2


def test_an_import_finds_what_is_known_and_makes_what_is_not(case):
    with case.store.operation("Import") as work:
        known = services.find_or_add_service(work, "CANAL VIEW")
        made = services.find_or_add_service(work, " Elm House ", provider="tidewater support", stage_id="residential")
        worker = services.find_or_add_worker(work, "Rasmus Ffug", team="recovery north")
        same = services.find_or_add_worker(work, "RASMUS FFUG")
    assert known.id == case.canal_view.id
    assert (made.name, made.provider_id) == ("Elm House", case.canal_view.provider_id)
    assert (worker.id, len(case.store.find(Team)), len(case.store.find(Worker))) == (same.id, 1, 2)


def test_a_name_of_spaces_is_refused_by_every_one(store):
    for add in (services.add_service, services.add_worker, services.add_team):
        assert set(refused(add, store, name="  ")) == {"name"}


def test_facts_of_the_office_are_changed_and_undone(case):
    services.edit_service(case.store, case.canal_view.id, base=case.canal_view, locality="North")
    with pytest.raises(Conflict):
        services.edit_service(case.store, case.canal_view.id, base=case.canal_view, locality="South")
    assert "name" in refused(services.edit_service, case.store, case.canal_view.id, name="Step House")
    services.edit_worker(case.store, case.worker.id, role="Manager")
    services.rename_team(case.store, case.store.find(Team)[0].id, name="Recovery South")
    services.rename_provider(case.store, case.store.find(Provider)[0].id, name="Tidewater")
    summary = build_case_summary(case.store, case.id, TODAY)
    assert summary.current.provider.name == "Tidewater"
    assert "left_on" in refused(services.worker_left, case.store, case.worker.id, left_on=date(2026, 7, 15))
    assert services.worker_left(case.store, case.worker.id, left_on=TODAY).left_on == TODAY


def test_review_rules_hold_for_everybody_at_once_and_undo(case):
    settings.save_review_rules(case.store, ReviewRules(first_days=42))
    assert case.store.review_rules() == ReviewRules(first_days=42)
    assert build_case_summary(case.store, case.id, TODAY).review.due.due_on == date(2026, 6, 1)
    assert case.store.next_undo().label == "Change review rules"
    case.store.undo()
    assert case.store.review_rules() == ReviewRules()
    assert set(refused(settings.save_review_rules, case.store, ReviewRules(first_days=0))) == {"first_days"}
    assert settings.preview_review_rules(ReviewRules(first_days=84)).cautions


def test_the_council_s_name_is_a_setting(store):
    settings.change_setting(store, "council", " Northmoor\x00 Council ")
    assert store.council == "Northmoor Council"
    settings.change_setting(store, "council", "Northmoor")
    assert store.council == "Northmoor"
    store.undo()
    assert store.council == "Northmoor Council"


def test_a_council_adds_its_own_stage_between_others(store):
    stage = settings.save_stage(store, Stage("supported_24", "24-hour supported", "T", "supported", 45))
    assert [each.id for each in store.stages()][3:6] == ["enablement", "supported_24", "supported"]
    assert "id" in refused(settings.save_stage, store, replace(stage, version=0, level=46, label="Other"))
    assert settings.save_stage(store, replace(stage, limit_days=365)).limit_days == 365


def test_a_stage_people_are_in_is_not_retired(case):
    stages = {stage.id: stage for stage in case.store.stages()}
    assert set(refused(settings.save_stage, case.store, replace(stages["enablement"], retired=True))) == {"retired"}
    assert settings.save_stage(case.store, replace(stages["nursing"], retired=True)).retired


def test_a_code_is_added_last_and_used(case):
    item = settings.save_code(case.store, CodeItem("", "slip_reason", "flood", "Flood"))
    assert (item.id, item.position) == ("slip_reason/flood", 19)
    assert case.store.codes("slip_reason")[-1].label == "Flood"
    assert "code" in refused(settings.save_code, case.store, CodeItem("", "slip_reason", "flood", "Other flood"))
    retired = settings.save_code(case.store, replace(item, valid_to=TODAY))
    assert (retired.position, retired.valid_to) == (19, TODAY)
