"""The whole import is one step: taken back from the window, and done again."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from mhtracker import assets
from mhtracker.domain.records import Person, Placement, Review, Service
from mhtracker.store import Store, create_register
from tests.stories.worker import Worker

DAY = date(2026, 7, 14)


def everything(store: Store) -> dict[str, list[object]]:
    return {kind.__name__: list(store.find(kind, order_by=("id",))) for kind in (Person, Placement, Review, Service)}


def test_an_import_is_undone_in_one_step_and_redone(worker: Worker, tmp_path: Path) -> None:
    register = tmp_path / "Northmoor.mhtracker"
    create_register(register, who="Jo Okafor", council="Northmoor Council").close()
    sheet = Path(shutil.copy(assets.path("samples", "caseload.xlsx"), tmp_path / "caseload.xlsx"))
    worker.starts(DAY, register)
    before = worker.asks(everything)
    worker.window.open_page("import")
    worker.waits()
    with worker.chooses_file(sheet):
        worker.clicks("Choose a file")
    worker.sees("61 rows below the headings")
    worker.clicks("Match columns")
    worker.clicks("Rehearse")
    worker.sees("Put aside, 7 rows")
    worker.clicks("Import 53 new")
    worker.sees("caseload.xlsx is imported", "It was one step: undoing it takes all of it back.")
    imported = worker.asks(everything)
    assert len(imported["Person"]) == 53
    worker.clicks("Undo the import")
    worker.sees("The import of caseload.xlsx was undone")
    assert worker.asks(everything) == before
    worker.presses("Ctrl+2")
    worker.presses("Ctrl+Y")
    worker.waits()
    again = worker.asks(everything)
    assert {kind: [each.id for each in found] for kind, found in again.items()} == {
        kind: [each.id for each in found] for kind, found in imported.items()
    }
    worker.presses("Ctrl+Z")
    worker.waits()
    assert worker.asks(everything) == before
