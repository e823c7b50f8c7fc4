"""Backups in the window: made by themselves, listed, put back; what stands in their way is told until it is mended."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from mhtracker.domain.records import Person
from mhtracker.operations.people import edit_person
from mhtracker.store import open_register
from mhtracker.store.backups import list_backups, usual_folder
from mhtracker.store.clock import FixedClock
from mhtracker.store.drafts import list_drafts, save_draft
from mhtracker.ui.dialogs.base import Dialog
from mhtracker.ui.widgets.buttons import Button
from tests.ui.conftest import DAY


@pytest.fixture
def part(window, settled) -> Any:
    window.open_page("settings", part="backups")
    settled(window)
    return window.navigator.current_page().part


@pytest.fixture
def made(part, window, settled) -> Any:
    part.on_back_up()
    settled(window)
    return part


def folder_at(path: Path) -> Path:
    return usual_folder(path.resolve())


def press(root, words):
    next(button for button in root.findChildren(Button) if button.words() == words).click()


def somebody(store):
    return store.find(Person, order_by=("ref",))[0]


def asked(window, settled, function, *args) -> Any:
    found: list[Any] = []
    window.context.jobs.ask(function, *args, then=found.append)
    settled(window)
    return found[0]


def change_something(window, settled):
    person = asked(window, settled, somebody)
    window.context.jobs.do(edit_person, person.id, locality="Fikcyjna Green")
    settled(window)


def test_looking_in_without_a_change_leaves_nothing_behind(window, demo_file):
    window.close()
    assert not folder_at(demo_file).exists()


def dialog(qtbot) -> Any:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), Dialog))
    return QApplication.activeModalWidget()


def test_closing_the_window_leaves_a_backup_beside_the_register(window, demo_file, settled):
    change_something(window, settled)
    window.close()
    found = list_backups(folder_at(demo_file), demo_file.resolve())
    assert len(found) == 1
    with open_register(found[0].path, who="Ann", clock=FixedClock(DAY)) as copy:
        assert len(copy.find(Person)) == 80


def test_the_first_change_of_the_day_is_backed_up_without_closing(window, settled, demo_file, qtbot):
    window.backing_up._timer.setInterval(10)
    person = asked(window, settled, somebody)
    window.context.jobs.do(edit_person, person.id, locality="Fikcyjna Green")
    qtbot.waitUntil(lambda: bool(list_backups(folder_at(demo_file), demo_file.resolve())))
    settled(window)
    assert not window.backup_bar.isVisible()


def test_backups_are_listed_with_when_size_and_people(made, window):
    (row,) = made.list._rows
    assert row.people == 80
    assert row.size > 100_000
    assert "demo backups" in made.place.text()


def test_a_backup_is_put_back_and_the_present_file_kept(made, window, settled, demo_file, qtbot):
    person = asked(window, settled, somebody)
    window.context.jobs.do(edit_person, person.id, locality="After the backup")
    window.context.jobs.keep(
        save_draft, "note:x", person_id=person.id, label="Add a note", texts={"text": "Half a wor"}
    )
    settled(window)
    made.on_restore(made.list._rows[0])
    asking = dialog(qtbot)
    press(asking, "Put it back")
    qtbot.waitUntil(lambda: "The backup is back" in window.toast.words())
    settled(window)
    assert asked(window, settled, somebody).locality == person.locality
    assert [draft.texts["text"] for draft in asked(window, settled, list_drafts)] == ["Half a wor"]
    (aside,) = demo_file.parent.glob("demo replaced *.mhtracker")
    with open_register(aside, who="Ann", clock=FixedClock(DAY)) as before:
        assert before.get(Person, person.id).locality == "After the backup"


def test_a_damaged_backup_is_refused_and_the_register_stays_open(made, window, settled, qtbot):
    chosen = made.list._rows[0]
    chosen.path.write_bytes(chosen.path.read_bytes()[:8192] + b"\0" * 90_000)
    made.on_restore(chosen)
    press(dialog(qtbot), "Put it back")
    settled(window)
    assert "That did not work" in made._told.title.text()
    assert len(asked(window, settled, lambda store: store.find(Person))) == 80


def test_a_folder_that_is_gone_is_told_until_another_is_chosen(
    bare_window, demo_file, settled, qtbot, tmp_path, monkeypatch
):
    window = bare_window
    gone = tmp_path / "stick"
    window.context.computer.register(str(demo_file)).backup_folder = str(gone)
    window.registers.open(str(demo_file))
    qtbot.waitUntil(lambda: window.at_work)
    settled(window)
    assert window.backup_bar.isVisible()
    assert "is not there" in window.backup_bar.accessibleName()
    press(window.backup_bar, "Backups")
    settled(window)
    part = window.navigator.current_page().part
    part.on_back_up()
    settled(window)
    assert "is not there" in part._told.words.text()
    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(other))
    part.on_folder()
    settled(window)
    assert not window.backup_bar.isVisible()
    change_something(window, settled)
    window.close()
    assert list_backups(other, demo_file.resolve())


def test_a_register_that_has_gone_from_its_place_does_not_stop_its_backup_being_tried(window, demo_file, settled):
    demo_file.resolve().rename(demo_file.resolve().with_name("elsewhere.mhtracker"))
    window.backing_up._on_soon()
    settled(window)
    assert window.context.jobs.idle


def test_a_backup_that_failed_at_closing_is_told_at_the_next_start(window, settled, demo_file, qtbot):
    folder_at(demo_file).write_text("a file stands where the folder should be")
    change_something(window, settled)
    window.close()
    assert "could not be written" in window.context.computer.register(str(demo_file)).backup_trouble


def test_after_a_stop_the_register_is_checked_and_said_to_be_sound(bare_window, demo_file, settled, qtbot):
    demo_file.with_name(demo_file.name + ".in-use").write_text("{}")
    bare_window.registers.open(str(demo_file))
    qtbot.waitUntil(lambda: "is sound: 80 people" in bare_window.toast.words())
    assert "was not closed last time" in bare_window.drafts_bar.accessibleName()
    assert not list(folder_at(demo_file).glob("*being checked*"))


def test_harm_that_is_found_after_a_stop_leads_to_the_backups(bare_window, demo_file, settled, qtbot):
    with open_register(demo_file, who="Ann", clock=FixedClock(DAY)) as store:
        store.database.connection.exec_driver_sql("UPDATE people SET locality = 'elsewhere' WHERE ref LIKE '%1'")
    demo_file.with_name(demo_file.name + ".in-use").write_text("{}")
    bare_window.registers.open(str(demo_file))
    told = dialog(qtbot)
    assert "has come to harm" in told.windowTitle() + told.accessibleName()
    press(told, "Show the backups")
    settled(bare_window)
    assert bare_window.navigator.current_page().part.key == "backups"


def test_a_damaged_register_offers_its_latest_backup(bare_window, window_theme, demo_file, settled, qtbot):
    from mhtracker.store.backups import back_up_now

    with open_register(demo_file, who="Ann", clock=FixedClock(DAY)) as store:
        back_up_now(store, folder_at(demo_file))
    whole = bytearray(demo_file.read_bytes())
    middle = len(whole) // 8192 * 4096
    whole[middle : middle + 40_960] = b"\x5a" * 40_960
    demo_file.write_bytes(whole)
    bare_window.registers.open(str(demo_file))
    told = dialog(qtbot)
    press(told, next(b.words() for b in told.findChildren(Button) if b.words().startswith("Put the backup of")))
    qtbot.waitUntil(lambda: bare_window.at_work)
    settled(bare_window)
    assert len(asked(bare_window, settled, lambda store: store.find(Person))) == 80
    assert list(demo_file.parent.glob("demo replaced *.mhtracker"))


def test_a_register_open_to_read_is_not_backed_up(bare_window, demo_file, settled, qtbot, tmp_path):
    shutil.copy(demo_file, tmp_path / "read.mhtracker")
    bare_window.registers.open(str(tmp_path / "read.mhtracker"), read_only=True)
    qtbot.waitUntil(lambda: bare_window.at_work)
    settled(bare_window)
    bare_window.close()
    assert not (tmp_path / "read backups").exists()
