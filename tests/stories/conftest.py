"""A worker at a computer of their own, and the watchdog that all stories run under."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mhtracker.ui.theme import Theme
from tests.collecting import collector
from tests.stories.watchdog import TOO_LONG_MS, Watchdog
from tests.stories.worker import Worker

__all__ = ("collector",)

DAY = date(2026, 7, 14)
HELD_UP = "held up"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Any warning of Qt's fails the story that caused it, but for what the offscreen platform says of itself."""
    for item in items:
        if "tests/stories/" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            # A real window on a busy machine can lose a race with itself; a fault fails each time. The summary names
            # every test that was tried again.
            item.add_marker(pytest.mark.flaky(reruns=2, reruns_delay=1))
            item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support", extend=True))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How long the window was held up, story by story."""
    told = [
        (report.nodeid.rpartition("::")[2], words)
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, words in getattr(report, "user_properties", [])
        if name == HELD_UP and getattr(report, "when", "") == "teardown"
    ]
    if told:
        terminalreporter.section("the window's longest hold-ups")
        for story, words in told:
            terminalreporter.write_line(f"{story}: {words}")


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    theme = Theme("light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def watchdog(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Watchdog]:
    watchdog = Watchdog()
    yield watchdog
    watchdog.end()
    told = "\n    ".join([f"{watchdog.longest_ms} ms at most", *watchdog.told().splitlines()])
    request.node.user_properties.append((HELD_UP, told))
    too_long = [each for each in watchdog.hold_ups if each.blamed_ms > TOO_LONG_MS]
    assert not too_long, f"the window was held up:\n{watchdog.told()}"


@pytest.fixture
def worker(
    qtbot: QtBot, theme: Theme, qapp: QApplication, watchdog: Watchdog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Worker:
    """Somebody at a computer on which MHTracker has never been started."""
    theme.change("light", 1.0)
    if not qapp.styleSheet():
        theme.apply(qapp)
    monkeypatch.setenv("MHTRACKER_CONFIG", str(tmp_path / "config"))
    return Worker(qtbot, theme, watchdog, monkeypatch)


@pytest.fixture(scope="session")
def demo_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from mhtracker.operations.demo.making import make_demo

    path = tmp_path_factory.mktemp("demo") / "demo.mhtracker"
    make_demo(path, people=60, as_at=DAY).close()
    return path
