"""Reading a spreadsheet as a list of people: which sheet, which row holds the headings, and the rows below it.

Nothing is understood here beyond headings; cells are handed on as they stand. On the command line nothing can be asked,
so what cannot be told with confidence raises `Unsure`, which names the option that settles it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mhtracker.domain.errors import NotFound, Refused, Unavailable
from mhtracker.operations.importing.header_rows import Unsure as Unsure
from mhtracker.operations.importing.header_rows import find_headings
from mhtracker.operations.importing.headings import hear, squash
from mhtracker.operations.importing.text_tables import TextTable, has_mojibake, read_text_table
from mhtracker.operations.importing.workbooks import MOST_BYTES, Cell, FileKind, Grid, Workbook, kind_of

_PEOPLE = frozenset({"name", "surname", "given_names"})
_PERSONAL = _PEOPLE | {"born_on", "nhs_number", "local_id", "ref"}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row below the headings; `number` is the sheet's own, `cells` as wide as the headings."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a person should know of a sheet; `row` and `column` where it concerns one."""

    row: int | None
    column: str | None
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet read. `header_row` is the (last) row of headings; `headings` are as written, joined over two rows.

    `name` is None for a text file, `encoding` and `separator` for a workbook. `faults` maps (row number, column index)
    to what the cell shows and why it cannot be taken; `ragged` maps a row number to why its cells do not fit the
    headings.
    """

    file: str
    name: str | None
    header_row: int
    headings: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    sha256: str
    encoding: str | None = None
    separator: str | None = None
    date_1904: bool = False
    faults: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    ragged: dict[int, str] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    sheet_names: tuple[str, ...] = ()


def read_sheet(
    path: Path,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    encoding: str | None = None,
    separator: str | None = None,
) -> Sheet:
    """Read a spreadsheet file as a list of people. `encoding` and `separator` are a text file's.

    Raises NotFound, Unavailable or Refused when it cannot be read, and Unsure when it can be read in several ways.
    """
    data = _bytes_of(path)
    sha256 = hashlib.sha256(data)
    if kind_of(data[:4096]) is FileKind.TEXT:
        if sheet is not None:
            raise Refused("A text file has only one sheet. Leave out --sheet.")
        return _from_text(path.name, read_text_table(data, encoding, separator), header_row, sha256.hexdigest())
    if encoding is not None:
        raise Refused("A workbook says its own encoding. Leave out --encoding.")
    book = Workbook(data)
    grid = _named(book, sheet) if sheet is not None else _chosen(book, header_row)
    sha256.update(grid.name.encode())
    return _from_grid(path.name, book, grid, header_row, sha256.hexdigest())


def first_rows(
    path: Path,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    separator: str | None = None,
    count: int = 20,
) -> list[list[Cell]]:
    """The first rows as they stand, for choosing the row of headings by eye."""
    data = _bytes_of(path)
    if kind_of(data[:4096]) is FileKind.TEXT:
        return read_text_table(data, encoding, separator).rows[:count]
    book = Workbook(data)
    return book.grid(sheet or next(iter(book.visible), "")).rows[:count]


def _bytes_of(path: Path) -> bytes:
    if path.is_dir():  # said before it is opened: Windows would speak of rights
        raise Refused(f"“{path.name}” is a folder, not a spreadsheet.")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused("This file is larger than 50 MB. A list of people is far smaller: is it the right file?")
        return path.read_bytes()
    except FileNotFoundError:
        raise NotFound(f"There is no file “{path.name}”.") from None
    except OSError as error:
        raise Unavailable(f"“{path.name}” cannot be read: {error.strerror or 'the disk did not answer'}.") from None


def _named(book: Workbook, name: str) -> Grid:
    names = (*book.visible, *book.hidden)
    found = next((each for each in names if each == name), None)
    found = found or next((each for each in names if each.strip().casefold() == name.strip().casefold()), None)
    if found is None:
        raise Unsure(f"There is no sheet “{name}”. There are: {_listed(names)}.", "--sheet", names)
    return book.grid(found)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _chosen(book: Workbook, header_row: int | None) -> Grid:
    """The sheet that looks like a list of people."""
    grids = [grid for grid in (book.grid(name) for name in book.visible) if _filled(grid.rows)]
    if not grids:
        raise Refused("This workbook has no rows to import: every sheet is empty.")
    if len(grids) == 1:
        return grids[0]
    scored = [(_likeness(grid, header_row), grid) for grid in grids]
    scored = [(score, grid) for score, grid in scored if score > 0]
    best = max((score for score, _ in scored), default=0.0)
    likely = [grid for score, grid in scored if score > best / 2]
    if len(likely) == 1:
        return likely[0]
    names = [grid.name for grid in likely or grids]
    which = "holds the list of people" if not likely else "to import, since each looks like a list of people"
    raise Unsure(f"Say with --sheet which sheet {which}: {_listed(names)}.", "--sheet", names)


def _likeness(grid: Grid, header_row: int | None) -> float:
    """How much a sheet looks like a list of people: the fields its headings name, personal ones twice."""
    try:
        last, headings = find_headings(grid.rows, header_row, grid.merged)
    except Refused:
        return 0.0
    if not _filled(grid.rows[last:]):
        return 0.0
    fields = {hear(heading).fields[0] for heading in headings if hear(heading).fields}
    if not fields & _PEOPLE and len(fields & _PERSONAL) < 2:
        return 0.0
    return len(fields) + len(fields & _PERSONAL)


def _filled(rows: Sequence[Sequence[Cell]]) -> bool:
    return any(cell != "" for row in rows for cell in row)


def _from_text(file: str, table: TextTable, header_row: int | None, sha256: str) -> Sheet:
    if not _filled(table.rows):
        raise Refused("This file has no rows to import: it is empty.")
    last, headings = find_headings(table.rows, header_row)
    headings = _trimmed_headings(headings, table.rows[last:])
    ragged = _ragged(table.rows, last, len(headings))
    remarks = []
    if not table.sure:
        words = f"The file was read as {table.encoding}. Check letters with accents; --encoding names another."
        remarks.append(Remark(None, None, table.encoding, words))
    if table.nothing:
        words = f"{table.nothing} characters that stand for nothing (NUL) were taken out. Is the file whole?"
        remarks.append(Remark(None, None, "", words))
    return _sheet(
        file,
        None,
        table.rows,
        last,
        headings,
        sha256,
        remarks,
        {},
        ragged,
        encoding=table.encoding,
        separator=table.separator,
    )


def _ragged(rows: Sequence[Sequence[Cell]], last: int, width: int) -> dict[int, str]:
    """Rows with more or fewer fields than headings. Where nearly all are shorter, the file leaves out blank ends."""
    filled = [(number, row) for number, row in enumerate(rows[last:], last + 1) if any(cell != "" for cell in row)]
    short = sum(len(row) < width for _, row in filled)
    lenient = len(filled) >= 5 and short > len(filled) * 0.8
    found: dict[int, str] = {}
    for number, row in filled:
        more = len(row) > width and any(cell != "" for cell in row[width:])
        if more or (len(row) < width and not lenient):
            fields = f"This row has {len(row)} fields and there are {width} headings"
            found[number] = f"{fields}, so its columns may be shifted."
    return found


def _from_grid(file: str, book: Workbook, grid: Grid, header_row: int | None, sha256: str) -> Sheet:
    if not _filled(grid.rows):
        raise Refused(f"The sheet “{grid.name}” has no rows to import: it is empty.")
    last, headings = find_headings(grid.rows, header_row, grid.merged)
    headings = _trimmed_headings(headings, grid.rows[last:])
    remarks = [
        Remark(None, None, name, f"The sheet “{name}” is hidden and was not read.")
        for name in book.hidden
        if name != grid.name
    ]
    if grid.name in book.hidden:
        remarks = [Remark(None, None, grid.name, f"The sheet “{grid.name}” is hidden.")]
    hidden = [row for row in grid.hidden_rows if row > last]
    if hidden:
        shown = ", ".join(map(str, hidden[:8])) + (" …" if len(hidden) > 8 else "")
        words = f"{len(hidden)} rows are hidden or filtered out ({shown}). They are read like the others."
        remarks.append(
            Remark(
                hidden[0],
                None,
                "",
                words if len(hidden) > 1 else f"Row {hidden[0]} is hidden, and read like the others.",
            )
        )
    if grid.stray:
        remarks.append(Remark(None, None, "", grid.stray))
    if book.unread_errors:
        words = "Some formulas in this workbook end in errors. They are read as empty: check them in the sheet."
        remarks.append(Remark(None, None, "", words))
    return _sheet(
        file, grid.name, grid.rows, last, headings, sha256, remarks, grid.faults, {},
        date_1904=book.date_1904, sheet_names=(*book.visible, *book.hidden),
    )  # fmt: skip


def _trimmed_headings(headings: list[str], rows: Sequence[Sequence[Cell]]) -> list[str]:
    """The headings without blank columns at the end; a column with cells and no heading gets its letter."""
    used = Counter(column for row in rows for column, cell in enumerate(row) if cell != "")
    width = max((column + 1 for column, heading in enumerate(headings) if heading), default=0)
    width = max(
        width, max((column + 1 for column, count in used.items() if count > 1 and column < len(headings)), default=0)
    )
    return [headings[column] or (f"Column {_letter(column)}" if used[column] else "") for column in range(width)]


def _letter(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(65 + place) + letters
    return letters


def _sheet(
    file: str,
    name: str | None,
    rows: Sequence[Sequence[Cell]],
    last: int,
    headings: list[str],
    sha256: str,
    remarks: list[Remark],
    faults: dict[tuple[int, int], tuple[str, str]],
    ragged: dict[int, str],
    *,
    encoding: str | None = None,
    separator: str | None = None,
    date_1904: bool = False,
    sheet_names: tuple[str, ...] = (),
) -> Sheet:
    _check_headings(headings)
    width = len(headings)
    keys = [squash(heading) for heading in headings]
    blank = ("",) * width
    first = next(place for place, heading in enumerate(headings) if heading)
    again = headings[first].casefold()
    kept: list[SheetRow] = []
    for number, row in enumerate(rows[last:], last + 1):
        cells = tuple(row[:width]) if len(row) >= width else (*row, *blank[len(row) :])
        if cells == blank and not any((number, column) in faults for column in range(width)):
            if number not in ragged:
                continue
        elif str(cells[first]).strip().casefold() == again and _repeats(cells, keys):
            remarks.append(Remark(number, None, "", "The headings again: left out."))
            continue
        kept.append(SheetRow(number, cells))
    if not kept:
        raise Refused("There are headings and no rows below them: nothing to import.")
    remarks.extend(_mojibake(kept, headings))
    return Sheet(
        file, name, last, tuple(headings), tuple(kept), sha256, encoding, separator, date_1904, faults, ragged,
        tuple(remarks), sheet_names,
    )  # fmt: skip


def _repeats(cells: Sequence[Cell], keys: Sequence[str]) -> bool:
    written = [(squash(cell), key) for cell, key in zip(cells, keys, strict=True) if isinstance(cell, str) and key]
    return len(written) > 1 and sum(one == key for one, key in written) >= 0.7 * len([key for key in keys if key])


def _check_headings(headings: Sequence[str]) -> None:
    seen: dict[str, int] = {}
    for column, heading in enumerate(headings):
        key = " ".join(heading.casefold().split())
        if key and key in seen:
            words = (
                f"Two columns are headed “{heading}” ({_letter(seen[key])} and {_letter(column)}). Rename one of them."
            )
            raise Refused(words)
        seen[key] = column


def _mojibake(rows: Sequence[SheetRow], headings: Sequence[str]) -> list[Remark]:
    found: list[Remark] = []
    for row in rows:
        for column, cell in enumerate(row.cells):
            if isinstance(cell, str) and not cell.isascii() and has_mojibake(cell):
                words = "Letters look garbled here, as when a file is saved in one encoding and read in another."
                found.append(Remark(row.number, headings[column], cell, words))
                if len(found) == 20:
                    return found
    return found
