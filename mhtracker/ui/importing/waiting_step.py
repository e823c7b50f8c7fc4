"""Rows that earlier imports put aside: each put right as it would have been then, or left out for good."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QVBoxLayout, QWidget

from mhtracker.domain.errors import UserError
from mhtracker.domain.records import PutAside, Stage
from mhtracker.operations.importing.mends import Decision
from mhtracker.operations.importing.put_aside import rehearse_row, waiting_rows
from mhtracker.operations.importing.rehearsal import Outcome
from mhtracker.store import Store
from mhtracker.text import count, format_date, name_in_order
from mhtracker.ui.importing.aside_card import AsideCard
from mhtracker.ui.importing.reading import Rehearsed, sorted_out
from mhtracker.ui.tables import Column, DataTable, TableModel
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.card import clear_layout
from mhtracker.ui.widgets.down_scroll import DownScroll
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.labels import Label, rule

PANEL = 340
BESIDE = 880


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row kept for later, and whom it seems to be about."""

    kept: PutAside
    name: str


def read_waiting(store: Store) -> list[Waiting]:
    """The rows still to be put right."""
    return [Waiting(kept, _name(kept)) for kept in waiting_rows(store)]


def _name(kept: PutAside) -> str:
    cells, mapping = json.loads(kept.cells), json.loads(kept.mapping)
    said = {field: str(cells.get(heading, "")) for heading, field in mapping.items() if heading in cells}
    return said.get("name") or name_in_order(said.get("surname", ""), said.get("given_names", ""))


def rehearse_waiting(store: Store, put_aside_id: str, decisions: Sequence[Decision]) -> Rehearsed:
    """What importing one kept row would do, with what was decided so far."""
    return sorted_out(store, rehearse_row(store, put_aside_id, decisions=decisions))


class WaitingStep(QWidget):
    """`chosen` with a kept row, `decided` with decisions about it, `take` to import it, `leave_out` to settle it."""

    chosen = Signal(object)
    decided = Signal(list)
    take = Signal()
    leave_out = Signal()
    back = Signal()

    def __init__(self, theme: Theme, today: date) -> None:
        super().__init__()
        self._theme, self._today = theme, today
        self.waiting: Sequence[Waiting] = ()
        self.current: Waiting | None = None
        self.card: AsideCard | None = None
        self.take_button: Button | None = None
        self.setAccessibleName("Rows put aside")
        px = theme.px
        self.said = Label("", tone="text2", wrap=True)
        self.model = TableModel.of_rows(_columns(), [], lambda row: row.kept.id)
        self.model.setParent(self)
        self.table = DataTable(theme, self.model, "Rows put aside", fixed=1)
        self.table.went_to.connect(self._on_went_to)
        self.table.opened.connect(lambda _: self.focus_card())
        self.table.set_empty(
            EmptyState(theme, "check", "No row is put aside", "Rows that an import cannot take are kept here.")
        )
        frame = QFrame()
        frame.setProperty("box", "card")
        frame.setAccessibleName("Rows put aside")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        frame.setMinimumHeight(px(240))
        self._panel = QFrame()
        self._panel.setProperty("box", "card")
        self._panel.setAccessibleName("Putting it right")
        self._side = QVBoxLayout(self._panel)
        self._side.setContentsMargins(1, 1, 1, px(10))
        self._side.setSpacing(px(6))
        self._scroll = DownScroll.around(self._panel, "Putting it right")
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(px(14))
        self._body.addWidget(frame, 1)
        self._body.addWidget(self._scroll)
        column = QVBoxLayout(self)
        column.setContentsMargins(3, 0, 3, 0)
        column.setSpacing(px(8))
        column.addWidget(self.said)
        column.addLayout(self._body, 1)
        theme.changed.connect(self._fit)
        self._fit()

    def show_waiting(self, waiting: Sequence[Waiting]) -> None:
        """Show the rows; the one in hand stays in hand while it waits."""
        self.waiting = waiting
        told = count(len(waiting), "row")
        self.said.setText(f"{told} kept from earlier imports. Put right, each is imported by itself and can be undone.")
        self.said.setVisible(bool(waiting))
        self.model.ask_with(
            lambda then: then(len(waiting)), lambda offset, most, then: then(waiting[offset : offset + most])
        )
        before = self.current.kept.id if self.current is not None else ""
        place = next((n for n, row in enumerate(waiting) if row.kept.id == before), None)
        if place is None:
            self.current = None
            self._clear()
            if waiting:
                self.table.go_to(0)
                if self.current is None:
                    self._on_went_to(waiting[0])

    def _on_went_to(self, row: Waiting) -> None:
        if self.current is None or row.kept.id != self.current.kept.id:
            self.current = row
            self.chosen.emit(row)

    def _clear(self) -> None:
        clear_layout(self._side)
        self.card = self.take_button = None

    def show_rehearsed(self, rehearsed: Rehearsed, stages: Sequence[Stage]) -> None:
        """Show what is left to put right on the row in hand, or what importing it would do."""
        if self.current is None:
            return
        had_focus = self._panel.isAncestorOf(QApplication.focusWidget() or self)
        self._clear()
        kept = self.current.kept
        for question in rehearsed.questions[:1]:
            self.card = AsideCard(
                self._theme, question, likenesses=rehearsed.likenesses, headings=rehearsed.rehearsal.table.headings,
                stages=stages, today=self._today,
            )  # fmt: skip
            self.card.decided.connect(self.decided)
            self._side.addWidget(self.card)
        if not rehearsed.questions:
            self._side.addLayout(self._ready(rehearsed))
        self._side.addWidget(rule())
        self._side.addLayout(self._cells(kept))
        self._side.addStretch(1)
        if had_focus:
            self.focus_card()

    def _ready(self, rehearsed: Rehearsed) -> QVBoxLayout:
        px = self._theme.px
        rows = rehearsed.rehearsal.rows
        outcome = rows[0].outcome if rows else Outcome.SAME
        words = {
            Outcome.NEW: "Nothing is left to put right. Importing it adds this person.",
            Outcome.CHANGE: "Nothing is left to put right. Importing it changes what the register has.",
        }.get(outcome, "The register has all of this already. Importing it changes nothing.")
        column = QVBoxLayout()
        column.setContentsMargins(px(14), px(12), px(12), px(6))
        column.setSpacing(px(8))
        column.addWidget(Label(self.current.name if self.current else "", "strong", wrap=True))
        column.addWidget(Label(words, tone="text2", wrap=True))
        self.take_button = Button(self._theme, "Import this row", self.take.emit, kind="primary")
        column.addWidget(self.take_button)
        column.addWidget(LinkButton(self._theme, "Leave out", self.leave_out.emit), 0, Qt.AlignmentFlag.AlignLeft)
        return column

    def _cells(self, kept: PutAside) -> QVBoxLayout:
        px = self._theme.px
        column = QVBoxLayout()
        column.setContentsMargins(px(14), px(6), px(12), 0)
        column.setSpacing(px(2))
        sheet = f", sheet “{kept.sheet}”" if kept.sheet else ""
        column.addWidget(Label(f"Row {kept.row} of {kept.file}{sheet}", "caption-strong", "text2", wrap=True))
        for heading, words in json.loads(kept.cells).items():
            if words:
                tone = "danger" if heading == kept.column else ""
                column.addWidget(Label(f"{heading}: {' '.join(words.split())[:200]}", "caption", tone, wrap=True))
        return column

    def show_problem(self, error: UserError) -> None:
        """Say why a row cannot be looked at."""
        self._clear()
        words = Label(str(error), tone="danger", wrap=True)
        words.setContentsMargins(*(self._theme.px(14),) * 4)
        self._side.addWidget(words)
        self._side.addStretch(1)

    def focus_card(self) -> None:
        if self.card is not None:
            self.card.focus_first()
        elif self.take_button is not None:
            self.take_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        theme = self._theme
        beside = self.width() / theme.scale >= BESIDE
        self._body.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        if beside:
            self._scroll.setFixedWidth(theme.px(PANEL))
            self._scroll.setMinimumHeight(0)
        else:
            self._scroll.setMinimumWidth(0)
            self._scroll.setMaximumWidth(16_777_215)
            self._scroll.setMinimumHeight(theme.px(320))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _columns() -> list[Column]:
    return [
        Column("name", "Who", 190, lambda row: row.name, kind="strong"),
        Column("reason", "Put aside because", 320, lambda row: row.kept.reason, tooltip=lambda row: row.kept.reason),
        Column(
            "file", "File", 170, lambda row: row.kept.file, kind="quiet", tooltip=lambda row: row.kept.file, gives=1
        ),
        Column("row", "Row", 60, lambda row: str(row.kept.row), kind="quiet", align="right"),
        Column("since", "Since", 110, lambda row: format_date(row.kept.put_aside_on), kind="quiet"),
    ]
