"""A person's facts: adding, changing, conflicts, closing, statuses."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel

from mhtracker.domain.records import DatePrecision, LegalAndStatus, Person, StatusKind
from mhtracker.operations.people import edit_person
from mhtracker.ui.widgets.buttons import Button


@pytest.fixture
def open_form(window, page, settled):
    def run(command, **args):
        window.run_command(command, **args)
        settled(window)
        return window.body.panel

    return run


def set_field(form, name, value):
    form.form.editors[name].set_value(value)
    form.form.editors[name].edited.emit()


def person(read, line):
    return read(lambda store: store.get(Person, line.person_id))


def test_only_what_was_changed_is_recorded(window, open_form, line, settled, read):
    before = person(read, line)
    form = open_form("edit_person")
    set_field(form, "care_coordinator", "Dr Nasrin Farzi")
    form.record()
    settled(window)
    after = person(read, line)
    assert after.care_coordinator == "Dr Nasrin Farzi"
    assert (after.surname, after.nhs_number, after.worker_id) == (before.surname, before.nhs_number, before.worker_id)
    assert read(lambda store: store.next_undo()).label == "Change care coordinator"


def test_saving_without_a_change_records_nothing(window, open_form, settled, read):
    before = read(lambda store: store.last_seq())
    said = []
    window.context.bus.said.connect(lambda words, _: said.append(words))
    open_form("edit_person").record()
    settled(window)
    assert read(lambda store: store.last_seq()) == before
    assert said == ["Nothing has changed."]


def test_emptied_fields_become_empty(window, open_form, line, settled, read):
    form = open_form("edit_person")
    for name in ("nhs_number", "known_as", "locality", "worker_id", "born_on"):
        set_field(form, name, None)
    form.record()
    settled(window)
    after = person(read, line)
    assert (after.nhs_number, after.known_as, after.locality, after.worker_id, after.born_on) == (
        None,
        "",
        "",
        None,
        None,
    )


def test_a_year_alone_is_kept_as_a_year(window, open_form, line, settled, read):
    form = open_form("edit_person")
    form.form.editors["born_on"].restore_text("1968")
    form.record()
    settled(window)
    after = person(read, line)
    assert (after.born_on, after.born_precision) == (date(1968, 1, 1), DatePrecision.YEAR)


def test_a_wrong_nhs_number_is_said_beside_it_and_stays_as_typed(window, open_form, line, settled, read):
    before = person(read, line)
    form = open_form("edit_person")
    form.form.editors["nhs_number"].line.setText("943 476 5918")
    form.record()
    settled(window)
    assert form.form.editors["nhs_number"].problem
    assert form.form.editors["nhs_number"].line.text() == "943 476 5918"
    assert person(read, line) == before


def elsewhere(window, settled, line, **changes):
    """Somebody else records, while the form is open."""
    window.context.jobs.do(edit_person, line.person_id, **changes)
    settled(window)


def said(form):
    return {label.text() for label in form.settling.banner.findChildren(QLabel)}


def press(banner, words):
    next(button for button in banner.findChildren(Button) if button.words() == words).click()


def test_what_somebody_else_changed_elsewhere_is_kept(window, open_form, line, settled, read):
    form = open_form("edit_person")
    set_field(form, "care_coordinator", "Dr Nasrin Farzi")
    elsewhere(window, settled, line, locality="Harbourside")
    form.record()
    settled(window)
    after = person(read, line)
    assert (after.care_coordinator, after.locality) == ("Dr Nasrin Farzi", "Harbourside")


def test_a_conflict_shows_both_values_and_loses_neither(window, open_form, line, settled, read):
    form = open_form("edit_person")
    set_field(form, "locality", "Mine End")
    set_field(form, "care_coordinator", "Dr Nasrin Farzi")
    elsewhere(window, settled, line, locality="Theirs Hill")
    form.record()
    settled(window)
    assert "changed “Locality” while you were typing" in form.settling.banner.title.text()
    assert {"“Mine End”", "“Theirs Hill”"} <= said(form)
    assert form.form.text_values()["locality"] == "Mine End"
    assert person(read, line).locality == "Theirs Hill"


def test_keep_mine_records_mine(window, open_form, line, settled, read):
    form = open_form("edit_person")
    set_field(form, "locality", "Mine End")
    elsewhere(window, settled, line, locality="Theirs Hill", care_coordinator="Dr Lowri Enghraifft")
    form.record()
    settled(window)
    press(form.settling.banner, "Keep mine")
    form.record()
    settled(window)
    after = person(read, line)
    assert (after.locality, after.care_coordinator) == ("Mine End", "Dr Lowri Enghraifft")


def test_use_theirs_keeps_what_else_was_typed(window, open_form, line, settled, read):
    form = open_form("edit_person")
    set_field(form, "locality", "Mine End")
    set_field(form, "known_as", "Mo")
    elsewhere(window, settled, line, locality="Theirs Hill")
    form.record()
    settled(window)
    press(form.settling.banner, "Use theirs")
    assert form.form.text_values()["locality"] == "Theirs Hill"
    assert form.form.text_values()["known_as"] == "Mo"
    form.record()
    settled(window)
    after = person(read, line)
    assert (after.locality, after.known_as) == ("Theirs Hill", "Mo")


def test_adding_a_person_opens_their_page(window, open_form, settled, read):
    form = open_form("add_person")
    set_field(form, "surname", "Novak-Example")
    set_field(form, "given_names", "Jana")
    set_field(form, "stage_id", "residential")
    form.form.editors["started_on"].restore_text("1 Jul 2026")
    form.record()
    settled(window)
    shown = window.navigator.current_page()
    assert shown.summary.person.surname == "Novak-Example"
    assert shown.summary.current.stage.id == "residential"
    assert shown.summary.person.ref.startswith("MHT-")


def test_a_surname_is_needed(window, open_form, settled, read):
    before = read(lambda store: store.last_seq())
    form = open_form("add_person")
    form.record()
    settled(window)
    assert "needed" in form.form.editors["surname"].problem or "empty" in form.form.editors["surname"].problem
    assert read(lambda store: store.last_seq()) == before


def test_somebody_of_the_same_name_and_birth_is_pointed_out(window, open_form, line, settled):
    form = open_form("add_person")
    set_field(form, "surname", line.surname)
    set_field(form, "given_names", line.given_names)
    form.form.editors["born_on"].set_value(line.born_on)
    form.ask_preview()
    settled(window)
    said = [each.accessibleName() for each in form.info._lines]
    assert any(line.ref in words and "same name" in words for words in said)


def test_closing_a_case_ends_stay_plan_and_reviews(window, open_form, page, line, settled):
    form = open_form("close_case")
    set_field(form, "left_reason", "independent")
    form.record()
    settled(window)
    assert page.summary.current is None
    assert page.summary.move_on is None
    assert all(each.review.held_on or each.review.abandoned_on for each in page.summary.reviews)


def test_a_status_replaces_the_one_before_from_its_day(window, open_form, page, line, settled, read):
    form = open_form("status", kind="employment")
    set_field(form, "code", "voluntary")
    form.form.editors["started_on"].restore_text("1 Jul 2026")
    form.record()
    settled(window)
    assert page.summary.employment.code == "voluntary"
    found = read(lambda store: store.find(LegalAndStatus, person_id=line.person_id, kind=StatusKind.EMPLOYMENT))
    before = max((each for each in found if each.code != "voluntary"), key=lambda each: each.started_on)
    assert before.ended_on == date(2026, 7, 1)


def test_the_kind_of_status_decides_what_may_be_chosen(open_form):
    form = open_form("status", kind="s117")
    assert {choice.value for choice in form._code._choices} == {"3", "37", "45A", "47", "48", "unknown"}
    set_field(form, "kind", StatusKind.ACCOMMODATION)
    assert "care_home" in {choice.value for choice in form._code._choices}


def test_a_draft_keeps_only_what_was_typed_so_that_what_others_changed_since_stays(
    window, open_form, line, settled, read
):
    form = open_form("edit_person")
    set_field(form, "care_coordinator", "Dr Nasrin Farzi")
    form.keep()
    settled(window)
    window.context.jobs.do(edit_person, line.person_id, locality="Fikcyjna Green")
    settled(window)
    form = open_form("edit_person")
    assert form.form.editors["care_coordinator"].value() == "Dr Nasrin Farzi"
    form.record()
    settled(window)
    after = person(read, line)
    assert (after.locality, after.care_coordinator) == ("Fikcyjna Green", "Dr Nasrin Farzi")
