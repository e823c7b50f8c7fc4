"""A window on a real register of invented people, as it stood on 14 July 2026."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mhtracker.settings import ComputerSettings
from mhtracker.store.clock import FixedClock
from mhtracker.ui.app import build_window
from mhtracker.ui.theme import Theme
from mhtracker.ui.window import Window
from tests.collecting import collector

__all__ = ("collector",)

DAY = date(2026, 7, 14)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Any warning of Qt's fails the test that caused it, but for what the offscreen platform says of itself."""
    for item in items:
        if "tests/ui/" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            # A real window on a busy machine can lose a race with itself; a fault fails each time. The summary names
            # every test that was tried again.
            item.add_marker(pytest.mark.flaky(reruns=2, reruns_delay=1))
            item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support", extend=True))


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light theme at 100%, in force; whatever a test makes of it, the next has its own."""
    theme = Theme("light")
    theme.apply(qapp)
    yield theme
    qapp.setStyleSheet("")


@pytest.fixture(scope="session")
def demo_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from mhtracker.operations.demo.making import make_demo

    path = tmp_path_factory.mktemp("demo") / "demo.mhtracker"
    make_demo(path, people=80, as_at=DAY).close()
    return path


@pytest.fixture
def demo_file(demo_made: Path, tmp_path: Path) -> Path:
    """A demo register of a test's own."""
    return Path(shutil.copy(demo_made, tmp_path / "demo.mhtracker"))


@pytest.fixture
def computer() -> ComputerSettings:
    return ComputerSettings(theme="light")


@pytest.fixture(scope="session")
def one_theme(qapp: QApplication) -> Theme:
    theme = Theme("light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def window_theme(one_theme: Theme, qapp: QApplication) -> Theme:
    """Light, at 100%. One theme serves all windows; it is put on anew only after a test that had its own."""
    one_theme.change("light", 1.0)
    if not qapp.styleSheet():
        one_theme.apply(qapp)
    return one_theme


@pytest.fixture
def bare_window(
    qtbot: QtBot, computer: ComputerSettings, window_theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Window]:
    """A window with nothing open."""
    monkeypatch.setenv("MHTRACKER_CONFIG", str(tmp_path / "config"))
    window = build_window(computer, FixedClock(DAY), window_theme)
    qtbot.addWidget(window, before_close_func=lambda each: each.context.jobs.close())
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.context.jobs.close()


@pytest.fixture
def settled(qtbot: QtBot) -> Callable[[Window], None]:
    """Waits until everything asked of the register has come home."""

    def wait(window: Window) -> None:
        qtbot.waitUntil(lambda: window.context.jobs.idle, timeout=10_000)

    return wait


@pytest.fixture
def window(bare_window: Window, demo_file: Path, qtbot: QtBot, settled: Callable[[Window], None]) -> Window:
    """A window on the demo register, at its first page."""
    bare_window.registers.open(str(demo_file))
    qtbot.waitUntil(lambda: bare_window.at_work, timeout=10_000)
    settled(bare_window)
    return bare_window
