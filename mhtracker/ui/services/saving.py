"""The lists of the Services page as a workbook: what is on show, or all of them together, written in the background."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from mhtracker import text
from mhtracker.ui.context import Context
from mhtracker.ui.progress import Progress
from mhtracker.ui.services.list_tab import ListTab

if TYPE_CHECKING:
    from mhtracker.analysis.place_lists import PlaceLists
    from mhtracker.analysis.tables import FigureTable
    from mhtracker.reports.manager.provider_sheet import ProviderPaper
    from mhtracker.reports.manager.tables_workbook import BookFacts
    from mhtracker.store.queries.provider_quarter import ProviderQuarter

EXCEL = "Excel workbook (*.xlsx)"


def make_menu(parent: QWidget, context: Context, tab: ListTab) -> QMenu:
    """What can be saved: the list on show as it is narrowed and sorted, or every list of the page."""
    menu = QMenu("Save as a workbook", parent)
    menu.setAccessibleName("Save as a workbook")
    menu.addAction(f"{tab.name}, as it stands here…").triggered.connect(lambda: save_list(parent, context, tab))
    menu.addAction("All lists, a sheet for each…").triggered.connect(lambda: save_list(parent, context, None))
    return menu


def save_list(parent: QWidget, context: Context, tab: ListTab | None) -> None:
    """Ask where to, then save one list, or all of them."""
    name = f"{tab.name if tab is not None else 'Services'} {context.as_at.isoformat()}.xlsx"
    path = asked_path(parent, name)
    if path is not None:
        save_to(context, tab, path)


def asked_path(parent: QWidget, name: str) -> Path | None:
    """Where to save a workbook, asked of whoever sits here; None for nowhere."""
    chosen, _ = QFileDialog.getSaveFileName(parent, "Save as a workbook", name, EXCEL)
    path = Path(chosen)
    return (path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")) if chosen else None


def save_to(context: Context, tab: ListTab | None, path: Path) -> None:
    """Write the workbook away from the window's thread; a list keeps the rows and the order of the screen."""
    from mhtracker.analysis.place_lists import OFFERS, WAITING, list_table, list_tables, read_place_lists

    rows: Sequence[Any] = tab.rows if tab is not None else ()

    def written(_: object) -> None:
        sheets = text.count(len(rows), "row") if tab is not None else "all lists"
        context.shell.say(f"Saved {sheets} to {path.name}.")

    def read(lists: PlaceLists) -> None:
        if tab is None:
            tables, title = list_tables(lists), "Services"
        else:
            tables, title = [list_table(lists, tab.key, rows)], tab.name
            if tab.key == WAITING:
                people = {row.person_id for row in rows}
                offers = [each for each in lists.offers if each.offer.person_id in people]
                tables.append(list_table(lists, OFFERS, offers))
        book = book_facts(lists, title, context)
        context.jobs.work(_write, tables, book, path, *_by(context), then=written, label=f"Saving {path.name}")

    context.jobs.ask(read_place_lists, context.as_at, then=read, urgent=True)


def save_provider(parent: QWidget, context: Context, provider_id: str) -> None:
    """Ask where to, then save what the sheet for a meeting with a provider tells, a sheet for each of its tables."""
    path = asked_path(parent, f"Provider’s sheet {context.as_at.isoformat()}.xlsx")
    if path is not None:
        save_provider_to(context, provider_id, path)


def save_provider_to(context: Context, provider_id: str, path: Path) -> None:
    """Write it away from the window's thread."""
    from mhtracker.reports.manager.provider_sheet import ProviderPaper
    from mhtracker.store.queries.provider_quarter import read_provider_quarter

    def read(quarter: ProviderQuarter) -> None:
        register = context.register
        paper = ProviderPaper(quarter, register.council, register.is_demo, context.as_known)
        context.jobs.work(_write_provider, paper, path, *_by(context), then=written, label=f"Saving {path.name}")

    def written(tables: int) -> None:
        context.shell.say(f"Saved {text.count(tables, 'table')} to {path.name}.")

    context.jobs.ask(read_provider_quarter, provider_id, context.as_at, then=read, urgent=True)


def _by(context: Context) -> tuple[str, datetime]:
    who = context.register.worker_name or context.computer.who_name
    return who, context.clock.now().astimezone().replace(tzinfo=None)


def _write_provider(paper: ProviderPaper, path: Path, who: str, at: datetime, progress: Progress) -> int:
    from mhtracker.reports.manager.provider_book import write_provider_book

    return write_provider_book(paper, path, printed_by=who, printed_at=at)


def book_facts(lists: PlaceLists, title: str, context: Context) -> BookFacts:
    """What the workbook says of itself."""
    from mhtracker.reports.manager.tables_workbook import BookFacts

    as_at = lists.as_at
    return BookFacts(title, as_at, as_at, lists.council, lists.demo, as_known=context.as_known)


def _write(tables: list[FigureTable], book: BookFacts, path: Path, who: str, at: datetime, progress: Progress) -> int:
    from mhtracker.reports.manager.tables_workbook import write_tables

    return write_tables(tables, book, path, printed_by=who, printed_at=at)
