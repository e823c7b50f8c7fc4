"""One window for several pages or forms, one after another: opening the window takes longer than looking at one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")

AT_ONCE = 8
"""So many share a window: few windows, and still enough tests for several workers to share out."""


def in_turn(things: Iterable[T], at_once: int = AT_ONCE) -> list[list[T]]:
    every = list(things)
    return [every[start : start + at_once] for start in range(0, len(every), at_once)]


def names_of(things: Sequence[object]) -> str:
    return ",".join(map(str, things))


def each_of(things: Iterable[T], look: Callable[[T], object]) -> None:
    """Looks at all, also after one that is not in order, and names every one that is not."""
    wrong: list[AssertionError] = []
    for thing in things:
        try:
            look(thing)
        except AssertionError as fault:
            fault.add_note(f"This is about {thing}.")
            wrong.append(fault)
        except Exception as fault:
            fault.add_note(f"This is about {thing}.")
            raise
    if wrong:
        raise ExceptionGroup("Not in order", wrong)
