"""What stands in a card's place for its figures while they are being counted, or could not be."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.card import HEADING, Card
from mhtracker.ui.widgets.labels import Label

COUNTING = "Counting…"


class Veil(QWidget):
    """Lies over a card's contents, which keep their room below it and cannot be pressed meanwhile."""

    def __init__(self, theme: Theme, card: Card, room: int) -> None:
        """`room` is about as high as the card will be, at 100%: so much is kept for it before anything is in it."""
        super().__init__(card)
        self._theme, self._card, self._room = theme, card, room
        self.words = Label("", "body", "text2", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.words)
        self._column.addStretch(1)
        self.hide()
        card.installEventFilter(self)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def lies(self) -> bool:
        """Whether it covers the card."""
        return not self.isHidden()

    def lay(self, words: str = COUNTING) -> None:
        """Cover the card and say why."""
        self.words.setText(words)
        self.setAccessibleName(f"{self._card.accessibleName()}: {words}")
        self._enable(False)
        self._card.setMinimumHeight(self._theme.px(self._room))
        self._fit()
        self.show()
        self.raise_()

    def lift(self) -> None:
        """The figures are there."""
        if self.lies:
            self.hide()
            self._card.setMinimumHeight(0)
            self._enable(True)

    def _enable(self, on: bool) -> None:
        for child in self._card.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if child is not self:
                child.setEnabled(on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        px = self._theme.px
        below = px(HEADING)
        self._column.setContentsMargins(px(13), px(2), px(13), px(8))
        self.setGeometry(1, below, self._card.width() - 2, max(0, self._card.height() - below - px(6)))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.color("surface"))
