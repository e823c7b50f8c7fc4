"""A person's story: narrowed by chips, days and words, with the events that are chosen for paper."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.chronology import (
    CHAPTER_WORDS,
    Chapter,
    Choice,
    ChronologyLine,
    build_chronology,
    key_lines,
    narrowed,
)
from mhtracker.domain.summary import CaseSummary
from mhtracker.operations.key_events import choose_event, drop_event
from mhtracker.ui.context import Context
from mhtracker.ui.person.chronology_list import ChronologyList
from mhtracker.ui.person.story_bar import StoryBar, TickChip
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.chips import Chip
from mhtracker.ui.widgets.empty_state import EmptyState


class ChronologyView(QWidget):
    """`run(command, **args)` starts a form; `go_to(kind, record_id)` shows what a line comes from."""

    def __init__(self, context: Context, run: Callable[..., object], go_to: Callable[[str, str], object]) -> None:
        super().__init__()
        self.setAccessibleName("Chronology")
        theme = context.theme
        self._context, self._run, self._go_to = context, run, go_to
        self._summary: CaseSummary | None = None
        self._may_record = False
        self.every: list[ChronologyLine] = []
        self.bar = StoryBar(context, "Find in the chronology", "Words in a line")
        self.chapters = TickChip(context, "About")
        self.only_key = Chip(theme, "Key events", dropdown=False)
        self.only_key.setCheckable(True)
        for chip in (self.chapters, self.bar.day_chip, self.only_key):
            self.bar.chips.add(chip)
        for told in (self.chapters.ticked, self.bar.changed, self.only_key.toggled):
            told.connect(lambda *_: self.show_lines())
        self.list = ChronologyList(theme)
        self.list.opened.connect(self._on_opened)
        self.list.starred.connect(self.star)
        self.list.asked_words.connect(self.reword)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_steps())
        self.star_button = Button(theme, "Choose for paper", self._on_star, tip="Space")
        self.drop_button = Button(theme, "Choose no longer", self._on_star, tip="Space")
        self.words_button = Button(theme, "Say it in other words", self._on_reword, tip="F2")
        self.add_button = Button(theme, "Add an event", lambda: run("event"), icon="mdi6.plus")
        steps = QHBoxLayout()
        steps.setSpacing(theme.px(8))
        for button in (self.star_button, self.drop_button, self.words_button, self.add_button):
            steps.addWidget(button)
        steps.addStretch(1)
        self.drop_button.hide()
        self._empty = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addLayout(self._empty)
        column.addWidget(self.list, 1)
        column.addLayout(steps)
        self._nothing: EmptyState | None = None

    def show_summary(self, summary: CaseSummary, *, may_record: bool) -> None:
        """Show the story of a person; what it is narrowed to stays while it is the same one."""
        if self._summary is None or self._summary.person.id != summary.person.id:
            self.bar.start_afresh()
            self.chapters.forget()
            self.only_key.blockSignals(True)
            self.only_key.setChecked(False)
            self.only_key.blockSignals(False)
        self._summary, self._may_record = summary, may_record
        self.every = build_chronology(summary)
        there = {line.chapter for line in self.every}
        self.chapters.set_choices([(each.value, CHAPTER_WORDS[each]) for each in Chapter if each in there])
        self.only_key.set_count(len(key_lines(self.every)))
        self.bar.show_began(summary.current.placement.started_on if summary.current else None)
        self.add_button.setEnabled(may_record)
        self.show_lines()

    def choice(self) -> Choice:
        """What the chronology is narrowed to."""
        days = self.bar.days
        return Choice(
            frozenset(Chapter(value) for value in self.chapters.values),
            days.first,
            days.last,
            self.bar.words.text(),
            self.only_key.isChecked(),
        )

    def shown(self) -> list[ChronologyLine]:
        """The lines that are left."""
        return narrowed(self.every, self.choice())

    def show_lines(self) -> None:
        """Show what is left."""
        found = self.shown()
        every = len(self.every)
        self.bar.found.setText(f"{len(found):,} of {text.count(every, 'line')}" if len(found) < every else "")
        self.list.show_lines(found)
        self.list.setVisible(bool(found))
        if self._nothing is not None:
            self._empty.removeWidget(self._nothing)
            self._nothing.hide()
            self._nothing.deleteLater()
            self._nothing = None
        if not found:
            self._nothing = self._empty_state(every > 0)
            self._empty.addWidget(self._nothing)
        self._show_steps()

    def _empty_state(self, narrowed_down: bool) -> EmptyState:
        theme = self._context.theme
        if narrowed_down:
            words = "Take a filter away, or look for fewer words."
            return EmptyState(theme, "mdi6.magnify", "No line is like this", words, "Show everything", self.show_all)
        words = "Moves, reviews, barriers, notes and documents line up here by their days as they are recorded."
        add = "Add an event" if self._may_record else ""
        return EmptyState(theme, "mdi6.calendar-today", "No story yet", words, add, lambda: self._run("event"))

    def show_all(self) -> None:
        """Narrow nothing any more."""
        self.bar.start_afresh()
        self.chapters.forget()
        self.only_key.setChecked(False)
        self.show_lines()

    def _show_steps(self) -> None:
        line = self.list.current_line() if self.list.lines.lines else None
        chosen = line is not None and line.key is not None
        self.star_button.setVisible(not chosen)
        self.star_button.setEnabled(self._may_record and line is not None)
        self.drop_button.setVisible(chosen)
        self.drop_button.setEnabled(self._may_record)
        self.words_button.setEnabled(self._may_record and chosen)

    # Steps

    def _on_star(self) -> None:
        line = self.list.current_line()
        if line is not None:
            self.star(line)

    def star(self, line: ChronologyLine) -> None:
        """Choose a line for paper, or choose it no longer."""
        if not self._may_record or self._summary is None:
            return
        jobs, say = self._context.jobs, self._context.shell.say
        if line.key is not None:
            jobs.do(drop_event, line.key.id, then=lambda _: say("Chosen for paper no longer.", can_undo=True))
        else:
            jobs.do(
                choose_event,
                self._summary.person.id,
                source_kind=line.source_kind,
                source_id=line.source_id,
                happened_on=line.day,
                words=line.words,
                then=lambda _: say("Chosen for paper.", can_undo=True),
            )

    def _on_reword(self) -> None:
        line = self.list.current_line()
        if line is not None:
            self.reword(line)

    def reword(self, line: ChronologyLine) -> None:
        """Say a chosen event in words of one's own."""
        if self._may_record and line.key is not None:
            self._run("edit_event", event_id=line.key.id)

    def _on_opened(self, line: ChronologyLine) -> None:
        if line.chapter is Chapter.EVENT:
            self.reword(line)
        else:
            self._go_to(line.source_kind.partition("/")[0], line.source_id)

    def focus_list(self) -> None:
        """Put the keyboard on the lines."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
