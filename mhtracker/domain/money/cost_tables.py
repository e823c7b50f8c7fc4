"""Sums of an "as is → to be" table: people and money now and as planned, the cost of one person, differences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from mhtracker.domain.findings import Caution, Findings
from mhtracker.domain.money.weekly import rounded
from mhtracker.domain.names import fold
from mhtracker.domain.number_limits import check_numbers
from mhtracker.domain.records import CostTable, CostTableRow

WEEKS = 52


@dataclass(frozen=True, slots=True)
class Sums:
    """People and net pence a year, now and to be. A line of which nothing is planned stays as it is.

    People are None where a line does not say how many there are, or none of several does. `unsaid` are the lines that a
    total of people leaves out for that, now and to be, so that both are of the same lines; their money is counted.
    """

    as_is_people: int | None = 0
    as_is_year: int = 0
    to_be_people: int | None = 0
    to_be_year: int = 0
    unsaid: int = 0

    @property
    def people(self) -> int | None:
        """How many more people there are to be; less than nothing for fewer; None where it is not known."""
        if self.to_be_people is None or self.as_is_people is None:
            return None
        return self.to_be_people - self.as_is_people

    @property
    def year(self) -> int:
        """How much more a year is to cost; less than nothing for a saving."""
        return self.to_be_year - self.as_is_year

    @property
    def people_percent(self) -> float | None:
        """The difference in people, in hundredths of those now; None of nobody, and where it is not known."""
        people = self.people
        return percent(people, self.as_is_people or 0) if people is not None else None

    @property
    def year_percent(self) -> float | None:
        return percent(self.year, self.as_is_year)

    @property
    def as_is_unit(self) -> int | None:
        """Net pence a week of one person now; None of nobody, and where money counts whose people are not known."""
        return unit_week(self.as_is_year, self.as_is_people) if not self.unsaid else None

    @property
    def to_be_unit(self) -> int | None:
        return unit_week(self.to_be_year, self.to_be_people) if not self.unsaid else None


def sums_of_row(row: CostTableRow) -> Sums:
    """One row by itself."""
    people = row.as_is_people if row.to_be_people is None else row.to_be_people
    year = row.as_is_year_pence if row.to_be_year_pence is None else row.to_be_year_pence
    return Sums(row.as_is_people, row.as_is_year_pence, people, year)


def sums_of(rows: Iterable[CostTableRow]) -> Sums:
    """Several rows together."""
    found = [sums_of_row(row) for row in rows]
    said = [(each.as_is_people, each.to_be_people) for each in found]
    known = [(now, to_be) for now, to_be in said if now is not None and to_be is not None]
    people = (sum(now for now, _ in known), sum(to_be for _, to_be in known)) if known or not found else (None, None)
    return Sums(
        people[0],
        sum(each.as_is_year for each in found),
        people[1],
        sum(each.to_be_year for each in found),
        len(found) - len(known),
    )


def unit_week(year: int, people: int | None) -> int | None:
    """Net pence a week of one person: the year's cost by 52 and by people. None of nobody, and of nobody knows whom."""
    return rounded(Fraction(year, WEEKS * people)) if people else None


def year_of(weekly: int) -> int:
    """A year of a weekly amount."""
    return weekly * WEEKS


def percent(part: int, whole: int) -> float | None:
    """To one decimal; None of nothing."""
    return float(round(Fraction(1000 * part, whole)) / 10) if whole else None


def scaled(row: CostTableRow, *, as_is_people: int | None = None, to_be_people: int | None = None) -> CostTableRow:
    """The row with other numbers of people, each at what one of them costs already.

    People to be cost what those to be cost, or those now where nothing was planned; a row of nobody keeps its cost, and
    one that did not say how many there are.
    """
    if as_is_people is not None:
        year = _scaled(row.as_is_year_pence, row.as_is_people, as_is_people)
        row = replace(row, as_is_people=as_is_people, as_is_year_pence=year)
    if to_be_people is not None:
        before = sums_of_row(row)
        year = _scaled(before.to_be_year, before.to_be_people, to_be_people)
        if not before.to_be_people:
            year = _scaled(row.as_is_year_pence, row.as_is_people, to_be_people)
        row = replace(row, to_be_people=to_be_people, to_be_year_pence=year)
    return row


def _scaled(year: int, people: int | None, to_people: int) -> int:
    if people is None:
        return year
    return rounded(Fraction(year * to_people, people)) if people else (year if to_people else 0)


def check_table(table: CostTable) -> tuple[Caution, ...]:
    """Check a table's name and days."""
    findings = Findings()
    if not table.name.strip():
        findings.refuse("name", "Table is empty. Write what it is called, such as Accommodation 2026 to 2029.")
    if table.to_be_on is not None and table.to_be_on <= table.as_is_on:
        findings.refuse("to_be_on", "To be by is not after as is on. Write the later day.")
    return findings.settle()


def check_row(row: CostTableRow, others: Iterable[CostTableRow]) -> tuple[Caution, ...]:
    """Check one line of a table: nothing less than none, and no name twice."""
    findings = Findings()
    check_numbers(row, findings)
    if not row.label.strip():
        findings.refuse("label", "Line is empty. Write what is counted, such as Residential care.")
    if any(fold(other.label) == fold(row.label) and other.id != row.id for other in others):
        findings.refuse("label", f"“{row.label}” is in this table already. Change that line, or name this otherwise.")
    for name, words in (("as_is_people", "People as is"), ("to_be_people", "People to be")):
        if (getattr(row, name) or 0) < 0:
            findings.refuse(name, f"{words} are fewer than none. Write how many.")
    for name, words in (("as_is_year_pence", "Cost as is"), ("to_be_year_pence", "Cost to be")):
        if (getattr(row, name) or 0) < 0:
            findings.refuse(name, f"{words} is below nothing. Write what a year costs.")
    if row.as_is_year_pence and row.as_is_people == 0:
        findings.caution("as_is_people", "It costs something for nobody. Check people and cost.")
    if row.to_be_year_pence and row.to_be_people == 0:
        findings.caution("to_be_people", "It is to cost something for nobody. Check people and cost.")
    return findings.settle()
