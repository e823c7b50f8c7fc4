"""What stands in a page's place while what it is made of is still being loaded."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.labels import Label

WORDS = "Opening…"


class PageToCome(QWidget):
    """The page's title, where the page itself will have it. It keeps the keyboard for the page."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title, self._words = Label("", "title"), Label(WORDS, "body", "text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(14), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addStretch(1)

    def name(self, title: str) -> None:
        """Whose place it keeps."""
        self._title.setText(title)
        self.setAccessibleName(f"{title}: {WORDS}")
