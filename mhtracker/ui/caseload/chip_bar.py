"""The line of filters above the caseload: chips with their menus, and a field for words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QWidget

from mhtracker.store.queries.caseload import Filter
from mhtracker.ui.caseload import filters as words
from mhtracker.ui.caseload.choice_menu import ChoiceMenu
from mhtracker.ui.caseload.condition_popover import ConditionPopover
from mhtracker.ui.caseload.conditions import CHOICE, DATE
from mhtracker.ui.caseload.filters import FILTERS, KIND_OF_FILTER, Choice
from mhtracker.ui.context import Context
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.chips import Chip, ChipLine
from mhtracker.ui.widgets.labels import button_words

TYPING_MS = 120


class WordsField(QLineEdit):
    """Filters by what is typed, as it is typed; ↓ and Enter go on to the table."""

    left_down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class ChipBar(QWidget):
    """Shows filters as chips.

    `changed(filters)` when a person changes them, `typed(text)` for the words' field, `cleared` when both are cleared.

    Where filters narrow something else than a list, `offered` are the columns that can be chosen: only those in force
    then have a chip, there is no field for words, and `day` says as at which day people are counted.
    """

    changed = Signal(tuple)
    typed = Signal(str)
    cleared = Signal()

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        offered: Sequence[str] = (),
        day: Callable[[], date] | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._offered, self._day = tuple(offered), day or (lambda: context.as_at)
        self._filters: tuple[Filter, ...] = ()
        self._chips: dict[str, Chip] = {}
        self.setAccessibleName("Filters")
        theme = context.theme
        self.words = WordsField()
        self.words.setAccessibleName("Filter by name or number")
        self.words.setPlaceholderText("Name or number")
        self.words.setClearButtonEnabled(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_MS)
        self._timer.timeout.connect(lambda: self.typed.emit(self.words.text()))
        self.words.textChanged.connect(self._timer.start)
        self._line = ChipLine(theme)
        self._add = LinkButton(theme, "Add filter", self._on_add, icon="mdi6.plus")
        self._clear = LinkButton(theme, "Clear", self.clear)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.words, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._line, 1)
        self.words.setVisible(not offered)
        if offered:
            self.setFocusProxy(self._add)
        theme.changed.connect(self._measure)
        self._measure()
        self._show_chips()

    def _measure(self) -> None:
        px = self._context.theme.px
        self._row.setContentsMargins(*((0, 0, 0, 0) if self._offered else (px(21), px(6), px(21), px(6))))
        self._row.setSpacing(px(9))
        self.words.setFixedWidth(px(170))

    def filters(self) -> tuple[Filter, ...]:
        return self._filters

    def set_filters(self, filters: Sequence[Filter]) -> None:
        """Show these filters, without telling anybody."""
        if tuple(filters) != self._filters:
            self._filters = tuple(filters)
            self._show_chips()

    def set_text(self, typed: str) -> None:
        """Show these words, without telling anybody."""
        if self.words.text() != typed:
            self.words.blockSignals(True)
            self.words.setText(typed)
            self.words.blockSignals(False)

    def clear(self) -> None:
        """Take every filter away, the words too."""
        self.set_text("")
        self._filters = ()
        self._show_chips()
        self.cleared.emit()

    def _show_chips(self) -> None:
        used = [each.column for each in self._filters]
        wanted = [kind.column for kind in FILTERS if kind.usual and not self._offered]
        wanted += [column for column in dict.fromkeys(used) if column not in wanted]
        for column in [column for column in self._chips if column not in wanted]:
            self._line.take(self._chips.pop(column))
        for column in wanted:
            if column not in self._chips:
                self._add_chip(column)
            self._show_value(column)
        for link in (self._add, self._clear):
            self._line.add(link)
        self._clear.setVisible(bool(self._filters))

    def _show_value(self, column: str) -> None:
        chip, kind = self._chips[column], KIND_OF_FILTER.get(column)
        values = words.values_of(self._filters, column)
        if kind is not None and kind.switch:
            chip.setChecked(values == (kind.switch,))
            chip.set_value("" if values in ((), (kind.switch,)) else words.column_words(self._filters, column))
        else:
            chip.set_value(words.column_words(self._filters, column))

    def _add_chip(self, column: str) -> None:
        kind = KIND_OF_FILTER.get(column)
        switch = kind.switch if kind is not None else ""
        chip = Chip(self._context.theme, words.label_of_filter(column), dropdown=not switch)
        if switch:
            chip.setCheckable(True)
            chip.clicked.connect(partial(self._switch, column, switch))
        else:
            chip.pressed_open.connect(partial(self._open, column))
        chip.cleared.connect(lambda: self._change(self._without(column)))
        # Of two long names a narrow panel shows what it can, and the × behind them.
        chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._chips[column] = chip
        self._line.add(chip)

    def _switch(self, column: str, value: str, *_: object) -> None:
        on = words.values_of(self._filters, column) == (value,)
        self._change(words.with_values(self._filters, column, () if on else (value,)))

    def _without(self, column: str) -> tuple[Filter, ...]:
        return tuple(each for each in self._filters if each.column != column)

    @Slot()
    def _open(self, column: str) -> None:
        """Offer a filter's choices, once their counts are known; or ask for a date, a number or words."""
        kind = KIND_OF_FILTER.get(column)
        if kind is not None and kind.by != CHOICE:
            self._ask_condition(column, kind.by)
        elif kind is not None:
            self._context.jobs.ask(
                words.read_choices,
                column,
                self._day(),
                then=partial(self._show_menu, column),
                urgent=True,
                slot=("caseload menu", id(self)),
            )

    def _under(self, column: str) -> QWidget:
        return self._chips.get(column) or self._add

    def _ask_condition(self, column: str, by: str) -> None:
        now = [each for each in self._filters if each.column == column]
        label = words.label_of_filter(column)
        self.popover = ConditionPopover(self._context, label, column, by, now, self._under(column))
        self.popover.chosen.connect(lambda made: self._change(words.with_filters(self._filters, column, made)))
        self.popover.show_below()

    def _show_menu(self, column: str, choices: list[Choice]) -> None:
        kind = KIND_OF_FILTER[column]
        under = self._under(column)
        menu = ChoiceMenu(
            kind.label,
            choices,
            words.values_of(self._filters, column),
            one=kind.one,
            leave_out=None if kind.one else words.leaves_out(self._filters, column),
            parent=self,
        )
        menu.picked.connect(
            lambda values, out: self._change(words.with_values(self._filters, column, values, leave_out=out))
        )
        if kind.dated:
            menu.add_dates(partial(self._ask_condition, column, DATE))
        menu.aboutToHide.connect(menu.deleteLater)
        self.menu = menu
        menu.popup(under.mapToGlobal(QPoint(0, under.height() + 2)))
        if first := next((action for action in menu.actions() if action.isEnabled()), None):
            menu.setActiveAction(first)

    def _on_add(self) -> None:
        menu = QMenu("Add filter", self)
        menu.setAccessibleName("Add filter")
        for kind in FILTERS:
            if kind.column in self._chips or (self._offered and kind.column not in self._offered):
                continue
            action: QAction = menu.addAction(button_words(kind.label))
            action.triggered.connect(partial(self._open, kind.column))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._add.mapToGlobal(QPoint(0, self._add.height() + 2)))

    def _change(self, filters: tuple[Filter, ...]) -> None:
        before, self._filters = self._filters, filters
        self._show_chips()
        if before != filters:
            self.changed.emit(filters)
