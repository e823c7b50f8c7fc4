"""Words on the page. Always plain text: Qt would otherwise take "<b>" in somebody's name for markup."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from mhtracker import text
from mhtracker.ui.icons import paint_icon
from mhtracker.ui.theme import Theme


def plain_tooltip(words: str) -> str:
    """`words` as a tooltip that shows every character as it stands, and wraps when long; "" for none."""
    return text.plain_for_tooltip(words) if words else ""


LONG_WORD, BREAK_EVERY = 40, 24
_LONG = re.compile(rf"\S{{{LONG_WORD},}}")


def breakable(words: str) -> str:
    """`words` with places to break inside very long ones, which a label would else be as wide as."""

    def broken(found: re.Match[str]) -> str:
        word = found[0]
        return "\u200b".join(word[at : at + BREAK_EVERY] for at in range(0, len(word), BREAK_EVERY))

    return _LONG.sub(broken, words)


def button_words(words: str) -> str:
    """`words` for a button, menu or tab, where a single "&" would become a shortcut."""
    return text.plain_for_label(words)


def restyle(widget: QWidget) -> None:
    """Look the style sheet's rules up anew, after a property that they ask about has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class Label(QLabel):
    """Text in a role (title, panel, heading, body, strong, caption) and a tone (text2, text3, danger, ok, accent …).

    `selectable` words can be marked and copied with the mouse. They become so when the mouse comes: Qt then keeps a
    whole text document behind a label, which a page of a hundred labels would wait for.
    """

    def __init__(
        self,
        words: str = "",
        role: str = "body",
        tone: str = "",
        *,
        wrap: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        self._selectable = selectable
        self.setText(words)

    def enterEvent(self, event: QEnterEvent) -> None:
        if self._selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        super().enterEvent(event)

    def set_tone(self, tone: str) -> None:
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)


class ElidedLabel(Label):
    """One line that ends in "…" where it does not fit, and then shows the whole as a tooltip."""

    def __init__(self, words: str = "", role: str = "body", tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, role, tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("MMM…"), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits = self.fontMetrics().horizontalAdvance(self.text()) <= self.width()
        self.setToolTip("" if fits else plain_tooltip(self.text()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        words = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), words)
        painter.end()


class IconLabel(QLabel):
    """An icon that cannot be pressed. `words` says what it means; "" where the words beside it already do."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        words: str = "",
        *,
        token: str = "text2",
        size: int = 18,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._token, self._size = theme, icon, token, size
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName(words or icon.removeprefix("mdi6.").replace("-", " "))
        self.setToolTip(plain_tooltip(words))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._fit)
        self._fit()

    def set_icon(self, icon: str, token: str | None = None) -> None:
        self._icon = icon
        self._token = token or self._token
        self.update()

    def _fit(self) -> None:
        self.setFixedSize(self._theme.icon_size(self._size))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        # Painted each time, not kept as pixels: it may be moved to a screen of another density.
        painter = QPainter(self)
        paint_icon(painter, QRectF(self.rect()), self._icon, self._theme.color(self._token))
        painter.end()


def rule(upright: bool = False, parent: QWidget | None = None) -> QFrame:
    """A 1 px line between parts."""
    line = QFrame(parent)
    line.setProperty("box", "upright" if upright else "line")
    line.setAccessibleName("Line")
    return line
