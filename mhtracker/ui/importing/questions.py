"""The rows put aside as questions: one for each row, and one for all rows that stumble over the same word."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from mhtracker.domain.names import fold
from mhtracker.operations.importing.headings import OUR_FIELDS, Kind
from mhtracker.operations.importing.mends import Decision, Mend, MendKind, decide
from mhtracker.operations.importing.rehearsal import Rehearsal, RowResult
from mhtracker.operations.importing.row_facts import Problem

_TOGETHER = frozenset({MendKind.TYPE, MendKind.BLANK, MendKind.USE, MendKind.NEW, MendKind.LEAVE_OUT})
_LEARNT = frozenset({Kind.STAGE, Kind.CODE, Kind.PLACE})
_EITHER_WAY = "Other dates in this column are month first"


@dataclass(frozen=True, slots=True)
class Question:
    """What has to be said about one row, or once about all of `rows`. `problems` are the first row's.

    `field_name` is our field of the column that the first problem concerns, "" for none. `month_order` marks dates of
    one column that may be month first.
    """

    rows: tuple[RowResult, ...]
    problems: tuple[Problem, ...]
    field_name: str = ""
    month_order: bool = False

    @property
    def first(self) -> RowResult:
        return self.rows[0]

    @property
    def kind(self) -> Kind:
        return OUR_FIELDS[self.field_name].kind if self.field_name else Kind.TEXT

    @property
    def title(self) -> str:
        """Which rows: "Row 6. FICTLEY, Joan", or "Rows 5, 9 and 12 more"."""
        if len(self.rows) == 1:
            return f"Row {self.first.number}. {self.first.name}".rstrip(". ")
        return f"Rows {listed([row.number for row in self.rows])}"

    @property
    def words(self) -> str:
        """What is wrong, in all."""
        if self.month_order:
            return f"These dates may be month first: {_examples(self.rows, self.problems[0].column)}."
        return " ".join(dict.fromkeys(problem.reason for problem in self.problems))


def listed(numbers: Sequence[int]) -> str:
    """The first few numbers, and how many more: "5, 9 and 12 more"."""
    if len(numbers) <= 3:
        return ", ".join(map(str, numbers[:-1])) + f" and {numbers[-1]}" if len(numbers) > 1 else str(numbers[0])
    return f"{numbers[0]}, {numbers[1]} and {len(numbers) - 2:,} more"


def _examples(rows: Sequence[RowResult], column: str) -> str:
    values = dict.fromkeys(problem.value for row in rows for problem in row.problems if problem.column == column)
    few = list(values)[:3]
    return ", ".join(few) + (" …" if len(values) > 3 else "")


def questions_of(rehearsal: Rehearsal) -> tuple[Question, ...]:
    """The questions, in the order of the sheet."""
    groups: dict[Hashable, list[RowResult]] = {}
    for row in rehearsal.put_aside:
        groups.setdefault(_key(rehearsal, row), []).append(row)
    return tuple(_question(rehearsal, rows) for rows in groups.values())


def _key(rehearsal: Rehearsal, row: RowResult) -> Hashable:
    problem = row.problems[0]
    kinds = {mend.kind for mend in problem.mends}
    if _is_month_order(rehearsal, problem):
        return "order", problem.column
    word = MendKind.TYPE not in kinds or not any(mark.isdigit() for mark in problem.value)
    if kinds and kinds <= _TOGETHER and problem.value and word:
        return "word", problem.column, fold(problem.value), problem.reason
    return "row", rehearsal.sheet.rows[row.facts.place].cells


def _is_month_order(rehearsal: Rehearsal, problem: Problem) -> bool:
    if not rehearsal.table.month_first or not any(mend.kind is MendKind.USE for mend in problem.mends):
        return False
    return problem.reason.startswith(_EITHER_WAY) or "month first" in problem.reason


def _question(rehearsal: Rehearsal, rows: list[RowResult]) -> Question:
    first = rows[0]
    problems = first.problems if len(rows) == 1 else first.problems[:1]
    field_of = {heading: name for name, heading in rehearsal.table.headings.items()}
    order = len(rows) > 1 and _is_month_order(rehearsal, problems[0])
    return Question(tuple(rows), tuple(problems), field_of.get(problems[0].column, ""), order)


def decisions_for(question: Question, mend: Mend, typed: str = "") -> list[Decision]:
    """What choosing a mend decides: for the row, or for each row of the question."""
    rows = question.rows
    learnt = question.kind in _LEARNT and mend.kind in (MendKind.USE, MendKind.NEW)
    if len(rows) == 1 or learnt:
        return [decide(rows[0].number, mend, typed)]
    return [decide(row.number, mend, typed) for row in rows]


def order_decisions(question: Question, *, month_first: bool) -> list[Decision]:
    """Every date of a question read month first, or day first where it can be."""
    found: list[Decision] = []
    for row in question.rows:
        uses = [mend for mend in row.problems[0].mends if mend.kind is MendKind.USE]
        if month_first or len(uses) > 1:
            found.append(decide(row.number, uses[-1] if month_first else uses[0]))
    return found


def with_decisions(before: Sequence[Decision], more: Sequence[Decision]) -> tuple[Decision, ...]:
    """Decisions with later ones in the place of earlier ones about the same cell, or the same row's person."""
    fresh = {_about(decision) for decision in more}
    return (*(decision for decision in before if _about(decision) not in fresh), *more)


def _about(decision: Decision) -> Hashable:
    who = (MendKind.SAME_PERSON, MendKind.SOMEONE_ELSE)
    if decision.kind in who:
        return decision.row, "who"
    if decision.kind in (MendKind.TYPE, MendKind.USE, MendKind.BLANK, MendKind.NEW):
        return decision.row, "cell", decision.column
    return decision.row, decision.kind
