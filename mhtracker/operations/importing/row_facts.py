"""From a sheet's cells to the facts each row states: every column read once, with what was decided for single cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from mhtracker.domain.dates import ParsedDate
from mhtracker.domain.names import fold, split_name
from mhtracker.domain.records import DatePrecision, Provider, Service, Team, Worker
from mhtracker.operations.importing import cells
from mhtracker.operations.importing.cells import Reader, Reading, shown
from mhtracker.operations.importing.headings import OUR_FIELDS, Kind
from mhtracker.operations.importing.mends import LEAVE_OUT, Decision, Mend, MendKind
from mhtracker.operations.importing.sheets import Remark, Sheet, SheetRow
from mhtracker.operations.importing.word_books import Places, Words, place_key, places_of
from mhtracker.operations.importing.workbooks import Cell
from mhtracker.store import Store

STEP = 500
_TOTALS = re.compile(
    r"(grand |sub ?|overall )?totals?\b.*|sum|count|average|mean|median|number of .*|no of .*|n \d+|end( of .*)?"
)
_PLACES: dict[str, tuple[type[Any], str]] = {
    "service": (Service, "service"),
    "provider": (Provider, "provider"),
    "worker": (Worker, "worker"),
    "team": (Team, "team"),
}


class Progress(Protocol):
    """What long work tells as it goes; `step` raises Cancelled when the person stops it."""

    def step(self, done: int, total: int, words: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be taken: at which column (their heading), with which value, and what would mend it."""

    column: str
    value: str
    reason: str
    mends: tuple[Mend, ...] = ()


@dataclass(slots=True)
class RowFacts:
    """What one row states. Places and workers are record ids; None and "" stand for nothing said."""

    number: int
    place: int
    surname: str = ""
    given_names: str = ""
    known_as: str | None = None
    born_on: date | None = None
    born_precision: DatePrecision = DatePrecision.DAY
    nhs_number: str | None = None
    local_id: str | None = None
    ref: str | None = None
    gender: str | None = None
    ethnicity: str | None = None
    primary_support: str | None = None
    locality: str | None = None
    worker: str | None = None
    team: str | None = None
    care_coordinator: str | None = None
    s117: str | None = None
    s117_from: date | None = None
    accommodation: str | None = None
    employment: str | None = None
    left_on: date | None = None
    left_reason: str | None = None
    died_on: date | None = None
    stage: str | None = None
    service: str | None = None
    provider: str | None = None
    address: str | None = None
    started_on: date | None = None
    ended_on: date | None = None
    end_reason: str | None = None
    destination: str | None = None
    planned: bool | None = None
    weekly_cost: int | None = None
    weekly_charge: int | None = None
    last_reviewed_on: date | None = None
    review_due_on: date | None = None
    review_booked_on: date | None = None
    target_original_on: date | None = None
    target_on: date | None = None
    aim_stage: str | None = None
    aim: str | None = None
    notes: str | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def has_stay(self) -> bool:
        """Whether the row says anything of a placement beyond its cost."""
        return bool(self.stage or self.service or self.started_on or self.ended_on)


@dataclass(slots=True)
class Table:
    """A sheet as facts. `headings` maps our field to their heading; `skipped` rows are no people.

    `sheet_total` is the sheet's own total of the weekly cost, in pence, where it states one. `month_first` says that
    its dates typed as text seem to be so.
    """

    sheet: Sheet
    headings: dict[str, str]
    words: Words
    places: dict[str, Places]
    rows: list[RowFacts] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    skipped: list[Remark] = field(default_factory=list)
    sheet_total: int | None = None
    month_first: bool = False

    def heading(self, *names: str) -> str:
        """Their heading of the first of our fields that the sheet has; "" when it has none."""
        return next((self.headings[name] for name in names if name in self.headings), "")


def read_table(
    store: Store,
    sheet: Sheet,
    headings: dict[str, str],
    words: Words,
    decisions: Sequence[Decision],
    today: date,
    progress: Progress | None = None,
) -> Table:
    """Read every mapped column of a sheet. `headings` maps our field to their heading."""
    table = Table(sheet, headings, words, {})
    places_at = {heading: place for place, heading in enumerate(sheet.headings)}
    columns = {name: places_at[heading] for name, heading in headings.items()}
    typed = _typed_cells(decisions)
    section_stage = _sort_rows(table, columns)
    by_number = {facts.number: facts for facts in table.rows}
    _learn(table, columns, decisions)
    dates = [place for name, place in columns.items() if OUR_FIELDS[name].kind in (Kind.DATE, Kind.BIRTH)]
    texts = ([cell for row in sheet.rows if isinstance(cell := row.cells[place], str)] for place in dates)
    table.month_first = any(map(cells.looks_month_first, texts))
    for done, (name, place) in enumerate(columns.items()):
        if progress is not None:
            progress.step(done, len(columns), "Reading the sheet")
        _read_column(table, store, name, place, typed, decisions, today)
    for number, stage in section_stage.items():
        if by_number[number].stage is None:
            by_number[number].stage = stage
    _apply_swaps(by_number, decisions)
    for number, reason in sheet.ragged.items():
        if number in by_number:
            cells_of = " · ".join(shown(cell) for cell in sheet.rows[by_number[number].place].cells if cell != "")
            by_number[number].problems.insert(0, Problem(sheet.headings[-1], cells_of[:200], reason, (LEAVE_OUT,)))
    return table


def _typed_cells(decisions: Sequence[Decision]) -> dict[tuple[int, str], str]:
    """What takes the place of a cell, by row and heading."""
    return {
        (decision.row, decision.column): decision.value
        for decision in decisions
        if decision.column is not None and decision.kind in (MendKind.TYPE, MendKind.USE, MendKind.BLANK, MendKind.NEW)
    }


def _learn(table: Table, columns: Mapping[str, int], decisions: Sequence[Decision]) -> None:
    """Words that were mapped by hand hold for every row that has them."""
    by_number = {row.number: row for row in table.sheet.rows}
    field_of = {heading: name for name, heading in table.headings.items()}
    for decision in decisions:
        name = field_of.get(decision.column or "", "")
        row = by_number.get(decision.row)
        if decision.kind is not MendKind.USE or row is None or name not in columns:
            continue
        our = OUR_FIELDS[name]
        word = shown(row.cells[columns[name]])
        if our.kind is Kind.STAGE:
            table.words.learn("stage", word, decision.value)
        elif our.kind is Kind.CODE:
            table.words.learn(our.code_list, word, decision.value)
        elif our.kind is Kind.PLACE:
            table.words.learn(name, word, decision.value)


def _sort_rows(table: Table, columns: Mapping[str, int]) -> dict[int, str]:
    """Tell people from totals, footnotes and section titles. Returns the stage that a section gives a row."""
    stage: str | None = None
    stages: dict[int, str] = {}
    name_places = [columns[name] for name in ("name", "surname", "given_names") if name in columns]
    sure_places = [columns[name] for name in ("born_on", "nhs_number", "local_id", "ref") if name in columns]
    for place, row in enumerate(table.sheet.rows):
        row_cells = row.cells
        if not any(row_cells[n] != "" for n in sure_places):
            filled = [
                n for n, cell in enumerate(row_cells) if cell != "" and not (isinstance(cell, str) and cell.isspace())
            ]
            words = _why_skipped(table, row, filled, name_places, len(columns))
            first = row_cells[filled[0]] if filled else ""
            section = table.words.stage_of(first) if words and isinstance(first, str) and len(filled) == 1 else None
            if words is not None:
                if section is not None and "stage" not in columns:
                    stage, words = section, "A section: taken as the stage of the rows below it."
                table.skipped.append(Remark(row.number, None, shown(first), words))
                _note_total(table, row, columns)
                continue
        table.rows.append(RowFacts(row.number, place))
        if stage is not None:
            stages[row.number] = stage
    return stages


def _may_be_total(row: SheetRow, filled: Sequence[int], name_places: Sequence[int]) -> bool:
    first, rest = row.cells[filled[0]], [row.cells[n] for n in filled[1:]]
    if any(isinstance(cell, date) for cell in rest):
        return False
    if isinstance(first, str) and "," not in first and _TOTALS.fullmatch(fold(first)):
        return sum(isinstance(cell, str) for cell in rest) <= 2
    named = any(isinstance(row.cells[n], str) and row.cells[n] for n in name_places)
    return not named and all(isinstance(cell, (int, float)) for cell in (first, *rest))


def _why_skipped(
    table: Table, row: SheetRow, filled: Sequence[int], name_places: Sequence[int], mapped: int
) -> str | None:
    """Words on why a row is no person; None when it may be one."""
    if any((row.number, place) in table.sheet.faults for place in name_places):
        return None
    if not filled:
        return "An empty row: left out."
    first = row.cells[filled[0]]
    if _may_be_total(row, filled, name_places):
        return "A total, not a person: left out."
    if not isinstance(first, str) or len(filled) > 1:
        return None
    text = first.strip()
    if table.words.stage_of(text) is not None or any(place_key(text) in p.known for p in table.places.values()):
        return "A section title, not a person: left out."
    if filled[0] not in name_places:
        return "A line of text, not a person: left out."
    if mapped > 2 and (
        len(text) > 60 or re.search(r"[=:*;]|\d|\.\s|\b(team|caseload|people|section|note|key)\b", text, re.I)
    ):
        return "A line of text, not a person: left out."
    return None


def _note_total(table: Table, row: SheetRow, columns: Mapping[str, int]) -> None:
    if "weekly_cost" not in columns:
        return
    cell = row.cells[columns["weekly_cost"]]
    reading = cells.read_money(cell) if cell != "" else None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        table.sheet_total = round(cell * 100)
    elif reading is not None and reading.value:
        table.sheet_total = reading.value


def _reader(table: Table, store: Store, name: str, column: Sequence[Cell], today: date) -> Reader:
    our = OUR_FIELDS[name]
    match our.kind:
        case Kind.NAME:
            return cells.read_name
        case Kind.DATE | Kind.BIRTH:
            texts = [cell for cell in column if isinstance(cell, str)]
            unsure = table.month_first and not cells.is_day_first(texts)
            return cells.date_reader(
                today,
                birth=our.kind is Kind.BIRTH,
                end=name == "ended_on",
                from_1904=table.sheet.date_1904,
                unsure=unsure,
                doubted=cells.holds_month_first(texts),
            )
        case Kind.NHS:
            return cells.read_nhs_number
        case Kind.LOCAL_ID:
            return cells.read_local_id
        case Kind.MONEY:
            return cells.read_money
        case Kind.STAGE:
            return table.words.read_stage
        case Kind.CODE:
            return table.words.code_reader(our.code_list)
        case Kind.S117:
            return cells.read_s117
        case Kind.PLANNED:
            return cells.read_planned
        case Kind.PLACE:
            record_type, noun = _PLACES[name]
            known = store.find(record_type)
            table.places[name] = places_of(record_type, noun, name, known, table.words, column)
            return table.places[name].read
        case Kind.TEXT:
            return cells.read_text


def _read_column(
    table: Table,
    store: Store,
    name: str,
    place: int,
    typed: Mapping[tuple[int, str], str],
    decisions: Sequence[Decision],
    today: date,
) -> None:
    """Read one column into the facts. Equal cells are read once."""
    heading = table.headings[name]
    rows = table.sheet.rows
    put = _PUTTERS.get(name)
    here = {row: value for (row, column), value in typed.items() if column == heading}
    faults = {row: fault for (row, column), fault in table.sheet.faults.items() if column == place}
    read = _reader(table, store, name, [rows[facts.place].cells[place] for facts in table.rows], today)
    if name in table.places:
        wished = (d.value for d in decisions if d.kind is MendKind.NEW and d.column == heading)
        table.places[name].wished |= {place_key(value) for value in wished}
    memo: dict[Any, Reading] = {}
    first_row = table.places[name].first_row if name in table.places else None
    for facts in table.rows:
        cell = rows[facts.place].cells[place]
        if here or faults:
            if facts.number in here:
                cell = here[facts.number]
                if first_row is not None and _known_id(table.places[name], cell):
                    setattr(facts, name, cell)
                    continue
            elif facts.number in faults:
                value, reason = faults[facts.number]
                facts.problems.append(Problem(heading, value, reason, cells.type_or_blank("Type it", heading)))
                continue
        if cell == "":
            continue
        key = cell if cell.__class__ is str else (cell.__class__, cell)
        reading = memo.get(key)
        if reading is None:
            reading = memo[key] = read(cell)
            if first_row is not None and reading.value is not None:
                first_row.setdefault(reading.value, facts.number)
        if reading.value is not None:
            if put is None:
                setattr(facts, name, reading.value)
            else:
                put(facts, reading.value)
        elif reading.problem:
            mends = tuple(Mend(mend.kind, mend.label, heading, mend.value) for mend in reading.mends)
            facts.problems.append(Problem(heading, shown(cell), reading.problem, mends))
        if reading.note:
            table.warnings.append(Remark(facts.number, heading, shown(cell), reading.note))


def _known_id(places: Places, value: Cell) -> bool:
    return any(place.id == value for place in (*places.known.values(), *places.made.values()))


def _put_name(facts: RowFacts, value: str) -> None:
    facts.surname, facts.given_names = split_name(value)


def _put_birth(facts: RowFacts, value: ParsedDate) -> None:
    facts.born_on, facts.born_precision = value.value, value.precision


_PUTTERS: dict[str, Callable[[RowFacts, Any], None]] = {"name": _put_name, "born_on": _put_birth}


def _apply_swaps(by_number: Mapping[int, RowFacts], decisions: Sequence[Decision]) -> None:
    for decision in decisions:
        facts = by_number.get(decision.row)
        if decision.kind is MendKind.SWAP and facts is not None:
            facts.started_on, facts.ended_on = facts.ended_on, facts.started_on


def stages_of_services(rows: Sequence[RowFacts]) -> dict[str, Counter[str]]:
    """How often each service stands beside each stage."""
    found: dict[str, Counter[str]] = {}
    for facts in rows:
        if facts.service and facts.stage:
            found.setdefault(facts.service, Counter())[facts.stage] += 1
    return found
