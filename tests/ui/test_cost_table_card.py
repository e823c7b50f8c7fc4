"""The card "As is → to be" on Progress: started from the register, changed where it stands, undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mhtracker.domain.money.cost_tables import sums_of_row
from mhtracker.operations.money.cost_tables import read_tables, remove_row, remove_table, start_table
from mhtracker.store import Store
from mhtracker.ui.dialogs.cost_table_form import CostRowForm, CostTableForm
from mhtracker.ui.manager.cost_table_card import CostTableCard
from mhtracker.ui.window import Window

DAY = date(2026, 7, 14)
Settled = Callable[[Window], None]


def words(card: CostTableCard) -> str:
    return "\n".join(label.text() for label in card.findChildren(QLabel) if not label.isHidden())


def asked(window: Window, qtbot: QtBot, function: Callable[..., Any], *args: Any) -> Any:
    found: list[Any] = []
    window.context.jobs.ask(function, *args, then=found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def wait_for(qtbot: QtBot, card: CostTableCard, said: str, *, gone: bool = False) -> None:
    qtbot.waitUntil(lambda: (said in words(card)) is not gone)


def press(widget: Any, said: str) -> None:
    next(b for b in widget.findChildren(QPushButton) if b.text() == said and not b.isHidden()).click()


def take_away_tables(store: Store) -> None:
    for each in read_tables(store, DAY):
        remove_table(store, each.table.id, reason="Not of this test")


@pytest.fixture
def card(window: Window, settled: Settled) -> CostTableCard:
    """The demo's own table is taken away first."""
    window.context.jobs.do(take_away_tables)
    settled(window)
    window.open_page("progress")
    settled(window)
    (found,) = window.navigator.current_page().findChildren(CostTableCard)
    return found


@pytest.fixture
def table(card: CostTableCard, window: Window, settled: Settled, qtbot: QtBot) -> Any:
    window.context.jobs.do(start_table, name="Accommodation", as_is_on=DAY, to_be_on=date(2029, 3, 31))
    settled(window)
    wait_for(qtbot, card, "Accommodation")
    return asked(window, qtbot, read_tables, DAY)[0]


def test_without_a_table_the_first_step_is_offered(card, window, settled, qtbot):
    wait_for(qtbot, card, "No table yet")
    press(card, "Start a table")
    settled(window)
    assert isinstance(window.body.panel, CostTableForm)
    window.body.panel.form.editors["name"].set_value("Accommodation")
    window.body.panel.record()
    settled(window)
    wait_for(qtbot, card, "As is on 14 Jul 2026")
    assert "Residential" in words(card)
    first = next(iter(card.grid.editors.values()))
    qtbot.waitUntil(lambda: first.line.hasFocus())
    settled(window)
    assert first.line.hasFocus()
    assert first.height() >= first.sizeHint().height()
    assert window.navigator.current_page()._scroll.verticalScrollBar().value() > 0


def test_people_changed_where_they_stand_take_their_cost_along_and_are_undone(card, table, window, settled, qtbot):
    row = next(each.row for each in table.rows if each.row.stage_id == "residential")
    editor = card.grid.editors[row.id, "to_be_people"]
    editor.set_value(row.as_is_people // 2)
    editor.settled.emit()
    settled(window)
    (now,) = [each.row for each in asked(window, qtbot, read_tables, DAY)[0].rows if each.row.id == row.id]
    assert now.to_be_people == row.as_is_people // 2
    assert sums_of_row(now).year < 0
    wait_for(qtbot, card, "a year less")
    window.run_command("undo")
    settled(window)
    wait_for(qtbot, card, "Nothing is planned to change yet")


def test_the_keyboard_stays_in_its_cell_and_what_is_typed_there_too(card, table, window, settled, qtbot):
    here, next_one = (each.row for each in table.rows[:2])
    first, second = card.grid.editors[here.id, "to_be_people"], card.grid.editors[here.id, "to_be_year_pence"]
    cell = card.grid.editors[next_one.id, "to_be_people"]
    scroll = window.navigator.current_page()._scroll
    page = scroll.verticalScrollBar()
    window.activateWindow()
    settled(window)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    scroll.ensureWidgetVisible(first)
    stands = page.value()
    qtbot.keyClicks(first.line, "7")
    qtbot.keyClick(first.line, Qt.Key.Key_Tab)
    assert second.line.hasFocus()
    settled(window)
    qtbot.waitUntil(lambda: second.text_value() != "")  # the year's cost follows, in the very cell
    assert second.line.hasFocus()
    assert second.line.hasSelectedText()
    assert page.value() == stands > 0
    cell.setFocus()
    qtbot.keyClicks(cell.line, "12")
    window.context.jobs.do(remove_row, table.rows[-1].row.id)
    settled(window)
    qtbot.waitUntil(lambda: len(card.grid.editors) == 4 * (len(table.rows) - 1))
    assert card.grid.editors[here.id, "to_be_people"].value() == 7
    assert card.grid.editors[next_one.id, "to_be_people"].line.hasFocus()
    assert card.grid.editors[next_one.id, "to_be_people"].text_value() == "12"
    kept = {each.row.id: each.row.to_be_people for each in asked(window, qtbot, read_tables, DAY)[0].rows}
    assert kept[next_one.id] is None, "what is still being typed is not recorded"


def test_the_wheel_over_the_table_scrolls_the_page_and_never_the_table(card, table, window, settled, qtbot):
    page = window.navigator.current_page()._scroll.verticalScrollBar()
    settled(window)
    page.setValue(page.maximum())
    card.grid.verticalScrollBar().setRange(0, 90)
    at = card.grid.viewport().rect().center()
    turn = QWheelEvent(at, card.grid.viewport().mapToGlobal(at), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
                       Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(card.grid.viewport(), turn)
    assert not turn.isAccepted()
    card.grid.verticalScrollBar().setValue(60)
    assert card.grid.verticalScrollBar().value() == 0


def test_every_cell_has_a_name_of_its_own(card, table):
    names = {editor.control.accessibleName() for editor in card.grid.editors.values()}
    assert len(names) == 4 * len(table.rows)
    assert "Residential, people to be" in names


def test_a_line_is_added_and_taken_out(card, table, window, settled, qtbot):
    press(card, "Add a line")
    settled(window)
    assert isinstance(window.body.panel, CostRowForm)
    for name, value in {"label": "Meals", "as_is_people": 53, "as_is_year_pence": 82_800_00}.items():
        window.body.panel.form.editors[name].set_value(value)
    window.body.panel.record()
    settled(window)
    wait_for(qtbot, card, "Meals")
    next(b for b in card.findChildren(QPushButton) if "Take Meals out" in b.accessibleName()).click()
    settled(window)
    wait_for(qtbot, card, "Meals", gone=True)


def test_the_chart_says_its_bars_in_words(card, table):
    assert "to be" in card._chart.accessibleDescription()
    assert "Residential" in card._chart.accessibleDescription()


def test_people_left_out_of_the_plan_are_said_beside_the_saving(card, table, window, settled, qtbot):
    row = next(each.row for each in table.rows if each.row.stage_id == "residential")
    for people, said in (
        (row.as_is_people - 3, "3 people have no place in this plan."),
        (row.as_is_people - 1, "1 person has no place in this plan."),
        (row.as_is_people + 12, "12 people more than as is."),
    ):
        editor = card.grid.editors[row.id, "to_be_people"]
        editor.set_value(people)
        editor.settled.emit()
        settled(window)
        wait_for(qtbot, card, said)


def test_the_table_is_as_high_as_its_rows_after_it_is_started_and_after_undo(card, table, window, settled, qtbot):
    def whole() -> bool:
        return card.grid.height() >= card.grid.body.sizeHint().height() == card.grid.body.height()

    qtbot.waitUntil(whole)
    before = card.grid.height()
    row = table.rows[0].row
    window.context.jobs.do(remove_row, row.id)
    settled(window)
    qtbot.waitUntil(lambda: whole() and card.grid.height() < before)
    window.run_command("undo")
    settled(window)
    qtbot.waitUntil(lambda: whole() and card.grid.height() == before)
