"""The tabs of goals and measures, of legal and other statuses, and of people and warnings."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from mhtracker.domain.records import (
    CareWarning,
    Contact,
    FundingSplit,
    Goal,
    GoalScore,
    LegalAndStatus,
    MeasureScore,
    MeasureTool,
)
from mhtracker.operations import contacts, goals, measures, moves, statuses, warnings
from tests.ui.person.test_person_page import press, words

DAY = date(2026, 7, 14)


@pytest.fixture
def do(window, line, settled):
    """Records something for the person and waits until the page shows it."""

    def run(operation, *args, **named):
        window.context.jobs.do(operation, *args, **named)
        settled(window)

    return run


@pytest.fixture
def form_of(window, settled):
    """The form that a command has opened, filled in and recorded."""

    def fill(**values):
        settled(window)
        panel = window.body.panel
        for name, value in values.items():
            panel.form.editors[name].set_value(value)
            panel.form.editors[name].edited.emit()
        panel.record()
        settled(window)
        return panel

    return fill


def find(read, line, record_type, **equals):
    return read(lambda store: store.find(record_type, person_id=line.person_id, **equals))


def clear(window, read, line, settled, *types):
    """Take away what the demo made, so that a test begins with nothing of it."""

    def away(store):
        with store.operation("Clear") as work:
            for record_type in types:
                for record in store.find(record_type, person_id=line.person_id):
                    work.delete(record)

    window.context.jobs.do(away)
    settled(window)


def test_a_goal_is_set_scored_and_ended_from_its_card(page, window, line, read, settled, form_of):
    clear(window, read, line, settled, GoalScore, Goal)
    page.show_tab("goals")
    assert "No goals yet" in words(page.goals_tab)
    press(page.goals_tab, "Set a goal")
    form_of(words="Cook for myself")
    assert "“Cook for myself”" in words(page.goals_tab)
    assert "Not scored yet" in words(page.goals_tab)
    press(page.goals_tab, "Score it")
    form_of(score=7)
    assert "7 of 10" in words(page.goals_tab)
    (chart,) = [each for each in page.goals_tab.findChildren(type(page.strip)) if "Cook" in each.accessibleName()]
    assert "7 on 14 Jul 2026" in chart.accessibleDescription()
    press(page.goals_tab, "End")
    form_of(reason_code="met")
    assert "Goals that ended" in words(page.goals_tab)
    assert find(read, line, Goal)[0].end_reason == "met"


def test_a_score_outside_0_to_10_is_refused_beside_its_field(page, window, line, read, settled, do):
    clear(window, read, line, settled, GoalScore, Goal)
    do(goals.set_goal, line.person_id, words="Swim")
    (goal,) = find(read, line, Goal)
    window.run_command("score_goal", person_id=line.person_id, goal_id=goal.id)
    settled(window)
    panel = window.body.panel
    panel.form.editors["score"].restore_text("11")
    panel.record()
    assert "from 0 to 10" in panel.form.editors["score"].problem
    assert find(read, line, GoalScore) == []


def test_a_measure_says_its_range_its_direction_and_its_change(page, window, line, read, settled, do):
    clear(window, read, line, settled, MeasureScore)
    do(measures.save_tool, MeasureTool("tool-x", "Distress list", 0, 40, higher_is_better=False))
    do(measures.record_measure, line.person_id, tool_id="tool-x", total=22, taken_on=date(2026, 1, 9))
    do(measures.record_measure, line.person_id, tool_id="tool-x", total=25, taken_on=date(2026, 6, 9))
    page.show_tab("goals")
    said = words(page.goals_tab)
    assert "0 to 40, lower is better" in said
    assert "Up 3 since 9 Jan 2026, worse" in said


def test_a_mark_of_a_chart_opens_the_score_it_stands_for(page, window, line, read, settled, do):
    clear(window, read, line, settled, GoalScore, Goal)
    do(goals.set_goal, line.person_id, words="Swim", set_on=date(2026, 5, 1))
    (goal,) = find(read, line, Goal)
    do(goals.score_goal, goal.id, score=3, scored_on=date(2026, 5, 2))
    (score,) = find(read, line, GoalScore)
    page.show_tab("goals")
    chart = next(c for c in page.goals_tab.findChildren(type(page.strip)) if "Swim" in c.accessibleName())
    chart.pressed.emit("goal_score", score.id)
    settled(window)
    assert window.body.panel.title == "Correct a score"


def test_what_holds_says_when_it_runs_out_and_what_ran_out_says_so(page, window, line, read, settled, do):
    clear(window, read, line, settled, LegalAndStatus)
    page.show_tab("legal")
    assert "No legal status recorded" in words(page.legal_tab)
    do(
        statuses.set_status,
        line.person_id,
        kind="cto",
        code="cto",
        started_on=date(2026, 2, 1),
        expires_on=date(2026, 8, 1),
    )
    do(
        statuses.set_status, line.person_id, kind="dols", code="standard", started_on=date(2025, 1, 1),
        expires_on=date(2025, 12, 1),
    )  # fmt: skip
    said = words(page.legal_tab)
    assert "Runs out 1 Aug 2026" in said
    assert "Ran out 1 Dec 2025" in said
    assert "CTO until 1 Aug 2026" in words(page.banner)
    assert "DoLS" not in words(page.banner)
    assert {mark.kind for mark in page.strip.picture.marks} >= {"status"}
    order = find(read, line, LegalAndStatus, kind="cto")[0]
    page.strip.pressed.emit("status", order.id)
    assert page.tabs.key() == "legal"


@pytest.mark.parametrize(("stage", "offered"), [("residential", True), ("supported", False)])
def test_an_authorisation_is_renewed_only_where_it_holds(page, window, line, read, settled, do, stage, offered):
    clear(window, read, line, settled, LegalAndStatus)
    given = {"kind": "dols", "code": "standard", "started_on": date(2026, 1, 1), "expires_on": date(2026, 12, 1)}
    do(statuses.set_status, line.person_id, **given)
    if stage != page.summary.current.stage.id:
        move = {"left_on": DAY, "started_on": DAY, "planned": True, "reason_code": "ready", "stage_id": stage}
        do(moves.record_move, line.person_id, **move)
    page.show_tab("legal")
    (dols,) = find(read, line, LegalAndStatus)
    assert page.summary.current.stage.id == stage
    row = page.legal_tab.rows[dols.id]
    assert ("Renew" in [button.text() for button in row.findChildren(QPushButton)]) == offered
    assert ("needs an order of the Court of Protection" in words(row)) != offered


def test_after_care_is_ended_with_both_names_in_one_form(page, window, line, read, settled, do):
    clear(window, read, line, settled, LegalAndStatus)
    do(statuses.set_status, line.person_id, kind="s117", code="3", started_on=date(2020, 1, 1))
    page.show_tab("legal")
    press(page.legal_tab, "End")
    settled(window)
    panel = window.body.panel
    for name, value in (("ended_on", DAY), ("ended_by_health", "Dr Farzi"), ("end_reason", "Not needed")):
        panel.form.editors[name].set_value(value)
    panel.record()
    settled(window)
    assert panel.form.editors["ended_by_council"].problem
    panel.form.editors["ended_by_council"].set_value("R. Ffug")
    panel.record()
    settled(window)
    (ended,) = find(read, line, LegalAndStatus)
    assert (ended.ended_on, ended.ended_by_council) == (DAY, "R. Ffug")
    assert "Agreed by Dr Farzi for the NHS, R. Ffug for the council" in words(page.legal_tab)


def test_a_charge_on_after_care_is_flagged_in_the_banner_and_on_the_tab(page, window, line, read, settled, do):
    clear(window, read, line, settled, LegalAndStatus, FundingSplit)
    do(statuses.set_status, line.person_id, kind="s117", code="3", started_on=date(2020, 1, 1))
    do(moves.edit_placement, page.summary.current.placement.id, weekly_charge_pence=4250)
    said = "Charged £42.50 a week although s117 after-care holds"
    assert said in words(page.banner)
    page.show_tab("legal")
    assert said in words(page.legal_tab)
    do(moves.edit_placement, page.summary.current.placement.id, weekly_charge_pence=None)
    assert said not in words(page.banner)


def test_carers_stand_first_with_their_state_in_words(page, window, line, read, settled, do):
    clear(window, read, line, settled, Contact)
    page.show_tab("people")
    assert "No carer recorded" in words(page.people_tab)
    do(contacts.add_contact, line.person_id, kind="gp", name="Dr Wymysł", phone="01632 960100")
    do(
        contacts.add_contact, line.person_id, kind="carer", name="Anna Nowak", relation="sister",
        assessment_due_on=date(2026, 7, 1), at_risk_on=date(2026, 7, 2),
    )  # fmt: skip
    said = words(page.people_tab)
    assert said.index("Carers") < said.index("Anna Nowak") < said.index("Dr Wymysł")
    assert "Assessment was due 1 Jul 2026" in said
    assert "Care may break down, said 2 Jul 2026" in said


def test_numbers_are_copied_and_nothing_is_opened(page, window, line, read, settled, do):
    clear(window, read, line, settled, Contact)
    do(contacts.add_contact, line.person_id, kind="gp", name="Dr Wymysł", phone="01632 960100")
    page.show_tab("people")
    button = next(b for b in page.people_tab.findChildren(QPushButton) if b.accessibleName().startswith("Copy number"))
    button.click()
    assert QGuiApplication.clipboard().text() == "01632 960100"


def test_markup_in_a_name_is_shown_as_it_was_typed(page, window, line, do):
    do(contacts.add_contact, line.person_id, kind="friend", name="<b>Zelenka</b> & Co")
    page.show_tab("people")
    assert "<b>Zelenka</b> & Co" in words(page.people_tab)


def test_a_warning_stands_in_the_banner_until_it_ends_and_stays_in_the_list(page, window, line, read, settled, form_of):
    clear(window, read, line, settled, CareWarning)
    page.show_tab("people")
    press(page.people_tab, "Raise a warning")
    form_of(kind="animals", words="Dog at the door", why="Bit the postman", review_on=date(2026, 9, 1))
    assert "Warning: dog at the door, look again by 1 Sep 2026" in words(page.banner)
    (warning,) = find(read, line, CareWarning)
    assert warning.raised_by
    window.run_command("end_warning", person_id=line.person_id, warning_id=warning.id)
    form_of(end_reason="The dog moved out")
    assert "Warning:" not in words(page.banner)
    assert "The dog moved out" in words(page.people_tab)


def test_a_warning_that_ran_out_leaves_the_banner_the_day_after(page, window, line, read, settled, do):
    clear(window, read, line, settled, CareWarning)
    facts = {"kind": "fire", "words": "Smokes in bed", "why": "Burns seen", "raised_on": date(2026, 6, 1)}
    do(warnings.raise_warning, line.person_id, **facts, expires_on=date(2026, 7, 13))
    page.show_tab("people")
    assert "Warning:" not in words(page.banner)
    assert "Ended by itself 13 Jul 2026" in words(page.people_tab)


def test_a_measure_is_added_in_settings_and_offered_from_then_on(window, settled, read, form_of):
    window.open_page("settings", part="measures")
    settled(window)
    window.run_command("measure_tool")
    form_of(name="Wellbeing scale", lowest=14.0, highest=70.0, licence="12 of 2026")
    (tool,) = read(lambda store: store.find(MeasureTool, name="Wellbeing scale"))
    assert (tool.lowest, tool.highest, tool.higher_is_better) == (14, 70, True)
