"""Carers, family and professionals; the care coordinator's history; warnings."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mhtracker.domain.care_warnings import warnings_held
from mhtracker.domain.people_around import assessment_due, at_risk, carer_state
from mhtracker.domain.records import CareWarning, Contact, DueState, Person
from mhtracker.operations import contacts, people, warnings
from mhtracker.store.queries.person import build_case_summary
from tests.operations.conftest import TODAY
from tests.operations.test_notes_and_statuses import refused

Form = dict[str, Any]


def carer(case, **facts):
    return contacts.add_contact(case.store, case.id, kind="carer", name="Anna Przykład", relation="sister", **facts)


def coordinators(case):
    found = case.store.find(Contact, kind="care_coordinator")
    return sorted((each.name, each.started_on, each.ended_on) for each in found)


def named(case):
    return case.store.get(Person, case.id).care_coordinator


@pytest.mark.parametrize(
    ("facts", "shape", "words"),
    [
        ({}, "none", "No assessment offered"),
        ({"assessment_offered_on": date(2026, 7, 1)}, "booked", "Assessment offered 1 Jul 2026"),
        ({"assessment_offered_on": date(2026, 5, 1)}, "overdue", "Assessment offered 1 May 2026, not answered"),
        ({"assessment_due_on": date(2026, 7, 1)}, "overdue", "Assessment was due 1 Jul 2026"),
        ({"assessment_due_on": TODAY}, "today", "Assessment due 14 Jul 2026"),
        ({"assessment_due_on": date(2026, 7, 20)}, "soon", "Assessment due 20 Jul 2026"),
        (
            {"assessment_due_on": date(2026, 7, 1), "assessment_done_on": date(2026, 6, 30)},
            "in_date",
            "Assessed 30 Jun 2026",
        ),
        ({"assessment_declined_on": date(2026, 6, 1)}, "none", "Declined an assessment 1 Jun 2026"),
    ],
)
def test_how_a_carer_s_assessment_stands(case, facts, shape, words):
    assert carer_state(carer(case, **facts), TODAY) == (shape, words)


def test_an_assessment_is_due_for_a_carer_who_still_cares(case):
    contact = carer(case, assessment_due_on=date(2026, 7, 1))
    assert assessment_due(contact, TODAY) == (date(2026, 7, 1), DueState.OVERDUE)
    ended = contacts.end_contact(case.store, contact.id)
    assert assessment_due(ended, TODAY) == (None, DueState.NONE)


def test_an_assessment_offered_anew_is_asked_for_again(case):
    done = {"assessment_offered_on": date(2024, 3, 1), "assessment_done_on": date(2024, 4, 1)}
    contact = carer(case, **done)
    again = contacts.edit_contact(
        case.store, contact.id, assessment_offered_on=date(2026, 7, 1), assessment_done_on=None,
        assessment_due_on=date(2026, 8, 1),
    )  # fmt: skip
    assert assessment_due(again, TODAY)[0] == date(2026, 8, 1)


def test_care_that_may_break_down_is_said_from_that_day_on(case):
    contact = contacts.edit_contact(case.store, carer(case).id, at_risk_on=date(2026, 7, 1))
    assert case.store.next_undo().label == "Care at risk"
    assert at_risk(contact, TODAY)
    assert not at_risk(contact, date(2026, 6, 30))


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " "}, "name"),
        ({"kind": ""}, "kind"),
        ({"kind": "cloud"}, "kind"),
        ({"email": "anna at home"}, "email"),
        ({"phone": "by hand"}, "phone"),
        ({"started_on": date(2026, 7, 15)}, "started_on"),
        ({"started_on": date(2026, 7, 1), "ended_on": date(2026, 6, 1)}, "ended_on"),
        ({"kind": "gp", "assessment_offered_on": TODAY}, "kind"),
    ],
)
def test_somebody_who_cannot_be_is_refused(case, facts, field):
    form: Form = {"kind": "carer", "name": "Anna Przykład"} | facts
    assert set(refused(contacts.add_contact, case.store, case.id, **form)) == {field}
    assert case.store.find(Contact) == []


def test_somebody_written_down_by_mistake_is_taken_away_and_comes_back(case):
    contact = carer(case)
    assert set(refused(contacts.remove_contact, case.store, contact.id, reason=" ")) == {"reason"}
    contacts.remove_contact(case.store, contact.id, reason="Another family")
    assert case.store.find(Contact) == []
    case.store.undo()
    assert case.store.find(Contact) == [contact]


def test_a_changed_care_coordinator_makes_a_history_in_the_same_operation(case):
    people.edit_person(case.store, case.id, care_coordinator="Dr Nasrin Farzi")
    assert coordinators(case) == [("Dr Nasrin Farzi", None, None)]
    people.edit_person(case.store, case.id, care_coordinator="Jon Fikcja")
    assert coordinators(case) == [("Dr Nasrin Farzi", None, TODAY), ("Jon Fikcja", TODAY, None)]
    case.store.undo()
    assert (named(case), coordinators(case)) == ("Dr Nasrin Farzi", [("Dr Nasrin Farzi", None, None)])


def test_a_coordinator_who_stood_in_a_sheet_joins_the_history_when_another_follows(case):
    with case.store.operation("As a sheet would") as work:
        work.save(replace(work.get(Person, case.id), care_coordinator="Dr Nasrin Farzi"))
    contacts.add_contact(case.store, case.id, kind="care_coordinator", name="Jon Fikcja", started_on=date(2026, 7, 1))
    assert named(case) == "Jon Fikcja"
    assert coordinators(case) == [
        ("Dr Nasrin Farzi", None, date(2026, 7, 1)),
        ("Jon Fikcja", date(2026, 7, 1), None),
    ]


def test_the_person_s_own_fact_follows_the_contact(case):
    first = contacts.add_contact(case.store, case.id, kind="care_coordinator", name="Jon Fikcja")
    contacts.edit_contact(case.store, first.id, name="Jon Fikcja-Nowak")
    assert named(case) == "Jon Fikcja-Nowak"
    contacts.end_contact(case.store, first.id)
    assert named(case) == ""
    case.store.undo()
    assert named(case) == "Jon Fikcja-Nowak"


def test_an_earlier_coordinator_told_afterwards_changes_nothing_of_today(case):
    people.edit_person(case.store, case.id, care_coordinator="Dr Nasrin Farzi")
    contacts.add_contact(
        case.store, case.id, kind="care_coordinator", name="Old Hand",
        started_on=date(2020, 1, 1), ended_on=date(2022, 1, 1),
    )  # fmt: skip
    assert named(case) == "Dr Nasrin Farzi"


def raised(case, **facts):
    form: Form = {
        "kind": "visit_in_twos",
        "words": "Visit in pairs",
        "why": "Threats in May",
        "review_on": date(2026, 8, 1),
    }
    return warnings.raise_warning(case.store, case.id, **(form | facts))


def test_a_warning_says_who_and_why_and_stays_until_its_last_day(case):
    warning = raised(case, raised_on=date(2026, 6, 1), expires_on=date(2026, 7, 14), review_on=None)
    assert (warning.raised_by, warning.why) == ("Ewa Fikcyjna", "Threats in May")
    held = build_case_summary(case.store, case.id, TODAY).around.warnings
    assert warnings_held(held, TODAY) == [warning]
    assert warnings_held(held, date(2026, 7, 15)) == []
    assert build_case_summary(case.store, case.id, date(2026, 7, 15)).around.warnings == [warning]


def test_looking_at_a_warning_again_moves_its_date_and_keeps_its_words(case):
    warning = raised(case, raised_on=date(2026, 1, 14), review_on=TODAY)
    looked = warnings.check_again(case.store, warning.id, review_on=date(2027, 1, 14))
    assert (looked.checked_on, looked.review_on, looked.words) == (TODAY, date(2027, 1, 14), "Visit in pairs")
    assert case.store.next_undo().label == "Look at warning again"
    past = {"review_on": TODAY}
    assert set(refused(warnings.check_again, case.store, warning.id, **past)) == {"review_on"}
    case.store.undo()
    assert case.store.get(CareWarning, warning.id).review_on == TODAY


def test_a_warning_ends_with_its_reason_and_only_once(case):
    warning = raised(case)
    assert set(refused(warnings.end_warning, case.store, warning.id, reason=" ")) == {"end_reason"}
    ended = warnings.end_warning(case.store, warning.id, reason="The neighbour moved away")
    assert warnings_held([ended], TODAY) == []
    assert set(refused(warnings.end_warning, case.store, warning.id, reason="Again")) == {""}
    assert set(refused(warnings.check_again, case.store, warning.id, review_on=date(2027, 1, 1))) == {""}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"words": ""}, "words"),
        ({"why": " "}, "why"),
        ({"kind": ""}, "kind"),
        ({"review_on": None}, "review_on"),
        ({"review_on": TODAY}, "review_on"),
        ({"raised_on": date(2026, 7, 15)}, "raised_on"),
        ({"expires_on": date(2026, 7, 1)}, "expires_on"),
    ],
)
def test_a_warning_that_cannot_be_is_refused(case, facts, field):
    form: Form = {
        "kind": "fire",
        "words": "Smokes in bed",
        "why": "Burns seen",
        "review_on": date(2026, 8, 1),
    } | facts
    assert field in refused(warnings.raise_warning, case.store, case.id, **form)
    assert case.store.find(CareWarning) == []


def test_a_warning_that_nobody_reads_for_over_a_year_is_warned_of(case):
    form: Form = {
        "kind": "fire",
        "words": "Smokes in bed",
        "why": "Burns seen",
        "review_on": date(2028, 8, 1),
    }
    assert [c.field for c in warnings.preview_warning(case.store, case.id, **form).cautions] == ["review_on"]
