"""What may be recorded of people, placements, targets, reviews, notes and statuses."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mhtracker.domain import rules
from mhtracker.domain.errors import Invalid
from mhtracker.domain.pathway import DEFAULT_STAGES, by_id
from mhtracker.domain.records import (
    LegalAndStatus,
    MoveOnPlan,
    Note,
    Person,
    Placement,
    Review,
    ReviewOutcome,
    StatusKind,
    Target,
)

TODAY = date(2026, 7, 14)
STAGES = by_id(DEFAULT_STAGES)
MAREK = Person("p1", "MHT-00001", "Przykład", "Marek", born_on=date(1981, 3, 23), nhs_number="9999981801")
HOME = Placement("s1", "p1", "residential", date(2018, 2, 12), date(2024, 3, 19))
NOW = Placement("s2", "p1", "supported", date(2024, 8, 5), gap_reason="With his sister")
ASK: dict[str, Any] = {"stages": STAGES, "person": MAREK, "today": TODAY}


def refused(check, *args, **kwargs):
    with pytest.raises(Invalid) as caught:
        check(*args, **kwargs)
    return caught.value


def cautioned(cautions):
    return {caution.field: caution.words for caution in cautions}


def cautions_of(*stays):
    """What is said of a chain of stays, each checked beside those before it."""
    return {
        field: words
        for place, stay in enumerate(stays)
        for field, words in cautioned(rules.check_placement(stay, stays[:place], **ASK)).items()
    }


# People


def test_a_person_with_a_name_is_enough():
    assert rules.check_person(Person("p", "MHT-00002", "X"), TODAY) == ()


@pytest.mark.parametrize(
    "surname", ["None", "NA", "Null", "O'Brien", "D’Arcy", "<b>Zelenka</b>", "😀", "x" * 500, "محمد"]
)
def test_any_name_may_be_a_name(surname):
    assert rules.check_person(Person("p", "MHT-00002", surname), TODAY) == ()


def test_spaces_alone_are_no_name():
    assert "surname" in refused(rules.check_person, replace(MAREK, surname="  \u00a0"), TODAY).problems


def test_marks_nobody_sees_in_a_name_are_said():
    assert "surname" in cautioned(rules.check_person(replace(MAREK, surname="Przy\u200bkład"), TODAY, demo=True))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"born_on": date(2026, 7, 15)}, "born_on"),
        ({"died_on": date(2026, 7, 15)}, "died_on"),
        ({"died_on": date(1981, 3, 22)}, "died_on"),
        ({"left_on": date(2026, 7, 15), "left_reason": "other"}, "left_on"),
        ({"left_on": date(1980, 1, 1)}, "left_on"),
        ({"left_reason": "other"}, "left_on"),
        ({"nhs_number": "9434765918"}, "nhs_number"),
    ],
)
def test_a_life_runs_forwards_and_lies_in_the_past(change, field):
    refusal = refused(rules.check_person, replace(MAREK, **change), TODAY)
    assert set(refusal.problems) == {field}


def test_everything_wrong_is_said_at_once():
    refusal = refused(rules.check_person, replace(MAREK, surname="", born_on=date(2030, 1, 1), nhs_number="12"), TODAY)
    assert set(refusal.problems) == {"surname", "born_on", "nhs_number"}


@pytest.mark.parametrize("born_on", [date(1900, 1, 1), date(2010, 1, 1)])
def test_an_unlikely_age_is_said(born_on):
    assert "born_on" in cautioned(rules.check_person(replace(MAREK, born_on=born_on), TODAY, demo=True))


def test_test_numbers_are_said_except_in_a_demo():
    assert "test numbers" in cautioned(rules.check_person(MAREK, TODAY))["nhs_number"]
    assert rules.check_person(MAREK, TODAY, demo=True) == ()


def test_a_number_belongs_to_one_person_and_the_refusal_names_nobody():
    other = Person("p2", "MHT-00002", "Nonesuch", "Leroy", nhs_number=MAREK.nhs_number)
    words = refused(rules.check_person, MAREK, TODAY, others=[MAREK, other]).problems["nhs_number"]
    assert "MHT-00002" in words
    assert "Nonesuch" not in words


def test_a_local_id_belongs_to_one_person():
    one, other = replace(MAREK, local_id="M204417"), Person("p2", "MHT-00002", "X", local_id="m204417")
    assert "local_id" in refused(rules.check_person, one, TODAY, others=[other]).problems


def test_people_without_numbers_are_not_the_same_person():
    one, other = Person("p1", "MHT-00001", "Same"), Person("p2", "MHT-00002", "Same")
    assert rules.check_person(one, TODAY, others=[other]) == ()


def test_the_same_name_and_birth_date_are_said():
    twin = Person("p2", "MHT-00002", "PRZYKLAD", "marek", born_on=MAREK.born_on)
    assert "MHT-00002" in cautioned(rules.check_person(MAREK, TODAY, others=[twin], demo=True))["surname"]


# Placements


def test_a_chain_with_an_explained_gap_is_in_order():
    assert cautions_of(HOME, NOW) == {}


def test_an_unexplained_gap_is_said_with_its_days():
    words = "139 days lie between 19 Mar 2024 and 5 Aug 2024. Say where the person was."
    assert cautions_of(HOME, replace(NOW, gap_reason="")) == {"gap_reason": words}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ended_on": date(2018, 2, 11)}, "ended_on"),
        ({"started_on": date(1981, 3, 22)}, "started_on"),
        ({"started_on": date(2026, 7, 15), "ended_on": None}, "started_on"),
        ({"ended_on": date(2026, 7, 15)}, "ended_on"),
        ({"stage_id": "cloud"}, "stage_id"),
        ({"weekly_cost_pence": -1}, "weekly_cost_pence"),
    ],
)
def test_a_stay_that_cannot_be_is_refused(change, field):
    assert set(refused(rules.check_placement, replace(HOME, **change), [], **ASK).problems) == {field}


def test_a_stay_of_no_days_and_one_that_starts_as_another_ends_are_fine():
    ended = date(2024, 3, 19)
    moment = Placement("s3", "p1", "enablement", ended, ended)
    after = Placement("s4", "p1", "supported", ended)
    assert cautions_of(HOME, moment, after) == {}


def test_an_overlap_is_refused_with_the_day_that_would_do():
    early = replace(NOW, started_on=date(2024, 3, 1))
    refusal = refused(rules.check_placement, early, [HOME], **ASK)
    words = "This overlaps the stay in Residential from 12 Feb 2018 to 19 Mar 2024. Start on 19 Mar 2024 or later."
    assert refusal.problems == {"started_on": words}
    assert refusal.mends == {"started_on": (date(2024, 3, 19),)}


def test_an_overlap_into_the_next_stay_is_the_end_s_fault():
    late = replace(HOME, ended_on=date(2024, 9, 1))
    refusal = refused(rules.check_placement, late, [NOW], **ASK)
    assert refusal.mends == {"ended_on": (NOW.started_on,)}


def test_two_open_stays_are_refused():
    assert (
        "has no end yet" in refused(rules.check_placement, replace(NOW, id="s9"), [NOW], **ASK).problems["started_on"]
    )


def test_hospital_may_fall_inside_a_kept_place():
    ward = Placement("s3", "p1", "hospital", date(2025, 9, 1), date(2025, 9, 10))
    assert cautions_of(HOME, NOW, ward) == {}


def test_after_death_or_leaving_is_said_not_refused():
    gone = replace(MAREK, died_on=date(2024, 1, 1))
    words = cautioned(rules.check_placement(HOME, [], stages=STAGES, person=gone, today=TODAY))
    assert "after the death on 1 Jan 2024" in words["ended_on"]
    left = replace(MAREK, left_on=date(2024, 1, 1))
    words = cautioned(rules.check_placement(HOME, [], stages=STAGES, person=left, today=TODAY))
    assert "after leaving the pathway on 1 Jan 2024" in words["ended_on"]


@pytest.mark.parametrize("pence", [0, 1_000_001])
def test_an_unlikely_cost_is_said(pence):
    assert "weekly_cost_pence" in cautioned(rules.check_placement(replace(HOME, weekly_cost_pence=pence), [], **ASK))


# Moves


def test_a_move_is_checked_whole_with_the_form_s_own_fields():
    leaving = replace(NOW, ended_on=date(2026, 7, 20))
    arriving = Placement("s3", "p1", "independent", date(2026, 7, 20))
    assert set(refused(rules.check_move, leaving, arriving, [HOME, NOW], **ASK).problems) == {"left_on", "started_on"}


def test_a_move_on_one_day_needs_nothing_more():
    leaving = replace(NOW, ended_on=TODAY)
    assert rules.check_move(leaving, Placement("s3", "p1", "independent", TODAY), [HOME, NOW], **ASK) == ()


def test_a_move_with_a_gap_needs_its_reason():
    leaving = replace(NOW, ended_on=date(2026, 7, 1))
    arriving = Placement("s3", "p1", "independent", TODAY)
    words = refused(rules.check_move, leaving, arriving, [HOME, NOW], **ASK).problems["gap_reason"]
    assert words.startswith("13 days lie between")
    assert rules.check_move(leaving, replace(arriving, gap_reason="With family"), [HOME, NOW], **ASK) == ()


def test_arriving_before_leaving_is_refused_with_the_day():
    leaving = replace(NOW, ended_on=TODAY)
    arriving = Placement("s3", "p1", "independent", date(2026, 7, 10))
    assert refused(rules.check_move, leaving, arriving, [HOME, NOW], **ASK).mends == {"started_on": (TODAY,)}


def test_a_move_to_hospital_may_leave_the_place_open():
    assert rules.check_move(NOW, Placement("s3", "p1", "hospital", TODAY), [HOME, NOW], **ASK) == ()


# Plans and targets


def target(on, set_on=TODAY, **more):
    return Target("t", "plan", "p1", on, set_on, **more)


FIRST = Target("t1", "plan", "p1", date(2026, 1, 30), date(2025, 1, 30))


def test_a_first_target_needs_no_reason():
    assert rules.check_target(target(date(2026, 9, 30)), [], person=MAREK, today=TODAY) == ()


def test_a_first_target_already_past_is_said():
    assert "target_on" in cautioned(rules.check_target(target(date(2026, 1, 30)), [], person=MAREK, today=TODAY))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        (target(date(2026, 9, 30)), "reason_code"),
        (target(date(2026, 9, 30), reason="  "), "reason_code"),
        (target(date(2026, 1, 30), reason_code="no_offer"), "target_on"),
        (target(date(2026, 7, 13), reason_code="no_offer"), "target_on"),
        (target(date(2026, 9, 30), date(2025, 1, 1), reason_code="no_offer"), "set_on"),
        (target(date(2026, 9, 30), date(2026, 7, 15), reason_code="no_offer"), "set_on"),
        (target(date(1980, 1, 1), date(2026, 1, 1), reason_code="no_offer"), "target_on"),
    ],
)
def test_a_changed_target_needs_a_new_day_ahead_and_a_reason(changed, field):
    assert set(refused(rules.check_target, changed, [FIRST], person=MAREK, today=TODAY).problems) == {field}


def test_a_changed_target_with_a_reason_in_words_is_fine():
    assert rules.check_target(target(date(2026, 9, 30), reason="No offer"), [FIRST], person=MAREK, today=TODAY) == ()


def test_a_plan_needs_an_aim_and_a_step_on():
    assert "aim_stage_id" in refused(rules.check_plan, MoveOnPlan("m", "p1", None), stages=STAGES).problems
    assert rules.check_plan(MoveOnPlan("m", "p1", None, "My own door"), stages=STAGES) == ()
    plan = MoveOnPlan("m", "p1", "residential")
    assert "aim_stage_id" in cautioned(rules.check_plan(plan, stages=STAGES, now_in=STAGES["supported"]))


# Reviews


def review(**more):
    return Review("r", "p1", **more)


def test_a_review_is_recorded_once_it_was_held():
    held = review(held_on=TODAY, outcome=ReviewOutcome.CONTINUE)
    assert rules.check_review_held(held, person=MAREK, today=TODAY) == ()
    refusal = refused(rules.check_review_held, replace(held, held_on=date(2026, 7, 15)), person=MAREK, today=TODAY)
    assert refusal.mends == {"held_on": (TODAY,)}


@pytest.mark.parametrize("held_on", [None, date(1981, 3, 22)])
def test_a_review_without_a_day_or_before_birth_is_refused(held_on):
    assert "held_on" in refused(rules.check_review_held, review(held_on=held_on), person=MAREK, today=TODAY).problems


def test_a_review_before_the_present_placement_is_fine():
    assert rules.check_review_held(review(held_on=date(2019, 1, 1)), person=MAREK, today=TODAY) == ()


def test_a_booking_lies_ahead_on_a_working_day():
    assert (
        rules.check_booking(review(booked_on=date(2026, 7, 22), booked_time="10:30"), person=MAREK, today=TODAY) == ()
    )
    for wrong in (review(), review(booked_on=date(2026, 7, 13))):
        assert "booked_on" in refused(rules.check_booking, wrong, person=MAREK, today=TODAY).problems
    sunday = cautioned(rules.check_booking(review(booked_on=date(2026, 7, 19)), person=MAREK, today=TODAY))
    assert "no working day" in sunday["booked_on"]


@pytest.mark.parametrize("time", ["25:00", "9", "half ten", "10.30"])
def test_a_time_is_a_time_of_day(time):
    wrong = review(booked_on=date(2026, 7, 22), booked_time=time)
    assert "booked_time" in refused(rules.check_booking, wrong, person=MAREK, today=TODAY).problems


def test_what_is_over_is_not_booked_held_or_abandoned_again():
    done, gone = review(held_on=TODAY, booked_on=TODAY), review(abandoned_on=TODAY, booked_on=TODAY, held_on=None)
    assert "" in refused(rules.check_booking, done, person=MAREK, today=TODAY).problems
    assert "" in refused(rules.check_booking, gone, person=MAREK, today=TODAY).problems
    assert "" in refused(rules.check_review_held, replace(gone, held_on=TODAY), person=MAREK, today=TODAY).problems
    assert "" in refused(rules.check_abandoned, replace(done, abandon_reason="Ill"), TODAY).problems


def test_abandoning_says_why():
    assert "abandon_reason" in refused(rules.check_abandoned, review(abandoned_on=TODAY), TODAY).problems
    assert rules.check_abandoned(review(abandoned_on=TODAY, abandon_reason="Ill"), TODAY) == ()


def test_the_next_review_comes_after_this_one():
    assert "next_on" in refused(rules.check_next_review, TODAY, TODAY).problems
    assert rules.check_next_review(TODAY, date(2027, 7, 14)) == ()


# Notes and statuses


def note(text="Marek rang.", noted_on=TODAY):
    return Note("n", "p1", "call", noted_on, text)


def test_a_note_tells_what_has_happened():
    assert rules.check_note(note(), person=MAREK, today=TODAY) == ()
    for wrong, field in (
        (note(""), "text"),
        (note(" \n "), "text"),
        (note("half \ud800"), "text"),
        (note("x" * 1_000_001), "text"),
        (note(noted_on=date(2026, 7, 15)), "noted_on"),
        (note(noted_on=date(1980, 1, 1)), "noted_on"),
    ):
        assert set(refused(rules.check_note, wrong, person=MAREK, today=TODAY).problems) == {field}


def test_unseen_characters_in_a_note_are_said():
    assert "text" in cautioned(rules.check_note(note("one\x00two"), person=MAREK, today=TODAY))
    assert rules.check_note(note("one\r\ntwo"), person=MAREK, today=TODAY) == ()


def s117(code="3", started_on=date(2018, 2, 12), **more):
    return LegalAndStatus("l", "p1", StatusKind.S117, code, started_on, **more)


@pytest.mark.parametrize("section", ["3", "37", "45A", "47", "48"])
def test_after_care_follows_these_sections(section):
    assert rules.check_status(s117(section), [], person=MAREK, today=TODAY) == ()


@pytest.mark.parametrize("section", ["2", "4", "5(2)", "135", "136", ""])
def test_after_care_follows_no_other_section(section):
    assert "code" in refused(rules.check_status, s117(section), [], person=MAREK, today=TODAY).problems


def test_a_status_runs_forwards_and_has_begun():
    for wrong, field in (
        (s117(ended_on=date(2018, 2, 11)), "ended_on"),
        (s117(started_on=date(2026, 7, 15)), "started_on"),
        (s117(started_on=date(1980, 1, 1)), "started_on"),
    ):
        assert set(refused(rules.check_status, wrong, [], person=MAREK, today=TODAY).problems) == {field}


def test_ending_after_care_says_who_has_to_agree():
    assert "agree" in cautioned(rules.check_status(s117(ended_on=TODAY), [], person=MAREK, today=TODAY))["ended_on"]


def test_two_statuses_of_a_kind_at_once_are_said():
    other = replace(s117("37"), id="l2", started_on=date(2020, 1, 1))
    assert "started_on" in cautioned(rules.check_status(s117(), [other], person=MAREK, today=TODAY))
    ended = replace(other, started_on=date(2017, 1, 1), ended_on=date(2018, 2, 12))
    assert rules.check_status(s117(), [ended], person=MAREK, today=TODAY) == ()
    works = LegalAndStatus("l3", "p1", StatusKind.EMPLOYMENT, "unknown", None)
    assert rules.check_status(works, [s117()], person=MAREK, today=TODAY) == ()
