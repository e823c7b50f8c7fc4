"""The tables of as is and to be in the manager's month: the plan beside what has happened."""

from __future__ import annotations

from dataclasses import dataclass

from mhtracker import text
from mhtracker.analysis.month import Month
from mhtracker.analysis.tables import FigureTable, Kind, make_table
from mhtracker.domain.money.cost_tables import Sums, sums_of, sums_of_row, year_of
from mhtracker.operations.money.cost_tables import TableNow
from mhtracker.store.queries.costs import StageNow

PEOPLE, PENCE = Kind.PEOPLE, Kind.PENCE
_PLAN = ("To be", "To be, a year", "Planned")


def cost_table(found: TableNow, month: Month) -> FigureTable:
    """A plan of people and money a year, and what the register says of the same stages at the end of the period.

    Where nothing is planned, such as in last year's spending, there is nothing to be.
    """
    table, planned = found.table, is_planned(found)
    by = f", to be by {text.format_date(table.to_be_on)}" if table.to_be_on is not None else ""
    titles = [
        ("Line", Kind.WORDS),
        ("As is", PEOPLE),
        ("To be", PEOPLE),
        ("Now", PEOPLE),
        ("As is, a year", PENCE),
        ("To be, a year", PENCE),
        ("Now, a year", PENCE),
        ("Planned", PENCE),
        ("So far", PENCE),
    ]
    rows = [_row(each.row.label, sums_of_row(each.row), each.now) for each in found.rows]
    kept = [place for place, (title, _) in enumerate(titles) if planned or title not in _PLAN]
    last = _row("All", found.sums, found.now)
    return make_table(
        f"cost_table/{table.id}",
        _title(table.name, planned),
        f"As is on {text.format_date(table.as_is_on)}{by}, as the office wrote it down; now: what the register says of "
        "the same stages at the end of the period, net to the council. People, and pounds a year of 52 weeks. "
        + ("Planned: to be less as is; so far: now less as is." if planned else "So far: now less as is."),
        "The office’s table; costs and funding",
        [titles[place] for place in kept],
        [tuple(row[place] for place in kept) for row in rows],
        last=tuple(last[place] for place in kept) if rows else (),
        named=True,
        whole_pounds=True,
        note=_note(found, month),
    )


def is_planned(found: TableNow) -> bool:
    """Whether anything is to be otherwise than it is."""
    rows = [each.row for each in found.rows]
    return any(row.to_be_people is not None or row.to_be_year_pence is not None for row in rows)


def _title(name: str, planned: bool) -> str:
    if "as is" in name.casefold():
        return name
    return f"As is and to be: {name}" if planned else f"As is and now: {name}"


def _row(label: str, sums: Sums, now: StageNow | None) -> tuple[object, ...]:
    there = now if now is not None and now.said else None
    year = year_of(there.weekly_net) if there is not None else None
    return (
        label,
        sums.as_is_people,
        sums.to_be_people,
        there.people if there is not None else None,
        sums.as_is_year,
        sums.to_be_year,
        year,
        sums.year,
        year - sums.as_is_year if year is not None else None,
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """Those lines of a plan of which the register says something: a year as is, to be and now, in pence."""

    lines: int
    as_is: int
    to_be: int
    now: int


def compared(found: TableNow) -> Compared | None:
    """None where the register says nothing of any line. A stage that two lines are compared with counts once."""
    told = [each for each in found.rows if each.now is not None and each.now.said]
    if not told:
        return None
    stages = {each.now.stage_id: each.now for each in told if each.now is not None}
    sums = sums_of(each.row for each in told)
    return Compared(len(told), sums.as_is_year, sums.to_be_year, year_of(sum(n.weekly_net for n in stages.values())))


def _note(found: TableNow, month: Month) -> str:
    words, sums = [], compared(found)
    if sums is not None:
        lines = "All lines" if sums.lines == len(found.rows) else f"The {text.count(sums.lines, 'line')} compared"
        so_far, planned = (_difference(each - sums.as_is) for each in (sums.now, sums.to_be))
        plan = f", {planned} planned{_time_gone(found, month)}" if is_planned(found) else ""
        words.append(f"{lines}: {so_far} so far{plan}.")
    if found.not_compared:
        words.append(f"The register says nothing of {text.count(found.not_compared, 'line')}, so All has no now.")
    if found.sums.unsaid:
        gives = "gives" if found.sums.unsaid == 1 else "give"
        lines = text.count(found.sums.unsaid, "line")
        words.append(f"{lines} {gives} no number of people: All has the money, not the people.")
    if found.unknown:
        people = text.count(found.unknown, "person", "people")
        words.append(f"In the register the cost of {people} is not recorded; now leaves them out.")
    return " ".join(words)


def _difference(pence: int) -> str:
    if abs(pence) < 50:
        return "as much a year"
    return f"{text.format_pence(abs(pence), whole=True)} {'less' if pence < 0 else 'more'} a year"


def _time_gone(found: TableNow, month: Month) -> str:
    """How much of the plan's time has passed, where it has days and the period ends between them."""
    first, until, today = found.table.as_is_on, found.table.to_be_on, month.progress.to_on
    if until is None or not first <= today <= until:
        return ""
    return f", with {round(100 * (today - first).days / (until - first).days)}% of the time gone"
