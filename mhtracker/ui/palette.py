"""The find box's list (Ctrl+K): people, pages, notes and commands, newest question wins.

The typing stays in the find box; the list below only shows, and moves at the box's arrow keys.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from mhtracker.text import name_in_order
from mhtracker.ui.icons import paint_icon
from mhtracker.ui.palette_items import (
    LEAST_LETTERS,
    MOST_NOTES,
    Item,
    asks_to_do,
    command_items,
    for_person_items,
    grouped,
    marked,
    note_items,
    page_items,
    person_items,
    typed_words,
)
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.stage_pill import paint_block

if TYPE_CHECKING:
    from datetime import date

    from mhtracker.store import Store
    from mhtracker.store.queries.notes import FoundNote
    from mhtracker.store.queries.search import Found
    from mhtracker.ui.context import Context
    from mhtracker.ui.header import FindBox
    from mhtracker.ui.pages import PageEntry

ITEM = Qt.ItemDataRole.UserRole
SLOT, NOTES_SLOT = "palette", "palette notes"
NOTES_WAIT_MS = 150
"""Notes are looked through when the typing rests: people are never kept waiting for them."""
Index = QModelIndex | QPersistentModelIndex


class ItemModel(QAbstractListModel):
    """The palette's lines."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: list[Item] = []

    def show_items(self, items: list[Item]) -> None:
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 – Qt's own signature
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item = self.items[index.row()]
        if role == ITEM:
            return item
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{item.words}, {item.detail}" if item.detail else item.words
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.items[index.row()].is_heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class ItemDelegate(QStyledItemDelegate):
    """Paints a line: icon or stage's letter, words with the matched parts bold, detail, key."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.typed: list[str] = []

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(26 if index.data(ITEM).is_heading else 32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item: Item = index.data(ITEM)
        theme, px = self._theme, self._theme.px
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if item.is_heading:
            self._words(painter, rect.adjusted(px(14), 0, 0, 0), item.words, theme.font("caption"), "text2")
            painter.restore()
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, theme.color("selected"))
        if item.letter:
            paint_block(painter, rect.left() + px(14), rect.center().y(), theme, item.letter, item.colour)
        elif item.icon:
            place = QRectF(rect.left() + px(13), rect.center().y() - px(9), px(18), px(18))
            paint_icon(painter, place, item.icon, theme.color("text2"))
        right = self._hint(painter, rect, "Enter" if selected else item.hint)
        left = rect.left() + px(42)
        room = QRectF(left, rect.top(), right - left - px(8), rect.height())
        room.setLeft(self._marked_words(painter, room, item.words) + px(10))
        if item.detail and room.width() > px(30):
            self._words(painter, room, item.detail, theme.font("caption"), "text2")
        painter.restore()

    def _words(self, painter: QPainter, rect: QRectF, words: str, font: QFont, token: str) -> float:
        painter.setFont(font)
        painter.setPen(self._theme.color(token))
        metrics = QFontMetricsF(font)
        fitted = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(rect.width(), 0))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(rect.adjusted(0, 0, 4, 0), int(flags), fitted)
        return rect.left() + metrics.horizontalAdvance(fitted)

    def _marked_words(self, painter: QPainter, rect: QRectF, words: str) -> float:
        plain, bold = self._theme.font("body"), self._theme.font("strong")
        place = 0
        for start, end in marked(words, self.typed):
            if start < place:
                continue
            for part, font in ((words[place:start], plain), (words[start:end], bold)):
                rect.setLeft(self._words(painter, rect, part, font, "text"))
            place = end
        return self._words(painter, rect, words[place:], plain, "text")

    def _hint(self, painter: QPainter, rect: QRectF, words: str) -> float:
        if not words:
            return rect.right()
        px = self._theme.px
        painter.setFont(self._theme.font("caption"))
        width = QFontMetricsF(painter.font()).horizontalAdvance(words) + px(12)
        cap = QRectF(rect.right() - width - px(12), rect.center().y() - px(10), width, px(20))
        painter.setPen(QPen(self._theme.color("line2"), 1))
        painter.setBrush(self._theme.color("surface"))
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), px(3), px(3))
        painter.setPen(self._theme.color("text2"))
        painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), words)
        return cap.left()


class Palette(QFrame):
    """The list under the find box.

    `pages` are those to go to, `in_hand` gives the (id, name) of the person that commands would act on, `recent`
    the lines to show before anything is typed, and `leave` puts the focus back on the page.
    """

    def __init__(
        self,
        context: Context,
        box: FindBox,
        *,
        pages: tuple[PageEntry, ...],
        in_hand: Callable[[], tuple[str, str] | None],
        recent: Callable[[], list[Item]],
        leave: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._context, self._box, self._pages = context, box, pages
        self._in_hand, self._recent, self._leave = in_hand, recent, leave
        self._people: list[Found] = []
        self._notes: list[FoundNote] = []
        self._answered = ""
        self._rests = QTimer(self)
        self._rests.setSingleShot(True)
        self._rests.setInterval(NOTES_WAIT_MS)
        self._rests.timeout.connect(self._ask_notes)
        self._enter_waits = False
        self.setProperty("box", "popover")
        self.setAccessibleName("Found")
        self.model = ItemModel(self)
        self._delegate = ItemDelegate(context.theme, self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("People, pages, notes and commands found")
        self.list.clicked.connect(self._on_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 6, 1, 6)
        layout.addWidget(self.list)
        box.textEdited.connect(self._on_typed)
        box.key_pressed.connect(self._on_key)
        box.opened.connect(self.open)
        box.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Go to the find box and show what can be found."""
        self._box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._box.selectAll()
        if not self.isVisible():
            self._people, self._answered = [], self._box.text()
            self._on_typed(self._box.text())

    def close_list(self) -> None:
        """Put the list away and empty the box."""
        self._enter_waits = False
        self._context.jobs.forget(SLOT)
        self._forget_notes()
        self._box.clear()
        self.hide()

    # Asking and showing

    def _on_typed(self, text: str) -> None:
        self._enter_waits = False
        self._forget_notes()
        if len("".join(typed_words(text))) >= LEAST_LETTERS:
            self._rests.start()
        if text.strip():
            self._context.jobs.ask(_search, text, then=self._on_found, failed=self._on_failed, urgent=True, slot=SLOT)
        else:
            self._context.jobs.forget(SLOT)
            self._people, self._answered = [], text
        self._show()

    def _on_found(self, answer: tuple[str, list[Found]]) -> None:
        self._answered, self._people = answer
        if self._box.hasFocus() or self.isVisible():
            self._show()
        if self._enter_waits:
            self._run_selected()

    def _on_failed(self, error: object) -> None:
        self._answered, self._people = self._box.text(), []
        self._show()

    def _forget_notes(self) -> None:
        self._rests.stop()
        self._context.jobs.forget(NOTES_SLOT)
        self._notes = []

    def _ask_notes(self) -> None:
        as_at, text = self._context.as_at, self._box.text()
        self._context.jobs.ask(_search_notes, text, as_at, then=self._on_notes, failed=lambda _: None, slot=NOTES_SLOT)

    def _on_notes(self, found: list[FoundNote]) -> None:
        self._notes = found
        if found and self.isVisible():
            here: Item | None = self.list.currentIndex().data(ITEM)
            self._show()
            # They come later than the rest: what was gone to meanwhile stays chosen.
            for row, item in enumerate(self.model.items):
                if here is not None and (item.words, item.detail) == (here.words, here.detail):
                    self._select(row, 1)

    def _show(self) -> None:
        text = self._box.text()
        typed = typed_words(text)
        commands = self._context.commands
        run = self._context.shell.run_command
        if text.strip():
            people = person_items(self._people, self._context.shell.open_person, self._block, self._context.as_at)
            do = command_items(typed, commands, run, self._in_hand())
            if self._people and not do:
                first = self._people[0]
                name = name_in_order(first.surname, first.given_names)
                do = for_person_items(commands, run, (first.person_id, name))
        else:
            people = self._recent()
            do = command_items([], (c for c in commands if c.for_person), run, self._in_hand())
        pages = page_items(typed, self._pages, self._context.shell.open_page)
        notes = note_items(self._notes, self._context.shell.open_person)
        doing_first = bool(text.strip()) and asks_to_do(typed, do, self._people)
        items = grouped(people, pages, do, notes, doing_first=doing_first)
        if not items and self._answered == text:
            items = [Item("Nobody and nothing by that name. Try a part of it, or an NHS number.")]
        self._delegate.typed = typed
        self.model.show_items(items)
        self._select(0, 1)
        self._place()

    def _block(self, stage_id: str | None) -> tuple[str, str]:
        stage = self._context.register.stage(stage_id)
        return (stage.letter, stage.colour) if stage is not None else ("–", "other")

    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        px = self._context.theme.px
        rows = sum(26 if item.is_heading else 32 for item in self.model.items)
        corner = self._box.mapTo(window, QPoint(0, self._box.height() + px(3)))
        width = min(max(self._box.width(), px(430)), window.width() - corner.x() - px(8))
        height = min(px(rows) + 14, window.height() - corner.y() - px(12))
        self.setGeometry(QRect(corner.x(), corner.y(), width, height))
        self.show()
        self.raise_()

    # Keys

    def _on_key(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close_list()
            self._leave()
        elif not self.isVisible() and key == Qt.Key.Key_Down:
            self._on_typed(self._box.text())
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self._select(self._row() + 1, 1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_PageUp):
            self._select(self._row() - 1, -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._box.text().strip() and self._answered != self._box.text():
                self._enter_waits = True  # typed faster than found: the answer decides, not the list before it
            else:
                self._run_selected()

    def _row(self) -> int:
        return self.list.currentIndex().row()

    def _select(self, row: int, step: int) -> None:
        """Select the next line that is no heading, from `row` on; stays where it is at either end."""
        while 0 <= row < len(self.model.items):
            if not self.model.items[row].is_heading:
                self.list.setCurrentIndex(self.model.index(row))
                return
            row += step

    def _on_clicked(self, index: QModelIndex) -> None:
        self._run(index.data(ITEM))

    def _run_selected(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            self._run(index.data(ITEM))

    def _run(self, item: Item) -> None:
        if item.run is not None:
            self.close_list()
            self._leave()
            item.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._box and event.type() == QEvent.Type.FocusOut and not self.underMouse():
            self.hide()
        return False


def _search(store: Store, text: str) -> tuple[str, list[Found]]:
    from mhtracker.store.queries.search import search_people

    return text, search_people(store, text, limit=20)


def _search_notes(store: Store, text: str, as_at: date) -> list[FoundNote]:
    from mhtracker.store.queries.notes import search_notes

    return list(search_notes(store, text, as_at, limit=MOST_NOTES, within=80).notes)
