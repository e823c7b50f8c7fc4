"""The lists of the Services page and a provider's sheet, made in the background and shown as they will print."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from mhtracker import text
from mhtracker.ui.context import Context
from mhtracker.ui.packs.plan import PackPlan
from mhtracker.ui.progress import Progress
from mhtracker.ui.services.grouped_table import Heading
from mhtracker.ui.services.list_tab import ListTab
from mhtracker.ui.table_cells import BadgeFacts, Column

if TYPE_CHECKING:
    from mhtracker.reports.manager.provider_sheet import ProviderPaper
    from mhtracker.reports.manager.services_list import PaperColumn, PaperLine, PaperPart, ServicesPaper
    from mhtracker.store.queries.provider_quarter import ProviderQuarter
    from mhtracker.ui.packs.making import Made


def print_list(parent: QWidget, context: Context, tab: ListTab, title: str) -> None:
    """Print what a tab lists, in its columns, under its headings."""
    from mhtracker.reports.manager.services_list import PaperPart, ServicesPaper

    columns = tab.columns_shown()
    paper_columns = [_paper_column(column, first=place == 0) for place, column in enumerate(columns)]
    parts: list[PaperPart] = []
    rows: list[PaperLine] = []
    heading = ""
    for row in [*tab.listed, None]:
        if row is None or isinstance(row, Heading):
            if rows:
                parts.append(PaperPart(heading or title, paper_columns, tuple(rows)))
            rows = []
            heading = f"{row.words}, {row.more}" if row is not None and row.more else row.words if row else ""
        else:
            rows.append(_line(columns, row))
    number = len(tab.rows)
    register = context.register
    paper = ServicesPaper(
        title, text.count(number, "line"), context.as_at, register.council, register.is_demo, parts,
        as_known=context.as_known,
    )  # fmt: skip
    _show(parent, context, paper)


def _paper_column(column: Column, *, first: bool) -> PaperColumn:
    from mhtracker.reports.manager.services_list import PaperColumn

    return PaperColumn(column.title, column.width, right=column.is_right, strong=first)


def _line(columns: Sequence[Column], row: Any) -> PaperLine:
    from mhtracker.reports.manager.services_list import PaperLine

    for place, column in enumerate(columns):
        value = column.value(row) if column.value is not None else None
        if isinstance(value, BadgeFacts) and value.shape not in ("mismatch", "info"):
            return PaperLine([each.text(row) for each in columns], value.shape, place)
    return PaperLine([each.text(row) for each in columns])


def print_provider(parent: QWidget, context: Context, provider_id: str) -> None:
    """Print the sheet for a meeting with a provider: its services and places over the last three months."""

    def read(quarter: ProviderQuarter) -> None:
        from mhtracker.reports.manager.provider_sheet import ProviderPaper

        register = context.register
        paper = ProviderPaper(quarter, register.council, register.is_demo, context.as_known)
        context.jobs.work(make_sheet, paper, *_by(context), then=made, label="Making the provider’s sheet")

    def made(found: Made) -> None:
        _preview(parent, context, found, "Provider’s sheet")

    from mhtracker.store.queries.provider_quarter import read_provider_quarter

    context.jobs.ask(read_provider_quarter, provider_id, context.as_at, then=read, urgent=True)


def make_sheet(paper: ProviderPaper, who: str, at: datetime, progress: Progress) -> Made:
    """The provider's sheet as a PDF."""
    from mhtracker.reports.manager.provider_sheet import write_provider_sheet
    from mhtracker.ui.packs.making import Made

    out = io.BytesIO()
    pages = write_provider_sheet(paper, out, printed_by=who, printed_at=at)
    return Made(PackPlan(), out.getvalue(), pages)


def _by(context: Context) -> tuple[str, datetime]:
    who = context.register.worker_name or context.computer.who_name
    return who, context.clock.now().astimezone().replace(tzinfo=None)


def _preview(parent: QWidget, context: Context, found: Made, title: str) -> None:
    from mhtracker.ui.dialogs.pdf_preview import PdfPreview

    PdfPreview(context, title, found, f"{title} {context.as_at.isoformat()}.pdf", parent).open()


def _show(parent: QWidget, context: Context, paper: ServicesPaper) -> None:
    def made(found: Made) -> None:
        _preview(parent, context, found, paper.title)

    context.jobs.work(make_paper, paper, *_by(context), then=made, label="Making the list")


def make_paper(paper: ServicesPaper, who: str, at: datetime, progress: Progress) -> Made:
    """The list as a PDF."""
    from mhtracker.reports.manager.services_list import write_services_list
    from mhtracker.ui.packs.making import Made

    out = io.BytesIO()
    pages = write_services_list(paper, out, printed_by=who, printed_at=at)
    return Made(PackPlan(), out.getvalue(), pages)
