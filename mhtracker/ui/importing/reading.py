"""What the import page asks of the engine, away from the window's thread. No widget is touched here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import NotFound, Refused, UserError
from mhtracker.domain.records import Person, Placement, Service
from mhtracker.operations.importing.cells import shown
from mhtracker.operations.importing.columns import ColumnMatch, match_columns, sample_of
from mhtracker.operations.importing.mends import Decision, MendKind
from mhtracker.operations.importing.rehearsal import Outcome, Rehearsal, RowResult, rehearse
from mhtracker.operations.importing.row_facts import Progress, RowFacts
from mhtracker.operations.importing.sheets import Sheet, Unsure, first_rows, read_sheet
from mhtracker.operations.importing.word_books import Words
from mhtracker.store import Store
from mhtracker.text import format_nhs, name_in_order
from mhtracker.ui.importing.heavy import giving_way
from mhtracker.ui.importing.keeping import kept_match
from mhtracker.ui.importing.questions import Question, questions_of

FIRST_ROWS = 60
COMPARED = 200
SHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt")
_OPTIONS = {
    "--sheet": "Choose the sheet below.",
    "--header-row": "Choose the row of headings below.",
    "--encoding": "If letters look wrong, choose another encoding.",
    "--mapping": "Choose it in the list of columns.",
}


@dataclass(frozen=True, slots=True)
class HowToRead:
    """A file, and what was said about reading it; None leaves it to be recognised."""

    path: Path
    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    separator: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as read. Where `sheet` is None, `question` says what has to be chosen first: `asks` "sheet" or "row".

    `first` are the file's first rows as they stand, `names` its sheets.
    """

    how: HowToRead
    sheet: Sheet | None
    first: tuple[tuple[str, ...], ...]
    names: tuple[str, ...] = ()
    question: str = ""
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Matched:
    """The columns recognised, examples of each, and whether a match saved earlier for these headings was used."""

    matches: tuple[ColumnMatch, ...]
    samples: Mapping[str, Sequence[str]]
    saved: bool = False


@dataclass(frozen=True, slots=True)
class Likeness:
    """Someone a row may be about: `lines` are (what, in the sheet, there)."""

    title: str
    lines: tuple[tuple[str, str, str], ...]


@dataclass(slots=True)
class Rehearsed:
    """A rehearsal with what the page shows of it: the questions, and who the rows may be about by their sign."""

    rehearsal: Rehearsal
    questions: tuple[Question, ...]
    likenesses: Mapping[tuple[int, str], Likeness]
    by_outcome: Mapping[Outcome | None, Sequence[RowResult]]
    remarks_at: Mapping[tuple[int, str], str]


def in_window(words: str) -> str:
    """An engine's words with what it says of command-line options said of the page."""
    kept, said = [], ""
    for sentence in re.split(r"(?<=[.?!]) ", words):
        option = next((name for name in _OPTIONS if name in sentence), "")
        if not option:
            kept.append(sentence)
            continue
        said = _OPTIONS[option]
        before, semicolon, _ = sentence.partition(";")
        if semicolon:
            kept.append(f"{before}.")
    return " ".join([*kept, *([said] if said else [])])


def open_file(how: HowToRead, progress: Progress | None = None) -> Opened:
    """Read a file as `how` says. Raises UserError, in words for the page, when it cannot be read at all."""
    try:
        try:
            sheet = read_sheet(
                how.path, sheet=how.sheet, header_row=how.header_row, encoding=how.encoding, separator=how.separator
            )
        except Unsure as unsure:
            return _unsure(how, unsure)
        return Opened(how, sheet, _first(how, sheet.name), sheet.sheet_names)
    except (Refused, NotFound) as error:
        raise type(error)(in_window(str(error))) from None


def _unsure(how: HowToRead, unsure: Unsure) -> Opened:
    asks = "sheet" if unsure.option == "--sheet" else "row"
    words = in_window(str(unsure))
    if asks == "sheet":
        return Opened(how, None, (), unsure.choices, words, asks)
    return Opened(how, None, _first(how, how.sheet), (), words, asks)


def _first(how: HowToRead, sheet: str | None) -> tuple[tuple[str, ...], ...]:
    rows = first_rows(how.path, sheet=sheet, encoding=how.encoding, separator=how.separator, count=FIRST_ROWS)
    return tuple(tuple(shown(cell)[:200] for cell in row) for row in rows)


def recent_sheets(folder: Path, progress: Progress | None = None, most: int = 5) -> list[Path]:
    """The spreadsheets of a folder, newest first; none when it cannot be read."""
    try:
        found = [
            (each.stat().st_mtime, each)
            for each in folder.iterdir()
            if each.suffix.lower() in SHEETS and each.is_file() and not each.name.startswith(("~", "."))
        ]
    except OSError:
        return []
    return [each for _, each in sorted(found, reverse=True)[:most]]


def match_sheet(store: Store, sheet: Sheet, mapping: Mapping[str, str | None] | None) -> Matched:
    """What each column holds. With no mapping of one's own, one saved for these headings is taken."""
    saved = None
    if not mapping:
        saved = kept_match(store, sheet.headings)
    known = [service.name for service in store.find(Service)]
    given = mapping or saved or {}
    matches = match_columns(sheet, Words(store), store.today, given, known, names_needed=False)
    if saved:
        matches = tuple(
            replace(match, reason="saved earlier" if match.reason == "chosen" else match.reason) for match in matches
        )
    samples = {heading: sample_of(sheet, heading, 3) for heading in sheet.headings if heading}
    return Matched(matches, samples, bool(saved))


def rehearse_file(
    store: Store,
    sheet: Sheet,
    mapping: Mapping[str, str | None],
    decisions: Sequence[Decision],
    recognised: Sequence[ColumnMatch] = (),
    progress: Progress | None = None,
) -> Rehearsed:
    """Rehearse, and sort what came of it for the page. Raises Cancelled.

    The page settles every column; one that is as it was `recognised` keeps the reason why.
    """
    with giving_way():
        try:
            found = rehearse(store, sheet, mapping=mapping, decisions=decisions, progress=progress)
        except Refused as error:
            raise Refused(in_window(str(error))) from None
        known = {(match.heading, match.field_name): match for match in recognised}
        found.matches = tuple(known.get((match.heading, match.field_name), match) for match in found.matches)
        return sorted_out(store, found)


def sorted_out(store: Store, found: Rehearsal) -> Rehearsed:
    """What the page shows of a rehearsal."""
    by_outcome: dict[Outcome | None, list[RowResult]] = {outcome: [] for outcome in Outcome}
    for row in found.rows:
        by_outcome[row.outcome].append(row)
    questions = questions_of(found)
    remarks: dict[tuple[int, str], str] = {}
    for remark in (*found.table.warnings, *found.warnings):
        if remark.row is not None:
            key = remark.row, remark.column or ""
            words = in_window(remark.reason)
            if words not in remarks.get(key, ""):
                remarks[key] = " ".join(filter(None, (remarks.get(key, ""), words)))
    return Rehearsed(found, questions, _likenesses(store, found, questions), {**by_outcome, None: found.rows}, remarks)


def _likenesses(store: Store, found: Rehearsal, questions: Sequence[Question]) -> dict[tuple[int, str], Likeness]:
    """Whoever the rows in question may be about, side by side with the row."""
    told: dict[tuple[int, str], Likeness] = {}
    results = {row.number: row for row in found.rows}
    for question in questions:
        for mend in (mend for problem in question.problems for mend in problem.mends):
            if mend.kind is not MendKind.SAME_PERSON or len(told) >= COMPARED:
                continue
            here = question.rows[0].facts
            if mend.value.startswith("row:"):
                other = results.get(int(mend.value.removeprefix("row:")))
                if other is not None:
                    there = _facts_lines(other.facts, found)
                    told[here.number, mend.value] = _beside(f"Row {other.number}", _facts_lines(here, found), there)
            else:
                told[here.number, mend.value] = _with_register(store, here, found, mend.value)
    return told


def _with_register(store: Store, here: RowFacts, found: Rehearsal, person_id: str) -> Likeness:
    try:
        person = store.get(Person, person_id)
    except UserError:
        return Likeness("In the register", ())
    lasting = store.find(Placement, person_id=person_id, ended_on=None)
    current = max(lasting, key=lambda placement: placement.started_on, default=None)
    there = (
        name_in_order(person.surname, person.given_names),
        write_date(person.born_on) if person.born_on else "",
        format_nhs(person.nhs_number) if person.nhs_number else "",
        person.local_id or "",
        found.names.get(current.service_id or "", "") if current is not None else "",
    )
    return _beside(person.ref, _facts_lines(here, found), there)


def _facts_lines(facts: RowFacts, found: Rehearsal) -> tuple[str, ...]:
    return (
        name_in_order(facts.surname, facts.given_names),
        write_date(facts.born_on) if facts.born_on else "",
        format_nhs(facts.nhs_number) if facts.nhs_number else "",
        facts.local_id or "",
        found.names.get(facts.service or "", ""),
    )


def _beside(title: str, here: Sequence[str], there: Sequence[str]) -> Likeness:
    what = ("Name", "Born", "NHS", "Local id", "Service")
    lines = zip(what, here, there, strict=True)
    return Likeness(title, tuple(line for line in lines if line[1] or line[2]))


def stated(facts: RowFacts, field_name: str) -> Any:
    """What a row states for one of our fields, as read; None for nothing."""
    return getattr(facts, field_name, None)
