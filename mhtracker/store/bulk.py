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


_held_off: list[object] = []


@contextmanager
def not_collecting() -> Iterator[None]:
    """Python's collector at rest while a great many records are made."""
    collecting, mark = gc.isenabled(), object()
    gc.disable()
    _held_off.append(mark)
    try:
        yield
    finally:
        _held_off.remove(mark)
        if collecting:
            gc.enable()


def is_collecting_held_off() -> bool:
    """Whether some thread is making a great many records just now; asked by who collects in Python's place."""
    return bool(_held_off)
