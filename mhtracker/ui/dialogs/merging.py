"""Three versions of a form's fields brought together, as texts: as it began, as typed, as the register has it now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Differing:
    """A field that two changed, and not to the same: what it says with you, with them, and what it said before."""

    name: str
    yours: str
    theirs: str
    original: str


@dataclass(frozen=True, slots=True)
class Merged:
    """`keep` is what was typed, to go back into the fields; `both` are to be decided by the person.

    `theirs_only` names fields that only somebody else changed. `homeless` is what was typed into fields that the form
    has no longer.
    """

    keep: dict[str, str]
    both: tuple[Differing, ...]
    theirs_only: tuple[str, ...]
    homeless: dict[str, str]


def merge(original: Mapping[str, str], yours: Mapping[str, str], theirs: Mapping[str, str]) -> Merged:
    """Fields that only one side changed are settled by themselves; nothing typed is left out."""
    keep: dict[str, str] = {}
    both: list[Differing] = []
    theirs_only: list[str] = []
    homeless: dict[str, str] = {}
    for name, typed in yours.items():
        before = original.get(name, "")
        if name not in theirs:
            if typed != before and typed.strip():
                homeless[name] = typed
        elif typed == before:
            if theirs[name] != before:
                theirs_only.append(name)
        elif typed != theirs[name]:
            keep[name] = typed
            if theirs[name] != before:
                both.append(Differing(name, typed, theirs[name], before))
    return Merged(keep, tuple(both), tuple(theirs_only), homeless)
