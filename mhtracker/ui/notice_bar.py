"""A line across the window that says what must not be overlooked: another day, a register open to read, drafts kept."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button, IconButton
from mhtracker.ui.widgets.labels import ElidedLabel, Label
from mhtracker.ui.widgets.shapes import ShapeMark


class NoticeBar(QFrame):
    """Shape, words in semibold, more words, and one step; `closable` adds a ×."""

    def __init__(
        self,
        theme: Theme,
        family: str,
        shape: str,
        button: str = "",
        on_press: Callable[[], object] | None = None,
        *,
        closable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("banner", family)
        self.setProperty("strip", "true")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._title = Label("", "strong", family if family != "none" else "")
        self._words = ElidedLabel("", "body")
        row = QHBoxLayout(self)
        row.addWidget(ShapeMark(theme, shape, family))
        row.addWidget(self._title)
        row.addWidget(self._words, 1)
        self.button: Button | None = None
        if button:
            self.button = Button(theme, button, on_press, small=True)
            row.addWidget(self.button)
        if closable:
            row.addWidget(IconButton(theme, "close", "Close", self.hide, small=True))
        self._row = row
        theme.changed.connect(self._fit)
        self._fit()
        self.hide()

    def _fit(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(24), px(5), px(16), px(5))
        self._row.setSpacing(px(9))

    def tell(self, title: str, words: str = "") -> None:
        """Show the bar with these words."""
        self._title.setText(title)
        self._words.setText(words)
        self.setAccessibleName(f"{title.rstrip('.')}. {words}" if words else title)
        self.show()
