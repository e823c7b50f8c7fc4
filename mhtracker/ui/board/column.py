"""A column of the board: the cards of one stage, one below the other, and how many more there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from mhtracker import text
from mhtracker.domain.records import Stage
from mhtracker.ui.board.cards import Card, card_height, paint_card
from mhtracker.ui.board.reading import STEP
from mhtracker.ui.focus import paint_ring
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.labels import Label, plain_tooltip

SIDE, GAP = 7, 8
_Index = QModelIndex | QPersistentModelIndex


class _Cards(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cards: list[Card] = []

    def show(self, cards: Sequence[Card]) -> None:
        self.beginResetModel()
        self.cards = list(cards)
        self.endResetModel()

    def add(self, cards: Sequence[Card]) -> None:
        if cards:
            self.beginInsertRows(QModelIndex(), len(self.cards), len(self.cards) + len(cards) - 1)
            self.cards += cards
            self.endInsertRows()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            return self.cards[index.row()].words()
        if role == Qt.ItemDataRole.ToolTipRole and index.isValid():
            return plain_tooltip(self.cards[index.row()].words())
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: CardList) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        self._view.paint_row(painter, QRectF(option.rect), index.row())

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        theme = self._view.theme
        return QSize(100, card_height(theme, self._view.cards()[index.row()]) + theme.px(GAP))


class CardList(QListView):
    """The cards. Only those in view are painted.

    A drag is told as it goes, in global places: `drag_begun(card, place)`, `dragged(place)`, `drag_ended(place)`.
    `keys` is asked first what to do with a key.
    """

    opened = Signal(object)
    went_to = Signal(object)
    drag_begun = Signal(object, QPoint)
    dragged = Signal(QPoint)
    drag_ended = Signal(QPoint)

    def __init__(self, theme: Theme, name: str, keys: Callable[[CardList, QKeyEvent], bool]) -> None:
        super().__init__()
        self.theme, self._keys = theme, keys
        self.ghost = ""
        self._pressed: QPoint | None = None
        self._drags = False
        self._pointed = -1
        self._cards = _Cards(self)
        self.setAccessibleName(name)
        self.viewport().setAccessibleName(name)
        self.setModel(self._cards)
        self.setItemDelegate(_Delegate(self))
        self.setProperty("box", "clear")
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(theme.px(24))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self._on_theme)

    # What is shown

    def cards(self) -> list[Card]:
        return self._cards.cards

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show these; the keyboard stays with the person it was at, or in the same place."""
        before, at = self.current_card(), self.currentIndex().row()
        scrolled = self.verticalScrollBar().value()
        self._cards.show(cards)
        if not (before is not None and self.go_to(before.line.person_id)):
            self.go_to_row(max(at, 0))
        self.verticalScrollBar().setValue(scrolled)

    def add_cards(self, cards: Sequence[Card]) -> None:
        self._cards.add(cards)

    def current_card(self) -> Card | None:
        row = self.currentIndex().row()
        return self.cards()[row] if 0 <= row < len(self.cards()) else None

    def go_to(self, person_id: str) -> bool:
        """Go to a person's card. False if they have none here."""
        row = next((n for n, card in enumerate(self.cards()) if card.line.person_id == person_id), -1)
        if row >= 0:
            self.go_to_row(row)
        return row >= 0

    def go_to_row(self, row: int) -> None:
        """Go to a card by its place, or to the last."""
        if self.cards():
            self.setCurrentIndex(self._cards.index(min(row, len(self.cards()) - 1)))

    def set_ghost(self, person_id: str) -> None:
        """Show a person's card as being carried elsewhere; "" for none."""
        self.ghost = person_id
        self.viewport().update()

    # Painting

    def card_rect(self, row: int) -> QRectF:
        """Where a card stands in the viewport."""
        return self._inside(QRectF(self.visualRect(self._cards.index(row))))

    def _inside(self, rect: QRectF) -> QRectF:
        side = self.theme.px(SIDE)
        right = self.theme.px(4) if self.verticalScrollBar().isVisible() else side
        return rect.adjusted(side, self.theme.px(3), -right, -self.theme.px(GAP - 3))

    def paint_row(self, painter: QPainter, rect: QRectF, row: int) -> None:
        card = self.cards()[row]
        body = self._inside(rect)
        ghost = card.line.person_id == self.ghost
        paint_card(painter, body, self.theme, card, ghost=ghost, pointed=row == self._pointed and not ghost)
        if row == self.currentIndex().row() and self.hasFocus():
            reach = self.theme.px(3)
            paint_ring(painter, body.adjusted(-reach, -reach, reach, reach), self.theme, self.theme.px(7))

    def _on_theme(self) -> None:
        self.verticalScrollBar().setSingleStep(self.theme.px(24))
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    # Keys and pointing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._keys(self, event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (card := self.current_card()) is not None:
            self.opened.emit(card)
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Space) or (event.text().isalpha() and not event.modifiers()):
            event.ignore()  # letters are the page's, not a search for a card
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._pressed, self._drags = None, False
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        self._point_at(self.indexAt(place).row() if not self._drags else -1)
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        everywhere = event.globalPosition().toPoint()
        if self._drags:
            self.dragged.emit(everywhere)
        elif (place - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            card = self.current_card()
            if card is not None:
                self._drags = True
                self.drag_begun.emit(card, everywhere)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drags, self._drags, self._pressed = self._drags, False, None
        if drags:
            self.drag_ended.emit(event.globalPosition().toPoint())
        else:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        card = self.current_card()
        if card is not None and self.indexAt(event.position().toPoint()).isValid():
            self.opened.emit(card)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(-1)

    def _point_at(self, row: int) -> None:
        if row != self._pointed:
            self._pointed = row
            self.viewport().update()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if (card := self.current_card()) is not None:
            self.went_to.emit(card)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()
        if (card := self.current_card()) is not None:
            self.went_to.emit(card)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class BoardColumn(QWidget):
    """The ground a stage's cards stand on. `more_asked` as more of them are wanted."""

    more_asked = Signal()

    def __init__(self, theme: Theme, stage: Stage, keys: Callable[[CardList, QKeyEvent], bool]) -> None:
        super().__init__()
        self._theme, self.stage = theme, stage
        self.people = 0
        self._is_target = False
        self._ends = (False, False)
        self.setAccessibleName(stage.label)
        self.list = CardList(theme, stage.label, keys)
        self.nobody = Label("Nobody here", "caption", "text3")
        self.nobody.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.more = LinkButton(theme, "Show more", self.more_asked.emit)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self.nobody)
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignHCenter)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        px = self._theme.px
        left, right = self._gaps()
        self._column.setContentsMargins(left, px(5), right, px(5))
        self.nobody.setMargin(px(12))
        self.update()

    def _gaps(self) -> tuple[int, int]:
        px = self._theme.px
        return (0 if self._ends[0] else px(4), 0 if self._ends[1] else px(4))

    def set_ends(self, first: bool, last: bool) -> None:
        """Whether it is the first of the columns, or the last."""
        self._ends = (first, last)
        self._measure()

    def show_cards(self, stage: Stage, cards: Sequence[Card], people: int) -> None:
        """Show cards of a stage that has so many people."""
        self.stage, self.people = stage, people
        self.setAccessibleName(stage.label)
        name = f"{stage.label}, {text.count(people, 'person', 'people')}"
        self.list.setAccessibleName(name)
        self.list.viewport().setAccessibleName(name)
        self.list.show_cards(cards)
        self._show_more()

    def add_cards(self, cards: Sequence[Card]) -> None:
        self.list.add_cards(cards)
        self._show_more()

    @property
    def left_over(self) -> int:
        """How many people have no card yet."""
        return max(0, self.people - len(self.list.cards()))

    def _show_more(self) -> None:
        left = self.left_over
        step = f"Show {STEP} of {text.format_number(left)} more" if left > STEP else f"Show {left} more"
        self.more.set_words(step)
        self.more.setAccessibleName(f"{step} in {self.stage.label}")
        self.more.setVisible(left > 0)
        self.nobody.setVisible(self.people == 0)

    def set_target(self, on: bool) -> None:
        """Mark the column as the place where a carried card would go."""
        if on != self._is_target:
            self._is_target = on
            self.update()

    @property
    def is_target(self) -> bool:
        return self._is_target

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        left, right = self._gaps()
        body = QRectF(self.rect()).adjusted(left, 0, -right, 0)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line"), 1) if theme.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("selected" if self._is_target else "rail"))
        if self._is_target:
            painter.setPen(QPen(theme.color("accent"), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(body.adjusted(1, 1, -1, -1), theme.px(5), theme.px(5))
        painter.end()
