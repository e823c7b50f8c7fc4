"""For the few works that write a great many records in one operation."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from mhtracker.store.store import Store


@contextmanager
def in_bulk(store: Store) -> Iterator[None]:
    """Write with a larger page cache and without Python's collector, which would walk the growing records again.

    Nothing that is made meanwhile refers to itself in a circle, so nothing is kept that would have been freed.
    """
    with not_collecting(), store.database.larger_cache():
        yield
        store.database.learn()


@contextmanager
def not_collecting() -> Iterator[None]:
    """Python's collector at rest while a great many records are made."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
