"""A review held says what was said and decided, and what follows from it is one step with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mhtracker.domain.errors import Invalid
from mhtracker.domain.money.costs import gross_on
from mhtracker.domain.records import (
    Action,
    CostLine,
    LegalAndStatus,
    Placement,
    Review,
    ReviewAttendance,
    ReviewOutcome,
    ReviewType,
    S117Decision,
    StatusKind,
    SupportChange,
    new_id,
)
from mhtracker.operations import moves, reviews
from mhtracker.operations.review_holding import Agreed, Attending, Told, hold_review, preview_review, record_review
from mhtracker.operations.review_types import save_review_type
from mhtracker.store.queries.due import list_due
from tests.operations.conftest import TODAY

CONTINUE = ReviewOutcome.CONTINUE
END = Told(
    s117_decision=S117Decision.END, s117_reason="Well for two years", s117_health_name="Dr Sample",
    s117_council_name="Ewa Fikcyjna",
)  # fmt: skip


def gross(case, day):
    return gross_on(case.store.get(Placement, case.stay.id), case.store.find(CostLine), day)


def refused(function, *args, **kwargs):
    with pytest.raises(Invalid) as caught:
        function(*args, **kwargs)
    return caught.value.problems


def with_status(case, kind, code, started_on=date(2024, 1, 1)):
    status = LegalAndStatus(new_id(), case.id, kind, code, started_on)
    with case.store.operation("Set status") as work:
        return work.save(status)


def hold(case, told=None, **more):
    return record_review(case.store, case.id, **{"held_on": TODAY, "outcome": CONTINUE, "told": told} | more)


def test_everything_said_at_a_review_is_kept_and_undone_as_one(case):
    told = Told(method="in_person", own_view="I want my own door.", works="The walks", does_not_work="The noise")
    before = case.store.last_seq()
    held = hold(
        case,
        told,
        summary="Agreed to look at flats.",
        attendance=[Attending("Ciarán Triail", None, "came"), Attending("Dr Sample", "psychiatrist", "apologies")],
        actions=[Agreed("See Canal View", "Ewa Fikcyjna", date(2026, 8, 1)), Agreed("Ask about keys", "Brother")],
    )
    assert (held.own_view, held.works, held.does_not_work) == ("I want my own door.", "The walks", "The noise")
    found = {each.name: each.came for each in case.store.find(ReviewAttendance, review_id=held.id)}
    assert found == {"Ciarán Triail": "came", "Dr Sample": "apologies"}
    actions = {a.what: a for a in case.store.find(Action, review_id=held.id)}
    assert (actions["See Canal View"].worker_id, actions["See Canal View"].owner) == (case.worker.id, "")
    assert (actions["Ask about keys"].owner, actions["Ask about keys"].set_on) == ("Brother", TODAY)
    assert case.store.last_seq() == before + 1
    case.store.undo()
    assert not case.store.find(Review)
    assert not case.store.find(Action)
    assert not case.store.find(ReviewAttendance)


def test_those_asked_when_booking_are_the_ones_who_came_when_holding(case):
    asked = [Attending("Ciarán Triail"), Attending("Dr Sample", "psychiatrist")]
    booked = reviews.book_review(case.store, case.id, booked_on=date(2026, 7, 22), asked=asked)
    kept = {each.name: each.id for each in case.store.find(ReviewAttendance, review_id=booked.id)}
    assert len(kept) == 2
    came = [Attending("Ciarán Triail", None, "came"), Attending("A neighbour", "friend", "came")]
    hold_review(case.store, booked.id, held_on=TODAY, outcome=CONTINUE, attendance=came)
    after = {each.name: each.id for each in case.store.find(ReviewAttendance, review_id=booked.id)}
    assert after.keys() == {"Ciarán Triail", "A neighbour"}
    assert after["Ciarán Triail"] == kept["Ciarán Triail"]


def test_an_unplanned_review_says_why_it_was_called(case):
    assert "reason_code" in refused(hold, case, kind="unplanned")
    assert hold(case, Told(reason_code="hospital"), kind="unplanned").reason_code == "hospital"


def test_ending_after_care_needs_both_bodies_by_name_and_the_reason(case):
    with_status(case, StatusKind.S117, "3")
    problems = refused(hold, case, Told(s117_decision=S117Decision.END), kind="s117")
    assert problems.keys() == {"s117_health_name", "s117_council_name", "s117_reason"}
    assert not case.store.find(Review)


def test_a_decision_to_end_ends_after_care_in_the_same_step(case):
    with_status(case, StatusKind.S117, "3")
    hold(case, END, kind="s117")
    (status,) = case.store.find(LegalAndStatus, kind="s117")
    assert (status.ended_on, status.ended_by_health, status.end_reason) == (TODAY, "Dr Sample", "Well for two years")
    assert case.store.next_undo().label == "Hold review and end s117 after-care"
    case.store.undo()
    assert case.store.find(LegalAndStatus, kind="s117")[0].ended_on is None


def test_after_care_does_not_end_during_a_community_treatment_order(case):
    with_status(case, StatusKind.S117, "3")
    with_status(case, StatusKind.CTO, "cto")
    assert "community treatment order" in refused(hold, case, END, kind="s117")["s117_decision"]
    assert "s117_decision" in preview_review(case.store, case.id, held_on=TODAY, kind="s117", told=END).problems


def test_nothing_can_end_where_no_after_care_holds(case):
    assert "s117_decision" in refused(hold, case, END)


def test_a_new_cost_holds_from_its_day_and_the_cost_before_stays_as_it_was(case):
    moves.edit_placement(case.store, case.stay.id, weekly_cost_pence=71_000)
    less = Told(
        support_change=SupportChange.DOWN, hours_per_week=4.5, weekly_cost_pence=42_000, changes_on=date(2026, 7, 1)
    )
    hold(case, less)
    assert not case.store.find(CostLine)
    hold(case, replace(less, changes_cost=True))
    assert case.store.get(Placement, case.stay.id).weekly_cost_pence == 71_000
    assert [gross(case, day) for day in (case.stay.started_on, date(2026, 6, 30))] == [71_000, 71_000]
    assert gross(case, date(2026, 7, 1)) == gross(case, TODAY) == 42_000
    case.store.undo()
    assert gross(case, TODAY) == 71_000
    assert not case.store.find(CostLine)
    assert "changes_on" in refused(hold, case, replace(less, changes_on=None))


def test_a_new_cost_may_begin_on_a_day_ahead(case):
    moves.edit_placement(case.store, case.stay.id, weekly_cost_pence=71_000)
    ahead = Told(
        support_change=SupportChange.UP, weekly_cost_pence=90_000, changes_on=date(2026, 8, 1), changes_cost=True
    )
    preview = preview_review(case.store, case.id, held_on=TODAY, told=ahead)
    told = "Replaces £710.00 a week from 1 Aug 2026: support then costs £900.00 a week in all"
    assert told in [each.words for each in preview.consequences]
    hold(case, ahead)
    assert [gross(case, day) for day in (TODAY, date(2026, 7, 31))] == [71_000, 71_000]
    assert gross(case, date(2026, 8, 1)) == 90_000
    before = replace(ahead, changes_on=date(2026, 1, 1))
    assert "changes_on" in refused(hold, case, before)


def test_a_new_cost_that_is_only_noted_is_said_to_be_and_no_change_is_questioned(case):
    moves.edit_placement(case.store, case.stay.id, weekly_cost_pence=145_300)
    less = Told(
        support_change=SupportChange.DOWN, hours_per_week=10, weekly_cost_pence=90_000, changes_on=date(2026, 7, 1)
    )
    preview = preview_review(case.store, case.id, held_on=TODAY, outcome=ReviewOutcome.CONTINUE, told=less)
    assert any("only noted with the review" in each.words for each in preview.consequences)
    assert "outcome" in [caution.field for caution in preview.cautions]
    fits = preview_review(case.store, case.id, held_on=TODAY, outcome=ReviewOutcome.CHANGE, told=less)
    assert "outcome" not in [caution.field for caution in fits.cautions]


def test_the_hours_decided_stand_on_the_line_of_cost(case):
    moves.edit_placement(case.store, case.stay.id, weekly_cost_pence=145_300)
    less = Told(
        support_change=SupportChange.DOWN, hours_per_week=10, weekly_cost_pence=90_000, changes_on=date(2026, 7, 1)
    )
    hold(case, replace(less, changes_cost=True))
    assert any(line.what.startswith("10 hours a week, decided at the review") for line in case.store.find(CostLine))


def test_new_hours_without_a_change_of_support_are_refused(case):
    assert "support_change" in refused(hold, case, Told(hours_per_week=3))


def test_a_booking_keeps_why_it_was_moved(case):
    booked = reviews.book_review(case.store, case.id, booked_on=date(2026, 7, 22))
    moved = reviews.rebook_review(case.store, booked.id, booked_on=date(2026, 7, 24), reason="Worker ill")
    assert moved.rebook_reason == "Worker ill"


def test_an_office_adds_renames_and_retires_its_kinds(case):
    own = save_review_type(case.store, ReviewType("tenancy", "Tenancy check", begins="placement", days="30, 20"))
    assert own.days == "20,30"
    assert case.store.code_label("review_kind", "tenancy") == "Tenancy check"
    assert "Tenancy check, day 30" in [item.what for item in list_due(case.store, TODAY)]
    assert hold(case, kind="tenancy").kind == "tenancy"
    save_review_type(case.store, replace(own, label="Home check"))
    assert case.store.code_label("review_kind", "tenancy") == "Home check"
    save_review_type(case.store, replace(case.store.get(ReviewType, "tenancy"), retired=True))
    assert not [item for item in list_due(case.store, TODAY) if "Home check" in item.what]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"label": " "}, "label"),
        ({"label": "s117 review"}, "label"),
        ({"days": "two"}, "days"),
        ({"begins": "stage", "stage_id": None}, "stage_id"),
        ({"begins": "discharge", "days": "3,7"}, "days"),
        ({"begins": "placement", "days": ""}, "days"),
        ({"begins": "s117", "repeat_months": None}, "repeat_months"),
        ({"soon_days": -1}, "soon_days"),
    ],
)
def test_a_kind_that_could_not_be_asked_for_is_refused(case, change, field):
    enablement = case.store.get(ReviewType, "enablement")
    assert field in refused(save_review_type, case.store, replace(enablement, **change))


def test_the_main_kind_stays_in_use(case):
    main = case.store.get(ReviewType, "care_act")
    assert "retired" in refused(save_review_type, case.store, replace(main, retired=True))
    assert "begins" in refused(save_review_type, case.store, replace(main, begins=""))


def waiting(case):
    found = case.store.find(Review, order_by=("booked_on",), person_id=case.id, held_on=None, abandoned_on=None)
    return [(each.kind, each.booked_on, each.due_on) for each in found]


def test_a_review_held_clears_the_bookings_of_its_kind_up_to_that_day(case, monkeypatch):
    for kind in ("care_act", "s117"):
        reviews.book_review(case.store, case.id, kind=kind, booked_on=date(2026, 7, 22))
    monkeypatch.setattr(case.store.clock, "_moment", case.store.clock.now().replace(month=8))
    hold(case, held_on=date(2026, 7, 22))
    assert waiting(case) == [("s117", date(2026, 7, 22), None)]
    case.store.undo()
    assert len(waiting(case)) == 2


def test_a_next_date_moves_the_later_booking_there_is(case):
    booked = reviews.book_review(case.store, case.id, booked_on=date(2026, 7, 22), booked_time="10:30")
    hold(case, next_on=date(2027, 8, 2))
    assert waiting(case) == [("care_act", date(2027, 8, 2), None)]
    moved = case.store.get(Review, booked.id)
    assert (moved.booked_time, moved.rebook_reason) == ("", "Agreed at the review held on 14 Jul 2026")


def test_a_next_date_to_be_met_takes_the_place_of_a_later_booking(case):
    booked = reviews.book_review(case.store, case.id, booked_on=date(2026, 7, 22))
    hold(case, next_on=date(2026, 10, 1))
    assert waiting(case) == [("care_act", None, date(2026, 10, 1))]
    reason = case.store.get(Review, booked.id).abandon_reason
    assert reason == "1 Oct 2026 takes its place. Agreed at the review held on 14 Jul 2026."


def test_a_booking_of_the_very_day_agreed_keeps_its_time(case):
    reviews.book_review(case.store, case.id, booked_on=date(2026, 10, 1), booked_time="10:30")
    held = hold(case, next_on=date(2026, 10, 1))
    assert waiting(case) == [("care_act", date(2026, 10, 1), date(2026, 10, 1))]
    assert {each.booked_time for each in case.store.find(Review) if each.id != held.id} == {"10:30"}
