"""A manager asks why the programme is late, plans what is to be instead, fills a free place, and reports the month."""

from __future__ import annotations

import re
import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QTabBar
from python_calamine import CalamineWorkbook

from mhtracker.analysis.publishing import HIDDEN_WORDS
from mhtracker.domain.counting.small_numbers import HIDDEN
from mhtracker.domain.records import Barrier, Hold, Person
from mhtracker.operations.demo.making import make_demo
from mhtracker.operations.money.cost_tables import read_tables
from mhtracker.store import Store
from mhtracker.text import format_date, full_name
from mhtracker.ui.pages.progress import ProgressPage
from mhtracker.ui.pages.services import ServicesPage
from tests.stories.worker import Worker, pages_of

DAY = date(2026, 7, 14)
MAY_BEGAN, MAY_ENDED = date(2026, 5, 1), date(2026, 5, 31)
PROGRESS, SERVICES = "Ctrl+6", "Ctrl+5"
STAGES = ("Hospital", "Residential", "Enablement", "Supported living", "Independent")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo register as anybody gets it: its programme is behind plan."""
    path = tmp_path_factory.mktemp("demo") / "demo.mhtracker"
    make_demo(path, as_at=DAY).close()
    return path


def test_a_managers_month(worker: Worker, demo: Path, tmp_path: Path) -> None:
    worker.starts(DAY, shutil.copy(demo, tmp_path / "demo.mhtracker"))
    sees_the_programme_behind_plan(worker)
    asks_what_may_was_like(worker)
    sees_what_holds_somebody_up(worker)
    plans_fewer_in_residential_care(worker)
    place, held = holds_a_free_flat_for_who_fits_it_best(worker)
    prints_the_report(worker, tmp_path / "July.pdf", place, held)
    saves_the_tables_for_publication(worker, tmp_path / "July.xlsx")
    worker.closes()


def sees_the_programme_behind_plan(worker: Worker) -> None:
    worker.presses(PROGRESS)
    worker.sees("Programme: Move on half", "behind plan", "Likely")
    said = re.search(r"(\d+) of (\d+) people have moved on, (\d+) fewer than planned by now", worker.reads())
    assert said is not None, worker.reads()
    moved, of_all, behind = said.groups()
    worker.sees(f"Moved on and stayed on\n{moved}\nof {of_all}\n{behind} behind plan")


def asks_what_may_was_like(worker: Worker) -> None:
    worker.clicks("As at today")
    worker.types("31/5/26")
    worker.presses("Return")
    worker.sees("As at Sun 31 May 2026, not today.")
    worker.clicks("Month", worker.page)
    worker.sees("Flow\n1 May to 31 May")
    moves = moves_read(worker)
    assert sum(came for _, came, _, _ in moves.values()) > 0
    for stage, (there, came, went, left) in moves.items():
        assert there + came - went == left, stage
    days = [int(each) for each in re.findall(r"(\d+) days", "\n".join(pressable(worker)))]
    assert len(days) >= 3, pressable(worker)
    assert all(first >= second for first, second in pairwise(days[:3]))


def pressable(worker: Worker) -> list[str]:
    """What can be pressed on the page, by name."""
    return [each.accessibleName() for each in worker.page.findChildren(QAbstractButton) if each.isVisible()]


def moves_read(worker: Worker) -> dict[str, tuple[int, ...]]:
    """How many were in each stage, came, went, and were there at the end, as the card says."""
    names = "\n".join(pressable(worker))
    found = {}
    for stage in STAGES:
        parts = (", opening: (\\d+)", ": (\\d+) in\\b", ": (\\d+) out\\b", ", closing: (\\d+)")
        counts = [re.search(f"^{stage}{part}", names, re.MULTILINE) for part in parts]
        found[stage] = tuple(int(each[1]) for each in counts if each is not None)
    return found


def sees_what_holds_somebody_up(worker: Worker) -> None:
    held_up = worker.asks(_held_up_in_may)
    assert isinstance(worker.page, ProgressPage)
    worker.clicks(worker.page.numbers["delays"].figure.accessibleName())
    worker.sees("no day of a person is counted twice", f"Show {len(held_up)} people: counted")
    worker.clicks(f"Show {len(held_up)} people: counted")
    worker.sees(f"Counted, {len(held_up)}", *held_up)
    who, (reason, since) = next((who, each) for who, each in held_up.items() if each is not None)
    worker.clicks(who)
    worker.sees(who, "Barriers", reason, f"since {format_date(since)}")
    worker.clicks("Back to today")
    assert not worker.window.looking_bar.isVisible()


def _held_up_in_may(store: Store) -> dict[str, tuple[str, date] | None]:
    """Whom a barrier held up on some day of May, and what still did at its end where something did."""
    labels = {code.code: code.label for code in store.codes("delay_reason")}
    names = {person.id: full_name(person) for person in store.find(Person)}
    found: dict[str, tuple[str, date] | None] = {}
    for each in store.find(Barrier, order_by=("started_on",)):
        if each.started_on <= MAY_ENDED and (each.ended_on is None or each.ended_on > MAY_BEGAN):
            still = each.ended_on is None or each.ended_on > MAY_ENDED
            told = (labels[each.code], each.started_on) if still else None
            found[names[each.person_id]] = told or found.get(names[each.person_id])
    return found


def plans_fewer_in_residential_care(worker: Worker) -> None:
    worker.presses(PROGRESS)
    worker.sees("Accommodation 2026 to 2029", "1 line gives no number of people")
    worker.clicks("Start another")
    worker.fills("Table", "Accommodation")
    worker.fills("To be by", "31/3/29")
    worker.records()
    worker.sees("As is on 14 Jul 2026, to be by 31 Mar 2029.", "Nothing is planned to change yet")
    now = residential(worker)[0]
    writes_into_the_cell(worker, "Residential, people to be", now - 30)
    worker.sees("a year less", "−30")
    assert residential(worker) == (now, now - 30)
    worker.presses("Ctrl+Z")
    worker.sees("Nothing is planned to change yet")
    assert worker.told == f"Undone: plan {now - 30} people in Residential, table Accommodation."
    assert residential(worker) == (now, None)
    writes_into_the_cell(worker, "Residential, people to be", now - 17)
    worker.sees("a year less", "−17")
    assert residential(worker) == (now, now - 17)


def writes_into_the_cell(worker: Worker, name: str, number: int) -> None:
    cell = next(each for each in worker.page.findChildren(QLineEdit) if each.accessibleName() == name)
    cell.setFocus(Qt.FocusReason.MouseFocusReason)
    worker.presses("Ctrl+A")
    worker.types(str(number))
    worker.presses("Tab")


def residential(worker: Worker) -> tuple[int, int | None]:
    """How many people the table has in residential care, as is and to be."""
    table = next(each for each in worker.asks(read_tables, DAY) if each.table.name == "Accommodation")
    row = next(each.row for each in table.rows if each.row.label == "Residential")
    return row.as_is_people, row.to_be_people


def holds_a_free_flat_for_who_fits_it_best(worker: Worker) -> tuple[str, int]:
    """Gives the flat, and how many places of its service are held then."""
    worker.presses(SERVICES)
    before = held_in_all(worker)
    opens_the_tab(worker, "Vacancies")
    worker.sees("Free now", "Canal View, Flat", "of the 4 free places fit somebody who waits")
    place = re.search(r"Place: (Canal View, Flat \d+) \| Free from: now", worker.reads(worker.page))
    assert place is not None
    goes_down_to(worker, place[1])
    worker.presses("Return")
    worker.sees("Who fits", "The contract ended on 30 Jun 2026. Check before offering.")
    said = next(line for line in worker.reads(worker.panel).splitlines() if line.startswith("Hold for "))
    first = said.removeprefix("Hold for ")
    fits = re.search(r"\n1\n.+\n(.+)\n\d+\nFits (\d) of \2\n", worker.reads(worker.panel))
    assert fits is not None, "the best of them fits in everything that is asked for"
    assert first in fits[1]
    worker.clicks(f"Hold {place[1]} for {first}")
    worker.records()
    assert first in worker.told
    (hold,) = [each for each in worker.asks(lambda store: store.find(Hold)) if each.started_on == DAY]
    assert full_name(worker.asks(lambda store: store.get(Person, hold.person_id))) == fits[1]
    assert held_in_all(worker) == before + 1
    assert f"Place: {place[1]} | Free from: now" not in worker.reads(worker.page)
    return place[1], len(worker.asks(lambda store: store.find(Hold, service_id=hold.service_id, ended_on=None)))


def held_in_all(worker: Worker) -> int:
    """What the line beside the title says."""
    said = re.search(r"\n(\d+)\nheld,", worker.reads(worker.page))
    assert said is not None
    return int(said[1])


def opens_the_tab(worker: Worker, words: str) -> None:
    line = next(each for each in worker.page.findChildren(QTabBar) if each.isVisible())
    place = next(at for at in range(line.count()) if line.tabText(at).startswith(words))
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=line.tabRect(place).center())
    worker.waits()


def goes_down_to(worker: Worker, place: str) -> None:
    page = worker.page
    assert isinstance(page, ServicesPage)
    page.focus_first()
    for _ in range(20):
        current = page.tab.current()
        if getattr(current, "name", "") == place:
            return
        worker.presses("Down")
    raise AssertionError(f"the list ends before {place}")


def prints_the_report(worker: Worker, pdf: Path, place: str, held: int) -> None:
    worker.presses(PROGRESS)
    worker.sees("Flow\n1 Jul to 14 Jul")
    assert isinstance(worker.page, ProgressPage)
    said = worker.page.sentence.text()
    worker.clicks("Monthly report")
    worker.presses("Down", "Return")
    with worker.chooses_file(pdf):
        worker.clicks("Save as PDF", worker.dialog)
    worker.waits_until(pdf.exists)
    worker.clicks("Close", worker.dialog)
    pages = pages_of(pdf)
    for number, page in enumerate(pages, 1):
        assert "1 Jul 2026 to 14 Jul 2026" in page
        assert f"Page {number} of {len(pages)}" in page
        assert "invented people" in page
    words = " ".join(" ".join(pages).split())
    assert said in words
    for title in ("Programme: Move on half", "Flow", "Moves", "Delayed days by reason", "Waiting list", "Cost a week"):
        assert title in words
    service = place.partition(",")[0]
    row = re.search(rf"{service} Supported living (\d+) (\d+) (\d+) (\d+) (\d+) (\d+) ", words)
    assert row is not None
    people, places, free, kept, out, in_use = map(int, row.groups())
    assert (free, kept, in_use) == (0, held, 100)
    assert people + kept + out == places


def saves_the_tables_for_publication(worker: Worker, path: Path) -> None:
    worker.clicks("Monthly report")
    worker.presses("Up")
    with worker.chooses_file(path):
        worker.presses("Return")
    worker.waits_until(path.exists)
    worker.waits()
    assert re.fullmatch(r"Saved \d+ tables to July.xlsx.", worker.told)
    book = CalamineWorkbook.from_path(path)
    assert "Stuck" not in book.sheet_names
    assert "Waiting list" not in book.sheet_names
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    words = {str(cell) for rows in sheets.values() for row in rows for cell in row}
    for person in worker.asks(lambda store: store.find(Person)):
        assert not any(told in each for each in words for told in (full_name(person), person.ref))
    assert any(HIDDEN_WORDS in each for each in words)
    numbers = [cell for stage in sheets["Flow"][1:] for cell in stage[1:]]
    assert HIDDEN in numbers
    assert all(cell == HIDDEN or int(str(cell)) % 5 == 0 for cell in numbers)
