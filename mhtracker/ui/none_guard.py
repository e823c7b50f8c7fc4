"""Keeps Python 3.11 alive under PySide6 6.12.

That release takes a reference away from None at each call of a Qt method that returns nothing, and from True at each
`emit` of a signal. From Python 3.12 on these cannot die and nothing happens; on 3.11 the window ends after some
thousands of calls with "deallocating None". So they are given more references than a window could use up in years.
Without this, `tests/ui/test_none_guard.py` crashes.
"""

from __future__ import annotations

import ctypes
import sys

SPARE = 1 << 48


def guard_none() -> None:
    """Once is enough, more does no harm. Does nothing where None cannot die anyway."""
    if sys.implementation.name != "cpython" or sys.version_info >= (3, 12):
        return
    for undying in (None, True, False):
        if sys.getrefcount(undying) < SPARE // 2:
            # The count is the first word of every object in CPython 3.11.
            ctypes.c_ssize_t.from_address(id(undying)).value += SPARE
