"""What the history is narrowed to: a person, who recorded it, a kind of record, and the days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from mhtracker.domain.errors import Invalid
from mhtracker.store.queries.history import HistoryQuery
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.editors import Editor, LineEdit
from mhtracker.ui.history.reading import KINDS_OFFERED, read_people
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import Label

TYPING_MS = 150


class HistoryFilters(QWidget):
    """Fields in a line. `changed` as soon as what they say together can be asked for, and differs."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._person_id: str | None = None
        self._found: dict[str, str] = {}
        self._last = HistoryQuery()
        self.setAccessibleName("Filters")
        theme = context.theme
        self.person = LineEdit(theme, width=230, placeholder="Name, reference or number")
        self.who = ChoiceEdit(theme, (), blank="Anybody", width=180)
        kinds = [Choice(place, words) for place, (words, _) in enumerate(KINDS_OFFERED)]
        self.kind = ChoiceEdit(theme, kinds, blank="Everything", width=200)
        self.first = DateEdit(theme, lambda: context.today)
        self.last = DateEdit(theme, lambda: context.today)
        self._flow = FlowLayout(self, across=theme.px(12), down=theme.px(6))
        named: tuple[tuple[str, Editor], ...] = (
            ("Person", self.person), ("Recorded by", self.who), ("What", self.kind), ("From", self.first),
            ("To", self.last),
        )  # fmt: skip
        for words, editor in named:
            self._flow.addWidget(self._field(words, editor))
            editor.settled.connect(self._on_settled)
        self.clear_link = LinkButton(theme, "Clear", self.clear)
        self._flow.addWidget(self.clear_link)
        self.clear_link.hide()
        self._complete()

    def _field(self, words: str, editor: Editor) -> QWidget:
        editor.set_name(words)
        box = QWidget()
        box.setAccessibleName(words)
        column = QVBoxLayout(box)
        column.setContentsMargins(3, 0, 3, 0)
        column.setSpacing(2)
        column.addWidget(Label(words, "caption", "text2"))
        column.addWidget(editor)
        column.addStretch(1)
        return box

    # The person's field

    def _complete(self) -> None:
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        if (popup := completer.popup()) is not None:
            popup.setAccessibleName("People found")
        completer.activated.connect(self._on_person)
        self.completer = completer
        self.person.line.setCompleter(completer)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_MS)
        self._timer.timeout.connect(self._look_up)
        self.person.line.textEdited.connect(lambda _: self._timer.start())

    def _look_up(self) -> None:
        typed = self.person.line.text().strip()
        if len(typed) >= 2:
            ask = self._context.jobs.ask
            ask(read_people, typed, then=self._on_found, urgent=True, slot=("history people", id(self)))

    def _on_found(self, found: Sequence[tuple[str, str]]) -> None:
        self._found = {words: person_id for person_id, words in found}
        self._names.setStringList(list(self._found))
        if self.person.line.hasFocus() and self._found:
            self.completer.complete()

    def _on_person(self, words: str) -> None:
        self._person_id = self._found.get(words)
        self._on_settled()

    # What they say

    def show_who(self, names: Sequence[str]) -> None:
        """Who there is to choose from."""
        self.who.set_choices([Choice(name, name) for name in names])

    def set_person(self, person_id: str | None, name: str = "") -> None:
        """Narrow the history to a person, without telling anybody."""
        self._person_id = person_id
        self.person.set_value(name)
        self._last = self.query()
        self.clear_link.setVisible(self._last != HistoryQuery())

    def query(self) -> HistoryQuery:
        """What the fields ask for. A date that cannot be read asks for nothing; it says so itself."""
        place = self.kind.value()
        who = self.who.value()
        return HistoryQuery(
            person_id=self._person_id if self.person.line.text().strip() else None,
            who=(who,) if who else (),
            first=_day(self.first),
            last=_day(self.last),
            kinds=KINDS_OFFERED[place][1] if place is not None else (),
        )

    def clear(self) -> None:
        """Narrow it no longer."""
        self._person_id = None
        fields: tuple[tuple[Editor, Any], ...] = (
            (self.person, ""), (self.who, None), (self.kind, None), (self.first, None), (self.last, None),
        )  # fmt: skip
        for editor, value in fields:
            editor.set_value(value)
        self._on_settled()

    def _on_settled(self) -> None:
        query = self.query()
        self.clear_link.setVisible(query != HistoryQuery())
        if query != self._last:
            self._last = query
            self.changed.emit()


def _day(editor: DateEdit) -> date | None:
    try:
        day: date | None = editor.value()
    except Invalid:
        return None
    return day
