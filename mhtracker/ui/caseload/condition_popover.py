"""Asks for a date, a number or words to filter a column by, under its chip."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mhtracker.store.queries.caseload import Filter
from mhtracker.ui.caseload.conditions import DATE, NUMBER, WAYS, make_filters, read_condition
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.editors import Editor, LineEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import NumberEdit
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.labels import Label

MOST = 1_000_000


class ConditionPopover(QFrame):
    """`chosen(filters)` once it is asked for; none of them takes the filter away. Enter asks, Esc leaves as it is."""

    chosen = Signal(tuple)

    def __init__(
        self, context: Context, label: str, column: str, by: str, now: Sequence[Filter], anchor: QWidget
    ) -> None:
        super().__init__(anchor.window(), Qt.WindowType.Popup)
        self._context, self._column, self._by, self._anchor = context, column, by, anchor
        self._ways = {way.key: way for way in WAYS[by]}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)  # for its round corners
        self.setAccessibleName(f"Filter by {label}")
        theme, px = context.theme, context.theme.px
        words = [Choice(way.key, way.words) for way in WAYS[by]]
        self.form = Form(
            theme,
            Ask("way", ChoiceEdit(theme, words), label="How", required=True, help=""),
            Ask("first", self._editor(), label=self._names()[0], help=""),
            Ask("last", self._editor(), label=self._names()[1], help=""),
            name=f"Filter by {label}",
        )
        self._show_now(now)
        self.form.edited.connect(self._fit_fields)
        self._fit_fields()
        ground = QFrame()
        ground.setProperty("box", "popover")
        ground.setAccessibleName(f"Filter by {label}")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)
        column_of = QVBoxLayout(ground)
        column_of.setContentsMargins(px(16), px(12), px(16), px(12))
        column_of.setSpacing(px(10))
        column_of.addWidget(Label(label, "heading"))
        column_of.addWidget(self.form)
        buttons = QHBoxLayout()
        buttons.addWidget(Button(theme, "Clear", self._on_clear))
        buttons.addStretch(1)
        buttons.addWidget(Button(theme, "Show", self.on_show, kind="primary"))
        column_of.addLayout(buttons)
        self.setFixedWidth(px(380))
        for change in (self.form.edited, self.form.problems_changed):
            change.connect(lambda *_: QTimer.singleShot(0, self.adjustSize))

    def _names(self) -> tuple[str, str]:
        return ("Day", "And") if self._by == DATE else ("Number", "And") if self._by == NUMBER else ("Words", "And")

    def _editor(self) -> Editor:
        theme = self._context.theme
        if self._by == DATE:
            return DateEdit(theme, lambda: self._context.today)
        return NumberEdit(theme, least=0, most=MOST) if self._by == NUMBER else LineEdit(theme)

    def _show_now(self, now: Sequence[Filter]) -> None:
        way, first, last = read_condition(now)
        values = {"first": self._value(first), "last": self._value(last)}
        self.form.set_values({"way": way if way in self._ways else next(iter(self._ways)), **values})

    def _value(self, typed: str) -> Any:
        try:
            if self._by == DATE:
                return date.fromisoformat(typed)
            return int(typed) if self._by == NUMBER else typed
        except ValueError:
            return None

    def _fit_fields(self) -> None:
        way = self._ways.get(self.form.editors["way"].value())
        values = way.values if way is not None else 1
        self.form.set_shown("first", values > 0)
        self.form.set_shown("last", values > 1)

    def show_below(self) -> None:
        """Show it under its chip, within the window."""
        self.adjustSize()
        corner = self._anchor.mapToGlobal(QPoint(0, self._anchor.height() + 4))
        window = self._anchor.window()
        right = window.mapToGlobal(QPoint(window.width(), 0)).x() - self.width() - 8
        self.move(min(corner.x(), right), corner.y())
        self.show()
        first = self.form.editors["first"]
        (first if not first.isHidden() else self.form.editors["way"]).setFocus()

    def on_show(self) -> None:
        """Ask for what the form says."""
        values = self.form.checked_values()
        if values is None:
            return
        way = self._ways[values["way"]]
        wanted = ["first", "last"][: way.values]
        missing = {
            name: "This is empty. Write it, or choose another way." for name in wanted if not _is_said(values[name])
        }
        if missing:
            self.form.show_problems(missing, {})
            return
        made = make_filters(self._column, way.key, values.get("first"), values.get("last"))
        self.close()
        self.chosen.emit(made)

    def _on_clear(self) -> None:
        self.close()
        self.chosen.emit(())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.on_show()
        else:
            super().keyPressEvent(event)


def _is_said(value: Any) -> bool:
    return value not in (None, "")
