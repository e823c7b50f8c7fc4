"""What the journal gives out: operations, and what each changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Operation:
    """One recorded change to the register. `undoes` is the operation it takes back, if it is an undo or a redo.

    A `final` one, such as making the register, cannot be undone.
    """

    id: str
    seq: int
    at: datetime
    who: str
    label: str
    reason: str = ""
    undoes: str | None = None
    undone_by: str | None = None
    person_id: str | None = None
    final: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What an operation changed: (kind, record id) pairs, and the people concerned."""

    operation_id: str
    label: str
    records: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    people: frozenset[str] = field(default_factory=frozenset)

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(kind for kind, _ in self.records)
