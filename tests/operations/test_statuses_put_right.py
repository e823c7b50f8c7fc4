"""Correcting a status is no way round the rules for setting and ending it; separate concerns stand side by side."""

from datetime import date

import pytest

from mhtracker.domain.legal.orders import holds
from mhtracker.domain.records import LegalAndStatus, StatusKind
from mhtracker.operations import statuses
from tests.operations.conftest import TODAY
from tests.operations.test_notes_and_statuses import refused
from tests.operations.test_statuses import BOTH, CTO, S117, Form, all_of, put

SAFEGUARDING = StatusKind.SAFEGUARDING
IN_ORDER = date(2024, 3, 1)


@pytest.fixture
def ordered(case):
    """Running after-care, and a community treatment order from January to June 2024."""
    put(case, S117, "3", date(2019, 6, 10))
    put(case, CTO, "cto", date(2024, 1, 1), expires_on=date(2024, 6, 30))
    return case


def correct(case, status, **changes):
    return statuses.edit_status(case.store, status.id, base=status, **changes)


def correct_refused(case, status, **changes):
    return refused(statuses.edit_status, case.store, status.id, base=status, **changes)


def ended_after_care(case):
    (status,) = all_of(case, S117)
    return statuses.end_status(case.store, status.id, ended_on=date(2026, 7, 1), **BOTH)


def test_running_after_care_is_not_ended_by_a_correction_alone(ordered):
    (status,) = all_of(ordered, S117)
    assert set(correct_refused(ordered, status, ended_on=IN_ORDER)) == {
        "ended_on",
        "ended_by_health",
        "ended_by_council",
        "end_reason",
    }
    assert all_of(ordered, S117)[0].ended_on is None


def test_ended_after_care_is_not_moved_into_an_order_nor_its_names_and_reason_emptied(ordered):
    status = ended_after_care(ordered)
    assert "since 1 Jan 2024" in correct_refused(ordered, status, ended_on=IN_ORDER)["ended_on"]
    emptied = dict.fromkeys(BOTH, " ")
    assert set(correct_refused(ordered, status, **emptied)) == set(BOTH)
    assert correct(ordered, status, ended_on=date(2024, 7, 1)).ended_on == date(2024, 7, 1)


def test_after_care_that_a_new_detention_ended_is_corrected_without_names(ordered):
    put(ordered, S117, "37", IN_ORDER)
    old, _ = all_of(ordered, S117)
    assert correct(ordered, old, end_reason="Detained again").end_reason == "Detained again"


def test_what_a_correction_leaves_alone_is_not_asked_for_again(case):
    with case.store.operation("Take over", person_id=case.id) as work:
        work.save(LegalAndStatus("taken-over", case.id, S117, "3", date(2019, 6, 10), date(2024, 1, 1)))
    (status,) = all_of(case, S117)
    assert correct(case, status, note="From the old list").note == "From the old list"
    assert set(correct_refused(case, status, ended_on=date(2024, 1, 2))) == set(BOTH)


def test_no_order_is_set_or_corrected_to_hold_when_after_care_ended(ordered):
    ended_after_care(ordered)
    (order,) = all_of(ordered, CTO)
    words = correct_refused(ordered, order, expires_on=date(2026, 7, 31))["expires_on"]
    assert "ended on 1 Jul 2026" in words
    assert "run out on 30 Jun 2026 or before" in words
    new: Form = {"kind": CTO, "code": "cto", "started_on": date(2026, 7, 1), "expires_on": date(2026, 12, 31)}
    assert "later day" in refused(statuses.set_status, ordered.store, ordered.id, **new)["started_on"]
    assert statuses.preview_status(ordered.store, ordered.id, **new).problems.keys() == {"started_on"}
    assert correct(ordered, order, expires_on=date(2026, 6, 30)).expires_on == date(2026, 6, 30)


def test_an_ended_order_is_not_prolonged_over_the_end_of_after_care(case):
    put(case, S117, "3", date(2019, 6, 10))
    order = put(case, CTO, "cto", date(2026, 2, 1), expires_on=date(2026, 7, 31))
    ended = statuses.end_status(case.store, order.id, ended_on=date(2026, 6, 1))
    ended_after_care(case)
    assert "on 1 Jul 2026 or before" in correct_refused(case, ended, ended_on=date(2026, 7, 2))["ended_on"]
    assert correct(case, ended, ended_on=date(2026, 7, 1)).ended_on == date(2026, 7, 1)


def test_two_community_treatment_orders_never_hold_at_once(ordered):
    put(ordered, CTO, "cto", date(2025, 1, 1), expires_on=date(2025, 6, 30))
    first, second = all_of(ordered, CTO)
    words = correct_refused(ordered, first, expires_on=date(2025, 1, 1))["expires_on"]
    assert "since 1 Jan 2025" in words
    assert "31 Dec 2024 or before" in words
    assert "1 Jul 2024 or later" in correct_refused(ordered, second, started_on=date(2024, 6, 30))["started_on"]
    assert correct(ordered, first, expires_on=date(2024, 12, 31)).expires_on == date(2024, 12, 31)


def test_a_second_order_is_not_set_within_one_that_has_ended(case):
    order = put(case, CTO, "cto", date(2026, 1, 1), expires_on=date(2026, 6, 30))
    statuses.end_status(case.store, order.id, ended_on=date(2026, 5, 1))
    new = {"kind": CTO, "code": "cto", "started_on": date(2026, 4, 1), "expires_on": date(2026, 9, 30)}
    assert "1 May 2026 or later" in refused(statuses.set_status, case.store, case.id, **new)["started_on"]


def test_separate_concerns_are_open_at_once_with_or_without_references(case):
    put(case, SAFEGUARDING, "concern", date(2026, 4, 1))
    put(case, SAFEGUARDING, "concern", date(2026, 5, 1))
    put(case, SAFEGUARDING, "concern", date(2026, 5, 1), reference="SG 2")
    assert [holds(status, TODAY) for status in all_of(case, SAFEGUARDING)] == [True] * 3
    again = {"kind": SAFEGUARDING, "code": "concern", "started_on": date(2026, 5, 1)}
    assert "own day or reference" in refused(statuses.set_status, case.store, case.id, **again)["code"]


def test_an_enquiry_follows_the_one_concern_without_reference_and_never_guesses_between_two(case):
    put(case, SAFEGUARDING, "concern", date(2026, 4, 1))
    put(case, SAFEGUARDING, "enquiry", date(2026, 4, 10))
    assert [status.ended_on for status in all_of(case, SAFEGUARDING)] == [date(2026, 4, 10), None]
    put(case, SAFEGUARDING, "enquiry", date(2026, 5, 1))
    plan = {"kind": SAFEGUARDING, "code": "plan", "started_on": date(2026, 6, 1)}
    assert "which one" in refused(statuses.set_status, case.store, case.id, **plan)["reference"]


def test_decisions_on_other_matters_stand_beside_each_other(case):
    for day, code in enumerate(("has_move", "lacks_care", "other", "other"), start=1):
        put(case, StatusKind.CAPACITY, code, date(2026, 3, day), decided_by="E. Fikcyjna")
    assert [holds(status, TODAY) for status in all_of(case, StatusKind.CAPACITY)] == [True] * 4
