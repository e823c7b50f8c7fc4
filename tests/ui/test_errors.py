"""Faults of ours: a calm dialog, and a report that holds no values."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mhtracker.domain.errors import Refused, UserError
from mhtracker.fault_report import build_report
from mhtracker.ui.errors import ErrorDialog, Reporter


def fault(name: str) -> BaseException:
    try:
        try:
            dict[str, str]()[name]
        except KeyError as inner:
            raise ValueError(f"no such person: {name}") from inner
    except ValueError as error:
        return error
    raise AssertionError


def test_the_report_says_where_and_what_kind_and_never_a_value() -> None:
    report = build_report(fault("Zelenka"))
    assert "Zelenka" not in report
    assert "ValueError" in report
    assert "caused by\nKeyError" in report
    assert "tests/ui/test_errors.py:" in report
    assert "in fault" in report


def test_the_report_shows_no_folder_that_may_name_a_person() -> None:
    report = build_report(fault("Zelenka"))
    for folder in (sys.prefix, Path.home(), Path(__file__).parents[2]):
        assert str(folder) not in report


@pytest.fixture
def reporter(qtbot: QtBot) -> tuple[Reporter, list[UserError], QWidget]:
    told: list[UserError] = []
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return Reporter(told.append, window), told, window


def dialogs(window: QWidget) -> list[ErrorDialog]:
    return [each for each in window.findChildren(ErrorDialog) if each.isVisible()]


def test_a_fault_on_any_thread_opens_one_dialog_at_a_time(
    reporter: tuple[Reporter, list[UserError], QWidget], qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    catcher, told, window = reporter
    for name in ("Zelenka", "Fikcyjna"):
        error = fault(name)
        thread = threading.Thread(target=lambda error=error: catcher._hook(type(error), error, error.__traceback__))
        thread.start()
        thread.join()
    qtbot.waitUntil(lambda: bool(dialogs(window)))
    qtbot.wait(50)
    (dialog,) = dialogs(window)
    dialog.on_copy()
    assert QGuiApplication.clipboard().text() == dialog.report
    written = capsys.readouterr().err
    assert "ValueError" in written
    assert "Zelenka" not in written
    dialog.accept()
    assert told == []


def test_a_users_error_that_escapes_is_told_in_its_own_words(
    reporter: tuple[Reporter, list[UserError], QWidget], qtbot: QtBot
) -> None:
    catcher, told, window = reporter
    error = Refused("The disk is full.")
    catcher._hook(type(error), error, None)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [error]
    assert dialogs(window) == []


def test_the_hooks_are_put_back(reporter: tuple[Reporter, list[UserError], QWidget]) -> None:
    catcher, _, _ = reporter
    before = (sys.excepthook, threading.excepthook)
    catcher.install()
    assert sys.excepthook != before[0]
    catcher.remove()
    assert (sys.excepthook, threading.excepthook) == before
