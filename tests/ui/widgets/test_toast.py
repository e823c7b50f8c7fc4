"""The note that says what happened stays out of the way of what can be pressed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, QRect, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QWidget

from mhtracker.ui.widgets import toast as toast_module
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.toast import Toast


@pytest.fixture
def toast(qtbot, theme, monkeypatch):
    monkeypatch.setattr(toast_module, "STAYS_MS", 40)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 500)
    window.show()
    toast = Toast(theme, window)
    yield toast
    toast.setParent(None)


def test_a_toast_says_what_happened_and_undoes_it(qtbot, toast):
    undone = []
    toast.say("Moved Ciarán Triail to supported living.", lambda: undone.append(1))
    assert toast.isVisible()
    assert toast.accessibleName() == "Moved Ciarán Triail to supported living."
    qtbot.mouseClick(toast._button, Qt.MouseButton.LeftButton)
    assert undone == [1]
    assert not toast.isVisible()


def test_it_lies_over_nothing_that_can_be_pressed(theme, toast):
    window = toast.parent()
    steps = [Button(theme, words) for words in ("Print", "Save as PDF")]
    for place, step in enumerate(steps):
        step.setParent(window)
        step.move(16 + place * 200, 460)
        step.show()
    toast.say("Move recorded for PRZYKŁAD, Marek.", lambda: None)
    for step in steps:
        assert not toast.geometry().intersects(step.geometry())
    assert window.rect().contains(toast.geometry())


def test_it_stays_within_the_room_it_is_given(theme, toast):
    window = toast.parent()
    beside = Toast(theme, window, lambda: QRect(0, 0, 500, 500))
    beside.say("Move recorded for PRZYKŁAD, Marek. " * 3, lambda: None)
    assert beside.geometry().right() < 500
    beside.setParent(None)


def test_it_goes_by_itself_but_not_while_pointed_at(qtbot, toast):
    toast.say("Saved.")
    pointed = QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5))
    toast.enterEvent(pointed)
    qtbot.wait(90)
    assert toast.isVisible()
    toast.leaveEvent(QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_escape_ends_it(qtbot, toast):
    toast.say("Saved.")
    qtbot.keyClick(toast, Qt.Key.Key_Escape)
    assert not toast.isVisible()


def test_it_offers_no_undo_where_there_is_none(qtbot, toast):
    toast.say("Saved.")
    assert not toast._button.isVisible()
    assert not toast._key.isVisible()


def test_it_stays_inside_its_window(qtbot, toast):
    toast.parentWidget().resize(360, 300)
    toast.say("Moved Ciarán Triail to supported living at Canal View, flat 4, from Step House.", lambda: None)
    assert toast.parentWidget().rect().contains(toast.geometry())
