"""Reviews: only holding one clears what is due, and a date for the next never postpones."""

from datetime import date

import pytest

from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import DueState, Person, Review, ReviewKind, ReviewOutcome
from mhtracker.operations import people, reviews
from mhtracker.operations.reviews import Booking
from mhtracker.store.queries.person import build_case_summary
from tests.operations.conftest import TODAY

CONTINUE = ReviewOutcome.CONTINUE
FIRST_DUE = date(2026, 6, 15)  # 56 days after 20 April


def need(case, as_at=TODAY):
    return build_case_summary(case.store, case.id, as_at).review


def refused(function, *args, **kwargs):
    with pytest.raises(Invalid) as caught:
        function(*args, **kwargs)
    return caught.value.problems


def open_reviews(case):
    return case.store.find(Review, person_id=case.id, held_on=None, abandoned_on=None)


def test_a_booking_clears_nothing(case):
    assert (need(case).due.due_on, need(case).due.state) == (FIRST_DUE, DueState.OVERDUE)
    booked = reviews.book_review(case.store, case.id, booked_on=date(2026, 7, 22), booked_time="10:30")
    after = need(case)
    assert (after.due.state, after.booked.id, after.never) == (DueState.OVERDUE, booked.id, True)
    assert case.store.next_undo().label == "Book review"


def test_holding_clears_it_and_the_next_is_due_in_twelve_months(case):
    booked = reviews.book_review(case.store, case.id, booked_on=date(2026, 7, 22))
    held = reviews.hold_review(
        case.store, booked.id, held_on=TODAY, outcome=CONTINUE, summary="Went well.\nTwo goals met.", attended="Ciarán"
    )
    assert (held.held_on, held.outcome, held.summary) == (TODAY, CONTINUE, "Went well.\nTwo goals met.")
    after = need(case)
    assert (after.due.due_on, after.never, after.booked) == (date(2027, 7, 14), False, None)
    assert case.store.next_undo().label == "Hold review"


def test_one_undo_takes_back_the_review_and_the_date_of_the_next(case):
    booked = reviews.book_review(case.store, case.id, booked_on=date(2026, 7, 22))
    reviews.hold_review(case.store, booked.id, held_on=TODAY, outcome=CONTINUE, next_on=date(2026, 12, 1))
    assert len(case.store.find(Review, person_id=case.id)) == 2
    case.store.undo()
    assert case.store.find(Review, person_id=case.id) == [case.store.get(Review, booked.id)]
    assert need(case).due.state == DueState.OVERDUE


def test_an_earlier_next_date_becomes_the_due_date(case):
    reviews.record_review(case.store, case.id, held_on=TODAY, outcome=CONTINUE, next_on=date(2026, 12, 1))
    assert need(case).due.due_on == date(2026, 12, 1)
    (following,) = open_reviews(case)
    assert (following.due_on, following.booked_on) == (date(2026, 12, 1), None)


@pytest.mark.parametrize("next_on", [date(2027, 7, 14), date(2027, 9, 1)])
def test_a_later_next_date_is_a_booking_that_postpones_nothing(case, next_on):
    reviews.record_review(case.store, case.id, held_on=TODAY, outcome=CONTINUE, next_on=next_on)
    after = need(case)
    assert (after.due.due_on, after.booked.booked_on) == (date(2027, 7, 14), next_on)


def test_the_preview_says_when_the_next_falls_due(case):
    def words(next_on=None):
        preview = reviews.preview_review(case.store, case.id, held_on=TODAY, next_on=next_on)
        return [consequence.words for consequence in preview.consequences]

    assert words() == ["Next review will fall due on Wed 14 Jul 2027"]
    assert words(date(2026, 12, 1)) == ["Next review will fall due on Tue 1 Dec 2026"]
    assert words(date(2027, 9, 1)) == [
        "Next review will fall due on Wed 14 Jul 2027",
        "Wed 1 Sep 2027 is kept as a booking; it postpones nothing",
    ]
    assert set(reviews.preview_review(case.store, case.id, held_on=None).problems) == {"held_on"}
    wrong = reviews.preview_review(case.store, case.id, held_on=date(2026, 7, 15), next_on=TODAY)
    assert set(wrong.problems) == {"held_on"}


def test_a_review_is_not_held_in_the_future_nor_twice(case):
    booked = reviews.book_review(case.store, case.id, booked_on=date(2026, 7, 22))
    ahead = {"held_on": date(2026, 7, 22), "outcome": CONTINUE}
    assert set(refused(reviews.hold_review, case.store, booked.id, **ahead)) == {"held_on"}
    reviews.hold_review(case.store, booked.id, held_on=TODAY, outcome=CONTINUE)
    assert set(refused(reviews.hold_review, case.store, booked.id, held_on=TODAY, outcome=CONTINUE)) == {""}


def test_a_review_needs_an_outcome_and_a_next_date_after_it(case):
    hold = reviews.record_review
    assert set(refused(hold, case.store, case.id, held_on=TODAY, outcome="")) == {"outcome"}
    both = {"held_on": TODAY, "outcome": CONTINUE, "next_on": TODAY}
    assert set(refused(hold, case.store, case.id, **both)) == {"next_on"}
    assert case.store.find(Review) == []


def test_a_review_from_before_the_present_stay_is_recorded_and_clears_nothing(case):
    reviews.record_review(case.store, case.id, held_on=date(2026, 1, 8), outcome=CONTINUE)
    after = need(case)
    assert (after.due.due_on, after.first, after.never) == (FIRST_DUE, True, False)


def test_bringing_a_review_forward_is_met_by_the_next_one_held(case):
    reviews.record_review(case.store, case.id, held_on=TODAY, outcome=CONTINUE)
    wanted = reviews.set_review_due(case.store, case.id, due_on=date(2026, 9, 1))
    assert need(case).due.due_on == date(2026, 9, 1)
    booked = reviews.book_review(case.store, case.id, booked_on=date(2026, 8, 20))
    assert booked.id == wanted.id
    assert len(open_reviews(case)) == 1


def test_dates_set_before_are_met_by_any_review_held_since(case):
    wanted = reviews.set_review_due(case.store, case.id, due_on=TODAY) if need(case).due.due_on > TODAY else None
    assert wanted is None  # already overdue by the rule, so a later wish is refused
    assert "due_on" in refused(reviews.set_review_due, case.store, case.id, due_on=date(2026, 7, 20))
    reviews.record_review(case.store, case.id, held_on=date(2026, 7, 1), outcome=CONTINUE, next_on=date(2026, 7, 10))
    reviews.record_review(case.store, case.id, held_on=TODAY, outcome=CONTINUE, kind=ReviewKind.PLACEMENT)
    assert open_reviews(case) == []
    (met,) = [review for review in case.store.find(Review) if review.abandoned_on]
    assert met.abandon_reason == "Met by the review held on 14 Jul 2026"
    assert need(case).due.due_on == date(2027, 7, 14)


def test_a_review_is_brought_forward_not_back_nor_into_the_past(case):
    reviews.record_review(case.store, case.id, held_on=TODAY, outcome=CONTINUE)
    for day in (date(2027, 7, 14), date(2026, 7, 13)):
        assert set(refused(reviews.set_review_due, case.store, case.id, due_on=day)) == {"due_on"}


def test_one_booking_of_a_kind_at_a_time(case):
    reviews.book_review(case.store, case.id, booked_on=date(2026, 7, 22))
    assert "22 Jul 2026" in refused(reviews.book_review, case.store, case.id, booked_on=date(2026, 7, 23))["booked_on"]
    reviews.book_review(case.store, case.id, kind=ReviewKind.S117, booked_on=date(2026, 7, 23))
    assert len(open_reviews(case)) == 2


def test_a_missed_booking_does_not_stop_the_next(case, monkeypatch):
    booked = reviews.book_review(case.store, case.id, booked_on=date(2026, 7, 22))
    monkeypatch.setattr(case.store.clock, "_moment", case.store.clock.now().replace(month=8))
    reviews.book_review(case.store, case.id, booked_on=date(2026, 8, 20))
    assert {review.id for review in open_reviews(case)} > {booked.id}


def test_a_booking_may_change_its_day_and_time_with_a_reason(case):
    booked = reviews.book_review(case.store, case.id, booked_on=date(2026, 7, 22), booked_time="10:30")
    moved = reviews.rebook_review(case.store, booked.id, booked_on=date(2026, 7, 29), reason="Ciarán is away")
    assert (moved.booked_on, moved.booked_time) == (date(2026, 7, 29), "10:30")
    assert (case.store.next_undo().label, case.store.next_undo().reason) == ("Change booking", "Ciarán is away")
    again = reviews.rebook_review(
        case.store, booked.id, booked_on=moved.booked_on, booked_time="", reason="No time yet"
    )
    assert again.booked_time == ""
    past = refused(reviews.rebook_review, case.store, booked.id, booked_on=date(2026, 7, 1), reason="Ill")
    assert "booked_on" in past
    assert set(refused(reviews.rebook_review, case.store, booked.id, booked_on=date(2026, 7, 30), reason=" ")) == {
        "reason"
    }


def test_an_abandoned_review_still_counts_as_not_held(case):
    booked = reviews.book_review(case.store, case.id, booked_on=date(2026, 7, 22))
    assert "abandon_reason" in refused(reviews.abandon_review, case.store, booked.id, reason=" ")
    reviews.abandon_review(case.store, booked.id, reason="Ciarán did not want one")
    assert (need(case).due.state, need(case).booked) == (DueState.OVERDUE, None)
    assert "" in refused(reviews.hold_review, case.store, booked.id, held_on=TODAY, outcome=CONTINUE)


def test_several_are_booked_together_or_not_at_all(case):
    other = people.add_person(case.store, surname="Wzór", born_on=date(1980, 1, 1))
    good = Booking(case.id, date(2026, 7, 22), "10:30")
    problems = refused(reviews.book_reviews, case.store, [good, Booking(other.id, date(2026, 7, 1))])
    assert set(problems) == {case.store.get(Person, other.id).ref}
    assert case.store.find(Review) == []
    assert len(reviews.book_reviews(case.store, [good, Booking(other.id, date(2026, 7, 23))])) == 2
    assert case.store.next_undo().label == "Book 2 reviews"


def test_a_preview_of_a_booking_says_a_day_nobody_works(case):
    preview = reviews.preview_booking(case.store, Booking(case.id, date(2026, 8, 31)))
    assert "no working day" in preview.cautions[0].words
    assert reviews.preview_booking(case.store, Booking(case.id, date(2026, 7, 22), "half ten")).problems
    assert case.store.find(Review) == []


def booked(case, name, *when, kind=ReviewKind.CARE_ACT):
    other = people.add_person(case.store, surname=name, worker_id=case.worker.id)
    return other, reviews.book_review(case.store, other.id, booked_on=when[0], booked_time=when[1], kind=kind)


def cautions_of(preview):
    assert not preview.problems
    return [caution.words for caution in preview.cautions]


def test_two_reviews_at_one_time_of_one_worker_are_pointed_out_and_not_refused(case):
    other, _ = booked(case, "Wzór", date(2026, 7, 22), "10:30")
    preview = reviews.preview_booking(case.store, Booking(case.id, date(2026, 7, 22), "10:30"))
    assert cautions_of(preview) == [f"The worker has a review of {other.ref} at 10:30 on 22 Jul 2026 already."]
    for day, time in ((22, "11:30"), (22, ""), (23, "10:30")):
        assert cautions_of(reviews.preview_booking(case.store, Booking(case.id, date(2026, 7, day), time))) == []
    reviews.book_review(case.store, case.id, booked_on=date(2026, 7, 22), booked_time="10:30")


def test_a_booking_of_another_kind_is_pointed_out(case):
    reviews.book_review(case.store, case.id, booked_on=date(2026, 7, 22), kind="s117")
    preview = reviews.preview_booking(case.store, Booking(case.id, date(2026, 7, 29)))
    assert cautions_of(preview) == [
        "Another review of this person is booked for 22 Jul 2026 already. One visit may do for both."
    ]


def test_changing_a_booking_points_out_the_new_day_and_never_the_booking_itself(case):
    booked(case, "Wzór", date(2026, 7, 22), "10:30")
    mine = reviews.book_review(case.store, case.id, booked_on=date(2026, 7, 23), booked_time="10:30")

    def said(day, time="10:30"):
        return cautions_of(reviews.preview_rebooking(case.store, mine.id, booked_on=day, booked_time=time))

    assert said(date(2026, 7, 23)) == []
    assert "already" in said(date(2026, 7, 22))[0]
    assert said(date(2026, 7, 25), "11:30") == ["25 Jul 2026 is a Saturday, no working day."]
    assert said(date(2026, 8, 31), "11:30") == ["31 Aug 2026 is a bank holiday, no working day."]


def test_booking_several_points_out_clashes_among_them_and_names_who_is_booked_already(case):
    other = people.add_person(case.store, surname="Wzór", worker_id=case.worker.id)
    third, _ = booked(case, "Third", date(2026, 7, 30), "09:00")
    day = date(2026, 7, 22)
    asked = [Booking(case.id, day, "10:30"), Booking(other.id, day, "10:30"), Booking(third.id, day, "12:00")]
    preview = reviews.preview_bookings(case.store, asked)
    assert [(each.field, each.words) for each in preview.cautions] == [
        (other.id, f"WZÓR: The worker has a review of {case.person.ref} at 10:30 on 22 Jul 2026 already.")
    ]
    assert preview.problems == {
        third.id: "A review of this kind is booked for 30 Jul 2026 already. Change that booking."
    }
