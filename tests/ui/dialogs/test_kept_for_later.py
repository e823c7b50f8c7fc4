"""What is kept for later: every form, several of one person, in one place, and nothing thrown away for good at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from mhtracker.domain.records import Person
from mhtracker.store.drafts import Draft, get_draft, list_drafts, save_draft
from mhtracker.ui import forms
from mhtracker.ui.dialogs.drafts import DraftsPanel, read_drafts
from mhtracker.ui.dialogs.kept_words import KeptWords
from mhtracker.ui.widgets.buttons import Button
from tests.ui.conftest import DAY


@pytest.fixture
def open_form(window, page, settled):
    def run(command, **args) -> Any:
        window.run_command(command, **args)
        settled(window)
        return window.body.panel

    return run


@pytest.fixture
def listed(window, settled):
    def show() -> Any:
        window.run_command("drafts")
        settled(window)
        panel = window.body.panel
        assert isinstance(panel, DraftsPanel)
        return panel

    return show


def type_into(form, name, words):
    form.form.editors[name].restore_text(words)
    form.form.editors[name].edited.emit()


def press(root, words, place=0):
    [button for button in root.findChildren(Button) if button.words() == words and button.isVisible()][place].click()


def words_in(root) -> str:
    return "\n".join(label.text() for label in root.findChildren(QLabel) if label.isVisible())


def test_no_form_in_which_words_are_typed_goes_without_a_draft():
    """A form is given the place of its draft; "" would keep none, which is right only where closing loses nothing."""
    lines = [
        line for path in Path(forms.__file__).parent.rglob("*.py") for line in path.read_text("utf-8").splitlines()
    ]
    assert [line for line in lines if 'key=""' in line and 'keep="Close"' not in line] == []


def test_several_of_one_person_are_kept_side_by_side(open_form, listed, window, line, settled, read):
    for command, name in (("note", "text"), ("move", "note"), ("status", "note")):
        form = open_form(command)
        type_into(form, name, f"Words for {command}")
        form.keep()
        settled(window)
    assert window.header.kept_button.isVisible()
    assert window.header.kept_button.accessibleName() == "Kept for later 3"
    panel = listed()
    for words in ("“Words for note”", "“Words for move”", "“Words for status”", "Add a note", "Record a move"):
        assert words in words_in(panel)


def test_two_windows_on_one_form_keep_a_draft_each(open_form, window, line, read, settled, qtbot):
    from mhtracker.ui.dialogs.note_form import NoteForm

    first = open_form("note")
    type_into(first, "text", "The first")
    first.flush()
    settled(window)
    second = NoteForm(window.context, person_id=line.person_id)
    qtbot.addWidget(second)
    settled(window)
    assert second.form.text_values()["text"] == ""
    type_into(second, "text", "The second")
    second.flush()
    type_into(first, "text", "The first, longer")
    first.flush()
    settled(window)
    assert {draft.texts["text"] for draft in read(list_drafts)} == {"The first, longer", "The second"}


def test_a_draft_that_another_program_wrote_meanwhile_is_not_written_over(open_form, window, line, read, settled):
    form = open_form("note")
    type_into(form, "text", "Mine")
    form.flush()
    settled(window)
    key = f"note:{line.person_id}"
    other = {"person_id": line.person_id, "label": "Add a note", "texts": {"text": "Theirs"}}
    window.context.clock._moment = window.context.clock.now().replace(microsecond=7)
    window.context.jobs.keep(save_draft, key, **other)
    type_into(form, "text", "Mine, longer")
    form.flush()
    settled(window)
    assert read(get_draft, key).texts["text"] == "Theirs"
    assert {draft.texts["text"] for draft in read(list_drafts)} == {"Theirs", "Mine, longer"}


def test_what_is_thrown_away_can_be_put_back_until_the_list_is_closed(open_form, listed, window, settled, read):
    form = open_form("note")
    type_into(form, "text", "Half a wor")
    form.keep()
    settled(window)
    panel = listed()
    press(panel, "Throw away")
    settled(window)
    assert read(list_drafts) == []
    assert not window.header.kept_button.isVisible()
    press(panel, "Put it back")
    settled(window)
    assert [draft.texts["text"] for draft in read(list_drafts)] == ["Half a wor"]


def test_starting_afresh_can_be_taken_back(open_form, window, settled):
    form = open_form("note")
    type_into(form, "text", "Half a wor")
    form.keep()
    settled(window)
    form = open_form("note")
    press(form, "Start afresh")
    settled(window)
    assert form.form.text_values()["text"] == ""
    press(form, "Put it back")
    assert form.form.text_values()["text"] == "Half a wor"


def test_the_words_about_somebody_who_is_no_longer_there_can_be_read_and_copied(listed, window, page, read, settled):
    window.context.jobs.keep(
        save_draft, "note:gone", person_id="gone", label="Add a note", texts={"text": "He likes the garden."},
        labels={"text": "Note"},
    )  # fmt: skip
    settled(window)
    panel = listed()
    assert "somebody no longer in the register" in words_in(panel)
    press(panel, "Read it")
    settled(window)
    kept = window.body.panel
    assert isinstance(kept, KeptWords)
    press(kept, "Copy the words")
    assert QGuiApplication.clipboard().text() == "Note: He likes the garden."


def test_a_draft_whose_form_is_gone_is_still_shown(listed, window, page, settled):
    window.context.jobs.keep(save_draft, "old_form:", person_id=None, label="An old form", texts={"a": "Words"})
    settled(window)
    press(listed(), "Go on")
    settled(window)
    assert isinstance(window.body.panel, KeptWords)


def test_a_draft_that_cannot_be_kept_says_so_in_the_form(open_form, window, settled, monkeypatch):
    from mhtracker.domain.errors import Unavailable

    def full(*_, **__):
        raise Unavailable("The disk is full.")

    form = open_form("note")
    monkeypatch.setattr("mhtracker.ui.dialogs.form_drafts.save_draft", full)
    type_into(form, "text", "Half a wor")
    form.flush()
    settled(window)
    assert form.draft.text() == "Draft not kept. The disk is full."


def test_logging_off_brings_the_words_to_the_disk_first(open_form, window, read, settled):
    form = open_form("note")
    type_into(form, "text", "Half a wor")
    window.keep_words()
    assert [draft.texts["text"] for draft in read(list_drafts)] == ["Half a wor"]


def test_somebody_else_s_words_are_listed_by_their_name_and_do_not_fill_my_form(
    open_form, window, page, line, read, settled
):
    def as_jo(store):
        before, store.who = store.who, "Jo Okafor"
        save_draft(
            store, f"note:{line.person_id}", person_id=line.person_id, label="Add a note", texts={"text": "Jo’s"}
        )
        store.who = before

    window.context.jobs.keep(as_jo)
    settled(window)
    assert open_form("note").form.text_values()["text"] == ""
    (kept,) = read(read_drafts, DAY)
    assert kept.by == "Jo Okafor"


def test_drafts_kept_by_an_earlier_version_are_still_read(window, page, read, settled):
    def write(store):
        from sqlalchemy import insert

        from mhtracker.store.schema import drafts

        values = {"key": "add_person:", "person_id": None, "label": "Add a person", "texts": '{"surname": "Half-typ"}'}
        store.database.connection.execute(insert(drafts).values(**values, saved_at="2026-07-14T09:00:00+00:00"))

    window.context.jobs.keep(write)
    settled(window)
    (draft,) = read(list_drafts)
    assert isinstance(draft, Draft)
    assert (draft.form, draft.texts) == ("add_person", {"surname": "Half-typ"})
    assert read(lambda store: store.find(Person)) != []
