"""One document in the list: its type, name, what it is about, its facts and its steps."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.file_types import TYPES
from mhtracker.domain.records import Document
from mhtracker.ui.person.parts import breakable
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.labels import Label

ICONS = {
    "application/pdf": "mdi6.file-pdf-box",
    "application/rtf": "mdi6.file-document-outline",
    "message/rfc822": "mdi6.email-outline",
    "text/csv": "mdi6.file-table-outline",
}
Step = Callable[[Document], object]


def icon_of(media_type: str) -> str:
    """The icon of a type."""
    if media_type.startswith("image/"):
        return "mdi6.file-image-outline"
    if "spreadsheet" in media_type:
        return "mdi6.file-table-outline"
    return ICONS.get(media_type, "mdi6.file-document-outline")


class DocumentRow(QWidget):
    """A document. The steps that record are left out without `may_record`."""

    def __init__(
        self,
        theme: Theme,
        document: Document,
        *,
        about: str,
        may_record: bool,
        look: Step,
        save: Step,
        change: Step,
        remove: Step,
        choose: Callable[[Document, bool], object],
    ) -> None:
        super().__init__()
        self.document = document
        self.setAccessibleName(document.name)
        kind = TYPES.get(document.media_type)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), theme.px(9), theme.px(14), theme.px(9))
        row.setSpacing(theme.px(12))
        icon = QLabel()
        icon.setPixmap(theme.icon(icon_of(document.media_type), "text2", 26).pixmap(theme.icon_size(26)))
        icon.setAccessibleName(kind.words if kind else "File")
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        self.name = LinkButton(theme, document.name, lambda: look(document))
        self.name.setAccessibleName(f"Look at {document.name}")
        words.addWidget(self.name, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(Label(facts_of(document, about), "caption", "text2", wrap=True))
        if document.note.strip():
            words.addWidget(Label(breakable(document.note), wrap=True, selectable=True))
        row.addLayout(words, 1)
        self.in_packs = QCheckBox("Print in packs")
        self.in_packs.setChecked(document.in_packs)
        self.in_packs.setEnabled(may_record and printable(document))
        self.in_packs.setAccessibleName(f"Print {document.name} in packs")
        if not printable(document):
            self.in_packs.setToolTip("Only PDFs and pictures are printed in packs.")
        self.in_packs.clicked.connect(lambda on: choose(document, on))
        row.addWidget(self.in_packs, 0, Qt.AlignmentFlag.AlignTop)
        steps = [("Save a copy", save)]
        if may_record:
            steps += [("Change", change), ("Remove", remove)]
        for said, step in steps:
            button = Button(theme, said, partial(step, document), kind="link", small=True)
            button.setAccessibleName(f"{said}: {document.name}")
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)


def printable(document: Document) -> bool:
    """Whether its pages can follow a person's in a pack."""
    kind = TYPES.get(document.media_type)
    return kind is not None and kind.shown


def facts_of(document: Document, about: str) -> str:
    """`Tenancy or licence, dated 3 Jun 2026, PDF, 214 KB, added 14 Jul 2026 by Ewa Fikcyjna`."""
    kind = TYPES.get(document.media_type)
    dated = f"dated {text.format_date(document.dated_on)}" if document.dated_on else ""
    by = f" by {document.added_by}" if document.added_by else ""
    added = f"added {text.format_date(document.added_at.astimezone().date())}{by}"
    parts = (about, dated, kind.words if kind else "File", text.format_size(document.size), added)
    return ", ".join(part for part in parts if part)


class ScanRow(QWidget):
    """A file in the scan folder that may be taken in: a small picture of it, its name, and the step."""

    def __init__(self, theme: Theme, name: str, facts: str, take: Callable[[], object]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), theme.px(7), theme.px(14), theme.px(7))
        row.setSpacing(theme.px(12))
        self.picture = QLabel()
        self.picture.setFixedSize(theme.px(44), theme.px(56))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName(f"Picture of {name}")
        row.addWidget(self.picture)
        words = QVBoxLayout()
        words.addWidget(Label(breakable(name), "strong", wrap=True))
        words.addWidget(Label(facts, "caption", "text2"))
        row.addLayout(words, 1)
        button = Button(theme, "Put in the record", take, small=True)
        button.setAccessibleName(f"Put {name} in the record")
        row.addWidget(button)

    def show_picture(self, image: QImage | None) -> None:
        """Show what the file looks like."""
        if image is not None and not image.isNull():
            fitted = image.scaled(
                self.picture.size(), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            self.picture.setPixmap(QPixmap.fromImage(fitted))
