"""The guide for people, the same pages as in docs/guide, to read beside the window and without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl, Slot
from PySide6.QtGui import QFont, QImage, QResizeEvent, QTextBlockFormat, QTextCursor, QTextDocument, QTextFormat
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from mhtracker import assets
from mhtracker.ui.context import Context
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.labels import rule

FIRST = "README.md"
_HEADINGS = {1: "panel", 2: "heading", 3: "strong"}


class GuidePages(QTextBrowser):
    """Shows pages of the guide; a picture is never wider than the page. Links to other places open nothing."""

    def __init__(self, theme: Theme, folder: Path) -> None:
        super().__init__()
        self._theme, self._folder = theme, folder
        self.setAccessibleName("Guide")
        self.setOpenExternalLinks(False)
        self.setOpenLinks(False)
        self.anchorClicked.connect(self.on_link)
        self.sourceChanged.connect(self._dress)
        self.document().setDocumentMargin(theme.px(20))
        # Always there, so that the room for pictures is known before the page is laid out.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def open_page(self, name: str) -> None:
        """Show a page of the guide by its file name."""
        self.setSource(QUrl.fromLocalFile(str(self._folder / name)), QTextDocument.ResourceType.MarkdownResource)

    @Slot(QUrl)
    def on_link(self, link: QUrl) -> None:
        """Go to another page; what lies outside the guide is not packed with the program."""
        target = Path(self.source().resolved(link).toLocalFile())
        if target.parent == self._folder and target.suffix == ".md" and target.is_file():
            self.open_page(target.name)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Pictures no wider than the page. Only files of the guide are read."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        picture = QImage(str(self._folder / self.source().resolved(QUrl(name)).toLocalFile()))
        room = max(self.viewport().width() - 2 * self._theme.px(24), self._theme.px(200))
        ratio = self.devicePixelRatioF()
        if picture.width() > room * ratio:
            picture = picture.scaledToWidth(round(room * ratio), Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(ratio if picture.width() > room else 1.0)
        return picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() not in (-1, event.size().width()) and self.source().isValid():
            place = self.verticalScrollBar().value()
            self.reload()
            self._dress()
            self.verticalScrollBar().setValue(place)

    @Slot()
    def _dress(self) -> None:
        """The sizes of our own type, and room between paragraphs: Markdown brings neither."""
        document = self.document()
        document.setDefaultFont(self._theme.font("body"))
        cursor = QTextCursor(document)
        block = document.begin()
        while block.isValid():
            cursor.setPosition(block.position())
            level = block.blockFormat().headingLevel()
            spaced = QTextBlockFormat()
            if not cursor.currentTable():
                spaced.setTopMargin(self._theme.px(14 if level else 4))
                spaced.setBottomMargin(self._theme.px(6))
            cursor.mergeBlockFormat(spaced)
            if level:
                cursor.setPosition(block.position() + block.length() - 1, QTextCursor.MoveMode.KeepAnchor)
                shape = cursor.charFormat()
                shape.setFont(QFont(self._theme.font(_HEADINGS.get(level, "strong"))))
                shape.clearProperty(QTextFormat.Property.FontSizeAdjustment)
                cursor.mergeCharFormat(shape)
            block = block.next()
        self.moveCursor(QTextCursor.MoveOperation.Start)


class GuideWindow(QDialog):
    """Stands beside the window: nothing is held up while it is read."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        px = theme.px
        self.setWindowTitle("Guide – MHTracker")
        self.setAccessibleName("Guide")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.pages = GuidePages(theme, assets.guide())
        self.back = Button(theme, "Back", self.pages.backward, icon="mdi6.arrow-left")
        self.first = Button(theme, "First page", lambda: self.pages.open_page(FIRST))
        self.back.setEnabled(False)
        self.pages.backwardAvailable.connect(self.back.setEnabled)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(20), px(9), px(20), px(12))
        foot.setSpacing(px(8))
        foot.addWidget(self.back)
        foot.addWidget(self.first)
        foot.addStretch(1)
        foot.addWidget(Button(theme, "Close", self.accept, kind="primary"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inside = QVBoxLayout()
        inside.setContentsMargins(4, 4, 4, 4)  # room for the ring of focus
        inside.addWidget(self.pages)
        column.addLayout(inside, 1)
        column.addWidget(rule())
        column.addLayout(foot)
        self.resize(QSize(px(780), px(760)))


def show_guide(context: Context, parent: QWidget) -> QDialog:
    """The guide at its first page; where it is not packed with the program, the short help."""
    if not (assets.guide() / FIRST).is_file():
        from mhtracker.ui.dialogs.help import show_help

        return show_help(context, parent)
    window = GuideWindow(context.theme, parent)
    window.show()
    window.pages.open_page(FIRST)
    window.pages.setFocus()
    return window
