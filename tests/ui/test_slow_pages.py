"""A page that takes long to import is imported beside the window's own work, which shows its title meanwhile."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from mhtracker.ui import pages
from mhtracker.ui.page_to_come import PageToCome
from mhtracker.ui.window import Window

PROGRESS = "mhtracker.ui.pages.progress"
Settled = Callable[[Window], None]


class Watch:
    """Notes on which thread the page is imported, and holds it there until it may go on."""

    def __init__(self) -> None:
        self.threads: list[threading.Thread] = []
        self.may_go_on = threading.Event()

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        if name == PROGRESS:
            self.threads.append(threading.current_thread())
            if threading.current_thread() is not threading.main_thread():
                self.may_go_on.wait(10)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """Progress, as it is before it was first opened."""
    found = Watch()
    if hasattr(pages, "progress"):
        monkeypatch.setattr(pages, "progress", pages.progress)
    monkeypatch.delitem(sys.modules, PROGRESS, raising=False)
    monkeypatch.setattr(sys, "meta_path", [found, *sys.meta_path])
    yield found
    found.may_go_on.set()


def test_the_title_stands_there_while_progress_is_loaded_on_another_thread(window, watch, qtbot, settled):
    window.open_page("progress")
    (to_come,) = window.findChildren(PageToCome)
    assert to_come.isVisible()
    assert to_come.accessibleName() == "Progress: Opening…"
    assert window.rail.items["progress"].isChecked()
    qtbot.waitUntil(lambda: bool(watch.threads))
    watch.may_go_on.set()
    settled(window)
    assert threading.main_thread() not in watch.threads
    page = window.navigator.current_page()
    assert page is not None
    assert page.key == "progress"
    assert page.isVisible()
    assert page.isAncestorOf(window.focusWidget())


def test_whoever_goes_on_meanwhile_is_not_brought_back(window, watch, qtbot, settled):
    window.open_page("progress")
    qtbot.waitUntil(lambda: bool(watch.threads))
    window.open_page("caseload")
    window.open_page("progress")
    assert threading.main_thread() not in watch.threads
    window.open_page("caseload")
    watch.may_go_on.set()
    settled(window)
    page = window.navigator.current_page()
    assert page is not None
    assert page.key == "caseload"
    window.navigator.go_back()
    settled(window)
    page = window.navigator.current_page()
    assert page is not None
    assert page.key == "progress"
