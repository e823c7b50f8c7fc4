"""Progress: every figure opens its people, is drawn, and can be asked what if."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mhtracker.analysis.paths import follow
from mhtracker.analysis.stay_ranges import stay_days_at
from mhtracker.domain.counting.programmes import course_words
from mhtracker.domain.records import Programme
from mhtracker.operations.money.cost_tables import add_row, start_table
from mhtracker.operations.programmes import end_programme, start_programme
from mhtracker.reports.manager.programme_picture import trajectory_of
from mhtracker.store import Store, create_register
from mhtracker.store.clock import FixedClock
from mhtracker.ui.manager.bars import BarRow, HalfBar
from mhtracker.ui.manager.explained import ExplainedPanel
from mhtracker.ui.manager.lengths_card import LeftPanel
from mhtracker.ui.manager.numbers import Figure
from mhtracker.ui.manager.scenario_panel import WORKING, ScenarioPanel
from mhtracker.ui.manager.shares import number_of, share_of
from mhtracker.ui.manager.telling import of_month
from mhtracker.ui.pages.progress import ProgressPage
from mhtracker.ui.window import Window

DAY = date(2026, 7, 14)
Settled = Callable[[Window], None]


def set_up(store: Store) -> Programme:
    for each in store.find(Programme, ended_on=None):
        end_programme(store, each.id)
    return start_programme(
        store, name="Half by 2028", baseline_on=date(2025, 4, 1), stage_ids=["residential"],
        aim_on=date(2028, 3, 31), aim_percent=50, plan="2026-12-31:20",
    )  # fmt: skip


@pytest.fixture
def page(window: Window, qtbot: QtBot, settled: Settled) -> ProgressPage:
    window.context.jobs.do(set_up)
    settled(window)
    window.open_page("progress")
    settled(window)
    found = window.navigator.current_page()
    assert isinstance(found, ProgressPage)
    return found


def opened(window: Window, settled: Settled) -> ExplainedPanel:
    settled(window)
    (panel,) = [each for each in window.findChildren(ExplainedPanel) if each.isVisible()]
    return panel


def test_a_bar_of_the_flow_opens_those_who_went_and_its_numbers_add_up(window, page, settled):
    flow = page._figures.first.flow
    stage = max(flow.stages, key=lambda each: len(each.went))
    label = page._figures.stages[stage.stage_id].label
    bar = next(b for b in page.flow.findChildren(HalfBar) if b.accessibleName() == f"{label}: {len(stage.went)} out")
    bar.click()
    panel = opened(window, settled)
    assert panel._share.counted == tuple(dict.fromkeys(stage.went))
    names = {each.accessibleName(): each for each in page.flow.findChildren(Figure) if each.isVisible()}
    assert f"Everyone, closing: {sum(len(each.closing) for each in flow.stages)}" in names


def test_a_ribbon_opens_its_people_with_the_keyboard(window, page, qtbot, settled):
    page.flow.switch.click()
    qtbot.waitUntil(lambda: page.ribbons.view.picture is not None and page.ribbons.view.hasFocus())
    ribbons = follow(page._figures.first.flow)
    assert len(page.ribbons.view.picture.marks) == len(ribbons)
    qtbot.keyClick(page.ribbons.view, Qt.Key.Key_Right)
    qtbot.keyClick(page.ribbons.view, Qt.Key.Key_Return)
    assert opened(window, settled)._share.counted == ribbons[0].people


def test_a_box_tells_how_long_people_stay_and_opens_those_there_now(window, page, settled):
    marks = {mark.record_id: mark for mark in page.lengths.view.picture.marks}
    found = page._figures.ranges["residential"]
    assert f"{len(found.of)} stays" in marks["residential"].words
    page.lengths.view.pressed.emit("stage", "residential")
    panel = opened(window, settled)
    assert panel._share.counted == tuple(found.so_far)
    assert set(panel._notes) == set(found.so_far)


def test_how_people_left_is_drawn_with_those_still_watched_or_refused(window, page, qtbot, settled):
    page.lengths.left_asked.emit()
    settled(window)
    (panel,) = window.findChildren(LeftPanel)
    qtbot.waitUntil(lambda: "people watched since" in panel.words.text())
    assert ("still watched" in panel.table.text()) is panel.view.isVisible()
    # It opens on hospital, which is over in weeks: the picture's axis says so all the same.
    assert panel.stage.value() == "hospital"
    assert panel.view.isVisible()
    assert all("still watched" in mark.words for mark in panel.view.picture.marks)
    assert len(panel.view.picture.marks) == 3
    panel.stage.set_value("residential")
    panel.stage.edited.emit()
    qtbot.waitUntil(lambda: panel.words.text().startswith("Residential"))


def test_delayed_days_are_shown_by_reason_or_by_worker_and_open(window, page, qtbot, settled):
    delays = page._figures.first.delays.by_reason
    first = page.delays.findChildren(BarRow)[0]
    by_reason = first.accessibleName()
    first.click()
    panel = opened(window, settled)
    assert panel._share.counted == delays[0].people
    assert "barrier was open" in panel._share.definition
    page.delays.choose("worker")
    settled(window)

    def told() -> list[str]:
        return [each.accessibleName() for each in page.delays.findChildren(BarRow) if each.isVisible()]

    qtbot.waitUntil(lambda: bool(told()))
    assert by_reason not in told()


def test_what_if_draws_its_line_and_takes_it_away_when_closed(window, page, qtbot, settled):
    page.plan.ask.click()
    settled(window)
    (panel,) = window.findChildren(ScenarioPanel)
    qtbot.waitUntil(lambda: "for every 100 people waiting" in panel.seen.text(), timeout=30_000)
    qtbot.keyClicks(panel.rate.line, "31.2")
    qtbot.keyClick(panel.rate.line, Qt.Key.Key_Return)
    assert panel.answer.text() == "Working it out…"
    qtbot.waitUntil(lambda: "The line is drawn" in panel.answer.text(), timeout=30_000)
    assert "At 31.2 for every 100:" in page.plan.view.accessibleDescription()
    panel.rate.restore_text("130")
    panel.try_button.click()
    assert "such as 31.2" in panel.answer.text()
    assert "for every 100:" not in page.plan.view.accessibleDescription(), "the line is not of the number refused"
    panel.rate.set_value(60)
    panel.try_button.click()
    qtbot.waitUntil(lambda: "At 60 for every 100:" in page.plan.view.accessibleDescription(), timeout=30_000)
    panel.kept.emit()
    assert "At 60" not in page.plan.view.accessibleDescription()


def test_what_if_of_a_team_draws_the_team_s_own_line_before_anything_is_typed(window, page, qtbot, settled):
    page.head.choose_team(page._figures.teams[0].id)
    qtbot.waitUntil(lambda: not page.waits_for and page._figures.team_name != "", timeout=30_000)
    settled(window)
    whole = page.plan.view.accessibleDescription()
    page.plan.ask.click()
    settled(window)
    (panel,) = window.findChildren(ScenarioPanel)
    qtbot.waitUntil(lambda: panel.seen.text() != WORKING, timeout=30_000)
    assert f"Of {page._figures.team_name}: {panel._found.cohort}" in panel.seen.text()
    assert page.plan.view.accessibleDescription() != whole
    assert f"{page._figures.team_name} alone" in page.plan._caption.text()
    panel.kept.emit()
    assert page.plan.view.accessibleDescription() == whole


def test_doubtful_records_open_and_all_can_be_shown(window, page, qtbot, settled):
    first = page.doubts._found[0]
    figure = next(each for each in page.doubts.findChildren(Figure) if each.isVisible())
    assert figure.accessibleName() == f"{first.words}: {len(first.people)}"
    figure.click()
    assert opened(window, settled)._share.counted == first.people
    page.doubts._more.click()

    def shown() -> int:
        return sum(1 for each in page.doubts.findChildren(Figure) if each.isVisible())

    qtbot.waitUntil(lambda: shown() == len(page.doubts._found))


def test_every_measure_stands_with_its_people(window, page, settled):
    measures = page._figures.first.measures
    shown = [each for each in page.measures.findChildren(Figure) if each.isVisible()]
    assert len(shown) == len(measures)
    shown[0].click()
    assert opened(window, settled)._share is next(iter(measures.values()))


def test_the_reviews_and_the_money_open_whom_they_count(window, page, settled):
    reviews = page._figures.first.reviews
    shown = {each.accessibleName(): each for each in page.reviews.findChildren(Figure)}
    shown[f"Overdue: {len(reviews.overdue)}"].click()
    assert opened(window, settled)._share.counted == reviews.overdue
    page.money.findChildren(Figure)[0].click()
    money = page._figures.progress.money
    panel = opened(window, settled)
    assert set(panel._share.counted) == set(money.of)
    left_out = [
        ("Cost not recorded", money.unknown),
        ("On an NHS ward, for which the council does not pay", money.on_wards),
    ]
    assert money.on_wards
    assert panel._share.left_out == {why: people for why, people in left_out if people}


def test_the_stuck_stand_with_their_days_and_what_holds_them_up(window, page, settled):
    page.stuck.all_asked.emit()
    panel = opened(window, settled)
    first = page._figures.first.stuck[0]
    assert panel._notes[first.person_id].startswith(f"{first.days:,} days, {first.over_days:,} over; ")


def test_the_steps_of_a_plan_stand_below_the_picture(page):
    words = " ".join(label.text() for label in page.plan.findChildren(QLabel))
    assert "Steps of the plan: 20% by 31 Dec 2026." in words


def test_a_programme_is_ended_from_the_page(window, page, qtbot, settled):
    programme = page._figures.progress.programme.programme
    page.head.end(programme.id)
    settled(window)
    qtbot.waitUntil(lambda: "No programme" in page.sentence.text())
    assert programme.name in [each.name for each in page._figures.programmes if each.ended_on]
    page.head.ask(replace(page.head.asked, programme_id=programme.id))
    qtbot.waitUntil(lambda: page.plan._caption.text().endswith("; ended 14 Jul 2026"))


def test_a_programme_newly_set_up_is_seen_from_the_top_of_the_page(window, page, qtbot, settled):
    page.head.end(page._figures.progress.programme.programme.id)
    settled(window)
    bar = page._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    window.context.jobs.do(set_up)
    settled(window)
    qtbot.waitUntil(lambda: page._figures.progress.programme is not None and bar.value() == 0)
    assert page.programme.hasFocus()


def test_lengths_count_those_who_are_still_there_as_at_least_their_days():
    days = stay_days_at([*((day, True) for day in range(1, 11)), *[(20, False)] * 10])
    assert days == (1, 5, 10, None, None)


def test_theme_and_text_size_change_after_data_came_twice_and_another_register_was_opened(
    window, page, qtbot, settled, tmp_path, demo_made
):
    page.flow.switch.click()
    page.lengths.left_asked.emit()
    page.refresh()
    settled(window)
    other = shutil.copy(demo_made, tmp_path / "other.mhtracker")
    window.registers.open(str(other))
    qtbot.waitUntil(lambda: window.at_work and window.context.register.address == str(other))
    settled(window)
    window.open_page("progress")
    settled(window)
    page = window.navigator.current_page()
    page.refresh()
    settled(window)
    before = page.lengths.view.picture.description, page.lengths.view.picture.height
    window.context.theme.change("dark", 1.5)
    settled(window)
    qtbot.waitUntil(lambda: page.lengths.view.picture.height > before[1])
    assert page.lengths.view.picture.description == before[0]


def test_a_month_of_the_picture_opens_who_had_moved_on_and_who_came_back(window, page, qtbot, settled):
    months = page._figures.progress.programme.months
    page.plan.view.setFocus()
    for _ in page.plan.view.picture.marks:
        qtbot.keyClick(page.plan.view, Qt.Key.Key_Right)
    qtbot.keyClick(page.plan.view, Qt.Key.Key_Return)
    share = opened(window, settled)._share
    assert set(share.counted) == set(months[-1].moved)
    planned = page._figures.progress.programme.planned
    course = course_words(len(months[-1].moved), planned)
    assert share.definition.endswith(f"Planned by then: {planned}, so {course}.")
    assert number_of("moved", page._figures)[3].lower() == course
    for now, before in zip(months[1:], months[:-1], strict=True):
        told = of_month(page._figures.progress.programme, now.day)
        left = {person for people in told.share.left_out.values() for person in people}
        assert left == set(before.moved) - set(now.moved)
        assert set(told.notes) == set(now.moved) - set(before.moved)


def test_the_forecast_tells_of_itself_and_of_whom_it_leaves_out(page):
    programme = page._figures.progress.programme
    share = share_of("forecast", page._figures)
    assert share.name == "Forecast"
    assert f"of {programme.cohort} people" in share.definition or "Too few" in share.definition
    assert share.denominator + len(programme.now.gone) == programme.cohort
    assert share_of("moved", page._figures).name == "Moved on and stayed on"


def test_returns_open_their_people_over_all_moves_watched_and_delayed_days_say_days_and_people(window, page, settled):
    found = page._figures.progress
    page.numbers["returns"].figure.click()
    share = opened(window, settled)._share
    assert (share.numerator, share.denominator) == found.returns
    assert "not only those of the period" in share.definition
    words = share_of("delays", page._figures).definition
    assert words.startswith(f"{found.delayed_days:,} days of {len(found.delayed_people)} people.")


def test_another_day_than_today_is_named_in_the_picture(page):
    found = page._figures.progress.programme
    assert trajectory_of(found, DAY, is_today=True).today_name == "Today"
    assert trajectory_of(found, DAY).today_name == "14 Jul 2026"
    assert page.plan._facts.today_name == "Today"


def test_of_fewer_than_ten_ended_stays_no_lengths_are_shown(page):
    for found in page._figures.ranges.values():
        assert (len(found.ended) >= 10) is any(found.days)


def test_a_plan_without_people_is_named_and_its_table_is_there(bare_window, qtbot, settled, tmp_path):
    path = tmp_path / "new.mhtracker"
    with create_register(path, who="Ewa Fikcyjna", clock=FixedClock(DAY)) as store:
        table = start_table(store, name="Closing the ward", as_is_on=DAY)
        add_row(store, table.id, label="Ward", as_is_people=9)
    bare_window.registers.open(str(path))
    qtbot.waitUntil(lambda: bare_window.at_work)
    settled(bare_window)
    bare_window.open_page("progress")
    settled(bare_window)
    page = bare_window.navigator.current_page()
    assert page._empty.isVisible()
    assert "Closing the ward" in page._empty.words.text()
    qtbot.waitUntil(lambda: page.tables.isVisible() and bool(page.tables.grid.editors))
