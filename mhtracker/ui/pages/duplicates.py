"""Possible duplicates: every two records in the register that may be one person, found a slice at a time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.records import NotSame, Person
from mhtracker.operations.merging.people import mark_not_same
from mhtracker.store.queries.likely import (
    SLICE,
    LikelyPair,
    find_likely_pairs,
    ids_to_compare,
    in_order,
    still_likely,
)
from mhtracker.ui.context import Context
from mhtracker.ui.pages.base import Page
from mhtracker.ui.shots import Shot
from mhtracker.ui.tables import Column, DataTable, TableModel
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.labels import Label, rule
from mhtracker.ui.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from mhtracker.store import Store
    from mhtracker.ui.window import Window

MOST_SHOWN = 500
WHY = "Two records that may be one person. Compare them to merge them, or say that they are two people."


class DuplicatesPage(Page):
    """Searches when it is first shown, and again when asked; what was settled leaves the list by itself."""

    key = "duplicates"
    title = "Possible duplicates"
    icon = "account-multiple-outline"
    kinds = frozenset({"person", "not_same"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, px = context.theme, context.theme.px
        self.pairs: tuple[LikelyPair, ...] = ()
        self._ids: list[str] = []
        self._done = 0
        self._run = 0
        self._searched: str | None = None
        self.compare = Button(theme, "Compare", self.on_compare, icon="mdi6.call-merge")
        self.tell_apart = Button(theme, "Two people", self.on_tell_apart, icon="mdi6.account-multiple-outline")
        self.again = Button(theme, "Search again", self.search, icon="mdi6.magnify")
        self.progress = ProgressLine(theme)
        self.progress.cancelled.connect(self.stop)
        self._caption = Label(WHY, "body", "text2", wrap=True)
        self.model = TableModel(_columns(context), self._count, self._fetch, _pair_id)
        self.table = DataTable(theme, self.model, "Possible duplicates")
        self.table.opened.connect(self._open)
        self.table.went_to.connect(lambda _: self._allow())
        self._empty = EmptyState(theme, "mdi6.account-check-outline", "Nobody seems to be here twice", "")
        self.table.set_empty(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head(px))
        column.addWidget(rule())
        column.addWidget(self.table, 1)
        column.addLayout(self._foot(px))
        self._allow()

    def _head(self, px: Any) -> QVBoxLayout:
        top = QVBoxLayout()
        top.setContentsMargins(px(24), px(14), px(24), px(8))
        top.setSpacing(px(8))
        top.addWidget(Label("Possible duplicates", "title"))
        top.addWidget(self._caption)
        steps = QWidget()
        steps.setAccessibleName("Steps")
        row = QHBoxLayout(steps)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(px(8))
        for button in (self.compare, self.tell_apart, self.again):
            row.addWidget(button)
        row.addWidget(self.progress, 1)
        row.addStretch(1)
        top.addWidget(steps)
        return top

    def _foot(self, px: Any) -> QVBoxLayout:
        """Why the pair in hand stands here, in full."""
        self.why = Label("", "body", "text2", wrap=True)
        foot = QVBoxLayout()
        foot.setContentsMargins(px(24), px(8), px(24), px(10))
        foot.addWidget(self.why)
        return foot

    # Searching

    def search(self) -> None:
        """Compare everybody with everybody else, in the background. Others' questions go in between."""
        self._run += 1
        self._searched = self.context.register.address
        self.progress.start("Comparing people")
        self.again.setEnabled(False)
        run = self._run
        self.context.jobs.ask(ids_to_compare, then=lambda ids: self._begin(run, ids))

    def _begin(self, run: int, ids: list[str]) -> None:
        if run == self._run:
            self.pairs, self._ids, self._done = (), ids, 0
            self._next(run)

    def _next(self, run: int) -> None:
        self.progress.step(self._done, len(self._ids), "Comparing people")
        if self._done >= len(self._ids):
            self._finish()
            return
        some = self._ids[self._done : self._done + SLICE]
        self.context.jobs.ask(find_likely_pairs, some, then=lambda found: self._on_found(run, found))

    def _on_found(self, run: int, found: list[LikelyPair]) -> None:
        if run != self._run:
            return
        self._done += SLICE
        if found:
            self._show((*self.pairs, *found))
        self._next(run)

    @Slot()
    def stop(self) -> None:
        """Stop searching; what was found stays."""
        self._run += 1
        self._finish()

    def _finish(self) -> None:
        self.progress.finish()
        self.again.setEnabled(True)
        done = min(self._done, len(self._ids))
        words = f"{text.count(len(self.pairs), 'pair')} found among {text.count(len(self._ids), 'person', 'people')}."
        if done < len(self._ids):
            words = f"{words} Stopped after {text.format_number(done)}."
        self._caption.setText(f"{WHY} {words}")
        self._show(self.pairs)

    # Showing

    def query(self, store: Store, as_at: date) -> tuple[LikelyPair, ...]:
        return tuple(still_likely(store, self.pairs))

    def show_data(self, data: tuple[LikelyPair, ...]) -> None:
        if self._searched != self.context.register.address:
            self.pairs = ()
            self.search()
        else:
            self._show(data)

    def _show(self, pairs: tuple[LikelyPair, ...]) -> None:
        self.pairs = tuple(in_order(pairs))
        self.model.reload()
        self._allow()

    def _count(self, then: Any) -> None:
        then(min(len(self.pairs), MOST_SHOWN))

    def _fetch(self, offset: int, limit: int, then: Any) -> None:
        then(self.pairs[offset : offset + limit])

    def _allow(self) -> None:
        pair = self.table.current_row()
        chosen = pair is not None
        self.why.setText(_why(pair) if pair is not None else "")
        context = self.context
        may_record = not (context.register.read_only or context.as_known)
        self.compare.setEnabled(chosen and may_record)
        self.tell_apart.setEnabled(chosen and may_record)

    # Steps

    def on_compare(self) -> None:
        """Show the two side by side."""
        self._open(self.table.current_row())

    def _open(self, pair: LikelyPair | None) -> None:
        if pair is not None:
            self.context.shell.run_command("merge", person_id=pair.one.id, other_id=pair.other.id)

    def on_tell_apart(self) -> None:
        """Record that the two of the row in hand are two people."""
        pair = self.table.current_row()
        if pair is not None:
            self.context.jobs.do(mark_not_same, pair.one.id, pair.other.id, then=self._on_told_apart)

    def _on_told_apart(self, decision: NotSame) -> None:
        self.context.shell.say("Recorded that they are two people.", can_undo=True)

    def current_person(self) -> str | None:
        pair = self.table.current_row()
        return pair.one.id if pair is not None else None

    def focus_first(self) -> None:
        self.table.setFocus()
        if self.table.current_row() is None:
            self.table.go_to(0)
        self._allow()


def _columns(context: Context) -> tuple[Column, ...]:
    def born(person: Person) -> str:
        return text.format_born(person, context.today) if person.born_on else ""

    def named(person: Person) -> str:
        return f"{text.full_name(person)} {person.ref}"

    return (
        Column("one", "One", 230, text=lambda pair: named(pair.one), kind="strong"),
        Column("one_born", "Born", 130, text=lambda pair: born(pair.one)),
        Column("other", "Other", 230, text=lambda pair: named(pair.other), kind="strong"),
        Column("other_born", "Born", 130, text=lambda pair: born(pair.other)),
        Column("score", "Likeness", 84, text=lambda pair: str(pair.likeness.score), kind="number", align="right",
               about="From 50 (worth a look) to 100 (hardly anything speaks against it)"),
        Column("why", "Why", 420, text=_why, tooltip=_why),
    )  # fmt: skip


def _why(pair: LikelyPair) -> str:
    against = f" But: {'; '.join(pair.likeness.against)}." if pair.likeness.against else ""
    return f"{'; '.join(pair.likeness.reasons)}.{against}"


def _pair_id(pair: LikelyPair) -> str:
    return f"{pair.one.id} {pair.other.id}"


def _compare_first(window: Window) -> None:
    page = window.navigator.current_page()
    if isinstance(page, DuplicatesPage):
        page.focus_first()
        page.on_compare()


SHOTS = (Shot("duplicates", "duplicates"), Shot("duplicates-merge", "duplicates", prepare=_compare_first))
