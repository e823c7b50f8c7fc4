"""A person's case summary: shown as it will print, saved, printed."""

from __future__ import annotations

import io
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from mhtracker import text
from mhtracker.domain.summary import CaseSummary
from mhtracker.ui.context import Context
from mhtracker.ui.dialogs.pdf_preview import PdfPreview
from mhtracker.ui.progress import Progress


def print_case_summary(parent: QWidget, context: Context, summary: CaseSummary) -> None:
    """Make the summary in the background, then show it as it will print."""

    def made(pdf: bytes) -> None:
        title = f"Case summary: {text.full_name(summary.person)}"
        preview = PdfPreview(context.theme, title, pdf, file_name(summary), parent)
        preview.saved.connect(lambda path: context.shell.say(f"Saved {Path(path).name}."))
        preview.open()

    context.jobs.work(make_pdf, summary, _who(context), then=made, label="Making the case summary")


def save_case_summary(parent: QWidget, context: Context, summary: CaseSummary) -> None:
    """Ask where to, then save the summary there."""
    chosen, _ = QFileDialog.getSaveFileName(parent, "Save case summary", file_name(summary), "PDF (*.pdf)")
    if not chosen:
        return
    path = Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf")

    def made(pdf: bytes) -> None:
        write_whole(path, pdf)
        context.shell.say(f"Saved {path.name}.")

    context.jobs.work(make_pdf, summary, _who(context), then=made, label="Making the case summary")


def make_pdf(summary: CaseSummary, who: str, progress: Progress) -> bytes:
    """The summary as the bytes of a PDF. `summary` was read at the moment printed on it."""
    from mhtracker.reports.case_summary import write_case_summary

    out = io.BytesIO()
    at = summary.read_at
    assert at is not None, "the page reads with the time"
    write_case_summary(summary, out, printed_by=who, printed_at=at.replace(tzinfo=None))
    return out.getvalue()


def write_whole(path: Path, pdf: bytes) -> None:
    """Write a file whole or not at all. Raises Unavailable where the disk refuses."""
    from mhtracker.reports.pdf_file import written_whole

    with written_whole(path) as file:
        file.write(pdf)


def file_name(summary: CaseSummary) -> str:
    """Names the reference, never the person: file names end up in lists and logs."""
    return f"Case summary {summary.person.ref} {summary.as_at.isoformat()}.pdf"


def _who(context: Context) -> str:
    return context.register.worker_name or context.computer.who_name
