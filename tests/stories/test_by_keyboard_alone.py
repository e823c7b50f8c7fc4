"""The day's work without a mouse: every page reached, every form filled and recorded with keys alone."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from mhtracker.domain.records import Note, Review
from mhtracker.ui.pages import PAGES
from tests.stories.worker import Worker

DAY = date(2026, 7, 14)
MOUSE = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.Wheel)


class NoMouse(QObject):
    """Notes every press of a mouse button."""

    def __init__(self) -> None:
        super().__init__()
        self.presses = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.presses += event.type() in MOUSE
        return False


@pytest.fixture
def keyboard(worker: Worker, demo_made: Path, tmp_path: Path, qapp: QApplication) -> Worker:
    worker.starts(DAY, shutil.copy(demo_made, tmp_path / "demo.mhtracker"))
    return worker


def tabs_to(worker: Worker, name: str, at_most: int = 120) -> None:
    """Press Tab until something of that name has the keyboard."""
    for _ in range(at_most):
        if worker.at == name or worker.at.startswith(f"{name},"):
            return
        worker.tabs()
    raise AssertionError(f"Tab never comes to “{name}”")


def test_every_page_is_reached_by_its_keys_and_by_the_rail(keyboard: Worker) -> None:
    for entry in PAGES:
        if not entry.number:
            continue
        keyboard.presses(f"Ctrl+{entry.number}")
        assert keyboard.page.key == entry.key
        assert QApplication.focusWidget() is not None
    keyboard.presses("Ctrl+Comma")
    assert keyboard.page.key == "settings"
    for entry in PAGES:
        if entry.rail:
            tabs_to(keyboard, entry.title)
            keyboard.presses("Return")
            assert keyboard.page.key == entry.key
    keyboard.presses("Alt+Left")
    keyboard.presses("Alt+Right")


def test_a_days_work_with_keys_alone(keyboard: Worker, qapp: QApplication) -> None:
    mouse = NoMouse()
    qapp.installEventFilter(mouse)
    try:
        opens_the_most_overdue(keyboard)
        books_and_holds_its_review(keyboard)
        writes_a_note_and_takes_it_back(keyboard)
        goes_through_the_tabs(keyboard)
        ticks_people_in_the_caseload(keyboard)
        moves_a_card_on_the_board(keyboard)
    finally:
        qapp.removeEventFilter(mouse)
    assert mouse.presses == 0


def opens_the_most_overdue(worker: Worker) -> None:
    worker.presses("Ctrl+1")
    worker.presses("Down", "Up", "Return")
    assert worker.page.key == "person"
    assert "overdue" in worker.reads(worker.page)


def books_and_holds_its_review(worker: Worker) -> None:
    worker.presses("r")
    worker.waits_until(lambda: worker.panel.form is not None)
    before = len(worker.asks(lambda store: store.find(Review, held_on=DAY)))
    worker.tabs_to_field("Held on")
    worker.presses("Ctrl+A")
    worker.types("today")
    worker.tabs()
    assert worker.at == "Outcome"
    worker.presses("Down")
    tabs_to(worker, "Record review")
    worker.presses("Space")
    worker.waits_until(lambda: worker.window.body.panel is None)
    assert len(worker.asks(lambda store: store.find(Review, held_on=DAY))) == before + 1


def writes_a_note_and_takes_it_back(worker: Worker) -> None:
    worker.presses("n")
    worker.waits_until(lambda: worker.panel.form is not None)
    worker.waits_until(lambda: worker.at == "Note")
    worker.types("Typed without a mouse")
    tabs_to(worker, "Kind")
    worker.presses("Down")
    worker.presses("Ctrl+Return")
    worker.waits_until(lambda: worker.window.body.panel is None)
    assert len(worker.asks(lambda store: store.find(Note, text="Typed without a mouse"))) == 1
    worker.presses("Ctrl+Z")
    worker.waits()
    assert worker.asks(lambda store: store.find(Note, text="Typed without a mouse")) == []


def goes_through_the_tabs(worker: Worker) -> None:
    tabs = worker.page.tabs  # type: ignore[attr-defined]
    tabs_to(worker, tabs.accessibleName())
    seen = [tabs.key()]
    for _ in range(12):
        worker.presses("Left")
        seen.append(tabs.key())
    for _ in range(12):
        worker.presses("Right")
        seen.append(tabs.key())
    assert set(seen) >= {"summary", "move_on", "reviews", "notes", "history"}


def ticks_people_in_the_caseload(worker: Worker) -> None:
    worker.presses("Ctrl+2")
    worker.presses("Space", "Down", "Space")
    assert "2 selected" in worker.reads(worker.page) or "2 people" in worker.reads(worker.page)
    worker.presses("Return")
    assert worker.page.key == "person"


def moves_a_card_on_the_board(worker: Worker) -> None:
    worker.presses("Ctrl+3")
    worker.presses("Down")
    worker.presses("m")
    worker.waits_until(lambda: worker.window.body.panel is not None)
    assert worker.panel.title in ("Record a move", "Add a stay")
    worker.presses("Escape")
    assert worker.window.body.panel is None
