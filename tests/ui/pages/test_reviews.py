"""The Reviews page: what is due by worker and week, booking, holding, and days proposed for many."""

from __future__ import annotations

import pytest

from mhtracker.domain.dates import is_working_day
from mhtracker.domain.records import DueState
from mhtracker.ui.dialogs.book_reviews_form import BookReviewsForm
from mhtracker.ui.dialogs.hold_review_form import HoldReviewForm
from mhtracker.ui.pages.reviews import EVERYONE, ReviewsPage
from mhtracker.ui.reviews.reading import load_of, planned_on


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
    ahead = [item for item in page._shown if planned_on(item, as_at) >= as_at]
    assert sum(week.reviews for week in load_of(page._shown, as_at)) == len(ahead)


def test_a_chip_narrows_to_one_state_and_says_how_many(page):
    page.on_chip("state", "overdue")
    assert page._shown
    assert {item.state for item in page._shown} == {DueState.OVERDUE}
    page.on_chip("state", "every")


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
