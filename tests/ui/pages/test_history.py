"""The page of the whole register's history, and looking back at what was known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from mhtracker.domain.records import KINDS, Note, Person
from mhtracker.operations.people import add_person, edit_person
from mhtracker.store import Store, known_by
from mhtracker.store.queries.caseload import CaseloadQuery, count_caseload
from mhtracker.ui.history.step_list import StepList
from mhtracker.ui.pages.history import HistoryPage
from mhtracker.ui.window import Window

Settled = Callable[[Window], None]
THEN = date(2025, 7, 14)


@pytest.fixture
def settled(settled: Settled, qtbot: QtBot) -> Settled:
    """Waits until every step that was read stands on the page too."""

    def wait(window: Window) -> None:
        settled(window)
        for found in window.findChildren(StepList):
            qtbot.waitUntil(lambda each=found: each.whole)
        settled(window)

    return wait


@pytest.fixture
def page(window: Window, settled: Settled) -> HistoryPage:
    window.open_page("history", person_id=None)
    settled(window)
    found = window.navigator.current_page()
    assert isinstance(found, HistoryPage)
    return found


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def asked(window: Window, settled: Settled, function: Callable[[Store], object]) -> object:
    found: list[object] = []
    window.context.jobs.ask(function, then=found.append)
    settled(window)
    return found[0]


def test_it_shows_the_newest_and_goes_on_to_older_ones(window: Window, page: HistoryPage, settled: Settled) -> None:
    first = [step.words.seq for step in page.list.steps]
    assert len(first) == 30
    assert first == sorted(first, reverse=True)
    assert page.list.more is not None
    page.list.more.click()
    settled(window)
    both = [step.words.seq for step in page.list.steps]
    assert both[:30] == first
    assert both == sorted(set(both), reverse=True)
    assert len(both) == 60


def test_it_is_narrowed_by_worker_kind_and_days(window: Window, page: HistoryPage, settled: Settled) -> None:
    who = page.list.steps[0].words.who
    page.filters.who.set_value(who)
    page.filters.kind.set_value(3)
    page.filters.first.set_value(date(2026, 1, 1))
    page.filters.last.set_value(date(2026, 6, 30))
    page.filters.last.settled.emit()
    settled(window)
    found = page.list.steps
    assert found
    assert {step.words.who for step in found} == {who}
    assert all(date(2026, 1, 1) <= step.words.at.date() <= date(2026, 6, 30) for step in found)
    assert all(any(each.kind in ("note", "correction", "key_event") for each in s.words.sentences) for s in found)
    page.filters.first.set_value(date(2031, 1, 1))
    page.filters.first.settled.emit()
    settled(window)
    assert "Nothing like this was recorded" in words(page)
    page.filters.clear()
    settled(window)
    assert len(page.list.steps) == 30


def test_a_person_is_found_by_typing_their_name(window: Window, page: HistoryPage, settled: Settled) -> None:
    person = asked(window, settled, lambda store: store.find(Person, order_by=("ref",))[4])
    assert isinstance(person, Person)
    QTest.keyClicks(page.filters.person.line, person.ref)
    page.filters._look_up()
    settled(window)
    (choice,) = [each for each in page.filters._found if person.ref in each]
    page.filters.person.line.setText(choice)
    page.filters._on_person(choice)
    settled(window)
    assert page.current_person() == person.id
    assert {each.person_id for step in page.list.steps for each in step.words.sentences} == {person.id}


def test_a_step_is_undone_from_there_and_says_whom_it_concerned(
    window: Window, page: HistoryPage, settled: Settled
) -> None:
    person = asked(window, settled, lambda store: store.find(Person, order_by=("ref",))[4])
    assert isinstance(person, Person)
    window.context.jobs.do(edit_person, person.id, locality="Far Away")
    window.context.jobs.do(edit_person, person.id, care_coordinator="Dr Later")
    settled(window)
    blocked = next(step for step in page.list.steps if step.words.label == "Change locality")
    assert "Dr Later" not in blocked.obstacle
    row = page.list.rows[blocked.words.id]
    if row.undo is None:
        row.on_toggle()
        settled(window)
        assert "Cannot be undone by itself" in words(row)
        later = next(step for step in page.list.steps if step.words.label == "Change care coordinator")
        page.list.rows[later.words.id].undo.click()
        settled(window)
        assert window.toast.words().startswith(f"Undone: change care coordinator, {person.surname.upper()}")
    button = page.list.rows[blocked.words.id].undo
    assert button is not None
    button.click()
    settled(window)
    now = asked(window, settled, lambda store: store.get(Person, person.id))
    assert isinstance(now, Person)
    assert now.locality == person.locality


def test_what_the_register_begins_with_cannot_be_undone(window: Window, page: HistoryPage, settled: Settled) -> None:
    page.filters.last.set_value(date(2022, 7, 14))
    page.filters.last.settled.emit()
    settled(window)
    assert [step.words.label for step in page.list.steps] == ["Make the demo register", "New register"]
    assert page.list.undo_buttons == {}


def test_every_page_answers_from_what_was_known_and_says_so(window: Window, settled: Settled) -> None:
    before = asked(window, settled, _known_then)
    window.context.jobs.do(add_person, surname="Zzlatecomer", stage_id="residential", started_on=date(2025, 1, 6))
    settled(window)
    person = asked(window, settled, lambda store: store.find(Person, surname="Zzlatecomer")[0])
    assert isinstance(person, Person)
    window.context.jobs.do(_late_note, person.id)
    settled(window)
    window.look_at(THEN, THEN)
    settled(window)
    for key in ("caseload", "today", "pathway", "packs", "history", "settings"):
        window.open_page(key, **({"person_id": None} if key == "history" else {}))
        settled(window)
        page = window.navigator.current_page()
        assert page is not None
        assert "Zzlatecomer" not in words(page).title(), key
        assert window.looking_bar.isVisible(), key
        assert "As it was known on Mon 14 Jul 2025" in window.looking_bar.accessibleName(), key
    assert asked(window, settled, lambda store: count_caseload(store, CaseloadQuery(), THEN)) == before
    assert asked(window, settled, lambda store: store.find(Person, surname="Zzlatecomer")) == []
    assert asked(window, settled, lambda store: store.find(Note, text="Too late")) == []
    assert all(not window.context.commands.get(form).possible() for form in ("move", "note", "review", "undo"))
    window.look_at(None)
    settled(window)
    assert asked(window, settled, lambda store: len(store.find(Person, surname="Zzlatecomer"))) == 1


def _known_then(store: Store) -> int:
    with known_by(store, THEN) as known:
        assert set(KINDS)
        return count_caseload(known, CaseloadQuery(), THEN)


def _late_note(store: Store, person_id: str) -> None:
    with store.operation("Add note", person_id=person_id) as work:
        work.save(Note("late-note", person_id, "visit", date(2025, 2, 3), "Too late", work.who, work.now))


def test_undo_is_not_offered_while_looking_back(window: Window, page: HistoryPage, settled: Settled) -> None:
    assert page.list.undo_buttons
    window.look_at(None, THEN)
    settled(window)
    assert page.list.steps
    assert all(step.words.at.date() <= THEN for step in page.list.steps)
    assert page.list.undo_buttons == {}
