"""The kinds of pack, one below the other, of which one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from mhtracker.ui.icons import paint_icon
from mhtracker.ui.packs.plan import PackKind
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.labels import button_words

HEIGHT = 48


class KindRow(QRadioButton):
    """A kind: its name, what it is for, and its icon."""

    def __init__(self, theme: Theme, kind: PackKind) -> None:
        super().__init__(button_words(kind.title))
        self._theme, self._kind = theme, kind
        self.setAccessibleName(kind.title)
        self.setAccessibleDescription(kind.about)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self._theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.px(HEIGHT))

    def hitButton(self, place: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        px, on = theme.px, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if on or self.underMouse():
            painter.fillRect(rect, theme.color("selected" if on else "hover"))
        middle = QPointF(px(20), rect.center().y())
        painter.setPen(QPen(theme.color("accent" if on else "border"), 1.5))
        painter.setBrush(theme.color("surface"))
        painter.drawEllipse(middle, px(7), px(7))
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            painter.drawEllipse(middle, px(4), px(4))
        side = px(18)
        icon = QRectF(rect.right() - px(12) - side, rect.center().y() - side / 2, side, side)
        paint_icon(painter, icon, self._kind.icon, theme.color("text2"))
        left = px(38)
        room = QRectF(left, rect.top() + px(5), icon.left() - left - px(8), px(20))
        for words, role, token in ((self._kind.title, "strong", "text"), (self._kind.about, "caption", "text2")):
            painter.setFont(theme.font(role))
            painter.setPen(theme.color(token))
            shown = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, room.width() + 1)
            painter.drawText(room.adjusted(0, 0, 2, 0), int(Qt.AlignmentFlag.AlignVCenter), shown)
            room.translate(0, px(18))
        painter.end()


class KindChoice(QFrame):
    """`chosen(key)` as a person chooses another kind."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, kinds: Sequence[PackKind], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "card")
        self.setAccessibleName("Kind of pack")
        self.rows = {kind.key: KindRow(theme, kind) for kind in kinds}
        column = QVBoxLayout(self)
        column.setContentsMargins(3, 3, 3, 3)
        column.setSpacing(0)
        for key, row in self.rows.items():
            row.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            column.addWidget(row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_kind(self, key: str) -> None:
        self.rows[key].setChecked(True)
