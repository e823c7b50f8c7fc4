"""People on the pathway counted two ways at once, such as by service and age; and the same made safe to publish."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from mhtracker.analysis.columns.measures import held_codes
from mhtracker.analysis.columns.reading import read_columns
from mhtracker.analysis.measures import SETTLED_WORDS, settled_words
from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.counting.small_numbers import publish_table
from mhtracker.domain.counting.stay_bands import BAND_NAMES, band_of
from mhtracker.domain.dates import age_on
from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import Person, StatusKind
from mhtracker.store.queries.caseload import CaseloadQuery, list_caseload
from mhtracker.store.store import Store

AGES = (25, 45, 65)
"""The ages at which bands begin where nothing else is asked."""

IN_HOSPITAL = (
    "Who is in hospital counts there, also while their place is kept; the flow counts them in that place’s stage."
)
"""Where people counted by the stage they are in differ from those that flow and length of stay are counted from."""

WAYS = (
    "stage", "service", "provider", "team", "worker", "locality", "gender", "ethnicity", "age", "settled",
    "accommodation", "s117", "stay",
)  # fmt: skip
"""What people can be counted by. Settled is as the measure has it; accommodation is the status as recorded."""

UNKNOWN = "Not recorded"
ALL = "all"


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Row by column: who they are. Rows and columns are in the order they are shown; every cell is there."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    people: Mapping[str, Mapping[str, tuple[str, ...]]]

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        return {row: {column: len(self.people[row][column]) for column in self.columns} for row in self.rows}

    def row_total(self, row: str) -> int:
        return sum(len(people) for people in self.people[row].values())

    def column_total(self, column: str) -> int:
        return sum(len(self.people[row][column]) for row in self.rows)

    @property
    def total(self) -> int:
        return sum(map(self.row_total, self.rows))

    def published(self) -> tuple[dict[str, dict[str, str]], dict[str, str], dict[str, str], str]:
        """Cells, row totals, column totals and the total, small numbers hidden so that none can be worked out."""
        # Rows and columns are numbered: any name may be one of the words for totals too.
        whole = {f"row {n}": dict(self._numbered(self.counts[row])) for n, row in enumerate(self.rows)}
        whole["total"] = dict(self._numbered({column: self.column_total(column) for column in self.columns}))
        safe = publish_table(whole, totals=("total",))
        cells = {
            row: {column: safe[f"row {n}"][f"column {m}"] for m, column in enumerate(self.columns)}
            for n, row in enumerate(self.rows)
        }
        rows = {row: safe[f"row {n}"]["total"] for n, row in enumerate(self.rows)}
        columns = {column: safe["total"][f"column {m}"] for m, column in enumerate(self.columns)}
        return cells, rows, columns, safe["total"]["total"]

    def _numbered(self, line: Mapping[str, int]) -> Iterator[tuple[str, int]]:
        yield from ((f"column {n}", line[column]) for n, column in enumerate(self.columns))
        yield "total", sum(line.values())


def count_people(
    store: Store,
    as_at: date,
    rows: str,
    columns: str = ALL,
    *,
    ages: Sequence[int] = AGES,
    team_id: str | None = None,
    lines: Sequence[CaseloadLine] | None = None,
) -> Breakdown:
    """Everybody on the pathway on a day (of one team, where it is given), once each.

    `columns` may be "all": one column. `lines` are everybody's on the pathway that day, where they have been read.

    `ages` are those at which bands begin. Raises Invalid for a way of counting that there is not.
    """
    lines = list_caseload(store, CaseloadQuery(), as_at) if lines is None else lines
    lines = [line for line in lines if team_id is None or line.team_id == team_id]
    by_row, row_order = _way(store, rows, as_at, ages)
    by_column, column_order = (
        _way(store, columns, as_at, ages) if columns != ALL else (lambda line: "People", ("People",))
    )
    cells: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        cells.setdefault((by_row(line), by_column(line)), []).append(line.person_id)
    row_names = _in_order({row for row, _ in cells}, row_order)
    column_names = _in_order({column for _, column in cells}, column_order)
    people = {row: {column: tuple(cells.get((row, column), ())) for column in column_names} for row in row_names}
    return Breakdown(row_names, column_names, people)


def _in_order(found: set[str], order: Sequence[str]) -> tuple[str, ...]:
    known = [name for name in order if name in found]
    return (*known, *sorted(found - {*known, UNKNOWN}), *(name for name in (UNKNOWN,) if name in found - {*known}))


def _way(
    store: Store, way: str, as_at: date, ages: Sequence[int]
) -> tuple[Callable[[CaseloadLine], str], Sequence[str]]:
    if way == ALL:
        return lambda line: "People", ("People",)
    if way == "age":
        bands = age_bands(ages)
        return lambda line: _band(line, as_at, ages, bands), bands
    if way == "stage":
        return lambda line: line.stage or UNKNOWN, [stage.label for stage in store.stages()]
    if way == "gender":
        labels = {code.code: code.label for code in store.codes("gender")}
        return lambda line: labels.get(line.gender or "", UNKNOWN), list(labels.values())
    if way == "ethnicity":
        words = {code.code: code.label for code in store.codes("ethnicity")}
        of = {person.id: words.get(person.ethnicity or "", UNKNOWN) for person in store.find(Person)}
        return lambda line: of.get(line.person_id, UNKNOWN), list(words.values())
    if way == "settled":
        everybody = read_columns(store, as_at)
        lives = dict(zip(everybody.ids.tolist(), held_codes(everybody, StatusKind.ACCOMMODATION), strict=True))
        return lambda line: settled_words(lives.get(line.person_id, "")), SETTLED_WORDS
    if way == "accommodation":
        homes = {code.code: code.label for code in store.codes("accommodation")}
        return lambda line: homes.get(line.accommodation, UNKNOWN), list(homes.values())
    if way == "s117":
        return lambda line: "Section 117" if line.s117 else "No section 117", ("Section 117", "No section 117")
    if way == "stay":
        return lambda line: _stay(line, as_at), BAND_NAMES
    if way in WAYS:
        return lambda line: getattr(line, way) or UNKNOWN, ()
    raise Invalid({"": f"People cannot be counted by “{way}”. They can by {', '.join(WAYS)}."})


def _stay(line: CaseloadLine, as_at: date) -> str:
    days = line.days_in_stage(as_at)
    return UNKNOWN if days is None else BAND_NAMES[band_of(days)]


def age_bands(ages: Sequence[int]) -> tuple[str, ...]:
    """The names of the bands that begin at some ages: "Under 25", "25 to 44", "65 and over"."""
    ends = [f"{low} to {high - 1}" for low, high in pairwise(ages)]
    return (f"Under {ages[0]}", *ends, f"{ages[-1]} and over")


def _band(line: CaseloadLine, as_at: date, ages: Sequence[int], bands: Sequence[str]) -> str:
    if line.born_on is None:
        return UNKNOWN
    age = age_on(line.born_on, as_at)
    return bands[sum(1 for begins in ages if age >= begins)]
