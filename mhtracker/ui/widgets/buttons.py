"""Buttons: primary for the page's one main step, plain, quiet with an icon, and links."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.labels import button_words, plain_tooltip, restyle

_ICON_TOKENS = {"primary": "on-accent", "plain": "text", "quiet": "text2", "link": "accent", "toast": "toast-link"}

_ICON_GAP = 4
KEYPAD = Qt.KeyboardModifier.KeypadModifier


class Button(QPushButton):
    """A push button. `kind` is primary, plain, quiet, link or toast; `hint` names its key ("Ctrl Enter") inside it."""

    def __init__(
        self,
        theme: Theme,
        words: str,
        on_press: Callable[[], object] | None = None,
        *,
        kind: str = "plain",
        icon: str = "",
        hint: str = "",
        tip: str = "",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._kind, self._icon, self._hint = theme, kind, icon, hint
        self.setProperty("kind", kind)
        # Not "size": that is a property of Qt's own.
        self.setProperty("compact", small)
        # A button in a dialog must not take Enter away from the one that is meant to have it.
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_words(words)
        self.setToolTip(plain_tooltip(tip))
        if on_press is not None:
            self.clicked.connect(lambda: on_press())
        theme.changed.connect(self._redraw_icon)
        self._redraw_icon()

    def set_words(self, words: str) -> None:
        self.setText(button_words(words))
        self.setAccessibleName(words)

    def words(self) -> str:
        return self.text().replace("&&", "&")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~KEYPAD:
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def set_kind(self, kind: str) -> None:
        self._kind = kind
        self.setProperty("kind", kind)
        self._redraw_icon()
        restyle(self)

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self._redraw_icon()

    def _redraw_icon(self) -> None:
        if self._icon:
            size = 16 if self.property("compact") else 18
            gap = _ICON_GAP if self.text() else 0
            self.setIcon(self._theme.icon(self._icon, _ICON_TOKENS[self._kind], size, gap))
            self.setIconSize(QSize(self._theme.px(size) + self._theme.px(gap), self._theme.px(size)))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        if self._hint:
            size.setWidth(size.width() + self._hint_width())
        return size

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _hint_width(self) -> int:
        return QFontMetrics(self._theme.font("caption")).horizontalAdvance(self._hint) + self._theme.px(8)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._hint:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        inner = self.rect().adjusted(self._theme.px(12), 0, -self._theme.px(12), 0)
        token = _ICON_TOKENS[self._kind] if self.isEnabled() else "text3"
        painter.setPen(self._theme.color(token))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, int(middle | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextShowMnemonic), self.text())
        painter.setFont(self._theme.font("caption"))
        painter.drawText(inner, int(middle | Qt.AlignmentFlag.AlignRight), self._hint)
        painter.end()


class IconButton(Button):
    """A button that shows only an icon. `words` is its name and tooltip. 28 px square, 24 when small."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        words: str,
        on_press: Callable[[], object] | None = None,
        *,
        kind: str = "quiet",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "", on_press, kind=kind, icon=icon, tip=words, small=small, parent=parent)
        self.setProperty("shape", "icon")
        self.setAccessibleName(words)


class LinkButton(Button):
    """A button that looks like a link, for small steps inside cards and lines."""

    def __init__(
        self,
        theme: Theme,
        words: str,
        on_press: Callable[[], object] | None = None,
        *,
        icon: str = "",
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, words, on_press, kind="link", icon=icon, tip=tip, parent=parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
