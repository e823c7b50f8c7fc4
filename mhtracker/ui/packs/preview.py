"""The pack as it will print: pages, thumbnails, zoom, and a search through all of it."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMargins, QModelIndex, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtPdf import QPdfDocument, QPdfSearchModel
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.ui.packs.thumbnails import Thumbnails
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button, IconButton
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import Label, restyle, rule

NARROW = 560
"""Below this width, at 100%, the thumbnails give way to the page."""
ZOOMS = (0.25, 0.33, 0.5, 0.66, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
TYPING_MS = 200


class FindField(QLineEdit):
    """Looks for words in the pack; Enter goes to the next place, Shift+Enter to the one before."""

    next_asked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next_asked.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class PackPreview(QWidget):
    """Shows the bytes of a PDF. `page_changed(page)`, counted from 0."""

    page_changed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName("Preview")
        self._buffer: QBuffer | None = None
        self.document = QPdfDocument()
        self.search = QPdfSearchModel(self)
        self.search.setDocument(self.document)
        self.search.countChanged.connect(self._show_found)
        self._make_view()
        self.thumbnails = Thumbnails(theme, self.document)
        self.thumbnails.chosen.connect(self.go_to_page)
        self.thumbnails.setHidden(True)
        self.instead = QWidget()
        self.instead.setAccessibleName("Nothing to show")
        self.pages = QWidget()
        self.pages.setAccessibleName("Pages of the pack")
        row = QHBoxLayout(self.pages)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.thumbnails)
        row.addWidget(rule(upright=True))
        row.addWidget(self.view, 1)
        self.stack = QStackedWidget()
        self.stack.setAccessibleName("Preview")
        self.stack.addWidget(self.pages)
        self.bar = self._make_bar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)
        # Qt deletes children in this order, and what draws pages must go before what it draws from.
        self.document.setParent(self)
        theme.changed.connect(self._measure)
        self._measure()
        self._show_place()

    def _make_view(self) -> None:
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setSearchModel(self.search)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setAccessibleName("Page")
        self.view.viewport().setAccessibleName("Page")
        self.view.pageNavigator().currentPageChanged.connect(self._on_page)
        self.view.zoomFactorChanged.connect(lambda _: self._show_zoom())
        self.view.zoomModeChanged.connect(lambda _: self._show_zoom())

    def _make_bar(self) -> QFrame:
        theme = self._theme
        bar = QFrame()
        bar.setProperty("box", "header")
        bar.setAccessibleName("Preview tools")
        self._flow = FlowLayout(bar, across=theme.px(4), down=theme.px(4))
        policy = bar.sizePolicy()
        policy.setHeightForWidth(True)
        bar.setSizePolicy(policy)
        self.first = IconButton(theme, "mdi6.page-first", "First page", lambda: self.go_to_page(0))
        self.before = IconButton(theme, "mdi6.chevron-left", "Page before", lambda: self.step_page(-1))
        self.number = QLineEdit()
        self.number.setAccessibleName("Page number")
        self.number.returnPressed.connect(self._on_number)
        self.of = Label("", "body", "text2")
        self.next = IconButton(theme, "mdi6.chevron-right", "Next page", lambda: self.step_page(1))
        self.last = IconButton(theme, "mdi6.page-last", "Last page", lambda: self.go_to_page(1 << 30))
        self.smaller = IconButton(theme, "mdi6.magnify-minus-outline", "Smaller", lambda: self.step_zoom(-1))
        self.zoom = Label("", "body", "text2")
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.larger = IconButton(theme, "mdi6.magnify-plus-outline", "Larger", lambda: self.step_zoom(1))
        self.whole = Button(theme, "Whole page", self._on_whole, kind="quiet", icon="mdi6.fit-to-page-outline")
        self.find_field = FindField()
        self.find_field.setAccessibleName("Find in this pack")
        self.find_field.setPlaceholderText("Find in this pack")
        self.find_field.setClearButtonEnabled(True)
        self.found = Label("", "caption", "text2")
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._on_typed)
        self.find_field.textChanged.connect(self._typing.start)
        self.find_field.next_asked.connect(self.step_found)
        for widget in (
            self.first, self.before, self.number, self.of, self.next, self.last, self.smaller, self.zoom, self.larger,
            self.whole, self.find_field, self.found,
        ):  # fmt: skip
            self._flow.addWidget(widget)
        return bar

    def _measure(self) -> None:
        px = self._theme.px
        self._flow.setContentsMargins(px(12), px(6), px(12), px(6))
        self._flow.set_spaces(px(4), px(4))
        self.number.setFixedWidth(px(46))
        self.zoom.setFixedWidth(px(46))
        self.find_field.setFixedWidth(px(170))
        # Qt fits a page into the height less the spacing, below the upper margin: half of it keeps the page whole.
        self.view.setPageSpacing(px(16))
        self.view.setDocumentMargins(QMargins(px(14), px(8), px(14), px(8)))
        self._paint_ground()
        self._fit()

    def _paint_ground(self) -> None:
        """The ground round the pages. The view takes it from its palette, which a new style sheet puts back."""
        palette = self.view.palette()
        palette.setColor(QPalette.ColorRole.Dark, self._theme.color("rail"))
        self.view.setPalette(palette)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._paint_ground()

    # What is shown

    def show_pdf(self, pdf: bytes) -> None:
        """Show another PDF, at the page and size of the one before."""
        page = self.page()
        self.document.close()
        buffer = QBuffer(self)
        buffer.setData(QByteArray(pdf))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(buffer)
        if self._buffer is not None:
            self._buffer.deleteLater()
        self._buffer = buffer
        self.thumbnails.reload()
        self.show_instead(None)
        self.go_to_page(page)
        self._on_typed()

    def show_instead(self, widget: QWidget | None) -> None:
        """Show something in place of the pages; None: the pages."""
        if (old := self.stack.widget(1)) is not None:
            self.stack.removeWidget(old)
            old.deleteLater()
        if widget is not None:
            self.stack.addWidget(widget)
        self.stack.setCurrentIndex(1 if widget is not None else 0)
        self._show_place()

    @property
    def shows_pages(self) -> bool:
        return self.stack.currentWidget() is self.pages and self.document.pageCount() > 0

    # Going about

    def page(self) -> int:
        return max(0, self.view.pageNavigator().currentPage())

    def go_to_page(self, page: int) -> None:
        """Go to a page, counted from 0; beyond the last to the last."""
        last = self.document.pageCount() - 1
        if last >= 0:
            self.view.pageNavigator().jump(max(0, min(page, last)), QPointF(), 0)
        self._show_place()

    def step_page(self, by: int) -> None:
        self.go_to_page(self.page() + by)

    def _on_number(self) -> None:
        typed = self.number.text().strip()
        if typed.isdecimal() and int(typed) > 0:
            self.go_to_page(int(typed) - 1)
        else:
            self._show_place()
        self.number.selectAll()

    def _on_page(self, page: int) -> None:
        self._show_place()
        self.page_changed.emit(page)

    def _show_place(self) -> None:
        pages = self.document.pageCount() if self.shows_pages else 0
        page = min(self.page(), max(0, pages - 1))
        self.number.setText(str(page + 1) if pages else "")
        self.of.setText(f"of {text.format_number(pages)}" if pages else "")
        self.thumbnails.show_page(page)
        for widget in (self.first, self.before):
            widget.setEnabled(page > 0)
        for widget in (self.next, self.last):
            widget.setEnabled(page < pages - 1)
        controls: tuple[QWidget, ...] = (self.number, self.smaller, self.larger, self.whole, self.find_field)
        for each in controls:
            each.setEnabled(pages > 0)
        self._show_zoom()

    # Size

    def scale(self) -> float:
        """How large the page stands: 1.0 is its true size on a usual screen."""
        if self.view.zoomMode() is QPdfView.ZoomMode.Custom:
            return self.view.zoomFactor()
        if not self.shows_pages:
            return 1.0
        points, dots = self.document.pagePointSize(self.page()), self.view.logicalDpiX() / 72
        margins, room = self.view.documentMargins(), self.view.viewport().size()
        wide = (room.width() - margins.left() - margins.right()) / (points.width() * dots)
        high = (room.height() - self.view.pageSpacing()) / (points.height() * dots)
        return max(0.05, min(wide, high))

    def step_zoom(self, by: int) -> None:
        """A step larger or smaller."""
        now = self.scale()
        steps = [each for each in ZOOMS if (each > now * 1.02 if by > 0 else each < now * 0.98)]
        if steps:
            self.view.setZoomMode(QPdfView.ZoomMode.Custom)
            self.view.setZoomFactor(steps[0] if by > 0 else steps[-1])

    def _on_whole(self) -> None:
        page = self.page()
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)
        self.go_to_page(page)

    def _show_zoom(self) -> None:
        self.zoom.setText(f"{round(self.scale() * 100)}%" if self.shows_pages else "")

    # Finding

    def _on_typed(self) -> None:
        words = self.find_field.text().strip() if self.shows_pages else ""
        if words != self.search.searchString():
            self.search.setSearchString(words)
            self.view.setCurrentSearchResultIndex(-1)
        self._show_found()

    def _show_found(self) -> None:
        words, count = self.search.searchString(), self.search.rowCount(QModelIndex())
        at = self.view.currentSearchResultIndex()
        if not words:
            self.found.setText("")
        elif at >= 0:
            self.found.setText(f"{at + 1} of {text.format_number(count)}")
        else:
            self.found.setText(text.count(count, "place") if count else "Not in this pack")
        self.found.setProperty("tone", "text2" if count or not words else "warn")
        restyle(self.found)
        self._flow.invalidate()

    def step_found(self, by: int) -> None:
        """Go to the next place found, or the one before."""
        if self._typing.isActive():
            self._typing.stop()
            self._on_typed()
        count = self.search.rowCount(QModelIndex())
        if count:
            at = self.view.currentSearchResultIndex()
            at = (at + by) % count if at >= 0 else 0 if by > 0 else count - 1
            self.view.setCurrentSearchResultIndex(at)
            self.view.pageNavigator().jump(self.search.resultAtIndex(at))
        self._show_found()

    # Width

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.thumbnails.setVisible(self.width() >= self._theme.px(NARROW))
        self._show_zoom()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(280), self._theme.px(200))
