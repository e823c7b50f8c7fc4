"""A PDF as it will print: the very bytes that are saved and sent to the printer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.errors import UserError
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.labels import Label, rule

PRINT_DPI = 300


class PdfPreview(QDialog):
    """Pages under one another, with Save, Print and Close. `saved(path)` once it is written."""

    saved = Signal(str)

    def __init__(self, theme: Theme, title: str, pdf: bytes, file_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pdf, self._file_name = pdf, file_name
        self.setWindowTitle("MHTracker")
        self.setAccessibleName(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._bytes = QByteArray(pdf)
        self._buffer = QBuffer(self._bytes, self)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument(self)
        self.document.load(self._buffer)
        self.view = QPdfView(self)
        self.view.setAccessibleName("Pages")
        self.view.viewport().setAccessibleName("Pages")
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.problem = Label("", "strong", "danger", wrap=True)
        self.problem.hide()
        self._build(theme, title)
        self.resize(QSize(theme.px(860), theme.px(760)))

    def _build(self, theme: Theme, title: str) -> None:
        px = theme.px
        head = QHBoxLayout()
        head.setContentsMargins(px(20), px(12), px(20), px(10))
        head.addWidget(Label(title, "panel", wrap=True), 1)
        head.addWidget(Label(text.count(self.document.pageCount(), "page"), tone="text2"))
        foot = QHBoxLayout()
        foot.setContentsMargins(px(20), px(9), px(20), px(12))
        foot.setSpacing(px(8))
        foot.addWidget(self.problem, 1)
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
        chosen, _ = QFileDialog.getSaveFileName(self, "Save", self._file_name, "PDF (*.pdf)")
        if chosen:
            self.save_to(Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf"))

    def save_to(self, path: Path) -> None:
        """Write the bytes to a file, whole or not at all; what goes wrong is said here."""
        from mhtracker.reports.pdf_file import written_whole

        try:
            with written_whole(path) as file:
                file.write(self._pdf)
        except UserError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        self.saved.emit(str(path))
        self.close()

    def print_pages(self) -> None:
        """Let a person choose the printer, and print."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setResolution(PRINT_DPI)
        printer.setFullPage(True)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_to(printer)
            self.close()

    def print_to(self, printer: QPrinter) -> None:
        """Send each page to a printer, at its own size."""
        painter = QPainter(printer)
        for page in range(self.document.pageCount()):
            if page:
                printer.newPage()
            points = self.document.pagePointSize(page)
            size = QSize(round(points.width() * PRINT_DPI / 72), round(points.height() * PRINT_DPI / 72))
            painter.drawImage(0, 0, self.document.render(page, size))
        painter.end()
