"""Finding people, pages and commands from the find box."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mhtracker.domain.records import Note, Person
from mhtracker.operations.notes import add_note
from mhtracker.store import Store
from mhtracker.text import full_name
from mhtracker.ui.dialogs.person_form import AddPersonForm
from mhtracker.ui.pages.person import PersonPage
from mhtracker.ui.palette import ITEM, NOTES_WAIT_MS
from mhtracker.ui.palette_items import Item, marked, matches, typed_words
from mhtracker.ui.window import Window

Settled = Callable[[Window], None]


def shown(window: Window) -> list[Item]:
    return window.palette_list.model.items


def group(window: Window, heading: str) -> list[str]:
    found: list[str] = []
    inside = False
    for item in shown(window):
        if item.is_heading:
            inside = item.words == heading
        elif inside:
            found.append(item.words)
    return found


def typed(window: Window, qtbot: QtBot, settled: Settled, text: str) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    window.header.find_box.clear()
    qtbot.keyClicks(window.header.find_box, text)
    settled(window)


@pytest.fixture
def person(window: Window, qtbot: QtBot) -> Person:
    found: list[Person] = []

    def read(store: Store) -> Person:
        return store.find(Person, order_by=("surname", "given_names"))[0]

    window.context.jobs.ask(read, then=found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


@pytest.mark.parametrize(
    ("words", "text", "bold"),
    [
        ("PRZYKŁAD, Marek", "mar", ["Mar"]),
        ("PRZYKŁAD, Marek", "przykl mar", ["PRZYKŁ", "Mar"]),
        ("ÖRNEK, Selin", "orn", ["ÖRN"]),
        ("O’BRIEN, Siobhán", "siobhan", ["Siobhán"]),
        ("MARKS, Emma", "mar", ["MAR"]),
        ("TUSI, Maryam", "arya", []),
        ("R&D <b>", "b", ["b"]),
    ],
)
def test_the_parts_that_match_are_marked_where_they_stand(words: str, text: str, bold: list[str]) -> None:
    assert [words[start:end] for start, end in marked(words, typed_words(text))] == bold


def test_every_typed_word_must_begin_a_word() -> None:
    assert matches(typed_words("start reg"), "Start a new register")
    assert matches(typed_words("postgres"), "Connect to a server", "postgresql")
    assert not matches(typed_words("start server"), "Start a new register")


def test_ctrl_k_goes_to_the_box_and_a_few_letters_find_a_person(
    window: Window, person: Person, qtbot: QtBot, settled: Settled
) -> None:
    typed(window, qtbot, settled, person.surname[:4].lower())
    assert window.focusWidget() is window.header.find_box
    assert any(words.startswith(person.surname[:4].upper()) for words in group(window, "People"))


def test_pages_and_commands_are_found_by_their_words_and_by_others(
    window: Window, qtbot: QtBot, settled: Settled
) -> None:
    typed(window, qtbot, settled, "case")
    assert "Caseload" in group(window, "Go to")
    typed(window, qtbot, settled, "zoom")
    assert group(window, "Do") == ["Larger text", "Smaller text", "Usual text size"]


@pytest.mark.parametrize(
    ("words", "first"),
    [("dark", "Colours: dark"), ("light", "Colours: light"), ("aside", "Rows put aside by an import")],
)
def test_enter_does_what_was_typed_and_not_its_neighbour(
    window: Window, qtbot: QtBot, settled: Settled, words: str, first: str
) -> None:
    typed(window, qtbot, settled, words)
    assert shown(window)[window.palette_list.list.currentIndex().row()].words == first


def test_enter_opens_the_first_and_the_arrows_pass_over_headings(
    window: Window, qtbot: QtBot, settled: Settled
) -> None:
    typed(window, qtbot, settled, "caseload")
    box = window.header.find_box
    qtbot.keyClick(box, Qt.Key.Key_Up)
    index = window.palette_list.list.currentIndex()
    assert shown(window)[index.row()].words == "Caseload"
    qtbot.keyClick(box, Qt.Key.Key_Return)
    settled(window)
    here = window.navigator.history.current
    assert here is not None
    assert here.page == "caseload"
    assert not window.palette_list.isVisible()
    assert box.text() == ""


def test_enter_typed_faster_than_the_answer_opens_what_was_typed_and_not_what_stood_there(
    window: Window, person: Person, qtbot: QtBot, settled: Settled
) -> None:
    typed(window, qtbot, settled, "caseload")
    opened: list[str] = []
    window.open_person = lambda person_id, tab=None, at=None: opened.append(person_id)  # type: ignore[method-assign]
    box = window.header.find_box
    box.clear()
    qtbot.keyClicks(box, person.ref)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert opened == []
    settled(window)
    assert opened == [person.id]


def test_esc_empties_the_box_and_gives_the_keyboard_back_to_the_page(
    window: Window, qtbot: QtBot, settled: Settled
) -> None:
    typed(window, qtbot, settled, "mar")
    qtbot.keyClick(window.header.find_box, Qt.Key.Key_Escape)
    assert not window.palette_list.isVisible()
    assert window.header.find_box.text() == ""
    page = window.navigator.current_page()
    assert page is not None
    assert page.isAncestorOf(window.focusWidget())


def test_what_nobody_is_called_says_so(window: Window, qtbot: QtBot, settled: Settled) -> None:
    typed(window, qtbot, settled, "xqzw")
    assert [item.words for item in shown(window)] == [
        "Nobody and nothing by that name. Try a part of it, or an NHS number."
    ]


@pytest.mark.parametrize("text", ['"', "*", "NEAR(", "%", "'; DROP TABLE people", "\u202e", "<b>", "&"])
def test_odd_characters_are_only_text(window: Window, qtbot: QtBot, settled: Settled, text: str) -> None:
    window.palette_list.open()
    window.header.find_box.setText(text)
    window.header.find_box.textEdited.emit(text)
    settled(window)
    assert window.palette_list.isVisible()


def test_the_usual_steps_are_offered_for_the_person_found(
    window: Window, person: Person, qtbot: QtBot, settled: Settled
) -> None:
    typed(window, qtbot, settled, person.ref)
    steps = group(window, "Do")
    assert f"Record a move for {full_name(person)}" in steps


def test_what_is_done_for_the_person_on_show_names_them_whole(
    window: Window, person: Person, qtbot: QtBot, settled: Settled
) -> None:
    window.open_person(person.id)
    settled(window)
    typed(window, qtbot, settled, "record a mo")
    assert f"Record a move for {full_name(person)}" in group(window, "Do")
    assert shown(window)[window.palette_list.list.currentIndex().row()].words.startswith("Record a move for ")


@pytest.mark.parametrize("text", ["add a person", "add a pers"])
def test_adding_a_person_opens_the_form_for_a_new_person_whoever_is_on_show(
    window: Window, person: Person, qtbot: QtBot, settled: Settled, text: str
) -> None:
    window.open_person(person.id)
    settled(window)
    typed(window, qtbot, settled, text)
    assert group(window, "Do")[0] == "Add a person"
    qtbot.keyClick(window.header.find_box, Qt.Key.Key_Return)
    settled(window)
    assert isinstance(window.body.panel, AddPersonForm)


def test_a_name_goes_before_what_can_be_done(window: Window, person: Person, qtbot: QtBot, settled: Settled) -> None:
    typed(window, qtbot, settled, person.surname)
    assert shown(window)[0].words == "People"


def test_somebody_around_a_person_is_found_by_who_they_are(
    window: Window, person: Person, qtbot: QtBot, settled: Settled
) -> None:
    window.open_person(person.id)
    settled(window)
    for text in ("carer", "contact", "add a relative"):
        typed(window, qtbot, settled, text)
        assert f"Add a carer, relative or professional for {full_name(person)}" in group(window, "Do")


@pytest.fixture
def noted(window: Window, person: Person, settled: Settled) -> Callable[[str], Note]:
    """Writes a note on the person."""

    def write(text: str) -> Note:
        done: list[Note] = []
        window.context.jobs.do(
            add_note, person.id, kind="visit", noted_on=date(2026, 7, 3), text=text, then=done.append
        )
        settled(window)
        return done[0]

    return write


def test_words_of_a_note_are_found_after_the_rest_and_open_the_note_at_the_person(
    window: Window, person: Person, noted: Callable[[str], Note], qtbot: QtBot, settled: Settled
) -> None:
    note = noted("He likes Kürbissuppe and wants the recipe.")
    typed(window, qtbot, settled, "ku")
    qtbot.wait(NOTES_WAIT_MS * 2)
    settled(window)
    assert group(window, "In notes") == []
    qtbot.keyClicks(window.header.find_box, "rbis rec")
    qtbot.waitUntil(lambda: bool(group(window, "In notes")))
    found = next(item for item in shown(window) if item.icon == "note-text-outline")
    assert person.surname.casefold() in found.words.casefold()
    assert found.detail == "3 Jul 2026: He likes Kürbissuppe and wants the recipe."
    qtbot.keyClick(window.header.find_box, Qt.Key.Key_Return)
    settled(window)
    assert window.navigator.current_person() == person.id
    page = window.navigator.current_page()
    assert isinstance(page, PersonPage)
    assert page.tabs.key() == "notes"
    assert note.id in page.notes_tab.notes.rows


def test_notes_that_come_later_leave_chosen_what_was_chosen(
    window: Window, noted: Callable[[str], Note], qtbot: QtBot, settled: Settled
) -> None:
    noted("Rang about the review.")
    typed(window, qtbot, settled, "review")
    items = shown(window)
    last = items[-1].words
    for _ in items:
        qtbot.keyClick(window.header.find_box, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: bool(group(window, "In notes")))
    assert window.palette_list.list.currentIndex().data(ITEM).words == last


def test_commands_of_a_closed_register_s_pages_are_gone(window: Window, qtbot: QtBot) -> None:
    window.open_page("caseload")
    qtbot.waitUntil(lambda: any(command.key == "export_caseload" for command in window.context.commands))
    window.navigator.clear()
    assert all(command.key != "export_caseload" for command in window.context.commands)
    window.open_page("caseload")
    assert any(command.key == "export_caseload" for command in window.context.commands)
