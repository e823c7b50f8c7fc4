"""The lines of a chronology in a list that draws only what is in view: thousands are as quick as ten."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from mhtracker import text
from mhtracker.domain.chronology import Chapter, ChronologyLine
from mhtracker.ui.focus import paint_ring
from mhtracker.ui.icons import paint_icon
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.labels import plain_tooltip

LINE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
ICONS = {
    Chapter.PLACEMENT: "mdi6.home-city-outline",
    Chapter.REVIEW: "mdi6.clipboard-check-outline",
    Chapter.PLAN: "mdi6.flag-outline",
    Chapter.BARRIER: "mdi6.alert-outline",
    Chapter.STATUS: "mdi6.gavel",
    Chapter.GOAL: "mdi6.flag-checkered",
    Chapter.WARNING: "mdi6.shield-alert-outline",
    Chapter.NOTE: "mdi6.note-text-outline",
    Chapter.DOCUMENT: "mdi6.file-pdf-box",
    Chapter.EVENT: "mdi6.calendar-today",
}
DATE_WIDE, STAR_WIDE, ICON_WIDE, TALL = 96, 34, 26, 44


class LineModel(QAbstractListModel):
    """The lines that are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[ChronologyLine] = []

    def show_lines(self, lines: Sequence[ChronologyLine]) -> None:
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole or role == Qt.ItemDataRole.DisplayRole:
            key = "Key event, " if line.key is not None else ""
            return f"{key}{text.format_date(line.day)}, {line.words}"
        return None


class LineDelegate(QStyledItemDelegate):
    """Day, sign, words on two lines at most, and at the right the star that says whether it is chosen for paper."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        lines = QFontMetrics(self._theme.font("body")).lineSpacing() * 2
        return QSize(200, max(self._theme.px(TALL), lines + self._theme.px(8)))

    def star_box(self, row: QRect) -> QRectF:
        wide = self._theme.px(STAR_WIDE)
        return QRectF(row.right() - wide, row.top(), wide, row.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, line = self._theme, index.data(LINE)
        row: QRect = option.rect
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(row, theme.color("selected" if selected else "hover" if hovered else "surface"))
        painter.setPen(theme.color("line"))
        painter.drawLine(row.left(), row.bottom(), row.right(), row.bottom())
        pad, side = theme.px(12), theme.px(17)
        left = row.left() + pad
        wide = row.right() - left - theme.px(DATE_WIDE + ICON_WIDE + STAR_WIDE) - pad
        metrics = QFontMetrics(theme.font("body"))
        first, below, own = self._told(line, metrics, wide)
        spacing = metrics.lineSpacing()
        top = row.top() + (row.height() - spacing * (2 if below else 1)) // 2
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.color("text"))
        painter.drawText(QRect(left, top, theme.px(DATE_WIDE), spacing), 0, text.format_date(line.day))
        left += theme.px(DATE_WIDE)
        paint_icon(painter, QRectF(left, top, side, side), ICONS[line.chapter], theme.color("text2"))
        left += theme.px(ICON_WIDE)
        painter.setFont(theme.font("body"))
        painter.drawText(QRect(left, top, wide, spacing), 0, first)
        if own:
            painter.setPen(theme.color("text2"))
        painter.drawText(QRect(left, top + spacing, wide, spacing), 0, below)
        box = self.star_box(row)
        star = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
        chosen = line.key is not None
        shape = "mdi6.star" if chosen else "mdi6.star-outline"
        paint_icon(painter, star, shape, theme.color("accent" if chosen else "text3"))
        painter.restore()
        if selected and self._view.hasFocus():
            paint_ring(painter, QRectF(row).adjusted(3, 3, -3, -3), theme)

    def _told(self, line: ChronologyLine, metrics: QFontMetrics, wide: int) -> tuple[str, str, bool]:
        """The two lines of a line, and whether the second is what it says on paper."""
        first, rest = _two_lines(" ".join(line.words.split()), metrics, wide)
        own = line.key is not None and line.key.words != line.words and not rest
        if own and line.key is not None:
            rest = f"On paper: {' '.join(line.key.words.split())}"
        return first, metrics.elidedText(rest, Qt.TextElideMode.ElideRight, wide), own


def _two_lines(words: str, metrics: QFontMetrics, width: int) -> tuple[str, str]:
    """Words broken where the first line ends."""
    if metrics.horizontalAdvance(words) <= width:
        return words, ""
    low, high = 1, min(len(words), 400)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if metrics.horizontalAdvance(words[:middle]) <= width else (low, middle - 1)
    cut = words.rfind(" ", 1, low + 1)
    cut = cut if cut > 0 else low
    return words[:cut], words[cut:].lstrip()


class ChronologyList(QListView):
    """`opened(line)` by Enter or a double click, `starred(line)` by Space or the star."""

    opened = Signal(object)
    starred = Signal(object)
    asked_words = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.lines = LineModel()
        self.setModel(self.lines)
        self._delegate = LineDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Chronology")
        self.viewport().setAccessibleName("Chronology")
        self.setProperty("ownRing", True)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(LINE)))
        theme.changed.connect(self.reset)
        self.setMinimumHeight(theme.px(200))

    def show_lines(self, lines: Sequence[ChronologyLine]) -> None:
        """Show these; the line one stood on stays the current one where it is still there."""
        here = self.current_line()
        scroll = self.verticalScrollBar().value()
        self.lines.show_lines(lines)
        row = 0
        if here is not None:
            same = ((at, each) for at, each in enumerate(lines) if _is_same(each, here))
            row = next((at for at, _ in same), 0)
        if lines:
            self.setCurrentIndex(self.lines.index(row))
        self.verticalScrollBar().setValue(scroll if row else 0)

    def current_line(self) -> ChronologyLine | None:
        """The line one stands on."""
        index = self.currentIndex()
        return index.data(LINE) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.current_line()
        if line is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(line)
        elif line is not None and event.key() == Qt.Key.Key_Space:
            self.starred.emit(line)
        elif line is not None and event.key() == Qt.Key.Key_F2:
            self.asked_words.emit(line)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._delegate.star_box(self.visualRect(index)).contains(event.position()):
            self.starred.emit(index.data(LINE))

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            if index.isValid():
                QToolTip.showText(event.globalPos(), plain_tooltip(index.data(LINE).words), self)
            return True
        return super().viewportEvent(event)


def _is_same(one: ChronologyLine, other: ChronologyLine) -> bool:
    return (one.source_kind, one.source_id) == (other.source_kind, other.source_id)
