"""A document as it is kept, shown by MHTracker itself. Nothing is handed to another program."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.errors import UserError
from mhtracker.domain.file_types import TYPES
from mhtracker.domain.records import Document
from mhtracker.ui.context import Context
from mhtracker.ui.documents.pictures import decode
from mhtracker.ui.documents.saving import ask_and_save_copy
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.labels import Label, rule

LARGEST, MOST_LETTERS = 2_400, 200_000


class DocumentPreview(QDialog):
    """Shows a document's pages, picture or words; says why where it cannot."""

    def __init__(self, context: Context, document: Document, content: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._document, self._content = context, document, content
        self.setWindowTitle("MHTracker")
        self.setAccessibleName(document.name)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme = context.theme
        px = theme.px
        kind = TYPES.get(document.media_type)
        head = QHBoxLayout()
        head.setContentsMargins(px(20), px(12), px(20), px(10))
        head.addWidget(Label(document.name, "panel", wrap=True), 1)
        self.facts = Label(f"{kind.words if kind else 'File'}, {text.format_size(document.size)}", tone="text2")
        head.addWidget(self.facts)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(20), px(9), px(20), px(12))
        foot.setSpacing(px(8))
        foot.addStretch(1)
        foot.addWidget(Button(theme, "Save a copy", self.save, icon="mdi6.content-copy"))
        foot.addWidget(Button(theme, "Close", self.close, kind="primary"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._column.addWidget(rule())
        self.body: QWidget = self._begin()
        self._column.addWidget(self.body, 1)
        self._column.addWidget(rule())
        self._column.addLayout(foot)
        self.resize(QSize(px(860), px(760)).boundedTo(self.screen().availableGeometry().size()))

    def _begin(self) -> QWidget:
        media_type = self._document.media_type
        if media_type == "application/pdf":
            return self._pdf()
        if media_type.startswith("image/"):
            self._context.jobs.work(
                decode, self._content, media_type, LARGEST, then=self._on_picture, failed=self._on_failed,
                label="Opening the picture",
            )  # fmt: skip
            return EmptyState(self._context.theme, "mdi6.file-pdf-box", "Opening the picture", "One moment.")
        if media_type in ("text/plain", "text/csv", "message/rfc822"):
            return self._words()
        kind = TYPES.get(media_type)
        words = "Save a copy, look at it once in a program that you trust, and then delete the copy."
        title = f"MHTracker does not show this type: {kind.words if kind else 'file'}"
        return EmptyState(self._context.theme, "mdi6.file-pdf-box", title, words, "Save a copy", self.save)

    def _pdf(self) -> QWidget:
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(self._content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.pages = QPdfDocument(self)
        self.pages.load(self._buffer)
        if self.pages.pageCount() < 1:
            locked = self.pages.error() is QPdfDocument.Error.IncorrectPassword
            title = "This PDF is locked with a password" if locked else "This PDF is damaged"
            words = "MHTracker cannot show its pages, nor print them in packs. Save a copy to open it elsewhere."
            return EmptyState(self._context.theme, "mdi6.file-pdf-box", title, words, "Save a copy", self.save)
        self.facts.setText(f"{self.facts.text()}, {text.count(self.pages.pageCount(), 'page')}")
        view = QPdfView(self)
        view.setAccessibleName("Pages")
        view.viewport().setAccessibleName("Pages")
        view.setDocument(self.pages)
        view.setPageMode(QPdfView.PageMode.MultiPage)
        view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        return view

    def _words(self) -> QWidget:
        area = QPlainTextEdit()
        area.setReadOnly(True)
        area.setAccessibleName("What it says")
        area.viewport().setAccessibleName("What it says")
        area.setTabChangesFocus(True)
        words = _decoded(self._content)
        area.setPlainText(words if len(words) <= MOST_LETTERS else words[:MOST_LETTERS] + "…")
        return area

    def _on_picture(self, image: QImage) -> None:
        label = QLabel()
        label.setAccessibleName(self._document.name)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        room = QSize(self.width() - self._context.theme.px(40), self.height())
        wide = min(image.width(), max(room.width(), 200))
        label.setPixmap(QPixmap.fromImage(image.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)))
        scroll = QScrollArea()
        scroll.setAccessibleName("Picture")
        scroll.viewport().setAccessibleName("Picture")
        scroll.setWidgetResizable(True)
        scroll.setWidget(label)
        self._put(scroll)

    def _on_failed(self, error: UserError) -> None:
        words = str(error)
        self._put(EmptyState(self._context.theme, "mdi6.alert-outline", "Not shown", words, "Save a copy", self.save))

    def _put(self, widget: QWidget) -> None:
        self._column.replaceWidget(self.body, widget)
        self.body.hide()
        self.body.deleteLater()
        self.body = widget

    def save(self) -> None:
        """Ask where to, and write a copy there."""
        ask_and_save_copy(self, self._context, self._document, self._content)


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")
