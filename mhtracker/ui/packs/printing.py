"""Pages of a PDF on paper: what is printed is what was shown, drawn from the same bytes.

Qt draws the pages in a thread of its own and tells the window's thread, which passes them on to the thread that prints.
Nothing of QtPdf may be called from that one: it would hold Python's lock while it waits for PDFium's, and Qt, holding
PDFium's, waits for Python's in the slots of a running search. Both then wait for ever.
"""

from __future__ import annotations

import time
from queue import Empty, Queue

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions, QPdfPageRenderer
from PySide6.QtPrintSupport import QPrinter

from mhtracker.domain.errors import Unavailable
from mhtracker.ui.progress import Progress

FINEST = 300
"""Dots per inch at which pages are drawn: beyond it a page takes much memory and looks no better."""
BAND, BREATH_S = 128, 0.002
AHEAD = 2
PATIENCE_S = 0.2


def page_numbers(printer: QPrinter, pages: int) -> list[int]:
    """The pages that a printer was asked for, counted from 0, in the order in which they leave it."""
    if printer.printRange() is QPrinter.PrintRange.PageRange and printer.fromPage() > 0:
        first, last = printer.fromPage(), min(printer.toPage() or pages, pages)
        chosen = [number - 1 for number in range(first, last + 1)]
    else:
        chosen = list(range(pages))
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        chosen.reverse()
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        return chosen * copies
    return [number for number in chosen for _ in range(copies)]


class PageFeed(QObject):
    """Draws pages one after the other, a little ahead of whoever takes them. Lives on the window's thread.

    `take` is for the thread that prints.
    """

    _taken = Signal()

    def __init__(self, pdf: bytes, numbers: list[int], dots: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._renderer = QPdfPageRenderer(self)
        self._document = QPdfDocument(self)
        self._document.load(self._buffer)
        self._renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self._renderer.setDocument(self._document)
        self._renderer.pageRendered.connect(self._on_drawn)
        self._taken.connect(self._ask, Qt.ConnectionType.QueuedConnection)
        self._numbers = numbers
        # A whole part of the printer's own dots, so that the bands of a page meet on a dot.
        self._dots = dots / max(1, -(-dots // FINEST))
        self.points = [self._document.pagePointSize(number) for number in numbers]
        self._drawn: Queue[QImage] = Queue()
        self._asked = 0
        for _ in range(AHEAD):
            self._ask()

    def _ask(self) -> None:
        if self._asked < len(self._numbers):
            size = (self.points[self._asked] * (self._dots / 72)).toSize()
            self._renderer.requestPage(self._numbers[self._asked], size, QPdfDocumentRenderOptions())
            self._asked += 1

    def _on_drawn(
        self, _page: int, _size: QSize, image: QImage, _options: QPdfDocumentRenderOptions, _request: int
    ) -> None:
        self._drawn.put(image)

    def take(self, progress: Progress, done: int) -> QImage:
        """The next page, on white, as soon as it is drawn. Raises Cancelled."""
        while True:
            progress.step(done, len(self._numbers), f"page {done + 1} of {len(self._numbers)}")
            try:
                image = self._drawn.get(timeout=PATIENCE_S)
            except Empty:
                continue
            self._taken.emit()
            if image.isNull():
                raise Unavailable("There was not enough memory to draw the pages. Print fewer of them at once.")
            return on_white(image)


def print_pages(feed: PageFeed, printer: QPrinter, *, progress: Progress) -> int:
    """Print every page of a feed in its true size; gives how many. Raises Cancelled, and Unavailable."""
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise Unavailable("The printer did not take the pages. See that it is on and has paper, then print again.")
    try:
        for place, points in enumerate(feed.points):
            image = feed.take(progress, place)
            if place and not printer.newPage():
                raise Unavailable("The printer stopped taking pages.")
            _draw_in_bands(painter, true_size(printer, points), image)
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    return len(feed.points)


def _draw_in_bands(painter: QPainter, place: QRectF, image: QImage) -> None:
    """Draw a page a band at a time: Qt holds Python's lock while it draws, and the window wants it back soon."""
    scale = place.height() / image.height()
    for top in range(0, image.height(), BAND):
        high = min(BAND, image.height() - top)
        target = QRectF(place.left(), place.top() + top * scale, place.width(), high * scale)
        painter.drawImage(target, image, QRectF(0, top, image.width(), high))
        time.sleep(BREATH_S)


def true_size(printer: QPrinter, points: QSizeF) -> QRectF:
    """Where a page stands on the paper, in the printer's dots: smaller only where the paper is."""
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    size = points * (printer.resolution() / 72)
    if size.width() > paper.width() + 1 or size.height() > paper.height() + 1:
        size = size.scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
    return QRectF(0, 0, size.width(), size.height())


def on_white(drawn: QImage) -> QImage:
    """What was drawn, on white: Qt leaves the paper transparent."""
    page = QImage(drawn.size(), QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return page
