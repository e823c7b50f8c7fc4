"""Killed, quit, overtaken by somebody else: what was typed is still there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mhtracker.domain.records import Person
from mhtracker.operations.people import edit_person
from mhtracker.store import Store, open_register
from tests.stories.worker import Worker

DAY = date(2026, 7, 14)
HERE = Path(__file__).resolve()
OLDER_THAN_S = 2.0


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


def test_killed_while_typing_the_form_comes_back_with_every_word_older_than_two_seconds(
    worker: Worker, register: Path, tmp_path: Path, child: list[subprocess.Popen[str]]
) -> None:
    typist = run_beside("typist.py", str(register), tmp_path=tmp_path)
    child.append(typist)
    typed: list[tuple[float, str]] = []

    def listen() -> None:
        for line in typist.stdout or ():
            typed.append((time.monotonic(), line.strip()))

    listening = threading.Thread(target=listen, daemon=True)
    listening.start()
    deadline = time.monotonic() + 60
    while (not typed or time.monotonic() - typed[0][0] < 4.5) and time.monotonic() < deadline:
        time.sleep(0.05)
    typist.kill()
    killed_at = time.monotonic()
    typist.wait()
    listening.join()
    safe = [word for at, word in typed if killed_at - at > OLDER_THAN_S]
    assert len(safe) > 5, "it typed for more than two seconds"

    worker.starts(DAY, register)
    worker.sees("MHTracker was not closed last time. Nothing recorded is lost.", "The form you had begun is kept.")
    worker.clicks("Show them")
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
    worker.clicks("Show them")
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
    worker.clicks("Show them")
    worker.clicks("Go on")
    worker.waits()
    worker.records()
    after = worker.asks(first_person)
    assert (after.locality, after.care_coordinator) == ("Fikcyjna Green", "Dr Nasrin Farzi")


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
