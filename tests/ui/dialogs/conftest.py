"""Somebody's page: a person with a stay, a plan that slipped, reviews and notes."""

from __future__ import annotations

from typing import Any

import pytest

from mhtracker.store.queries.caseload import CaseloadQuery, Filter, list_caseload


@pytest.fixture
def read(window, qtbot):
    """Asks the register itself."""

    def ask(function, *args, **named):
        answers: list[Any] = []
        window.context.jobs.ask(function, *args, then=answers.append, **named)
        qtbot.waitUntil(lambda: bool(answers))
        return answers[0]

    return ask


@pytest.fixture
def line(window, read):
    """The line of the person whose target has changed most often."""
    filters = (Filter("stage", "=", "Residential"),)
    return read(list_caseload, CaseloadQuery(filters, (("slips", True),)), window.context.as_at, limit=1)[0]


@pytest.fixture
def page(window, line, settled):
    window.open_person(line.person_id)
    settled(window)
    return window.navigator.current_page()
