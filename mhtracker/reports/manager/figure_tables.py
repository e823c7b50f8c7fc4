"""Figures as tables on paper: a heading, the lines, and what they count; long lists of people may be cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby, pairwise
from typing import TypeVar

from mhtracker import text
from mhtracker.analysis.tables import FigureTable, Kind, TableColumn, Value
from mhtracker.figures.fonts import REGULAR, SEMIBOLD, text_width
from mhtracker.figures.palette import PAPER
from mhtracker.reports.paper.layout import BODY, CAPTION, LEFT, ROOM, Cell, Column, Flow, table_height, wrapped

T = TypeVar("T")
_MOST_NAMED, MOST_OF_EACH = 25, 8
"""A list of people longer than this is cut on paper, and says so: the workbook has all of it."""
REFERENCE = "Reference"
"""The column by which people in a list are told apart."""
_WHOLE = 210.0
"""A table up to this tall is kept on one page."""
_WORD_ROOM = 104.0
"""A word up to this wide is not broken."""
_GAP = 8.0
"""Between figures, which stand at the right of their column, and words that follow them."""


def draw_figure_table(flow: Flow, table: FigureTable, *, whole: bool = False, of_each: int = MOST_OF_EACH) -> None:
    """A table with its heading above and what it counts below.

    A list of people is cut unless the `whole` is asked; one in groups to so many `of_each`.
    """
    table = _without_empty_columns(table)
    if table.by and not whole and table.rows:
        _draw_groups(flow, table, of_each)
        return
    shown = table.rows[:_MOST_NAMED] if table.named and not whole else table.rows
    columns, cells = _laid_out(table, [*shown, *([table.last] if table.last else [])])
    tall = table_height(columns, cells)
    cut = (
        f": {text.format_number(len(table.rows))}, the first {len(shown)} here" if len(shown) < len(table.rows) else ""
    )
    flow.heading(table.title + cut, keep=tall + 26 if tall < _WHOLE else 90)
    if not cells:
        flow.y -= 8
        flow.words(table.empty, fill=PAPER.text2)
    else:
        flow.table(columns, cells)
    if not whole:
        _draw_words(flow, table, len(table.rows) - len(shown))


def _draw_groups(flow: Flow, table: FigureTable, of_each: int) -> None:
    """A list in groups: the first of each under its own name, the columns' heads once on a page."""
    place, left_out, begun = table.column(table.by), 0, False
    inner = replace(table, columns=_without(table.columns, place), rows=tuple(_without(r, place) for r in table.rows))
    groups = [
        (name, list(numbers))
        for name, numbers in groupby(range(len(table.rows)), key=lambda number: table.rows[number][place])
    ]
    # Only what is drawn is laid out: the lists of very many people are far longer.
    drawn = [number for _, mine in groups for number in mine[:of_each]]
    columns, laid = _laid_out(inner, [inner.rows[number] for number in drawn])
    cells = dict(zip(drawn, laid, strict=True))
    flow.heading(table.title, keep=110)
    for name, mine in groups:
        shown = mine[:of_each]
        left_out += len(mine) - len(shown)
        anew = flow.need(76) or not begun
        flow.y -= 16
        many = f"{name}: {text.format_number(len(mine))}{_of_people(table, mine)}"
        first = f", the first {len(shown)} here" if len(shown) < len(mine) else ""
        flow.sheet.text(LEFT, flow.y, many + first, font=SEMIBOLD)
        if not anew:
            flow.y -= 5
        flow.table(columns, [cells[number] for number in shown], head=anew)
        begun = True
    _draw_words(flow, table, left_out)


def _of_people(table: FigureTable, numbers: Sequence[int]) -> str:
    """Of how many people so many lines are, where somebody stands in more than one."""
    place = next((place for place, column in enumerate(table.columns) if column.title == REFERENCE), None)
    if place is None:
        return ""
    people = {table.rows[number][place] for number in numbers}
    return f", of {text.count(len(people), 'person', 'people')}" if len(people) < len(numbers) else ""


def _draw_words(flow: Flow, table: FigureTable, left_out: int) -> None:
    """What the table counts, and how many lines of it are not on paper."""
    flow.y -= 4
    if left_out:
        flow.words(f"{text.format_number(left_out)} more are in the workbook of this report.", size=CAPTION)
    words = f"{table.definition} {table.note}".strip()
    flow.need(len(wrapped("", words, CAPTION, ROOM)) * CAPTION * 1.3)
    flow.words(words, size=CAPTION, fill=PAPER.text2)


def _laid_out(table: FigureTable, rows: Sequence[Sequence[Value]]) -> tuple[list[Column], list[tuple[Cell, ...]]]:
    """The columns by what the lines need, and the lines' cells."""
    whole, cells = table.whole_pounds or _in_pounds(table.columns, rows), []
    for row in rows:
        told = [value_words(column, value, whole=whole) for column, value in zip(table.columns, row, strict=True)]
        cells.append(tuple(Cell("", lead=words) if row is table.last else Cell(words) for words in told))
    return _spaced(_columns(table, cells), cells)


def _in_pounds(columns: Sequence[TableColumn], rows: Sequence[Sequence[Value]]) -> bool:
    """Whether no money in a table has pence, so that none need be told."""
    money = [place for place, column in enumerate(columns) if column.kind == Kind.PENCE]
    values = [row[place] for row in rows for place in money]
    return not any(isinstance(value, int) and value % 100 for value in values)


def _without(values: tuple[T, ...], place: int) -> tuple[T, ...]:
    return values[:place] + values[place + 1 :]


def _spaced(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> tuple[list[Column], list[tuple[Cell, ...]]]:
    """The same with room between figures and the words that follow them."""
    after = [place for place, (one, next_) in enumerate(pairwise(columns)) if one.right and not next_.right]
    spaced, cells = [*columns], [[*row] for row in rows]
    for place in reversed(after):
        spaced[place + 1 :] = [Column("", _GAP), *spaced[place + 1 :]]
        for row in cells:
            row[place + 1 :] = [Cell(), *row[place + 1 :]]
    return spaced, [tuple(row) for row in cells]


def _without_empty_columns(table: FigureTable) -> FigureTable:
    """Without notes that are none, and numbers of which none is known, such as places where nobody counts them."""
    kept = [
        place
        for place, column in enumerate(table.columns)
        if column.kind not in (Kind.NOTE, Kind.NUMBER)
        or not table.rows
        or any(row[place] not in (None, "") for row in table.rows)
    ]
    if len(kept) == len(table.columns):
        return table
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    last = tuple(table.last[place] for place in kept) if table.last else ()
    return replace(table, columns=tuple(table.columns[place] for place in kept), rows=rows, last=last)


def value_words(column: TableColumn, value: Value, *, whole: bool = False) -> str:
    """A value as people read it; nothing where it is not known. `whole` pounds are told without pence."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return text.format_date(value)
    if column.kind == Kind.PENCE:
        return text.format_pence(int(value), whole=whole)
    if column.kind == Kind.POUNDS:
        return text.format_pence(100 * int(value), whole=True)
    if column.kind == Kind.PERCENT:
        return f"{value:.1f}%"
    if column.kind == Kind.LENGTH:
        return text.format_duration(int(value))
    return text.format_number(int(value))


def _columns(table: FigureTable, rows: Sequence[Sequence[Cell]]) -> list[Column]:
    """Figures take what they need; columns of words share the rest by how much they say."""
    needs, grows = [], []
    for place, column in enumerate(table.columns):
        cells = [row[place].words or row[place].lead for row in rows]
        widest = max([text_width(words, SEMIBOLD, BODY) for words in cells], default=0.0)
        head = text_width(column.title, SEMIBOLD, CAPTION)
        if column.kind in (Kind.WORDS, Kind.NOTE):
            typical = max([text_width(words, REGULAR, BODY) for words in cells], default=0.0)
            longest = max([_longest_word(words) for words in cells], default=0.0)
            needs.append(max(head, min(longest, _WORD_ROOM), min(46.0, typical)) + 10)
            grows.append(min(typical, 260.0) + 10)
        else:
            needs.append(max(widest, head) + 16)
            grows.append(0.0)
    gaps = sum(_right(one) and not _right(next_) for one, next_ in pairwise(table.columns))
    spare = ROOM - sum(needs) - gaps * _GAP
    whole = sum(grows) or 1.0
    widths = [need + max(0.0, spare) * grow / whole for need, grow in zip(needs, grows, strict=True)]
    if not any(grows):
        widths[0] += max(0.0, spare)
    return [
        Column(column.title, width, right=_right(column)) for column, width in zip(table.columns, widths, strict=True)
    ]


def _longest_word(words: str) -> float:
    return max((text_width(word, SEMIBOLD, BODY) for word in words.split()), default=0.0)


def _right(column: TableColumn) -> bool:
    return column.kind not in (Kind.WORDS, Kind.NOTE, Kind.DATE)
