"""What is typed wrongly: told beside its field in plain words, kept as it was typed, and nothing recorded."""

from __future__ import annotations

import contextlib
import re
import shutil
from datetime import date
from pathlib import Path

from pytestqt.exceptions import TimeoutError as NeverCame

from mhtracker.domain.records import MoveOnPlan, Person
from mhtracker.store import Store
from tests.stories.worker import Worker

DAY = date(2026, 7, 14)
NOT_PLAIN = re.compile(r"invalid|please|oops|error|!|None|Traceback|\berr\b|[a-z]_[a-z]", re.IGNORECASE)

MOVED = {"The move was": "Planned", "Stage": "Independent", "Reason": "Own choice"}
Wrong = tuple[str, dict[str, str], str, str]
WRONG: tuple[Wrong, ...] = (
    ("move", {"Left on": "31/6/26"}, "Left on", "June has 30 days"),
    ("move", {"Left on": "tbc"}, "Left on", "is not a date"),
    ("move", MOVED | {"Left on": "1/1/2001"}, "Left on", "is before the start on"),
    ("move", MOVED | {"Left on": "1/8/27"}, "Left on", ""),
    ("move", MOVED | {"Left on": "10/7/26", "Started on": "1/7/26"}, "Started on", ""),
    ("move", {"Gross cost": "about £600"}, "Gross cost", ""),
    ("review", {"Held on": "1/9/26"}, "Held on", ""),
    ("review", {"Held on": "0/1/2026"}, "Held on", "There is no day 0"),
    ("note", {"Date": "2/13/2026"}, "Date", "month first, for 13 Feb 2026?"),
    ("edit_person", {"NHS number": "943 476 5918"}, "NHS number", "The last digit does not fit"),
    ("edit_person", {"NHS number": "12345"}, "NHS number", "5 digits and an NHS number has 10"),
    ("edit_person", {"Born": "1/1/2030"}, "Born", "A date of birth lies in the past"),
    ("edit_person", {"Surname": "   "}, "Surname", "“Surname” is needed."),
    ("target", {"New target": "29/2/2027"}, "New target", "February 2027 has 28 days"),
    ("book_review", {"Time": "25:70"}, "Time", "Write it like 10:30."),
)


def someone_with_a_plan(store: Store) -> str:
    return sorted(plan.person_id for plan in store.find(MoveOnPlan, ended_on=None))[0]


def test_every_wrong_entry_is_told_beside_its_field_kept_as_typed_and_never_recorded(
    worker: Worker, demo_made: Path, tmp_path: Path
) -> None:
    worker.starts(DAY, shutil.copy(demo_made, tmp_path / "demo.mhtracker"))
    worker.window.open_person(worker.asks(someone_with_a_plan))
    worker.waits()
    before = worker.asks(lambda store: store.last_seq())
    for command, typed, label, words in WRONG:
        worker.window.run_command(command)
        worker.waits()
        for name, what in typed.items():
            worker.fills(name, what) if name != "The move was" else worker.chooses(what)
        worker.presses("Ctrl+Return")
        with contextlib.suppress(NeverCame):  # what it says instead is told below
            worker.waits_until(lambda label=label: worker.problems().get(label))
        said = worker.problems().get(label, "")
        assert said, (command, typed, worker.problems(), worker.reads(worker.panel.info))
        assert words in said, (command, typed, said)
        assert not NOT_PLAIN.search(said), said
        assert worker.field(label).text_value() == typed[label]
        assert re.search(r"\d+ things? to put right", worker.panel.problems.text())
        worker.clicks("Keep for later")
        worker.throws_its_draft_away(command)
    assert worker.asks(lambda store: store.last_seq()) == before


def test_an_nhs_number_of_somebody_else_is_refused_and_says_whose(
    worker: Worker, demo_made: Path, tmp_path: Path
) -> None:
    worker.starts(DAY, shutil.copy(demo_made, tmp_path / "demo.mhtracker"))
    holder, other = worker.asks(
        lambda store: [p for p in store.find(Person, order_by=("surname", "ref")) if p.nhs_number][:2]
    )
    worker.window.open_person(other.id)
    worker.waits()
    worker.begins("edit details")
    worker.fills("NHS number", holder.nhs_number)
    worker.presses("Ctrl+Return")
    worker.waits_until(lambda: "NHS number" in worker.problems())
    assert holder.ref in worker.problems()["NHS number"]
    assert worker.asks(lambda store: store.get(Person, other.id)) == other
