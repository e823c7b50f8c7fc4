"""The board: a head and a column for each stage, and cards that are carried from one to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from mhtracker.store.queries.board import StageRoom
from mhtracker.ui.board.cards import Card
from mhtracker.ui.board.carrying import CarriedCard, carry_words
from mhtracker.ui.board.column import SIDE, BoardColumn, CardList
from mhtracker.ui.board.counts import HeadCounts
from mhtracker.ui.board.heads import ColumnHead, HeadBox
from mhtracker.ui.board.reading import BoardData
from mhtracker.ui.theme import Theme

NARROWEST = 196
_EDGE, _EDGE_STEP = 40, 18


class PathwayBoard(QScrollArea):
    """`move_asked(person_id, stage_id)` as a card is let go over another stage; it stays where it was.

    ← → change the column, ↑ ↓ the card; Space takes a card up, ← → choose where to, Enter lets go, Esc puts back.
    `carrying(words)` says what is in hand, "" when nothing is. `can_carry` is False while nothing may be recorded.
    """

    opened = Signal(str)
    went_to = Signal(object)
    move_asked = Signal(str, str)
    stage_pressed = Signal(str)
    count_pressed = Signal(str, str)
    """A stage's id, and "places", "waiting" or "stuck"."""

    more_asked = Signal(str)
    carrying = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.can_carry = True
        self.columns: list[BoardColumn] = []
        self.heads: list[ColumnHead] = []
        self.counts: list[HeadCounts] = []
        self._boxes: list[HeadBox] = []
        self._last = 0
        self._from: BoardColumn | None = None
        self._to: BoardColumn | None = None
        self._by_keys = False
        self.setAccessibleName("Board")
        self.viewport().setAccessibleName("Board")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = QWidget()
        self._inside.setProperty("box", "clear")
        self._inside.setAccessibleName("Stages")
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setRowStretch(1, 1)
        self.setWidget(self._inside)
        self._carried = CarriedCard(theme, self)
        self._pointer = QPoint()
        self._edge_timer = QTimer(self)
        self._edge_timer.setInterval(30)
        self._edge_timer.timeout.connect(self._scroll_at_edge)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self._grid.setVerticalSpacing(self._theme.px(8))
        self._inside.setMinimumWidth(len(self.columns) * self._theme.px(NARROWEST))

    # What is shown

    def show_board(self, data: BoardData) -> None:
        """Show columns and cards; columns that are still there keep their place and their keyboard."""
        self.put_back()
        wanted = [column.stage.id for column in data.board.columns]
        if [column.stage.id for column in self.columns] != wanted:
            self._make_columns(data)
        for number, facts in enumerate(data.board.columns):
            self.heads[number].show_column(facts, data.board.month_start, first=number == 0)
            self.columns[number].show_cards(facts.stage, data.cards[facts.stage.id], facts.people)
        self._keep_one_stop()

    def show_rooms(self, rooms: Mapping[str, StageRoom]) -> None:
        """Show what each stage counts beside its people."""
        for number, (column, counts) in enumerate(zip(self.columns, self.counts, strict=True)):
            counts.show_room(rooms.get(column.stage.id), column.stage.label, first=number == 0)

    def _make_columns(self, data: BoardData) -> None:
        for widget in (*self._boxes, *self.columns):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        for number in range(len(self.columns)):
            self._grid.setColumnStretch(number, 0)
        self._boxes = [HeadBox(self._theme) for _ in data.board.columns]
        self.heads = [box.head for box in self._boxes]
        self.counts = [box.counts for box in self._boxes]
        self.columns = [BoardColumn(self._theme, facts.stage, self.handle_key) for facts in data.board.columns]
        for number, (head, column) in enumerate(zip(self.heads, self.columns, strict=True)):
            column.set_ends(number == 0, number == len(self.columns) - 1)
            head.clicked.connect(lambda _=False, column=column: self.stage_pressed.emit(column.stage.id))
            self.counts[number].show_room(None, column.stage.label, first=number == 0)
            self.counts[number].pressed_count.connect(
                lambda what, column=column: self.count_pressed.emit(column.stage.id, what)
            )
            self._grid.addWidget(self._boxes[number], 0, number)
            self._grid.addWidget(column, 1, number)
            self._grid.setColumnStretch(number, 1)
            self._join(column)
        self._last = min(self._last, max(0, len(self.columns) - 1))
        self._measure()

    def _join(self, column: BoardColumn) -> None:
        cards = column.list
        cards.opened.connect(lambda card: self.opened.emit(card.line.person_id))
        cards.went_to.connect(lambda card, column=column: self._on_went(column, card))
        cards.drag_begun.connect(lambda card, place, column=column: self._on_drag_begun(column, card, place))
        cards.dragged.connect(self._on_dragged)
        cards.drag_ended.connect(self._on_drag_ended)
        column.more_asked.connect(lambda column=column: self.more_asked.emit(column.stage.id))

    def column_of(self, stage_id: str) -> BoardColumn | None:
        return next((column for column in self.columns if column.stage.id == stage_id), None)

    def current_card(self) -> Card | None:
        """The card the keyboard is at, or was at last."""
        return self.columns[self._last].list.current_card() if self.columns else None

    def focus_card(self) -> None:
        """Give the keyboard to the card it was at, or the first there is."""
        if not self.columns:
            return
        there = self.columns[self._last]
        if not there.list.cards():
            there = next((column for column in self.columns if column.list.cards()), there)
        there.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_went(self, column: BoardColumn, card: Card) -> None:
        if column.list.hasFocus() and column in self.columns:
            self._last = self.columns.index(column)
            self._keep_one_stop()
            self.went_to.emit(card)

    def _keep_one_stop(self) -> None:
        """Tab stops once in the board, at the column it was in; the arrow keys go about inside."""
        for number, column in enumerate(self.columns):
            stop = number == self._last
            column.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)

    def state(self) -> dict[str, Any]:
        """How the board looks, for `restore`."""
        card = self.current_card()
        return {
            "stage": self.columns[self._last].stage.id if self.columns else "",
            "person": card.line.person_id if card else "",
            "across": self.horizontalScrollBar().value(),
            "down": {column.stage.id: column.list.verticalScrollBar().value() for column in self.columns},
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Look so again."""
        for column in self.columns:
            if column.stage.id == state.get("stage"):
                self._last = self.columns.index(column)
                column.list.go_to(state.get("person", ""))
            column.list.verticalScrollBar().setValue(state.get("down", {}).get(column.stage.id, 0))
        self._keep_one_stop()
        self.horizontalScrollBar().setValue(state.get("across", 0))

    # Keys

    def handle_key(self, cards: CardList, event: QKeyEvent) -> bool:
        """What a key does on the board; False leaves it to the cards."""
        key = event.key()
        if self._carried.card is not None:
            return self._handle_carrying(key)
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step_column(cards, 1 if key == Qt.Key.Key_Right else -1)
            return True
        if key == Qt.Key.Key_Space:
            self.take_up(cards)
            return True
        if key == Qt.Key.Key_Down and cards.currentIndex().row() == len(cards.cards()) - 1:
            column = next(column for column in self.columns if column.list is cards)
            if column.left_over:
                self.more_asked.emit(column.stage.id)
        return False

    def _step_column(self, cards: CardList, by: int) -> None:
        here = next(number for number, column in enumerate(self.columns) if column.list is cards)
        there = here + by
        while 0 <= there < len(self.columns) and not self.columns[there].list.cards():
            there += by
        if not 0 <= there < len(self.columns):
            return
        card_list = self.columns[there].list
        # Go across at the same height rather than to where that column was left.
        height = cards.visualRect(cards.currentIndex()).center().y()
        across = card_list.indexAt(QPoint(card_list.viewport().width() // 2, height))
        card_list.go_to_row(across.row() if across.isValid() else len(card_list.cards()) - 1)
        card_list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(self.columns[there], 0, 0)

    def take_up(self, cards: CardList) -> None:
        """Carry a column's current card by keys, to the next stage at first."""
        card = cards.current_card()
        column = next(column for column in self.columns if column.list is cards)
        if card is None or not self.can_carry or len(self.columns) < 2:
            return
        self._begin(column, card)
        self._by_keys = True
        here = self.columns.index(column)
        self._aim(self.columns[here + 1 if here + 1 < len(self.columns) else here - 1])

    def _handle_carrying(self, key: int) -> bool:
        if key == Qt.Key.Key_Escape:
            self.put_back()
        elif not self._by_keys:
            return True
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._to is not None:
            there = self.columns.index(self._to) + (1 if key == Qt.Key.Key_Right else -1)
            self._aim(self.columns[min(max(there, 0), len(self.columns) - 1)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._let_go()
        elif key == Qt.Key.Key_Tab:
            self.put_back()
            return False
        return True

    def _aim(self, column: BoardColumn) -> None:
        """Stand with the card at the top of a column."""
        self.ensureWidgetVisible(column, 0, 0)
        self._target(column)
        card = self._carried.card
        if card is not None:
            corner = column.list.mapTo(self, QPoint(self._theme.px(SIDE), self._theme.px(3)))
            self._carried.stand(corner, self._words())
            self.carrying.emit(carry_words(card, column.stage.label))

    # Carrying

    def _begin(self, column: BoardColumn, card: Card) -> None:
        self._from, self._to = column, None
        column.list.set_ghost(card.line.person_id)
        row = column.list.currentIndex().row()
        self._carried.take(card, int(column.list.card_rect(max(row, 0)).width()))

    def _target(self, column: BoardColumn | None) -> None:
        self._to = column
        for each in self.columns:
            each.set_target(each is column and each is not self._from)

    def _words(self) -> str:
        return "Let go to record this move" if self._to not in (None, self._from) else "Let go to change nothing"

    def _on_drag_begun(self, column: BoardColumn, card: Card, place: QPoint) -> None:
        if not self.can_carry:
            return
        self.put_back()
        self._begin(column, card)
        self._by_keys = False
        self.carrying.emit(f"{card.name}: let go over a stage to record a move, Esc to put back")
        self._on_dragged(place)
        self._edge_timer.start()

    def _on_dragged(self, place: QPoint) -> None:
        if self._carried.card is None or self._by_keys:
            return
        self._pointer = place
        self._target(self._column_at(place))
        here = self.mapFromGlobal(place)
        corner = here - QPoint(self._carried.width() // 3, self._theme.px(18))
        self._carried.stand(corner, self._words())

    def _on_drag_ended(self, place: QPoint) -> None:
        if self._carried.card is not None and not self._by_keys:
            self._on_dragged(place)
            self._let_go()

    def _column_at(self, place: QPoint) -> BoardColumn | None:
        inside = self._inside.mapFromGlobal(place)
        if not self.viewport().rect().contains(self.viewport().mapFromGlobal(place)):
            return None
        for head, column in zip(self.heads, self.columns, strict=True):
            if QRect.united(head.geometry(), column.geometry()).contains(inside):
                return column
        return None

    def _let_go(self) -> None:
        card, to, begun = self._carried.card, self._to, self._from
        self.put_back()
        if card is not None and to is not None and to is not begun:
            self.move_asked.emit(card.line.person_id, to.stage.id)

    def put_back(self) -> None:
        """Carry nothing any more; every card is where it was."""
        self._edge_timer.stop()
        if self._carried.card is None:
            return
        self._carried.put_down()
        for column in self.columns:
            column.set_target(False)
            column.list.set_ghost("")
        self._from = self._to = None
        self.carrying.emit("")

    @property
    def carried(self) -> CarriedCard:
        return self._carried

    def _scroll_at_edge(self) -> None:
        """While a card is held near the left or right edge, bring the columns beyond it into view."""
        here, edge = self.mapFromGlobal(self._pointer).x(), self._theme.px(_EDGE)
        step = self._theme.px(_EDGE_STEP)
        by = -step if here < edge else step if here > self.width() - edge else 0
        bar = self.horizontalScrollBar()
        before = bar.value()
        bar.setValue(before + by)
        if bar.value() != before:
            self._on_dragged(self._pointer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._by_keys and self._to is not None:
            self._aim(self._to)

    def add_cards(self, stage_id: str, cards: Sequence[Card]) -> None:
        """Grow a column."""
        column = self.column_of(stage_id)
        if column is not None:
            column.add_cards(cards)
