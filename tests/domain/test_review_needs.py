"""What the kinds of review ask for beside the main one: when, until when, and what meets it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mhtracker.domain.caseload import Names, PersonFacts, build_line
from mhtracker.domain.lists.starting_rules import DEFAULT_REVIEW_TYPES
from mhtracker.domain.pathway import DEFAULT_STAGES, by_id
from mhtracker.domain.records import (
    DueState,
    LegalAndStatus,
    Note,
    Person,
    Placement,
    Review,
    ReviewOutcome,
    ReviewType,
    S117Decision,
    StatusKind,
)
from mhtracker.domain.reviewing.due import Need, ReviewRules, next_review_due
from mhtracker.domain.reviewing.needs import build_needs, covers_s117, is_spoken, with_spoken

NAMES = Names(by_id(DEFAULT_STAGES), {}, {}, {}, {}, ReviewRules(), DEFAULT_REVIEW_TYPES)
ANN = Person("p", "MHT-1", "Example")
MOVED = date(2026, 6, 1)


def a_stay(start: date, stage: str = "enablement", end: date | None = None, **more: Any) -> Placement:
    return Placement(f"{stage}{start}", "p", stage, start, end, **more)


def held(day: date, kind: str = "care_act", **more: Any) -> Review:
    return Review(f"{kind}{day}", "p", kind, held_on=day, outcome=ReviewOutcome.CONTINUE, **more)


def s117(start: date | None) -> LegalAndStatus:
    return LegalAndStatus("s", "p", StatusKind.S117, "3", start)


def needs(as_at: date, *records: Any, person: Person = ANN, names: Names = NAMES) -> list[Need]:
    facts = PersonFacts(person)
    places: dict[type, list[Any]] = {Placement: facts.placements, Review: facts.reviews, LegalAndStatus: facts.statuses}
    for record in records:
        places[type(record)].append(record)
    return build_needs(facts, build_line(facts, names, as_at), names, as_at)


def listed(as_at: date, *records: Any, **more: Any) -> list[tuple[str, date]]:
    return [(need.what, need.due_on) for need in needs(as_at, *records, **more) if need.is_listed(as_at)]


# The main rule


def test_a_review_on_the_day_of_a_move_does_not_stand_for_the_first_one_of_the_new_place():
    rules = ReviewRules()
    assert next_review_due([MOVED], MOVED, rules) == (MOVED + timedelta(days=56), True)
    assert next_review_due([MOVED + timedelta(days=1)], MOVED, rules) == (date(2027, 6, 2), False)


# s117


def test_s117_is_due_a_year_after_the_review_that_decided_about_it():
    home = a_stay(date(2020, 1, 1), "supported")
    decided = held(date(2025, 9, 1), s117_decision=S117Decision.CONTINUE)
    later = held(date(2026, 2, 1))
    day = date(2026, 7, 14)
    assert listed(day, home, s117(date(2019, 1, 1)), decided, later) == [("s117 review", date(2026, 9, 1))]


def test_one_visit_is_one_line_when_the_main_review_comes_first_or_both_are_late():
    home, day = a_stay(date(2020, 1, 1), "supported"), date(2026, 7, 14)
    (same,) = needs(day, home, s117(None), held(date(2025, 8, 1)))
    assert not same.is_listed(day)
    assert covers_s117(same, date(2026, 8, 1), day)
    moved = a_stay(date(2026, 5, 1), "visiting")
    (sooner,) = needs(day, replace(home, ended_on=date(2026, 5, 1)), moved, s117(None), held(date(2025, 6, 1)))
    assert sooner.due_on == date(2026, 6, 1)
    assert sooner.is_listed(date(2026, 6, 20))
    main_on = date(2026, 6, 26)
    assert not sooner.is_listed(main_on + timedelta(days=1))
    assert covers_s117(sooner, main_on, main_on + timedelta(days=1))


def test_an_s117_review_held_lately_is_not_asked_for_with_the_first_review_of_a_new_place():
    moved, day = a_stay(date(2026, 6, 1), "visiting"), date(2026, 7, 14)
    (need,) = needs(day, moved, s117(None), held(date(2026, 5, 20), "s117"))
    assert need.due_on == date(2027, 5, 20)
    assert not need.is_listed(day)
    assert not covers_s117(need, date(2026, 7, 27), day)


def test_after_care_whose_start_nobody_knows_and_no_review_asks_for_nothing_of_its_own():
    assert needs(MOVED, a_stay(date(2020, 1, 1), "supported"), s117(None)) == []


# Enablement


def test_enablement_is_looked_at_in_weeks_two_four_and_six():
    week = {
        0: ("Enablement review, week 2", MOVED + timedelta(days=14)),
        14: ("Enablement review, week 2", MOVED + timedelta(days=14)),
        27: ("Enablement review, week 2", MOVED + timedelta(days=14)),
        28: ("Enablement review, week 4", MOVED + timedelta(days=28)),
        42: ("Enablement review, week 6", MOVED + timedelta(days=42)),
    }
    for days, wanted in week.items():
        assert listed(MOVED + timedelta(days=days), a_stay(MOVED)) == [wanted]


def test_each_enablement_review_held_meets_the_next_one_in_turn():
    done = held(MOVED + timedelta(days=12), "enablement")
    due_4, due_6 = (MOVED + timedelta(days=days) for days in (28, 42))
    assert listed(MOVED + timedelta(days=13), a_stay(MOVED), done) == [("Enablement review, week 4", due_4)]
    again = held(MOVED + timedelta(days=29), "enablement")
    assert listed(MOVED + timedelta(days=30), a_stay(MOVED), done, again) == [("Enablement review, week 6", due_6)]
    third = held(MOVED + timedelta(days=41), "enablement")
    assert listed(MOVED + timedelta(days=43), a_stay(MOVED), done, again, third) == []


def test_any_review_held_when_an_enablement_week_is_due_meets_it():
    other = held(MOVED + timedelta(days=10))
    assert listed(MOVED + timedelta(days=13), a_stay(MOVED), other) == [
        ("Enablement review, week 4", MOVED + timedelta(days=28))
    ]
    too_soon = held(MOVED + timedelta(days=3))
    assert listed(MOVED + timedelta(days=13), a_stay(MOVED), too_soon) == [
        ("Enablement review, week 2", MOVED + timedelta(days=14))
    ]


def test_enablement_weeks_lapse_once_the_eight_week_review_is_due():
    assert listed(MOVED + timedelta(days=55), a_stay(MOVED))
    assert listed(MOVED + timedelta(days=56), a_stay(MOVED)) == []
    assert listed(MOVED + timedelta(days=700), a_stay(MOVED)) == []


def test_a_transfer_inside_the_stage_does_not_begin_the_weeks_again():
    first, second = a_stay(MOVED, end=MOVED + timedelta(days=20)), a_stay(MOVED + timedelta(days=20))
    assert listed(MOVED + timedelta(days=30), first, second) == [
        ("Enablement review, week 4", MOVED + timedelta(days=28))
    ]


# After discharge

WARD = a_stay(date(2026, 4, 1), "hospital", MOVED)
HOME = a_stay(MOVED, "supported")
THREE_DAYS = [("Contact after discharge", MOVED + timedelta(days=3))]


def test_somebody_discharged_is_to_be_contacted_within_three_days():
    assert listed(MOVED, WARD, HOME) == THREE_DAYS
    (need,) = needs(MOVED + timedelta(days=4), WARD, HOME)
    assert need.contact
    assert need.due(MOVED + timedelta(days=4)).state == DueState.OVERDUE
    assert listed(MOVED + timedelta(days=30), WARD, HOME) == THREE_DAYS
    assert listed(MOVED + timedelta(days=400), WARD, HOME) == THREE_DAYS, "it does not lapse with time"


def test_a_contact_counts_only_from_the_day_after_discharge():
    (need,) = needs(MOVED + timedelta(days=2), WARD, HOME)
    (same_day,) = with_spoken([need], [MOVED])
    assert same_day.met_on is None
    (met,) = with_spoken([need], [MOVED + timedelta(days=5), MOVED + timedelta(days=1)])
    assert met.met_on == MOVED + timedelta(days=1)
    assert not met.is_listed(MOVED + timedelta(days=1))
    assert met.is_listed(MOVED)
    assert met.due(MOVED + timedelta(days=2)).state == DueState.NONE


def test_a_review_held_after_discharge_is_a_contact_too():
    after = MOVED + timedelta(days=2)
    assert listed(MOVED + timedelta(days=3), WARD, HOME, held(after)) == []


def test_death_another_ward_and_readmission_ask_for_no_contact():
    day = MOVED + timedelta(days=5)
    assert listed(day, replace(WARD, end_reason="died"), HOME) == []
    other_ward = a_stay(MOVED, "hospital")
    assert listed(day, WARD, replace(other_ward, id="other")) == []
    back = a_stay(MOVED + timedelta(days=4), "hospital")
    assert listed(day, WARD, HOME, back) == []


def test_only_a_finished_note_of_seeing_or_speaking_to_somebody_is_a_contact():
    from datetime import UTC, datetime

    done = datetime(2026, 6, 2, tzinfo=UTC)
    assert is_spoken(Note("n", "p", "visit", MOVED, "Seen", finished_at=done))
    assert not is_spoken(Note("n", "p", "visit", MOVED, "Seen"))
    assert not is_spoken(Note("n", "p", "message", MOVED, "Sent", finished_at=done))


# Of all kinds


def test_nothing_is_asked_of_those_who_left_or_of_kinds_no_longer_in_use():
    gone = replace(ANN, left_on=MOVED + timedelta(days=1))
    assert needs(MOVED + timedelta(days=2), WARD, HOME, s117(MOVED), person=gone) == []
    types = tuple(replace(each, retired=True) for each in DEFAULT_REVIEW_TYPES)
    assert needs(MOVED, WARD, a_stay(MOVED), s117(MOVED), names=replace(NAMES, review_types=types)) == []


def test_an_office_may_add_a_kind_that_repeats_during_a_stay():
    own = ReviewType("tenancy", "Tenancy check", 9, begins="placement", days="30", repeat_months=6)
    names = replace(NAMES, review_types=(*DEFAULT_REVIEW_TYPES, own))
    assert listed(MOVED, HOME, names=names) == [("Tenancy check, day 30", MOVED + timedelta(days=30))]
    done = held(MOVED + timedelta(days=30), "tenancy")
    assert listed(MOVED + timedelta(days=31), HOME, done, names=names) == [("Tenancy check", date(2027, 1, 1))]


def test_a_booking_of_its_own_kind_is_told_and_clears_nothing():
    booked = Review("b", "p", "enablement", booked_on=MOVED + timedelta(days=13), booked_time="10:30")
    need = needs(MOVED + timedelta(days=2), a_stay(MOVED), booked)[0]
    assert (need.booked_on, need.booked_time) == (MOVED + timedelta(days=13), "10:30")
    assert need.is_listed(MOVED + timedelta(days=20))


@given(st.lists(st.integers(0, 900), max_size=4), st.integers(0, 900), st.integers(0, 60))
def test_needs_are_the_same_on_every_day_between_which_the_line_is_true(reviews: list[int], day: int, ended: int):
    start = date(2025, 1, 1)
    ward = a_stay(start - timedelta(days=30), "hospital", start)
    records: list[Any] = [ward, a_stay(start), s117(start + timedelta(days=ended))]
    records += [replace(held(start + timedelta(days=n), "enablement"), id=str(k)) for k, n in enumerate(reviews)]
    as_at = start + timedelta(days=day)
    facts = PersonFacts(ANN, placements=records[:2], statuses=records[2:3], reviews=records[3:])
    line = build_line(facts, NAMES, as_at)
    for other in (line.good_from, line.good_until - timedelta(days=1)):
        if date(2000, 1, 1) < other < date(2100, 1, 1):
            assert build_needs(facts, build_line(facts, NAMES, other), NAMES, other) == build_needs(
                facts, line, NAMES, as_at
            )
