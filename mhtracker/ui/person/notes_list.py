"""The notes of a person, newest first, in a card that grows as one scrolls down."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.names import fold
from mhtracker.domain.notes import is_finished, text_now
from mhtracker.domain.records import Note, NoteCorrection
from mhtracker.domain.summary import CaseSummary
from mhtracker.domain.words_in_text import typed_words
from mhtracker.ui.context import Context
from mhtracker.ui.person.note_rows import NoteRow
from mhtracker.ui.person.story_bar import StoryBar, TickChip
from mhtracker.ui.person.words import code_words
from mhtracker.ui.widgets.card import Card, clear_layout
from mhtracker.ui.widgets.chips import Chip
from mhtracker.ui.widgets.empty_state import EmptyState

AT_FIRST, AT_ONCE = 8, 12
"""Notes are drawn so many at a time, as one scrolls: five hundred at once would hold the page up."""


class NotesList(QWidget):
    """`run(command, **args)` starts a form for the person. `begun` tells that the list starts anew from its newest."""

    begun = Signal()

    def __init__(self, context: Context, run: Callable[..., object]) -> None:
        super().__init__()
        self.setAccessibleName("Notes")
        self._context, self._run = context, run
        self._summary: CaseSummary | None = None
        self._may_record = False
        self._corrections: dict[str, list[NoteCorrection]] = {}
        self._folded: dict[str, str] = {}
        self._found: list[Note] = []
        self._card: Card | None = None
        self.rows: dict[str, NoteRow] = {}
        self.bar = StoryBar(context, "Find in these notes", "Words in a note")
        self.kinds = TickChip(context, "Kind")
        self.authors = TickChip(context, "By")
        self.unfinished = Chip(context.theme, "Unfinished", dropdown=False)
        self.unfinished.setCheckable(True)
        for chip in (self.kinds, self.authors, self.bar.day_chip, self.unfinished):
            self.bar.chips.add(chip)
        for told in (self.kinds.ticked, self.authors.ticked, self.bar.changed, self.unfinished.toggled):
            told.connect(lambda *_: self.show_notes())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(context.theme.px(10))
        self._list = QVBoxLayout()
        column.addWidget(self.bar)
        column.addLayout(self._list)
        column.addStretch(1)

    def show_summary(self, summary: CaseSummary, *, may_record: bool) -> None:
        """Show the notes of a person; what they are narrowed to stays while it is the same one."""
        if self._summary is None or self._summary.person.id != summary.person.id:
            self.bar.start_afresh()
            self.kinds.forget()
            self.authors.forget()
            self.unfinished.blockSignals(True)
            self.unfinished.setChecked(False)
            self.unfinished.blockSignals(False)
        self._summary, self._may_record = summary, may_record
        self._corrections = {}
        for correction in summary.around.corrections:
            self._corrections.setdefault(correction.note_id, []).append(correction)
        self._folded = {}
        notes = summary.notes
        kinds = dict.fromkeys(note.kind for note in notes)
        self.kinds.set_choices(sorted(((k, code_words(summary, "note_kind", k)) for k in kinds), key=lambda c: c[1]))
        self.authors.set_choices([(name, name) for name in sorted({note.author for note in notes if note.author})])
        waiting = sum(not is_finished(note) for note in notes)
        self.unfinished.set_count(waiting)
        self.unfinished.setVisible(waiting > 0)
        if not waiting:
            self.unfinished.setChecked(False)
        self.bar.show_began(summary.current.placement.started_on if summary.current else None)
        self.bar.setVisible(bool(notes))
        self.show_notes()

    def said(self, note: Note) -> str:
        """What a note says now."""
        return text_now(note, self._corrections.get(note.id, ()))

    def matching(self) -> list[Note]:
        """The notes that what is typed and ticked leaves."""
        if self._summary is None:
            return []
        words = [f" {word}" for word in typed_words(self.bar.words.text())]
        return [note for note in self._summary.notes if self._fits(note, words)]

    def _fits(self, note: Note, words: Sequence[str]) -> bool:
        days = self.bar.days
        if (self.kinds.values and note.kind not in self.kinds.values) or (
            self.authors.values and note.author not in self.authors.values
        ):
            return False
        if (days.first and note.noted_on < days.first) or (days.last and note.noted_on > days.last):
            return False
        if self.unfinished.isChecked() and is_finished(note):
            return False
        if words and note.id not in self._folded:
            self._folded[note.id] = f" {fold(f'{self.said(note)} {note.author}')} "
        return all(word in self._folded[note.id] for word in words)

    def show_notes(self) -> None:
        """Show what is left, from the newest."""
        clear_layout(self._list)
        self.rows, self._card = {}, None
        if self._summary is None:
            return
        self._found = self.matching()
        every = len(self._summary.notes)
        narrowed = len(self._found) < every
        self.bar.found.setText(f"{len(self._found):,} of {text.count(every, 'note')}" if narrowed else "")
        if not self._found:
            self._list.addWidget(self._nothing(every > 0))
            return
        self._card = Card(self._context.theme, "Notes", "newest first", ruled=True, padded=False)
        self._list.addWidget(self._card)
        self.show_more(AT_FIRST)
        self.begun.emit()

    def show_more(self, upto: int = 0) -> None:
        """Draw the next notes; with `upto`, so many in all."""
        if self._card is None or self._summary is None:
            return
        typed = typed_words(self.bar.words.text())
        end = upto or len(self.rows) + AT_ONCE
        for note in self._found[len(self.rows) : end]:
            if self.rows:
                self._card.add_rule()
            self.rows[note.id] = row = NoteRow(
                self._context.theme,
                note,
                self._corrections.get(note.id, ()),
                kind=code_words(self._summary, "note_kind", note.kind),
                typed=typed,
                may_record=self._may_record,
                mine=note.author in ("", self._context.register.worker_name, self._context.computer.who_name),
                run=self._run,
            )
            self._card.add(row)

    @property
    def has_more(self) -> bool:
        return len(self.rows) < len(self._found)

    def row_of(self, note_id: str) -> QWidget | None:
        """The row of a note, drawn if it is not there yet; None when it is not among those left."""
        places = [note.id for note in self._found]
        if note_id in places and note_id not in self.rows:
            self.show_more(places.index(note_id) + 1)
        return self.rows.get(note_id)

    def _nothing(self, narrowed: bool) -> QWidget:
        if narrowed:
            return EmptyState(
                self._context.theme,
                "mdi6.magnify",
                "No note holds these words" if self.bar.words.text().strip() else "No note is like this",
                "Accents and capitals make no difference; every word has to be there.",
                "Show all notes",
                self.show_all,
            )
        return EmptyState(
            self._context.theme,
            "mdi6.note-text-outline",
            "No notes yet",
            "Visits, calls and decisions belong here, each with its day.",
            "Add a note" if self._may_record else "",
            lambda: self._run("note"),
        )

    def show_all(self) -> None:
        """Narrow nothing any more."""
        self.bar.start_afresh()
        self.kinds.forget()
        self.authors.forget()
        self.unfinished.setChecked(False)
        self.show_notes()
