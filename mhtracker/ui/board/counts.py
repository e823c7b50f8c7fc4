"""Under a stage's head: its places, who waits for it and who is stuck in it. Each number opens what it counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from mhtracker import text
from mhtracker.store.queries.board import StageRoom
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.card import clear_layout
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import plain_tooltip

PLACES, WAITING, STUCK = "places", "waiting", "stuck"
HEIGHT = 24


def counts_of(room: StageRoom) -> list[tuple[str, str, str, str]]:
    """What is counted: key, number, the words after it, and what a tooltip says."""
    found = []
    places = room.places
    if places.total:
        about = f"{places.lived_in} of {text.count(places.total, 'place')} in our area lived in, {places.held} held, "
        about += f"{places.free} free, {places.out} out of use. Press to list the services."
        found.append((PLACES, f"{places.lived_in} of {places.total}", "places", about))
    if room.waiting:
        words = text.count(room.waiting, "person waits", "people wait")
        about = f"{words} for this stage. Press to list them."
        found.append((WAITING, text.format_number(room.waiting), "waiting", about))
    if room.stuck:
        who = text.count(room.stuck, "person has", "people have")
        about = f"{who} been in this stage longer than is usual. Press to list them."
        found.append((STUCK, text.format_number(room.stuck), "stuck", about))
    return found


class CountButton(QAbstractButton):
    """A number with the words after it, underlined in dots: it lists what it counts."""

    def __init__(self, theme: Theme, number: str, words: str, about: str, stage: str) -> None:
        super().__init__()
        self._theme, self._number, self._words = theme, number, words
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setText(f"{number} {words}")
        self.setAccessibleName(f"{stage}: {number} {words}")
        self.setToolTip(plain_tooltip(about))
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        px = self._theme.px
        number = QFontMetricsF(self._theme.font("caption-strong")).horizontalAdvance(self._number)
        words = QFontMetricsF(self._theme.font("caption")).horizontalAdvance(f" {self._words}")
        return QSize(int(number + words) + 2 + 2 * px(4), px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.underMouse():
            painter.fillRect(rect, theme.color("hover"))
        left = float(px(4))
        for words, role, token in ((self._number, "caption-strong", "text"), (f" {self._words}", "caption", "text2")):
            painter.setFont(theme.font(role))
            painter.setPen(theme.color(token))
            painter.drawText(QRectF(left, 0, rect.width(), rect.height()), int(Qt.AlignmentFlag.AlignVCenter), words)
            wide = QFontMetricsF(painter.font()).horizontalAdvance(words)
            if role == "caption-strong":
                painter.setPen(QPen(theme.color("accent"), 1, Qt.PenStyle.DotLine))
                under = round(rect.center().y() + QFontMetricsF(painter.font()).ascent() / 2 + px(1))
                painter.drawLine(round(left), under, round(left + wide), under)
            left += wide
        painter.end()


class HeadCounts(QWidget):
    """`pressed_count(what)` is "places", "waiting" or "stuck". ← → go along; Tab stops at the first one only."""

    pressed_count = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._first = False
        self._flow = FlowLayout(self, across=theme.px(2), down=0)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("Counts")
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        px = self._theme.px
        self._flow.setContentsMargins(px(8), px(2), px(6), px(2))
        self._flow.set_spaces(px(2), 0)
        self.setMinimumHeight(px(HEIGHT) + 2 * px(2))

    def show_room(self, room: StageRoom | None, stage: str, *, first: bool) -> None:
        """Show what is counted; None while it is not read yet."""
        self._first = first
        had = next((key for key, button in self._named() if button.hasFocus()), None)
        clear_layout(self._flow)
        self.setAccessibleName(f"Counts of {stage}")
        for place, (key, number, words, about) in enumerate(counts_of(room) if room is not None else ()):
            button = CountButton(self._theme, number, words, about, stage)
            button.setObjectName(key)
            button.clicked.connect(partial(self._press, key))
            button.installEventFilter(self)
            if place == 0:
                button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._flow.addWidget(button)
            button.show()
            if key == had:
                button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.updateGeometry()
        self.update()

    def _press(self, key: str, *_: object) -> None:
        self.pressed_count.emit(key)

    def _named(self) -> Sequence[tuple[str, CountButton]]:
        return [(each.objectName(), each) for each in self.buttons()]

    def buttons(self) -> list[CountButton]:
        """What stands here, in order."""
        items = (self._flow.itemAt(place) for place in range(self._flow.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, CountButton)]

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, CountButton):
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
            if step:
                there = self.buttons()
                there[(there.index(watched) + step) % len(there)].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                watched.click()
                return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        painter.fillRect(rect, theme.color("surface"))
        line = theme.color("line")
        painter.fillRect(QRectF(rect.right() - 1, 0, 1, rect.height()), line)
        painter.fillRect(QRectF(0, rect.bottom() - 1, rect.width(), 1), line)
        if self._first:
            painter.fillRect(QRectF(0, 0, 1, rect.height()), line)
        painter.end()
