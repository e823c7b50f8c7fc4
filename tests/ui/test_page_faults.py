"""A fault of ours leaves no page waiting for ever: it says so quietly, and is tried again."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from mhtracker.ui.manager import reading
from mhtracker.ui.manager.veil import Veil
from mhtracker.ui.pages import progress
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.window import Window

PAGES = ("today", "caseload", "pathway", "reviews", "services", "progress")
Settled = Callable[[Window], None]


def break_down(*_: Any) -> None:
    raise ZeroDivisionError


@pytest.fixture
def hooked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is reported instead of being shown in a dialog."""
    found: list[Any] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: found.append(kind))
    return found


def test_each_page_says_that_it_could_not_be_shown_and_is_tried_again(window, hooked, monkeypatch, qtbot, settled):
    for key in PAGES:
        window.open_page(key)
        settled(window)
        page = window.navigator.current_page()
        hooked.clear()
        with monkeypatch.context() as broken:
            broken.setattr(page, "query", break_down)
            page.refresh()
            settled(window)
        assert hooked == [ZeroDivisionError], key
        assert page._fault is not None, key
        fault = page._fault
        assert fault.isVisible(), key
        assert page.rect().contains(fault.geometry()), key
        assert "could not be shown" in fault.accessibleName()
        again = fault.findChild(Button)
        assert again.text() == "Try again"
        with qtbot.waitSignal(page.ready):
            again.click()
        settled(window)
        assert not fault.isVisible(), key
        assert not page.stale


@pytest.mark.parametrize("part", ["read_first", "read_rest"])
def test_progress_counts_no_longer_after_a_fault(window, hooked, monkeypatch, qtbot, settled, part):
    window.open_page("progress")
    settled(window)
    page = window.navigator.current_page()
    assert getattr(progress, part) is getattr(reading, part)
    with monkeypatch.context() as broken:
        broken.setattr(progress, part, break_down)
        page.refresh()
        settled(window)
    assert hooked == [ZeroDivisionError]
    assert page.waits_for == frozenset()
    veils = [veil.words.text() for veil in page.findChildren(Veil) if veil.lies]
    assert veils
    assert "Counting…" not in veils
    assert page._fault.isVisible()
    with qtbot.waitSignal(page.ready):
        page._fault.findChild(Button).click()
    settled(window)
    qtbot.waitUntil(lambda: not [veil for veil in page.veils if veil.lies])
    assert not page._fault.isVisible()
