"""Every form there is: what is typed into it is kept, opens again from the list, and is never written over unasked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton

from mhtracker.domain.records import MoveOnPlan, Person
from mhtracker.store.drafts import list_drafts
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, list_caseload
from mhtracker.ui.choice_edit import ChoiceEdit
from mhtracker.ui.commands import FORMS
from mhtracker.ui.dialogs.conflict import ChooseEach
from mhtracker.ui.dialogs.drafts import DraftsPanel
from mhtracker.ui.more_editors import RadioEdit, TextEdit
from tests.ui.dialogs.form_handling import press, text_of, told, type_into, words_in
from tests.ui.dialogs.form_needs import ABOUT, needs_of
from tests.ui.one_window import AT_ONCE, each_of, in_turn, names_of

COMMANDS = [form.key for form in FORMS]
SENTENCE = "Half a sentence, to go on with tomorrow"

WITHOUT_RECORD = ("end_barrier", "edit_barrier", "edit_action", "finish_action", "put_off_action", "drop_action",
                  "correct_rating", "rebook_review", "edit_wait", "end_wait", "answer_offer")  # fmt: skip
"""Forms that find their record where the command names none, as it does from the palette."""


@dataclass(frozen=True, slots=True)
class Both:
    """A field that two change, as I type it, as it is changed elsewhere and reads then; and one that only they do."""

    name: str
    mine: str
    theirs: Any
    reads: str
    other: str
    others: Any
    other_reads: str


FIRST, SECOND = date(2026, 7, 1), date(2026, 7, 2)
SHOWN = {
    "edit_stay": Both("note", "Mine", "Theirs", "Theirs", "weekly_charge_pence", 12_00, "12.00"),
    "edit_person": Both("locality", "Mine End", "Theirs Hill", "Theirs Hill", "known_as", "Mo", "Mo"),
    "aim": Both("aim", "My own key", "A garden", "A garden", "aim_stage_id", "independent", "Independent"),
    "rebook_review": Both("booked_time", "11:00", "09:15", "09:15", "booked_on", FIRST, "1 Jul 2026"),
    "correct_rating": Both("evidence", "Mine", "Theirs", "Theirs", "rated_on", FIRST, "1 Jul 2026"),
    "edit_barrier": Both("note", "Mine", "Theirs", "Theirs", "started_on", FIRST, "1 Jul 2026"),
    "edit_action": Both("what", "Mine", "Theirs", "Theirs", "due_on", date(2026, 8, 1), "1 Aug 2026"),
    "edit_note": Both("text", "Mine", "Theirs", "Theirs", "noted_on", FIRST, "1 Jul 2026"),
    "edit_event": Both("words", "Mine", "Theirs", "Theirs", "happened_on", FIRST, "1 Jul 2026"),
    "edit_document": Both("note", "Mine", "Theirs", "Theirs", "dated_on", FIRST, "1 Jul 2026"),
    "edit_status": Both("started_on", "3 Jul 2026", FIRST, "1 Jul 2026", "note", "Theirs", "Theirs"),
    "reword_goal": Both("words", "Mine", "Theirs", "Theirs", "aimed_for", date(2027, 7, 1), "1 Jul 2027"),
    "edit_score": Both("note", "Mine", "Theirs", "Theirs", "scored_on", FIRST, "1 Jul 2026"),
    "edit_measure": Both("total", "31", 12.5, "12.5", "note", "Theirs", "Theirs"),
    "edit_contact": Both("name", "Mine", "Theirs", "Theirs", "phone", "07700 900123", "07700 900123"),
    "edit_warning": Both("words", "Mine", "Theirs", "Theirs", "why", "Theirs", "Theirs"),
    "check_warning": Both("words", "Mine", "Theirs", "Theirs", "why", "Theirs", "Theirs"),
    "cost_table": Both("name", "Mine", "Theirs", "Theirs", "note", "Theirs", "Theirs"),
    "edit_cost": Both("what", "Mine", "Theirs", "Theirs", "started_on", FIRST, "1 Jul 2026"),
    "edit_funding": Both("note", "Mine", "Theirs", "Theirs", "agreed_by", "Joint panel", "Joint panel"),
    "stage": Both("label", "Mine", "Theirs", "Theirs", "limit_days", 77, "77"),
    "measure_tool": Both("licence", "Mine", "Theirs", "Theirs", "name", "Theirs", "Theirs"),
    "review_type": Both("label", "Mine", "Theirs", "Theirs", "soon_days", 7, "7"),
    "code": Both("label", "Mine", "Theirs", "Theirs", "valid_to", date(2027, 7, 1), "1 Jul 2027"),
    "edit_wait": Both("note", "Mine", "Theirs", "Theirs", "since_on", FIRST, "1 Jul 2026"),
    "service": Both("locality", "Mine End", "Theirs Hill", "Theirs Hill", "lot", "Lot 9", "Lot 9"),
    "provider": Both("contact", "Mine", "Theirs", "Theirs", "phone", "07700 900123", "07700 900123"),
    "place": Both("name", "Mine", "Theirs", "Theirs", "note", "Theirs", "Theirs"),
    "edit_hold": Both("note", "Mine", "Theirs", "Theirs", "until_on", date(2026, 8, 1), "1 Aug 2026"),
    "contract": Both("name", "Mine", "Theirs", "Theirs", "lot", "Lot 9", "Lot 9"),
    "worker": Both("role", "Mine", "Theirs", "Theirs", "name", "Theirs Name", "Theirs Name"),
}  # fmt: skip
"""The forms that show a record to be changed."""

GONE_BY: dict[str, tuple[str, dict[str, Any]]] = {
    "finish_action": ("note", {"due_on": date(2026, 8, 1)}),
    "put_off_action": ("reason", {"due_on": date(2026, 8, 1)}),
    "drop_action": ("drop_reason", {"what": "Write to the landlord"}),
    "end_barrier": ("note", {"started_on": FIRST}),
    "end_contact": ("note", {"phone": "07700 900123"}),
    "end_warning": ("end_reason", {"why": "Two dogs"}),
    "score_goal": ("note", {"words": "I want a dog."}),
    "end_goal": ("ended_on", {"words": "I want a dog."}),
    "end_status": ("note", {"started_on": FIRST}),
    "end_wait": ("ended_on", {"note": "Wants a garden"}),
    "answer_offer": ("reason", {"offered_on": FIRST}),
    "change_cost": ("rate_pence", {"what": "Garden"}),
    "end_cost": ("ended_on", {"what": "Garden"}),
    "stop_taper": ("from_on", {"what": "Nights"}),
    "move_steps": ("move_on", {"what": "Another step"}),
    "drop_steps": ("drop_reason", {"what": "Another step"}),
}
"""The forms that show no fields of the record they are about, but are filled in against it."""


@pytest.fixture
def page():
    """Every form is opened at the page of somebody of its own, whose records no other form has touched."""


@pytest.fixture
def somebody(window, read, settled):
    """Goes to the next person's page and gives their id: those whose targets have changed most often come first."""
    filters = (Filter("stage", "=", "Residential"),)
    query = CaseloadQuery(filters, (("slips", True),))
    turn = iter(read(list_caseload, query, window.context.as_at, limit=AT_ONCE))

    def go() -> str:
        person_id = next(turn).person_id
        window.open_person(person_id)
        settled(window)
        return person_id

    return go


@pytest.fixture
def shown(do, somebody, read):
    """A form that shows a record: what its command is given, the record, and the fields to change."""

    def find(command: str) -> tuple[dict[str, Any], Any, Both]:
        person_id = somebody()
        args, record = do(lambda store: needs_of(command, store, person_id))
        if command == "edit_person":
            record = read(lambda store: store.get(Person, person_id))
        if command == "aim":
            record = read(lambda store: store.find(MoveOnPlan, person_id=person_id, ended_on=None)[0])
        return args, record, SHOWN[command]

    return find


def something_to_type(form) -> tuple[str, str]:
    """The first field for words or a date with a sentence for it, else another entry of a list."""
    fields = {name: editor for name, editor in form.editors.items() if not editor.isHidden()}
    for name, editor in fields.items():
        if isinstance(editor, TextEdit) or hasattr(editor, "line"):
            return name, SENTENCE
    for name, editor in fields.items():
        if isinstance(editor, ChoiceEdit):
            entries = [editor.combo.itemText(place) for place in range(editor.combo.count())]
        elif isinstance(editor, RadioEdit):
            entries = [button.text() for button in editor.control.findChildren(QRadioButton)]
        else:
            continue
        return name, next(entry for entry in entries if entry and entry != editor.text_value())
    raise AssertionError("nothing can be typed or chosen")


@pytest.mark.parametrize("commands", in_turn(COMMANDS), ids=names_of)
def test_what_is_typed_is_kept_by_escape_and_opens_again_from_the_list(
    commands, open_form, window, do, somebody, read, settled, qtbot
):
    def look(command):
        person_id = somebody()
        args, _ = do(lambda store: needs_of(command, store, person_id))
        form = open_form(command, **args)
        assert (form.base is not None) == (command in SHOWN)
        name, typed = something_to_type(form.form)
        title = form.title
        type_into(form, name, typed)
        assert form.form.dirty
        qtbot.keyClick(form, Qt.Key.Key_Escape)
        settled(window)
        assert window.body.panel is None
        (draft,) = read(list_drafts)
        assert draft.texts[name] == typed
        window.run_command("drafts")
        settled(window)
        listed = window.body.panel
        assert isinstance(listed, DraftsPanel)
        assert title in words_in(listed)
        assert draft.first_words in words_in(listed)
        press(listed, "Go on")
        settled(window)
        again: Any = window.body.panel
        assert type(again) is type(form)
        assert text_of(again, name) == typed
        assert again.title == title
        again.start_afresh()
        settled(window)
        assert read(list_drafts) == []
        assert text_of(window.body.panel, name) != typed

    each_of(commands, look)


@pytest.mark.parametrize("commands", in_turn(WITHOUT_RECORD), ids=names_of)
def test_a_form_that_found_its_record_itself_opens_its_draft_on_that_one(
    commands, open_form, window, do, somebody, settled
):
    def look(command):
        name, make = ABOUT[command]
        person_id = somebody()
        do(make, person_id)
        form = open_form(command)
        field, typed = something_to_type(form.form)
        record_id = form.keeping._args[name]
        type_into(form, field, typed)
        form.keep()
        settled(window)
        again = open_form(command, **{name: record_id})
        assert text_of(again, field) == typed
        again.keep()
        settled(window)
        window.run_command("drafts")
        settled(window)
        press(window.body.panel, "Go on")
        settled(window)
        again = window.body.panel
        assert again.keeping._args[name] == record_id
        assert text_of(again, field) == typed
        again.start_afresh()  # or the next would not be the only one kept
        settled(window)

    each_of(commands, look)


@pytest.mark.parametrize("commands", in_turn(SHOWN), ids=names_of)
def test_both_are_shown_where_two_changed_one_field(commands, shown, open_form, change):
    def look(command):
        args, record, both = shown(command)
        form = open_form(command, **args)
        type_into(form, both.name, both.mine)
        change(record, **{both.name: both.theirs})
        assert isinstance(form.settling.banner, ChooseEach)
        assert f"“{both.mine}”" in told(form)
        assert f"“{both.reads}”" in told(form)
        assert "Jo Okafor changed " in told(form)
        assert text_of(form, both.name) == both.mine
        press(form.settling.banner, "Use theirs")
        assert text_of(form, both.name) == both.reads

    each_of(commands, look)


@pytest.mark.parametrize("commands", in_turn(SHOWN), ids=names_of)
def test_a_draft_is_brought_together_with_what_was_changed_since(commands, shown, open_form, change, window, settled):
    def look(command):
        args, record, both = shown(command)
        form = open_form(command, **args)
        type_into(form, both.name, both.mine)
        form.keep()
        settled(window)
        change(record, **{both.other: both.others})
        form = open_form(command, **args)
        assert (text_of(form, both.name), text_of(form, both.other)) == (both.mine, both.other_reads)
        assert form.settling.undecided == ()
        form.keep()
        settled(window)
        change(record, **{both.name: both.theirs})
        form = open_form(command, **args)
        assert form.settling.undecided == (both.name,)
        assert f"“{both.reads}”" in told(form)
        assert text_of(form, both.name) == both.mine

    each_of(commands, look)


@pytest.mark.parametrize("commands", in_turn(SHOWN), ids=names_of)
def test_a_field_that_only_somebody_else_changed_comes_in(commands, shown, open_form, change):
    def look(command):
        args, record, both = shown(command)
        form = open_form(command, **args)
        type_into(form, both.name, both.mine)
        change(record, **{both.other: both.others})
        assert (text_of(form, both.name), text_of(form, both.other)) == (both.mine, both.other_reads)
        assert form.settling.undecided == ()

    each_of(commands, look)


@pytest.mark.parametrize("commands", in_turn(GONE_BY), ids=names_of)
def test_a_form_that_is_filled_in_against_a_record_is_told_when_that_changes(
    commands, open_form, change, do, somebody, window, settled
):
    def look(command):
        person_id = somebody()
        args, record = do(lambda store: needs_of(command, store, person_id))
        name, fields = GONE_BY[command]
        form = open_form(command, **args)
        type_into(form, name, SENTENCE)
        change(record, **fields)
        assert "Jo Okafor recorded “Change it”" in told(form)
        assert text_of(form, name) == SENTENCE
        form.keep()
        settled(window)
        assert text_of(open_form(command, **args), name) == SENTENCE

    each_of(commands, look)
