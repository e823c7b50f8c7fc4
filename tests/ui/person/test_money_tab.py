"""The Money tab: what a week costs and who pays, tapers, what was paid once, the last move, two places compared."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from mhtracker.domain.records import CostLine, FundingSplit, LegalAndStatus
from mhtracker.operations import moves, statuses
from mhtracker.operations.money import costs
from mhtracker.operations.money.funding import change_funding
from mhtracker.operations.money.tapers import TaperPlan, plan_taper
from mhtracker.ui.dialogs.compare_form import ComparePanel
from mhtracker.ui.person.cost_view import CostView
from tests.ui.person.test_goals_legal_people import clear, do, find, form_of  # noqa: F401
from tests.ui.person.test_person_page import press, words

DAY = date(2026, 7, 14)


def press_named(widget, name):
    """Press the button of that accessible name: several on a card say the same."""
    next(button for button in widget.findChildren(QPushButton) if button.accessibleName() == name).click()


@pytest.fixture
def money(page, window, line, read, settled, do):  # noqa: F811
    clear(window, read, line, settled, CostLine, FundingSplit)
    do(moves.edit_placement, page.summary.current.placement.id, weekly_cost_pence=1_246_00, weekly_charge_pence=None)
    page.show_tab("money")
    return page.money_tab


def test_a_stay_with_a_cost_alone_says_so_and_offers_the_first_step(money):
    assert "The stay costs £1,246.00 a week." in words(money)
    assert "Council pays, net" in words(money)
    assert "the council pays the rest" in words(money)


def test_a_cost_is_added_beside_what_is_paid_and_the_week_says_so(money, form_of, line, read):  # noqa: F811
    press(money, "Add a cost")
    form_of(kind="one_to_one", rate_pence=20_00, frequency="hourly", units=10.0, started_on=DAY)
    assert "£1,446.00" in words(money)
    assert "10 hours a week at £20.00" in words(money)
    assert sorted(each.rate_pence for each in find(read, line, CostLine)) == [20_00, 1_246_00]


def test_a_change_from_a_day_keeps_what_was(money, do, line, read, form_of):  # noqa: F811
    do(costs.add_cost_line, line.person_id, kind="support", rate_pence=900_00, started_on=date(2026, 6, 1),
       instead_of="all")  # fmt: skip
    press_named(money, "Change Support")
    form_of(from_on=DAY, rate_pence=700_00)
    found = {each.started_on: each.rate_pence for each in find(read, line, CostLine) if each.kind == "support"}
    assert found == {date(2026, 6, 1): 900_00, DAY: 700_00}


def test_who_pays_is_changed_and_a_charge_on_after_care_is_flagged(money, do, line, form_of, window, read, settled):  # noqa: F811
    clear(window, read, line, settled, LegalAndStatus)
    do(statuses.set_status, line.person_id, kind="s117", code="3", started_on=date(2020, 1, 1))
    press(money, "Change who pays")
    form_of(started_on=DAY, person_pence=25_00, way="share", health_percent=50.0)
    assert "The person £25.00 a week, the NHS 50%, the council the rest" in words(money)
    assert "Charged £25.00 a week" in words(money)
    assert "not charged: s117" in words(money)
    assert "Council pays, net\n£623.00" in words(money), "half of £1,246, and not £25 less"


def test_the_next_steps_of_a_taper_are_named_and_it_is_stopped(money, do, line, form_of, read):  # noqa: F811
    do(plan_taper, line.person_id, TaperPlan(DAY, 35, 7, 4, 6, 17_96))
    assert "Next steps of the taper" in words(money)
    assert "28 hours a week at £17.96: £502.88 a week" in words(money)
    press_named(money, "Stop the taper")
    form_of(from_on=DAY + timedelta(weeks=7))
    assert len([each for each in find(read, line, CostLine) if each.taper_id]) == 2


@pytest.mark.parametrize(("to_units", "units"), [(0.0, [10.0, 5.0]), (4.0, [10.0, 7.0, 4.0])])
def test_a_taper_is_planned_from_its_form(money, form_of, line, read, window, to_units, units):  # noqa: F811
    said: list[str] = []
    window.context.bus.said.connect(lambda words, _: said.append(words))
    press(money, "Plan a taper")
    form_of(from_units=10.0, to_units=to_units, steps=2, every_weeks=4, rate_pence=20_00)
    found = sorted(find(read, line, CostLine, kind="support"), key=lambda each: each.started_on)
    assert [each.units for each in found] == units
    assert said[-1].startswith("Planned 2 steps for ")


def test_what_is_paid_once_stands_by_itself(money, form_of):  # noqa: F811
    press(money, "Add one")
    form_of(rate_pence=850_00, what="Furniture")
    assert "Cost of moving: Furniture" in words(money)
    assert "£850.00 on 14 Jul 2026" in words(money)


def test_the_saving_of_the_last_move_is_told(money, do, line):  # noqa: F811
    do(moves.record_move, line.person_id, left_on=DAY - timedelta(days=6), started_on=DAY - timedelta(days=6),
       planned=True, reason_code="ready", stage_id="supported", weekly_cost_pence=684_20)  # fmt: skip
    assert "A week it saves" in words(money)
    assert "£561.80" in words(money)


def test_a_dearer_place_is_paid_back_in_eight_weeks(money, window, settled):
    press(money, "Compare two places")
    settled(window)
    panel = window.body.panel
    assert isinstance(panel, ComparePanel)
    assert panel.form.editors["now"].value() == 1_246_00
    for name, value in {"other": 1_295_48, "for_weeks": 156, "then": 250_00}.items():
        panel.form.editors[name].set_value(value)
    panel.show_result()
    said = words(panel)
    assert "The other place is £49.48 a week dearer" in said
    assert "Then £996.00 a week is saved: it is paid back in 8 weeks" in said


def test_the_chart_tells_its_steps_in_words(money, do, line):  # noqa: F811
    do(costs.add_cost_line, line.person_id, kind="support", rate_pence=900_00, started_on=DAY, instead_of="all")
    do(change_funding, line.person_id, started_on=DAY, health_percent=50.0)
    chart = money.findChildren(CostView)[-1]  # the one before goes with the next turn of the event loop
    assert "14 Jul 2026: £900.00 a week, £450.00 net" in chart.accessibleDescription()


def test_after_recording_the_keyboard_is_back_on_the_page_the_form_was_opened_from(money, page, form_of, qtbot):  # noqa: F811
    opened_by = next(
        each for each in money.findChildren(QPushButton) if each.text() == "Add a cost" and each.isVisible()
    )
    opened_by.setFocus()
    opened_by.click()
    form_of(kind="one_to_one", rate_pence=20_00, frequency="hourly", units=10.0, started_on=DAY)
    qtbot.waitUntil(
        lambda: QApplication.focusWidget() is page.tabs or page.tabs.isAncestorOf(QApplication.focusWidget())
    )
