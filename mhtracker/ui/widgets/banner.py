"""A line or two across a page or panel that says something has to be decided or known."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button, IconButton
from mhtracker.ui.widgets.flow import FitsWords, FlowLayout
from mhtracker.ui.widgets.labels import IconLabel, Label
from mhtracker.ui.widgets.shapes import ShapeMark

CAUTION = "mdi6.alert-outline"

_SHAPES = {"danger": "overdue", "warn": "today", "ok": "in_date", "info": "info", "none": "none"}


class Banner(FitsWords):
    """`title` in semibold, `words` below, then buttons as (words, what it does). `closable` adds a × and `closed`."""

    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        words: str,
        *,
        title: str = "",
        family: str = "warn",
        shape: str = "",
        buttons: Sequence[tuple[str, Callable[[], object]]] = (),
        closable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("banner", family)
        self.setAccessibleName(title or words)
        self.setAccessibleDescription(words if title else "")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), theme.px(10), theme.px(10), theme.px(10))
        row.setSpacing(theme.px(9))
        mark = ShapeMark(theme, shape or _SHAPES[family], family)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme.px(4))
        self.title = Label(title, "strong", wrap=True)
        self.words = Label(words, wrap=True)
        column.addWidget(self.title)
        column.addWidget(self.words)
        if buttons:
            column.addSpacing(theme.px(4))
            line = FlowLayout(across=theme.px(8), down=theme.px(6))
            for label, act in buttons:
                line.addWidget(Button(theme, label, act, small=True))
            column.addLayout(line)
        row.addLayout(column, 1)
        # Only now that they have a parent: before, they would flash up as windows of their own.
        self.title.setVisible(bool(title))
        self.words.setVisible(bool(words))
        if closable:
            row.addWidget(
                IconButton(theme, "mdi6.close", "Close", self._on_close, small=True), 0, Qt.AlignmentFlag.AlignTop
            )

    def set_words(self, words: str, title: str | None = None) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))
        if title is not None:
            self.title.setText(title)
            self.title.setVisible(bool(title))
        self.setAccessibleName(self.title.text() or words)

    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()


class InfoPanel(FitsWords):
    """The tinted box that says what a form will do: "When you record this", and its lines, each with an icon."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("box", "info")
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.px(12), theme.px(9), theme.px(12), theme.px(10))
        self._column.setSpacing(theme.px(4))
        self._column.addWidget(Label(title, "strong"))
        self._lines: list[QWidget] = []

    def set_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Each line is (icon name, words). No lines hides the panel. A caution bears the shape of a warning."""
        for old in self._lines:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._lines = []
        for icon, words in lines:
            line = QWidget()
            line.setAccessibleName(words)
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(self._theme.px(8))
            warns = icon == CAUTION
            mark = ShapeMark(self._theme, _SHAPES["warn"], "warn") if warns else IconLabel(self._theme, icon, size=16)
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(words, "strong" if warns else "body", wrap=True), 1)
            self._column.addWidget(line)
            self._lines.append(line)
        self.setVisible(bool(lines))
