"""Rows that an import put aside: looked at later, put right and imported, or left out for good."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from mhtracker.domain.errors import Refused
from mhtracker.domain.records import PutAside
from mhtracker.operations.importing.mends import Decision
from mhtracker.operations.importing.rehearsal import Rehearsal, rehearse
from mhtracker.operations.importing.sheets import Sheet, SheetRow
from mhtracker.operations.importing.writing import ImportResult, reason_of, write_rehearsed
from mhtracker.store import Store


def waiting_rows(store: Store) -> list[PutAside]:
    """The rows still to be put right, oldest first."""
    return store.find(PutAside, order_by=("put_aside_on", "file", "row"), settled_on=None)


def rehearse_row(
    store: Store, put_aside_id: str, *, cells: Mapping[str, str] | None = None, decisions: Sequence[Decision] = ()
) -> Rehearsal:
    """What importing one kept row would do now. `cells` are corrections, by their heading.

    `rehearsal.rows[0]` has the outcome and, while it is still put aside, what is left to mend.
    """
    kept = store.get(PutAside, put_aside_id)
    stood: dict[str, str] = json.loads(kept.cells)
    mapping: dict[str, str | None] = dict.fromkeys(stood)
    mapping |= {heading: name for heading, name in json.loads(kept.mapping).items() if heading in stood}
    stood |= {heading: value for heading, value in (cells or {}).items() if heading in stood}
    sheet = Sheet(
        file=kept.file,
        name=kept.sheet or None,
        header_row=max(1, kept.row - 1),
        headings=tuple(stood),
        rows=(SheetRow(kept.row, tuple(stood.values())),),
        sha256="",
    )
    return rehearse(store, sheet, mapping=mapping, decisions=decisions)


def import_row(
    store: Store, put_aside_id: str, *, cells: Mapping[str, str] | None = None, decisions: Sequence[Decision] = ()
) -> ImportResult:
    """Import one kept row as corrected, and settle it, in one operation. Raises Refused while something is wrong."""
    rehearsal = rehearse_row(store, put_aside_id, cells=cells, decisions=decisions)
    kept = store.get(PutAside, put_aside_id)
    if kept.settled_on is not None:
        raise Refused(f"Row {kept.row} of {kept.file} was settled already: {kept.settled_how}")
    if not rehearsal.rows:
        raise Refused("This row holds no person. Leave it out.")
    if rehearsal.put_aside:
        raise Refused(reason_of(rehearsal.rows[0]))
    settled = replace(kept, settled_on=store.today, settled_how="Imported.")
    return write_rehearsed(store, rehearsal, f"Import row {kept.row} of {kept.file}", also_changed=[settled])


def leave_out_row(store: Store, put_aside_id: str, *, reason: str = "") -> PutAside:
    """Settle a kept row without importing it. Undoable."""
    with store.operation("Leave out a row", reason=reason) as work:
        kept = work.get(PutAside, put_aside_id)
        how = f"Left out: {reason}" if reason else "Left out."
        return work.save(replace(kept, settled_on=work.today, settled_how=how))
