"""A card on its way to another stage, by mouse or by keys. Nothing moves until the form it opens is recorded."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mhtracker import text
from mhtracker.ui.board.cards import Card, card_height, paint_card
from mhtracker.ui.theme import Theme


class CarriedCard(QWidget):
    """The card that follows the pointer, or stands at the top of the column chosen by keys."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.card: Card | None = None
        self.words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("Card being moved")
        self.hide()

    def take(self, card: Card, width: int) -> None:
        """Begin to carry a card, as wide as its column's cards."""
        stay = card.days.removesuffix(" d")
        place = f"From {card.place}" + (f" after {stay} {'day' if stay == '1' else 'days'}" if stay else "")
        self.card = replace(card, place=place, days="", more="")
        self.setFixedSize(width, card_height(self._theme, self.card))
        self.show()
        self.raise_()

    def stand(self, corner: QPoint, words: str) -> None:
        """Stand at a place, saying what letting go would do."""
        self.words = words
        self.setAccessibleName(f"{self.card.name if self.card else ''}: {words}")
        self.move(corner)
        self.update()

    def put_down(self) -> None:
        """Carry nothing any more."""
        self.card = None
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.card is None:
            return
        painter = QPainter(self)
        paint_card(painter, QRectF(self.rect()), self._theme, self.card, note=self.words)
        painter.end()


def carry_words(card: Card, stage_label: str) -> str:
    """What is said while a card is carried by keys."""
    return f"{card.name} to {text.first_lower(stage_label)}: Enter to record this move, Esc to put back"
