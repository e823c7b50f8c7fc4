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
    from mhtracker.reports.manager.tables_workbook import BookFacts

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
    chosen, _ = QFileDialog.getSaveFileName(parent, "Save as a workbook", name, EXCEL)
    if chosen:
        path = Path(chosen)
        save_to(context, tab, path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx"))


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
        who = context.register.worker_name or context.computer.who_name
        at = context.clock.now().astimezone().replace(tzinfo=None)
        book = book_facts(lists, title, context)
        context.jobs.work(_write, tables, book, path, who, at, then=written, label=f"Saving {path.name}")

    context.jobs.ask(read_place_lists, context.as_at, then=read, urgent=True)


def book_facts(lists: PlaceLists, title: str, context: Context) -> BookFacts:
    """What the workbook says of itself."""
    from mhtracker.reports.manager.tables_workbook import BookFacts

    as_at = lists.as_at
    return BookFacts(title, as_at, as_at, lists.council, lists.demo, as_known=context.as_known)


def _write(tables: list[FigureTable], book: BookFacts, path: Path, who: str, at: datetime, progress: Progress) -> int:
    from mhtracker.reports.manager.tables_workbook import write_tables

    return write_tables(tables, book, path, printed_by=who, printed_at=at)
