"""The caseload: everyone on the pathway in one table, filtered, sorted, ticked and acted on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout

from mhtracker import settings, text
from mhtracker.domain.caseload import CaseloadLine
from mhtracker.store import Store
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, caseload_ids, list_caseload
from mhtracker.ui.caseload import filters as views
from mhtracker.ui.caseload.bulk_bar import BulkBar
from mhtracker.ui.caseload.chip_bar import ChipBar
from mhtracker.ui.caseload.columns import LineWords, caseload_columns, strip_axis
from mhtracker.ui.caseload.export import export_caseload
from mhtracker.ui.caseload.foot import CaseloadFoot
from mhtracker.ui.caseload.head import CaseloadHead
from mhtracker.ui.caseload.reading import Counts, Listing, read_counts, read_listing
from mhtracker.ui.commands import Command
from mhtracker.ui.context import Context
from mhtracker.ui.pages.base import Page
from mhtracker.ui.table_model import PAGE
from mhtracker.ui.tables import ColumnState, DataTable, TableModel, rows_as_text
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.labels import rule

FIRST_SORT = (("review", False),)


class CaseloadPage(Page):
    """Filters, order, columns and views are remembered on this computer."""

    key = "caseload"
    title = "Caseload"
    icon = "account-group-outline"
    kinds = frozenset(
        {"person", "placement", "plan", "target", "review", "status", "stage", "service", "worker", "team"}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._kept = context.computer.table(self.key)
        self.query_now = CaseloadQuery(views.from_typed(self._kept.filters), tuple(self._kept.sort) or FIRST_SORT)
        self._view = "everyone"
        self._listing: Listing | None = None
        self._counts: Counts | None = None
        self._words = LineWords(context.as_at)
        self._empty: EmptyState | None = None
        self._build()
        self._restore_columns()
        self._join()

    def _build(self) -> None:
        theme = self.context.theme
        self.model = TableModel(
            caseload_columns(self._words),
            self._count,
            self._fetch,
            lambda line: line.person_id,
            checkable=True,
            parent=self,
        )
        self.table = DataTable(theme, self.model, "People", parent=self)
        self.table.set_sort(*self.query_now.sort[0])
        self.table.all_ids = self._ask_ids
        self.head = CaseloadHead(theme)
        self.chips = ChipBar(self.context)
        self.chips.set_filters(self.query_now.filters)
        self.bulk = BulkBar(theme)
        self.bulk.hide()
        self.foot = CaseloadFoot(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(rule())
        column.addWidget(self.chips)
        column.addWidget(rule())
        column.addWidget(self.table, 1)
        column.addWidget(self.bulk)
        column.addWidget(self.foot)

    def _join(self) -> None:
        shell = self.context.shell
        self.head.tabs.chosen.connect(self.show_view)
        self.head.columns.clicked.connect(self.choose_columns)
        self.head.copy.clicked.connect(self.copy_all)
        self.head.export.clicked.connect(self.export)
        self.head.add_person.clicked.connect(lambda: shell.run_command("add_person"))
        self.head.view_named.connect(self.save_view)
        self.head.view_removed.connect(self.remove_view)
        self.chips.changed.connect(lambda filters: self.ask_for(filters=filters))
        self.chips.cleared.connect(lambda: self.ask_for(filters=(), text=""))
        self.chips.typed.connect(lambda typed: self.ask_for(text=typed))
        self.chips.words.left_down.connect(self.focus_first)
        self.table.opened.connect(lambda line: shell.open_person(line.person_id))
        self.table.sort_asked.connect(lambda name, down: self.ask_for(sort=((name, down),)))
        self.table.arranged.connect(self._keep)
        self.table.verticalScrollBar().valueChanged.connect(lambda _: self._say_range())
        self.model.ticked_changed.connect(lambda _: self._show_ticks())
        self.bulk.reassign.connect(lambda: self._for_ticked("reassign"))
        self.bulk.book_reviews.connect(lambda: self._for_ticked("book_reviews"))
        self.bulk.print_summaries.connect(lambda: self._open_packs("summaries"))
        self.bulk.add_to_pack.connect(lambda: self._open_packs(""))
        self.bulk.copy.connect(self._copy_ticked)
        self.bulk.select_all.connect(self.table.tick_all)
        self.bulk.cleared.connect(self.model.clear_ticks)
        self.context.commands.add(
            Command(
                "columns", "Choose columns", self.choose_columns, icon="view-week-outline", possible=self.isVisible
            ),
            Command(
                "export_caseload", "Export the caseload", self.export, icon="microsoft-excel", possible=self.isVisible
            ),
            owner=self,
        )

    # Asking

    def query(self, store: Store, as_at: date) -> Listing:
        return read_listing(store, self.query_now, as_at, PAGE, self._listing)

    def show_data(self, data: Listing) -> None:
        self._listing = data
        self._words.as_at = data.as_at
        self._words.stages = {stage.id: stage for stage in data.stages}
        self._words.labels = data.labels
        self.model.axis = strip_axis(data.as_at)
        if data.query.filters != self.query_now.filters:
            self.query_now = data.query
            self.chips.set_filters(data.query.filters)
        self._show_empty(data)
        self.model.reload()
        self._say_range()
        self.context.jobs.ask(
            read_counts,
            self.query_now,
            self.views(),
            data.as_at,
            then=self._on_counts,
            slot=("caseload counts", id(self)),
        )

    def _count(self, then: Callable[[int], None]) -> None:
        then(self._listing.total if self._listing else 0)

    def _fetch(self, offset: int, limit: int, then: Callable[[Sequence[Any]], None]) -> None:
        first = self._listing
        if first is None or (offset == 0 and len(first.rows) >= min(limit, first.total)):
            then(first.rows[:limit] if first else ())
            return
        self.context.jobs.ask(
            list_caseload, first.query, first.as_at, offset=offset, limit=limit, then=then, urgent=limit == PAGE
        )

    def _ask_ids(self, then: Callable[[Sequence[str]], None]) -> None:
        self.context.jobs.ask(caseload_ids, self.query_now, self.context.as_at, then=then)

    @Slot(object)
    def _on_counts(self, counts: Counts) -> None:
        self._counts = counts
        self._show_view()
        self.head.show_counts(counts.views)
        narrowed = bool(self.query_now.filters or self.query_now.text)
        self.head.say_total(counts.tally.total, counts.everyone, narrowed=narrowed)
        self.foot.show_tally(counts.tally)
        self._show_ticks()

    def ask_for(
        self,
        *,
        filters: tuple[Filter, ...] | None = None,
        sort: tuple[tuple[str, bool], ...] | None = None,
        text: str | None = None,
    ) -> None:
        """List something else, from its first row."""
        asked = replace(
            self.query_now,
            filters=self.query_now.filters if filters is None else filters,
            sort=self.query_now.sort if sort is None else sort,
            text=self.query_now.text if text is None else text,
        )
        if asked == self.query_now and not self.stale:
            return
        self.query_now = asked
        self.chips.set_filters(asked.filters)
        self.chips.set_text(asked.text)
        self.table.set_sort(*(asked.sort[0] if asked.sort else ("", False)))
        self.table.verticalScrollBar().setValue(0)
        self._show_view()
        self._keep()
        self.refresh()

    # Views

    def views(self) -> tuple[views.View, ...]:
        """Every view there is, the built-in ones first."""
        return (*views.built_in_views(self.context.register.worker_name), *views.own_views(self._kept.views))

    @Slot(str)
    def show_view(self, key: str) -> None:
        """List what a view lists."""
        view = next((each for each in self.views() if each.key == key), None)
        if view is not None:
            self._view = key
            self.ask_for(filters=view.filters, text="")

    def _show_view(self) -> None:
        """Mark the view in force: the one chosen last while its filters hold, else the one that is just these."""
        now = set(self.query_now.filters)
        known = self.views()
        chosen = next((each for each in known if each.key == self._view), known[0])
        exact = next((each for each in known if set(each.filters) == now), None)
        if not (set(chosen.filters) <= now and chosen.filters):
            chosen = exact or known[0]
        self._view = chosen.key
        self.head.show_views(known, chosen.key, may_save=bool(now) and exact is None)

    @Slot(str)
    def save_view(self, name: str) -> None:
        """Keep the filters in force under a name, on this computer."""
        self._kept.views[name] = views.as_typed(self.query_now.filters)
        self._view = f"own:{name}"
        self._keep()
        self._show_view()
        self.refresh()

    @Slot(str)
    def remove_view(self, key: str) -> None:
        """Forget a view saved on this computer."""
        self._kept.views.pop(key.removeprefix("own:"), None)
        self._keep()
        self._show_view()

    # What is shown round the table

    def _show_empty(self, data: Listing) -> None:
        theme, shell = self.context.theme, self.context.shell
        if data.total:
            return
        if not data.anybody:
            empty = EmptyState(
                theme,
                "mdi6.account-group-outline",
                "Nobody is in this register yet",
                "Add people one at a time, or import the spreadsheet you have.",
                "Add a person",
                lambda: shell.run_command("add_person"),
            )
            column = empty.layout()
            if isinstance(column, QVBoxLayout):
                sheet = Button(theme, "Import a spreadsheet", lambda: shell.run_command("import"))
                column.insertWidget(column.count() - 1, sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        elif data.query.filters or data.query.text:
            empty = EmptyState(
                theme,
                "mdi6.magnify",
                "Nobody matches",
                "These filters leave no one. Clear them to see everyone on the pathway.",
                "Clear filters",
                self.chips.clear,
            )
        else:
            empty = EmptyState(
                theme,
                "mdi6.account-group-outline",
                "Nobody is on the pathway",
                "Everyone in this register has left, or had not come yet on this day.",
                "Show those who left",
                lambda: self.show_view("left"),
            )
        if self._empty is not None:
            self._empty.hide()
            self._empty.deleteLater()
        self._empty = empty
        self.table.set_empty(empty)

    def _show_ticks(self) -> None:
        may_record = not (self.context.register.read_only or self.context.as_known)
        self.bulk.show_count(len(self.model.ticked), self.model.rowCount(), may_record=may_record)

    def _say_range(self) -> None:
        top = self.table.rowAt(0)
        last = self.table.rowAt(self.table.viewport().height() - 1)
        total = self.model.rowCount()
        last = last if last >= 0 else total - 1
        self.foot.say_range(views.shown_range(top + 1, last + 1, total), views.sort_words(self.query_now.sort))

    # Columns

    def choose_columns(self) -> None:
        """Offer the columns there are."""
        menu = self.table.make_columns_menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        button = self.head.columns
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def _restore_columns(self) -> None:
        if self._kept.columns:
            keys = [column.key for column in self.model.columns if column.kind != "check"]
            order = [key for key in self._kept.columns if key in keys]
            order += [key for key in keys if key not in order]
            width = {column.key: column.width for column in self.model.columns} | self._kept.widths
            self.table.arrange([ColumnState(key, width[key], key in self._kept.columns) for key in order])

    @Slot()
    def _keep(self) -> None:
        states = self.table.column_states()
        self._kept.columns = [state.key for state in states if state.shown]
        self._kept.widths = {state.key: state.width for state in states}
        self._kept.sort = list(self.query_now.sort)
        self._kept.filters = views.as_typed(self.query_now.filters)
        settings.save_soon(self.context.computer)

    # Acting on people

    def _for_ticked(self, command: str) -> None:
        self._ticked_ids(lambda ids: self.context.shell.run_command(command, person_ids=tuple(ids)))

    def _open_packs(self, kind: str) -> None:
        args = {"kind": kind} if kind else {}
        self._ticked_ids(lambda ids: self.context.shell.open_page("packs", person_ids=tuple(ids), **args))

    def _ticked_ids(self, then: Callable[[list[str]], object]) -> None:
        """The ticked people in the table's order; those the filters no longer list come last."""
        ticked = set(self.model.ticked)

        def in_order(ids: Sequence[str]) -> None:
            listed = [each for each in ids if each in ticked]
            then([*listed, *sorted(ticked - set(listed))])

        self._ask_ids(in_order)

    def _copy_ticked(self) -> None:
        ticked = len(self.model.ticked)
        self.table.copy_rows()
        self.context.shell.say(f"Copied {text.count(ticked, 'row')}.")

    def copy_all(self) -> None:
        """Put every row listed on the clipboard, for a spreadsheet."""
        by_key = {column.key: column for column in self.model.columns}
        columns = [by_key[state.key] for state in self.table.column_states() if state.shown]

        def put(rows: Sequence[Any]) -> None:
            QGuiApplication.clipboard().setText(rows_as_text(columns, rows))
            self.context.shell.say(f"Copied {text.count(len(rows), 'row')}.")

        self.model.all_rows(put)

    def export(self) -> None:
        """Save what is listed as a spreadsheet."""
        export_caseload(self, self.context, self.query_now)

    # What the window asks

    def show_place(self, **args: Any) -> None:
        """`view` names a view; `filters` are filters as typed on a command line; `text` words to look for."""
        if "view" in args:
            self.show_view(args["view"])
        elif "filters" in args:
            self.ask_for(filters=views.from_typed(args["filters"]), text=args.get("text", ""))

    def current_person(self) -> str | None:
        line = self.table.current_row()
        return line.person_id if isinstance(line, CaseloadLine) else None

    def current_name(self) -> str:
        line = self.table.current_row()
        return f"{line.given_names} {line.surname}".strip() if isinstance(line, CaseloadLine) else ""

    def state(self) -> dict[str, Any]:
        return {"row": self.table.currentIndex().row(), "scroll": self.table.verticalScrollBar().value()}

    def restore(self, state: dict[str, Any]) -> None:
        self.table.go_to(int(state.get("row", 0)))
        self.table.verticalScrollBar().setValue(int(state.get("scroll", 0)))

    def focus_filter(self) -> bool:
        self.chips.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.chips.words.selectAll()
        return True

    def focus_first(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
