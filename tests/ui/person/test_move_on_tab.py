"""The move-on tab and its forms, driven as a person drives them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel

from mhtracker.domain.records import Action, Barrier, Placement, Rating
from mhtracker.operations.actions import add_action, finish_action
from mhtracker.operations.barriers import start_barrier
from mhtracker.operations.goals import score_goal, set_goal
from mhtracker.operations.people import add_person
from mhtracker.operations.readiness import Rated, rate
from mhtracker.operations.step_plans import make_steps
from mhtracker.operations.targets import start_plan
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, list_caseload

DAY = date(2026, 7, 14)


@pytest.fixture
def line(window, settled, read):
    """Somebody new, with a stay and a plan and nothing around them yet."""

    def add(store):
        person = add_person(
            store, surname="Unikatowa", given_names="Odile", stage_id="residential", started_on=date(2025, 3, 3)
        )
        start_plan(store, person.id, aim_stage_id="independent", target_on=date(2027, 1, 29))

    window.context.jobs.do(add)
    settled(window)
    return read(list_caseload, CaseloadQuery((Filter("name", "=", "Unikatowa"),)), window.context.as_at)[0]


@pytest.fixture
def tab(page):
    page.show_tab("move_on")
    return page.move_on_tab


@pytest.fixture
def do(window, settled):
    """Record something, and wait until the page shows it."""

    def it(operation, *args, **named):
        window.context.jobs.do(operation, *args, **named)
        settled(window)

    return it


@pytest.fixture
def open_form(window, page, settled):
    def run(command, **args):
        window.run_command(command, **args)
        settled(window)
        return window.body.panel

    return run


def words(widget):
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def put(form, **values):
    for name, value in values.items():
        form.form.editors[name].set_value(value)
        form.form.editors[name].edited.emit()


def record(window, form, settled):
    form.record()
    settled(window)
    assert window.body.panel is not form, form.form.problem_count()


def test_before_anything_is_recorded_each_card_says_what_belongs_there(tab):
    said = words(tab)
    for title in ("Not rated yet", "Nothing holds the move up", "Nothing agreed yet", "No steps planned"):
        assert title in said
    assert "Forecast" in said


def test_readiness_stands_with_the_rating_before_and_two_days_can_be_compared(tab, do, line):
    do(rate, line.person_id, {"food": Rated(1), "wish": Rated(3)}, rated_on=date(2026, 2, 12))
    do(rate, line.person_id, {"food": Rated(2, "Cooks four nights"), "wish": Rated(3)}, rated_on=date(2026, 5, 11))
    said = words(tab)
    assert "5 of 6, up 1 since 12 Feb 2026" in said
    assert "2 mostly" in said
    assert "Cooks four nights" in said
    assert "was 1 on 12 Feb 2026" in said
    assert "was 3" not in said
    card = tab.cards["readiness"]
    earlier_first = "12 Feb 2026 1 some on 12 Feb 2026, 11 May 2026 2 mostly on 11 May 2026"
    assert earlier_first in card.figure.accessibleDescription()
    card.first.set_value(date(2026, 5, 11))
    card.second.set_value(date(2026, 2, 12))
    card.second.edited.emit()
    assert earlier_first in card.figure.accessibleDescription()
    card.second.set_value(date(2026, 5, 11))
    card.second.edited.emit()
    assert "12 Feb 2026 1 some" not in card.figure.accessibleDescription()


def test_the_rating_form_shows_what_was_and_records_only_what_changed(window, open_form, do, line, settled, read):
    do(rate, line.person_id, {"food": Rated(1, "With help"), "money": Rated(2)}, rated_on=date(2026, 2, 12))
    form = open_form("rate")
    assert form.form.editors["food"].value() == 1
    assert form.form.editors["evidence_food"].value() == "With help"
    assert form.form.editors["safety"].value() is None
    put(form, food=2, safety=1)
    evidence = form.form.editors["evidence_food"]
    assert (evidence.value() or "", evidence._help) == ("", "Before: With help")
    put(form, food=1)
    assert (evidence.value(), evidence._help) == ("With help", "")
    put(form, food=2, evidence_food="Cooks four nights")
    record(window, form, settled)
    made = read(lambda store: store.find(Rating, person_id=line.person_id, rated_on=DAY))
    assert {(each.domain, each.rating, each.evidence) for each in made} == {
        ("food", 2, "Cooks four nights"),
        ("safety", 1, ""),
    }
    assert window.toast.words().startswith("Rated ")


def test_evidence_without_a_rating_is_refused_beside_its_domain(window, open_form, settled):
    form = open_form("rate")
    put(form, evidence_safety="Locks the door")
    form.record()
    settled(window)
    assert "has evidence and no rating" in form.form.editors["safety"].problem


def test_open_barriers_stand_first_with_their_days_and_the_days_add_up(tab, do, line):
    do(start_barrier, line.person_id, code="arrears", started_on=date(2026, 2, 2), ended_on=date(2026, 4, 30))
    do(start_barrier, line.person_id, code="15", started_on=date(2026, 5, 14), note="Band B")
    said = words(tab.cards["barriers"])
    assert said.index("Housing: social rented") < said.index("Rent arrears")
    for each in ("61 days", "87 days", "148 days held up in all", "87 days: Rent arrears", "Band B"):
        assert each in said, each


def test_a_barrier_is_added_with_a_key_and_ended(window, page, tab, open_form, settled, read, line):
    assert next(each for each in window.context.commands if each.key == "barrier").letter == "B"
    form = open_form("barrier")
    put(form, code="benefits", started_on=date(2026, 6, 20))
    record(window, form, settled)
    assert "Identity papers or benefits" in words(tab)
    form = open_form("end_barrier")
    put(form, note="Passport came")
    record(window, form, settled)
    (barrier,) = read(lambda store: store.find(Barrier, person_id=line.person_id))
    assert (barrier.ended_on, barrier.note) == (DAY, "Passport came")
    assert "Ended" in words(tab)


def test_the_same_reason_twice_is_refused_in_words(window, open_form, do, line, settled):
    do(start_barrier, line.person_id, code="15", started_on=date(2026, 5, 14))
    form = open_form("barrier")
    put(form, code="15", started_on=date(2026, 6, 1))
    form.record()
    settled(window)
    assert "is recorded already, since 14 May 2026" in form.form.editors["started_on"].problem


def test_an_action_is_ticked_off_in_the_list_and_undone_from_the_toast(window, tab, do, line, settled, read):
    do(add_action, line.person_id, what="Ask about band B", due_on=DAY - timedelta(days=4), owner="Harbour Court")
    assert "4 days overdue" in words(tab.cards["actions"])
    assert "Harbour Court" in words(tab.cards["actions"])
    (action,) = read(lambda store: store.find(Action, person_id=line.person_id))
    tab.cards["actions"].ticks[action.id].click()
    settled(window)
    assert read(lambda store: store.get(Action, action.id)).done_on == DAY
    assert "Ask about band B" in window.toast.words()
    assert "Done 14 Jul 2026: Ask about band B" in words(tab.cards["actions"])
    window.run_command("undo")
    settled(window)
    assert read(lambda store: store.get(Action, action.id)).done_on is None


def test_the_late_stand_above_what_is_still_ahead(tab, do, line):
    do(add_action, line.person_id, what="Later thing", due_on=DAY + timedelta(days=30))
    do(add_action, line.person_id, what="Late thing", due_on=DAY - timedelta(days=1))
    said = words(tab.cards["actions"])
    assert said.index("Late thing") < said.index("Later thing")
    assert "Due Mon 13 Jul" in said


def test_an_action_s_owner_is_a_worker_or_any_name(window, open_form, settled, read, line):
    form = open_form("action")
    put(form, what="Bank account", owner="Harbour Court", due_on=DAY)
    record(window, form, settled)
    form = open_form("action")
    worker_id = form.data.workers[0].value
    put(form, what="Tenancy course", owner=worker_id)
    record(window, form, settled)
    found = {each.what: each for each in read(lambda store: store.find(Action, person_id=line.person_id))}
    assert (found["Bank account"].owner, found["Bank account"].worker_id) == ("Harbour Court", None)
    assert found["Tenancy course"].worker_id == worker_id


def test_an_action_is_changed_put_off_and_dropped_from_its_row(window, open_form, do, line, settled, read):
    do(add_action, line.person_id, what="Bank account", due_on=DAY, owner="Marek")
    (action,) = read(lambda store: store.find(Action, person_id=line.person_id))
    form = open_form("edit_action", action_id=action.id)
    assert form.form.editors["owner"].text_value() == "Marek"
    put(form, what="Bank account in his own name")
    record(window, form, settled)
    form = open_form("put_off_action", action_id=action.id)
    put(form, due_on=DAY + timedelta(days=7), reason="No passport yet")
    record(window, form, settled)
    form = open_form("drop_action", action_id=action.id)
    put(form, drop_reason="His sister did it")
    record(window, form, settled)
    now = read(lambda store: store.get(Action, action.id))
    assert (now.what, now.due_on, now.owner) == ("Bank account in his own name", DAY + timedelta(days=7), "Marek")
    assert "No passport yet" in now.note
    assert now.drop_reason == "His sister did it"


def test_steps_are_planned_moved_and_dropped_together(window, tab, open_form, settled, read, line):
    form = open_form("steps")
    put(form, move_on=date(2026, 9, 1))
    record(window, form, settled)
    assert "First visit to the new place together" in words(tab.cards["steps"])
    form = open_form("move_steps")
    put(form, move_on=date(2026, 9, 8))
    record(window, form, settled)
    found = read(lambda store: store.find(Action, order_by=("due_on",), person_id=line.person_id))
    assert (len(found), found[0].due_on) == (14, date(2026, 7, 28))
    form = open_form("drop_steps")
    put(form, drop_reason="The place fell through")
    record(window, form, settled)
    assert "No steps planned" in words(tab.cards["steps"])


def test_steps_without_a_phase_or_twice_are_refused(window, open_form, do, line, settled):
    form = open_form("steps")
    put(form, move_on=date(2026, 9, 1), before=False, after=False)
    form.record()
    settled(window)
    assert "No steps are chosen" in form.form.editors["before"].problem
    form.kept.emit()
    do(make_steps, line.person_id, move_on=date(2026, 9, 1))
    form = open_form("steps")
    put(form, move_on=date(2026, 9, 1), before=True)
    form.record()
    settled(window)
    assert "6 steps of this plan are open already" in form.form._general.words


def test_a_check_that_a_home_lasts_asks_how_it_turned_out(window, tab, do, line, settled, read):
    def plan(store):
        with store.operation("Home") as work:
            return work.save(
                Action("check", line.person_id, "Still at home after 6 months?", DAY, phase="sustainment", set_on=DAY)
            )

    do(plan)
    tab.cards["steps"].ticks["check"].click()
    settled(window)
    form = window.body.panel
    form.record()
    assert form.form.editors["outcome"].problem
    put(form, outcome="home")
    record(window, form, settled)
    assert read(lambda store: store.get(Action, "check")).outcome == "home"
    assert "Still at home 14 Jul 2026: Still at home after 6 months?" in words(tab.cards["actions"])


def test_an_onward_move_has_its_steps_ticked_and_a_move_back_asks_why(window, open_form, settled, read, line):
    form = open_form("move")
    stage = form.form.editors["stage_id"]
    stage.set_value("supported")
    stage.edited.emit()
    assert form.form.editors["steps"].value() is True
    assert form.form.editors["back_reason"].isHidden()
    stage.set_value("hospital")
    stage.edited.emit()
    assert form.form.editors["steps"].value() is False
    assert form.form.editors["back_reason"].value() == "readmission"
    stage.set_value("residential")
    stage.edited.emit()
    assert form.form.editors["back_reason"].value() is None
    stage.set_value("hospital")
    stage.edited.emit()
    put(form, left_on=DAY, planned=False, reason_code="admitted", started_on=DAY)
    record(window, form, settled)
    now = read(lambda store: store.find(Placement, person_id=line.person_id, ended_on=None))
    assert [each.back_reason for each in now] == ["readmission"]


def set_goal_with_score(store, person_id, said, score):
    score_goal(store, set_goal(store, person_id, words=said).id, score=score)


def test_the_summary_tells_readiness_barriers_actions_and_goals_in_short(window, page, do, line, settled):
    do(rate, line.person_id, {"food": Rated(2), "wish": Rated(3)}, rated_on=date(2026, 5, 11))
    do(start_barrier, line.person_id, code="arrears", started_on=date(2026, 6, 14))
    do(add_action, line.person_id, what="Ask about band B", due_on=DAY - timedelta(days=4))
    do(set_goal_with_score, line.person_id, "Cook four nights", 7)
    page.show_tab("summary")
    settled(window)
    said = words(page.summary_tab)
    for each in ("5 of 6", "2 mostly", "30 days", "since 14 Jun 2026", "“Cook four nights”", "7 of 10"):
        assert each in said, each
    assert said.count("Ask about band B") == 2, "it stands among the actions, and under Next while it is late"
    assert "4 days overdue" in said
    assert "Too few for a forecast" in said


def test_looking_back_offers_nothing_to_record(window, page, tab, do, line, settled):
    do(add_action, line.person_id, what="Bank account", set_on=date(2026, 6, 1))
    window.look_at(date(2026, 6, 30), date(2026, 7, 14))
    settled(window)
    tab = window.navigator.current_page().move_on_tab
    assert not any(tick.isEnabled() for tick in tab.cards["actions"].ticks.values())


def test_what_was_done_is_still_open_on_a_day_before(window, page, do, line, settled, read):
    do(add_action, line.person_id, what="Bank account", set_on=date(2026, 6, 1))
    (action,) = read(lambda store: store.find(Action, person_id=line.person_id))
    do(finish_action, action.id)
    page.show_tab("move_on")
    window.look_at(date(2026, 6, 30), None)
    settled(window)
    assert "Bank account" in words(page.move_on_tab.cards["actions"])
    assert action.id in page.move_on_tab.cards["actions"].ticks
