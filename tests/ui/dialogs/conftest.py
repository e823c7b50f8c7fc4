"""Somebody's page: a person with a stay, a plan that slipped, reviews and notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mhtracker.domain.errors import UserError
from mhtracker.domain.records import Record
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, list_caseload
from mhtracker.ui.dialogs.form_panel import FormPanel


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


@pytest.fixture
def open_form(window, page, settled):
    def run(command, **args) -> Any:
        window.run_command(command, **args)
        settled(window)
        panel = window.body.panel
        assert isinstance(panel, FormPanel), command
        return panel

    return run


@pytest.fixture
def do(window, settled):
    """Somebody else records something."""

    def run(function: Callable[..., Any], *args: Any, **named: Any) -> Any:
        done: list[Any] = []

        def recorded(store):
            before, store.who = store.who, "Jo Okafor"
            try:
                return function(store, *args, **named)
            finally:
                store.who = before

        window.context.jobs.do(recorded, then=done.append, failed=done.append)
        settled(window)
        assert not isinstance(done[0], UserError), done[0]
        return done[0]

    return run


@pytest.fixture
def change(do, line):
    """Fields of a record are changed elsewhere."""

    def run(record: Record, **fields: Any) -> None:
        def changed(store):
            with store.operation("Change it", person_id=getattr(record, "person_id", None)) as work:
                work.save(replace(work.get(type(record), record.id), **fields))

        do(changed)

    return run
