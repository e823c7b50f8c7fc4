"""A person's case summary: shown as it will print, saved, printed."""

from __future__ import annotations

import io
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from mhtracker import text
from mhtracker.domain.chronology import Choice
from mhtracker.domain.summary import CaseSummary
from mhtracker.store.queries.papers import with_papers
from mhtracker.ui.context import Context
from mhtracker.ui.dialogs.pdf_preview import PdfPreview
from mhtracker.ui.packs.making import Made
from mhtracker.ui.packs.output import ask_and_save
from mhtracker.ui.packs.plan import SUMMARIES, PackPlan
from mhtracker.ui.progress import Progress


def print_case_summary(parent: QWidget, context: Context, summary: CaseSummary) -> None:
    """Make the summary in the background, then show it as it will print."""

    def made(found: Made) -> None:
        title = f"Case summary: {text.full_name(summary.person)}"
        PdfPreview(context, title, found, file_name(summary), parent).open()

    _make_case_summary(context, summary, made)


def save_case_summary(parent: QWidget, context: Context, summary: CaseSummary) -> None:
    """Make the summary, ask where to, and save it there."""

    def made(found: Made) -> None:
        ask_and_save(parent, context, found, file_name(summary))

    _make_case_summary(context, summary, made)


def _make_case_summary(context: Context, summary: CaseSummary, made: Callable[[Made], None]) -> None:
    """With the documents chosen for packs, which are read from the register first."""

    def read(with_documents: CaseSummary) -> None:
        context.jobs.work(make_summary, with_documents, _who(context), then=made, label="Making the case summary")

    context.jobs.ask(with_papers, summary, then=read)


def make_summary(summary: CaseSummary, who: str, progress: Progress) -> Made:
    """The summary as a PDF. `summary` was read at the moment printed on it."""
    from mhtracker.reports.person.case_summary import write_case_summary

    out = io.BytesIO()
    at = summary.read_at
    assert at is not None, "the page reads with the time"
    pages = write_case_summary(summary, out, printed_by=who, printed_at=at.replace(tzinfo=None))
    return Made(PackPlan(SUMMARIES, (summary.person.id,)), out.getvalue(), pages)


def print_chronology(parent: QWidget, context: Context, summary: CaseSummary, choice: Choice) -> None:
    """Make the chronology, narrowed to a choice, in the background; then show it as it will print."""

    def made(found: Made) -> None:
        title = f"Chronology: {text.full_name(summary.person)}"
        PdfPreview(context, title, found, file_name(summary, "Chronology"), parent).open()

    context.jobs.work(make_chronology, summary, choice, _who(context), then=made, label="Making the chronology")


def make_chronology(summary: CaseSummary, choice: Choice, who: str, progress: Progress) -> Made:
    """The chronology as a PDF."""
    from mhtracker.reports.person.chronology import write_chronology

    out = io.BytesIO()
    at = summary.read_at
    assert at is not None, "the page reads with the time"
    pages = write_chronology(summary, out, choice=choice, printed_by=who, printed_at=at.replace(tzinfo=None))
    return Made(PackPlan(SUMMARIES, (summary.person.id,)), out.getvalue(), pages)


def file_name(summary: CaseSummary, what: str = "Case summary") -> str:
    """Names the reference, never the person: file names end up in lists and logs."""
    return f"{what} {summary.person.ref} {summary.as_at.isoformat()}.pdf"


def _who(context: Context) -> str:
    return context.register.worker_name or context.computer.who_name
