"""The note at the foot of the window that says what happened and offers to take it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QTextEdit,
    QWidget,
)

from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.key_hints import KeyCap
from mhtracker.ui.widgets.labels import Label

STAYS_MS = 10_000
CONTROLS: tuple[type[QWidget], ...] = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QTextEdit)


class Toast(QFrame):
    """Lies over the foot of `parent`, or of what `room` gives of it, and over nothing there that can be pressed.

    Goes after 10 s, but stays while pointed at or focused; Esc ends it.
    """

    gone = Signal()

    def __init__(self, theme: Theme, parent: QWidget, room: Callable[[], QRect] | None = None) -> None:
        super().__init__(parent)
        self._theme, self._host = theme, parent
        self._room = room or parent.rect
        self._undo: Callable[[], object] | None = None
        self.setProperty("box", "toast")
        self.setAccessibleName("Message")
        self._words = Label("", tone="on-toast")
        self._button = Button(theme, "Undo", self._on_undo, kind="toast")
        self._key = KeyCap(theme, "Ctrl Z", "on-toast")
        self._close = Button(theme, "", self.end, kind="toast", icon="mdi6.close", tip="Close")
        self._close.setProperty("shape", "icon")
        self._close.setAccessibleName("Close")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), theme.px(5), theme.px(6), theme.px(5))
        row.setSpacing(theme.px(8))
        row.addWidget(self._words, 1)
        row.addSpacing(theme.px(8))
        for widget in (self._button, self._key, self._close):
            row.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAYS_MS)
        self._timer.timeout.connect(self._on_time)
        parent.installEventFilter(self)
        self.hide()

    def say(
        self,
        message: str,
        undo: Callable[[], object] | None = None,
        *,
        action: str = "Undo",
        key: str = "Ctrl Z",
    ) -> None:
        """Show `message` and read it to screen readers. `undo` is called when its button is pressed."""
        self._undo = undo
        self._words.setText(message)
        self.setAccessibleName(message)
        self._button.set_words(action)
        self._button.setVisible(undo is not None)
        self._key.setText(key)
        self._key.setVisible(undo is not None and bool(key))
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, message))

    def words(self) -> str:
        return self._words.text()

    def end(self) -> None:
        self._timer.stop()
        self._undo = None
        if not self.isHidden():
            self.hide()
            self.gone.emit()

    def _on_undo(self) -> None:
        undo = self._undo
        self.end()
        if undo is not None:
            undo()

    def _on_time(self) -> None:
        if self.underMouse() or self.isAncestorOf(self.window().focusWidget() or QWidget()):
            self._timer.start(1_000)
        else:
            self.end()

    def _place(self) -> None:
        room, margin = self._room(), self._theme.px(16)
        width = min(max(self.sizeHint().width(), self._theme.px(436)), room.width() - 2 * margin)
        self._words.setWordWrap(self.sizeHint().width() > width)
        height = max(self.sizeHint().height(), self.heightForWidth(width))
        self.setGeometry(self._clear_of_controls(room.adjusted(margin, margin, -margin, -margin), QSize(width, height)))

    def _clear_of_controls(self, room: QRect, size: QSize) -> QRect:
        """The lowest place at the left, the middle or the right where nothing that can be pressed lies beneath."""
        spots = [
            QRect(QPoint(x, y), size)
            for y in range(room.bottom() + 1 - size.height(), room.center().y(), -size.height())
            for x in (room.left(), room.center().x() - size.width() // 2, room.right() + 1 - size.width())
        ]
        pressed = [
            _place_in(each, self._host)
            for kind in CONTROLS
            for each in self._host.findChildren(kind)
            if each.isVisible() and not self.isAncestorOf(each)
        ]
        free = (spot for spot in spots if not any(spot.intersects(each) for each in pressed))
        return next(free, QRect(QPoint(room.left(), room.bottom() + 1 - size.height()), size))

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False


def _place_in(widget: QWidget, host: QWidget) -> QRect:
    return QRect(widget.mapTo(host, QPoint(0, 0)), widget.size())
