"""Checks what a register keeps to count from against its records: a part of the check that needs the analysis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from mhtracker.analysis.columns.anew import read_register
from mhtracker.analysis.columns.register import kept_columns_of
from mhtracker.analysis.columns.shapes import Columns
from mhtracker.store.check import LISTS_MADE_ANEW, Problem
from mhtracker.store.store import Store


def column_problems(store: Store) -> Iterator[Problem]:
    """What would be counted from when the register is opened, where that is not what its records say."""
    kept = kept_columns_of(store)
    if kept is not None and not are_same(kept, read_register(store)):
        yield Problem("what is kept to count from is out of step", "columns of the register", LISTS_MADE_ANEW)


CHECKED_TOO = (("what is kept to count from", column_problems),)
"""To be handed to `store.check.check`."""


def are_same(one: Columns, other: Columns) -> bool:
    """Whether two say the same of the same people, in the same order."""
    return all(_are_same(getattr(one, each.name), getattr(other, each.name)) for each in fields(Columns))


def _are_same(one: Any, other: Any) -> bool:
    import numpy as np

    if isinstance(one, np.ndarray):
        return np.array_equal(one, other)
    if isinstance(one, tuple):
        return bool(one == other)
    return all(_are_same(getattr(one, each.name), getattr(other, each.name)) for each in fields(one))
