"""The rail: the pages, the people looked at lately, and who sits here. With little room it shows icons only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mhtracker.text import initials
from mhtracker.ui.focus import OWN_RING, paint_ring
from mhtracker.ui.icons import paint_icon
from mhtracker.ui.mark import Mark
from mhtracker.ui.pages import PageEntry
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.labels import Label, plain_tooltip, rule
from mhtracker.ui.widgets.stage_pill import paint_block

WIDE, NARROW = 172, 56
RECENT = 6
PINNED = 8


@dataclass(frozen=True, slots=True)
class RecentPerson:
    """Someone looked at lately, as the rail shows them."""

    person_id: str
    name: str
    letter: str = ""
    colour: str = "other"


class RailItem(QAbstractButton):
    """A line of the rail: an icon or a stage's letter, a word, perhaps a count. The place where one is, is marked."""

    def __init__(self, theme: Theme, words: str, *, icon: str = "", height: int = 34, tip: str = "") -> None:
        super().__init__()
        self._theme, self._icon, self._height = theme, icon, height
        self._tip = tip or words
        self._count, self._about = 0, ""
        self._block: tuple[str, str] | None = None
        self._narrow = False
        self.setCheckable(True)
        self.setProperty(OWN_RING, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_words(words)
        theme.changed.connect(self.updateGeometry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def set_words(self, words: str, tip: str = "") -> None:
        self.setText(words)
        self._tip = tip or words
        self._name()

    def set_block(self, letter: str, colour: str) -> None:
        self._block = (letter, colour)
        self.update()

    def set_count(self, count: int, about: str = "") -> None:
        """Show a number behind the word; `about` says what it counts, where that is not what the page lists."""
        self._count, self._about = count, about
        self._name()
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self._name()
        self.updateGeometry()

    def _name(self) -> None:
        said = self._about or str(self._count)
        self.setAccessibleName(f"{self.text()}, {said}" if self._count else self.text())
        count = f" ({said})" if self._count else ""
        self.setToolTip(plain_tooltip(self._tip + count) if self._narrow or self._tip != self.text() else "")

    def nextCheckState(self) -> None:
        """Which item is marked is the window's business: it follows where one is."""

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(NARROW if self._narrow else WIDE) - 1, self._theme.px(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.isChecked():
            painter.fillRect(rect, theme.color("surface"))
            painter.fillRect(QRectF(0, 0, px(3), rect.height()), theme.color("accent"))
        elif self.underMouse():
            painter.fillRect(rect, theme.color("hover"))
        colour = theme.color("accent") if self.isChecked() else theme.color("text2")
        left = px(15)
        if self._narrow:
            left = round((rect.width() - px(18)) / 2)
        if self._icon:
            paint_icon(painter, QRectF(left, (rect.height() - px(18)) / 2, px(18), px(18)), self._icon, colour)
            left += px(29)
        elif self._block is not None:
            left = round(paint_block(painter, left, rect.height() / 2, theme, *self._block))
        if not self._narrow:
            self._paint_words(painter, QRectF(left, 0, rect.width() - left - px(12), rect.height()))
        elif self._count:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawEllipse(QRectF(rect.width() - px(16), px(6), px(6), px(6)))
        if self.hasFocus():
            paint_ring(painter, rect, theme)
        painter.end()

    def _paint_words(self, painter: QPainter, rect: QRectF) -> None:
        theme = self._theme
        painter.setFont(theme.font("strong" if self.isChecked() else "body"))
        painter.setPen(theme.color("text" if self.isChecked() else "text2"))
        if self._count:
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), str(self._count))
            rect = rect.adjusted(0, 0, -theme.px(28), 0)
        words = QFontMetricsF(painter.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, rect.width() + 1)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(rect, int(flags), words)


class UserItem(RailItem):
    """Who sits here: initials in a ring, name and role."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Say who you are", height=48)
        self._role = ""

    def set_user(self, name: str, role: str) -> None:
        self._role = role
        self.set_words(name or "Say who you are", f"{name}, {role}: change in Settings" if name else "Say who you are")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.fillRect(self.rect(), theme.color("hover"))
        side = px(27)
        left = (self.width() - side) / 2 if self._narrow else px(14)
        ring = QRectF(left, (self.height() - side) / 2, side, side)
        painter.setPen(QPen(theme.color("border"), 1))
        painter.drawEllipse(ring.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text2"))
        letters = initials(self.text()) if self._role else "?"
        painter.drawText(ring, int(Qt.AlignmentFlag.AlignCenter), letters)
        if not self._narrow:
            self._paint_lines(
                painter, QRectF(ring.right() + px(9), 0, self.width() - ring.right() - px(14), self.height())
            )
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()), theme)
        painter.end()

    def _paint_lines(self, painter: QPainter, rect: QRectF) -> None:
        theme = self._theme
        lines = [(self.text(), "body", "text"), (self._role, "caption", "text3")]
        heights = [QFontMetricsF(theme.font(role)).height() for words, role, _ in lines if words]
        top = rect.center().y() - sum(heights) / 2
        for words, role, token in lines:
            if not words:
                continue
            font = theme.font(role)
            metrics = QFontMetricsF(font)
            painter.setFont(font)
            painter.setPen(theme.color(token))
            fitted = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(QRectF(rect.left(), top, rect.width(), metrics.height()), fitted)
            top += metrics.height()


class Rail(QFrame):
    """The rail. `on_page` and `on_person` are told what was pressed, by key and by id."""

    def __init__(
        self,
        theme: Theme,
        pages: Sequence[PageEntry],
        *,
        on_page: Callable[[str], object],
        on_person: Callable[[str], object],
        on_user: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._on_person = theme, on_person
        self._narrow = False
        self.setProperty("box", "rail")
        self.setAccessibleName("Pages")
        self.items: dict[str, RailItem] = {}
        self._people: list[RailItem] = []
        self._mark = Mark(theme, 18, 20)
        self._brand = Label("MHTracker", "heading")
        self._recent_heading = Label("Recent people", "caption", "text2")
        self._pinned_heading = Label("Pinned", "caption", "text2")
        self._pinned_items: list[RailItem] = []
        self.user = UserItem(theme)
        self.user.clicked.connect(lambda: on_user())
        for entry in pages:
            tip = f"{entry.title} (Ctrl+{entry.number})" if entry.number else entry.title
            item = RailItem(theme, entry.title, icon=entry.icon, tip=tip)
            item.clicked.connect(lambda _=False, key=entry.key: on_page(key))
            self.items[entry.key] = item
        self._arrange()
        theme.changed.connect(self._fit)
        self._fit()

    def _arrange(self) -> None:
        px = self._theme.px
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 1, 0)
        self._layout.setSpacing(0)
        self._head = QWidget()
        self._head.setAccessibleName("MHTracker")
        brand = self._brand_line = QHBoxLayout(self._head)
        brand.setSpacing(px(11))
        brand.addWidget(self._mark)
        brand.addWidget(self._brand, 1)
        self._layout.addWidget(self._head)
        for key, item in self.items.items():
            if key != "settings":
                self._layout.addWidget(item)
        self._pinned_heading.setContentsMargins(px(15), px(12), 0, px(4))
        self._layout.addWidget(self._pinned_heading)
        self._pinned = QVBoxLayout()
        self._pinned.setSpacing(0)
        self._layout.addLayout(self._pinned)
        self._recent_heading.setContentsMargins(px(15), px(12), 0, px(4))
        self._layout.addWidget(self._recent_heading)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        self._layout.addLayout(self._recent)
        self._layout.addStretch(1)
        if "settings" in self.items:
            self._layout.addWidget(self.items["settings"])
        self._layout.addWidget(rule())
        self._layout.addWidget(self.user)
        self.set_people((), ())

    def _fit(self) -> None:
        self.setFixedWidth(self._theme.px(NARROW if self._narrow else WIDE))
        self._head.setFixedHeight(self._theme.px(48))
        # Alone in its line, the mark stands in the middle.
        self._brand_line.setContentsMargins(0 if self._narrow else self._theme.px(14), 0, 0, 0)

    def set_narrow(self, narrow: bool) -> None:
        """Icons only, with the words as tooltips; or the words too."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for item in (*self.items.values(), *self._pinned_items, *self._people, self.user):
            item.set_narrow(narrow)
        self._brand.setVisible(not narrow)
        self._show_headings()
        self._fit()

    def set_current(self, key: str) -> None:
        """Mark the page where one is; "" for none of them."""
        for name, item in self.items.items():
            item.setChecked(name == key)

    def set_people(self, pinned: Sequence[RecentPerson], recent: Sequence[RecentPerson]) -> None:
        """The people pinned, and those looked at lately, newest first; fewer of these the more are pinned."""
        shown = pinned[:PINNED]
        self._pinned_items = self._fill(self._pinned, self._pinned_items, shown)
        self._people = self._fill(self._recent, self._people, recent[: max(RECENT - len(shown) // 2, 3)])
        self._show_headings()

    def _fill(self, layout: QVBoxLayout, before: Sequence[RailItem], people: Sequence[RecentPerson]) -> list[RailItem]:
        for item in before:
            layout.removeWidget(item)
            item.deleteLater()
        made = []
        for person in people:
            item = RailItem(self._theme, person.name, height=26)
            item.setCheckable(False)
            item.set_block(person.letter, person.colour)
            item.set_narrow(self._narrow)
            item.clicked.connect(lambda _=False, person_id=person.person_id: self._on_person(person_id))
            layout.addWidget(item)
            made.append(item)
        return made

    def _show_headings(self) -> None:
        self._pinned_heading.setVisible(not self._narrow and bool(self._pinned_items))
        self._recent_heading.setVisible(not self._narrow and bool(self._people))
