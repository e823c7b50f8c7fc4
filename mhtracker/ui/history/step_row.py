"""One step of the history: what happened in a sentence; opened, field by field what it was before and after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.store.telling.steps import ChangeWords, Sentence
from mhtracker.ui.history.reading import StepShown
from mhtracker.ui.person.parts import breakable
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.badge import Badge
from mhtracker.ui.widgets.buttons import Button, IconButton, LinkButton
from mhtracker.ui.widgets.card import clear_layout
from mhtracker.ui.widgets.labels import Label

CHANGES_AT_ONCE = 6
CLOSED, OPEN = "mdi6.chevron-right", "mdi6.menu-down"


class StepRow(QWidget):
    """A step. `on_open` is asked for its changes, which come with `show_changes`; `on_person` opens a person.

    `with_people` names the people in its sentences, where the history is not one person's.
    """

    def __init__(
        self,
        theme: Theme,
        step: StepShown,
        *,
        with_people: bool,
        on_open: Callable[[str], object],
        on_undo: Callable[[StepShown], object] | None,
        on_person: Callable[[str], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.step, self._theme, self._with_people = step, theme, with_people
        self._on_open, self._on_undo, self._on_person = on_open, on_undo, on_person
        words = step.words
        self.setAccessibleName(f"{words.label}, {words.who}, {when_words(words.at)}")
        self.undo: Button | None = None
        px = theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(8), px(7), px(14), px(8))
        row.setSpacing(px(6))
        self.toggle = IconButton(
            theme, CLOSED, f"What “{words.label}” changed, field by field", self.on_toggle, small=True
        )
        row.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(px(3))
        row.addLayout(column, 1)
        column.addLayout(self._head())
        self._caption(column)
        self._column = column
        self.details: QWidget | None = None

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(self._theme.px(10))
        said = breakable("\n".join(self._sentences()))
        head.addWidget(Label(said, "body", wrap=True, selectable=True), 1, Qt.AlignmentFlag.AlignVCenter)
        self._add_link(head)
        words = self.step.words
        if words.undone:
            head.addWidget(Badge(self._theme, "none", "Undone", quiet=True), 0, Qt.AlignmentFlag.AlignTop)
        elif self._on_undo is not None and not self.step.obstacle:
            name = "Redo" if words.takes_back and words.label.startswith("Undo") else "Undo"
            undo = self._on_undo
            self.undo = Button(self._theme, name, lambda: undo(self.step), icon="mdi6.undo", kind="quiet", small=True)
            self.undo.setAccessibleName(f"{name}: {words.label}, {when_words(words.at)}")
            head.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _add_link(self, head: QHBoxLayout) -> None:
        """A way to the person, where the history is everybody's and the step is about one."""
        people = {each.person_id: each.person for each in self.step.words.sentences if each.person_id}
        if not self._with_people or self._on_person is None or len(people) != 1:
            return
        ((person_id, name),) = people.items()
        go = self._on_person
        link = LinkButton(self._theme, "Open", lambda: go(str(person_id)))
        link.setAccessibleName(f"Open {name}")
        head.addWidget(link, 0, Qt.AlignmentFlag.AlignVCenter)

    def _sentences(self) -> list[str]:
        words = self.step.words
        if not words.sentences:
            return [f"{words.label}: {text.count(words.count, 'record')}"]
        said = [self._said(sentence) for sentence in words.sentences]
        return [*said, f"and {text.format_number(words.more)} more"] if words.more else said

    def _said(self, sentence: Sentence) -> str:
        return sentence.of_person() if self._with_people else sentence.words

    def _caption(self, column: QVBoxLayout) -> None:
        words = self.step.words
        parts = [words.label, ", ".join(filter(None, (words.who, f"{words.at.astimezone():%H:%M}")))]
        if words.undone:
            parts.append(f"undone by {words.undone}")
        column.addWidget(Label(" · ".join(parts), "caption", "text2", wrap=True))
        if words.reason and not any(words.reason in each.words for each in words.sentences):
            column.addWidget(Label(breakable(f"Reason: {words.reason}"), "caption", wrap=True, selectable=True))

    # Opened

    def on_toggle(self) -> None:
        """Open the step, or close it again."""
        if self.details is None:
            self._make_details()
            self._on_open(self.step.words.id)
        elif self.details.isHidden():
            self.details.show()
        else:
            self.details.hide()
            self.toggle.set_icon(CLOSED)
            return
        self.toggle.set_icon(OPEN)

    def _make_details(self) -> None:
        px = self._theme.px
        self.details = QWidget()
        self.details.setAccessibleName(f"What “{self.step.words.label}” changed")
        self._inside = QVBoxLayout(self.details)
        self._inside.setContentsMargins(0, px(4), 0, px(2))
        self._inside.setSpacing(px(8))
        self._column.addWidget(self.details)

    def show_changes(self, changes: Sequence[ChangeWords]) -> None:
        """Show what the step changed, and what keeps it from being undone."""
        clear_layout(self._inside)
        if self.step.obstacle and self._on_undo is not None:
            words = f"Cannot be undone by itself. {self.step.obstacle}"
            said = Label(breakable(words), "caption-strong", "warn", wrap=True, selectable=True)
            self._inside.addWidget(said)
            said.setVisible(True)  # at once, with the rows below it
        self._add(changes[:CHANGES_AT_ONCE])
        rest = changes[CHANGES_AT_ONCE:]
        if rest:

            def show() -> None:
                more.hide()
                self._add(rest)

            words = f"Show {text.count(len(rest), 'more record', 'more records')}"
            more = LinkButton(self._theme, words, show)
            self._inside.addWidget(more)
        left = self.step.words.count - len(changes)
        if left > 0 and self._with_people:
            self._inside.addWidget(Label(f"and {text.count(left, 'record')} more in the same step", "caption", "text2"))

    def _add(self, changes: Sequence[ChangeWords]) -> None:
        for change in changes:
            self._inside.addWidget(change_grid(self._theme, change, with_people=self._with_people))


def change_grid(theme: Theme, change: ChangeWords, *, with_people: bool) -> QWidget:
    """One record: its fields, each with what it was and what it became."""
    box = QWidget()
    title = ", ".join(filter(None, (change.title, change.person if with_people else "")))
    box.setAccessibleName(title)
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.px(12))
    grid.setVerticalSpacing(theme.px(3))
    for place, stretch in enumerate((0, 1, 1)):
        grid.setColumnStretch(place, stretch)
    grid.setColumnMinimumWidth(0, theme.px(150))
    grid.addWidget(Label(title, "caption-strong", "text2"), 0, 0)
    both = any(field.before for field in change.fields) and any(field.after for field in change.fields)
    if both:
        grid.addWidget(Label("Before", "caption", "text3"), 0, 1)
        grid.addWidget(Label("After", "caption", "text3"), 0, 2)
    for place, field in enumerate(change.fields, 1):
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(Label(field.label, "caption", "text2", wrap=True), place, 0, top)
        was, now = field.before or "nothing", field.after or "nothing"
        for column, said in ((1, was), (2, now)) if both else ((1, field.before or field.after),):
            words = Label(breakable(said), "caption", wrap=True, selectable=True)
            words.setAccessibleName(f"{field.label}: {was} → {now}" if both else f"{field.label}: {said}")
            grid.addWidget(words, place, column, 1, 1 if both else 2, top)
    return box


def when_words(at: datetime) -> str:
    """`Tue 14 Jul 2026 10:41`, in the reader's own time."""
    local = at.astimezone()
    return f"{text.format_date(local.date(), weekday=True)} {local:%H:%M}"
