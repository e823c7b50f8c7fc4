"""One note as it stands in the list: when, what kind, by whom, its words, and what they were before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.notes import corrections_of, is_finished, text_now
from mhtracker.domain.records import Note, NoteCorrection
from mhtracker.domain.words_in_text import places
from mhtracker.ui.person.marked_text import MarkedText
from mhtracker.ui.person.parts import breakable
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.badge import Badge
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.labels import Label

LONGEST_SHOWN = 20_000


class NoteRow(QWidget):
    """A note. `run(command, **args)` starts a form; without `may_record` it offers none."""

    def __init__(
        self,
        theme: Theme,
        note: Note,
        corrections: Sequence[NoteCorrection],
        *,
        kind: str,
        typed: Sequence[str],
        may_record: bool,
        mine: bool,
        run: Callable[..., object],
    ) -> None:
        super().__init__()
        self._theme, self.note, self._run = theme, note, run
        self.corrections = corrections_of(note, corrections)
        self.setAccessibleName(f"{kind}, {text.format_date(note.noted_on)}")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.px(14), theme.px(9), theme.px(14), theme.px(10))
        self._column.setSpacing(theme.px(4))
        self._column.addLayout(self._head(kind, may_record, mine))
        self._column.addWidget(self._words(text_now(note, self.corrections), typed))
        self.before: QWidget | None = None
        if self.corrections:
            self._column.addLayout(self._corrected(typed))

    def _head(self, kind: str, may_record: bool, mine: bool) -> QHBoxLayout:
        theme, note = self._theme, self.note
        head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        head.addWidget(Label(text.format_date(note.noted_on, weekday=True), "strong"))
        head.addWidget(Label(", ".join(filter(None, (kind, note.author))), tone="text2", wrap=True), 1)
        day = text.format_date(note.noted_on)
        if not is_finished(note):
            head.addWidget(Badge(theme, "soon", "Unfinished", quiet=True), 0, Qt.AlignmentFlag.AlignTop)
            if may_record and mine:
                self._step(head, "Go on", "edit_note", f"Go on with the note of {day}")
        elif may_record:
            self._step(head, "Correct", "correct_note", f"Correct the note of {day}")
        return head

    def _step(self, head: QHBoxLayout, words: str, command: str, name: str) -> None:
        step = Button(self._theme, words, lambda: self._run(command, note_id=self.note.id), kind="link", small=True)
        step.setAccessibleName(name)
        head.addWidget(step, 0, Qt.AlignmentFlag.AlignTop)

    def _words(self, words: str, typed: Sequence[str], tone: str = "") -> QWidget:
        words = words if len(words) <= LONGEST_SHOWN else words[:LONGEST_SHOWN] + "…"
        spans = places(words, typed)
        if spans:
            return MarkedText(self._theme, words, spans)
        return Label(breakable(words), tone=tone, wrap=True, selectable=True)

    def _corrected(self, typed: Sequence[str]) -> QHBoxLayout:
        latest = self.corrections[-1]
        day = text.format_date(latest.corrected_at.astimezone().date())
        by = f" by {latest.author}" if latest.author else ""
        said = Label(f"Corrected {day}{by}: {latest.reason}", "caption", "text2", wrap=True)
        self.opener = LinkButton(self._theme, "What it said first", self.open_before)
        self.opener.setAccessibleName(f"What the note of {text.format_date(self.note.noted_on)} said first")
        line = QHBoxLayout()
        line.setSpacing(self._theme.px(10))
        line.addWidget(said, 1)
        line.addWidget(self.opener, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def open_before(self) -> None:
        """Show every wording before the one that holds, or put them away again."""
        if self.before is not None:
            self._column.removeWidget(self.before)
            self.before.hide()
            self.before.deleteLater()
            self.before = None
            self.opener.setText("What it said first")
            return
        self.before = QWidget()
        self.before.setAccessibleName("What the note said before")
        column = QVBoxLayout(self.before)
        column.setContentsMargins(self._theme.px(14), self._theme.px(4), 0, 0)
        column.setSpacing(self._theme.px(4))
        wordings = [(self.note.text, self.note.author, self.note.finished_at)]
        wordings += [(each.text, each.author, each.corrected_at) for each in self.corrections[:-1]]
        for place, (words, author, at) in enumerate(wordings):
            when = text.format_date(at.astimezone().date()) if at is not None else ""
            lead = "First words" if place == 0 else f"Correction {place}"
            column.addWidget(Label(", ".join(filter(None, (lead, author, when))), "caption-strong", "text2"))
            column.addWidget(self._words(words, (), tone="text2"))
        self._column.addWidget(self.before)
        self.opener.setText("Put away")
