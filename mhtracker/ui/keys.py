"""The window's keys: those that hold everywhere, letters outside fields, Alt for the menu, F6 for the regions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox)


def in_field(widget: QWidget | None) -> bool:
    """Whether what has the focus is typed into."""
    return isinstance(widget, FIELDS)


def can_undo_typing(widget: QWidget | None, redo: bool = False) -> bool:
    """Whether the field with the focus has typing of its own to take back (or to bring back)."""
    if isinstance(widget, QLineEdit):
        return not widget.isReadOnly() and (widget.isRedoAvailable() if redo else widget.isUndoAvailable())
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        document = widget.document()
        return not widget.isReadOnly() and (document.isRedoAvailable() if redo else document.isUndoAvailable())
    return False


def bind(window: QWidget, keys: str, run: Callable[[], object]) -> QShortcut:
    """A key that holds anywhere in the window."""
    shortcut = QShortcut(QKeySequence(keys), window)
    shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
    shortcut.activated.connect(lambda: run())
    return shortcut


class Letters(QObject):
    """Single letters that act on the person in hand while nothing is being typed into."""

    def __init__(self, window: QWidget, letters: Sequence[tuple[str, Callable[[], object]]], *, on: bool) -> None:
        super().__init__(window)
        self._on = on
        self._shortcuts = [bind(window, letter, run) for letter, run in letters]
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def set_on(self, on: bool) -> None:
        self._on = on
        self._on_focus(None, QApplication.focusWidget())

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        for shortcut in self._shortcuts:
            shortcut.setEnabled(self._on and not in_field(new))


class UndoWatch(QObject):
    """Takes Ctrl+Z and Ctrl+Y back from a field in which nothing has been typed, so that they reach the window.

    Qt's fields claim both keys even when they have nothing to undo. Watches only the field that has the focus.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._watched: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = new if isinstance(new, QLineEdit | QPlainTextEdit | QTextEdit) else None
        if self._watched is not None:
            self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        undo, redo = event.matches(QKeySequence.StandardKey.Undo), event.matches(QKeySequence.StandardKey.Redo)
        if (undo or redo) and isinstance(watched, QWidget) and not can_undo_typing(watched, redo):
            event.ignore()
            return True
        return False


class AltAlone:
    """Tells when Alt was pressed and let go with nothing between: that opens the menu. Fed by the window's own keys."""

    def __init__(self) -> None:
        self._alone = False

    def pressed(self, event: QKeyEvent) -> None:
        self._alone = event.key() == Qt.Key.Key_Alt and event.modifiers() == Qt.KeyboardModifier.AltModifier

    def spoilt(self) -> None:
        """Something else happened while Alt was down."""
        self._alone = False

    def released(self, event: QKeyEvent) -> bool:
        alone, self._alone = self._alone and event.key() == Qt.Key.Key_Alt, False
        return alone


class Regions:
    """F6 goes from region to region: rail, header, page, panel; Shift+F6 the other way."""

    def __init__(self, regions: Callable[[], Sequence[QWidget]]) -> None:
        self._regions = regions
        self._last: dict[int, QWidget] = {}

    def step(self, by: int) -> None:
        """Focus the next region, at what was focused there before or its first control."""
        regions = [region for region in self._regions() if region.isVisible()]
        focus = QApplication.focusWidget()
        here = next((n for n, region in enumerate(regions) if focus is not None and holds(region, focus)), -by)
        if focus is not None and 0 <= here < len(regions):
            self._last[id(regions[here])] = focus
        for step in range(1, len(regions) + 1):
            region = regions[(here + by * step) % len(regions)]
            if self._focus(region):
                return

    def _focus(self, region: QWidget) -> bool:
        before = self._last.get(id(region))
        candidates = [*([before] if before is not None else []), region, *region.findChildren(QWidget)]
        for widget in candidates:
            try:
                if can_take_focus(widget) and holds(region, widget):
                    widget.setFocus(Qt.FocusReason.TabFocusReason)
                    return True
            except RuntimeError:
                continue  # what had the focus before is gone
        return False


def holds(region: QWidget, widget: QWidget) -> bool:
    """Whether `widget` is the region or inside it."""
    return region is widget or region.isAncestorOf(widget)


def can_take_focus(widget: QWidget) -> bool:
    """Whether Tab would stop at it."""
    tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(tab) and widget.isEnabled() and widget.isVisible() and widget.focusProxy() is None
