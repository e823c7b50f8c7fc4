"""The window around the pages: going about, keys, undo, the day looked at, and what must not be overlooked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from mhtracker.domain.errors import Refused, UserError
from mhtracker.domain.records import Note, Person
from mhtracker.settings import ComputerSettings
from mhtracker.store import Store, open_register
from mhtracker.text import full_name
from mhtracker.ui.body import NARROWEST_PANEL
from mhtracker.ui.dialogs.as_at import AsAtPopover, usual_days
from mhtracker.ui.keys import can_take_focus
from mhtracker.ui.progress import Progress
from mhtracker.ui.widgets.side_panel import SidePanel
from mhtracker.ui.window import Window

Settled = Callable[[Window], None]


def first_person(store: Store) -> Person:
    return store.find(Person, order_by=("surname",))[0]


def add_note(store: Store, text: str) -> None:
    person = first_person(store)
    with store.operation("Add note", person_id=person.id) as work:
        work.save(Note("note-of-a-test", person.id, "call", work.today, text))


def notes(store: Store) -> list[Note]:
    return store.find(Note, id="note-of-a-test")


def asked(window: Window, qtbot: QtBot, function: Callable[[Store], object]) -> object:
    found: list[object] = []
    window.context.jobs.ask(function, then=found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def test_a_demo_says_so_in_the_title_and_in_the_header(window: Window) -> None:
    assert window.windowTitle() == "Northmoor Council (invented people) – MHTracker"
    assert window.header.demo_badge.isVisible()
    assert "invented people" in window.header.demo_badge.text()


def test_no_person_is_named_in_the_windows_title(window: Window, qtbot: QtBot) -> None:
    person = asked(window, qtbot, first_person)
    assert isinstance(person, Person)
    assert person.surname.casefold() not in window.windowTitle().casefold()


def test_ctrl_z_undoes_the_last_operation_and_ctrl_y_does_it_again(
    window: Window, qtbot: QtBot, settled: Settled
) -> None:
    window.context.jobs.do(add_note, "rang back")
    settled(window)
    assert window.header.undo_button.words() == "Undo: add note"
    name = asked(window, qtbot, lambda store: full_name(first_person(store)))
    assert window.toast.words() == f"Add note for {name}."
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(window)
    assert asked(window, qtbot, notes) == []
    assert window.toast.words() == f"Undone: add note, {name}."
    qtbot.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    settled(window)
    assert asked(window, qtbot, notes) != []


def test_ctrl_z_belongs_to_a_field_in_which_something_was_typed_and_to_the_window_otherwise(
    window: Window, qtbot: QtBot, settled: Settled
) -> None:
    window.context.jobs.do(add_note, "rang back")
    settled(window)
    panel = SidePanel(window.context.theme, "Add a note", primary="Add note")
    field = QLineEdit()
    panel.add(field)
    window.side_panel(panel)
    field.setFocus()
    qtbot.keyClicks(field, "typed")
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(window)
    assert field.text() == ""
    assert asked(window, qtbot, notes) != []
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(window)
    assert asked(window, qtbot, notes) == []


def test_undo_reaches_back_over_a_restart(window: Window, demo_file: Path, qtbot: QtBot, settled: Settled) -> None:
    window.context.jobs.do(add_note, "rang back")
    settled(window)
    window.close()
    with open_register(demo_file, who="Ewa Fikcyjna") as store:
        assert store.undo().label == "Add note"
        assert notes(store) == []


def test_closing_the_window_waits_for_what_was_just_recorded(window: Window, demo_file: Path) -> None:
    window.context.jobs.do(add_note, "typed at the last moment")
    window.close()
    with open_register(demo_file, who="Ewa Fikcyjna") as store:
        assert [note.text for note in notes(store)] == ["typed at the last moment"]


def test_another_day_is_said_across_the_window_and_in_the_title_until_one_goes_back(
    window: Window, qtbot: QtBot, settled: Settled
) -> None:
    assert not window.looking_bar.isVisible()
    window.look_at(date(2026, 6, 30))
    settled(window)
    assert window.looking_bar.isVisible()
    assert "As at Tue 30 Jun 2026, not today" in window.looking_bar.accessibleName()
    assert window.windowTitle().startswith("As at 30 Jun 2026 – ")
    assert window.header.as_at_button.words() == "As at 30 Jun 2026"
    window.look_at(None)
    settled(window)
    assert not window.looking_bar.isVisible()
    assert window.context.as_at == date(2026, 7, 14)


def test_what_was_known_earlier_can_be_read_and_not_changed(window: Window, qtbot: QtBot, settled: Settled) -> None:
    window.context.jobs.do(add_note, "rang back")
    settled(window)
    window.look_at(None, date(2026, 7, 1))
    settled(window)
    assert asked(window, qtbot, notes) == []
    refused: list[UserError] = []
    kept: list[object] = []
    window.context.jobs.do(add_note, "out of time", failed=refused.append)
    window.context.jobs.keep(lambda store: store.as_known_on, then=kept.append)
    settled(window)
    assert isinstance(refused[0], Refused)
    assert kept == [None]
    assert "As it was known on Wed 1 Jul 2026" in window.looking_bar.accessibleName()
    assert "Nothing can be recorded here" in window.looking_bar.accessibleName()
    assert window.windowTitle().startswith("Known on 1 Jul 2026 – ")
    assert not window.context.commands.get("undo").possible()
    window.look_at(None)
    settled(window)
    assert asked(window, qtbot, notes) != []


def test_below_1200_pixels_the_rail_shows_icons_with_tooltips_and_everything_keeps_its_name(window: Window) -> None:
    item = window.rail.items["today"]
    wide = item.width()
    window.resize(1100, 700)
    assert item.width() < wide
    assert "Today" in item.toolTip()
    assert item.accessibleName().startswith("Today")


@pytest.mark.parametrize(("width", "scale"), [(1440, 1.0), (1100, 1.0), (1440, 1.5), (1440, 2.0), (900, 1.5)])
def test_nothing_of_the_header_is_cut_off(window: Window, settled: Settled, width: int, scale: float) -> None:
    window.context.theme.change(scale=scale)
    window.resize(width, 800)
    window.look_at(date(2025, 12, 31))
    settled(window)
    shown = [child for child in window.header.children() if isinstance(child, QWidget) and child.isVisible()]
    edges = sorted((child.x(), child.x() + child.width()) for child in shown)
    assert edges[-1][1] <= window.header.width()
    assert all(right <= left for (_, right), (left, _) in pairwise(edges))
    window.context.theme.change(scale=1.0)


def test_every_button_and_field_of_the_shell_has_a_name(window: Window) -> None:
    nameless = [
        widget
        for part in (window.rail, window.header)
        for widget in part.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLineEdit | QPlainTextEdit) and not widget.accessibleName()
    ]
    assert nameless == []


def test_tab_reaches_every_control_of_the_shell(window: Window) -> None:
    window.header.find_box.setFocus()
    seen: list[QWidget | None] = []
    while (focus := window.focusWidget()) not in seen:
        seen.append(focus)
        window.focusNextPrevChild(True)
    controls = [
        child for part in (window.rail, window.header) for child in part.findChildren(QWidget) if can_take_focus(child)
    ]
    assert [control.accessibleName() for control in controls if control not in seen] == []


def test_f6_goes_round_the_regions_and_shift_f6_the_other_way(window: Window, qtbot: QtBot) -> None:
    regions = {"rail": window.rail, "header": window.header, "page": window.body}

    def where() -> str:
        focus = window.focusWidget()
        return next(name for name, region in regions.items() if focus is not None and region.isAncestorOf(focus))

    window.header.find_box.setFocus()
    round_trip = []
    for _ in range(3):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        round_trip.append(where())
    assert round_trip == ["page", "rail", "header"]
    assert window.focusWidget() is window.header.find_box
    qtbot.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert where() == "rail"


def test_esc_puts_the_panel_away_and_gives_the_focus_back(window: Window, qtbot: QtBot) -> None:
    kept: list[str] = []
    window.header.find_box.setFocus()
    panel = SidePanel(window.context.theme, "Record a move", primary="Record move")
    field = QLineEdit()
    panel.add(field)
    panel.kept.connect(lambda: kept.append("kept"))
    window.side_panel(panel)
    assert window.focusWidget() is field
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert kept == ["kept"]
    assert window.body.panel is None
    assert window.focusWidget() is window.header.find_box


def test_a_panel_keeps_its_draft_when_another_takes_its_place_or_the_window_closes(window: Window) -> None:
    kept: list[str] = []
    for name in ("first", "second"):
        panel = SidePanel(window.context.theme, name, primary="Record")
        panel.kept.connect(lambda name=name: kept.append(name))
        window.side_panel(panel)
    assert kept == ["first"]
    window.close()
    assert kept == ["first", "second"]


def test_with_little_room_the_panel_lies_over_the_page_and_neither_is_cut_off(window: Window) -> None:
    window.side_panel(SidePanel(window.context.theme, "Record a move", primary="Record move"))
    panel = window.body.panel
    assert panel is not None
    assert window.body.stack.width() + panel.width() == window.body.width()
    window.resize(900, 700)
    assert window.body.stack.width() == window.body.width()
    assert panel.geometry().right() < window.body.width()


def test_at_large_text_the_panel_grows_narrower_before_it_covers_the_page(window: Window, qtbot: QtBot) -> None:
    window.context.theme.change(scale=1.5)
    window.side_panel(SidePanel(window.context.theme, "Record a move", primary="Record move"))
    panel = window.body.panel
    assert panel is not None
    qtbot.waitUntil(lambda: window.body.stack.width() + panel.width() == window.body.width())
    assert panel.width() >= window.context.theme.px(NARROWEST_PANEL)


def test_a_second_press_on_what_closed_the_panel_does_not_reach_the_page(window: Window) -> None:
    window.side_panel(SidePanel(window.context.theme, "Record a move", primary="Record move"))
    panel = window.body.panel
    assert panel is not None
    where = panel.geometry().center()
    window.navigator.panels.close()
    under = window.body.childAt(where)
    assert under is not None
    assert under.accessibleName() == "Where the panel was"


def test_text_size_has_keys_and_is_remembered(window: Window, qtbot: QtBot, computer: ComputerSettings) -> None:
    before = window.rail.items["today"].height()
    qtbot.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert computer.text_size > 100
    assert window.rail.items["today"].sizeHint().height() > before
    qtbot.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert computer.text_size == 100


def test_alt_alone_opens_the_menu_and_alt_with_another_key_does_not(window: Window, qtbot: QtBot) -> None:
    opened: list[str] = []
    window.header.menu.disconnect()
    window.header.menu.connect(lambda: opened.append("menu"))
    qtbot.keyPress(window, Qt.Key.Key_Alt)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.keyRelease(window, Qt.Key.Key_Alt)
    assert opened == []
    qtbot.keyPress(window, Qt.Key.Key_Alt)
    qtbot.keyPress(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.keyRelease(window, Qt.Key.Key_Alt)
    assert opened == []
    qtbot.keyPress(window, Qt.Key.Key_Alt)
    qtbot.keyRelease(window, Qt.Key.Key_Alt)
    assert opened == ["menu"]


def test_the_menu_names_what_can_be_done_with_its_keys(window: Window) -> None:
    actions = {action.text(): action.isEnabled() for action in window.shell_commands.make_menu().actions()}
    assert actions["Open a register\tCtrl+O"]
    assert not actions["Redo what was undone\tCtrl+Y"]


def test_the_size_of_the_window_and_its_panel_are_remembered(window: Window, computer: ComputerSettings) -> None:
    window.resize(1300, 800)
    window.close()
    assert computer.window
    assert computer.last_register.endswith("demo.mhtracker")


def test_nothing_flashes_up_as_a_window_of_its_own(window: Window, qtbot: QtBot, settled: Settled) -> None:
    flashed: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                flashed.append(f"{type(watched).__name__} {watched.accessibleName()}")
            return False

    watch = Watch()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(watch)
    window.side_panel(SidePanel(window.context.theme, "Record a move", person="TRIAIL, Ciarán", primary="Record move"))
    window.run_command("help")
    window.happenings.show_drafts()
    window.registers.show_start()
    settled(window)
    app.removeEventFilter(watch)
    assert flashed == []


def test_what_others_recorded_refreshes_the_page_and_is_no_undo_of_mine(
    window: Window, qtbot: QtBot, settled: Settled
) -> None:
    heard: list[str] = []
    window.context.bus.changed.connect(lambda changes: heard.append(changes.label))

    def record_unheard(store: Store) -> None:
        listeners, store.listeners = store.listeners, []
        add_note(store, "recorded on another computer")
        store.listeners = listeners

    window.context.jobs.do(record_unheard)
    settled(window)
    assert heard == []
    window.elsewhere.ask()
    settled(window)
    assert heard == ["Add note"]
    assert not window.toast.isVisible()
    window.elsewhere.ask()
    settled(window)
    assert heard == ["Add note"]


def test_what_i_recorded_is_not_heard_twice(window: Window, qtbot: QtBot, settled: Settled) -> None:
    heard: list[str] = []
    window.context.bus.changed.connect(lambda changes: heard.append(changes.label))
    window.context.jobs.do(add_note, "rang back")
    settled(window)
    window.elsewhere.ask()
    settled(window)
    assert heard == ["Add note"]


@pytest.fixture
def popover(window: Window) -> Iterator[AsAtPopover]:
    popover = AsAtPopover(window.context, window.header.as_at_button)
    popover.show_below()
    yield popover
    if shiboken6.isValid(popover):
        popover.close()


def test_the_day_typed_is_looked_at_and_what_was_recorded_by_then(
    popover: AsAtPopover, window: Window, settled: Settled
) -> None:
    popover.form.editors["day"].restore_text("30/6/26")
    popover.form.editors["known"].restore_text("1 Jul 2026")
    popover.on_show()
    settled(window)
    assert (window.context.as_at, window.context.as_known) == (date(2026, 6, 30), date(2026, 7, 1))


def test_a_day_that_does_not_exist_is_said_beside_its_field_and_nothing_changes(
    popover: AsAtPopover, window: Window
) -> None:
    popover.form.editors["day"].restore_text("31/6/26")
    popover.on_show()
    assert popover.isVisible()
    assert popover.form.editors["day"].problem.startswith("June has 30 days.")
    assert not window.context.looks_elsewhere


def test_as_known_by_today_is_as_known_now(popover: AsAtPopover, window: Window, settled: Settled) -> None:
    popover.form.editors["known"].restore_text("today")
    popover.on_show()
    settled(window)
    assert window.context.as_known is None


def test_the_days_often_asked_for_are_ends_of_month_and_years() -> None:
    assert [day for _, day in usual_days(date(2026, 7, 14))] == [
        date(2026, 6, 30),
        date(2026, 3, 31),
        date(2025, 12, 31),
    ]
    assert [day for _, day in usual_days(date(2026, 1, 9))] == [date(2025, 12, 31), date(2025, 3, 31)]


def test_long_work_shows_at_the_foot_with_a_way_to_stop_it(window: Window, qtbot: QtBot, settled: Settled) -> None:
    def long(progress: Progress) -> None:
        for step in range(1000):
            progress.step(step, 1000, f"page {step}")
            time.sleep(0.01)

    window.context.jobs.work(long, then=lambda _: None, label="Printing")
    assert not window.progress.isVisible()
    qtbot.waitUntil(window.progress.isVisible)
    window.progress.cancelled.emit()
    settled(window)
    assert not window.progress.isVisible()
    assert window.toast.words() == "Stopped. Nothing has changed."
