"""A worker leaves, and her people go to two others with what is still to be done for them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from mhtracker.domain.records import Action, Person
from mhtracker.domain.records import Worker as OfficeWorker
from mhtracker.operations.actions import add_action
from mhtracker.store import Store
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, lines_of, list_caseload
from mhtracker.ui.dialogs.pdf_preview import PdfPreview
from tests.stories.worker import Worker, pages_of

TUE_14_JUL, WED_15_JUL = date(2026, 7, 14), date(2026, 7, 15)


def caseloads(store: Store) -> dict[str, list[str]]:
    """Who holds whom, by the names of workers."""
    found: dict[str, list[str]] = {}
    for line in list_caseload(store, CaseloadQuery(), store.today):
        found.setdefault(line.worker, []).append(line.person_id)
    return found


def held_by(store: Store, name: str) -> list[str]:
    query = CaseloadQuery((Filter("worker", "=", name),), (("name", False),))
    return [line.person_id for line in list_caseload(store, query, store.today)]


def give_an_action(store: Store, person_id: str, worker_id: str) -> Action:
    return add_action(store, person_id, what="Ring the landlord", due_on=date(2026, 7, 16), worker_id=worker_id)


def workers(store: Store) -> dict[str, OfficeWorker]:
    return {worker.name: worker for worker in store.find(OfficeWorker)}


def test_a_handover(worker: Worker, demo_made: Path, tmp_path: Path) -> None:
    register = Path(shutil.copy(demo_made, tmp_path / "office.mhtracker"))
    worker.starts(TUE_14_JUL, register)
    before = worker.asks(caseloads)
    leaver, people = min(before.items(), key=lambda each: (len(each[1]) < 3, len(each[1])))
    taker, other = [name for name in sorted(before) if name != leaver][:2]
    by_name = worker.asks(workers)
    worker.asks(give_an_action, people[0], by_name[leaver].id)

    lists_the_leaver_s_people(worker, leaver, len(people))
    hands_them_over(worker, taker, other)
    keeps_the_sheet(worker, tmp_path / "handover.pdf", len(people))
    the_register_says_so(worker, leaver, taker, other, people)

    worker.starts_again(WED_15_JUL)
    worker.presses("Ctrl+Z")
    worker.waits()
    assert worker.asks(held_by, leaver) == worker.asks(sorted_by_name, people), "undo brings all of them back"
    assert worker.asks(workers)[leaver].left_on is None
    worker.presses("Ctrl+Y")
    worker.waits()
    assert worker.asks(held_by, leaver) == []
    worker.closes()


def sorted_by_name(store: Store, people: list[str]) -> list[str]:
    return [line.person_id for line in sorted(lines_of(store, people, store.today), key=lambda line: line.name_key)]


def lists_the_leaver_s_people(worker: Worker, leaver: str, count: int) -> None:
    worker.presses("Ctrl+2")
    worker.window.open_page("caseload", filters=(f"worker={leaver}",))
    worker.waits()
    worker.presses("Ctrl+A")
    worker.sees(f"{count} people selected")


def hands_them_over(worker: Worker, taker: str, other: str) -> None:
    worker.clicks("Hand over", worker.page)
    form = worker.form
    first = worker.panel.data.people[0]
    worker.fills("To", taker)
    form.editors[f"to:{first.person_id}"].set_value(worker.asks(workers)[other].id)
    form.editors[f"note:{first.person_id}"].set_value("Likes to be rung before ten.")
    form.editors["leaves"].set_value(True)
    worker.records()
    worker.waits_until(lambda: worker.window.findChildren(PdfPreview))


def keeps_the_sheet(worker: Worker, path: Path, people: int) -> None:
    with worker.chooses_file(path):
        worker.clicks("Save as PDF", worker.dialog)
        worker.waits_until(path.exists)
    worker.clicks("Close", worker.dialog)
    pages = pages_of(path)
    assert f"{people} people, handed over on 14 Jul 2026" in pages[0]
    assert "Taken over" in pages[0]
    words = "".join(pages)
    assert "Likes to be rung before ten." in words
    assert "Ring the landlord" in words


def the_register_says_so(worker: Worker, leaver: str, taker: str, other: str, people: list[str]) -> None:
    ids = {name: each.id for name, each in worker.asks(workers).items()}
    holders = [worker.asks(lambda store, each=each: store.get(Person, each).worker_id) for each in people]
    assert sorted(holders).count(ids[other]) == 1
    assert set(holders) == {ids[taker], ids[other]}
    (action,) = worker.asks(lambda store: [a for a in store.find(Action) if a.what == "Ring the landlord"])
    assert action.worker_id in (ids[taker], ids[other])
    assert worker.asks(workers)[leaver].left_on == TUE_14_JUL
    assert worker.asks(lambda store: store.next_undo().label) == f"Hand over {len(people)} people"
