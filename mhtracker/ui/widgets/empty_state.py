"""What an empty place says: what belongs here, and the first step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.labels import IconLabel, Label


class EmptyState(QWidget):
    """Icon, title, a sentence or two, and one button if there is a step to offer."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        words: str,
        button: str = "",
        on_press: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(20))
        column.setSpacing(theme.px(6))
        column.addStretch(1)
        column.addWidget(IconLabel(theme, icon, token="text3", size=28), 0, Qt.AlignmentFlag.AlignHCenter)
        self.title = Label(title, "heading", wrap=True)
        self.words = Label(words, "body", "text2", wrap=True)
        for label in (self.title, self.words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            # No alignment for the layout item: an aligned label would not be asked for its height at its width.
            middle = QHBoxLayout()
            middle.addStretch(1)
            label.setMaximumWidth(theme.px(420))
            middle.addWidget(label, 100)
            middle.addStretch(1)
            column.addLayout(middle)
        self.button: Button | None = None
        if button:
            column.addSpacing(theme.px(6))
            self.button = Button(theme, button, on_press, kind="primary")
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
