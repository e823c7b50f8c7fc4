"""The tab of notes and chronology. Nothing is drawn before it is looked at: the page opens on other things."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from mhtracker.domain.records import Note
from mhtracker.domain.summary import CaseSummary
from mhtracker.ui.context import Context
from mhtracker.ui.person.chronology_view import ChronologyView
from mhtracker.ui.person.notes_list import NotesList
from mhtracker.ui.person.parts import Tab
from mhtracker.ui.person.printing import print_chronology
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.segmented import Segmented

NEAR_THE_END = 900
NOTES, STORY = "notes", "chronology"


class NotesTab(Tab):
    """`run(command, **args)` starts a form for the person; `go_to(kind, record_id)` shows a record in its own tab."""

    def __init__(
        self, context: Context, run: Callable[..., object], go_to: Callable[[str, str], object] | None = None
    ) -> None:
        super().__init__(context.theme, "Notes and chronology")
        self.context, self._run = context, run
        self._show_record = go_to or (lambda kind, record_id: None)
        self._summary: CaseSummary | None = None
        self._may_record = False
        self._stale: set[str] = set()
        theme = context.theme
        self.views = Segmented(theme, "Show", [(NOTES, "Notes"), (STORY, "Chronology")])
        self.views.chosen.connect(self.show_view)
        self.notes = NotesList(context, run)
        self.story = ChronologyView(context, run, self._on_line)
        self.print_button = Button(theme, "Print chronology", self.print_story, icon="mdi6.printer-outline")
        self._add = Button(theme, "Add note", lambda: run("note"), icon="mdi6.note-text-outline")
        self._top = QWidget()
        self._top.setAccessibleName("Notes and chronology")
        row = QHBoxLayout(self._top)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(theme.px(10))
        row.addWidget(self.views)
        row.addStretch(1)
        row.addWidget(self.print_button)
        row.addWidget(self._add)
        self.column.addWidget(self._top)
        self.column.addWidget(self.notes, 1)
        self.column.addWidget(self.story, 1)
        self.story.hide()
        self.print_button.hide()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._fill_up)
        self.notes.begun.connect(self._soon.start)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    @property
    def filter(self) -> QLineEdit:
        """Where the words to look for are typed."""
        return (self.story if self.view() == STORY else self.notes).bar.words

    def matching(self) -> Sequence[Note]:
        """The notes that what is typed and ticked leaves."""
        return self.notes.matching()

    def view(self) -> str:
        """Which of the two is shown."""
        return self.views.key()

    def show_summary(self, summary: CaseSummary, *, may_record: bool) -> None:
        """Show the notes and the story of a person, as far as anybody looks."""
        self._summary, self._may_record = summary, may_record
        self._add.setEnabled(may_record)
        self._stale = {NOTES, STORY}
        if self.isVisible():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def show_view(self, key: str) -> None:
        """Show the notes or the chronology."""
        self.views.set_key(key)
        self.notes.setVisible(key == NOTES)
        self.story.setVisible(key == STORY)
        self.print_button.setVisible(key == STORY)
        self._show()

    def _show(self) -> None:
        key = self.view()
        if self._summary is None or key not in self._stale:
            return
        self._stale.discard(key)
        part = self.notes if key == NOTES else self.story
        part.show_summary(self._summary, may_record=self._may_record)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon.start()

    def _fill_up(self) -> None:
        """Where the notes drawn do not fill the page nobody can scroll to the others: draw more until they do."""
        if self.isVisible() and self.view() == NOTES and self.notes.has_more and not self.verticalScrollBar().maximum():
            self.notes.show_more()
            self._soon.start()

    def _on_scrolled(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if self.view() == NOTES and self.notes.has_more and bar.maximum() - value < NEAR_THE_END:
            self.notes.show_more()

    def _on_line(self, kind: str, record_id: str) -> None:
        if kind == "note":
            self.show_view(NOTES)
            self.go_to(record_id)
        else:
            self._show_record(kind, record_id)

    def go_to(self, record_id: str) -> None:
        """Bring a note into view, with as many of the newer ones as that takes."""
        self.show_view(NOTES)
        row = self.notes.row_of(record_id)
        if row is None and self.notes.bar.isVisible():
            self.notes.show_all()
            row = self.notes.row_of(record_id)
        if row is not None:
            self.inside.adjustSize()
            self.ensureWidgetVisible(row, 0, self.theme.px(40))

    def print_story(self) -> bool:
        """Show the chronology as it will print, narrowed as it stands here; False when the notes are shown."""
        if self.view() != STORY or self._summary is None:
            return False
        print_chronology(self, self.context, self._summary, self.story.choice())
        return True
