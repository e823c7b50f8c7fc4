"""What a test looks at: the register behind the window, and what the page shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mhtracker.domain.records import Person
from mhtracker.operations.importing.rehearsal import Outcome
from mhtracker.store import Store
from mhtracker.ui.importing.rehearsal_table import RehearsalTable
from mhtracker.ui.pages.import_people import ImportPage
from mhtracker.ui.window import Window


def read(window: Window, qtbot: QtBot, function: Callable[[Store], Any]) -> Any:
    found: list[Any] = []
    window.context.jobs.ask(function, then=found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def people(window: Window, qtbot: QtBot) -> set[str]:
    return {person.surname for person in read(window, qtbot, lambda store: store.find(Person))}


def outcome(page: ImportPage, number: int) -> Outcome:
    assert page.work.rehearsal is not None
    return next(row.outcome for row in page.work.rehearsal.rehearsal.rows if row.number == number)


def table(page: ImportPage) -> RehearsalTable:
    assert page.rehearse_step.table is not None
    return page.rehearse_step.table


def names(widget: QWidget) -> list[str]:
    return [child.accessibleName() for child in widget.findChildren(QWidget)]
