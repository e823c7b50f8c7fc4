"""Contracts to be looked at stand under what is due of people, for a team or everyone, and open where they are kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mhtracker.domain.records import Contract
from mhtracker.store import FixedClock, Store, open_register
from mhtracker.store.queries.contracts import ContractLine, due_contracts
from mhtracker.ui.pages.today import TodayPage
from mhtracker.ui.today.contracts import contract_row
from mhtracker.ui.today.reading import EVERYONE, WORKER_IS
from mhtracker.ui.today.sheet import sheet_facts
from mhtracker.ui.window import Window
from tests.places_at_hand import DAY, place_register

Settled = Callable[[Window], None]


@pytest.fixture
def page(window: Window, settled: Settled) -> TodayPage:
    window.open_page("today", scope=EVERYONE)
    settled(window)
    found = window.navigator.current_page()
    assert isinstance(found, TodayPage)
    return found


@pytest.fixture
def due(window: Window, qtbot: QtBot) -> Callable[[], list[str]]:
    """The contracts to look at, as the register has them."""

    def ask() -> list[str]:
        found: list[list[ContractLine]] = []
        window.context.jobs.ask(due_contracts, window.context.as_at, then=found.append)
        qtbot.waitUntil(lambda: bool(found))
        return [line.contract.id for line in found[0]]

    return ask


def test_everyones_list_has_the_contracts_to_look_at_and_a_line_opens_its_own(
    page: TodayPage, window: Window, due: Callable[[], list[str]], settled: Settled, qtbot: QtBot
) -> None:
    wanted = due()
    assert wanted, "the demo has one"
    assert [row.key for row in page.contracts.rows()] == wanted
    assert page.contracts.model().index(0, 0).data() == f"Contracts, {len(wanted)}"
    assert window.rail.items["services"].accessibleName() == f"Services, {len(wanted)} contracts to look at"
    assert page._data is not None
    sheet = sheet_facts(window.context, page._data, (), page._data.contracts)
    assert [line.name for line in sheet.parts[-1].lines] == [row.name for row in page.contracts.rows()]
    assert [line.words for line in sheet.parts[-1].lines] == [row.text for row in page.contracts.rows()]
    page.contracts.go_to(wanted[-1])
    qtbot.keyClick(page.contracts, Qt.Key.Key_Return)
    settled(window)
    assert window.navigator.current_page().state() == {"tab": "contracts", "row": wanted[-1]}


def test_one_workers_list_and_one_kind_have_none(page: TodayPage, window: Window, settled: Settled) -> None:
    page.on_kind("review")
    assert not page.contracts.isVisible()
    page.on_kind("everything")
    assert page.contracts.isVisible()
    assert page._data is not None
    assert page._data.desks is not None
    window.open_page("today", scope=f"{WORKER_IS}{page._data.desks.workers[0][0]}")
    settled(window)
    assert not page.contracts.isVisible()


def test_a_contract_that_is_gone_leaves_the_list(
    page: TodayPage, window: Window, due: Callable[[], list[str]], settled: Settled, qtbot: QtBot
) -> None:
    first = due()[0]

    def away(store: Store) -> None:
        with store.operation("Clear") as work:
            work.delete(work.get(Contract, first))

    window.context.jobs.do(away)
    qtbot.waitUntil(lambda: first not in [row.key for row in page.contracts.rows()])


def test_a_line_says_how_it_stands_who_lives_there_and_what_is_possible(tmp_path: Path) -> None:
    with open_register(place_register(tmp_path / "r.mhtracker"), who="Ewa Fikcyjna", clock=FixedClock(DAY)) as store:
        ended, ending = (contract_row(line, DAY) for line in due_contracts(store, DAY))
        last = date(2026, 9, 30)
        today = next(line for line in due_contracts(store, last) if line.contract.id == "k2")
    assert ended.words() == (
        "Ended 14 days ago, Contract, Canal Partnership, 2 services, 5 people: Supported living, lot 2, can be "
        "extended to 30 Jun 2028, Tue 30 Jun. Space: Open"
    )
    assert (ending.badge.words, ending.text) == ("In 11 weeks", "2 services, 3 people: Residential")
    assert contract_row(today, last).badge.words == "Ends today"
