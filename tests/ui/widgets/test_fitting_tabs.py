"""Tabs for which there is no room are behind "More", and reached by key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from mhtracker.ui.widgets.fitting_tabs import FittingTabs

TABS = [("summary", "Summary", None), ("reviews", "Reviews", 10), ("goals", "Goals and measures", 2),
        ("notes", "Notes and chronology", 64), ("history", "History", None)]  # fmt: skip


@pytest.fixture
def tabs(theme, qtbot):
    tabs = FittingTabs(theme, "Parts of the record", TABS)
    qtbot.addWidget(tabs)
    tabs.resize(900, 34)
    tabs.show()
    return tabs


def test_with_room_all_stand_side_by_side(tabs):
    assert tabs.behind_more() == []
    assert not tabs.more.isVisible()


@pytest.mark.parametrize("width", range(160, 560, 40))
def test_nothing_is_cut_at_any_width(tabs, width):
    tabs.resize(width, 34)
    shown = [place for place in range(tabs.count()) if tabs.isTabVisible(place)]
    assert tabs.behind_more()
    assert tabs.more.isVisible()
    assert len(shown) + len(tabs.behind_more()) == len(TABS)
    if len(shown) > 1:
        assert tabs.more.geometry().right() <= width
        assert max(tabs.tabRect(place).right() for place in shown) < tabs.more.x()


def test_the_chosen_tab_is_always_shown_and_told_of_once(tabs, qtbot):
    tabs.resize(330, 34)
    told: list[str] = []
    tabs.chosen.connect(told.append)
    assert "history" in tabs.behind_more()
    next(each for each in tabs.make_more_menu().actions() if each.text() == "History").trigger()
    assert told == ["history"]
    assert tabs.key() == "history"
    assert "history" not in tabs.behind_more()


def test_a_wider_line_shows_them_again_and_keeps_the_chosen(tabs):
    tabs.resize(300, 34)
    tabs.set_key("notes")
    tabs.resize(900, 34)
    assert tabs.behind_more() == []
    assert tabs.key() == "notes"


def test_arrows_pass_over_what_is_hidden_and_tab_reaches_more(tabs, qtbot):
    tabs.resize(330, 34)
    tabs.setFocus()
    for _ in TABS:
        qtbot.keyClick(tabs, Qt.Key.Key_Right)
        assert tabs.isTabVisible(tabs.currentIndex())
    assert tabs.more.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert tabs.more.accessibleName()


def test_the_first_tab_stays_at_the_left_when_a_later_one_is_chosen(tabs):
    tabs.set_key("history")
    for width in (700, 420, 330, 260):
        tabs.resize(width, 34)
        shown = [place for place in range(tabs.count()) if tabs.isTabVisible(place)]
        assert tabs.tabRect(shown[0]).left() == 0
        assert tabs.tabRect(shown[-1]).right() < (tabs.more.x() if tabs.more.isVisible() else width)
