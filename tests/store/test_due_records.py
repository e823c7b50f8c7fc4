"""Actions, warnings, assessments and orders among what is due: on the day asked, for whom, and none that is over."""

from datetime import date, timedelta

import pytest

from mhtracker.domain.records import (
    Action,
    CareWarning,
    Contact,
    DueState,
    LegalAndStatus,
    Person,
    Placement,
    StatusKind,
    Team,
    Worker,
)
from mhtracker.store import FixedClock, create_register
from mhtracker.store.queries.due import list_due

TODAY = date(2026, 7, 14)


def day(number):
    return TODAY + timedelta(days=number)


@pytest.fixture
def store(tmp_path):
    with create_register(tmp_path / "r.mhtracker", who="Ewa Fikcyjna", clock=FixedClock(TODAY), demo=True) as opened:
        with opened.operation("Begin") as work:
            work.add_many(
                [
                    Team("north", "North"),
                    Worker("ewa", "Ewa Fikcyjna", "north"),
                    Worker("gwen", "Gwen Fictley", "north"),
                    Person("p", "MHT-00001", "Triail", "Ciarán", worker_id="ewa", team_id="north"),
                    Person("q", "MHT-00002", "Wzór", left_on=date(2026, 1, 1)),
                    Placement("s", "p", "enablement", date(2026, 7, 1)),
                ]
            )
        yield opened


def add(store, *records):
    with store.operation("Add") as work:
        work.add_many(records)


def action(key, due=None, **more):
    return Action(key, more.pop("person_id", "p"), f"Do {key}", None if due is None else day(due), **more)


def warning(key, **more):
    given = {"raised_on": date(2026, 1, 14)} | more
    return CareWarning(key, given.pop("person_id", "p"), "visit_in_twos", f"Mind {key}", "Seen", **given)


def due_of(store, kind, as_at=TODAY, **asked):
    return [item for item in list_due(store, as_at, **asked) if item.kind == kind]


def test_actions_late_today_and_soon_are_due_and_later_ones_when_asked_for(store):
    add(store, action("late", -4), action("now", 0), action("soon", 14), action("far", 15), action("undated"))
    found = due_of(store, "action")
    assert [(i.record_id, i.state, i.days) for i in found] == [
        ("late", DueState.OVERDUE, 4),
        ("now", DueState.DUE_TODAY, 0),
        ("soon", DueState.DUE_SOON, -14),
    ]
    assert [i.what for i in found] == ["Do late", "Do now", "Do soon"]
    assert [i.record_id for i in due_of(store, "action", until=day(20))] == ["late", "now", "soon", "far"]
    assert [i.record_id for i in due_of(store, "action", until=day(3))] == ["late", "now"]


def test_as_at_a_day_what_was_set_later_is_not_there_and_what_was_done_later_is_open(store):
    add(
        store,
        action("done", -10, done_on=day(-2), set_on=day(-30)),
        action("dropped", -10, dropped_on=day(-2), drop_reason="x", set_on=day(-30)),
        action("set later", -10, set_on=day(-1)),
    )
    assert [i.record_id for i in due_of(store, "action")] == ["set later"]
    assert [i.record_id for i in due_of(store, "action", day(-3))] == ["done", "dropped"]
    assert due_of(store, "action", day(-40)) == []


def test_an_action_is_its_owner_s_and_else_the_person_s_worker_s(store):
    add(
        store,
        action("gwens", 0, worker_id="gwen"),
        action("ewas", 0),
        action("the flat's", 0, owner="Harbour Court"),
    )
    assert [i.record_id for i in due_of(store, "action", worker_id="gwen")] == ["gwens"]
    assert [i.record_id for i in due_of(store, "action", worker_id="ewa")] == ["ewas", "the flat's"]
    assert {i.record_id: i.owner for i in due_of(store, "action")} == {
        "gwens": "Gwen Fictley",
        "ewas": "",
        "the flat's": "Harbour Court",
    }
    assert len(due_of(store, "action", team_id="north")) == 3
    assert due_of(store, "action", team_id="south") == []


def test_nothing_is_due_of_somebody_who_has_left(store):
    add(store, action("theirs", 0, person_id="q"), warning("theirs", review_on=TODAY, person_id="q"))
    assert [i for i in list_due(store, TODAY) if i.person_id == "q"] == []


def test_a_warning_is_due_when_it_is_to_be_looked_at_or_ends_by_itself(store):
    add(
        store,
        warning("check", review_on=day(0)),
        warning("late", review_on=day(-3)),
        warning("ends", expires_on=day(5)),
        warning("both", review_on=day(9), expires_on=day(4)),
        warning("far", review_on=day(30)),
        warning("open"),
    )
    found = [(i.record_id, i.due_on) for i in due_of(store, "warning")]
    assert found == [("late", day(-3)), ("check", day(0)), ("both", day(4)), ("ends", day(5))]


def test_a_warning_that_ended_was_looked_at_or_came_later_is_not_due(store):
    add(
        store,
        warning("ended", review_on=day(-3), ended_on=day(-1), end_reason="Over"),
        warning("over", expires_on=day(-1)),
        warning("checked", review_on=day(-3), checked_on=day(-3)),
        warning("checked but ending", review_on=day(-3), checked_on=day(-3), expires_on=day(2)),
        warning("new", review_on=day(0), raised_on=day(1)),
    )
    assert [i.record_id for i in due_of(store, "warning")] == ["checked but ending"]
    assert [i.record_id for i in due_of(store, "warning", day(-2))] == ["ended", "over", "checked but ending"]


def carer(key, **more):
    return Contact(key, more.pop("person_id", "p"), more.pop("kind", "carer"), f"Carer {key}", **more)


def order(key, runs_out, kind=StatusKind.CTO, code="cto", **more):
    given = {"started_on": day(-150), "expires_on": day(runs_out)} | more
    return LegalAndStatus(key, given.pop("person_id", "p"), kind, code, **given)


def test_a_carer_s_assessment_is_due_on_its_day_or_four_weeks_after_an_offer_nobody_answered(store):
    add(
        store,
        carer("late", assessment_due_on=day(-3)),
        carer("soon", assessment_due_on=day(9)),
        carer("far", assessment_due_on=day(40)),
        carer("offered long ago", assessment_offered_on=day(-30)),
        carer("just offered", assessment_offered_on=day(-1)),
        carer("nothing"),
    )
    found = [(i.record_id, i.due_on, i.state) for i in due_of(store, "carer")]
    assert found == [
        ("late", day(-3), DueState.OVERDUE),
        ("offered long ago", day(-2), DueState.OVERDUE),
        ("soon", day(9), DueState.DUE_SOON),
    ]
    assert due_of(store, "carer")[0].what == "Carer’s assessment of Carer late"
    assert [i.record_id for i in due_of(store, "carer", until=day(40))][-2:] == ["just offered", "far"]


def test_an_assessment_done_or_declined_or_of_somebody_who_cares_no_longer_is_not_due(store):
    add(
        store,
        carer("done", assessment_due_on=day(-3), assessment_done_on=day(-1)),
        carer("declined", assessment_offered_on=day(-60), assessment_declined_on=day(-20)),
        carer("ended", assessment_due_on=day(-3), ended_on=day(-1)),
    )
    assert due_of(store, "carer") == []
    assert [i.record_id for i in due_of(store, "carer", day(-2))] == ["done", "ended"]


def test_an_order_is_due_six_weeks_before_it_runs_out_and_overdue_until_somebody_ends_it(store):
    add(store, order("late", -5), order("soon", 42), order("far", 43), order("ended", -5, ended_on=day(-6)))
    found = [(i.record_id, i.what, i.state, i.days) for i in due_of(store, "legal")]
    assert found == [
        ("late", "Community treatment order ran out", DueState.OVERDUE, 5),
        ("soon", "Community treatment order runs out", DueState.DUE_SOON, -42),
    ]
    assert [i.record_id for i in due_of(store, "legal", until=day(43))] == ["late", "soon", "far"]


def test_an_order_that_another_carries_on_is_not_due(store):
    dols = {"kind": StatusKind.DOLS, "code": "standard"}
    add(store, order("first", -5, **dols), order("renewed", 300, started_on=day(-4), **dols))
    assert due_of(store, "legal") == []
    assert [i.record_id for i in due_of(store, "legal", day(-10))] == []


def test_orders_and_assessments_are_of_the_person_s_worker_and_team(store):
    add(store, order("cto", 3), carer("mother", assessment_due_on=day(3)))
    kinds = [i.kind for i in list_due(store, TODAY, worker_id="ewa") if i.record_id]
    assert kinds == ["carer", "legal"]
    assert not [i for i in list_due(store, TODAY, worker_id="gwen") if i.record_id]
    assert not [i for i in list_due(store, TODAY, team_id="south") if i.record_id]
