"""Choosing the day to look at: as things stood on a day, and as they were known by a day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mhtracker.domain.dates import parse_date
from mhtracker.domain.errors import Invalid
from mhtracker.text import format_date
from mhtracker.ui.context import Context
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.labels import Label, restyle


class DayField(QWidget):
    """A date as typed, with the day understood, or what is wrong, beneath it. Empty is allowed and means None."""

    def __init__(self, label: str, help_words: str, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today, self._help = today, help_words
        self.setAccessibleName(label)
        caption = Label(label, "strong")
        self.editor = QLineEdit()
        self.editor.setAccessibleName(label)
        self.editor.setAccessibleDescription(help_words)
        self.editor.setPlaceholderText("14/7/26, 14 Jul 2026, -6m")
        self.editor.textChanged.connect(self.read)
        caption.setBuddy(self.editor)
        self._echo = Label(help_words, "caption", "text2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(3, 3, 3, 3)
        column.setSpacing(4)
        for widget in (caption, self.editor, self._echo):
            column.addWidget(widget)

    def set_day(self, day: date | None) -> None:
        self.editor.setText(format_date(day))

    def read(self) -> tuple[bool, date | None]:
        """Whether what is typed can be understood, and the day."""
        text = self.editor.text().strip()
        day: date | None = None
        problem = ""
        if text:
            try:
                day = parse_date(text, self._today).value
            except Invalid as wrong:
                problem = str(wrong)
        self._echo.setText(problem or format_date(day, weekday=True) or self._help)
        self._echo.set_tone("danger" if problem else "ok" if day else "text2")
        self.editor.setProperty("problem", "true" if problem else "false")
        restyle(self.editor)
        return not problem, day


class AsAtPopover(QFrame):
    """Hangs under the header's button. Enter shows the day typed; Esc leaves everything as it is."""

    def __init__(self, context: Context, anchor: QWidget) -> None:
        super().__init__(anchor.window(), Qt.WindowType.Popup)
        self._context, self._anchor = context, anchor
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)  # for its round corners
        self.setProperty("box", "popover")
        self.setAccessibleName("Look at another day")
        theme, px, today = context.theme, context.theme.px, context.today
        self.day = DayField("As at", "Everything as it stood on that day. A day ahead shows what will be due.", today)
        self.known = DayField("Recorded by", "Only what had been recorded by that day’s end. Empty: up to now.", today)
        self.day.set_day(context.as_at if context.as_at != today else None)
        self.known.set_day(context.as_known)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(16), px(12))
        column.setSpacing(px(8))
        column.addWidget(Label("Look at another day", "heading"))
        column.addWidget(self.day)
        shortcuts = QHBoxLayout()
        for words, day in usual_days(today):
            shortcuts.addWidget(LinkButton(theme, words, partial(self.day.set_day, day)))
        shortcuts.addStretch(1)
        column.addLayout(shortcuts)
        column.addWidget(self.known)
        buttons = QHBoxLayout()
        buttons.addWidget(Button(theme, "Back to today", self.on_today))
        buttons.addStretch(1)
        buttons.addWidget(Button(theme, "Show this day", self.on_show, kind="primary"))
        column.addLayout(buttons)
        self.setMinimumWidth(px(340))

    def show_below(self) -> None:
        """Show it under its button, within the window."""
        self.adjustSize()
        corner = self._anchor.mapToGlobal(QPoint(0, self._anchor.height() + 4))
        window = self._anchor.window()
        right = window.mapToGlobal(QPoint(window.width(), 0)).x() - self.width() - 8
        self.move(min(corner.x(), right), corner.y())
        self.show()
        self.day.editor.setFocus()

    def on_today(self) -> None:
        self.close()
        self._context.shell.look_at(None)

    def on_show(self) -> None:
        right, day = self.day.read()
        known_right, known = self.known.read()
        if not right:
            self.day.editor.setFocus()
        elif not known_right:
            self.known.editor.setFocus()
        else:
            self.close()
            known = None if known is None or known >= self._context.today else known
            self._context.shell.look_at(day, known)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.on_show()
        else:
            super().keyPressEvent(event)


def usual_days(today: date) -> list[tuple[str, date]]:
    """Days that are often asked for: the ends of the last month and of the last financial year."""
    month_end = today.replace(day=1) - timedelta(days=1)
    year = today.year if today >= date(today.year, 4, 1) else today.year - 1
    year_end = date(year, 3, 31)
    return [(format_date(day), day) for day in dict.fromkeys((month_end, year_end, date(today.year - 1, 12, 31)))]
