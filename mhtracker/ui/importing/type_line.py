"""Typing what should stand in a cell, in the field that fits it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import DatePrecision
from mhtracker.operations.importing.headings import Kind
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.editors import Editor, LineEdit, MoneyEdit
from mhtracker.ui.more_editors import NhsEdit
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.labels import Label


def editor_for(theme: Theme, kind: Kind, today: date) -> Editor:
    """The field for a kind of cell."""
    if kind in (Kind.DATE, Kind.BIRTH):
        return DateEdit(theme, today, birth=kind is Kind.BIRTH)
    if kind is Kind.NHS:
        return NhsEdit(theme)
    if kind is Kind.MONEY:
        return MoneyEdit(theme)
    return LineEdit(theme)


def as_cell(editor: Editor) -> str:
    """What was typed, as a cell would have it: "today" and "+6w" as the day they mean. Raises Invalid."""
    value = editor.value()
    if isinstance(editor, DateEdit) and isinstance(value, date) and editor.precision() is DatePrecision.DAY:
        return value.isoformat()
    return editor.text_value().strip()


class TypeLine(QWidget):
    """Fields as (their heading, kind, label, what stands there), and "Use it". Enter uses it, Esc leaves it."""

    typed = Signal(list)
    left = Signal()

    def __init__(
        self, theme: Theme, fields: Sequence[tuple[str, Kind, str, str]], today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("What is right")
        column = QVBoxLayout(self)
        column.setContentsMargins(3, theme.px(2), 3, 0)
        column.setSpacing(theme.px(4))
        self.editors: list[tuple[str, Editor]] = []
        for heading, kind, label, stands in fields:
            if len(fields) > 1:
                column.addWidget(Label(label, "caption", "text2"))
            editor = editor_for(theme, kind, today)
            editor.set_name(label)
            editor.restore_text(stands)
            editor.control.installEventFilter(self)
            column.addWidget(editor)
            self.editors.append((heading, editor))
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        self.use = Button(theme, "Use it", self.on_use, small=True)
        self.leave = LinkButton(theme, "Leave it", self.left.emit)
        row.addWidget(self.use)
        row.addWidget(self.leave)
        row.addStretch(1)
        column.addLayout(row)

    def focus_first(self) -> None:
        editor = self.editors[0][1]
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(editor, LineEdit):
            editor.line.selectAll()

    def tab_stops(self) -> list[QWidget]:
        """What Tab goes through, in reading order."""
        return [*(editor for _, editor in self.editors), self.use, self.leave]

    def on_use(self) -> None:
        """Tell what was typed, once all of it can be read."""
        found: list[tuple[str, str]] = []
        for heading, editor in self.editors:
            if editor.is_empty():
                editor.show_problem("Type what is right, or leave it blank.")
            elif editor.check():
                try:
                    found.append((heading, as_cell(editor)))
                    continue
                except Invalid as wrong:
                    editor.show_problem(str(wrong))
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.typed.emit(found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.on_use()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)
