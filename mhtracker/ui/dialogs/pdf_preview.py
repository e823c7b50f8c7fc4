"""A PDF as it will print: the very bytes that are saved and sent to the printer."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.ui.context import Context
from mhtracker.ui.packs.making import Made
from mhtracker.ui.packs.output import ask_and_print, ask_and_save
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.labels import Label, rule


class PdfPreview(QDialog):
    """Pages under one another, with Save, Print and Close. `name` is the file's; it and the job name nobody."""

    def __init__(self, context: Context, title: str, made: Made, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._made, self._name = context, made, name
        self.setWindowTitle("MHTracker")
        self.setAccessibleName(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(made.pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument(self)
        self.document.load(self._buffer)
        self.view = QPdfView(self)
        self.view.setAccessibleName("Pages")
        self.view.viewport().setAccessibleName("Pages")
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._build(title)
        self.resize(QSize(context.theme.px(860), context.theme.px(760)).boundedTo(self._room()))

    def _room(self) -> QSize:
        return self.screen().availableGeometry().size()

    def _build(self, title: str) -> None:
        theme = self._context.theme
        px = theme.px
        head = QHBoxLayout()
        head.setContentsMargins(px(20), px(12), px(20), px(10))
        head.addWidget(Label(title, "panel", wrap=True), 1)
        head.addWidget(Label(text.count(self.document.pageCount(), "page"), tone="text2"))
        foot = QHBoxLayout()
        foot.setContentsMargins(px(20), px(9), px(20), px(12))
        foot.setSpacing(px(8))
        foot.addStretch(1)
        self.save_button = Button(theme, "Save as PDF", self.save, icon="mdi6.file-pdf-box")
        self.print_button = Button(theme, "Print", self.print_pages, kind="primary", icon="mdi6.printer-outline")
        for button in (Button(theme, "Close", self.close), self.save_button, self.print_button):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self.view, 1)
        column.addWidget(rule())
        column.addLayout(foot)

    def save(self) -> None:
        """Ask where to, and write the bytes there."""
        ask_and_save(self, self._context, self._made, self._name)

    def print_pages(self) -> None:
        """Let a person choose the printer, and print."""
        ask_and_print(self, self._context, self._made, self._name.removesuffix(".pdf"))
