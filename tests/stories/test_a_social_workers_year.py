"""The story MHTracker was made for: from a spreadsheet on the desk to a pack for the meeting."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from mhtracker import assets
from mhtracker.domain.records import Person, Review, Target
from mhtracker.store import Store
from mhtracker.text import format_nhs
from tests.stories.worker import Worker, pages_of

GWEN = "FICTLEY, Gwen"
EIGHT = (
    ("Apeere", "Tunde"), ("Imagin", "Piotr"), ("Przykład", "Leroy"), ("Fabula", "Sian"), ("Kowalex", "Alan"),
    ("Triail", "Rosa"), ("Misaal", "Żaneta"), ("Fictley", "Gwen"),
)  # fmt: skip
TUE_14_JUL, MON_20_JUL, WED_5_AUG, MON_14_SEP, TUE_1_DEC = (
    date(2026, 7, 14),
    date(2026, 7, 20),
    date(2026, 8, 5),
    date(2026, 9, 14),
    date(2026, 12, 1),
)


def gwen(store: Store) -> Person:
    return store.find(Person, surname="Fictley", given_names="Gwen")[0]


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """The spreadsheet of sixty people as the team has kept it."""
    return Path(shutil.copy(assets.path("samples", "caseload.xlsx"), tmp_path / "caseload.xlsx"))


def test_a_social_workers_year(worker: Worker, sheet: Path, tmp_path: Path) -> None:
    brings_the_spreadsheet_in(worker, sheet, tmp_path / "Northmoor.mhtracker")
    sees_what_is_late(worker)
    sets_a_target_and_books_a_review(worker)
    worker.starts_again(MON_20_JUL)
    records_the_move_to_enablement(worker)
    worker.starts_again(WED_5_AUG)
    holds_the_review(worker)
    worker.starts_again(MON_14_SEP)
    moves_the_target_and_still_sees_the_original(worker)
    worker.starts_again(TUE_1_DEC)
    records_the_move_to_supported_living(worker)
    takes_back_a_mistake_and_after_a_restart_another(worker)
    prints_a_case_summary(worker, tmp_path / "summary.pdf")
    prints_a_pack_for_eight(worker, tmp_path / "pack.pdf")
    worker.closes()


def brings_the_spreadsheet_in(worker: Worker, sheet: Path, register: Path) -> None:
    worker.starts(TUE_14_JUL)
    worker.sees("Where would you like to begin?")
    with worker.chooses_file(sheet):
        worker.clicks("Import a spreadsheet")
    worker.enters("Council or trust", "Northmoor Council")
    worker.enters("File", str(register))
    worker.clicks("Start without a password")
    worker.sees("caseload.xlsx, 61 rows below the headings")
    worker.clicks("Match columns")
    worker.sees("14 columns of 14 will be read.")
    worker.clicks("Rehearse")
    worker.sees("Nothing has changed yet.", "Put aside, 7 rows", "Row 9. FICTLEY, Gwen", "February 1960 has 29 days.")
    assert worker.asks(lambda store: store.find(Person)) == []
    worker.clicks("Use 29 Feb 1960")
    worker.sees("Put aside, 6 rows")
    worker.clicks("Import 54 new")
    worker.sees("caseload.xlsx is imported", "54 people added", "6 rows put aside, kept to be put right later.")


def sees_what_is_late(worker: Worker) -> None:
    worker.presses("Ctrl+1")
    worker.sees("Tue 14 Jul 2026", "54 people on the pathway")
    worker.sees("2,676 days overdue, Review, IMAGIN, Piotr", "268 days overdue, Review, FICTLEY, Gwen")
    worker.sees("4 days overdue, Target, ŠABLONA, Errol, Move on")


def sets_a_target_and_books_a_review(worker: Worker) -> None:
    worker.finds("fic", GWEN)
    worker.sees("Born 29 Feb 1960 (66 y)", "Residential,", "Larkfield", "268 days overdue")
    worker.begins("end the plan")
    worker.fills("Why it ended", "The aim changed")
    worker.records()
    worker.presses("t")
    worker.fills("Aim", "Supported living")
    worker.fills("Target", "30/11/26")
    worker.records()
    worker.sees("To supported living", "30 Nov 2026")
    worker.begins("book a review")
    worker.fills("Booked for", "5.8.26")
    worker.fills("Time", "10:30")
    worker.records()
    worker.sees("Booked Wed 5 Aug, 10:30.")


def records_the_move_to_enablement(worker: Worker) -> None:
    worker.finds("fic", GWEN)
    worker.presses("m")
    worker.fills("Left on", "today")
    worker.chooses("Planned")
    worker.fills("Reason", "Ready, and a place is free")
    worker.fills("Stage", "Enablement")
    worker.fills("Service", "Step House")
    worker.records()
    assert worker.told == "Moved Gwen Fictley to enablement."
    worker.sees("Enablement,", "Step House", "20 Jul 2026 to now", "26 Sep 2023 to 20 Jul 2026")


def holds_the_review(worker: Worker) -> None:
    worker.sees("290 days overdue, Review, FICTLEY, Gwen, First review of Step House", "booked Wed 5 Aug 10:30")
    worker.finds("fic", GWEN)
    worker.presses("r")
    worker.fills("Outcome", "No change")
    worker.fills("Summary", "Settled well at Step House. Cooks twice a week.")
    worker.records()
    assert worker.told == "Recorded Gwen Fictley’s review, held 5 Aug 2026."
    worker.sees("Last held 5 Aug 2026.", "5 Aug 2027")
    worker.presses("Ctrl+1")
    worker.waits()
    assert not re.search(r"overdue, Review, FICTLEY, Gwen", worker.reads())


def moves_the_target_and_still_sees_the_original(worker: Worker) -> None:
    worker.finds("fic", GWEN)
    worker.presses("t")
    worker.fills("New target", "31 Jan 2027")
    worker.fills("Reason", "No vacancy")
    worker.fills("More", "Canal View expects a flat in January.")
    worker.records()
    assert worker.told == "Gwen’s target is now 31 Jan 2027."
    worker.sees("Original target", "30 Nov 2026", "Current target", "31 Jan 2027")
    targets = worker.asks(lambda store: [t.target_on for t in store.find(Target, order_by=("position",))])
    assert date(2026, 11, 30) in targets


def records_the_move_to_supported_living(worker: Worker) -> None:
    worker.finds("fic", GWEN)
    worker.presses("m")
    worker.fills("Left on", "30/11/26")
    worker.chooses("Planned")
    worker.fills("Reason", "Moved on as planned")
    worker.fills("Stage", "Supported living")
    worker.fills("Service", "Canal View")
    worker.records()
    worker.sees("Supported living,", "Canal View", "30 Nov 2026 to now", "20 Jul 2026 to 30 Nov 2026")


def takes_back_a_mistake_and_after_a_restart_another(worker: Worker) -> None:
    wrong = "Meant for somebody else."
    worker.presses("n")
    worker.fills("Kind", "Call")
    worker.fills("Note", wrong)
    worker.records()
    worker.sees(wrong)
    worker.presses("Ctrl+Z")
    worker.waits()
    assert wrong not in worker.reads()
    assert worker.told == "Undone: add note, FICTLEY, Gwen."
    worker.begins("book a review")
    worker.fills("Booked for", "24/12/26")
    worker.records()
    worker.starts_again(TUE_1_DEC)
    worker.presses("Ctrl+Z")
    worker.waits()
    assert worker.told == "Undone: book review, FICTLEY, Gwen."
    booked = worker.asks(lambda store: [r for r in store.find(Review, person_id=gwen(store).id) if r.booked_on])
    assert [review.held_on for review in booked] == [WED_5_AUG]


def prints_a_case_summary(worker: Worker, pdf: Path) -> None:
    worker.finds("fic", GWEN)
    worker.presses("Ctrl+P")
    with worker.chooses_file(pdf):
        worker.clicks("Save as PDF", worker.dialog)
    worker.waits_until(pdf.exists)
    worker.clicks("Close", worker.dialog)
    pages = pages_of(pdf)
    person = worker.asks(gwen)
    for number, page in enumerate(pages, 1):
        assert GWEN in page
        assert format_nhs(person.nhs_number) in page
        assert "As at 1 Dec 2026" in page
        assert f"Page {number} of {len(pages)}" in page
    assert "Settled well at Step House" in "".join(pages)


def prints_a_pack_for_eight(worker: Worker, pdf: Path) -> None:
    worker.presses("Ctrl+7")
    worker.sees("Nobody is in this pack yet")
    for surname, given in EIGHT:
        worker.types(f"{surname}, {given}")
        worker.sees(f"{surname.upper()}, {given}")
        worker.presses("Return")
    with worker.chooses_file(pdf):
        worker.waits_until(lambda: worker.can_press("Save as PDF"))
        worker.clicks("Save as PDF")
    worker.waits_until(pdf.exists)
    pages = pages_of(pdf)
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert "As at 1 Dec 2026" in page
    for place, (surname, given) in enumerate(EIGHT, 1):
        person = worker.asks(lambda store, s=surname, g=given: store.find(Person, surname=s, given_names=g)[0])
        name, nhs = f"{surname.upper()}, {given}", format_nhs(person.nhs_number) if person.nhs_number else ""
        line = next(line for line in pages[1].splitlines() if line.startswith(f"{place} {name}"))
        assert nhs in line
        of_theirs = [n for n, page in enumerate(pages, 1) if f"Person {place} of 8, page" in page]
        assert of_theirs[0] == int(line.split()[-1]), "the contents name the page it begins on"
        for number in of_theirs:
            assert name in pages[number - 1]
            assert nhs in pages[number - 1]
