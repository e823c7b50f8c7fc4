"""The tab of documents: files dropped, pasted, added or scanned, and kept inside the register."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from mhtracker import settings, text
from mhtracker.domain.records import Document
from mhtracker.domain.summary import CaseSummary
from mhtracker.operations.documents import edit_document, remove_document
from mhtracker.store import Store
from mhtracker.ui.context import Context
from mhtracker.ui.documents.preview import DocumentPreview
from mhtracker.ui.documents.rows import DocumentRow, ScanRow
from mhtracker.ui.documents.saving import ask_and_save_copy
from mhtracker.ui.documents.scans import Scan, find_scans
from mhtracker.ui.documents.taking import Source, Taker, has_sources, sources_of
from mhtracker.ui.person.parts import Tab
from mhtracker.ui.person.words import code_words
from mhtracker.ui.widgets.banner import Banner
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.card import Card, clear_layout
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.labels import Label

AT_ONCE = 40


class DocumentsTab(Tab):
    """`run(command, **args)` starts a form for the person."""

    def __init__(self, context: Context, run: Callable[..., object]) -> None:
        super().__init__(context.theme, "Documents")
        self.context, self._run = context, run
        self._summary: CaseSummary | None = None
        self._may_record = False
        self._stale = False
        self._shown = AT_ONCE
        self.rows: dict[str, DocumentRow] = {}
        self.scan_rows: list[ScanRow] = []
        self.banner: Banner | None = None
        self.taker = Taker(context, self)
        self.taker.finished.connect(self._on_taken)
        self.setAcceptDrops(True)
        theme = context.theme
        self.add_button = Button(theme, "Add files", self.ask_files, icon="mdi6.plus")
        self.paste_button = Button(theme, "Paste", self.paste, icon="mdi6.content-paste", tip="Ctrl V")
        self.scan_button = Button(theme, "Scan folder", self.ask_scan_folder, icon="mdi6.folder-open-outline")
        top = QWidget()
        top.setAccessibleName("Add documents")
        row = QHBoxLayout(top)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(theme.px(8))
        words = "Drop files here, or paste them. They are kept inside the register and never opened by themselves."
        row.addWidget(Label(words, tone="text2", wrap=True), 1)
        row.addWidget(self.scan_button)
        row.addWidget(self.paste_button)
        row.addWidget(self.add_button)
        self._notices, self._scans, self._list = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self.column.addWidget(top)
        for part in (self._notices, self._scans, self._list):
            self.column.addLayout(part)
        self.column.addStretch(1)

    # Showing

    def show_summary(self, summary: CaseSummary, *, may_record: bool) -> None:
        """Show the documents of a person, as soon as anybody looks."""
        if self._summary is None or self._summary.person.id != summary.person.id:
            self._shown = AT_ONCE
            clear_layout(self._notices)
            clear_layout(self._scans)
            self.scan_rows = []
        self._summary, self._may_record = summary, may_record
        self.add_button.setEnabled(may_record)
        self.paste_button.setEnabled(may_record)
        self._stale = True
        if self.isVisible():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()
        self._look_for_scans()

    def _show(self) -> None:
        if not self._stale or self._summary is None:
            return
        self._stale = False
        clear_layout(self._list)
        self.rows = {}
        documents = self._summary.around.documents
        if not documents:
            self._list.addWidget(self._nothing())
            return
        card = Card(self.theme, "Documents", "newest first", ruled=True, padded=False)
        for place, document in enumerate(documents[: self._shown]):
            if place:
                card.add_rule()
            self.rows[document.id] = row = self._row(self._summary, document)
            card.add(row)
        self._list.addWidget(card)
        left = len(documents) - self._shown
        if left > 0:
            line = QHBoxLayout()
            line.addWidget(Button(self.theme, f"Show {min(left, AT_ONCE)} more of {left:,}", self._show_more))
            line.addStretch(1)
            self._list.addLayout(line)

    def _row(self, summary: CaseSummary, document: Document) -> DocumentRow:
        return DocumentRow(
            self.theme,
            document,
            about=code_words(summary, "document_kind", document.about),
            may_record=self._may_record,
            look=self.look_at,
            save=self.save_copy,
            change=lambda each: self._run("edit_document", document_id=each.id),
            remove=self.remove,
            choose=self.choose,
        )

    def _nothing(self) -> QWidget:
        return EmptyState(
            self.theme,
            "mdi6.file-document-outline",
            "No documents yet",
            "Care plans, legal papers, tenancies and letters belong here. Drop them on this page, or add them.",
            "Add files" if self._may_record else "",
            self.ask_files,
        )

    def _show_more(self) -> None:
        self._shown += AT_ONCE
        self._stale = True
        self._show()

    def go_to(self, record_id: str) -> None:
        """Bring a document into view."""
        if record_id not in self.rows and self._summary is not None:
            ids = [document.id for document in self._summary.around.documents]
            if record_id in ids:
                self._shown, self._stale = max(self._shown, ids.index(record_id) + 1), True
                self._show()
        if (row := self.rows.get(record_id)) is not None:
            self.inside.adjustSize()
            self.ensureWidgetVisible(row, 0, self.theme.px(40))

    # Taking in

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._may_record and has_sources(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        if self._may_record and has_sources(event.mimeData()):
            event.acceptProposedAction()
            self.take(sources_of(event.mimeData(), self.context.clock.now()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and self._may_record:
            self.paste()
        else:
            super().keyPressEvent(event)

    def paste(self) -> None:
        """Take in what was copied: files, or a picture."""
        sources = sources_of(QApplication.clipboard().mimeData(), self.context.clock.now())
        if sources:
            self.take(sources)
        else:
            self._tell("Nothing to paste", "What you copied is neither a file nor a picture. Copy it again first.")

    def ask_files(self) -> None:
        """Ask for files, beginning in the folder of last time."""
        names, _ = QFileDialog.getOpenFileNames(self, "Add documents", self.context.computer.sheet_folder)
        self.take([Source(Path(name).name, Path(name)) for name in names])

    def take(self, sources: list[Source]) -> None:
        """Take these into the record."""
        if self._summary is not None and sources:
            clear_layout(self._notices)
            self.taker.take(self._summary.person.id, sources)

    def _on_taken(self, taken: list[Document], refused: list[tuple[str, str]]) -> None:
        if taken:
            said = taken[0].name if len(taken) == 1 else text.count(len(taken), "document")
            self.context.shell.say(f"Added {said}.", can_undo=True)
        if refused:
            title = f"{text.count(len(refused), 'file was', 'files were')} not added"
            self._tell(title, "\n".join(f"{name}: {words}" for name, words in refused[:10]))
        self._look_for_scans()

    def _tell(self, title: str, words: str) -> None:
        clear_layout(self._notices)
        self.banner = Banner(self.theme, words, title=title, family="warn", closable=True)
        self._notices.addWidget(self.banner)

    # The scan folder

    def _look_for_scans(self) -> None:
        folder = self.context.computer.scan_folder
        if folder and self._may_record:
            self.context.jobs.work(find_scans, folder, then=self.show_scans, label="Looking into the scan folder")

    def show_scans(self, scans: list[Scan]) -> None:
        """Offer what lies in the scan folder."""
        clear_layout(self._scans)
        self.scan_rows = []
        if not scans or not self._may_record:
            return
        card = Card(self.theme, "In your scan folder", "not in the register yet", ruled=True, padded=False)
        for place, scan in enumerate(scans):
            if place:
                card.add_rule()
            facts = (
                f"{text.format_size(scan.size)}, {text.format_when(scan.at.replace(tzinfo=None), self.context.today)}"
            )
            row = ScanRow(self.theme, scan.path.name, facts, partial(self.take_scan, scan))
            row.show_picture(scan.picture)
            self.scan_rows.append(row)
            card.add(row)
        self._scans.addWidget(card)

    def ask_scan_folder(self) -> None:
        """Ask where this computer's scanner puts its files; what is new there is offered here from now on."""
        computer = self.context.computer
        chosen = QFileDialog.getExistingDirectory(self, "Where are scans put?", computer.scan_folder)
        if chosen:
            computer.scan_folder = chosen
            settings.save_soon(computer)
            self._look_for_scans()

    def take_scan(self, scan: Scan) -> None:
        """Put a scan in the record; its file goes out of the way once it is there."""
        self.take([Source(scan.path.name, scan.path, scan=True)])

    # One document

    def _with_content(self, document: Document, then: Callable[[bytes], object]) -> None:
        self.context.jobs.ask(_content, document.sha256, then=then)

    def look_at(self, document: Document) -> None:
        """Show a document inside MHTracker."""
        self._with_content(
            document, lambda content: DocumentPreview(self.context, document, content, self.window()).open()
        )

    def save_copy(self, document: Document) -> None:
        """Save a copy of a document."""
        self._with_content(document, lambda content: ask_and_save_copy(self, self.context, document, content))

    def remove(self, document: Document) -> None:
        """Take a document out of the record."""
        self.context.jobs.do(
            remove_document,
            document.id,
            then=lambda found: self.context.shell.say(f"Removed {found.name}.", can_undo=True),
        )

    def choose(self, document: Document, on: bool) -> None:
        """Print a document in packs, or no longer."""
        self.context.jobs.do(edit_document, document.id, in_packs=on)


def _content(store: Store, sha256: str) -> bytes:
    return store.content(sha256)
