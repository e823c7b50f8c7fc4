"""Ways to put a row right, as choices a window can offer, and the choices that were made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class MendKind(StrEnum):
    """What choosing a mend does."""

    TYPE = "type"
    """Type another value for the cell."""
    BLANK = "blank"
    """Take the row with this cell empty."""
    USE = "use"
    """Take `value` for the cell; for a word of a list, for every row that has it, now and later."""
    NEW = "new"
    """The name is a new service, provider, worker or team."""
    SAME_PERSON = "same_person"
    """The row is about the person `value` (a record id, or "row:12" for someone new in the sheet)."""
    SOMEONE_ELSE = "someone_else"
    """The row is about someone whom neither the register nor the rows above hold."""
    SWAP = "swap"
    """Exchange the start and the end of the stay."""
    USE_ROW = "use_row"
    """Of two rows that contradict each other, take one: `value` is "141>140" for 141 and not 140."""
    END_OTHER = "end_other"
    """End the stay that stands in the way on the date `value`."""
    LEAVE_OUT = "leave_out"
    """Leave the row out for good."""


@dataclass(frozen=True, slots=True)
class Mend:
    """A choice offered for one row: `label` stands on its button, `column` is their heading it concerns."""

    kind: MendKind
    label: str
    column: str | None = None
    value: str = ""


LEAVE_OUT = Mend(MendKind.LEAVE_OUT, "Leave out")


@dataclass(frozen=True, slots=True)
class Decision:
    """A choice made for a row of the sheet. `value` is what was typed (for `TYPE`), else the mend's own."""

    row: int
    kind: MendKind
    column: str | None = None
    value: str = ""


def decide(row: int, mend: Mend, typed: str = "") -> Decision:
    """The decision that choosing a mend makes."""
    return Decision(row, mend.kind, mend.column, typed if mend.kind is MendKind.TYPE else mend.value)


def use_row(row: int, pair: tuple[int, int]) -> str:
    """The value of a `USE_ROW` mend that keeps one row of a pair."""
    return f"{row}>{pair[0] if row == pair[1] else pair[1]}"


def dropped_rows(decisions: Iterable[Decision]) -> set[int]:
    """The rows that decisions leave out."""
    found: set[int] = set()
    for decision in decisions:
        if decision.kind is MendKind.LEAVE_OUT:
            found.add(decision.row)
        elif decision.kind is MendKind.USE_ROW:
            found.add(int(decision.value.partition(">")[2]))
    return found
