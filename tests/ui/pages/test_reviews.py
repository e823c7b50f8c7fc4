"""The Reviews page: what is due by worker and week, booking, holding, and days proposed for many."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from mhtracker.domain.dates import is_working_day, week_start
from mhtracker.domain.records import DueState
from mhtracker.store.queries.due import REVIEW
from mhtracker.text import format_date
from mhtracker.ui.dialogs.book_reviews_form import BookReviewsForm
from mhtracker.ui.dialogs.hold_review_form import HoldReviewForm
from mhtracker.ui.pages.reviews import EVERYONE, ReviewsPage
from mhtracker.ui.reviews.reading import load_of, narrowed, planned_on


@pytest.fixture
def page(window, settled):
    window.open_page("reviews")
    settled(window)
    page = window.navigator.current_page()
    assert isinstance(page, ReviewsPage)
    page.whose.set_value(EVERYONE)
    page._on_whose()
    settled(window)
    return page


def test_overdue_reviews_stand_first_and_every_line_says_who_holds_it(page):
    states = [item.state == DueState.OVERDUE for item in page._shown]
    assert states == sorted(states, reverse=True)
    assert page.model.rowCount() == len(page._shown) > 0


def test_the_bars_count_what_lies_ahead_and_no_more(page):
    as_at = page._data.as_at
    ahead = [item for item in page._shown if item.kind == REVIEW and planned_on(item, as_at) >= as_at]
    assert sum(week.reviews for week in load_of(page._shown, as_at)) == len(ahead)


def test_a_chip_narrows_to_one_state_and_says_how_many(page):
    page.on_chip("state", "overdue")
    assert page._shown
    assert {item.state for item in page._shown} == {DueState.OVERDUE}
    page.on_chip("state", "every")


def test_the_words_of_the_chips_are_plain_and_kinds_of_which_there_is_none_have_no_chip(page):
    words = [chip.label for chip in page.chips.chips() if chip.isVisible()]
    assert words[:5] == ["All", "Overdue", "Overdue and not booked", "Not booked", "Booked"]
    for name, chip in page._chips.items():
        group, _, kind = name.partition(":")
        if group == "kind":
            assert chip.isVisible() == bool(narrowed(page._data.items, kind, "every", page._data.as_at)), name


def test_a_bar_lists_the_reviews_it_counts_and_pressed_again_all_of_them(page, qtbot):
    everything = len(page._shown)
    bar = max(page.load.bars(), key=lambda each: each.week.reviews)
    bar.setFocus()
    qtbot.keyClick(bar, Qt.Key.Key_Space)
    assert len(page._shown) == bar.week.reviews > 0
    assert {week_start(planned_on(item, page._data.as_at)) for item in page._shown} == {bar.week.monday}
    assert f"in the week of {format_date(bar.week.monday, year=False)}" in page._caption.text()
    qtbot.keyClick(bar, Qt.Key.Key_Space)
    assert len(page._shown) == everything


def test_narrowed_to_nothing_the_page_offers_everything_again(page):
    page._standing, page._week = "overdue", page.load.bars()[-1].week.monday
    page._show_rows()
    assert page._shown == []
    assert page._none_so.isVisible()
    assert not page._nothing.isVisible()
    page._none_so.button.click()
    assert page._shown
    assert not page._none_so.isVisible()


def test_every_column_is_seen_whole_in_a_window_of_the_usual_width(page, qtbot):
    qtbot.waitUntil(lambda: page.table.viewport().width() > 1000)
    assert page.table.horizontalScrollBar().maximum() == 0


def test_proposed_days_are_booked_in_one_step(page, window, settled):
    page.on_chip("state", "to_book")
    wanted = page.to_propose()[:4]
    page._book_all(wanted)
    settled(window)
    form = window.body.panel
    assert isinstance(form, BookReviewsForm)
    people = {item.person_id for item in wanted}
    days = [form.form.editors[person_id].value() for person_id in people]
    assert all(is_working_day(day) for day in days)
    form.record()
    settled(window)
    assert not any(item.person_id in people and item.need is None and item.booked_on is None for item in page._shown)


def test_recording_from_a_line_opens_the_form_for_its_person(page, window, settled):
    page.on_chip("state", "every")
    page.table.go_to(0)
    page.on_hold()
    settled(window)
    form = window.body.panel
    assert isinstance(form, HoldReviewForm)
    assert form.person_id == page.current_person()
    assert form.form.editors["held_on"].value() == page.context.today
