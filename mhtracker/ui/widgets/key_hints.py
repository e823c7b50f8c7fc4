"""Keys, drawn as keycaps: "Enter open the person"."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import Label


def keycap_size(theme: Theme, key: str) -> QSize:
    """The room a keycap takes; 18 px high at 100%."""
    width = QFontMetricsF(theme.font("caption")).horizontalAdvance(key)
    return QSize(max(int(width) + theme.px(11), theme.px(18)), theme.px(18))


def paint_keycap(painter: QPainter, rect: QRectF, theme: Theme, key: str, token: str = "text2") -> None:
    """Paint one key into `rect`, its name in the colour of `token`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("border" if token != "on-toast" else "on-toast"), 1))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(3), theme.px(3))
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.color(token))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), key)
    painter.restore()


class KeyCap(QLabel):
    """One key. `token` colours its name."""

    def __init__(self, theme: Theme, key: str, token: str = "text2", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._token = theme, token
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(key)
        self.setAccessibleName(f"Key: {key}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return keycap_size(self._theme, self.text())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_keycap(painter, QRectF(self.rect()), self._theme, self.text(), self._token)
        painter.end()


class KeyHints(QWidget):
    """A line of keys and what they do, as (key, words)."""

    def __init__(self, theme: Theme, hints: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Keys: " + ", ".join(f"{key} {words}" for key, words in hints))
        flow = FlowLayout(self, across=theme.px(14), down=theme.px(4))
        for key, words in hints:
            pair = QWidget()
            pair.setAccessibleName(f"{key}: {words}")
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(theme.px(5))
            row.addWidget(KeyCap(theme, key))
            row.addWidget(Label(words, "caption", "text2"))
            flow.addWidget(pair)
