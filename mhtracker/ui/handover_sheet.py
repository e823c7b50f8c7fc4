"""The handover sheet: read and made in the background, then shown as it will print."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from mhtracker.domain.summary import CaseSummary
from mhtracker.operations.handover import HandoverDone
from mhtracker.store import Store
from mhtracker.ui.context import Context
from mhtracker.ui.packs.plan import PackPlan
from mhtracker.ui.packs.reading import read_summaries
from mhtracker.ui.progress import Progress

if TYPE_CHECKING:
    from mhtracker.ui.packs.making import Made


def show_handover_sheet(context: Context, done: HandoverDone) -> None:
    """Read the people, make their pages, and show them over the window: the form has gone by then."""
    parent = context.shell if isinstance(context.shell, QWidget) else None

    def made(found: Made) -> None:
        from mhtracker.ui.dialogs.pdf_preview import PdfPreview

        PdfPreview(context, "Handover sheet", found, f"Handover {done.on.isoformat()}.pdf", parent).open()

    def read(summaries: Sequence[CaseSummary]) -> None:
        who = context.register.worker_name or context.computer.who_name
        at = context.clock.now().astimezone().replace(tzinfo=None)
        council = context.register.council
        context.jobs.work(
            make_handover_sheet, summaries, done, who, at, council, then=made, label="Making the handover sheet"
        )

    context.jobs.ask(_read, done, then=read)


def _read(store: Store, done: HandoverDone) -> Sequence[CaseSummary]:
    return read_summaries(store, done.people, store.today)


def make_handover_sheet(
    summaries: Sequence[CaseSummary],
    done: HandoverDone,
    who: str,
    at: datetime,
    council: str,
    progress: Progress,
) -> Made:
    """The sheet as a PDF."""
    from mhtracker.reports.packs.handover_sheet import Handover, write_handover_sheet
    from mhtracker.ui.packs.making import Made

    out = io.BytesIO()
    facts = Handover(done.given_by, done.taken_by, done.on, council)
    written = write_handover_sheet(summaries, facts, out, printed_by=who, printed_at=at, progress=progress)
    return Made(PackPlan(people=done.people), out.getvalue(), written.pages, written.first_pages)
