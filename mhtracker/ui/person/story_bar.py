"""What notes and chronology are narrowed by: words, chips to tick, days, and one thing to switch on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.dates import add_months
from mhtracker.domain.errors import Invalid
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.chips import Chip, ChipLine
from mhtracker.ui.widgets.labels import Label, button_words


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days, both counted in, in the words it was chosen by."""

    words: str = ""
    first: date | None = None
    last: date | None = None


class TickChip(Chip):
    """A chip whose menu offers things to tick; none ticked means all. `ticked` tells of each change."""

    ticked = Signal()

    def __init__(self, context: Context, label: str, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, label, parent=parent)
        self.choices: tuple[tuple[str, str], ...] = ()
        self.values: set[str] = set()
        self.pressed_open.connect(self._open)
        self.cleared.connect(self._on_cleared)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer (value, words); what is ticked and no longer offered is let go."""
        self.choices = tuple(choices)
        self.values &= {value for value, _ in choices}
        self.setVisible(len(self.choices) > 1)
        self._say()

    def tick(self, value: str, on: bool = True) -> None:
        """Tick a choice, or take its tick away."""
        self.values = self.values | {value} if on else self.values - {value}
        self._say()
        self.ticked.emit()

    def forget(self) -> None:
        """Untick everything, without telling."""
        self.values = set()
        self._say()

    def _on_cleared(self) -> None:
        self.values = set()
        self.ticked.emit()

    def _say(self) -> None:
        named = [words for value, words in self.choices if value in self.values]
        self.set_value(named[0] if len(named) == 1 else f"{named[0]} and {len(named) - 1} more" if named else "")

    def _open(self) -> None:
        menu = QMenu(self.label, self)
        menu.setAccessibleName(self.label)
        for value, words in self.choices:
            action = menu.addAction(button_words(words))
            action.setCheckable(True)
            action.setChecked(value in self.values)
            action.toggled.connect(lambda on, value=value: self.tick(value, on))
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))


class StoryBar(QWidget):
    """`changed` when anything asks for other lines. Chips are added by whoever shows the lines."""

    changed = Signal()

    def __init__(self, context: Context, name: str, hint: str) -> None:
        super().__init__()
        self._context = context
        theme = context.theme
        self.setAccessibleName(name)
        self.days = Days()
        self._began_on: date | None = None
        self.words = QLineEdit()
        self.words.setAccessibleName(name)
        self.words.setPlaceholderText(hint)
        self.words.setClearButtonEnabled(True)
        self.words.setFixedWidth(theme.px(230))
        self.words.textChanged.connect(lambda _: self.changed.emit())
        self.found = Label("", "caption", "text2")
        self.chips = ChipLine(theme)
        self.day_chip = Chip(theme, "Dates")
        self.day_chip.pressed_open.connect(self._open_days)
        self.day_chip.cleared.connect(lambda: self.choose_days(Days()))
        self.between = self._make_between()
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(self.words, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.chips, 1)
        row.addWidget(self.found)
        column = QVBoxLayout(self)
        column.setContentsMargins(3, 3, 3, 3)
        column.setSpacing(theme.px(8))
        column.addLayout(row)
        column.addWidget(self.between)
        self.between.hide()

    def _make_between(self) -> QWidget:
        theme = self._context.theme
        box = QWidget()
        box.setAccessibleName("Between two days")
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self.first, self.last = (DateEdit(theme, lambda: self._context.today) for _ in range(2))
        for words, editor in (("From", self.first), ("to", self.last)):
            editor.set_name(f"{words} day".capitalize())
            row.addWidget(Label(words, tone="text2"))
            row.addWidget(editor)
            editor.settled.connect(lambda *_: self._on_between())
        row.addWidget(LinkButton(theme, "Show these days", self._on_between))
        row.addStretch(1)
        return box

    def start_afresh(self) -> None:
        """Narrow nothing, without telling."""
        self.words.blockSignals(True)
        self.words.clear()
        self.words.blockSignals(False)
        self.days = Days()
        self.day_chip.set_value("")
        self.between.hide()

    def show_began(self, began_on: date | None) -> None:
        """The day the present stay began, to be offered among the stretches of days."""
        self._began_on = began_on

    def presets(self) -> list[Days]:
        """The stretches of days that are offered."""
        today = self._context.as_at
        offered = [
            Days("last 30 days", date.fromordinal(today.toordinal() - 30)),
            Days("last 6 months", add_months(today, -6)),
            Days("last 12 months", add_months(today, -12)),
        ]
        if self._began_on is not None:
            offered.append(Days(f"this stay, since {text.format_date(self._began_on)}", self._began_on))
        return offered

    def _open_days(self) -> None:
        menu = QMenu("Dates", self)
        menu.setAccessibleName("Dates")
        for days in self.presets():
            action = menu.addAction(button_words(days.words[:1].upper() + days.words[1:]))
            action.triggered.connect(lambda _=False, days=days: self.choose_days(days))
        menu.addSeparator()
        menu.addAction("Between two days…").triggered.connect(lambda _=False: self.ask_between())
        menu.popup(self.day_chip.mapToGlobal(QPoint(0, self.day_chip.height() + 2)))

    def ask_between(self) -> None:
        """Show the fields for two days of one's own."""
        self.between.show()
        self.first.setFocus()

    def choose_days(self, days: Days) -> None:
        """Narrow to a stretch of days."""
        self.days = days
        self.day_chip.set_value(days.words)
        if not days.words:
            self.between.hide()
        self.changed.emit()

    def _on_between(self) -> None:
        try:
            first, last = self.first.value(), self.last.value()
        except Invalid:
            return
        if first is None and last is None:
            return
        if first is not None and last is not None and first > last:
            first, last = last, first
        words = " to ".join(filter(None, (text.format_date(first), text.format_date(last))))
        if first is None or last is None:
            words = f"until {words}" if first is None else f"from {words}"
        if (first, last) != (self.days.first, self.days.last):
            self.choose_days(Days(words, first, last))
