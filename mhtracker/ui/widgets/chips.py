"""Filter chips: what a list is narrowed to, in words, each with its menu and its ×."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from mhtracker.ui.icons import paint_icon
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import plain_tooltip

HEIGHT = 26
_PAD, _CROSS, _ARROW = 12, 24, 18
_LEAST = 120


class _Cross(QAbstractButton):
    def __init__(self, chip: Chip) -> None:
        super().__init__(chip)
        self._chip = chip

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._chip.theme
        painter = QPainter(self)
        token = "pressed" if self.underMouse() else "accent"
        side = theme.px(14)
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        paint_icon(painter, box, "mdi6.close", theme.color(token))
        painter.end()


class Chip(QAbstractButton):
    """One filter. Pressing it (`pressed_open`) offers its choices; with a value it is in force and can be cleared.

    `dropdown=False` makes a chip that only switches on and off, like "Only stuck": then use `setCheckable`.
    """

    pressed_open = Signal()
    cleared = Signal()

    def __init__(
        self,
        theme: Theme,
        label: str,
        value: str = "",
        *,
        count: int | None = None,
        dropdown: bool = True,
        clearable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._label, self._value, self._count = label, value, count
        self._dropdown, self._clearable = dropdown, clearable
        self._cross = _Cross(self)
        self._cross.clicked.connect(self.clear)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.pressed_open)
        self.toggled.connect(self._refresh)
        theme.changed.connect(self._refresh)
        self._refresh()

    @property
    def label(self) -> str:
        return self._label

    @property
    def value(self) -> str:
        return self._value

    def set_value(self, value: str) -> None:
        """The value in words; "" when the filter is not in force."""
        self._value = value
        self._refresh()

    def set_count(self, count: int | None) -> None:
        self._count = count
        self._refresh()

    def clear(self) -> None:
        self.set_value("")
        self.setFocus()
        self.cleared.emit()

    @property
    def in_force(self) -> bool:
        return bool(self._value) or self.isChecked()

    def _can_clear(self) -> bool:
        return bool(self._value) and self._clearable

    def _refresh(self) -> None:
        words = f"{self._label}: {self._value}" if self._value else self._label
        if self._count is not None:
            words = f"{words} {self._count:,}"
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(plain_tooltip(words) if len(words) > 40 else "")
        self._cross.setAccessibleName(f"Clear {self._label}")
        self._cross.setToolTip(plain_tooltip(f"Clear {self._label}"))
        self._cross.setVisible(self._can_clear())
        self.updateGeometry()
        self.update()

    def _texts(self) -> tuple[tuple[str, str, str], ...]:
        """What is written: words, font role, colour token."""
        on = self.in_force
        texts = [(f"{self._label}: " if self._value else self._label, "body", "accent" if on else "text")]
        if self._value:
            texts.append((self._value, "strong", "accent"))
        if self._count is not None:
            texts.append((f" {self._count:,}", "body", "accent" if on else "text3"))
        return tuple(texts)

    def sizeHint(self) -> QSize:
        words = sum(QFontMetricsF(self.theme.font(role)).horizontalAdvance(text) for text, role, _ in self._texts())
        tail = _CROSS if self._can_clear() else _PAD + (_ARROW if self._dropdown and not self._value else 0)
        longest = self.theme.px(360)
        return QSize(min(int(words) + 2 + self.theme.px(_PAD) + self.theme.px(tail), longest), self.theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Where it may shrink (its policy says so), its words end in “…”."""
        return self.sizeHint().boundedTo(QSize(self.theme.px(_LEAST), self.theme.px(HEIGHT)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        cross = self.theme.px(_CROSS)
        self._cross.setGeometry(self.width() - cross - self.theme.px(2), 0, cross, self.height())

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._can_clear():
            self.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "selected" if self.in_force else "hover" if self.underMouse() else "surface"
        painter.setPen(QPen(theme.color("accent" if self.in_force and not theme.is_contrast else "border"), 1))
        painter.setBrush(theme.color(ground))
        body = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(body, body.height() / 2, body.height() / 2)
        left = float(theme.px(_PAD))
        end = self.width() - (theme.px(_CROSS) if self._can_clear() else theme.px(_PAD))
        for text, role, token in self._texts():
            painter.setFont(theme.font(role))
            painter.setPen(theme.color(token))
            metrics = QFontMetricsF(painter.font())
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, end - left + 2)
            painter.drawText(QRectF(left, 0, end - left + 2, self.height()), int(Qt.AlignmentFlag.AlignVCenter), shown)
            left += metrics.horizontalAdvance(text)
        if self._dropdown and not self._value:
            side = theme.px(16)
            box = QRectF(self.width() - side - theme.px(8), (self.height() - side) / 2, side, side)
            paint_icon(painter, box, "mdi6.menu-down", theme.color("text2"))
        painter.end()


class ChipLine(QWidget):
    """Chips side by side, breaking into lines where the page is narrow. ← and → go from one to the next."""

    def __init__(self, theme: Theme, name: str = "Filters", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._flow = FlowLayout(across=theme.px(8), down=theme.px(8))
        box = QVBoxLayout(self)
        box.setContentsMargins(3, 3, 3, 3)
        box.addLayout(self._flow)
        self.setAccessibleName(name)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Put a chip, or a link such as "Clear", at the end."""
        widget.setProperty("apart", True)  # a link keeps away from the chips beside it
        self._flow.addWidget(widget)
        widget.installEventFilter(self)

    def take(self, widget: QWidget) -> None:
        self._flow.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def widgets(self) -> Sequence[QWidget]:
        items = (self._flow.itemAt(i) for i in range(self._flow.count()))
        return [widget for item in items if item is not None and (widget := item.widget()) is not None]

    def chips(self) -> Sequence[Chip]:
        return [widget for widget in self.widgets() if isinstance(widget, Chip)]

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
            shown = [widget for widget in self.widgets() if widget.isVisible()]
            if step and watched in shown:
                shown[(shown.index(watched) + step) % len(shown)].setFocus()
                return True
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.ignore()
