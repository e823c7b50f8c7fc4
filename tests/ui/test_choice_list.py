"""A list to choose from opens at a click, narrows as one types, and shows its entries whole."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mhtracker.ui.choice_edit import WIDEST_LIST, Choice, ChoiceEdit
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.widgets.buttons import Button

LONG = "Waiting for a decision about who pays for the support in the new place"
NAMES = [*(f"Flat {number}" for number in range(18)), LONG, "Łódź Road"]


@pytest.fixture
def choice(theme, qtbot):
    choice = ChoiceEdit(theme, [Choice(name, name) for name in NAMES])
    choice.set_name("Barrier")
    qtbot.addWidget(choice)
    choice.resize(260, choice.sizeHint().height())
    choice.show()
    choice.activateWindow()
    qtbot.waitUntil(choice.isActiveWindow)
    yield choice
    choice.combo.completer().popup().hide()


def offered(choice) -> list[str]:
    found = choice.combo.completer().completionModel()
    return [found.index(row, 0).data() for row in range(found.rowCount())]


def test_a_click_into_the_field_opens_the_whole_list(choice, qtbot):
    qtbot.mouseClick(choice.combo.lineEdit(), Qt.MouseButton.LeftButton)
    assert choice.combo.completer().popup().isVisible()
    assert offered(choice) == NAMES


def test_typing_after_the_click_takes_the_place_of_what_was_chosen_and_narrows(choice, qtbot):
    choice.set_value("Flat 3")
    line = choice.combo.lineEdit()
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert choice.combo.completer().popup().currentIndex().data() == "Flat 3"
    qtbot.keyClicks(line, "lodz")
    assert line.text() == "lodz"
    assert offered(choice) == ["Łódź Road"]
    assert choice.value() == "Łódź Road"


def test_an_entry_is_taken_by_arrow_and_enter_after_a_click(choice, qtbot):
    line = choice.combo.lineEdit()
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    popup = choice.combo.completer().popup()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert not popup.isVisible()
    assert choice.value() in NAMES[:3]


def test_esc_puts_the_list_away_and_leaves_what_was_chosen(choice, qtbot):
    choice.set_value("Flat 3")
    qtbot.mouseClick(choice.combo.lineEdit(), Qt.MouseButton.LeftButton)
    qtbot.keyClick(choice.combo.completer().popup(), Qt.Key.Key_Escape)
    assert not choice.combo.completer().popup().isVisible()
    assert choice.value() == "Flat 3"


def test_a_long_entry_is_not_cut_in_the_list_and_whole_in_its_tooltip(choice, theme):
    wide = QFontMetrics(theme.font()).horizontalAdvance(LONG)
    assert wide > choice.width()
    for view in (choice.combo.view(), choice.combo.completer().popup()):
        assert min(wide, theme.px(WIDEST_LIST)) < view.minimumWidth() <= theme.px(WIDEST_LIST)
    place = NAMES.index(LONG)
    assert choice.combo.itemData(place, Qt.ItemDataRole.ToolTipRole)
    choice.set_value(LONG)
    assert choice.combo.toolTip()
    choice.set_value("Flat 3")
    assert choice.combo.toolTip() == ""


def test_a_long_entry_shows_its_beginning_however_it_came_to_be_chosen(choice, qtbot):
    line, place = choice.combo.lineEdit(), NAMES.index(LONG)
    choice.combo.setCurrentIndex(place)
    assert (line.text(), line.cursorPosition()) == (LONG, 0)
    choice.restore_text(LONG)
    assert line.cursorPosition() == 0
    choice.combo.clearFocus()
    choice.combo.setFocus(Qt.FocusReason.TabFocusReason)
    assert (line.selectedText(), line.cursorPosition()) == (LONG, 0)
    choice.set_value(None)
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(line, LONG[:9])
    popup = choice.combo.completer().popup()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert line.text() == LONG
    qtbot.waitUntil(lambda: line.cursorPosition() == 0)


def test_the_field_and_what_is_typed_into_have_the_same_name(choice):
    assert choice.combo.accessibleName() == choice.combo.lineEdit().accessibleName() == "Barrier"


def test_words_under_a_field_wait_until_the_mouse_is_let_go(theme, qtbot):
    """What is said under a field must not move the button beneath the mouse between press and release."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    pressed = []
    choice = ChoiceEdit(theme, [Choice(name, name) for name in NAMES])
    step = Button(theme, "Record", lambda: pressed.append(1))
    for widget in (choice, LineEdit(theme), step):
        column.addWidget(widget)
    qtbot.addWidget(whole)
    whole.show()
    whole.activateWindow()
    qtbot.waitUntil(whole.isActiveWindow)
    line = choice.combo.lineEdit()
    line.setFocus()
    qtbot.keyClicks(line, "Harbour")
    choice.combo.completer().popup().hide()
    other: Any = column.itemAt(1).widget()
    other = other.control
    window, spot = whole.windowHandle(), other.mapTo(whole, other.rect().center())
    before = step.y()
    QTest.mousePress(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    qtbot.waitUntil(other.hasFocus)
    assert choice.problem == ""
    assert step.y() == before
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    qtbot.waitUntil(lambda: "not on the list" in choice.problem)
