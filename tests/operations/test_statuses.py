"""Orders and other dated statuses: what holds, what ends what, and how after-care may end."""

from datetime import date
from typing import Any

import pytest

from mhtracker.domain.legal.orders import holds
from mhtracker.domain.records import LegalAndStatus, Placement, StatusKind
from mhtracker.operations import moves, statuses
from mhtracker.store.queries.caseload import CaseloadQuery, count_caseload, list_caseload, parse_filter
from mhtracker.store.queries.person import build_case_summary
from tests.operations.conftest import TODAY
from tests.operations.test_notes_and_statuses import refused

Form = dict[str, Any]

S117, CTO, DOLS = StatusKind.S117, StatusKind.CTO, StatusKind.DOLS
BOTH = {"ended_by_health": "Dr Nasrin Farzi", "ended_by_council": "R. Ffug", "end_reason": "No longer needed"}


def put(case, kind, code, started_on, **facts):
    return statuses.set_status(case.store, case.id, kind=kind, code=code, started_on=started_on, **facts)


def all_of(case, kind):
    return sorted(case.store.find(LegalAndStatus, kind=kind), key=lambda status: status.started_on or date.min)


def test_an_order_holds_on_its_last_day_and_no_longer_the_day_after(case):
    put(case, CTO, "cto", date(2026, 1, 10), expires_on=date(2026, 7, 9))
    summary = build_case_summary(case.store, case.id, date(2026, 7, 9))
    assert holds(summary.statuses[0], date(2026, 7, 9))
    assert not holds(summary.statuses[0], date(2026, 7, 10))


def test_renewing_an_order_ends_the_one_before_unless_that_ran_out(case):
    put(case, CTO, "cto", date(2025, 7, 10), expires_on=date(2026, 1, 9))
    put(case, CTO, "cto", date(2026, 1, 5), expires_on=date(2026, 7, 9))
    assert [status.ended_on for status in all_of(case, CTO)] == [date(2026, 1, 5), None]
    put(case, CTO, "cto", date(2026, 7, 12), expires_on=date(2027, 7, 9))
    assert [status.ended_on for status in all_of(case, CTO)] == [date(2026, 1, 5), None, None]


def test_an_authorisation_lasts_twelve_months_at_most_and_always_ends(case):
    begun = date(2026, 7, 1)
    form: Form = {"kind": DOLS, "code": "standard", "started_on": begun}
    assert "within 12 months" in refused(statuses.set_status, case.store, case.id, **form)["expires_on"]
    form["expires_on"] = date(2027, 7, 2)
    assert "until 1 Jul 2027" in refused(statuses.set_status, case.store, case.id, **form)["expires_on"]
    form["expires_on"] = date(2027, 7, 1)
    assert statuses.set_status(case.store, case.id, **form).expires_on == date(2027, 7, 1)


def test_an_authorisation_outside_hospital_and_care_home_is_warned_of(case):
    form: Form = {
        "kind": DOLS,
        "code": "standard",
        "started_on": date(2026, 7, 1),
        "expires_on": date(2026, 12, 1),
    }
    preview = statuses.preview_status(case.store, case.id, **form)
    assert ["Court of Protection" in caution.words for caution in preview.cautions] == [True]
    moves.start_placement(
        case.store, case.id, stage_id="residential", started_on=date(2020, 1, 1), ended_on=date(2021, 1, 1)
    )
    in_a_home = form | {"started_on": date(2020, 2, 1), "expires_on": date(2020, 8, 1)}
    assert statuses.preview_status(case.store, case.id, **in_a_home).cautions == ()


def test_a_move_out_of_a_care_home_says_that_the_authorisation_stays_behind(case):
    put(case, DOLS, "standard", date(2026, 5, 1), expires_on=date(2026, 12, 1))
    form: Form = {
        "left_on": TODAY,
        "planned": True,
        "reason_code": "moved_on",
        "stage_id": "supported",
        "started_on": TODAY,
    }
    words = [caution.words for caution in moves.preview_move(case.store, case.id, **form).cautions]
    assert any("Court of Protection" in each for each in words)


def test_after_care_ends_only_with_both_names_and_a_reason(case):
    status = put(case, S117, "3", date(2019, 6, 10))
    assert set(refused(statuses.end_status, case.store, status.id, ended_on=TODAY)) == {
        "ended_by_health",
        "ended_by_council",
        "end_reason",
    }
    without = BOTH | {"ended_by_health": " "}
    assert set(refused(statuses.end_status, case.store, status.id, ended_on=TODAY, **without)) == {"ended_by_health"}
    ended = statuses.end_status(case.store, status.id, ended_on=TODAY, **BOTH)
    assert (ended.ended_by_health, ended.ended_by_council, ended.ended_on) == ("Dr Nasrin Farzi", "R. Ffug", TODAY)
    case.store.undo()
    assert all_of(case, S117)[0].ended_on is None


def test_after_care_never_ends_during_a_community_treatment_order(case):
    status = put(case, S117, "3", date(2019, 6, 10))
    order = put(case, CTO, "cto", date(2026, 2, 1), expires_on=date(2026, 7, 31))
    words = refused(statuses.end_status, case.store, status.id, ended_on=TODAY, **BOTH)["ended_on"]
    assert "since 1 Feb 2026" in words
    assert statuses.preview_end(case.store, status.id, ended_on=TODAY, **BOTH).problems["ended_on"] == words
    statuses.end_status(case.store, order.id, ended_on=date(2026, 7, 10))
    assert statuses.end_status(case.store, status.id, ended_on=TODAY, **BOTH).ended_on == TODAY


def test_a_conditional_discharge_does_not_keep_after_care(case):
    status = put(case, S117, "37", date(2019, 6, 10))
    put(case, CTO, "conditional", date(2026, 2, 1))
    assert statuses.end_status(case.store, status.id, ended_on=TODAY, **BOTH).ended_on == TODAY


def test_a_new_detention_under_the_same_section_ends_the_old_duty_and_begins_a_new_one(case):
    put(case, S117, "3", date(2019, 6, 10))
    put(case, CTO, "cto", date(2024, 1, 1), expires_on=date(2024, 6, 30))
    put(case, S117, "3", date(2024, 2, 1))
    old, new = all_of(case, S117)
    assert (old.ended_on, old.end_reason, new.ended_on) == (date(2024, 2, 1), "A new qualifying detention began", None)
    assert build_case_summary(case.store, case.id, TODAY).s117.id == new.id


def test_capacity_is_decided_by_matter_and_safeguarding_follows_its_enquiry(case):
    put(case, StatusKind.CAPACITY, "lacks_money", date(2026, 1, 1), decided_by="E. Fikcyjna")
    put(case, StatusKind.CAPACITY, "has_move", date(2026, 2, 1), decided_by="E. Fikcyjna")
    put(case, StatusKind.CAPACITY, "has_money", date(2026, 3, 1), decided_by="E. Fikcyjna")
    assert [s.code for s in all_of(case, StatusKind.CAPACITY) if holds(s, TODAY)] == ["has_move", "has_money"]
    put(case, StatusKind.SAFEGUARDING, "concern", date(2026, 4, 1), reference="SG 1")
    put(case, StatusKind.SAFEGUARDING, "concern", date(2026, 5, 1), reference="SG 2")
    put(case, StatusKind.SAFEGUARDING, "enquiry", date(2026, 6, 1), reference="SG 1")
    held = [(s.code, s.reference) for s in all_of(case, StatusKind.SAFEGUARDING) if holds(s, TODAY)]
    assert held == [("concern", "SG 2"), ("enquiry", "SG 1")]


def test_two_advocates_may_help_at_once_but_not_the_same_twice(case):
    put(case, StatusKind.ADVOCACY, "imha", date(2026, 1, 1))
    put(case, StatusKind.ADVOCACY, "care_act", date(2026, 2, 1))
    assert [holds(s, TODAY) for s in all_of(case, StatusKind.ADVOCACY)] == [True, True]
    again = {"kind": StatusKind.ADVOCACY, "code": "imha", "started_on": date(2026, 3, 1)}
    assert "code" in refused(statuses.set_status, case.store, case.id, **again)


def test_only_orders_run_out_and_they_need_a_beginning(case):
    home = {"kind": StatusKind.ACCOMMODATION, "code": "supported", "started_on": TODAY, "expires_on": TODAY}
    assert set(refused(statuses.set_status, case.store, case.id, **home)) == {"expires_on"}
    order = {"kind": StatusKind.COURT, "code": "liberty", "expires_on": TODAY}
    assert set(refused(statuses.set_status, case.store, case.id, **order)) == {"started_on"}


def test_a_status_is_put_right_or_taken_away_and_both_come_back(case):
    status = put(case, CTO, "cto", date(2026, 2, 1), expires_on=date(2026, 7, 31))
    edited = statuses.edit_status(case.store, status.id, base=status, expires_on=date(2026, 7, 30))
    assert edited.expires_on == date(2026, 7, 30)
    assert set(refused(statuses.remove_status, case.store, status.id, reason=" ")) == {"reason"}
    statuses.remove_status(case.store, status.id, reason="Somebody else’s")
    assert all_of(case, CTO) == []
    case.store.undo()
    case.store.undo()
    assert all_of(case, CTO)[0].expires_on == date(2026, 7, 31)


@pytest.mark.parametrize(("charge", "flagged"), [(None, False), (0, False), (4000, True)])
def test_a_charge_while_after_care_holds_is_flagged_wherever_it_is_looked_for(case, charge, flagged):
    (stay,) = case.store.find(Placement)
    moves.edit_placement(case.store, stay.id, weekly_charge_pence=charge)
    put(case, S117, "3", date(2019, 6, 10))
    (line,) = list_caseload(case.store, CaseloadQuery(), TODAY)
    assert line.charge is flagged
    assert count_caseload(case.store, CaseloadQuery((parse_filter("charge=yes"),)), TODAY) == int(flagged)
    preview = moves.preview_placement(case.store, case.id, stay.id, weekly_charge_pence=charge)
    assert [c.field for c in preview.cautions] == (["weekly_charge_pence"] if flagged else [])


def test_a_charge_is_no_fault_once_after_care_has_ended(case):
    (stay,) = case.store.find(Placement)
    moves.edit_placement(case.store, stay.id, weekly_charge_pence=4000)
    status = put(case, S117, "3", date(2019, 6, 10))
    statuses.end_status(case.store, status.id, ended_on=TODAY, **BOTH)
    assert [line.charge for line in list_caseload(case.store, CaseloadQuery(), TODAY)] == [False]
    assert [line.charge for line in list_caseload(case.store, CaseloadQuery(), date(2026, 7, 13))] == [True]


def test_what_a_person_pays_is_never_below_nothing(case):
    (stay,) = case.store.find(Placement)
    assert set(refused(moves.edit_placement, case.store, stay.id, weekly_charge_pence=-1)) == {"weekly_charge_pence"}


def test_setting_after_care_says_that_somebody_is_charged(case):
    (stay,) = case.store.find(Placement)
    moves.edit_placement(case.store, stay.id, weekly_charge_pence=4000)
    preview = statuses.preview_status(case.store, case.id, kind=S117, code="3", started_on=date(2019, 6, 10))
    assert any("free to the person" in caution.words for caution in preview.cautions)
