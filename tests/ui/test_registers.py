"""Opening, starting and leaving registers, and what is said when one cannot be opened."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from mhtracker.settings import ComputerSettings
from mhtracker.store import create_register, open_register
from mhtracker.store.drafts import save_draft
from mhtracker.ui.app import begin
from mhtracker.ui.dialogs.connect import ConnectDialog
from mhtracker.ui.dialogs.new_register import NewRegister, NewRegisterDialog
from mhtracker.ui.dialogs.password import PasswordDialog
from mhtracker.ui.pages.start import StartPage
from mhtracker.ui.theme import Theme
from mhtracker.ui.window import Window

Settled = Callable[[Window], None]
SLOW = ("pandas", "numpy", "holidays", "alembic", "reportlab", "xlsxwriter", "qtawesome", "argon2")
"""What takes long to import and is not needed to show the first page."""

PASSWORD = "a long enough password"


def said(window: Window) -> str:
    dialogs = [each for each in window.findChildren(QDialog) if each.isVisible()]
    return " ".join(label.text() for dialog in dialogs for label in dialog.findChildren(QLabel))


def start_page(window: Window) -> StartPage:
    page = window.whole.currentWidget()
    assert isinstance(page, StartPage)
    return page


def test_without_a_last_register_the_start_page_is_shown(bare_window: Window) -> None:
    begin(bare_window, None)
    assert start_page(bare_window).choices[0].hasFocus()
    assert bare_window.windowTitle() == "MHTracker"


def test_the_last_register_is_opened_again(
    bare_window: Window, computer: ComputerSettings, demo_file: Path, settled: Settled, qtbot: QtBot
) -> None:
    computer.last_register = str(demo_file)
    begin(bare_window, None)
    qtbot.waitUntil(lambda: bare_window.at_work, timeout=10_000)


def test_a_last_register_that_is_gone_is_not_insisted_upon(
    bare_window: Window, computer: ComputerSettings, tmp_path: Path
) -> None:
    computer.last_register = str(tmp_path / "moved.mhtracker")
    begin(bare_window, None)
    start_page(bare_window)


def test_a_register_named_and_not_there_is_said_plainly(
    bare_window: Window, tmp_path: Path, settled: Settled, qtbot: QtBot
) -> None:
    begin(bare_window, str(tmp_path / "moved.mhtracker"))
    settled(bare_window)
    assert "“moved.mhtracker” is not where it was" in said(bare_window)
    start_page(bare_window)


def test_a_register_that_somebody_has_open_says_who_and_where(
    bare_window: Window, demo_file: Path, settled: Settled
) -> None:
    with open_register(demo_file, who="Ewa Fikcyjna"):
        begin(bare_window, str(demo_file))
        settled(bare_window)
        assert "Ewa Fikcyjna" in said(bare_window)
    assert not bare_window.at_work


def test_a_file_that_is_no_register_is_said_to_be_none(bare_window: Window, tmp_path: Path, settled: Settled) -> None:
    letter = tmp_path / "letter.mhtracker"
    letter.write_text("Dear Ewa,\n" * 2000)
    begin(bare_window, str(letter))
    settled(bare_window)
    assert "not an MHTracker" in said(bare_window)


def test_a_locked_register_asks_for_its_password_until_it_is_right(
    bare_window: Window, tmp_path: Path, settled: Settled, qtbot: QtBot
) -> None:
    path = tmp_path / "locked.mhtracker"
    create_register(path, who="Ewa Fikcyjna", password=PASSWORD).close()
    begin(bare_window, str(path))
    for typed in ("", "wrong", PASSWORD):
        settled(bare_window)
        (dialog,) = [each for each in bare_window.findChildren(PasswordDialog) if each.isVisible()]
        dialog.password.setText(typed)
        dialog.on_open()
        if not typed:
            assert dialog.isVisible()
            dialog.reject()
            bare_window.registers.open(str(path))
    qtbot.waitUntil(lambda: bare_window.at_work, timeout=10_000)


def test_a_password_is_never_remembered(bare_window: Window, tmp_path: Path, settled: Settled, qtbot: QtBot) -> None:
    path = tmp_path / "locked.mhtracker"
    create_register(path, who="Ewa Fikcyjna", password=PASSWORD).close()
    bare_window.registers.open(str(path), PASSWORD)
    qtbot.waitUntil(lambda: bare_window.at_work, timeout=10_000)
    bare_window.close()
    kept = [file.read_bytes() for file in (tmp_path / "config").rglob("*") if file.is_file()]
    assert kept
    assert not any(PASSWORD.encode() in text for text in kept)


def test_a_new_register_is_made_opened_and_carries_the_councils_name(
    bare_window: Window, tmp_path: Path, settled: Settled, qtbot: QtBot
) -> None:
    bare_window.registers._make_new(NewRegister(tmp_path / "new.mhtracker", "Northmoor Council", PASSWORD))
    qtbot.waitUntil(lambda: bare_window.at_work, timeout=10_000)
    assert bare_window.windowTitle() == "Northmoor Council – MHTracker"
    assert not bare_window.header.demo_badge.isVisible()


def test_a_new_register_begins_with_the_pathway_chosen(
    bare_window: Window, window_theme: Theme, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = NewRegisterDialog(window_theme, bare_window.registers._make_new)
    qtbot.addWidget(dialog)
    dialog.file.setText(str(tmp_path / "harrow"))
    dialog.pathway.setCurrentIndex(dialog.pathway.findData("step-down"))
    dialog.on_without()
    qtbot.waitUntil(lambda: bare_window.at_work, timeout=10_000)
    offered = [stage.label for stage in bare_window.context.register.stages if not stage.retired]
    assert offered[:2] == ["Hospital", "24-hour residential"]


def test_the_demo_of_a_paper_opens_on_the_paper_s_day(bare_window: Window, qtbot: QtBot) -> None:
    bare_window.registers.open_preset_demo("step-down")
    qtbot.waitUntil(lambda: bare_window.at_work and bare_window.context.as_at == date(2020, 11, 11), timeout=20_000)
    assert bare_window.context.register.is_demo


@pytest.mark.parametrize(
    ("file", "password", "again", "wrong"),
    [
        ("new.mhtracker", "", "", {"password"}),
        ("new.mhtracker", "short", "short", {"password"}),
        ("new.mhtracker", PASSWORD, PASSWORD + "x", {"again"}),
        ("", PASSWORD, PASSWORD, {"file"}),
        ("nowhere/new.mhtracker", PASSWORD, PASSWORD, {"file"}),
        ("new", PASSWORD, PASSWORD, set()),
    ],
)
def test_what_is_wrong_with_a_new_register_is_said_beside_its_field(
    window_theme: Theme, qtbot: QtBot, tmp_path: Path, file: str, password: str, again: str, wrong: set[str]
) -> None:
    made: list[NewRegister] = []
    dialog = NewRegisterDialog(window_theme, made.append)
    qtbot.addWidget(dialog)
    dialog.file.setText(str(tmp_path / file) if file else "")
    dialog.password.setText(password)
    dialog.again.setText(again)
    dialog.on_start()
    assert {name for name, (_, label) in dialog._problems.items() if label.text()} == wrong
    assert [new.path.name for new in made] == ([] if wrong else ["new.mhtracker"])
    assert dialog.password.text() == password


def test_a_servers_address_escapes_what_addresses_give_meaning_to(window_theme: Theme, qtbot: QtBot) -> None:
    given: list[str] = []
    dialog = ConnectDialog(window_theme, given.append)
    qtbot.addWidget(dialog)
    dialog.on_connect()
    assert given == []
    for editor, text in ((dialog.server, "db.example:5433"), (dialog.database, "cases"), (dialog.user, "ewa@north"),
                         (dialog.password, "p@ss/w:rd")):  # fmt: skip
        editor.setText(text)
    dialog.on_connect()
    assert given == ["postgresql://ewa%40north:p%40ss%2Fw%3Ard@db.example:5433/cases"]
    known = ConnectDialog(window_theme, given.append, "postgresql://ewa%40north@db.example:5433/cases")
    qtbot.addWidget(known)
    assert (known.server.text(), known.database.text(), known.user.text()) == ("db.example:5433", "cases", "ewa@north")


def test_keys_1_to_3_choose_on_the_start_page(bare_window: Window, qtbot: QtBot) -> None:
    begin(bare_window, None)
    page = start_page(bare_window)
    chosen: list[int] = []
    for number, choice in enumerate(page.choices, 1):
        choice.clicked.disconnect()
        choice.clicked.connect(lambda _=False, number=number: chosen.append(number))
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3):
        qtbot.keyClick(page.choices[0], key)
    assert chosen == [1, 2, 3]


def test_the_start_page_can_be_come_back_to_and_left(window: Window, settled: Settled) -> None:
    window.run_command("start")
    page = start_page(window)
    assert page._way_back.isVisible()
    assert not window.context.commands.get("find").possible()
    page._way_back.click()
    assert window.at_work


def test_unfinished_forms_are_offered_when_a_register_is_opened(
    bare_window: Window, demo_file: Path, settled: Settled, qtbot: QtBot
) -> None:
    with open_register(demo_file, who="Ewa Fikcyjna") as store:
        save_draft(store, "add_person:", person_id=None, label="Add a person", texts={"surname": "Half-typ"})
    bare_window.registers.open(str(demo_file))
    qtbot.waitUntil(lambda: bare_window.drafts_bar.isVisible(), timeout=10_000)
    assert "You have 1 unfinished form." in bare_window.drafts_bar.accessibleName()


def test_opening_another_register_leaves_nothing_of_the_one_before(
    window: Window, tmp_path: Path, settled: Settled, qtbot: QtBot
) -> None:
    other = tmp_path / "other.mhtracker"
    create_register(other, who="Ewa Fikcyjna", council="Southmoor").close()
    before = window.context.register.address
    window.registers.open(str(other))
    qtbot.waitUntil(lambda: window.context.register.council == "Southmoor", timeout=10_000)
    settled(window)
    assert not window.navigator.history.can_back
    assert window.rail._people == []
    with open_register(before, who="Ewa Fikcyjna") as store:
        assert store.council == "Northmoor Council"


def test_a_register_that_cannot_be_opened_leaves_the_one_before_open(
    window: Window, tmp_path: Path, settled: Settled
) -> None:
    window.registers.open(str(tmp_path / "none.mhtracker"))
    settled(window)
    assert window.at_work
    assert "is not where it was" in said(window)


@pytest.mark.parametrize("with_register", [True, False])
def test_the_program_starts_paints_and_quits_with_0(demo_file: Path, tmp_path: Path, with_register: bool) -> None:
    script = (
        "import sys; from mhtracker.ui.app import main_window; code = main_window(['mhtracker'], {!r});"
        "print([name for name in {!r} if name in sys.modules]); sys.exit(code)"
    )
    environment = os.environ | {
        "MHTRACKER_QUIT_AFTER_FIRST_PAINT": "1",
        "MHTRACKER_CONFIG": str(tmp_path / "config"),
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }
    ran = subprocess.run(
        [sys.executable, "-c", script.format(str(demo_file) if with_register else None, SLOW)],
        env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "Traceback" not in ran.stderr
    assert ran.stdout.strip() == "[]"
