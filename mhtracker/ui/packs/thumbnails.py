"""Small pictures of a pack's pages, drawn as they come into view."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QPainter, QPen, QPixmap
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions, QPdfPageRenderer
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from mhtracker.ui.focus import paint_ring
from mhtracker.ui.packs.printing import on_white
from mhtracker.ui.theme import Theme

WIDTH, PAGE_WIDE, NUMBER = 118, 82, 22
_Index = QModelIndex | QPersistentModelIndex


class _Pages(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.count = 0

    def set_count(self, count: int) -> None:
        self.beginResetModel()
        self.count = count
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.count

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            return f"Page {index.row() + 1} of {self.count}"
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: Thumbnails) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        self._view.paint_page(painter, QRectF(option.rect), index.row())

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return self._view.row_size()


class Thumbnails(QListView):
    """`chosen(page)`, counted from 0, as a person goes to a page. Pages are drawn in a thread, those in view alone."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, document: QPdfDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._document = theme, document
        self._drawn: dict[int, QPixmap] = {}
        self._asked: set[int] = set()
        self._quiet = False
        self._pages = _Pages(self)
        self._renderer = QPdfPageRenderer(self)
        self._renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self._renderer.setDocument(document)
        self._renderer.pageRendered.connect(self._on_drawn)
        self.setAccessibleName("Pages")
        self.viewport().setAccessibleName("Pages")
        self.setProperty("box", "clear")
        self.setModel(self._pages)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def reload(self) -> None:
        """The document is another one."""
        self._drawn.clear()
        self._asked.clear()
        self._pages.set_count(max(0, self._document.pageCount()))

    def show_page(self, page: int) -> None:
        """Mark a page as the one on show, without telling anybody."""
        self._quiet = True
        if 0 <= page < self._pages.count and page != self.currentIndex().row():
            self.setCurrentIndex(self._pages.index(page))
        self._quiet = False

    def row_size(self) -> QSize:
        px = self._theme.px
        return QSize(px(WIDTH), self._page_size().height() + px(NUMBER) + px(10))

    def _page_size(self) -> QSize:
        wide = self._theme.px(PAGE_WIDE)
        points = self._document.pagePointSize(0) if self._document.pageCount() > 0 else QSizeF(595, 842)
        return QSize(wide, round(wide * points.height() / points.width()))

    def paint_page(self, painter: QPainter, rect: QRectF, page: int) -> None:
        theme, size = self._theme, self._page_size()
        px = theme.px
        box = QRectF(rect.center().x() - size.width() / 2, rect.top() + px(8), size.width(), size.height())
        current = page == self.currentIndex().row()
        painter.fillRect(box, Qt.GlobalColor.white)
        if page in self._drawn:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(box, self._drawn[page], QRectF(self._drawn[page].rect()))
        elif page not in self._asked:
            self._asked.add(page)
            density = self.devicePixelRatioF()
            self._renderer.requestPage(page, (QSizeF(size) * density).toSize(), QPdfDocumentRenderOptions())
        painter.setPen(QPen(theme.color("accent" if current else "line2"), px(2) if current else 1))
        painter.drawRect(box.adjusted(-1, -1, 1, 1) if current else box)
        if current and self.hasFocus():
            paint_ring(painter, box.adjusted(-px(5), -px(5), px(5), px(5)), theme, px(3))
        painter.setFont(theme.font("caption-strong" if current else "caption"))
        painter.setPen(theme.color("text" if current else "text2"))
        place = QRectF(rect.left(), box.bottom() + px(3), rect.width(), px(NUMBER - 4))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), str(page + 1))

    def _on_drawn(
        self, page: int, _size: QSize, image: QImage, _options: QPdfDocumentRenderOptions, _request: int
    ) -> None:
        if page in self._asked and not image.isNull():
            self._drawn[page] = QPixmap.fromImage(on_white(image))
            self.viewport().update()

    def _on_theme(self) -> None:
        self.setFixedWidth(self._theme.px(WIDTH) + self._theme.px(12))
        self._drawn.clear()
        self._asked.clear()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if not self._quiet and current.isValid():
            self.chosen.emit(current.row())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
