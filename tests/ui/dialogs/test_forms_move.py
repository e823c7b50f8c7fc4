"""The move form, filled in as a person fills it in."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from mhtracker.domain.records import MoveOnPlan, Person, Placement, Service
from mhtracker.operations.people import add_person
from mhtracker.store.drafts import get_draft, list_drafts
from mhtracker.ui.choice_edit import Typed


@pytest.fixture
def form(window, page, settled):
    """The move form, its data there."""
    window.run_command("move")
    settled(window)
    return window.body.panel


def type_date(form, name, typed):
    line = form.form.editors[name].line
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, typed)


def choose(form, name, value):
    form.form.editors[name].set_value(value)
    form.form.editors[name].edited.emit()
    form.form.editors[name].settled.emit()


def fill(form, *, left="today", started="today", stage="supported"):
    type_date(form, "left_on", left)
    choose(form, "planned", True)
    choose(form, "reason_code", "ready")
    choose(form, "stage_id", stage)
    type_date(form, "started_on", started)


def stays(read, line):
    found = read(lambda store: store.find(Placement, person_id=line.person_id))
    return sorted(found, key=lambda stay: stay.started_on)


def foretold(form):
    return [line.accessibleName() for line in form.info._lines]


def test_the_person_stands_on_top_and_the_present_stay_is_named(form, page, line):
    assert form.accessibleName().startswith("Record a move, ")
    assert page.summary.person.surname.upper() in form.person_line.accessibleName()
    leaving = next(each for each in form.form.findChildren(QWidget) if " since " in each.accessibleName())
    assert line.service in leaving.accessibleName()


def test_recording_ends_one_stay_and_begins_the_next_in_one_step(window, form, line, settled, read):
    fill(form)
    form.record()
    settled(window)
    before, now = stays(read, line)[-2:]
    assert (before.ended_on, before.planned, before.end_reason) == (date(2026, 7, 14), True, "ready")
    assert (now.stage_id, now.started_on, now.ended_on) == ("supported", date(2026, 7, 14), None)
    assert window.body.panel is None
    assert read(lambda store: store.next_undo()).label == "Move to supported living"


def test_the_toast_offers_to_undo_and_undo_puts_everything_back(window, form, line, settled, read):
    before = stays(read, line)
    said = []
    window.context.bus.said.connect(lambda words, can_undo: said.append((words, can_undo)))
    fill(form)
    form.record()
    settled(window)
    name = f"{line.given_names} {line.surname}"
    assert (f"Moved {name} to supported living.", True) in said
    window.run_command("undo")
    settled(window)

    def facts(found):
        return [dataclasses.replace(stay, version=0) for stay in found]

    assert facts(stays(read, line)) == facts(before)


def test_what_follows_is_said_while_the_form_is_filled_in(window, form, settled, qtbot, page):
    fill(form)
    form.ask_preview()
    settled(window)
    said = "\n".join(foretold(form))
    assert "First review will fall due on Tue 8 Sep 2026, after 56 days" in said
    plan = page.summary.move_on
    meets = plan.aim_stage.level <= 50
    assert ("Meets the target of" in said) == meets
    assert ("The plan goes on" in said) == (not meets)


def test_a_day_that_does_not_exist_is_refused_with_mends_and_nothing_typed_is_lost(window, form, settled, read, line):
    before = stays(read, line)
    fill(form)
    type_date(form, "left_on", "31/6/26")
    form.form.editors["started_on"].setFocus()
    left = form.form.editors["left_on"]
    assert "June has 30 days" in left.problem
    assert [button.words() for button in left.note.buttons] == ["Tue 30 Jun 2026", "Wed 1 Jul 2026"]
    assert form.problems.text() == "1 thing to put right"
    form.record()
    settled(window)
    assert stays(read, line) == before
    assert left.text_value() == "31/6/26"
    left.note.buttons[0].click()
    assert left.value() == date(2026, 6, 30)
    assert not form.problems.isVisible()


def test_a_gap_asks_for_its_explanation_and_is_not_recorded_without(window, form, settled, read, line, qtbot):
    before = stays(read, line)
    fill(form, left="1 Jul 2026", started="10 Jul 2026")
    gap = form.form.editors["gap_reason"]
    assert gap.isVisible()
    form.record()
    settled(window)
    assert stays(read, line) == before
    assert "9 days lie between" in gap.problem
    gap.restore_text("With his sister")
    form.record()
    settled(window)
    assert stays(read, line)[-1].gap_reason == "With his sister"


def test_without_a_gap_no_explanation_is_asked_for(form):
    fill(form)
    assert not form.form.editors["gap_reason"].isVisible()


def test_starting_before_leaving_is_said_beside_the_field(window, form, settled):
    fill(form, left="10 Jul 2026", started="8 Jul 2026")
    form.form.editors["note"].setFocus()
    form.ask_preview()
    settled(window)
    assert "before they left" in form.form.editors["started_on"].problem
    type_date(form, "left_on", "8 Jul 2026")
    form.form.editors["note"].setFocus()
    form.ask_preview()
    settled(window)
    assert not form.form.editors["started_on"].problem


def test_an_empty_start_follows_the_day_left(form):
    type_date(form, "left_on", "10 Jul 2026")
    form.form.editors["note"].setFocus()
    assert form.form.editors["started_on"].value() == date(2026, 7, 10)


def test_a_new_service_is_added_on_the_way(window, form, line, settled, read):
    fill(form)
    service = form.form.editors["service_id"]
    service.restore_text("Gannet Row")
    assert isinstance(service.value(), Typed)
    form.record()
    settled(window)
    now = stays(read, line)[-1]
    found = read(lambda store: store.get(Service, now.service_id))
    assert (found.name, found.stage_id) == ("Gannet Row", "supported")


def test_a_refused_move_leaves_no_new_service_behind(window, form, settled, read):
    before = len(read(lambda store: store.find(Service)))
    fill(form, left="1 Jul 2026", started="10 Jul 2026")
    form.form.editors["service_id"].restore_text("Gannet Row")
    form.record()
    settled(window)
    assert len(read(lambda store: store.find(Service))) == before


def test_a_service_known_for_a_stage_chooses_it(form):
    service = next(each for each in form.data.services if each.stage_id == "enablement")
    form.form.editors["service_id"].set_value(service.id)
    form.form.editors["service_id"].settled.emit()
    assert form.form.editors["stage_id"].value() == "enablement"


def test_a_hospital_stay_may_keep_the_place(window, form, line, settled, read):
    choose(form, "stage_id", "hospital")
    assert form.form.editors["keep_place"].isVisible()
    choose(form, "keep_place", True)
    assert not form.form.editors["left_on"].isVisible()
    type_date(form, "started_on", "today")
    form.record()
    settled(window)
    open_ones = [stay for stay in stays(read, line) if stay.ended_on is None]
    assert [stay.stage_id for stay in open_ones] == ["residential", "hospital"]


def test_what_was_typed_is_kept_and_offered_back(window, form, page, line, settled, read, qtbot):
    type_date(form, "left_on", "31/6/26")
    form.form.editors["note"].area.setPlainText("Two trial nights went well.")
    QTest.keyClick(form.form.editors["note"].area, Qt.Key.Key_Escape)
    settled(window)
    assert window.body.panel is None
    draft = read(get_draft, f"move:{line.person_id}")
    assert draft.texts["left_on"] == "31/6/26"
    window.run_command("move")
    settled(window)
    again: Any = window.body.panel
    assert again.form.text_values()["left_on"] == "31/6/26"
    assert again.form.text_values()["note"] == "Two trial nights went well."
    assert again.draft.text().startswith("Draft kept")


def test_starting_afresh_throws_the_draft_away(window, form, line, settled, read):
    type_date(form, "left_on", "1 Jul 2026")
    form.keep()
    settled(window)
    window.run_command("move")
    settled(window)
    again: Any = window.body.panel
    again.start_afresh()
    settled(window)
    assert again.form.text_values()["left_on"] == ""
    assert read(list_drafts) == []


def test_recording_forgets_the_draft(window, form, settled, read, qtbot):
    fill(form)
    form.keeping.flush()
    settled(window)
    assert len(read(list_drafts)) == 1
    form.record()
    settled(window)
    assert read(list_drafts) == []


def test_ctrl_enter_records_from_any_field(window, form, line, settled, read):
    fill(form)
    QTest.keyClick(form.form.editors["started_on"].line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled(window)
    assert stays(read, line)[-1].stage_id == "supported"


def test_an_empty_form_says_what_is_needed_and_records_nothing(window, form, line, settled, read):
    before = stays(read, line)
    form.record()
    settled(window)
    assert form.form.problem_count() >= 2
    assert stays(read, line) == before
    assert form.isVisible()


def test_a_move_that_reaches_the_aim_ends_the_plan_as_met(window, form, line, settled, read):
    plan = read(lambda store: store.get(MoveOnPlan, line.plan_id))
    fill(form, stage=plan.aim_stage_id)
    form.record()
    settled(window)
    ended = read(lambda store: store.get(MoveOnPlan, line.plan_id))
    assert (ended.ended_on, ended.end_reason) == (date(2026, 7, 14), "met")


def test_somebody_without_a_stay_is_given_one(window, settled, read):
    made: list[Any] = []
    window.context.jobs.do(add_person, surname="Nul", then=made.append)
    settled(window)
    window.open_person(made[0].id)
    settled(window)
    window.run_command("move")
    settled(window)
    form = window.body.panel
    assert form.title == "Add a stay"
    assert "left_on" not in form.form.editors
    choose(form, "stage_id", "residential")
    type_date(form, "started_on", "1 Jul 2026")
    form.record()
    settled(window)
    found = read(lambda store: store.find(Placement, person_id=made[0].id))
    assert [(stay.stage_id, stay.started_on) for stay in found] == [("residential", date(2026, 7, 1))]
    assert read(lambda store: store.get(Person, made[0].id)).surname == "Nul"


def test_what_is_asked_before_recording_stays_in_sight_though_the_field_is_gone_to(window, page, settled):
    window.run_command("move")
    settled(window)
    form = window.body.panel
    today = window.context.today
    for name, value in (("left_on", today), ("started_on", today), ("stage_id", "supported"), ("reason_code", "ready")):
        form.form.editors[name].set_value(value)
    form.record()
    settled(window)
    planned = form.form.editors["planned"]
    assert planned.problem == "Say whether the move was planned."
    form.form.editors["note"].setFocus()
    assert planned.problem == "Say whether the move was planned."
    planned._box.buttons[0].click()
    assert planned.problem == ""
