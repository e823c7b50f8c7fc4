"""Long work: how far it has come, in words, and a way to stop it. Quick work never shows it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.labels import Label

APPEARS_AFTER_MS = 600


class ProgressLine(QWidget):
    """Call `start`, then `step` as the work goes, then `finish`. It appears only when that takes more than 0.6 s."""

    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Progress")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._words = Label("", "caption", "text2")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress")
        self._cancel = Button(theme, "Cancel", self._on_cancel, small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(4), theme.px(4), theme.px(4), theme.px(4))
        row.setSpacing(theme.px(12))
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(APPEARS_AFTER_MS)
        self._timer.timeout.connect(self.show)
        self.hide()

    def start(self, words: str, *, can_cancel: bool = True) -> None:
        self._words.setText(words)
        self._bar.setRange(0, 0)
        self._cancel.setVisible(can_cancel)
        self._cancel.setEnabled(True)
        self._timer.start()

    def step(self, done: int, total: int, words: str = "") -> None:
        """`total` 0 means that nobody knows how much there is."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if words:
            self._words.setText(words)
        self.setAccessibleDescription(f"{self._words.text()} {done:,} of {total:,}" if total else self._words.text())

    def finish(self) -> None:
        self._timer.stop()
        self.hide()

    def _on_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self._words.setText("Stopping")
        self.cancelled.emit()
