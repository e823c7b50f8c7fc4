"""The notes tab: notes newest first, filtered by what is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.names import fold
from mhtracker.domain.records import Note
from mhtracker.domain.summary import CaseSummary
from mhtracker.ui.context import Context
from mhtracker.ui.person.parts import Tab, breakable
from mhtracker.ui.person.words import code_words
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.card import Card, clear_layout
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.labels import Label

AT_ONCE = 50
LONGEST_SHOWN = 20_000


class NotesTab(Tab):
    """`run(command, **args)` starts a form for the person."""

    def __init__(self, context: Context, run: Callable[..., object]) -> None:
        super().__init__(context.theme, "Notes")
        self._run = run
        self._summary: CaseSummary | None = None
        self._may_record = False
        self._shown = AT_ONCE
        self.rows: dict[str, QWidget] = {}
        self.filter = QLineEdit()
        self.filter.setAccessibleName("Filter notes by words")
        self.filter.setPlaceholderText("Words in a note")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._on_typed)
        self.filter.setMinimumWidth(context.theme.px(240))
        self._add = Button(context.theme, "Add note", lambda: run("note"), icon="mdi6.note-text-outline")
        self._found = Label("", "caption", "text2")
        self._top = QWidget()
        self._top.setAccessibleName("Find in notes")
        row = QHBoxLayout(self._top)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(context.theme.px(10))
        row.addWidget(self.filter)
        row.addWidget(self._found, 1)
        row.addWidget(self._add)
        self._list = QVBoxLayout()
        self._list.setSpacing(context.theme.px(12))
        self.column.addWidget(self._top)
        self.column.addLayout(self._list)
        self.column.addStretch(1)

    def show_summary(self, summary: CaseSummary, *, may_record: bool) -> None:
        """Show the notes of a person; what is filtered for stays while it is the same one."""
        if self._summary is None or self._summary.person.id != summary.person.id:
            self._shown = AT_ONCE
            self.filter.blockSignals(True)
            self.filter.clear()
            self.filter.blockSignals(False)
        self._summary, self._may_record = summary, may_record
        self._add.setEnabled(may_record)
        self._show()

    def _on_typed(self) -> None:
        self._shown = AT_ONCE
        self._show()

    def matching(self) -> Sequence[Note]:
        """The notes that hold every word typed."""
        if self._summary is None:
            return ()
        words = fold(self.filter.text()).split()
        if not words:
            return self._summary.notes
        return [n for n in self._summary.notes if all(w in fold(f"{n.text} {n.author}") for w in words)]

    def _show(self) -> None:
        clear_layout(self._list)
        self.rows = {}
        if self._summary is None:
            return
        self._top.setVisible(bool(self._summary.notes))
        found = self.matching()
        typed = bool(self.filter.text().strip())
        self._found.setText(f"{len(found):,} of {text.count(len(self._summary.notes), 'note')}" if typed else "")
        if not found:
            self._list.addWidget(self._nothing(typed))
            return
        card = Card(self.theme, "Notes", "newest first", ruled=True, padded=False)
        for place, note in enumerate(found[: self._shown]):
            if place:
                card.add_rule()
            self.rows[note.id] = self._row(self._summary, note)
            card.add(self.rows[note.id])
        self._list.addWidget(card)
        left = len(found) - self._shown
        if left > 0:
            words = f"Show {min(left, AT_ONCE)} more of {text.format_number(left)}"
            line = QHBoxLayout()
            line.addWidget(Button(self.theme, words, self._show_more))
            line.addStretch(1)
            self._list.addLayout(line)

    def _nothing(self, typed: bool) -> QWidget:
        if typed:
            return EmptyState(
                self.theme,
                "mdi6.magnify",
                "No note holds these words",
                "Accents and capitals make no difference.",
                "Show all notes",
                self.filter.clear,
            )
        return EmptyState(
            self.theme,
            "mdi6.note-text-outline",
            "No notes yet",
            "Visits, calls and decisions belong here, each with its day.",
            "Add a note" if self._may_record else "",
            lambda: self._run("note"),
        )

    def _show_more(self) -> None:
        self._shown += AT_ONCE
        self._show()

    def _row(self, summary: CaseSummary, note: Note) -> QWidget:
        theme = self.theme
        row = QWidget()
        kind = code_words(summary, "note_kind", note.kind)
        row.setAccessibleName(f"{kind}, {text.format_date(note.noted_on)}")
        column = QVBoxLayout(row)
        column.setContentsMargins(theme.px(14), theme.px(9), theme.px(14), theme.px(10))
        column.setSpacing(theme.px(4))
        head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        head.addWidget(Label(text.format_date(note.noted_on, weekday=True), "strong"))
        head.addWidget(Label(", ".join(filter(None, (kind, note.author))), tone="text2", wrap=True), 1)
        if self._may_record:
            change = Button(theme, "Change", lambda: self._run("edit_note", note_id=note.id), kind="link", small=True)
            change.setAccessibleName(f"Change the note of {text.format_date(note.noted_on)}")
            head.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        words = note.text if len(note.text) <= LONGEST_SHOWN else note.text[:LONGEST_SHOWN] + "…"
        column.addWidget(Label(breakable(words), wrap=True, selectable=True))
        return row

    def go_to(self, record_id: str) -> None:
        """Bring a note into view, with as many of the newer ones as that takes."""
        places = [note.id for note in self.matching()]
        if record_id in places and record_id not in self.rows:
            self._shown = places.index(record_id) + 1
            self._show()
        row = self.rows.get(record_id)
        if row is not None:
            self.ensureWidgetVisible(row, 0, self.theme.px(40))
