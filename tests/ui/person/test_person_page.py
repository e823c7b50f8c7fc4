"""A person's page, driven as a person drives it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from mhtracker import text
from mhtracker.domain.records import Person
from mhtracker.operations.notes import add_note
from mhtracker.operations.people import add_person, close_case, edit_person
from mhtracker.operations.targets import end_plan
from mhtracker.store.queries.person import build_case_summary
from mhtracker.ui.packs.output import save
from mhtracker.ui.person.printing import file_name, make_summary
from mhtracker.ui.progress import Progress
from tests.ui.rest import come_to_rest


def words(widget):
    """Everything that can be read on a widget, once what it showed before is gone."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def press(widget, said):
    """Press the first button that says so."""
    button = next(b for b in widget.findChildren(QPushButton) if b.text() == said and not b.isHidden())
    button.click()


def test_the_banner_says_who_this_is_and_where(page, line):
    said = words(page.banner)
    assert text.name_in_order(line.surname, line.given_names) in said
    assert text.format_nhs(line.nhs_number) in said
    assert f"Ref {line.ref}" in said
    assert line.service in said
    assert line.worker in said


def test_the_strip_says_the_same_in_words_and_its_marks_open_what_they_stand_for(page, window):
    assert text.full_name(page.summary.person) in page.strip.accessibleDescription()
    review = next(mark for mark in page.strip.picture.marks if mark.kind == "review" and mark.record_id)
    page.strip.pressed.emit(review.kind, review.record_id)
    assert page.tabs.key() == "reviews"
    assert review.record_id in page.reviews_tab.rows


def test_the_strip_is_drawn_anew_to_the_width_there_is(page, window, qtbot, settled):
    before = page.strip.picture.width
    window.run_command("note")
    qtbot.waitUntil(lambda: page.strip.picture.width < before)


def test_the_summary_names_the_plan_its_dates_and_its_slips(page):
    said = words(page.summary_tab)
    plan = page.summary.move_on
    assert text.format_date(plan.original.target_on) in said
    assert text.format_date(plan.current.target_on) in said
    assert text.slip_words(plan) in said


def test_every_change_of_the_target_stands_with_its_reason(page):
    page.show_tab("move_on")
    said = words(page.move_on_tab)
    for slip in page.summary.move_on.slips:
        assert text.format_date(slip.target_on) in said
        assert page.summary.labels[f"slip_reason/{slip.reason_code}"] in said


def test_without_a_plan_the_page_offers_to_start_one(page, window, line, settled):
    window.context.jobs.do(end_plan, line.plan_id, reason_code="changed")
    settled(window)
    page.show_tab("move_on")
    assert "No move-on plan yet" in words(page.move_on_tab)
    assert "Earlier plan" in words(page.move_on_tab)
    press(page.move_on_tab, "Start a plan")
    settled(window)
    assert window.body.panel.title == "Start a move-on plan"


def test_deep_links_open_at_the_tab_and_the_record(window, page, line, settled, qtbot):
    held = next(each for each in page.summary.reviews if each.review.held_on)
    window.open_page("caseload")
    window.open_person(line.person_id, tab="reviews", at=held.review.id)
    settled(window)
    assert page.tabs.key() == "reviews"
    qtbot.waitUntil(lambda: not page.reviews_tab.rows[held.review.id].visibleRegion().isEmpty())


def test_the_page_never_shows_one_person_s_facts_under_another_s_name(window, page, line, read, settled):
    from mhtracker.store.queries.caseload import CaseloadQuery, list_caseload

    other = next(
        each
        for each in read(list_caseload, CaseloadQuery(), window.context.as_at, limit=5)
        if each.person_id != line.person_id
    )
    window.open_person(other.person_id)
    assert not page.banner.isVisible()
    late = read(build_case_summary, line.person_id, window.context.as_at)
    page.show_data(late)
    settled(window)
    assert page.summary.person.id == other.person_id
    assert line.ref not in words(page.banner)


def test_somebody_who_is_not_there_is_said_to_be_missing(window, page, settled):
    errors: list[Any] = []
    window.context.jobs.failed.connect(errors.append)
    window.open_person("nobody")
    settled(window)
    assert errors
    assert page._missing.isVisible()
    assert not page.banner.isVisible()


def test_a_change_to_the_person_is_shown_at_once(window, page, line, settled):
    window.context.jobs.do(edit_person, line.person_id, care_coordinator="Dr Nasrin Farzi")
    settled(window)
    assert "Dr Nasrin Farzi" in words(page.summary_tab)


def test_the_history_says_what_a_field_was_and_what_it_became(window, page, line, settled):
    window.context.jobs.do(edit_person, line.person_id, locality="Harbourside")
    settled(window)
    page.show_tab("history")
    settled(window)
    window.context.jobs.do(edit_person, line.person_id, locality="Westing Hill")
    settled(window)
    said = words(page.history_tab)
    assert "Change locality" in said
    assert "from Harbourside to Westing Hill" in said


def test_a_step_can_be_undone_from_the_history(window, page, line, settled, read):
    window.context.jobs.do(edit_person, line.person_id, locality="Harbourside")
    window.context.jobs.do(add_note, line.person_id, kind="visit", noted_on=date(2026, 7, 9), text="Later.")
    settled(window)
    page.show_tab("history")
    settled(window)
    step = next(each for each in page.history_tab.steps if each.words.label == "Change locality")
    page.history_tab.undo_buttons[step.words.id].click()
    settled(window)
    person = read(lambda store: store.get(Person, line.person_id))
    assert person.locality == line.locality
    assert page.summary.notes[0].text == "Later."
    assert next(each for each in page.history_tab.steps if each.words.id == step.words.id).words.undone


def test_an_undo_that_later_changes_stand_on_says_so_and_changes_nothing(window, page, line, settled, read):
    window.context.jobs.do(edit_person, line.person_id, locality="One")
    window.context.jobs.do(edit_person, line.person_id, locality="Two")
    settled(window)
    page.show_tab("history")
    settled(window)
    first = [each for each in page.history_tab.steps if each.words.label == "Change locality"][-1]
    assert first.words.id not in page.history_tab.undo_buttons
    page.history_tab.list.rows[first.words.id].on_toggle()
    settled(window)
    assert "was changed later: “Change locality”" in words(page.history_tab)
    errors: list[Any] = []
    window.context.jobs.failed.connect(errors.append)
    page.history_tab.list.undo(first)
    settled(window)
    assert errors
    assert read(lambda store: store.get(Person, line.person_id)).locality == "Two"


def test_notes_are_found_by_their_words_whatever_their_accents(window, page, line, settled):
    window.context.jobs.do(
        add_note, line.person_id, kind="visit", noted_on=date(2026, 7, 9), text="Zoë rang about the café."
    )
    settled(window)
    page.show_tab("notes")
    assert page.focus_filter()
    QTest.keyClicks(page.notes_tab.filter, "cafe zoe")
    assert [note.text for note in page.notes_tab.matching()] == ["Zoë rang about the café."]
    page.notes_tab.filter.setText("nothing like it")
    assert "No note holds these words" in words(page.notes_tab)


def test_a_note_of_one_endless_word_is_no_wider_than_the_page(window, page, line, settled):
    window.context.jobs.do(add_note, line.person_id, kind="visit", noted_on=date(2026, 7, 9), text="x" * 20_000)
    settled(window)
    page.show_tab("notes")
    settled(window)
    assert page.notes_tab.inside.width() <= page.notes_tab.viewport().width()
    assert page.notes_tab.inside.minimumSizeHint().width() < 1000


def test_names_are_shown_as_they_stand_never_as_markup(window, page, settled, read):
    answers: list[Any] = []
    window.context.jobs.do(add_person, surname="<b>Zelenka</b> & Co", then=answers.append)
    settled(window)
    window.open_person(answers[0].id)
    settled(window)
    assert page.banner.name.text() == "<B>ZELENKA</B> & CO"
    assert page.banner.name.textFormat() == Qt.TextFormat.PlainText
    for label in page.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text(), label.text()


def test_a_closed_case_is_read_but_not_moved_and_can_be_opened_again(window, page, line, settled, read):
    window.context.jobs.do(close_case, line.person_id, left_on=date(2026, 7, 14), reason="independent")
    settled(window)
    assert not page.banner.record_move.isEnabled()
    assert page.banner.add_note.isEnabled()
    assert "Left 14 Jul 2026" in words(page.banner)
    assert "Open the case again" in [said for said, _ in page._more_steps()]
    page.reopen()
    settled(window)
    form = window.body.panel
    assert not any(each.accessibleName().startswith("The stay goes on:") for each in form.info._lines)
    form.form.editors["never_left"].box.setChecked(True)
    form.ask_preview()
    settled(window)
    assert any(each.accessibleName().startswith("The stay goes on:") for each in form.info._lines)
    form.record()
    settled(window)
    assert page.banner.record_move.isEnabled()
    assert page.summary.current is not None, "they never left, so they still live there"
    assert read(lambda store: store.get(Person, line.person_id)).left_on is None


def test_nothing_is_offered_for_recording_while_looking_back(window, page, line, settled):
    window.look_at(date(2026, 1, 1), date(2026, 7, 14))
    settled(window)
    assert not page.banner.record_move.isEnabled()
    assert not page.banner.add_note.isEnabled()
    offered = [
        button.text()
        for button in page.summary_tab.findChildren(QPushButton)
        if button.isVisible() and button.isEnabled()
    ]
    assert "Record as held" not in offered
    assert "Change target" not in offered


@pytest.mark.parametrize(
    ("letter", "title"), [("M", "Record a move"), ("R", "Record a review"), ("N", "Add a note"), ("T", "Change target")]
)
def test_single_letters_open_the_forms(window, page, settled, letter, title):
    QTest.keyClicks(page.tabs, letter.lower())
    settled(window)
    assert window.body.panel.title == title


def test_the_case_summary_is_a_pdf_named_by_reference_alone(page, line):
    made = make_summary(page.summary, "Ewa Fikcyjna", Progress())
    assert made.pdf.startswith(b"%PDF-")
    assert made.pages >= 1
    assert file_name(page.summary) == f"Case summary {line.ref} 2026-07-14.pdf"


def test_the_case_summary_is_shown_as_it_will_print(window, page, qtbot, settled, tmp_path):
    from mhtracker.ui.dialogs.pdf_preview import PdfPreview

    assert page.print_page()
    settled(window)
    qtbot.waitUntil(lambda: bool(window.findChildren(PdfPreview)))
    preview = window.findChildren(PdfPreview)[0]
    assert preview.document.pageCount() >= 1
    out = tmp_path / "summary.pdf"
    save(window.context, preview._made, out)
    settled(window)
    assert out.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(("width", "scale"), [(1440, 1.0), (1100, 1.0), (1100, 1.5), (1100, 2.0)])
def test_no_button_is_cut_off(window, page, settled, qtbot, width, scale):
    window.context.theme.change(scale=scale)
    window.resize(width, 700)
    settled(window)
    for tab in ("summary", "move_on", "reviews", "notes", "history"):
        page.show_tab(tab)
        settled(window)
        come_to_rest(window)
        for button in page.findChildren(QPushButton):
            if button.isVisible():
                assert button.width() >= button.minimumSizeHint().width(), (tab, button.text())
                right = button.mapTo(page, button.rect().topRight()).x()
                assert right <= page.width(), (tab, button.text())
    window.context.theme.change(scale=1.0)


def test_everything_that_takes_the_keyboard_is_named(page, settled, window):
    for tab in ("summary", "move_on", "reviews", "notes", "history"):
        page.show_tab(tab)
        settled(window)
        for widget in page.findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                assert widget.accessibleName(), (tab, widget)
