"""The field by which people are added to a pack: found as they are typed, in a list under it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListWidget, QListWidgetItem, QWidget

from mhtracker import text
from mhtracker.domain.caseload import ON_PATHWAY
from mhtracker.domain.records import DatePrecision
from mhtracker.store.queries.search import Found
from mhtracker.ui.context import Context
from mhtracker.ui.packs.reading import find_people

TYPING_MS = 90


class AddField(QLineEdit):
    """`added(id)` as a person found is taken. ↑ ↓ choose, Enter takes, Esc closes the list.

    The list lies over `above`, the page, so that nothing moves while someone types.
    """

    added = Signal(str)

    def __init__(self, context: Context, above: QWidget) -> None:
        super().__init__()
        self._context, self._above = context, above
        self.setAccessibleName("Add a person")
        self.setPlaceholderText("Add a person: name or number")
        self.setClearButtonEnabled(True)
        self.list = QListWidget(above)
        self.list.setProperty("popup", "true")
        self.list.setAccessibleName("People found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setUniformItemSizes(True)
        self.list.itemClicked.connect(self._take)
        self.list.hide()
        self._take_one = False
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._ask)
        self.textEdited.connect(self._typing.start)
        above.installEventFilter(self)

    def _ask(self) -> None:
        typed = self.text().strip()
        if not typed:
            self.close_list()
            return
        self._context.jobs.ask(find_people, typed, then=self._show, urgent=True, slot=("add to a pack", id(self)))

    def _show(self, found: list[Found]) -> None:
        take_one, self._take_one = self._take_one, False
        if not self.hasFocus() and not self.list.isVisible():
            return
        self.list.clear()
        for each in found:
            item = QListWidgetItem(found_words(each))
            item.setData(Qt.ItemDataRole.UserRole, each.person_id)
            self.list.addItem(item)
        if not found:
            item = QListWidgetItem("Nobody found by that name or number")
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        else:
            self.list.setCurrentRow(0)
        if take_one and len(found) == 1:
            self._take(self.list.item(0))
            return
        self._place()
        self.list.show()
        self.list.raise_()

    def _place(self) -> None:
        px = self._context.theme.px
        corner = self.mapTo(self._above, QPoint(0, self.height() + 2))
        rows = self.list.count() * self.list.sizeHintForRow(0) + px(10)
        wanted = max(self.width(), self.list.sizeHintForColumn(0) + px(20))
        room = self._above.size()
        self.list.setGeometry(
            corner.x(),
            corner.y(),
            min(wanted, room.width() - corner.x() - px(4)),
            min(rows, room.height() - corner.y()),
        )

    def close_list(self) -> None:
        self._typing.stop()
        self._context.jobs.forget(("add to a pack", id(self)))
        self.list.hide()

    def _take(self, item: QListWidgetItem | None) -> None:
        person_id = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if person_id:
            self.clear()
            self.close_list()
            self.added.emit(str(person_id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.list.isVisible():
            row = self.list.currentRow() + (1 if key == Qt.Key.Key_Down else -1)
            self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.list.isVisible() and not self._typing.isActive():
                self._take(self.list.currentItem())
            elif self.text().strip():
                # Enter came before the answer: it takes someone only if nobody else is meant by what was typed.
                self._take_one = True
                self._typing.stop()
                self._ask()
        elif key == Qt.Key.Key_Escape and (self.list.isVisible() or self.text()):
            self.clear()
            self.close_list()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.list.underMouse():
            self.close_list()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Hide):
            self.close_list()
        if event.type() == QEvent.Type.Hide and not event.spontaneous():
            self.clear()
        return False


def found_words(found: Found) -> str:
    """`PRZYKŁAD, Marek, born 23 Mar 1981, NHS 999 998 1801, Harbour Court`: enough to tell two of a name apart."""
    born = "birth date not known"
    if found.born_on is not None:
        exact = found.born_precision is DatePrecision.DAY
        born = f"born {text.format_date(found.born_on)}" if exact else f"born about {found.born_on.year}"
    nhs = f"NHS {text.format_nhs(found.nhs_number)}" if found.nhs_number else found.ref
    place = found.service if found.status == ON_PATHWAY else "not on the pathway"
    return ", ".join(part for part in (text.name_in_order(found.surname, found.given_names), born, nhs, place) if part)
