"""A list that new entries may be added to: what is there is taken first, and a new one is a line of its own."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mhtracker.ui.choice_edit import Choice, ChoiceEdit, Typed
from mhtracker.ui.editors import LineEdit
from tests.ui.test_choice_list import offered

NAMES = ("Beech Lodge", "Canal View", "Mill Street", "Mill Yard")


@pytest.fixture
def choice(theme, qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    choice = ChoiceEdit(theme, [Choice(name, name) for name in NAMES], adds="service")
    choice.set_name("Service")
    column = QVBoxLayout(holder)
    column.addWidget(choice)
    column.addWidget(LineEdit(theme))
    holder.resize(300, 90)
    holder.show()
    holder.activateWindow()
    qtbot.waitUntil(holder.isActiveWindow)
    choice.combo.lineEdit().setFocus()
    yield choice
    choice.combo.completer().popup().hide()


def popup_of(choice):
    return choice.combo.completer().popup()


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_tab_leaves_a_list_that_a_space_has_opened_with_the_entry_marked(theme, qtbot, key):
    holder = QWidget()
    qtbot.addWidget(holder)
    closed = ChoiceEdit(theme, [Choice(name, name) for name in NAMES])
    before, after = LineEdit(theme), LineEdit(theme)
    column = QVBoxLayout(holder)
    for each in (before, closed, after):
        column.addWidget(each)
    holder.show()
    holder.activateWindow()
    qtbot.waitUntil(holder.isActiveWindow)
    closed.setFocus()
    qtbot.keyClick(closed.combo, Qt.Key.Key_Space)
    qtbot.waitUntil(closed.combo.view().isVisible)
    settled: list[bool] = []
    closed.settled.connect(lambda: settled.append(True))
    qtbot.keyClick(closed.combo.view(), Qt.Key.Key_Down)
    qtbot.keyClick(closed.combo.view(), key)
    assert not closed.combo.view().isVisible()
    assert closed.value() in NAMES
    assert settled
    reached = after if key == Qt.Key.Key_Tab else before
    qtbot.waitUntil(reached.line.hasFocus)


def test_enter_takes_the_one_entry_left(choice, qtbot):
    qtbot.keyClicks(choice.combo.lineEdit(), "canal")
    assert offered(choice) == ["Canal View", "Add “canal” as a new service"]
    assert choice.value() == Typed("canal")
    qtbot.keyClick(popup_of(choice), Qt.Key.Key_Return)
    assert (choice.value(), choice.combo.currentText()) == ("Canal View", "Canal View")


def test_tab_takes_the_one_entry_left_and_none_of_two(choice, qtbot):
    line = choice.combo.lineEdit()
    qtbot.keyClicks(line, "bee")
    popup_of(choice).hide()
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert choice.value() == "Beech Lodge"
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "mill")
    popup_of(choice).hide()
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert choice.value() == Typed("mill")


def test_the_line_that_adds_a_new_one_is_chosen_and_stays_when_the_field_is_left(choice, qtbot):
    line = choice.combo.lineEdit()
    qtbot.keyClicks(line, "Canal")
    popup = popup_of(choice)
    for _ in range(2):
        qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert (choice.value(), line.text()) == (Typed("Canal"), "Canal")
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert choice.value() == Typed("Canal")


def test_a_name_that_is_there_is_not_offered_as_new(choice, qtbot):
    qtbot.keyClicks(choice.combo.lineEdit(), "mill  yard")
    assert offered(choice) == ["Mill Yard"]
    assert choice.value() == "Mill Yard"
