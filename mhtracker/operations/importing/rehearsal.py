"""Trying an import without writing: what each row would do, what is put aside and why, and whether it all adds up."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from mhtracker.domain.dates import write_date
from mhtracker.domain.records import (
    ImportedFile,
    PutAside,
    Record,
    Service,
)
from mhtracker.operations.importing.columns import ColumnMatch, match_columns
from mhtracker.operations.importing.headings import OUR_FIELDS
from mhtracker.operations.importing.mends import LEAVE_OUT, Decision
from mhtracker.operations.importing.person_drafts import Draft
from mhtracker.operations.importing.row_checks import check_row
from mhtracker.operations.importing.row_facts import Problem, Progress, Table, read_table
from mhtracker.operations.importing.row_fitting import Fitting, settle_places
from mhtracker.operations.importing.row_fitting import Outcome as Outcome
from mhtracker.operations.importing.row_fitting import RowResult as RowResult
from mhtracker.operations.importing.row_fitting import Totals as Totals
from mhtracker.operations.importing.sheets import Remark, Sheet
from mhtracker.operations.importing.stays import Change
from mhtracker.operations.importing.word_books import Words
from mhtracker.store import Store
from mhtracker.text import format_pence

SHOWN_ALIKE = 3


@dataclass(slots=True)
class Rehearsal:
    """Everything an import would do. Nothing has been written. `seq` is the register's last operation it knows of."""

    sheet: Sheet
    matches: tuple[ColumnMatch, ...]
    mapping: dict[str, str]
    rows: list[RowResult]
    warnings: list[Remark]
    totals: Totals
    decisions: tuple[Decision, ...]
    given_mapping: dict[str, str | None]
    today: date
    seq: int
    drafts: list[Draft]
    table: Table
    imported_before: ImportedFile | None
    names: Mapping[str, str]

    @property
    def unmapped(self) -> list[str]:
        """Their headings that no field of ours takes."""
        return [match.heading for match in self.matches if match.field_name is None]

    @property
    def put_aside(self) -> list[RowResult]:
        return [row for row in self.rows if row.outcome is Outcome.ASIDE]

    def tell(self, change: Change, value: Any) -> str:
        """A value of a change as people read it: names and labels for ids and codes; "" for nothing."""
        if value is None or value == "":
            return ""
        if isinstance(value, date):
            return write_date(value)
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if change.field_name == "weekly_cost_pence":
            return format_pence(value)
        code_list = OUR_FIELDS[change.field_name].code_list if change.field_name in OUR_FIELDS else ""
        words = self.table.words.label_of(code_list, value) if code_list else str(value)
        return self.names.get(str(value), words)

    def new_records(self) -> list[Record]:
        """Everything to be added, in an order in which it may be written; references are still empty."""
        used = _used_places(self.rows, self.table)
        places: list[Record] = []
        for name in ("team", "worker", "provider", "service"):
            if name in self.table.places:
                places += [place for place in self.table.places[name].made.values() if place.id in used]
        return places + [record for draft in self.drafts for record in draft.new_records()]

    def changed_records(self) -> list[Record]:
        """Everything to be saved over what is there."""
        return [record for draft in self.drafts for record in draft.changed_records()]


def rehearse(
    store: Store,
    sheet: Sheet,
    *,
    mapping: Mapping[str, str | None] | None = None,
    decisions: Sequence[Decision] = (),
    today: date | None = None,
    progress: Progress | None = None,
) -> Rehearsal:
    """What importing a sheet would do, with the corrections and choices made so far.

    `mapping` takes headings to our fields ("" or None: not read); what it leaves open is recognised. Raises Refused
    when no column holds names, or the mapping names what is not there.
    """
    with without_collecting():
        return _rehearsed(store, sheet, mapping, decisions, today or store.today, progress)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Without Python's search for garbage: among a sheet's many records, all of which stay, it would search in vain."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _rehearsed(
    store: Store,
    sheet: Sheet,
    mapping: Mapping[str, str | None] | None,
    decisions: Sequence[Decision],
    today: date,
    progress: Progress | None,
    keep: Mapping[int, list[Problem]] | None = None,
) -> Rehearsal:
    words = Words(store)
    services = store.find(Service)
    matches = match_columns(sheet, words, today, mapping, [service.name for service in services])
    found = {match.field_name: match.heading for match in matches if match.field_name}
    table = read_table(store, sheet, found, words, decisions, today, progress)
    settle_places(table)
    for facts in table.rows:
        check_row(facts, table, today)
    seen = store.find(ImportedFile, sha256=sheet.sha256)
    work = Fitting(store, table, today, decisions, services, _taken_before(store, sheet, seen, decisions))
    for facts in table.rows:
        facts.problems += (keep or {}).get(facts.number, [])
    work.match(progress)
    work.load()
    work.take(progress)
    if not decisions and keep is None and (waiting := _would_slip_in(store, seen, work)):
        return _rehearsed(store, sheet, mapping, decisions, today, progress, waiting)
    return Rehearsal(
        sheet=sheet,
        matches=matches,
        mapping={heading: name for name, heading in found.items()},
        rows=work.results,
        warnings=_gathered(sheet, table, work.results, seen, work.taken_before),
        totals=work.totals(),
        decisions=tuple(decisions),
        given_mapping=dict(mapping or {}),
        today=today,
        seq=store.last_seq(),
        drafts=[draft for draft in work.drafts if draft.rows],
        table=table,
        imported_before=seen[0] if seen else None,
        names=work.office.names,
    )


def _taken_before(
    store: Store, sheet: Sheet, seen: Sequence[ImportedFile], decisions: Sequence[Decision]
) -> frozenset[int]:
    """The rows of a sheet imported before that are done with: all but those still put aside or decided on now.

    Whatever was recorded since stands: the same sheet has nothing newer to say of them.
    """
    if not seen:
        return frozenset()
    open_still = {decision.row for decision in decisions}
    for file in seen:
        open_still |= {row.row for row in store.find(PutAside, file=file.file, sheet=file.sheet, settled_on=None)}
    return frozenset(row.number for row in sheet.rows) - open_still


def _would_slip_in(store: Store, seen: Sequence[ImportedFile], work: Fitting) -> dict[int, list[Problem]]:
    """Rows that an earlier import of the sheet put aside and that would pass now: they wait until somebody decides."""
    found: dict[int, list[Problem]] = {}
    for file in seen:
        for row in store.find(PutAside, file=file.file, sheet=file.sheet, settled_on=None):
            result = work.result_of.get(row.row)
            if result is not None and result.outcome is not Outcome.ASIDE:
                found[row.row] = [Problem(row.column, row.value, row.reason, (LEAVE_OUT,))]
    return found


def _used_places(rows: Iterable[RowResult], table: Table) -> dict[str, int]:
    """The places and workers that imported rows name, with the first row of each."""
    used: dict[str, int] = {}
    for row in rows:
        if row.outcome in (Outcome.NEW, Outcome.CHANGE):
            for place in (row.facts.service, row.facts.provider, row.facts.worker, row.facts.team):
                if place is not None:
                    used.setdefault(place, row.number)
    for name in ("service", "worker"):
        for made in table.places[name].made.values() if name in table.places else ():
            behind = getattr(made, "provider_id", None) or getattr(made, "team_id", None)
            if made.id in used and behind is not None:
                used.setdefault(behind, used[made.id])
    return used


def _gathered(
    sheet: Sheet,
    table: Table,
    rows: Sequence[RowResult],
    seen: Sequence[ImportedFile],
    taken_before: frozenset[int],
) -> list[Remark]:
    """All remarks: on the sheet, on new names, on single cells (many alike told once), on rows left out."""
    gathered = list(sheet.remarks)
    if seen:
        words = f"This sheet was imported on {write_date(seen[-1].imported_on)} already. Nothing is taken twice, and "
        words += "what was recorded since stays as it is."
        gathered.append(Remark(None, None, sheet.file, words))
    if table.sheet_total is not None and "weekly_cost" in table.headings:
        total = sum(row.facts.weekly_cost or 0 for row in rows)
        if abs(total - table.sheet_total) > 1:
            words = f"The sheet’s own total is £{table.sheet_total / 100:,.2f}; its rows add up to £{total / 100:,.2f}."
            gathered.append(Remark(None, table.headings["weekly_cost"], "", words))
    used = _used_places(rows, table)
    for name, places in table.places.items():
        for made in places.made.values():
            if made.id in used:
                words = f"A new {places.noun}: the register had none of this name."
                gathered.append(Remark(used[made.id], table.heading(name), made.name, words))
    silent = taken_before | {row.number for row in rows if row.outcome is Outcome.ASIDE}
    alike: dict[tuple[str | None, str], list[Remark]] = {}
    for remark in table.warnings:
        if remark.row not in silent:
            alike.setdefault((remark.column, remark.reason), []).append(remark)
    for remarks in alike.values():
        if len(remarks) <= SHOWN_ALIKE:
            gathered += remarks
        else:
            first = remarks[0]
            words = f"{first.reason} The same in {len(remarks) - 1} more rows."
            gathered.append(Remark(first.row, first.column, first.value, words))
    return gathered + table.skipped
