"""Five days of a worker: what is due, put off, held, booked and noted; closed and begun again each morning."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from mhtracker import text
from mhtracker.domain.records import Note, Review, SavedView, Snooze
from mhtracker.store import Store
from mhtracker.ui.list_rows import ListRow, Section
from tests.stories.worker import Worker, pages_of

TUE, WED, THU, FRI, MON = (date(2026, 7, day) for day in (14, 15, 16, 17, 20))


@pytest.fixture
def register(demo_made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(demo_made, tmp_path / "office.mhtracker"))


def test_a_week_of_a_worker(worker: Worker, register: Path, tmp_path: Path) -> None:
    worker.starts(TUE, register)
    put_off = puts_a_line_off(worker)
    worker.starts_again(WED)
    still_away(worker, put_off)
    holds_an_overdue_review(worker)
    worker.starts_again(THU)
    notes_a_call_and_takes_a_mistake_back(worker)
    worker.starts_again(FRI)
    saves_a_view_and_books_reviews_for_it(worker)
    prints_the_day(worker, tmp_path / "today.pdf")
    worker.starts_again(MON)
    back_on_its_day(worker, put_off)
    the_view_is_still_there(worker)
    worker.closes()


def sections(worker: Worker) -> dict[str, Section]:
    worker.presses("Ctrl+1")
    worker.waits()
    return {section.key: section for section in worker.page._sections}  # type: ignore[attr-defined]


def overdue(worker: Worker) -> list[ListRow]:
    return list(sections(worker)["overdue"].rows)


def goes_to(worker: Worker, row: ListRow) -> None:
    worker.page.list.go_to(row.key)  # type: ignore[attr-defined]
    worker.page.focus_first()
    worker.waits()


def puts_a_line_off(worker: Worker) -> str:
    worker.presses("Ctrl+1")
    worker.page.on_scope("everyone")  # type: ignore[attr-defined]
    worker.waits()
    row = overdue(worker)[0]
    goes_to(worker, row)
    worker.presses("p")
    worker.fills("Put off until", "20/7/26")
    worker.fills("Why", "Waits for the ward round")
    worker.records()
    assert "Put off until Mon 20 Jul 2026." in worker.told
    assert row.key not in [each.key for each in overdue(worker)]
    return row.key


def still_away(worker: Worker, key: str) -> None:
    found = sections(worker)
    (away,) = [row for row in found["put_off"].rows if row.key == key]  # beside what others put off before
    assert "Waits for the ward round" in away.text
    assert key not in [row.key for row in found["overdue"].rows]


def holds_an_overdue_review(worker: Worker) -> None:
    row = next(each for each in overdue(worker) if each.kind == "Review" and each.action in ("Book", "Record as held"))
    goes_to(worker, row)
    worker.presses("r")
    worker.fills("Held on", "today")
    if "Outcome" in [label.text() for label in worker.form.labels.values()]:
        outcome = worker.form.editors.get("outcome")
        if outcome is not None and outcome.is_empty():
            worker.fills("Outcome", "No change")
    worker.records()

    def held(store: Store) -> list[Review]:
        return [each for each in store.find(Review, person_id=row.data.person_id) if each.held_on == WED]

    assert len(worker.asks(held)) == 1
    assert row.key not in [each.key for each in overdue(worker)]


def notes_a_call_and_takes_a_mistake_back(worker: Worker) -> None:
    row = overdue(worker)[0]
    goes_to(worker, row)
    for words in ("Rang the home; the room is still free.", "Written under the wrong person."):
        worker.presses("n")
        worker.fills("Kind", "Call")
        worker.form.editors["text"].set_value(words)
        worker.records()

    def notes(store: Store) -> list[str]:
        return [note.text for note in store.find(Note, person_id=row.data.person_id) if note.noted_on == THU]

    assert len(worker.asks(notes)) == 2
    worker.presses("Ctrl+Z")
    assert worker.asks(notes) == ["Rang the home; the room is still free."]


def saves_a_view_and_books_reviews_for_it(worker: Worker) -> None:
    worker.window.open_page("caseload", filters=("stage=residential", "review=overdue", "booked="))
    worker.waits()
    worker.clicks("Save view", worker.page)
    worker.types("Homes to book")
    worker.presses("Return")
    worker.sees("Saved the view “Homes to book”.")
    listed = worker.page.model.rowCount()  # type: ignore[attr-defined]
    assert listed
    worker.page.focus_first()
    worker.presses("Ctrl+A")
    worker.clicks("Book reviews", worker.page)
    worker.records()
    assert worker.page.model.rowCount() == 0  # type: ignore[attr-defined]
    worker.presses("Ctrl+Z")
    worker.waits()
    assert worker.page.model.rowCount() == listed  # type: ignore[attr-defined]
    worker.presses("Ctrl+Y")
    worker.waits()


def prints_the_day(worker: Worker, path: Path) -> None:
    names = [row.name for row in overdue(worker)]
    worker.presses("Ctrl+P")
    with worker.chooses_file(path):
        worker.clicks("Save as PDF", worker.dialog)
        worker.waits_until(path.exists)
    worker.clicks("Close", worker.dialog)
    words = "".join(pages_of(path))
    assert all(name in words for name in names)
    away = len(sections(worker)["put_off"].rows)
    assert f"{text.count(away, 'line', 'lines')} put off until a later day" in words


def back_on_its_day(worker: Worker, key: str) -> None:
    found = sections(worker)
    assert "put_off" not in found or key not in [row.key for row in found["put_off"].rows]
    assert key in [row.key for row in found["overdue"].rows]
    snooze = worker.asks(lambda store: max(store.find(Snooze), key=lambda each: each.id))
    assert snooze.put_off_on >= TUE
    assert snooze.ended_on is None, "it came back by itself"


def the_view_is_still_there(worker: Worker) -> None:
    worker.presses("Ctrl+2")
    worker.waits()
    assert "Homes to book" in [label for _, label, _ in worker.page.head.tabs.tabs()]  # type: ignore[attr-defined]
    (view,) = worker.asks(lambda store: store.find(SavedView, name="Homes to book"))
    assert not view.shared
