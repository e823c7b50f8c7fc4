"""Choosing the day to look at: as things stood on a day, and as they were known by a day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mhtracker.text import format_date
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.labels import Label


class AsAtPopover(QFrame):
    """Hangs under the header's button. Enter shows the day typed; Esc leaves everything as it is."""

    def __init__(self, context: Context, anchor: QWidget) -> None:
        super().__init__(anchor.window(), Qt.WindowType.Popup)
        self._context, self._anchor = context, anchor
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)  # for its round corners
        self.setAccessibleName("Look at another day")
        theme, px, today = context.theme, context.theme.px, context.today
        day_help = "Everything as it stood on that day. A day ahead shows what will be due."
        known_help = "Only what had been recorded by that day’s end, later corrections left out. Empty: up to now."
        self.form = Form(
            theme,
            Ask("day", DateEdit(theme, today, placeholder="Today"), label="As at", help=day_help),
            Ask("known", DateEdit(theme, today, placeholder="Now"), label="As it was known on", help=known_help),
            name="Look at another day",
        )
        self.form.set_values({"day": context.as_at if context.as_at != today else None, "known": context.as_known})
        ground = QFrame()
        ground.setProperty("box", "popover")
        ground.setAccessibleName("Look at another day")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)
        column = QVBoxLayout(ground)
        column.setContentsMargins(px(16), px(12), px(16), px(12))
        column.setSpacing(px(10))
        column.addWidget(Label("Look at another day", "heading"))
        days = QHBoxLayout()
        days.setSpacing(px(14))
        for words, day in usual_days(today):
            days.addWidget(LinkButton(theme, words, partial(self.on_day, day)))
        days.addStretch(1)
        column.addLayout(days)
        column.addWidget(self.form)
        buttons = QHBoxLayout()
        buttons.addWidget(Button(theme, "Back to today", self.on_today))
        buttons.addStretch(1)
        buttons.addWidget(Button(theme, "Show this day", self.on_show, kind="primary"))
        column.addLayout(buttons)
        self.setFixedWidth(px(420))
        for change in (self.form.edited, self.form.problems_changed):
            change.connect(lambda *_: QTimer.singleShot(0, self.adjustSize))

    def show_below(self) -> None:
        """Show it under its button, within the window."""
        self.adjustSize()
        corner = self._anchor.mapToGlobal(QPoint(0, self._anchor.height() + 4))
        window = self._anchor.window()
        right = window.mapToGlobal(QPoint(window.width(), 0)).x() - self.width() - 8
        self.move(min(corner.x(), right), corner.y())
        self.show()
        self.form.focus_first()

    def on_day(self, day: date) -> None:
        """Take one of the days that are often asked for."""
        self.form.editors["day"].set_value(day)
        self.form.focus_first()

    def on_today(self) -> None:
        self.close()
        self._context.shell.look_at(None)

    def on_show(self) -> None:
        values = self.form.checked_values()
        if values is None:
            return
        self.close()
        known = values["known"]
        self._context.shell.look_at(values["day"], known if known is not None and known < self._context.today else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.on_show()
        else:
            super().keyPressEvent(event)


def usual_days(today: date) -> list[tuple[str, date]]:
    """Days that are often asked for: the ends of the last month, of the last financial year and of the last year."""
    month_end = today.replace(day=1) - timedelta(days=1)
    year = today.year if today >= date(today.year, 4, 1) else today.year - 1
    return [
        (format_date(day), day) for day in dict.fromkeys((month_end, date(year, 3, 31), date(today.year - 1, 12, 31)))
    ]
