"""What an import can begin from, and what has become of the one just made."""

from __future__ import annotations

from dataclasses import dataclass

from mhtracker.operations.importing.writing import ImportResult
from mhtracker.store import Store
from mhtracker.store.journal import taken_back
from mhtracker.ui.importing.keeping import HalfDone, read_draft
from mhtracker.ui.importing.waiting_step import Waiting, read_waiting


@dataclass(frozen=True, slots=True)
class Beginnings:
    """Rows put aside earlier, an import left half-done; `undone`: the import just made has been taken back."""

    waiting: list[Waiting]
    half: HalfDone | None
    undone: bool = False


def read_beginnings(store: Store, made: ImportResult | None) -> Beginnings:
    """Read them; `made` is the import whose result is shown."""
    undone = made is not None and made.operation_id in taken_back(store)
    return Beginnings(read_waiting(store), read_draft(store), undone)
