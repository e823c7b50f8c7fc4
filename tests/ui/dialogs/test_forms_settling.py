"""The register changes under a form: both are brought together, and nobody is written over unasked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from mhtracker.domain.errors import UserError
from mhtracker.domain.records import (
    CodeItem,
    LegalAndStatus,
    MoveOnPlan,
    Note,
    Person,
    Placement,
    Review,
    ReviewKind,
    Stage,
    StatusKind,
    Worker,
)
from mhtracker.operations.moves import record_move
from mhtracker.operations.notes import add_note, edit_note
from mhtracker.operations.people import edit_person
from mhtracker.operations.reviews import book_review, rebook_review
from mhtracker.operations.services import edit_worker
from mhtracker.operations.settings import save_code, save_stage
from mhtracker.operations.statuses import set_status
from mhtracker.operations.targets import change_target, edit_plan
from mhtracker.store.drafts import list_drafts
from mhtracker.ui.dialogs.conflict import ChooseEach
from mhtracker.ui.widgets.banner import Banner
from mhtracker.ui.widgets.buttons import Button
from tests.ui.rest import come_to_rest

DAY = date(2026, 7, 14)


@pytest.fixture
def open_form(window, page, settled):
    def run(command, **args) -> Any:
        window.run_command(command, **args)
        settled(window)
        return window.body.panel

    return run


@pytest.fixture
def do(window, settled, qtbot):
    """Somebody else records something while the window is open."""

    def run(function, *args, who="Jo Okafor", **named) -> Any:
        done: list[Any] = []

        def recorded(store):
            before, store.who = store.who, who
            try:
                return function(store, *args, **named)
            finally:
                store.who = before

        window.context.jobs.do(recorded, then=done.append, failed=done.append)
        settled(window)
        assert not isinstance(done[0], UserError), done[0]
        return done[0]

    return run


def type_into(form, name, words):
    form.form.editors[name].restore_text(words)
    form.form.editors[name].edited.emit()


def told(form) -> str:
    banner = form.settling.banner
    return "" if banner is None else "\n".join(label.text() for label in banner.findChildren(QLabel))


def press(root, words):
    next(button for button in root.findChildren(Button) if button.words() == words).click()


def texts(form):
    return form.form.text_values()


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
    original = texts(form)[name]
    type_into(form, name, mine)
    change()
    assert isinstance(form.settling.banner, ChooseEach)
    assert "while you were typing" in form.settling.banner.title.text()
    for words in (mine, theirs, original):
        assert (f"“{words}”" if words else "nothing") in told(form)
    assert texts(form)[name] == mine


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
    original = texts(form)[name]
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
        assert texts(form)[name] == mine
        form.keep()
        settled(window)
    form = open_form(command, **args)
    press(form.settling.banner, "Use theirs")
    assert texts(form)[name] == theirs


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
    assert texts(form)["locality"] == "Theirs Hill"
    assert texts(form)["known_as"] == "Mo"
    assert "Jo Okafor changed “Locality”" in told(form)
    form.record()
    settled(window)
    after = read(lambda store: store.get(Person, line.person_id))
    assert (after.known_as, after.locality) == ("Mo", "Theirs Hill")


def test_an_open_form_in_which_nothing_was_typed_just_shows_what_is_there_now(open_form, line, do):
    form = open_form("edit_person")
    do(edit_person, line.person_id, locality="Theirs Hill")
    assert texts(form)["locality"] == "Theirs Hill"
    assert told(form) == ""
    assert not form.form.dirty


def test_undo_under_an_open_form_is_learned_of_too(open_form, window, line, do, settled):
    do(edit_person, line.person_id, locality="Theirs Hill", who="")
    form = open_form("edit_person")
    type_into(form, "locality", "Mine End")
    window.happenings.undo()
    settled(window)
    assert "“Theirs Hill”" in told(form)
    assert texts(form)["locality"] == "Mine End"


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
    assert texts(form)["text"] == "A word He likes the garden."


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
    assert texts(form)["text"] == "He likes roses and also the garden."


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
    assert texts(form)["text"] == "He likes the roses."
    form.keep()
    settled(window)
    words = open_form("edit_note", note_id=note.id).words
    assert "He likes the roses." in words.text_value()


# Forms that add something to what there is


def other_situation(do, line, read) -> dict[str, Any]:
    plan = read(lambda store: store.find(MoveOnPlan, person_id=line.person_id, ended_on=None)[0])

    def move(store):
        return record_move(
            store, line.person_id, left_on=DAY, planned=True, reason_code="own_choice", stage_id="supported",
            started_on=DAY,
        )  # fmt: skip

    def slip(store):
        day, why = DAY + timedelta(days=200), store.codes("slip_reason")[0].code
        return change_target(store, plan.id, target_on=day, reason_code=why, reason="Waiting")

    def work(store):
        return set_status(store, line.person_id, kind=StatusKind.EMPLOYMENT, code=codes(store)[0], started_on=DAY)

    return {
        "move": ("address", "4 Canal View", move),
        "target": ("reason", "No flat was free.", slip),
        "review": (
            "summary", "She wants to move.",
            lambda store: book_review(store, line.person_id, booked_on=DAY + timedelta(days=30), kind=ReviewKind.S117),
        ),
        "status": ("note", "Seen the letter.", work),
    }  # fmt: skip


def codes(store):
    held = {status.code for status in store.find(LegalAndStatus, kind=StatusKind.EMPLOYMENT)}
    listed = [item.code for item in store.codes("employment")]
    return [code for code in listed if code not in held] or listed


@pytest.mark.parametrize("command", ["move", "target", "review", "status"])
def test_a_form_is_told_when_what_it_goes_by_has_changed_and_keeps_its_words(
    command, open_form, window, line, do, read, settled
):
    name, words, change = other_situation(do, line, read)[command]
    form = open_form(command)
    type_into(form, name, words)
    do(change)
    assert isinstance(form.settling.banner, Banner)
    assert "Jo Okafor recorded “" in told(form)
    assert words in (texts(form).get(name) or told(form))
    form.keep()
    settled(window)
    assert any(words in draft.texts.values() for draft in read(list_drafts))


def test_a_move_is_not_recorded_on_a_stay_that_somebody_ended_meanwhile(open_form, window, line, do, read, settled):
    form = open_form("move")
    type_into(form, "address", "4 Canal View")
    form.settling._on_changed = lambda changes: None
    window.context.bus.changed.disconnect()  # as on another computer, before its news has come
    _, _, change = other_situation(do, line, read)["move"]
    do(change)
    for name, typed in (("left_on", "14 Jul 2026"), ("started_on", "14 Jul 2026"), ("stage_id", "Independent")):
        type_into(form, name, typed)
    type_into(form, "planned", "Planned")
    type_into(form, "reason_code", form.form.editors["reason_code"].combo.itemText(0))
    before = read(lambda store: len(store.find(Placement, person_id=line.person_id)))
    form.record()
    settled(window)
    assert read(lambda store: len(store.find(Placement, person_id=line.person_id))) == before
    assert "Jo Okafor recorded “" in told(form)
    assert texts(form)["address"] == "4 Canal View"


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
