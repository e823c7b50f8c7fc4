"""Saving the caseload, as it is listed, as a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from mhtracker import text
from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.fields import label_of
from mhtracker.store import Store
from mhtracker.store.queries.caseload import CaseloadQuery, lines_of, list_caseload
from mhtracker.ui.caseload.reading import CODE_LISTS
from mhtracker.ui.context import Context
from mhtracker.ui.progress import Progress

KINDS = "Excel workbook (*.xlsx);;Text with commas (*.csv)"


@dataclass(frozen=True, slots=True)
class ToWrite:
    """Everything an export says, read from the register in one go."""

    lines: Sequence[CaseloadLine]
    labels: Mapping[tuple[str, str], str]
    council: str
    demo: bool
    who: str
    at: datetime
    as_known: date | None = None


Who = CaseloadQuery | Sequence[str]
"""Whom to write: those a query lists, or people by id."""


def export_caseload(parent: QWidget, context: Context, who: Who) -> None:
    """Ask where to, then write these people. What goes wrong is said by the window."""
    name = f"Caseload {context.as_at.isoformat()}.xlsx"
    chosen, kind = QFileDialog.getSaveFileName(parent, "Export the caseload", name, KINDS)
    if chosen:
        path = Path(chosen)
        if path.suffix.lower() not in (".xlsx", ".csv"):
            path = path.with_name(path.name + (".csv" if "csv" in kind else ".xlsx"))
        save_caseload(context, who, path)


def save_caseload(context: Context, who: Who, path: Path) -> None:
    """Write people to a file, away from the window's thread."""

    def written(count: int) -> None:
        context.shell.say(f"Saved {text.count(count, 'person', 'people')} to {path.name}.")

    def read(found: ToWrite) -> None:
        context.jobs.work(write, found, path, context.as_at, then=written, label=f"Saving {path.name}")

    context.jobs.ask(read_to_write, who, context.as_at, then=read)


def read_to_write(store: Store, who: Who, as_at: date) -> ToWrite:
    """Read the lines of people and what goes with them."""
    return ToWrite(
        list_caseload(store, who, as_at) if isinstance(who, CaseloadQuery) else lines_of(store, who, as_at),
        {(name, item.code): item.label for name in CODE_LISTS for item in store.codes(name)},
        store.council,
        store.is_demo,
        store.who,
        store.clock.now().astimezone(),
        store.as_known_on,
    )


def write(found: ToWrite, path: Path, as_at: date, progress: Progress) -> int:
    """Write the file; gives the number of people."""
    from mhtracker.reports.caseload_export import write_caseload

    def labelled(list_name: str, code: str | None) -> str:
        return found.labels.get((list_name, code or ""), label_of(list_name, code))

    def steps(lines: Sequence[CaseloadLine]) -> Any:
        for number, line in enumerate(lines):
            if number % 500 == 0:
                progress.step(number, len(lines), "")
            yield line

    return write_caseload(
        steps(found.lines),
        path,
        as_at=as_at,
        printed_by=found.who,
        printed_at=found.at.replace(tzinfo=None),
        council=found.council,
        demo=found.demo,
        labels=labelled,
        as_known=found.as_known,
    )
