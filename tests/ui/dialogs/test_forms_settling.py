"""The register changes under a form: both are brought together, and nobody is written over unasked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from mhtracker.domain.records import (
    CodeItem,
    MoveOnPlan,
    Note,
    Person,
    Review,
    Stage,
    Worker,
)
from mhtracker.operations.notes import add_note, edit_note
from mhtracker.operations.people import edit_person
from mhtracker.operations.places.services import edit_worker
from mhtracker.operations.reviews import book_review, rebook_review
from mhtracker.operations.settings import save_code, save_stage
from mhtracker.operations.targets import edit_plan
from mhtracker.ui.dialogs.conflict import ChooseEach
from mhtracker.ui.widgets.buttons import Button
from tests.ui.conftest import DAY
from tests.ui.dialogs.form_handling import press, texts_of, told, type_into
from tests.ui.rest import come_to_rest


@pytest.fixture
def note(do, line):
    return do(add_note, line.person_id, kind="other", noted_on=DAY, text="He likes the garden.", finished=False)


@pytest.fixture
def booking(do, line, read):
    def clear(store):
        with store.operation("Clear") as work:
            for review in work.find(Review, person_id=line.person_id, held_on=None, abandoned_on=None):
                work.delete(review)

    do(clear)
    return do(book_review, line.person_id, booked_on=DAY + timedelta(days=9), booked_time="10:30")


# Every form that shows a record: (command, field typed into, mine, change by somebody else, theirs)


def shown_records(do, line, read, note, booking) -> dict[str, tuple[dict[str, Any], str, str, Any, str]]:
    worker = read(lambda store: store.find(Worker)[0])
    plan = read(lambda store: store.find(MoveOnPlan, person_id=line.person_id, ended_on=None)[0])
    code = read(lambda store: store.find(CodeItem, list_name="end_reason")[0])
    stage = read(lambda store: store.get(Stage, "supported"))

    def change_code(store, label):
        return save_code(store, replace_of(store.get(CodeItem, code.id), label=label))

    def change_stage(store, label):
        return save_stage(store, replace_of(store.get(Stage, stage.id), label=label))

    other_day = DAY + timedelta(days=16)
    aims = {"aim": "A garden", "aim_stage_id": plan.aim_stage_id}
    pond, hill = "He likes the pond.", "Theirs Hill"
    return {
        "edit_person": ({}, "locality", "Mine End", (edit_person, line.person_id, {"locality": hill}), hill),
        "edit_note": ({"note_id": note.id}, "text", "He likes roses.", (edit_note, note.id, {"text": pond}), pond),
        "aim": ({}, "aim", "My own key", (edit_plan, plan.id, aims), "A garden"),
        "rebook_review": (
            {"review_id": booking.id},
            "booked_on",
            "24 Jul 2026",
            (rebook_review, booking.id, {"booked_on": other_day, "reason": "Theirs"}),
            "30 Jul 2026",
        ),
        "worker": ({"worker_id": worker.id}, "role", "Lead", (edit_worker, worker.id, {"role": "Student"}), "Student"),
        "code": ({"code_id": code.id}, "label", "Mine", (change_code, None, {"label": "Theirs"}), "Theirs"),
        "stage": ({"stage_id": stage.id}, "label", "Mine", (change_stage, None, {"label": "Theirs"}), "Theirs"),
    }


def replace_of(record, **changes):
    from dataclasses import replace

    return replace(record, **changes)


FORMS_WITH_RECORDS = ["edit_person", "edit_note", "aim", "rebook_review", "worker", "code", "stage"]


@pytest.fixture
def case(request, do, line, read, note, booking, page):
    args, name, mine, (function, first, changes), theirs = shown_records(do, line, read, note, booking)[request.param]

    def change():
        return do(function, *([] if first is None else [first]), **changes)

    return request.param, args, name, mine, change, theirs


@pytest.mark.parametrize("case", FORMS_WITH_RECORDS, indirect=True)
def test_an_open_form_learns_at_once_that_its_field_was_changed(case, open_form, window):
    command, args, name, mine, change, theirs = case
    form = open_form(command, **args)
    original = texts_of(form)[name]
    type_into(form, name, mine)
    change()
    assert isinstance(form.settling.banner, ChooseEach)
    assert "while you were typing" in form.settling.banner.title.text()
    for words in (mine, theirs, original):
        assert (f"“{words}”" if words else "nothing") in told(form)
    assert texts_of(form)[name] == mine


# An unfinished note is its author's alone to record, and this one is somebody else's.
@pytest.mark.parametrize("case", [each for each in FORMS_WITH_RECORDS if each != "edit_note"], indirect=True)
def test_nothing_is_recorded_until_one_is_chosen_and_then_it_is(case, open_form, window, settled, read):
    command, args, name, mine, change, _ = case
    form = open_form(command, **args)
    type_into(form, name, mine)
    if command == "rebook_review":
        type_into(form, "reason", "Mine")
    change()
    before = read(lambda store: store.last_seq())
    form.record()
    settled(window)
    assert read(lambda store: store.last_seq()) == before
    assert window.body.panel is form
    press(form.settling.banner, "Keep mine")
    assert form.settling.undecided == ()
    form.record()
    settled(window)
    assert read(lambda store: store.last_seq()) == before + 1
    assert window.body.panel is not form


@pytest.mark.parametrize("case", FORMS_WITH_RECORDS, indirect=True)
def test_a_draft_taken_up_after_the_field_was_changed_asks_and_keeps_asking(case, open_form, window, settled, read):
    command, args, name, mine, change, theirs = case
    form = open_form(command, **args)
    original = texts_of(form)[name]
    type_into(form, name, mine)
    form.keep()
    settled(window)
    change()
    for _ in range(2):
        form = open_form(command, **args)
        assert "Jo Okafor changed " in told(form)
        assert "after you had typed this" in told(form)
        for words in (mine, theirs, original):
            assert (f"“{words}”" if words else "nothing") in told(form)
        assert texts_of(form)[name] == mine
        form.keep()
        settled(window)
    form = open_form(command, **args)
    press(form.settling.banner, "Use theirs")
    assert texts_of(form)[name] == theirs


def test_each_field_is_chosen_by_itself(open_form, window, line, do, settled, read):
    do(edit_person, line.person_id, locality="Old End", care_coordinator="Dr Old")
    form = open_form("edit_person")
    type_into(form, "locality", "Mine End")
    type_into(form, "care_coordinator", "Dr Mine")
    type_into(form, "known_as", "Mo")
    do(edit_person, line.person_id, locality="Theirs Hill", care_coordinator="Dr Theirs")
    choose = form.settling.banner
    assert choose.undecided == ("care_coordinator", "locality")
    assert form.problems.text() == "2 things to put right"
    choose._groups["locality"].button(2).click()
    choose._groups["care_coordinator"].button(1).click()
    form.record()
    settled(window)
    after = read(lambda store: store.get(Person, line.person_id))
    assert (after.locality, after.care_coordinator, after.known_as) == ("Old End", "Dr Theirs", "Mo")


def test_a_field_that_only_they_changed_comes_in_without_a_question(open_form, window, line, do, settled, read):
    form = open_form("edit_person")
    type_into(form, "known_as", "Mo")
    do(edit_person, line.person_id, locality="Theirs Hill")
    assert texts_of(form)["locality"] == "Theirs Hill"
    assert texts_of(form)["known_as"] == "Mo"
    assert "Jo Okafor changed “Locality”" in told(form)
    form.record()
    settled(window)
    after = read(lambda store: store.get(Person, line.person_id))
    assert (after.known_as, after.locality) == ("Mo", "Theirs Hill")


def test_an_open_form_in_which_nothing_was_typed_just_shows_what_is_there_now(open_form, line, do):
    form = open_form("edit_person")
    do(edit_person, line.person_id, locality="Theirs Hill")
    assert texts_of(form)["locality"] == "Theirs Hill"
    assert told(form) == ""
    assert not form.form.dirty


def test_undo_under_an_open_form_is_learned_of_too(open_form, window, line, settled):
    window.context.jobs.do(edit_person, line.person_id, locality="Theirs Hill")  # one's own step, to be undone
    settled(window)
    form = open_form("edit_person")
    type_into(form, "locality", "Mine End")
    window.happenings.undo()
    settled(window)
    assert "“Theirs Hill”" in told(form)
    assert texts_of(form)["locality"] == "Mine End"


def test_a_question_does_not_take_the_keyboard_from_somebody_who_types(open_form, window, note, do, qtbot):
    form = open_form("edit_note", note_id=note.id)
    area = form.form.editors["text"].area
    area.setFocus()
    qtbot.keyClicks(area, "A ")
    do(edit_note, note.id, text="He likes the pond.")
    assert form.settling.undecided == ("text",)
    area = form.form.editors["text"].area
    assert area.hasFocus()
    qtbot.keyClicks(area, "word ")
    assert texts_of(form)["text"] == "A word He likes the garden."


def test_the_keyboard_stays_where_it_was(open_form, window, note, do, qtbot):
    form = open_form("edit_note", note_id=note.id)
    area = form.form.editors["text"].area
    area.setFocus()
    cursor = area.textCursor()
    cursor.setPosition(9)
    area.setTextCursor(cursor)
    qtbot.keyClicks(area, "roses and ")
    do(edit_note, note.id, kind="visit")
    area = form.form.editors["text"].area
    assert area.hasFocus()
    qtbot.keyClicks(area, "also ")
    assert texts_of(form)["text"] == "He likes roses and also the garden."


def test_a_record_taken_away_keeps_what_was_typed(open_form, window, note, do, settled, read):
    form = open_form("edit_note", note_id=note.id)
    type_into(form, "text", "He likes the roses.")

    def take_away(store):
        with store.operation("Take away", person_id=note.person_id) as work:
            work.delete(work.get(Note, note.id))

    do(take_away)
    assert "Jo Okafor took this out of the register" in told(form)
    press(form.settling.banner, "Copy what you typed")
    from PySide6.QtGui import QGuiApplication

    assert "He likes the roses." in QGuiApplication.clipboard().text()
    form.record()
    settled(window)
    assert texts_of(form)["text"] == "He likes the roses."
    form.keep()
    settled(window)
    window.run_command("edit_note", note_id=note.id)
    settled(window)
    words = window.body.panel.words
    assert "He likes the roses." in words.text_value()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_question_fits_its_panel(open_form, window, line, do, scale):
    form = open_form("edit_person")
    type_into(form, "locality", "Mine End, behind the old mill and over the bridge, second door on the left " * 2)
    do(edit_person, line.person_id, locality="Theirs Hill " * 15)
    window.context.theme.change(scale=scale)
    come_to_rest(form)
    choose = form.settling.banner
    for label in choose.findChildren(QLabel):
        if label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    for button in choose.findChildren(Button):
        assert button.mapTo(choose, button.rect().topRight()).x() <= choose.width()
    window.context.theme.change(scale=1.0)
