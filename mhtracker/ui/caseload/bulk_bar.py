"""The bar under the caseload while people are ticked: what can be done for all of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from mhtracker import text
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.key_hints import KeyCap
from mhtracker.ui.widgets.labels import Label


class BulkBar(QFrame):
    """A signal for each step, as it is pressed; `select_all` and `cleared` for what is selected."""

    reassign = Signal()
    hand_over = Signal()
    export = Signal()
    pin = Signal()
    book_reviews = Signal()
    print_summaries = Signal()
    add_to_pack = Signal()
    copy = Signal()
    select_all = Signal()
    cleared = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("box", "bar")
        self.setAccessibleName("People selected")
        self._words = Label("", "strong")
        steps = QWidget()
        steps.setAccessibleName("For the people selected")
        self._flow = FlowLayout(steps, across=theme.px(9), down=theme.px(6))
        self.buttons: dict[str, Button] = {}
        for key, words, icon, press in self._steps():
            button = Button(theme, words, press, icon=icon)
            self.buttons[key] = button
            self._flow.addWidget(button)
        self._all = LinkButton(theme, "Select all", self.select_all.emit)
        self._clear = LinkButton(theme, "Clear", self.cleared.emit)
        policy = steps.sizePolicy()
        policy.setHeightForWidth(True)
        steps.setSizePolicy(policy)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._words)
        self._row.addWidget(steps, 1)
        for widget in (self._all, self._clear, KeyCap(theme, "Esc")):
            self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self._measure)
        self._measure()

    def _steps(self) -> tuple[tuple[str, str, str, Callable[[], object]], ...]:
        return (
            ("reassign", "Reassign", "mdi6.account-switch-outline", self.reassign.emit),
            ("hand_over", "Hand over", "mdi6.account-arrow-right-outline", self.hand_over.emit),
            ("book_reviews", "Book reviews", "mdi6.calendar-plus", self.book_reviews.emit),
            ("print", "Print summaries", "mdi6.printer-outline", self.print_summaries.emit),
            ("pack", "Add to a pack", "mdi6.book-open-page-variant-outline", self.add_to_pack.emit),
            ("copy", "Copy rows", "mdi6.content-copy", self.copy.emit),
            ("more", "More", "mdi6.menu-down", self.show_more),
        )

    def make_menu(self) -> QMenu:
        """What else can be done for the people selected."""
        menu = QMenu("More", self)
        menu.setAccessibleName("More for the people selected")
        menu.addAction("Export these people", self.export.emit)
        menu.addAction("Pin them to the rail, or unpin them", self.pin.emit)
        return menu

    def show_more(self) -> None:
        """Offer it over its button."""
        menu = self.make_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        button = self.buttons["more"]
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 2)))

    def _measure(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(21), px(7), px(21), px(7))
        self._row.setSpacing(px(14))
        self._flow.set_spaces(px(9), px(6))

    def show_count(self, ticked: int, total: int, *, may_record: bool) -> None:
        """Say how many are ticked of how many; without a tick the bar is hidden."""
        self.setVisible(ticked > 0)
        self._words.setText(f"{text.count(ticked, 'person', 'people')} selected")
        self._all.set_words(f"Select all {text.format_number(total)}")
        self._all.setVisible(ticked < total)
        for key in ("reassign", "hand_over", "book_reviews"):
            self.buttons[key].setEnabled(may_record)
