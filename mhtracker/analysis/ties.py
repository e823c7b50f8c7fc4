"""What adds to what within the tables of a report and between them: what a hidden count could be worked out from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from mhtracker import text
from mhtracker.analysis.tables import ALL, FigureTable, Kind, Value
from mhtracker.domain.counting.stay_bands import BAND_NAMES, STAY_BANDS

Cell = tuple[str, int, int]
"""A table's key, the place of a row and of a column; the row of totals stands after the others."""


@dataclass(slots=True)
class Ties:
    """`same` cells are one number that stands twice. `sums` hold to the last person.

    `nearly` are sums to which a reader may know what to add: people without a recorded cost, those from outside.
    """

    counts: dict[Cell, int]
    dear: set[Cell] = field(default_factory=set)
    same: list[tuple[Cell, Cell]] = field(default_factory=list)
    sums: list[dict[Cell, int]] = field(default_factory=list)
    nearly: list[dict[Cell, int]] = field(default_factory=list)

    def add(self, cells: Iterable[tuple[Cell | None, int]]) -> None:
        """Take up a sum that should come to nothing; it is one only of cells that are there."""
        each = {cell: factor for cell, factor in cells if cell is not None and cell in self.counts}
        if len(each) < 2:
            return
        off = sum(factor * self.counts[cell] for cell, factor in each.items())
        (self.nearly if off else self.sums).append(each)

    def alike(self, one: Cell | None, other: Cell | None) -> None:
        """Take up that two cells are the same number, where they are."""
        if one is not None and other is not None and one in self.counts and other in self.counts:
            if self.counts[one] == self.counts[other]:
                self.same.append((one, other))
            else:
                self.nearly.append({one: 1, other: -1})


def ties_of(tables: Sequence[FigureTable]) -> Ties:
    """Everything that adds, for tables that are published together."""
    ties = Ties({cell: count for table in tables for cell, count in _counts(table)})
    for table in tables:
        _add_own(ties, table)
    among = _Among({table.key: table for table in tables})
    for stage in among.stages():
        _add_stage(ties, among, stage)
    _add_moves(ties, among)
    closing = among.at("flow", "Closing", None)
    for key in ("stay_bands", "ages"):
        ties.alike(closing, among.at(key, ALL, None))
    ties.add([(closing, 1), (among.at("money", "People", None), -1)])
    ties.alike(among.at("reviews", "People", "Overdue"), among.at("exceptions", "People", "Main review"))
    for row in ("A home of their own", "In paid work"):
        ties.alike(among.at("measures", "Of", "Settled accommodation"), among.at("measures", "Of", row))
    return ties


def counted(table: FigureTable) -> list[int]:
    """The places of the columns of people."""
    return [place for place, column in enumerate(table.columns) if column.kind == Kind.PEOPLE]


def _rows(table: FigureTable) -> list[tuple[Value, ...]]:
    return [*table.rows, *([table.last] if table.last else [])]


def _counts(table: FigureTable) -> Iterator[tuple[Cell, int]]:
    for number, row in enumerate(_rows(table)):
        if number not in table.plain_rows:
            for place in counted(table):
                value = row[place]
                yield (table.key, number, place), value if isinstance(value, int) else 0


def _add_own(ties: Ties, table: FigureTable) -> None:
    """A table's own lines: across by the signs of its columns, down to its last row or to what a reader may know."""
    rows, places = _rows(table), counted(table)
    last = len(table.rows) if table.last else None
    for number in range(len(rows)):
        for place in places:
            if number == last or number in table.kept_rows or table.columns[place].title == ALL:
                ties.dear.add((table.key, number, place))
    if not table.adds:
        return
    inside = [number for number in range(len(rows)) if number not in table.apart_rows]
    signs = dict(table.across)
    if not signs and len(places) > 1:
        signs = {table.columns[place].title: -1 if table.columns[place].title == ALL else 1 for place in places}
    for number in inside:
        ties.add(((table.key, number, place), signs.get(table.columns[place].title, 0)) for place in places if signs)
    for place in places:
        heads = {last, *table.kept_rows[:1]}
        ties.add(((table.key, number, place), -1 if number in heads else 1) for number in inside)


@dataclass(frozen=True, slots=True)
class _Among:
    """Cells by the words of their table, column and row."""

    tables: dict[str, FigureTable]

    def at(self, key: str, title: str, row: str | None) -> Cell | None:
        """A cell; of the last row where none is named; None where there is no such cell."""
        table = self.tables.get(key)
        places = [n for n, column in enumerate(table.columns) if column.title == title] if table is not None else []
        if table is None or not places:
            return None
        if row is None:
            return (key, len(table.rows), places[0]) if table.last else None
        return next(((key, number, places[0]) for number, each in enumerate(table.rows) if each[0] == row), None)

    def rows(self, key: str) -> Sequence[tuple[Value, ...]]:
        table = self.tables.get(key)
        return table.rows if table is not None else ()

    def stages(self) -> list[str]:
        keys = ("flow", "stay_bands", "ages", "lengths", "money")
        return list(dict.fromkeys(str(row[0]) for key in keys for row in self.rows(key)))

    def column(self, key: str, title: str) -> list[tuple[tuple[Value, ...], Cell]]:
        """Each row of a table with its cell in a column."""
        table = self.tables.get(key)
        place = next((n for n, c in enumerate(table.columns) if c.title == title), None) if table is not None else None
        return [] if place is None else [(row, (key, number, place)) for number, row in enumerate(self.rows(key))]


def _add_stage(ties: Ties, among: _Among, stage: str) -> None:
    """Who is in a stage stands in five tables; those of its stays that have not ended are the same people."""
    closing = among.at("flow", "Closing", stage)
    for key in ("stay_bands", "ages"):
        ties.alike(closing, among.at(key, ALL, stage))
    ties.alike(among.at("stay_bands", ALL, stage), among.at("ages", ALL, stage))
    ties.add([(closing, 1), (among.at("money", "People", stage), -1)])
    ties.add([(among.at("lengths", "Stays", stage), 1), (among.at("lengths", "Ended", stage), -1), (closing, -1)])
    for title, column in (("In", "To"), ("Out", "From")):
        moves = [(cell, -1) for row, cell in among.column("moves", "Moves") if row[column == "To"] == stage]
        ties.add([(among.at("flow", title, stage), 1), *moves])
    _add_limit(ties, among, stage)


def _add_limit(ties: Ties, among: _Among, stage: str) -> None:
    """A longest usual stay mostly ends where a band does: those past it are then the people of the bands after it."""
    limit = f"Longest usual stay: {stage}"
    past = among.at("exceptions", "People", limit)
    number = next((n for n, row in enumerate(among.rows("stay_bands")) if row[0] == stage), None)
    if past is None or number is None:
        return
    rule = next(str(row[1]) for row in among.rows("exceptions") if row[0] == limit)
    ends = [text.count(days, "day") for days in STAY_BANDS]
    if rule in ends:
        first = counted(among.tables["stay_bands"])[0]
        after = range(first + ends.index(rule) + 1, first + len(BAND_NAMES))
        ties.add([(past, 1), *((("stay_bands", number, place), -1) for place in after)])


def _add_moves(ties: Ties, among: _Among) -> None:
    """The measure of planned moves tells how many moves there were, and how many of them were planned."""
    for measured, title in (("Counted", "Planned"), ("Of", "Moves")):
        cells = [(cell, 1) for _, cell in among.column("moves", title)]
        ties.add([(among.at("measures", measured, "Planned moves"), -1), *cells])
