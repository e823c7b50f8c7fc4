"""Beside the rehearsal: the rows put aside with what would be right, and what else should be known of the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from mhtracker.domain.records import Stage
from mhtracker.operations.importing.sheets import Remark
from mhtracker.text import count
from mhtracker.ui.importing.aside_card import AsideCard
from mhtracker.ui.importing.questions import Question
from mhtracker.ui.importing.reading import Rehearsed, in_window
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.card import clear_layout
from mhtracker.ui.widgets.down_scroll import DownScroll
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.labels import Label, rule
from mhtracker.ui.widgets.shapes import ShapeMark
from mhtracker.ui.widgets.tab_line import TabLine

AT_ONCE = 10
SHOWN_REMARKS = 60
ASIDE, REMARKS = "aside", "remarks"


class AsidePanel(QFrame):
    """`decided` with the decisions of a card, `picked` with a row's number, `save` to keep the rows as a sheet."""

    decided = Signal(list)
    picked = Signal(int)
    save = Signal()
    reordered = Signal()

    def __init__(self, theme: Theme, stages: Sequence[Stage], today: date) -> None:
        super().__init__()
        self._theme, self._today = theme, today
        self.stages: Sequence[Stage] = stages
        self._rehearsed: Rehearsed | None = None
        self._limit = AT_ONCE
        self.cards: list[AsideCard] = []
        self._by_key: dict[tuple[object, ...], tuple[AsideCard, QFrame]] = {}
        self._remarks_stale = True
        self.setProperty("box", "card")
        self.setAccessibleName("Put aside")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(self._make_head())
        self.tabs = TabLine(theme, "What to look at")
        self.tabs.chosen.connect(lambda _: self._show_tab())
        column.addWidget(self.tabs)
        column.addWidget(rule())
        self._stack = QStackedWidget()
        self._rows = self._make_area("Rows put aside")
        self._remarks = self._make_area("To know")
        column.addWidget(self._stack, 1)
        self._column = self._rows[1]
        self._nothing = EmptyState(theme, "check", "Every row can be taken", "Nothing is left to put right.")
        self._more = Button(theme, "", self._on_more)
        self._column.addWidget(self._nothing)
        self._column.addWidget(self._more)
        self._column.addStretch(1)

    def _make_area(self, name: str) -> tuple[DownScroll, QVBoxLayout]:
        inside = QWidget()
        inside.setProperty("box", "surface")
        inside.setAccessibleName(name)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        area = DownScroll.around(inside, name)
        self._stack.addWidget(area)
        return area, column

    def _make_head(self) -> QHBoxLayout:
        px = self._theme.px
        row = QHBoxLayout()
        row.setContentsMargins(px(14), px(6), px(8), px(6))
        row.setSpacing(px(8))
        self._mark = ShapeMark(self._theme, "overdue", "Put aside")
        self.title = Label("", "heading", wrap=True)
        self.save_button = LinkButton(self._theme, "Save as a sheet", self.save.emit)
        row.addWidget(self._mark)
        row.addWidget(self.title, 1)
        row.addWidget(self.save_button)
        return row

    # Showing

    def show_rehearsed(self, rehearsed: Rehearsed) -> None:
        """Show what is put aside now. A card that stays as it was keeps what is being typed in it."""
        focused = self._focused_card()
        at = self.cards.index(focused) if focused is not None else -1
        key = _key(focused.question) if focused is not None else None
        self._rehearsed = rehearsed
        self._remarks_stale = True
        aside = len(rehearsed.rehearsal.put_aside)
        self.title.setText(f"Put aside, {count(aside, 'row')}" if aside else "Nothing is put aside")
        self._mark.set_shape("overdue" if aside else "in_date", "Put aside" if aside else "All is well")
        self.save_button.setVisible(bool(aside))
        remarks = len(rehearsed.rehearsal.warnings)
        self.tabs.set_tabs(
            [(ASIDE, "To put right", len(rehearsed.questions)), (REMARKS, "To know", remarks)],
            None if self.tabs.count() else ASIDE if aside or not remarks else REMARKS,
        )
        self._show_cards(rehearsed)
        self._show_tab()
        if at >= 0 and key not in self._by_key:
            self.focus_card(min(at, len(self.cards) - 1))

    def tab_stops(self) -> list[QWidget]:
        """What Tab goes through, in reading order."""
        return [
            self.save_button,
            self.tabs,
            *(stop for card in self.cards for stop in card.tab_stops()),
            self._more,
        ]

    def _focused_card(self) -> AsideCard | None:
        return next((card for card in self.cards if _has_focus(card)), None)

    def focus_card(self, place: int) -> None:
        """Give the keyboard to a card, or to the panel's tabs when none is left."""
        if 0 <= place < len(self.cards):
            self.cards[place].focus_first()
        else:
            self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_tab(self) -> None:
        remarks = self.tabs.key() == REMARKS
        self._stack.setCurrentWidget((self._remarks if remarks else self._rows)[0])
        if remarks and self._remarks_stale and self._rehearsed is not None:
            self._remarks_stale = False
            clear_layout(self._remarks[1])
            self._add_remarks(self._remarks[1], self._rehearsed.rehearsal.warnings)
            self._remarks[1].addStretch(1)

    def _show_cards(self, found: Rehearsed) -> None:
        """Add and take away only what differs, so that a card keeps what is typed in it, and time."""
        wanted = {_key(question): question for question in found.questions[: self._limit]}
        for key in [key for key in self._by_key if key not in wanted]:
            for widget in self._by_key.pop(key):
                self._column.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        for place, (key, question) in enumerate(wanted.items()):
            if key not in self._by_key:
                card, line = self._make_card(question, found), rule()
                self._column.insertWidget(2 * place, card)
                self._column.insertWidget(2 * place + 1, line)
                self._by_key[key] = card, line
        self.cards = [self._by_key[key][0] for key in wanted]
        rest = len(found.questions) - self._limit
        self._more.set_words(f"Show {min(rest, AT_ONCE)} of {rest:,} more")
        self._more.setVisible(rest > 0)
        self._nothing.setVisible(not found.questions)

    def _make_card(self, question: Question, found: Rehearsed) -> AsideCard:
        card = AsideCard(
            self._theme,
            question,
            likenesses=found.likenesses,
            headings=found.rehearsal.table.headings,
            stages=self.stages,
            today=self._today,
        )
        card.decided.connect(self.decided)
        card.picked.connect(self._on_picked)
        card.grew.connect(partial(QTimer.singleShot, 0, self, partial(self._bring_foot_of, card)))
        return card

    def _bring_foot_of(self, card: AsideCard) -> None:
        """Bring the field just opened into view, with its button."""
        self.reordered.emit()
        if card.typing is not None:
            self._rows[0].ensureWidgetVisible(card.typing.use, 0, self._theme.px(12))

    def _on_more(self) -> None:
        self._limit += AT_ONCE
        if self._rehearsed is not None:
            self._show_cards(self._rehearsed)
            self.reordered.emit()

    def _add_remarks(self, column: QVBoxLayout, remarks: Sequence[Remark]) -> None:
        if not remarks:
            column.addWidget(EmptyState(self._theme, "check", "Nothing else to know", "Every cell was read as it is."))
        for remark in remarks[:SHOWN_REMARKS]:
            line = QWidget()
            box = QVBoxLayout(line)
            box.setContentsMargins(self._theme.px(9), self._theme.px(8), self._theme.px(10), self._theme.px(8))
            box.setSpacing(self._theme.px(2))
            where = ", ".join(
                filter(None, (f"Row {remark.row}" if remark.row else "The sheet", remark.column, remark.value[:60]))
            )
            line.setAccessibleName(f"{where}. {in_window(remark.reason)}")
            if remark.row:
                box.addWidget(
                    LinkButton(self._theme, where if len(where) < 38 else where[:36] + "…",
                               partial(self.picked.emit, remark.row)), 0, Qt.AlignmentFlag.AlignLeft
                )  # fmt: skip
            else:
                box.addWidget(Label(where, "strong", wrap=True))
            words = Label(in_window(remark.reason), tone="text2", wrap=True)
            box.addWidget(words)
            column.addWidget(line)
            column.addWidget(rule())
        if len(remarks) > SHOWN_REMARKS:
            rest = Label(f"And {len(remarks) - SHOWN_REMARKS:,} more.", tone="text3")
            rest.setContentsMargins(*(self._theme.px(14),) * 4)
            column.addWidget(rest)

    # The row in hand

    def _on_picked(self, question: Question) -> None:
        self.mark(question.first.number)
        self.picked.emit(question.first.number)

    def mark(self, number: int | None) -> None:
        """Mark the card of a row, if one is shown, and bring it into view."""
        for card in self.cards:
            on = number is not None and any(row.number == number for row in card.question.rows)
            card.set_marked(on)
            if on:
                self._rows[0].ensureWidgetVisible(card, 0, 0)

    def card_of(self, number: int) -> AsideCard | None:
        """The card about a row, among those shown."""
        return next((card for card in self.cards if any(row.number == number for row in card.question.rows)), None)


def _has_focus(card: AsideCard) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and card.isAncestorOf(focused)


def _key(question: Question) -> tuple[object, ...]:
    rows = tuple(row.number for row in question.rows)
    problems = tuple((problem.column, problem.value, problem.reason, problem.mends) for problem in question.problems)
    return rows, problems
