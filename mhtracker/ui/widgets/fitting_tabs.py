"""Tabs that stand side by side as far as there is room; the others are behind "More"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.labels import button_words
from mhtracker.ui.widgets.tab_line import HEIGHT, TabLine


class FittingTabs(TabLine):
    """The chosen tab is always among those shown. "More" comes after them by Tab and lists the others."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        tabs: Sequence[tuple[str, str, int | None]] = (),
        parent: QWidget | None = None,
    ) -> None:
        self.more: Button | None = None
        super().__init__(theme, name, tabs, parent)
        self.setUsesScrollButtons(False)
        self.more = Button(theme, "More", self.show_more, kind="quiet", icon="mdi6.menu-down", small=True)
        self.more.setAccessibleName(f"More of: {name}")
        self.more.setParent(self)
        self.more.hide()
        self.fit()

    def set_tabs(self, tabs: Sequence[tuple[str, str, int | str | None]], key: str | None = None) -> None:
        super().set_tabs(tabs, key)
        self.fit()

    def set_key(self, key: str) -> None:
        super().set_key(key)
        self.fit()

    def behind_more(self) -> list[str]:
        """The keys of the tabs for which there is no room."""
        return [key for place, (key, _, _) in enumerate(self.tabs()) if not self.isTabVisible(place)]

    def fit(self) -> None:
        """Show as many tabs as there is room for, in their order."""
        if self.more is None:
            return
        wide = [self.width_of(words, count) for _, words, count in self.tabs()]
        more, room = self.more.sizeHint(), self.width()
        all_fit = sum(wide) <= room
        room -= 0 if all_fit else more.width() + self._theme.px(8) + sum(wide[self.currentIndex() :][:1])
        self.blockSignals(True)
        for place, width in enumerate(wide):
            chosen = place == self.currentIndex()
            room -= 0 if chosen or all_fit else width
            shown = all_fit or chosen or room >= 0
            if self.isTabVisible(place) != shown:
                self.setTabVisible(place, shown)
        self._scroll_back()
        self.blockSignals(False)
        self.more.setVisible(not all_fit)
        end = sum(width for place, width in enumerate(wide) if self.isTabVisible(place)) + self._theme.px(4)
        self.more.setGeometry(end, (self.height() - more.height()) // 2, more.width(), more.height())

    def _scroll_back(self) -> None:
        """Qt scrolled to the chosen tab while others still stood before it."""
        first = next((place for place in range(self.count()) if self.isTabVisible(place)), -1)
        if first >= 0 and self.tabRect(first).left() != 0:
            chosen = self.currentIndex()
            self.setCurrentIndex(first)
            self.setCurrentIndex(chosen)

    def make_more_menu(self) -> QMenu:
        """The tabs that are not shown, to be chosen."""
        menu = QMenu("More", self)
        menu.setAccessibleName("More")
        behind = set(self.behind_more())
        for key, words, count in self.tabs():
            if key in behind:
                number = "" if count is None else f"\t{count}"
                menu.addAction(button_words(words) + number, partial(self._take, key))
        return menu

    def show_more(self) -> None:
        """Offer the tabs that are not shown, under the button."""
        if self.more is not None:
            menu = self.make_more_menu()
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))

    def _take(self, key: str) -> None:
        self.set_key(key)
        self.chosen.emit(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def sizeHint(self) -> QSize:
        return QSize(sum(self.width_of(words, count) for _, words, count in self.tabs()), self._theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(HEIGHT))
