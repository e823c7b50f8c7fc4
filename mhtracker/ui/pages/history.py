"""History: every change to the register in words, newest first, narrowed to a person, a worker, a kind or some days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout

from mhtracker.domain.records import KINDS, Changes
from mhtracker.store.queries.history import HistoryQuery
from mhtracker.ui.context import Context
from mhtracker.ui.history.filters import HistoryFilters
from mhtracker.ui.history.reading import read_who
from mhtracker.ui.history.step_list import StepList
from mhtracker.ui.pages.base import Page
from mhtracker.ui.person.parts import Tab
from mhtracker.ui.shots import Shot, settle
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.labels import Label, rule

if TYPE_CHECKING:
    from mhtracker.store import Store
    from mhtracker.ui.window import Window


class HistoryPage(Page):
    """`show_place(person_id=…)` narrows it to a person; None shows everything."""

    key = "history"
    title = "History"
    icon = "history"
    kinds = frozenset(KINDS)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, px = context.theme, context.theme.px
        self.filters = HistoryFilters(context)
        self.filters.changed.connect(self.refresh)
        self.list = StepList(context, of_one=False, empty=self._nothing)
        self.list.shown.connect(self._on_shown)
        self._caption = Label("", "body", "text2", wrap=True)
        top = QVBoxLayout()
        top.setContentsMargins(px(24), px(14), px(24), px(8))
        top.setSpacing(px(8))
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(Label("History", "title"))
        head.addWidget(self._caption, 1)
        top.addLayout(head)
        top.addWidget(self.filters)
        body = Tab(theme, "Steps")
        body.column.addWidget(self.list)
        body.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(rule())
        column.addWidget(body, 1)

    def _nothing(self) -> EmptyState:
        narrowed = self.filters.query() != HistoryQuery()
        return EmptyState(
            self.context.theme,
            "mdi6.history",
            "Nothing like this was recorded" if narrowed else "Nothing has been recorded yet",
            "Every change is kept here: who made it, when, what it was before and after.",
            "Show everything" if narrowed else "",
            self.filters.clear if narrowed else None,
        )

    def show_place(self, **args: Any) -> None:
        if "person_id" in args:
            self.filters.set_person(args["person_id"], "…" if args["person_id"] else "")
        self.refresh()

    def query(self, store: Store, as_at: date) -> list[str]:
        return read_who(store)

    def show_data(self, data: list[str]) -> None:
        self.filters.show_who(data)
        context = self.context
        may_record = not (context.register.read_only or context.as_known)
        self.list.ask(self.filters.query(), may_record=may_record)

    def concerned(self, changes: Changes) -> bool:
        return True

    def _on_shown(self, count: int) -> None:
        if self.list.person:
            self.filters.set_person(self.list.person_id, self.list.person)
        self._caption.setText("Every change to this register, newest first")

    def current_person(self) -> str | None:
        return self.list.person_id

    def focus_filter(self) -> bool:
        self.filters.person.line.setFocus()
        return True

    def focus_first(self) -> None:
        self.filters.person.line.setFocus()


def _open_some(window: Window) -> None:
    page = window.navigator.current_page()
    app = QApplication.instance()
    if isinstance(page, HistoryPage) and isinstance(app, QApplication):
        settle(app, window, lambda: page.list.whole)
        for row in list(page.list.rows.values())[:2]:
            row.on_toggle()


SHOTS = (Shot("history", "history"), Shot("history-open", "history", prepare=_open_some))
