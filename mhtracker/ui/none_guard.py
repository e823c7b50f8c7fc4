"""Keeps Python 3.11 alive under PySide6 6.12.

That release takes a reference to None away at each call of a Qt method that returns nothing. From Python 3.12 on None
cannot die and nothing happens; on 3.11 the window ends after some thousands of calls with "deallocating None". So None
is given more references than a window could use up in years. Without this, `tests/ui/test_none_guard.py` crashes.
"""

from __future__ import annotations

import ctypes
import sys

SPARE = 1 << 48


def guard_none() -> None:
    """Once is enough, more does no harm. Does nothing where None cannot die anyway."""
    if sys.implementation.name == "cpython" and sys.version_info < (3, 12) and sys.getrefcount(None) < SPARE // 2:
        # The count is the first word of every object in CPython 3.11.
        ctypes.c_ssize_t.from_address(id(None)).value += SPARE
