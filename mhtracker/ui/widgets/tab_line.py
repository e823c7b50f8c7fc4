"""Tabs of a page, each with its count: "Reviews 10"."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from mhtracker.ui.focus import OWN_RING, paint_ring
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.labels import button_words, plain_tooltip

HEIGHT = 34
_PAD = 12


def _said(count: int | str) -> str:
    return count if isinstance(count, str) else f"{count:,}"


class TabLine(QTabBar):
    """Tabs are (key, words, count or None); a count may be words, such as "3 ending".

    `chosen(key)` when another is taken; ← and → go along.
    """

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        tabs: Sequence[tuple[str, str, int | str | None]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tabs: list[tuple[str, str, int | str | None]] = []
        self.setAccessibleName(name)
        self.setProperty(OWN_RING, True)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.currentChanged.connect(self._on_changed)
        theme.changed.connect(self._refit)
        self.set_tabs(tabs)

    def set_tabs(self, tabs: Sequence[tuple[str, str, int | str | None]], key: str | None = None) -> None:
        """Show these tabs; the chosen one stays chosen where it is still there."""
        before = key if key is not None else self.key()
        known, self._tabs = self._tabs, list(tabs)
        # The same tabs with other counts stay: Qt lays the whole line out at every tab that comes or goes.
        if [tab[0] for tab in known] != [tab[0] for tab in tabs]:
            self._start_afresh()
            known = []
        for place, tab in enumerate(tabs):
            if not known or tab != known[place]:
                self._say(place)
        self.set_key(before)

    def _start_afresh(self) -> None:
        self.blockSignals(True)
        while self.count():
            self.removeTab(0)
        for _ in self._tabs:
            self.addTab("")
        self.blockSignals(False)

    def _say(self, place: int) -> None:
        _, words, count = self._tabs[place]
        said = words if count is None else f"{words} {_said(count)}"
        self.setTabText(place, button_words(said))
        self.setAccessibleTabName(place, said)
        self.setTabToolTip(place, plain_tooltip(said) if len(said) > 30 else "")

    def tabs(self) -> list[tuple[str, str, int | str | None]]:
        """The tabs as they stand."""
        return self._tabs

    def key(self) -> str:
        place = self.currentIndex()
        return self._tabs[place][0] if 0 <= place < len(self._tabs) else ""

    def set_key(self, key: str) -> None:
        """Choose without telling."""
        self.blockSignals(True)
        self.setCurrentIndex(next((place for place, tab in enumerate(self._tabs) if tab[0] == key), 0))
        self.blockSignals(False)
        self.update()

    def set_count(self, key: str, count: int | str | None) -> None:
        tabs = [(tab, words, count if tab == key else number) for tab, words, number in self._tabs]
        self.set_tabs(tabs)

    def _on_changed(self, _place: int) -> None:
        if self.key():
            self.chosen.emit(self.key())

    def _refit(self) -> None:
        for place in range(self.count()):
            self._say(place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def tabSizeHint(self, index: int) -> QSize:
        _, words, count = self._tabs[index] if index < len(self._tabs) else ("", "", None)
        return QSize(self.width_of(words, count), self._theme.px(HEIGHT))

    def width_of(self, words: str, count: int | str | None) -> int:
        """How wide a tab of these words stands."""
        # Room for the semibold of the chosen one, so that nothing shifts.
        wide = QFontMetrics(self._theme.font("strong")).horizontalAdvance(words)
        if count is not None:
            wide += QFontMetrics(self._theme.font("caption")).horizontalAdvance(_said(count)) + self._theme.px(5)
        return wide + 2 * self._theme.px(_PAD)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        for place, (_, words, count) in enumerate(self._tabs):
            if not self.isTabVisible(place):
                continue
            rect, on = self.tabRect(place), place == self.currentIndex()
            font = theme.font("strong" if on else "body")
            wide = QFontMetrics(font).horizontalAdvance(words)
            painter.setFont(font)
            painter.setPen(theme.color("text" if on else "text2"))
            inner = rect.adjusted(theme.px(_PAD), 0, 0, 0)
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter), words)
            if count is not None:
                painter.setFont(theme.font("caption"))
                painter.setPen(theme.color("text3"))
                rest = inner.adjusted(wide + theme.px(5), theme.px(1), 0, 0)
                painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter), _said(count))
            if on:
                bar = theme.px(3)
                painter.fillRect(QRect(rect.left(), rect.bottom() - bar + 1, rect.width(), bar), theme.color("accent"))
                if self.hasFocus():
                    paint_ring(painter, QRectF(rect), theme, theme.px(4))
        painter.end()
