"""A column that scrolls down comes to rest at any width, whatever its cards do."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from mhtracker.ui.person.parts import CardColumns, Tab
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.down_scroll import DownScroll
from mhtracker.ui.widgets.labels import Label
from tests.ui.rest import come_to_rest

LONG = "He would like to live near his sister, with a garden, and to keep the cat that he has now. "


@pytest.fixture
def tab(theme, qtbot):
    """Cards in two columns from 640 px on, of nearly the height there is, as on somebody's summary."""
    tab = Tab(theme, "Summary")
    cards = CardColumns(theme)
    for place in range(4):
        card = Card(theme, f"Card {place}")
        card.add(Label(LONG * (place + 2), wrap=True))
        cards.add(card, place % 3, place % 2)
    tab.column.addWidget(cards)
    qtbot.addWidget(tab)
    tab.resize(900, 420)
    tab.show()
    come_to_rest(tab)
    return tab


def test_cards_that_go_from_two_columns_into_one_at_the_width_of_the_bar_come_to_rest(tab):
    bar = tab.bar_width()
    for width in range(640, 760):
        for height in (420, 330, 250):
            tab.resize(width, height)
            assert tab.widget().width() == width - bar
    come_to_rest(tab)
    assert tab.widget().height() >= tab.widget().heightForWidth(tab.widget().width())


def test_the_column_is_as_wide_with_the_bar_as_without(tab):
    tab.resize(800, 3000)
    come_to_rest(tab)
    assert not tab.verticalScrollBar().isVisible()
    before = tab.widget().width()
    tab.resize(800, 200)
    come_to_rest(tab)
    assert tab.verticalScrollBar().isVisible()
    assert tab.widget().width() == before


def test_what_is_added_later_is_scrolled_to(tab):
    tab.resize(800, 300)
    before = tab.verticalScrollBar().maximum()
    tab.column.addWidget(Label(LONG * 40, wrap=True))
    come_to_rest(tab)
    assert tab.verticalScrollBar().maximum() > before
    assert tab.widget().height() >= tab.widget().heightForWidth(tab.widget().width())


def test_a_little_in_a_high_view_fills_it(theme, qtbot):
    area = DownScroll("Little")
    area.setWidget(QWidget())
    qtbot.addWidget(area)
    area.resize(300, 500)
    area.show()
    assert area.widget().height() == 500
