"""The head of the caseload: title and count, what can be done with the list, and the views as tabs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.ui.caseload.filters import View
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.labels import Label
from mhtracker.ui.widgets.tab_line import TabLine


class NameField(QLineEdit):
    """Takes the name of a view: Enter keeps it, Esc or leaving it empty does not."""

    named = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Name of the view")
        self.setPlaceholderText("Name, then Enter")
        self.setMaxLength(40)
        self.returnPressed.connect(self._on_return)
        self.editingFinished.connect(self.hide)

    def _on_return(self) -> None:
        name = self.text().strip()
        self.hide()
        if name:
            self.named.emit(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.hide()
        else:
            super().keyPressEvent(event)


class CaseloadHead(QWidget):
    """The buttons stand here by name.

    `tabs.chosen(key)` as a view is chosen, `view_named(name)` as the filters in force are to be kept under a name,
    `view_removed(key)` as an own view is forgotten.
    """

    view_removed = Signal(str)
    view_named = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._views: tuple[View, ...] = ()
        self._counts: Mapping[str, int] = {}
        self.setAccessibleName("Heading")
        self._title = Label("Caseload", "title")
        self._matching = Label("", "strong")
        self._of = Label("", "body", "text2")
        self.columns = Button(theme, "Columns", kind="quiet", icon="mdi6.view-week-outline")
        self.copy = Button(theme, "Copy", kind="quiet", icon="mdi6.content-copy", tip="Copy every row listed")
        self.export = Button(theme, "Export", kind="quiet", icon="mdi6.microsoft-excel", tip="Save as a spreadsheet")
        self.add_person = Button(theme, "Add person", icon="mdi6.plus")
        self.tabs = TabLine(theme, "Views")
        self.save_view = Button(theme, "Save view", kind="quiet", icon="mdi6.bookmark-plus-outline", small=True)
        self.forget = Button(theme, "Forget view", self._on_forget, kind="quiet", icon="mdi6.close", small=True)
        self._name = NameField()
        self._name.hide()
        self._name.named.connect(self.view_named)
        self.save_view.clicked.connect(self.ask_view_name)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addLayout(self._make_title())
        self._column.addLayout(self._make_tabs())
        theme.changed.connect(self._measure)
        self._measure()

    def _make_title(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._title)
        row.addWidget(self._matching, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._of, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        for button in (self.columns, self.copy, self.export, self.add_person):
            row.addWidget(button)
        return row

    def _make_tabs(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.tabs)
        row.addStretch(1)
        for widget in (self._name, self.save_view, self.forget):
            row.addWidget(widget)
        return row

    def _measure(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(24), px(12), px(24), 0)
        self._column.setSpacing(px(6))
        self._name.setFixedWidth(px(170))

    def say_total(self, listed: int, everyone: int, *, narrowed: bool) -> None:
        """`72 of 240 people`, or `240 people` when nothing narrows the list."""
        self._matching.setText(text.format_number(listed))
        people = text.count(everyone, "person", "people")
        self._of.setText(f"of {people}" if narrowed else people.partition(" ")[2])

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many people each view lists."""
        self._counts = counts
        self._show_tabs()

    def show_views(self, views: Sequence[View], chosen: str, *, may_save: bool) -> None:
        """The views there are, with one in force; `may_save` when the filters are none of them."""
        if tuple(views) != self._views:
            self._views = tuple(views)
            self._show_tabs()
        self.tabs.set_key(chosen)
        self.save_view.setVisible(may_save)
        self.forget.setVisible(chosen.startswith("own:") and not may_save)

    def _show_tabs(self) -> None:
        key = self.tabs.key()
        self.tabs.set_tabs([(view.key, view.label, self._counts.get(view.key)) for view in self._views])
        self.tabs.set_key(key)

    def ask_view_name(self) -> None:
        """Let a person type a name beside the tabs."""
        self._name.clear()
        self._name.show()
        self._name.setFocus()

    def _on_forget(self) -> None:
        self.view_removed.emit(self.tabs.key())
