"""A menu to choose several things from: it stays open while they are ticked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from mhtracker import text
from mhtracker.ui.caseload.filters import Choice
from mhtracker.ui.widgets.labels import button_words

LONGEST = 48


class ChoiceMenu(QMenu):
    """Choices with their counts at the right. With `one` the first ticked closes the menu.

    `picked(values, leave_out)` at each tick: `leave_out` when those ticked are not wanted (None: that is not offered).
    """

    picked = Signal(list, bool)

    def __init__(
        self,
        name: str,
        choices: Sequence[Choice],
        values: Sequence[str],
        *,
        one: bool = False,
        leave_out: bool | None = None,
        parent: QWidget,
    ) -> None:
        super().__init__(name, parent)
        self.setAccessibleName(name)
        self._one = one
        self._values = list(values)
        self._out = bool(leave_out)
        for choice in choices:
            words = choice.words if len(choice.words) <= LONGEST else choice.words[: LONGEST - 1] + "…"
            action = self.addAction(f"{button_words(words)}\t{text.format_number(choice.count)}")
            action.setToolTip(choice.words)
            action.setData(choice.value)
            action.setCheckable(True)
            action.setChecked(choice.value in self._values)
            action.toggled.connect(lambda on, value=choice.value: self._on_toggled(value, on))
        if not choices:
            nothing = self.addAction("Nothing recorded yet")
            nothing.setEnabled(False)
        self._foot = self.addSeparator()
        if leave_out is not None and choices:
            turn = self.addAction("Leave these out")
            turn.setCheckable(True)
            turn.setChecked(leave_out)
            turn.toggled.connect(self._on_turned)
        if values:
            self.addAction("Clear").triggered.connect(lambda: self.picked.emit([], False))

    def add_dates(self, ask: Callable[[], object]) -> None:
        """Offer to ask by date instead."""
        dates = QAction("By date…", self)
        dates.triggered.connect(lambda: ask())
        after = self.actions()[self.actions().index(self._foot) + 1 :]
        if after:
            self.insertAction(after[0], dates)
        else:
            self.addAction(dates)

    def _on_turned(self, on: bool) -> None:
        self._out = on
        if self._values:
            self._tell()

    def _tell(self) -> None:
        self.picked.emit(list(self._values), self._out)

    def _on_toggled(self, value: str, on: bool) -> None:
        if self._one:
            self._values = [value] if on else []
        elif on:
            self._values.append(value)
        else:
            self._values = [each for each in self._values if each != value]
        self._tell()

    def _open_at(self, action: QAction | None) -> QAction | None:
        """The action, if ticking it leaves the menu open."""
        stays = action is not None and action.isCheckable() and action.isEnabled() and not self._one
        return action if stays else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if (action := self._open_at(self.actionAt(event.position().toPoint()))) is not None:
            action.toggle()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self._open_at(self.activeAction())
        if event.key() == Qt.Key.Key_Space and action is not None:
            action.toggle()
        else:
            super().keyPressEvent(event)
