"""The header bar: back and forward, the find box, what was saved, undo, the day looked at, print, help, menu.

With little room the words go one by one, the least needed first; every button keeps its name and its tooltip.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from mhtracker.text import undo_label
from mhtracker.ui.icons import paint_icon
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.badge import Badge
from mhtracker.ui.widgets.buttons import Button, IconButton
from mhtracker.ui.widgets.labels import Label, plain_tooltip, restyle
from mhtracker.ui.widgets.shapes import ShapeMark

HEIGHT = 48
LONGEST_LABEL = 28
PALETTE_KEYS = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape,
)  # fmt: skip


class FindBox(QLineEdit):
    """Where one types to find a person, a page or a command. The palette listens to it and takes its arrow keys."""

    opened = Signal()
    key_pressed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("find", "true")
        self.setAccessibleName("Find a person, page or command")
        self.setPlaceholderText("Find a person, page or command")
        self.setMaxLength(200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumWidth(self._theme.px(190))
        self.setMaximumWidth(self._theme.px(400))
        self.setTextMargins(0, 0, 0 if self.text() else self._theme.px(60), 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in PALETTE_KEYS:
            self.key_pressed.emit(event)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        px = self._theme.px
        painter = QPainter(self)
        paint_icon(painter, _middled(px(10), self.height(), px(18)), "magnify", self._theme.color("text2"))
        if not self.text():
            self._paint_key(painter)
        painter.end()

    def _paint_key(self, painter: QPainter) -> None:
        px = self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font("caption"))
        width = painter.fontMetrics().horizontalAdvance("Ctrl K") + px(10)
        cap = _middled(self.width() - width - px(7), self.height(), px(20))
        cap.setWidth(width)
        painter.setPen(QPen(self._theme.color("line2"), 1))
        painter.setBrush(self._theme.color("sunken"))
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), px(3), px(3))
        painter.setPen(self._theme.color("text2"))
        painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), "Ctrl K")


def _middled(left: float, height: float, side: float) -> QRectF:
    return QRectF(left, (height - side) / 2, side, side)


class HeaderBar(QFrame):
    """The bar. Its signals say what was pressed."""

    back = Signal()
    forward = Signal()
    undo = Signal()
    kept = Signal()
    as_at = Signal()
    print_page = Signal()
    help = Signal()
    menu = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._undo_words = ""
        self._kept = 0
        self._saved_words = ""
        self._demo = False
        self._as_at_words = "As at today"
        self.setProperty("box", "header")
        self.setAccessibleName("Header")
        self.back_button = IconButton(theme, "arrow-left", "Back (Alt+Left)", self.back.emit)
        self.forward_button = IconButton(theme, "arrow-right", "Forward (Alt+Right)", self.forward.emit)
        self.find_box = FindBox(theme)
        self.demo_badge = Badge(theme, "info", "Demo: invented people", quiet=True)
        self.saved = Label("", "caption", "text2")
        self.saved_mark = ShapeMark(theme, "in_date", "Saved")
        self.undo_button = Button(theme, "Undo", self.undo.emit, kind="quiet", icon="undo")
        self.kept_button = Button(theme, "", self.kept.emit, kind="quiet", icon="note-text-outline")
        self.as_at_button = Button(theme, "As at today", self.as_at.emit, kind="quiet", icon="history")
        self.print_button = Button(theme, "Print", self.print_page.emit, kind="quiet", icon="printer-outline")
        self.help_button = IconButton(theme, "help-circle-outline", "Help (F1)", self.help.emit)
        self.menu_button = IconButton(theme, "menu", "Menu (Alt)", self.menu.emit)
        self.print_button.setToolTip(plain_tooltip("Print (Ctrl+P)"))
        self._arrange()
        self.set_saved(None)
        self.set_undo("")
        self.set_kept(0)
        self.set_demo(False)
        theme.changed.connect(self._fit)
        self._fit()

    def _arrange(self) -> None:
        px = self._theme.px
        layout = QHBoxLayout(self)
        layout.setContentsMargins(px(12), 0, px(16), 0)
        layout.setSpacing(px(4))
        layout.addWidget(self.back_button)
        layout.addWidget(self.forward_button)
        layout.addSpacing(px(12))
        layout.addWidget(self.find_box, 3)
        layout.addSpacing(px(8))
        layout.addWidget(self.demo_badge)
        layout.addStretch(1)
        for widget in (self.saved_mark, self.saved):
            layout.addWidget(widget)
        layout.addWidget(self.kept_button)
        for button in (self.undo_button, self.as_at_button, self.print_button, self.help_button, self.menu_button):
            layout.addWidget(button)

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self._squeeze()

    # What the window tells it

    def set_way(self, *, back: bool, forward: bool) -> None:
        self.back_button.setEnabled(back)
        self.forward_button.setEnabled(forward)

    def set_saved(self, at: datetime | None) -> None:
        """When something was last recorded, on the computer's clock; None: nothing since the window opened."""
        self._saved_words = f"Saved {at:%H:%M}" if at is not None else ""
        self.saved.setToolTip(plain_tooltip("Everything recorded is saved at once"))
        self._squeeze()

    def set_undo(self, label: str, name: str = "") -> None:
        """The operation that undo would take back; "" when there is none. `name` says it with whom it concerned."""
        short = label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"
        self._undo_words = undo_label(short) if label else "Undo"
        self.undo_button.setEnabled(bool(label))
        whole = f"Undo: {name}" if name else self._undo_words
        self.undo_button.setToolTip(plain_tooltip(f"{whole} (Ctrl+Z)"))
        self.undo_button.setAccessibleDescription(whole)
        self._squeeze()

    def set_kept(self, count: int) -> None:
        """How many forms are kept for later; the button is there only while there are some."""
        self._kept = count
        self.kept_button.setVisible(bool(count))
        self.kept_button.setToolTip(plain_tooltip("Forms begun and not recorded"))
        self._squeeze()

    def set_demo(self, demo: bool) -> None:
        self._demo = demo
        self.demo_badge.setVisible(demo)
        self._squeeze()

    def set_as_at(self, words: str) -> None:
        self._as_at_words = words
        self.as_at_button.setToolTip(plain_tooltip(f"{words}: look at another day"))
        self._squeeze()

    def set_working(self, open_register: bool) -> None:
        """Whether a register is open: without one only help and the menu can be used."""
        for widget in (self.find_box, self.as_at_button, self.print_button):
            widget.setEnabled(open_register)

    # Room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._squeeze()

    def minimumSizeHint(self) -> QSize:
        # The words give way before the window has to be wide.
        return QSize(self._theme.px(480), self._theme.px(HEIGHT))

    def _squeeze(self) -> None:
        """Leave out words, the least needed first, until the bar fits."""
        for level in range(6):
            self._show_words(level)
            layout = self.layout()
            if layout is None:
                return
            layout.invalidate()
            if layout.minimumSize().width() <= self.width():
                return

    def _show_words(self, level: int) -> None:
        self.saved.setText(self._saved_words)
        self.saved.setVisible(level < 2 and bool(self._saved_words))
        self.saved_mark.setVisible(level < 2 and bool(self._saved_words))
        self.demo_badge.set_status("info", "Demo" if level >= 1 else "Demo: invented people", quiet=True)
        for button, words, until in (
            (self.print_button, "Print", 3),
            (self.kept_button, f"Kept for later {self._kept}", 3),
            (self.undo_button, self._undo_words, 4),
            (self.as_at_button, self._as_at_words, 5),
        ):
            short = "Undo" if button is self.undo_button and level == 3 else words
            button.setText(short.replace("&", "&&") if level < until else "")
            button.setAccessibleName(words)
            shape = "" if level < until else "icon"
            if button.property("shape") != shape:
                button.setProperty("shape", shape)
                restyle(button)
