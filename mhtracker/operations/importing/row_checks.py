"""What contradicts itself within one row of a sheet."""

from __future__ import annotations

from datetime import date

from mhtracker.domain.dates import write_date
from mhtracker.operations.importing.cells import shown
from mhtracker.operations.importing.mends import LEAVE_OUT, Mend, MendKind
from mhtracker.operations.importing.row_facts import Problem, RowFacts, Table
from mhtracker.operations.importing.sheets import Remark


def check_row(facts: RowFacts, table: Table, today: date) -> None:
    """Put aside what contradicts itself within one row. Adds to `facts.problems`; may drop a planned end.

    A date of birth after the stay began is blamed on the birth date: that is the one mistyped far more often.
    """
    if not facts.surname and facts.given_names:
        facts.surname, facts.given_names = facts.given_names, ""
    if not facts.surname and not any(p.column in _name_headings(table) for p in facts.problems):
        words = "This row has no name. A row needs a name; everything else may be missing."
        facts.problems.append(Problem(table.heading("name", "surname", "given_names"), "", words, _name_mends(table)))
    born, start, end = facts.born_on, facts.started_on, facts.ended_on
    if start is not None and start > today:
        words = f"{write_date(start)} lies ahead. A stay is recorded once it has begun."
        _refuse(facts, table, "started_on", start, words)
    elif born is not None and start is not None and start < born:
        words = f"Born on {write_date(born)}, after the stay began on {write_date(start)}. Check both dates."
        _refuse(facts, table, "born_on", born, words)
    if end is not None and end > today:
        table.warnings.append(
            Remark(
                facts.number, table.heading("ended_on"), write_date(end), "This end lies ahead: the stay is kept open."
            )
        )
        facts.ended_on = end = None
    if end is not None and start is not None and end < start:
        words = f"Left on {write_date(end)}, before starting on {write_date(start)}."
        mends = (
            Mend(MendKind.SWAP, "Swap the dates"),
            Mend(MendKind.TYPE, "Type them", table.heading("ended_on")),
            Mend(MendKind.BLANK, "Leave it blank", table.heading("ended_on")),
        )
        facts.problems.append(
            Problem(table.heading("ended_on"), _as_written(facts, table, "ended_on", end), words, mends)
        )
    _check_reviews(facts, table, today)
    for name, what in (("died_on", "Died"), ("left_on", "Left")):
        day = getattr(facts, name)
        if day is not None and day > today:
            _refuse(
                facts, table, name, day, f"{what} on {write_date(day)} lies ahead. It is recorded once it has happened."
            )
        elif day is not None and born is not None and day < born:
            _refuse(facts, table, name, day, f"{what} on {write_date(day)}, before being born on {write_date(born)}.")
    if facts.left_reason and facts.left_on is None:
        facts.left_reason = None
        table.warnings.append(
            Remark(
                facts.number, table.heading("left_reason"), "", "A reason for leaving without its date was left out."
            )
        )


def _check_reviews(facts: RowFacts, table: Table, today: date) -> None:
    last, born = facts.last_reviewed_on, facts.born_on
    if last is not None and last > today:
        words = f"{write_date(last)} lies ahead. A last review has taken place."
        _refuse(facts, table, "last_reviewed_on", last, words)
    for name, day in (
        ("last_reviewed_on", last),
        ("review_due_on", facts.review_due_on),
        ("target_on", facts.target_on),
    ):
        if day is not None and born is not None and day < born:
            _refuse(
                facts, table, name, day, f"{write_date(day)} is before the birth on {write_date(born)}. Check both."
            )


def _refuse(facts: RowFacts, table: Table, name: str, value: date, words: str) -> None:
    heading = table.heading(name)
    mends = (Mend(MendKind.TYPE, "Type the date", heading), Mend(MendKind.BLANK, "Leave it blank", heading))
    facts.problems.append(Problem(heading, _as_written(facts, table, name, value), words, mends))


def _as_written(facts: RowFacts, table: Table, name: str, value: date) -> str:
    heading = table.headings.get(name)
    if heading is None:
        return write_date(value)
    return shown(table.sheet.rows[facts.place].cells[table.sheet.headings.index(heading)])


def _name_headings(table: Table) -> set[str]:
    return {table.headings[name] for name in ("name", "surname", "given_names") if name in table.headings}


def _name_mends(table: Table) -> tuple[Mend, ...]:
    return Mend(MendKind.TYPE, "Type the name", table.heading("name", "surname", "given_names")), LEAVE_OUT
