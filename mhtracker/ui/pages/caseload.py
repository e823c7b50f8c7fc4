"""The caseload: everyone on the pathway in one table, filtered, sorted, ticked and acted on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout

from mhtracker import text
from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.records import SavedView
from mhtracker.store import Store
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, caseload_ids, list_caseload
from mhtracker.store.queries.views import EVERYONE
from mhtracker.ui.caseload import filters as views
from mhtracker.ui.caseload.bulk_bar import BulkBar
from mhtracker.ui.caseload.chip_bar import ChipBar
from mhtracker.ui.caseload.columns import LineWords, caseload_columns, strip_axis
from mhtracker.ui.caseload.empties import make_empty
from mhtracker.ui.caseload.export import export_caseload
from mhtracker.ui.caseload.foot import CaseloadFoot
from mhtracker.ui.caseload.head import CaseloadHead
from mhtracker.ui.caseload.reading import Counts, Listing, read_counts, read_listing
from mhtracker.ui.caseload.view_keeper import ViewKeeper
from mhtracker.ui.commands import Command
from mhtracker.ui.context import Context
from mhtracker.ui.pages.base import Page
from mhtracker.ui.table_model import PAGE
from mhtracker.ui.tables import ColumnState, DataTable, TableModel, rows_as_text
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.labels import rule

FIRST_SORT = (("review", False),)


class CaseloadPage(Page):
    """Filters and order are remembered on this computer, columns for each view; views are kept in the register."""

    key = "caseload"
    title = "Caseload"
    icon = "account-group-outline"
    kinds = frozenset(
        {"person", "placement", "plan", "target", "review", "status", "stage", "service", "worker", "team", "view"}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        kept = context.computer.table(self.key)
        self.views = ViewKeeper(context, kept)
        self.query_now = CaseloadQuery(views.from_typed(kept.filters), tuple(kept.sort) or FIRST_SORT)
        self._listing: Listing | None = None
        self._counts: Counts | None = None
        self._words = LineWords(context.as_at)
        self._empty: EmptyState | None = None
        self._build()
        self._arrange_as(self.views.key)
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
        self.foot = CaseloadFoot(theme, self.narrow_to)
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
        self.head.view_renamed.connect(self.views.rename)
        self.head.view_step.connect(self.take_view_step)
        self.chips.changed.connect(lambda filters: self.ask_for(filters=filters))
        self.chips.cleared.connect(lambda: self.ask_for(filters=(), text=""))
        self.chips.typed.connect(lambda typed: self.ask_for(text=typed))
        self.chips.words.left_down.connect(self.focus_first)
        self.table.opened.connect(lambda line: shell.open_person(line.person_id))
        self.table.sort_asked.connect(self._on_sort)
        self.table.arranged.connect(self._keep_look)
        self.table.verticalScrollBar().valueChanged.connect(lambda _: self._say_range())
        self.model.ticked_changed.connect(lambda _: self._show_ticks())
        self.bulk.reassign.connect(lambda: self._for_ticked("reassign"))
        self.bulk.hand_over.connect(lambda: self._for_ticked("hand_over"))
        self.bulk.export.connect(lambda: self._ticked_ids(self.export_people))
        self.bulk.pin.connect(lambda: self._ticked_ids(lambda ids: shell.run_command("pin_people", ids=ids)))
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
        begin_with = self.views.begin_with
        return read_listing(store, self.query_now, as_at, PAGE, self._listing, begin_with=begin_with)

    def show_data(self, data: Listing) -> None:
        self._listing = data
        self.views.saved = data.saved
        self._begin(data)
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
            self.views.all(),
            data.as_at,
            then=self._on_counts,
            slot=("caseload counts", id(self)),
        )

    def _begin(self, data: Listing) -> None:
        """Take on the saved view that was begun with."""
        self.views.begin_with = ""
        if data.began is not None:
            self.query_now = data.query
            self.views.key = data.began.key
            self.chips.set_filters(data.query.filters)
            self._arrange_as(data.began.key)
            self.table.set_sort(*(data.query.sort[0] if data.query.sort else ("", False)))

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

    def narrow_to(self, to: Filter) -> None:
        """List those alone, among what is listed, whom a figure counts."""
        self.ask_for(filters=views.with_filters(self.query_now.filters, to.column, (to,)))

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
        self.views.keep_query(asked)
        self.refresh()

    def _on_sort(self, name: str, down: bool) -> None:
        self.ask_for(sort=((name, down),))
        if self.views.key != EVERYONE:
            self._keep_look()

    # Views

    @Slot(str)
    def show_view(self, key: str) -> None:
        """List what a view lists, arranged as it was left."""
        view = self.views.find(key)
        if view is not None:
            self.views.key = key
            self._arrange_as(key)
            self.ask_for(filters=view.filters, sort=tuple(self.views.look(key).sort) or None, text="")

    def _show_view(self) -> None:
        self.views.settle(self.query_now.filters)
        self.head.show_views(self.views.all(), self.views.key, self.views.state(self.query_now, self._columns_shown()))

    @Slot(str)
    def save_view(self, name: str) -> None:
        """Keep what is listed, its order and columns, under a name in the register."""

        def saved(view: SavedView) -> None:
            self.views.key = f"view:{view.id}"
            self.context.shell.say(f"Saved the view “{view.name}”.", can_undo=True)
            self.refresh()

        self.views.save(name, self.query_now, self._columns_shown(), saved)

    @Slot(str, str)
    def take_view_step(self, step: str, key: str) -> None:
        """What the view's menu offers: update, share, delete, begin with it."""
        self.views.take_step(step, key, self.query_now, self._columns_shown())
        self._show_view()

    # What is shown round the table

    def _show_empty(self, data: Listing) -> None:
        if data.total:
            return
        empty = make_empty(self.context, data, self.chips.clear, lambda: self.show_view("left"))
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

    def _columns_shown(self) -> list[str]:
        return [state.key for state in self.table.column_states() if state.shown]

    def _arrange_as(self, key: str) -> None:
        """Arrange the columns as a view was left, saved, or is by itself."""
        columns = [column for column in self.model.columns if column.kind != "check"]
        look = self.views.look(key)
        usual = [column.key for column in columns if column.shown]
        shown = [each for each in look.columns if any(column.key == each for column in columns)] or usual
        order = shown + [column.key for column in columns if column.key not in shown]
        width = {column.key: column.width for column in columns} | look.widths
        self.table.arrange([ColumnState(each, width[each], each in shown) for each in order])

    @Slot()
    def _keep_look(self) -> None:
        self.views.keep_look(self.table.column_states(), self.query_now.sort)
        self._show_view()

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

    def export_people(self, person_ids: Sequence[str]) -> None:
        """Save these people as a spreadsheet, in this order."""
        export_caseload(self, self.context, person_ids)

    # What the window asks

    def show_place(self, **args: Any) -> None:
        """`view` names a view; `filters` are filters as typed on a command line; `text` words to look for."""
        if "view" in args and self.views.find(args["view"]) is not None:
            self.show_view(args["view"])
        elif "view" in args:
            self.views.begin_with = args["view"]
            self.refresh()
        elif "filters" in args:
            self.views.begin_with = ""
            self.ask_for(filters=views.from_typed(args["filters"]), text=args.get("text", ""))

    def current_person(self) -> str | None:
        line = self.table.current_row()
        return line.person_id if isinstance(line, CaseloadLine) else None

    def current_name(self) -> str:
        line = self.table.current_row()
        return text.name_in_order(line.surname, line.given_names) if isinstance(line, CaseloadLine) else ""

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
