"""A manager asks what was known last spring: every page and every paper answers from it, and nothing can be written."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from mhtracker.domain.records import Note, Person, Target
from mhtracker.operations.people import edit_person
from mhtracker.operations.targets import change_target
from mhtracker.store import Store, known_by
from mhtracker.store.queries.caseload import CaseloadQuery, count_caseload, list_caseload
from mhtracker.store.queries.history import list_operations
from mhtracker.text import format_date
from mhtracker.ui.pages.history import HistoryPage
from tests.stories.worker import Worker, pages_of

DAY = date(2026, 7, 14)
SPRING = date(2026, 3, 31)


def somebody(store: Store) -> tuple[str, str, str]:
    """Somebody on the pathway with a plan since before the spring: their id, surname and locality."""
    planned = {target.person_id for target in store.find(Target) if target.set_on < date(2025, 12, 1)}
    for line in list_caseload(store, CaseloadQuery(), DAY):
        if line.person_id in planned and line.plan_id is not None:
            return line.person_id, line.surname, line.locality
    raise AssertionError("the demo has nobody with a plan")


def test_last_spring_as_it_was_known(worker: Worker, demo_made: Path, tmp_path: Path) -> None:
    worker.starts(DAY, shutil.copy(demo_made, tmp_path / "demo.mhtracker"))
    person_id, _, locality = worker.asks(somebody)
    target_then = worker.asks(lambda store: _target_known(store, person_id, SPRING))
    count_then, count_now = worker.asks(_counts)

    # Today somebody puts a name right and moves the target.
    worker.window.context.jobs.do(lambda store: edit_person(store, person_id, locality="Put Right Village"))
    worker.window.context.jobs.do(
        lambda store: change_target(store, _plan(store, person_id), target_on=date(2028, 1, 31), reason_code="no_offer")
    )
    worker.waits()
    worker.window.open_person(person_id)
    worker.waits()
    worker.sees("Put Right Village", "31 Jan 2028")

    # What did we know at the end of March?
    worker.window.look_at(SPRING, SPRING)
    worker.waits()
    banner = worker.reads(worker.window.looking_bar)
    assert "As it was known on Tue 31 Mar 2026" in banner
    assert "Nothing can be recorded here" in banner
    assert worker.window.windowTitle().startswith("Known on 31 Mar 2026 – ")
    said = worker.reads(worker.page)
    assert locality in said
    assert "Put Right Village" not in said
    assert "31 Jan 2028" not in said
    if target_then:
        assert format_date(target_then) in said

    # The caseload, the history and the pathway know no more.
    worker.window.open_page("caseload")
    worker.waits()
    assert f"{count_then}" in worker.reads(worker.page)
    worker.window.open_page("history", person_id=None)
    worker.waits()
    page = worker.page
    assert isinstance(page, HistoryPage)
    worker.waits_until(lambda: page.list.whole)
    assert "Put Right Village" not in worker.reads(page)
    assert "2026" in worker.reads(worker.page)
    for key in ("today", "pathway", "packs"):
        worker.window.open_page(key)
        worker.waits()
        assert worker.window.looking_bar.isVisible(), key

    # A summary on paper says it too.
    worker.window.open_person(person_id)
    worker.waits()
    paper = tmp_path / "summary.pdf"
    worker.presses("Ctrl+P")
    with worker.chooses_file(paper):
        worker.clicks("Save as PDF", worker.dialog)
    worker.waits_until(paper.exists)
    worker.clicks("Close", worker.dialog)
    for sheet in pages_of(paper):
        assert "As known on 31 Mar 2026" in sheet
        assert "Put Right Village" not in sheet

    # Nothing can be written into the past.
    before = worker.asks(lambda store: store.last_seq())
    worker.window.run_command("note", person_id=person_id)
    worker.waits()
    assert "Go back to today to record anything" in worker.reads(worker.dialog)
    worker.clicks("OK" if worker.can_press("OK") else "Close", worker.dialog)
    assert worker.asks(lambda store: store.last_seq()) == before

    # Back to today.
    worker.window.look_at(None)
    worker.waits()
    worker.sees("Put Right Village", "31 Jan 2028")
    assert not worker.window.looking_bar.isVisible()
    assert count_now == worker.asks(lambda store: count_caseload(store, CaseloadQuery(), DAY))


def test_the_history_tells_who_did_what_and_takes_one_step_back(
    worker: Worker, demo_made: Path, tmp_path: Path
) -> None:
    worker.starts(DAY, shutil.copy(demo_made, tmp_path / "demo.mhtracker"))
    person_id, *_ = worker.asks(somebody)
    worker.window.context.jobs.do(lambda store: edit_person(store, person_id, locality="Far Away"))
    worker.window.context.jobs.do(lambda store: _write(store, person_id))
    worker.waits()
    worker.window.open_page("history", person_id=person_id)
    worker.waits()
    page = worker.page
    assert isinstance(page, HistoryPage)
    worker.waits_until(lambda: page.list.whole)
    worker.sees("Far Away", "Written later")
    row = next(row for row in page.list.rows.values() if row.step.words.label == "Change locality")
    row.on_toggle()
    worker.waits()
    worker.sees("Before", "After", "Locality")
    assert row.undo is not None
    row.undo.click()
    worker.waits()
    name = worker.asks(lambda store: store.get(Person, person_id).surname.upper())
    assert worker.told.startswith(f"Undone: change locality, {name}, ")
    assert worker.asks(lambda store: store.get(Person, person_id).locality) != "Far Away"
    assert worker.asks(lambda store: store.find(Note, person_id=person_id, text="Written later"))
    worker.waits_until(lambda: page.list.whole)
    worker.sees("Undone")


def _target_known(store: Store, person_id: str, day: date) -> date | None:
    with known_by(store, day) as known:
        lines = list_caseload(known, CaseloadQuery(), day)
        return next((line.target_on for line in lines if line.person_id == person_id), None)


def _counts(store: Store) -> tuple[int, int]:
    with known_by(store, SPRING) as known:
        return count_caseload(known, CaseloadQuery(), SPRING), count_caseload(store, CaseloadQuery(), DAY)


def _plan(store: Store, person_id: str) -> str:
    lines = list_caseload(store, CaseloadQuery(), DAY)
    plan_id = next(line.plan_id for line in lines if line.person_id == person_id)
    assert plan_id is not None
    return plan_id


def _write(store: Store, person_id: str) -> None:
    assert list_operations(store, limit=1)
    with store.operation("Add note", person_id=person_id) as work:
        work.save(Note("note-of-a-story", person_id, "visit", work.today, "Written later", work.who, work.now))
