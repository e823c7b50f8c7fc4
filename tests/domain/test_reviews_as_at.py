"""Reviews as they stood on a day, and the one due date that every reader of them is given."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mhtracker.domain.records import DueState, Review, ReviewOutcome
from mhtracker.domain.reviewing.due import ReviewRules, as_they_stood, is_open, review_lines, review_need

RULES = ReviewRules()
DAYS = st.dates(date(2015, 1, 1), date(2030, 1, 1))
MAYBE = st.none() | DAYS


@st.composite
def reviews(draw: st.DrawFn) -> list[Review]:
    found = []
    for number in range(draw(st.integers(0, 5))):
        held_on = draw(MAYBE)
        abandoned_on = None if held_on else draw(MAYBE)
        outcome = ReviewOutcome.CHANGE if held_on else None
        summary = "Agreed to look at flats." if held_on else ""
        found.append(
            Review(
                f"r{number}",
                "p",
                due_on=draw(MAYBE),
                booked_on=draw(MAYBE),
                held_on=held_on,
                outcome=outcome,
                summary=summary,
                abandoned_on=abandoned_on,
                abandon_reason="Unwell" if abandoned_on else "",
            )
        )
    return found


@given(reviews(), MAYBE, DAYS)
def test_every_open_review_is_due_when_the_next_review_is(all_of_them: list[Review], started: date | None, day: date):
    started = started if started and started <= day else None
    need = review_need(all_of_them, started, RULES, day)
    lines = review_lines(all_of_them, need, lambda _: started, RULES, day)
    assert all(line.due == need.due for line in lines if is_open(line.review, day))


@given(reviews(), DAYS)
def test_nothing_that_happened_later_is_told(all_of_them: list[Review], day: date):
    need = review_need(all_of_them, None, RULES, day)
    for line in review_lines(all_of_them, need, lambda _: None, RULES, day):
        review = line.review
        assert review.held_on is None or review.held_on <= day
        assert review.abandoned_on is None or review.abandoned_on <= day
        assert (review.outcome is None) == (review.held_on is None)
        assert bool(review.abandon_reason) == (review.abandoned_on is not None)


@given(reviews(), DAYS)
def test_what_was_held_or_abandoned_is_due_no_more(all_of_them: list[Review], day: date):
    need = review_need(all_of_them, None, RULES, day)
    done = [
        line for line in review_lines(all_of_them, need, lambda _: None, RULES, day) if not is_open(line.review, day)
    ]
    assert all(line.due.state == DueState.NONE for line in done)


def test_a_review_held_later_is_left_out_with_its_booking():
    later = Review("r", "p", booked_on=date(2026, 6, 1), held_on=date(2026, 6, 2), outcome=ReviewOutcome.CONTINUE)
    assert as_they_stood([later], date(2026, 5, 1)) == []
    assert as_they_stood([later], date(2026, 6, 2)) == [later]


def test_a_finished_hospital_stay_does_not_restart_the_days_of_a_kept_place():
    residential, hospital_ended = date(2020, 1, 1), date(2026, 7, 10)
    held = Review("r1", "p", held_on=date(2026, 6, 1))
    booked = Review("r2", "p", booked_on=date(2026, 9, 1))
    as_at = date(2026, 9, 10)
    need = review_need([held, booked], residential, RULES, as_at)
    lines = review_lines([held, booked], need, lambda _: residential, RULES, as_at)
    assert need.due.due_on == date(2027, 6, 1)
    assert hospital_ended < as_at
    assert [line.due.due_on for line in lines if line.review.id == "r2"] == [date(2027, 6, 1)]
