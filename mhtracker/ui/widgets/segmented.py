"""A choice of a few, side by side, of which one holds: "Mine | My team"."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.labels import button_words


class Segmented(QWidget):
    """Options are (key, words). The arrow keys choose, and Tab enters at the chosen one and leaves."""

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        options: Sequence[tuple[str, str]],
        key: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for place, (option, words) in enumerate(options):
            button = QPushButton(button_words(words), self)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setAccessibleName(f"{name}: {words}")
            last = len(options) - 1
            button.setProperty("part", "only" if not last else {0: "first", last: "last"}.get(place, "middle"))
            button.installEventFilter(self)
            self._group.addButton(button)
            self._buttons[option] = button
            row.addWidget(button)
        self._group.buttonToggled.connect(self._on_toggled)
        theme.changed.connect(self._keep_widths)
        self._keep_widths()
        self.set_key(key if key is not None else options[0][0])

    def key(self) -> str:
        return next(option for option, button in self._buttons.items() if button.isChecked())

    def set_key(self, key: str) -> None:
        """Choose without telling."""
        self.blockSignals(True)
        self._buttons[key].setChecked(True)
        self.blockSignals(False)

    def _keep_widths(self) -> None:
        """Leave room for the semibold of the chosen one, so that nothing shifts when another is chosen."""
        for button in self._buttons.values():
            button.ensurePolished()
            font = button.font()
            font.setBold(True)
            button.setMinimumWidth(0)
            spare = button.sizeHint().width() - button.fontMetrics().horizontalAdvance(button.text())
            button.setMinimumWidth(spare + QFontMetrics(font).horizontalAdvance(button.text()))

    def _on_toggled(self, button: QPushButton, on: bool) -> None:
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)
        if on:
            self.chosen.emit(self.key())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {
                Qt.Key.Key_Left: -1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_Right: 1,
                Qt.Key.Key_Down: 1,
            }.get(Qt.Key(event.key()))
            buttons = list(self._buttons.values())
            if step and watched in buttons:
                button = buttons[(buttons.index(watched) + step) % len(buttons)]
                button.setChecked(True)
                button.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return False
