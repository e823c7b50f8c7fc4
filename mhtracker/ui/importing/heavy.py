"""How work on ten thousand rows leaves the window its turn, though both share one interpreter."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from mhtracker.operations.importing.rehearsal import Rehearsal, without_collecting
from mhtracker.operations.importing.row_facts import Progress
from mhtracker.operations.importing.writing import ImportResult, import_rows
from mhtracker.store import Store

TURN_S = 0.0005


@contextmanager
def giving_way() -> Iterator[None]:
    """While this lasts the window gets its turn at once; and afterwards nothing stops to look for garbage.

    A rehearsal leaves half a million objects that all stay: searching them would hold the window up for 0.3 s. They
    are set apart from such searches (`settle_up` ends that) and still freed as soon as nobody refers to them.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(TURN_S)
    try:
        with without_collecting():
            try:
                yield
            finally:
                gc.freeze()
    finally:
        sys.setswitchinterval(before)


def settle_up() -> None:
    """Let the search for garbage see everything again, once a rehearsal is done with."""
    gc.unfreeze()


def import_giving_way(store: Store, rehearsal: Rehearsal, progress: Progress | None = None) -> ImportResult:
    """Write what was rehearsed."""
    with giving_way():
        return import_rows(store, rehearsal, progress)


def undo_giving_way(store: Store, operation_id: str) -> None:
    """Take a whole import back."""
    with giving_way():
        store.undo(operation_id)
