"""The head of the caseload: title and count, what can be done with the list, and the views as tabs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.operations.views import LONGEST_NAME
from mhtracker.store.queries.views import View
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.labels import Label, button_words
from mhtracker.ui.widgets.tab_line import TabLine


class NameField(QLineEdit):
    """Takes the name of a view: Enter keeps it, Esc or leaving it empty does not."""

    named = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Name of the view")
        self.setPlaceholderText("Name, then Enter")
        self.setMaxLength(LONGEST_NAME)
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


@dataclass(frozen=True, slots=True)
class ViewState:
    """What may be done with the view in force.

    `may_save`: what is listed is no view yet; `changed`: a saved view lists other than it was saved with; `begins`:
    the caseload begins with it; `may_record`: the register can be written.
    """

    may_save: bool = False
    changed: bool = False
    begins: bool = False
    may_record: bool = True


class CaseloadHead(QWidget):
    """The buttons stand here by name.

    `tabs.chosen(key)` as a view is chosen, `view_named(name)` as what is listed is to be kept under a name, and
    `view_renamed(key, name)`. `view_step(step, key)` for the rest: "update", "share", "unshare", "delete", "begin".
    """

    view_named = Signal(str)
    view_renamed = Signal(str, str)
    view_step = Signal(str, str)

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
        self.manage = Button(theme, "This view", self.show_menu, kind="quiet", icon="mdi6.menu-down", small=True)
        self.more = Button(theme, "More views", self.show_more, kind="quiet", icon="mdi6.menu-down", small=True)
        self._state = ViewState()
        self._renaming = ""
        self._name = NameField()
        self._name.hide()
        self._name.named.connect(self._on_named)
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
        row.addWidget(self.more)
        row.addStretch(1)
        for widget in (self._name, self.save_view, self.manage):
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

    def show_views(self, views: Sequence[View], chosen: str, state: ViewState) -> None:
        """The views there are, with one in force, and what may be done with it."""
        self._state = state
        there = [tab for tab, _, _ in self.tabs.tabs()]
        if tuple(views) != self._views or chosen not in there:
            self._views = tuple(views)
            self.tabs.set_tabs([(chosen, "", None)], chosen)
            self._show_tabs()
        self.tabs.set_key(chosen)
        self.save_view.setVisible(state.may_save and state.may_record)

    def _show_tabs(self) -> None:
        key = self.tabs.key()
        self.tabs.set_tabs([(view.key, view.label, self._counts.get(view.key)) for view in self._fitting(key)])
        self.tabs.set_key(key)

    def _fitting(self, key: str) -> list[View]:
        """The views that have room side by side, the one in force always among them; the others are behind a menu."""
        px = self._theme.px
        beside = sum(w.sizeHint().width() + px(8) for w in (self.save_view, self.manage, self.more))
        room = self.width() - px(48) - beside
        wide = {view.key: self.tabs.width_of(view.label, self._counts.get(view.key)) for view in self._views}
        if sum(wide.values()) <= room + self.more.sizeHint().width():
            self.more.hide()
            return list(self._views)
        self.more.show()
        room -= wide.get(key, 0)
        shown = []
        for view in self._views:
            if view.key == key:
                shown.append(view)
            elif room >= wide[view.key]:
                shown.append(view)
                room -= wide[view.key]
            else:
                room = 0 if room < min(wide.values()) else room
        return shown

    def make_more_menu(self) -> QMenu:
        """Every view, those that have no tab for want of room among them."""
        menu = QMenu("Views", self)
        menu.setAccessibleName("Views")
        for view in self._views:
            number = self._counts.get(view.key)
            words = button_words(view.label) + (f"\t{text.format_number(number)}" if number is not None else "")
            action = menu.addAction(words, partial(self.tabs.chosen.emit, view.key))
            action.setCheckable(True)
            action.setChecked(view.key == self.tabs.key())
        return menu

    def show_more(self) -> None:
        """Offer every view under its button."""
        menu = self.make_more_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and self._views:
            self._show_tabs()

    def ask_view_name(self, *_: object) -> None:
        """Let a person type a name beside the tabs."""
        self._ask_name("", "")

    def _ask_name(self, renaming: str, name: str) -> None:
        self._renaming = renaming
        self._name.setText(name)
        self._name.selectAll()
        self._name.show()
        self._name.setFocus()

    def _on_named(self, name: str) -> None:
        if self._renaming:
            self.view_renamed.emit(self._renaming, name)
        else:
            self.view_named.emit(name)

    def make_menu(self) -> QMenu:
        """What can be done with the view in force."""
        key = self.tabs.key()
        view = next((each for each in self._views if each.key == key), None)
        saved = view.saved if view is not None else None
        state = self._state
        menu = QMenu("This view", self)
        menu.setAccessibleName("This view")
        menu.addAction("Save as a new view", self.ask_view_name).setEnabled(state.may_record)
        if saved is not None and view is not None:
            label = view.label
            update = menu.addAction("Update it to what is listed", partial(self.view_step.emit, "update", key))
            update.setEnabled(state.changed and state.may_record)
            menu.addAction("Rename", lambda: self._ask_name(key, label)).setEnabled(state.may_record)
            words, step = ("Show it to me alone", "unshare") if saved.shared else ("Share it with everybody", "share")
            menu.addAction(words, partial(self.view_step.emit, step, key)).setEnabled(state.may_record)
        menu.addSeparator()
        begin = menu.addAction("Begin with this view", partial(self.view_step.emit, "begin", key))
        begin.setCheckable(True)
        begin.setChecked(state.begins)
        if view is not None and (saved is not None or view.here):
            menu.addSeparator()
            delete = menu.addAction("Delete this view", partial(self.view_step.emit, "delete", key))
            delete.setEnabled(state.may_record or view.here)
        return menu

    def show_menu(self) -> None:
        """Offer it under its button."""
        menu = self.make_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.manage.mapToGlobal(QPoint(0, self.manage.height() + 2)))
