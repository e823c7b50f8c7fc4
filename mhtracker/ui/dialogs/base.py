"""A true dialog: a heading, a few fields with their problems beside them, and buttons named by what they do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.labels import Label, button_words, restyle


class Dialog(QDialog):
    """Add fields with `add_field`, words with `add_words`, and buttons; Esc cancels, Enter takes the main step."""

    def __init__(
        self, theme: Theme, title: str, words: str = "", parent: QWidget | None = None, width: int = 520
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setWindowTitle("MHTracker")
        self.setAccessibleName(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        px = theme.px
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(24), px(20), px(24), px(16))
        self.body.setSpacing(px(10))
        self.body.addWidget(Label(title, "panel", wrap=True))
        if words:
            self.add_words(words)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(4))
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.rest = QVBoxLayout()
        self.body.addLayout(self.rest)
        self.body.addStretch(1)
        self._buttons = QHBoxLayout()
        self._buttons.setContentsMargins(0, px(8), 0, 0)
        self._buttons.setSpacing(px(8))
        self._buttons.addStretch(1)
        self.body.addLayout(self._buttons)
        self._problems: dict[str, tuple[QWidget, Label]] = {}
        self.setMinimumWidth(px(width))

    def add_words(self, words: str, tone: str = "text2") -> Label:
        """A paragraph under the heading."""
        label = Label(words, tone=tone, wrap=True, selectable=True)
        self.body.addWidget(label)
        return label

    def add_field(
        self, name: str, label: str, editor: QWidget, help_words: str = "", beside: QWidget | None = None
    ) -> Label:
        """A labelled editor, help below it, and room for what is wrong with it. Returns the help."""
        row = self._grid.rowCount()
        caption = Label(label)
        caption.setText(button_words(label))
        caption.setBuddy(editor)
        editor.setAccessibleName(label)
        editor.setAccessibleDescription(help_words)
        line = QHBoxLayout()
        line.setContentsMargins(3, 3, 3, 0)
        line.setSpacing(self.theme.px(8))
        line.addWidget(editor, 1)
        if beside is not None:
            line.addWidget(beside)
        self._grid.addWidget(caption, row, 0)
        self._grid.addLayout(line, row, 1)
        problem = Label("", "strong", "danger", wrap=True)
        problem.hide()
        self._grid.addWidget(problem, row + 1, 1)
        below = Label(help_words, "caption", "text2", wrap=True)
        below.setVisible(bool(help_words))
        self._grid.addWidget(below, row + 2, 1)
        self._grid.setRowMinimumHeight(row + 3, self.theme.px(4))
        self._problems[name] = (editor, problem)
        return below

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say what is wrong beside each field, and go to the first; an empty mapping clears them."""
        first: QWidget | None = None
        for name, (editor, label) in self._problems.items():
            words = problems.get(name, "")
            label.setText(words)
            label.setVisible(bool(words))
            editor.setProperty("problem", "true" if words else "false")
            restyle(editor)
            if words and first is None:
                first = editor
        if first is not None:
            first.setFocus()
        self.fit()

    def fit(self) -> None:
        """Be as high as the words need at this width: what wraps says so only when asked for it."""
        self.body.activate()
        high = self.body.totalHeightForWidth(self.width()) if self.body.hasHeightForWidth() else 0
        self.resize(self.width(), max(high, self.body.totalMinimumSize().height()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    def add_button(
        self, words: str, on_press: Callable[[], object], *, main: bool = False, left: bool = False
    ) -> Button:
        """A button; `main` is the one that Enter takes, `left` stands apart at the left."""
        button = Button(self.theme, words, on_press, kind="primary" if main else "plain")
        button.setDefault(main)
        if left:
            self._buttons.insertWidget(0, button)
        else:
            self._buttons.addWidget(button)
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        else:
            super().keyPressEvent(event)
