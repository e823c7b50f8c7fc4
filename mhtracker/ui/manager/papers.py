"""What Progress prints and saves: the monthly report, its workbook, and a figure's people."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from mhtracker import text
from mhtracker.store import Store
from mhtracker.ui.context import Context
from mhtracker.ui.packs.plan import PackPlan
from mhtracker.ui.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mhtracker.analysis.month import Month
    from mhtracker.analysis.share import Share
    from mhtracker.analysis.tables import FigureTable
    from mhtracker.reports.manager.explained_list import ExplainedList
    from mhtracker.reports.manager.monthly_report import MonthlyReport
    from mhtracker.ui.manager.reading import Figures
    from mhtracker.ui.packs.making import Made

EXCEL = "Excel workbook (*.xlsx)"


@dataclass(frozen=True, slots=True)
class MonthAsked:
    """The period of a report, its programme and team, and whether it is for publication."""

    from_on: date
    to_on: date
    programme_id: str | None = None
    publish: bool = False
    team_id: str | None = None


def month_of(found: Figures, *, publish: bool = False) -> MonthAsked:
    """The report of what some figures are of, whatever was chosen since."""
    asked = found.asked
    return MonthAsked(found.from_on, found.as_at, asked.programme_id, publish, asked.team_id)


def print_month(parent: QWidget, context: Context, asked: MonthAsked) -> None:
    """Make the monthly report and show it as it will print."""

    def made(found: Made) -> None:
        from mhtracker.reports.manager.monthly_report import title_of
        from mhtracker.ui.dialogs.pdf_preview import PdfPreview

        title = title_of(asked.from_on, asked.to_on)
        PdfPreview(context, title, found, f"{title} {asked.to_on.isoformat()}.pdf", parent).open()

    def read(month: Month) -> None:
        who, at = _who_and_when(context)
        facts = month_facts(month, asked, context.as_known)
        context.jobs.work(_make_month, facts, who, at, then=made, label="Making the monthly report")

    context.jobs.ask(_read_month, asked, then=read)


def save_month(parent: QWidget, context: Context, asked: MonthAsked) -> None:
    """Ask where to, then save every table as a workbook."""
    path = _asked_path(parent, "Save the tables", f"Progress {asked.to_on.isoformat()}.xlsx")
    if path is not None:
        save_month_to(context, asked, path)


def save_month_to(context: Context, asked: MonthAsked, path: Path) -> None:
    """Write the workbook away from the window's thread."""

    def written(tables: int) -> None:
        context.shell.say(f"Saved {text.count(tables, 'table')} to {path.name}.")

    def read(month: Month) -> None:
        who, at = _who_and_when(context)
        facts = month_facts(month, asked, context.as_known)
        context.jobs.work(_write_month, facts, path, who, at, then=written, label=f"Saving {path.name}")

    context.jobs.ask(_read_month, asked, then=read)


def month_facts(month: Month, asked: MonthAsked, as_known: date | None = None) -> MonthlyReport:
    """What the report says."""
    from mhtracker.reports.manager.monthly_report import report_of

    return report_of(month, asked.from_on, asked.to_on, publish=asked.publish, as_known=as_known)


def print_share(parent: QWidget, context: Context, share: Share) -> None:
    """Make the list of a figure's people and show it as it will print."""

    def made(found: Made) -> None:
        from mhtracker.ui.dialogs.pdf_preview import PdfPreview

        PdfPreview(context, share.name, found, f"{share.name} {context.as_at.isoformat()}.pdf", parent).open()

    def read(tables: list[FigureTable]) -> None:
        who, at = _who_and_when(context)
        facts = share_facts(context, share, tables)
        context.jobs.work(_make_share, facts, who, at, then=made, label="Making the list")

    context.jobs.ask(_read_share, share, _day_of(context, share), then=read)


def save_share(parent: QWidget, context: Context, share: Share) -> None:
    """Ask where to, then save a figure's people as a workbook."""
    path = _asked_path(parent, "Save the people", f"{share.name} {context.as_at.isoformat()}.xlsx")
    if path is not None:
        save_share_to(context, share, path)


def save_share_to(context: Context, share: Share, path: Path) -> None:
    """Write the people away from the window's thread."""

    def read(tables: list[FigureTable]) -> None:
        who, at = _who_and_when(context)
        facts = share_facts(context, share, tables)
        context.jobs.work(
            _write_share, facts, path, who, at, then=lambda _: context.shell.say(f"Saved to {path.name}."),
            label=f"Saving {path.name}",
        )  # fmt: skip

    context.jobs.ask(_read_share, share, _day_of(context, share), then=read)


def share_facts(context: Context, share: Share, tables: Sequence[FigureTable]) -> ExplainedList:
    """What the list says."""
    from mhtracker.reports.manager.explained_list import ExplainedList

    register = context.register
    figure = f"{text.format_number(share.numerator)} of {text.format_number(share.told_of)}"
    return ExplainedList(
        share.name, figure, share.definition, share.source, _day_of(context, share), register.council, register.is_demo,
        tables, context.as_known, share.period,
    )  # fmt: skip


def _day_of(context: Context, share: Share) -> date:
    """The day a figure's people are told as at: the last of its period, though another day is in view by now."""
    return share.period[1] if share.period is not None else context.as_at


def _who_and_when(context: Context) -> tuple[str, datetime]:
    who = context.register.worker_name or context.computer.who_name
    return who, context.clock.now().astimezone().replace(tzinfo=None)


def _asked_path(parent: QWidget, title: str, name: str) -> Path | None:
    chosen, _ = QFileDialog.getSaveFileName(parent, title, name, EXCEL)
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")


def _read_month(store: Store, asked: MonthAsked) -> Month:
    from mhtracker.analysis.month import read_month

    return read_month(store, asked.from_on, asked.to_on, asked.programme_id, asked.team_id)


def _make_month(facts: MonthlyReport, who: str, at: datetime, progress: Progress) -> Made:
    from mhtracker.reports.manager.monthly_report import write_monthly_report
    from mhtracker.ui.packs.making import Made

    out = io.BytesIO()
    pages = write_monthly_report(facts, out, printed_by=who, printed_at=at)
    return Made(PackPlan(), out.getvalue(), pages)


def _write_month(facts: MonthlyReport, path: Path, who: str, at: datetime, progress: Progress) -> int:
    from mhtracker.reports.manager.monthly_report import title_of
    from mhtracker.reports.manager.tables_workbook import BookFacts, write_tables

    head = (facts.from_on, facts.to_on, facts.council, facts.demo, facts.publish, facts.as_known, facts.team)
    book = BookFacts(title_of(facts.from_on, facts.to_on), *head)
    return write_tables(facts.tables, book, path, printed_by=who, printed_at=at)


def _read_share(store: Store, share: Share, as_at: date) -> list[FigureTable]:
    from mhtracker.analysis.explained import explained_tables

    return explained_tables(store, share, as_at)


def _make_share(facts: ExplainedList, who: str, at: datetime, progress: Progress) -> Made:
    from mhtracker.reports.manager.explained_list import write_explained_list
    from mhtracker.ui.packs.making import Made

    out = io.BytesIO()
    pages = write_explained_list(facts, out, printed_by=who, printed_at=at)
    return Made(PackPlan(), out.getvalue(), pages)


def _write_share(facts: ExplainedList, path: Path, who: str, at: datetime, progress: Progress) -> int:
    from mhtracker.reports.manager.tables_workbook import BookFacts, write_tables

    first, last = facts.period or (facts.as_at, facts.as_at)
    book = BookFacts(f"{facts.name}: {facts.figure}", first, last, facts.council, facts.demo, as_known=facts.as_known)
    return write_tables(facts.tables, book, path, printed_by=who, printed_at=at)
