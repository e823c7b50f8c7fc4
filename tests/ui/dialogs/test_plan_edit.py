"""The steps of a plan are written in rows, and come out as a programme keeps them."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from mhtracker.domain.errors import Invalid
from mhtracker.ui.dialogs.plan_edit import STRAIGHT, PlanEdit, read_percent, show_percent
from mhtracker.ui.theme import Theme

DAY = date(2026, 7, 14)
PLAN = "2026-12-31:12.5 2027-06-30:25"


@pytest.fixture
def edit(theme: Theme, qtbot: QtBot) -> PlanEdit:
    edit = PlanEdit(theme, lambda: DAY, lambda: "50% by 31 Mar 2028")
    edit.set_name("Steps")
    qtbot.addWidget(edit)
    edit.show()
    return edit


def test_a_plan_goes_in_and_comes_out_the_same_and_says_what_it_comes_to(edit: PlanEdit) -> None:
    assert (edit.value(), edit.sums.text()) == ("", STRAIGHT)
    edit.set_value(PLAN)
    assert edit.value() == PLAN
    assert edit.sums.text() == "12.5% by 31 Dec 2026 (+12.5); 25% by 30 Jun 2027 (+12.5); then to 50% by 31 Mar 2028."


def test_a_step_is_added_and_taken_away_with_the_keyboard_and_read_day_first(edit: PlanEdit, qtbot: QtBot) -> None:
    edit.set_value(PLAN)
    edit.more.setFocus()
    qtbot.keyClick(edit.more, Qt.Key.Key_Space)
    row = edit._rows[-1]
    qtbot.waitUntil(row.by.line.hasFocus)
    qtbot.keyClicks(row.by.line, "3/4/2027")
    qtbot.keyClicks(row.percent.line, "20")
    assert edit.value() == "2026-12-31:12.5 2027-04-03:20 2027-06-30:25"
    away = next(each for each in row.holder.findChildren(QPushButton) if "Take" in each.accessibleName())
    away.setFocus()
    qtbot.keyClick(away, Qt.Key.Key_Space)
    assert edit.value() == PLAN
    assert edit._rows[-1].by.line.hasFocus()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31/2/2027\t25", "Step 1: "),
        ("31 Mar 2027\t", "Step 1 has no percentage."),
        ("\t25", "Step 1 has no day."),
        ("31 Mar 2027\t125", "Step 1: “125” is no percentage."),
        ("31 Mar 2027\t20\n31/3/27\t25", "Two steps are by 31 Mar 2027."),
    ],
)
def test_a_step_that_cannot_be_read_is_named(edit: PlanEdit, typed: str, said: str) -> None:
    edit.restore_text(typed)
    with pytest.raises(Invalid) as refused:
        edit.value()
    assert refused.value.problems[""].startswith(said)
    assert edit.text_value() == typed  # a draft keeps what was typed, right or wrong


def test_percentages_are_kept_as_they_are_written_or_refused() -> None:
    assert [show_percent(read_percent(typed)) for typed in ("33.3333333", "12,5 %", "100")] == [
        "33.3333333",
        "12.5",
        "100",
    ]
    for typed in ("0", "101", "a half", "1e1", "33.33333333333333333333"):
        with pytest.raises(Invalid):
            read_percent(typed)
