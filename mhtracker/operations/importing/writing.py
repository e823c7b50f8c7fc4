"""Writing a rehearsed import: one operation, all of it or nothing, undone in one step."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from mhtracker.domain.records import (
    Changes,
    ImportedFile,
    ImportWord,
    Note,
    Person,
    Placement,
    PutAside,
    Record,
    Review,
    new_id,
)
from mhtracker.operations.coordinators import follow_name
from mhtracker.operations.importing.cells import shown
from mhtracker.operations.importing.rehearsal import Outcome, Rehearsal, RowResult, rehearse
from mhtracker.operations.importing.rooms import take_places
from mhtracker.operations.importing.row_facts import Problem, Progress
from mhtracker.operations.money.stay_costs import follow_arrivals, follow_case, follow_stay
from mhtracker.store import Store, Work
from mhtracker.store.bulk import in_bulk
from mhtracker.store.queries.refs import next_refs

CHUNK = 5_000
"""So many records are written between two chances to stop."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import wrote. `operation_id` is None when there was nothing to write; it is what undo takes."""

    operation_id: str | None
    people_added: int
    people_updated: int
    people_unchanged: int
    placements_added: int
    reviews_added: int
    put_aside: int
    rehearsal: Rehearsal


def import_rows(store: Store, rehearsal: Rehearsal, progress: Progress | None = None) -> ImportResult:
    """Write what was rehearsed. Undoable as one. Raises Cancelled, and then nothing was written.

    When somebody recorded something since the rehearsal, it is rehearsed again first, with the same decisions.
    """
    if store.last_seq() != rehearsal.seq:
        rehearsal = rehearse(
            store,
            rehearsal.sheet,
            mapping=rehearsal.given_mapping,
            decisions=rehearsal.decisions,
            today=rehearsal.today,
            progress=progress,
        )
    kept, settled = _rows_put_aside(store, rehearsal)
    if rehearsal.imported_before is None:
        sheet = rehearsal.sheet
        rows = len(rehearsal.rows) - len(rehearsal.put_aside)
        kept.append(ImportedFile(new_id(), sheet.file, sheet.name or "", sheet.sha256, rehearsal.today, rows))
    return write_rehearsed(store, rehearsal, f"Import {rehearsal.sheet.file}", kept, settled, progress)


def write_rehearsed(
    store: Store,
    rehearsal: Rehearsal,
    label: str,
    also_added: Sequence[Record] = (),
    also_changed: Sequence[Record] = (),
    progress: Progress | None = None,
) -> ImportResult:
    """Write a rehearsal and what goes with it as one operation; none at all when there is nothing to write."""
    added = _as_written(store, rehearsal.new_records())
    changed = rehearsal.changed_records()
    words_new, words_changed = _words(store, rehearsal)
    all_added = [*added, *words_new, *also_added]
    all_changed = [*changed, *words_changed, *also_changed]
    done: list[Changes] = []
    if all_added or all_changed:
        store.listeners.append(done.append)
        try:
            with in_bulk(store):
                _write(store, label, all_added, all_changed, progress)
        finally:
            store.listeners.remove(done.append)
    totals = rehearsal.totals
    return ImportResult(
        operation_id=done[0].operation_id if done else None,
        people_added=totals.people_new,
        people_updated=totals.people_changed,
        people_unchanged=totals.people_same,
        placements_added=sum(isinstance(record, Placement) for record in added),
        reviews_added=sum(isinstance(record, Review) for record in added),
        put_aside=len(rehearsal.put_aside),
        rehearsal=rehearsal,
    )


def _write(
    store: Store, label: str, added: Sequence[Record], changed: Sequence[Record], progress: Progress | None
) -> None:
    steps = len(added) + len(changed)
    with store.operation(label) as work:
        for done in range(0, len(added), CHUNK):
            if progress is not None:
                progress.step(done, steps, "Writing")
            work.add_many(added[done : done + CHUNK])
        for done, record in enumerate(changed, len(added)):
            if progress is not None and done % 200 == 0:
                progress.step(done, steps, "Writing")
            _follow(store, work, record)
            work.save(record)
        follow_arrivals(work, added)
        take_places(store, work, added)
        if progress is not None:
            progress.step(steps, steps, "Writing")


def _follow(store: Store, work: Work, record: Record) -> None:
    """What goes along with a changed record, as where it is changed by hand."""
    if isinstance(record, Person):
        before = work.get(Person, record.id)
        follow_name(work, before, record)
        follow_case(store, work, before, record)
    elif isinstance(record, Placement):
        follow_stay(work, work.get(Placement, record.id), record)


def _as_written(store: Store, records: list[Record]) -> list[Record]:
    """The records with a reference given to each new person, in the sheet's order, and what a note says finished."""
    wanted = sum(isinstance(record, Person) for record in records)
    refs, now = iter(next_refs(store, wanted) if wanted else ()), store.clock.now()

    def written(record: Record) -> Record:
        if isinstance(record, Person):
            return replace(record, ref=next(refs))
        return replace(record, finished_at=now) if isinstance(record, Note) else record

    return [written(record) for record in records]


def _words(store: Store, rehearsal: Rehearsal) -> tuple[list[Record], list[Record]]:
    """Words mapped by hand in this import: new ones, and ones now mapped otherwise."""
    known = {word.id: word for word in store.find(ImportWord)} if rehearsal.table.words.learnt else {}
    made = {key: place.id for places in rehearsal.table.places.values() for key, place in places.made.items()}
    new: list[Record] = []
    changed: list[Record] = []
    for word in rehearsal.table.words.learnt.values():
        word = replace(word, value=made.get(word.value, word.value))
        before = known.get(word.id)
        if before is None:
            new.append(word)
        elif before.value != word.value:
            changed.append(replace(before, value=word.value))
    return new, changed


def _rows_put_aside(store: Store, rehearsal: Rehearsal) -> tuple[list[Record], list[Record]]:
    """The rows to keep for later, and those kept by an earlier import of the sheet that are right now.

    A row that waits already, with the same cells, is not kept a second time.
    """
    sheet = rehearsal.sheet
    waiting: dict[int, list[PutAside]] = {}
    for row in store.find(PutAside, file=sheet.file, sheet=sheet.name or "", settled_on=None):
        waiting.setdefault(row.row, []).append(row)
    if not waiting and not rehearsal.put_aside:
        return [], []
    mapping = json.dumps(rehearsal.mapping, ensure_ascii=False)
    kept: list[Record] = []
    settled: list[Record] = []
    headings = rehearsal.table.headings
    names = [headings[name] for name in ("name", "surname", "given_names") if name in headings]
    for result in rehearsal.rows:
        before = waiting.get(result.number, [])
        if result.outcome is Outcome.ASIDE:
            problem, cells, reason = result.problems[0], cells_of(rehearsal, result), reason_of(result)
            if any(json.loads(row.cells) == cells for row in before):
                continue
            told = json.dumps(cells, ensure_ascii=False)
            kept.append(
                PutAside(
                    new_id(), sheet.file, sheet.name or "", result.number, problem.column,
                    as_it_stood(rehearsal, result, problem), reason,
                    told, mapping, rehearsal.today,
                )
            )  # fmt: skip
        elif before:
            now = cells_of(rehearsal, result)
            how = "Put right in the sheet, which was imported again."
            for row in before:
                then = json.loads(row.cells)
                if all(then.get(name) == now.get(name) for name in names):
                    settled.append(replace(row, settled_on=rehearsal.today, settled_how=how))
    return kept, settled


def cells_of(rehearsal: Rehearsal, result: RowResult) -> dict[str, str]:
    """A row's cells as they stand, by their headings."""
    cells = rehearsal.sheet.rows[result.facts.place].cells
    return {heading: shown(cell) for heading, cell in zip(rehearsal.sheet.headings, cells, strict=True) if heading}


def reason_of(result: RowResult) -> str:
    """All that is wrong with a row, the first reason first."""
    return " ".join(dict.fromkeys(problem.reason for problem in result.problems))


def import_answer(rehearsal: Rehearsal, result: ImportResult | None, as_at: date) -> dict[str, Any]:
    """The command line's JSON answer, ready to be written out; `result` is None for a dry run."""
    if result is not None:
        rehearsal = result.rehearsal
    sheet, totals = rehearsal.sheet, rehearsal.totals
    records = rehearsal.new_records()
    return {
        "as_at": as_at.isoformat(),
        "as_known": None,
        "file": sheet.file,
        "sheet": sheet.name,
        "header_row": sheet.header_row,
        "encoding": sheet.encoding,
        "separator": sheet.separator,
        "mapping": dict(rehearsal.mapping),
        "unmapped": rehearsal.unmapped,
        "rows": len(rehearsal.rows),
        "people_added": totals.people_new,
        "people_updated": totals.people_changed,
        "people_unchanged": totals.people_same,
        "placements_added": sum(isinstance(record, Placement) for record in records),
        "reviews_added": sum(isinstance(record, Review) for record in records),
        "quarantined": [told for row in rehearsal.put_aside for told in _told(rehearsal, row)],
        "warnings": [
            {"row": remark.row, "column": remark.column, "value": remark.value, "reason": remark.reason}
            for remark in rehearsal.warnings
        ],
        "dry_run": result is None,
        "operation": result.operation_id if result is not None else None,
    }


def _told(rehearsal: Rehearsal, row: RowResult) -> Iterator[Mapping[str, Any]]:
    """What is wrong with a row, once for each of its cells that are at fault."""
    by_column: dict[str, list[Problem]] = {}
    for problem in row.problems:
        by_column.setdefault(problem.column, []).append(problem)
    for column, problems in by_column.items():
        reason = " ".join(dict.fromkeys(problem.reason for problem in problems))
        yield {"row": row.number, "column": column, "value": as_it_stood(rehearsal, row, problems[0]), "reason": reason}


def as_it_stood(rehearsal: Rehearsal, row: RowResult, problem: Problem) -> str:
    """The cell that a problem is about, as the sheet has it; a row that does not fit the headings is shown whole."""
    sheet = rehearsal.sheet
    if problem.column not in sheet.headings or problem.reason == sheet.ragged.get(row.number):
        return problem.value
    place = sheet.headings.index(problem.column)
    if (row.number, place) in sheet.faults:
        return sheet.faults[row.number, place][0]
    return shown(sheet.rows[row.facts.place].cells[place])
