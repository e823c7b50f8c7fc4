"""Killed, quit, overtaken by somebody else: what was typed is still there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from mhtracker.domain.records import Person
from mhtracker.operations.people import edit_person
from mhtracker.store import Store, open_register
from mhtracker.store.drafts import list_drafts
from tests.stories.worker import Worker

DAY = date(2026, 7, 14)
HERE = Path(__file__).resolve()
KEPT = "(kept)"


def first_person(store: Store) -> Person:
    return store.find(Person, order_by=("surname", "ref"))[0]


@pytest.fixture
def register(demo_made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(demo_made, tmp_path / "demo.mhtracker"))


@pytest.fixture
def child(tmp_path: Path) -> Iterator[list[subprocess.Popen[str]]]:
    """Programs of somebody else, ended with the test."""
    started: list[subprocess.Popen[str]] = []
    yield started
    for each in started:
        each.kill()
        each.communicate()


def run_beside(script: str, *args: str, tmp_path: Path) -> subprocess.Popen[str]:
    environment = os.environ | {
        "MHTRACKER_CONFIG": str(tmp_path / "theirs"),
        "PYTHONPATH": str(HERE.parents[2]),
        "QT_QPA_PLATFORM": "offscreen",
    }
    return subprocess.Popen(
        [sys.executable, str(HERE.with_name(script)), *args], env=environment, stdout=subprocess.PIPE, text=True
    )


def test_killed_while_typing_the_form_comes_back_with_every_word_that_was_kept(
    worker: Worker, register: Path, tmp_path: Path, child: list[subprocess.Popen[str]]
) -> None:
    typist = run_beside("typist.py", str(register), tmp_path=tmp_path)
    child.append(typist)
    told: list[str] = []

    def listen() -> None:
        told.extend(line.strip() for line in typist.stdout or ())

    listening = threading.Thread(target=listen, daemon=True)
    listening.start()
    # In the middle of typing, a few drafts on: without a pause it is kept every second.
    worker.waits_until(lambda: told.count(KEPT) >= 3 and told[-1] != KEPT, 60_000)
    typist.kill()
    typist.wait()
    listening.join()
    last = len(told) - 1 - told[::-1].index(KEPT)
    before = [place for place, word in enumerate(told[:last]) if word == KEPT][-1]
    safe = [word for word in told[:before] if word != KEPT]  # the last one may have come home after more was typed
    assert len(safe) > 5

    worker.starts(DAY, register)
    worker.sees("MHTracker was not closed last time. Nothing recorded is lost.", "The form you had begun is kept.")
    worker.clicks("Show kept forms")
    worker.clicks("Go on")
    worker.sees("What you typed is back")
    kept = worker.field("Note").text_value().split()
    assert kept[: len(safe)] == safe


def test_a_form_closed_with_the_program_is_offered_again(worker: Worker, register: Path) -> None:
    worker.starts(DAY, register)
    worker.window.open_person(worker.asks(first_person).id)
    worker.waits()
    worker.presses("n")
    worker.fills("Note", "Rang Żaneta’s sister about 31/6, no answer")
    worker.presses("Ctrl+Q")
    worker.starts(DAY)
    worker.sees("You have 1 unfinished form.")
    worker.clicks("Show kept forms")
    worker.clicks("Go on")
    worker.waits()
    assert worker.field("Note").text_value() == "Rang Żaneta’s sister about 31/6, no answer"


def test_when_two_change_one_field_both_are_shown_and_neither_is_lost(worker: Worker, register: Path) -> None:
    with open_register(register, who="Jo Okafor") as store:
        person = first_person(store)
        edit_person(store, person.id, locality="Fikcyjna Green")
    worker.starts(DAY, register)
    worker.window.open_person(person.id)
    worker.waits()
    worker.begins("edit details")
    worker.fills("Locality", "Mine Street")
    worker.fills("Care coordinator", "Dr Nasrin Farzi")
    # An undo, pressed where nothing is typed, changes the person under the open form.
    worker.window.rail.items["today"].setFocus()
    worker.presses("Ctrl+Z")
    worker.panel.form.focus_first()
    worker.presses("Ctrl+Return")
    worker.sees("changed “Locality” while you were typing.", "“Mine Street”", "As it was")
    assert worker.field("Care coordinator").text_value() == "Dr Nasrin Farzi"
    worker.clicks("Keep mine")
    worker.records()
    after = worker.asks(first_person)
    assert (after.locality, after.care_coordinator) == ("Mine Street", "Dr Nasrin Farzi")


def test_a_draft_does_not_undo_what_others_recorded_since(worker: Worker, register: Path) -> None:
    worker.starts(DAY, register)
    person = worker.asks(first_person)
    worker.window.open_person(person.id)
    worker.waits()
    worker.begins("edit details")
    worker.fills("Care coordinator", "Dr Nasrin Farzi")
    worker.clicks("Keep for later")
    worker.closes()
    with open_register(register, who="Jo Okafor") as store:
        edit_person(store, person.id, locality="Fikcyjna Green")
    worker.starts(DAY)
    worker.clicks("Show kept forms")
    worker.clicks("Go on")
    worker.waits()
    worker.records()
    after = worker.asks(first_person)
    assert (after.locality, after.care_coordinator) == ("Fikcyjna Green", "Dr Nasrin Farzi")


def test_several_forms_killed_in_the_middle_are_all_offered_and_settled(
    worker: Worker, register: Path, tmp_path: Path, child: list[subprocess.Popen[str]]
) -> None:
    worker.starts(DAY, register)
    person = worker.asks(first_person)
    worker.window.open_person(person.id)
    worker.waits()
    worker.begins("edit details")
    worker.fills("Locality", "Mine Street")
    worker.clicks("Keep for later")
    worker.begins("record a move")
    worker.fills("Room or address", "4 Canal View")
    worker.clicks("Keep for later")
    worker.closes()

    typist = run_beside("typist.py", str(register), tmp_path=tmp_path)
    child.append(typist)
    assert typist.stdout is not None
    assert any(line.strip() == KEPT for line in iter(typist.stdout.readline, ""))
    typist.kill()
    typist.wait()
    with open_register(register, who="Jo Okafor") as store:
        assert store.ended_badly
        edit_person(store, person.id, locality="Fikcyjna Green")
    register.with_name(register.name + ".in-use").write_text("{}")  # as the kill left it

    worker.starts(DAY)
    worker.sees("MHTracker was not closed last time. Nothing recorded is lost.", "The 3 forms you had begun are kept.")
    worker.clicks("Show kept forms")
    worker.sees("Edit details", "“Mine Street”", "Record a move", "“4 Canal View”", "Add a note", "“word0 word1")
    details = next(line for line in worker.panel.findChildren(QWidget) if line.accessibleName().startswith("Edit det"))
    worker.clicks("Go on", details)
    worker.sees("Jo Okafor changed “Locality” after you had typed this.", "“Fikcyjna Green”")
    choice = worker.button("Yours: “Mine Street”", worker.panel)
    worker.clicks(choice.accessibleName(), worker.panel)
    worker.records()
    assert worker.asks(first_person).locality == "Mine Street"
    assert len(worker.asks(list_drafts)) == 2


def test_a_backup_is_put_back_through_the_window(worker: Worker, register: Path, tmp_path: Path) -> None:
    worker.starts(DAY, register)
    before = worker.asks(first_person)
    worker.window.open_page("settings", part="backups")
    worker.waits()
    worker.clicks("Back up now")
    worker.sees("Saved and checked")
    worker.window.open_person(before.id)
    worker.waits()
    worker.begins("edit details")
    worker.fills("Locality", "Wrong Street")
    worker.records()
    worker.window.open_page("settings", part="backups")
    worker.waits()
    page: Any = worker.window.navigator.current_page()
    page.part.list.table.go_to(0)
    worker.clicks("Put the chosen backup back")
    worker.clicks("Put it back", worker.dialog)
    worker.waits_until(lambda: "The backup is back" in worker.told)
    worker.waits()
    assert worker.asks(first_person).locality == before.locality
    assert list(register.parent.glob("demo replaced *.mhtracker"))


def test_a_register_that_somebody_has_open_says_who_and_where(
    worker: Worker, register: Path, tmp_path: Path, child: list[subprocess.Popen[str]]
) -> None:
    holder = run_beside("holder.py", str(register), "Jo Okafor", tmp_path=tmp_path)
    child.append(holder)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "open\n"
    worker.starts(DAY, register)
    worker.sees("“demo.mhtracker” is open elsewhere: by Jo Okafor on ", " since ", "Close it there first.")
    holder.kill()
    holder.wait()
    worker.clicks("Close", worker.dialog)
    with worker.chooses_file(register):
        worker.clicks("Open a register")
    worker.waits_until(lambda: worker.window.at_work)
