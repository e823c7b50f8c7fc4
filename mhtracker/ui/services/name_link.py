"""A name that opens what it names, cut short with an ellipsis where there is no room for all of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.labels import plain_tooltip

LEAST = 56


class NameLink(LinkButton):
    """Takes the room its words need, or what there is; a tooltip says the whole of what was cut."""

    def __init__(
        self, theme: Theme, words: str, on_press: Callable[[], object] | None = None, *, tip: str = ""
    ) -> None:
        self._tip = tip
        super().__init__(theme, words, on_press, tip=tip)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return QSize(min(whole.width(), self._theme.px(LEAST)), whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        said = f"{self.words()}. {self._tip}" if self._tip else self.words()
        self.setToolTip(plain_tooltip(said if self.width() < self.sizeHint().width() else self._tip))

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        if self.width() < self.sizeHint().width():
            words = QFontMetrics(self.font()).elidedText(self.words(), Qt.TextElideMode.ElideRight, self.width())
            option.text = words.replace("&", "&&")
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.end()
