"""The day the window looks at, unmistakable when it is not today."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from mhtracker.text import format_date

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from mhtracker.ui.context import Context
    from mhtracker.ui.header import HeaderBar
    from mhtracker.ui.notice_bar import NoticeBar

EVERY_MS = 60_000


class Looking(QObject):
    """Keeps `context.as_at` and `as_known`, the line across the window, and today's turning at midnight."""

    def __init__(self, context: Context, window: QWidget, header: HeaderBar, bar: NoticeBar) -> None:
        super().__init__(window)
        self._context, self._header, self._bar = context, header, bar
        self._today = context.today
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._on_minute)
        self._clock.start(EVERY_MS)

    def look_at(self, day: date | None, known: date | None = None) -> None:
        """Look at a day (None: today), and at what was recorded by a day's end (None: now)."""
        if known == self._context.as_known:
            self._arrive(day, known)
        else:
            self._context.jobs.look_back(known, as_at=day, then=lambda: self._arrive(day, known))

    def start_again(self) -> None:
        """Look at today, as a register that was just opened does."""
        self._context.as_at, self._context.as_known = self._context.today, None
        self.show()

    def _arrive(self, day: date | None, known: date | None) -> None:
        self._context.as_at, self._context.as_known = day or self._context.today, known
        self.show()
        self._context.bus.as_at_changed.emit()

    def show(self) -> None:
        """Say the day in the header and, when it is not today, across the window."""
        context = self._context
        self._header.set_as_at(short_words(context.as_at, context.as_known, context.today))
        if context.looks_elsewhere:
            self._bar.tell(*looking_words(context.as_at, context.as_known, context.today))
        self._bar.setVisible(context.looks_elsewhere)

    @Slot()
    def _on_minute(self) -> None:
        before, self._today = self._today, self._context.today
        if before != self._today and self._context.as_at == before and self._context.has_register:
            self.look_at(None, self._context.as_known)


def looking_words(as_at: date, as_known: date | None, today: date) -> tuple[str, str]:
    """A title and a sentence that say what is being looked at."""
    day = format_date(as_at, weekday=True)
    if as_known is not None:
        known = format_date(as_known, weekday=True)
        title = f"As it was known on {known}, as at {f'today, {day}' if as_at == today else day}."
    else:
        title = f"As at {day}, not today." if as_at != today else f"As at today, {day}."
    sentences = []
    if as_known is not None:
        sentences.append("What was recorded later is left out, corrections too. Nothing can be recorded here.")
    if as_at < today:
        sentences.append("What happened after that day has not happened yet.")
    elif as_at > today:
        sentences.append("Ages, days and due states are counted on that day.")
    return title, " ".join(sentences)


def short_words(as_at: date, as_known: date | None, today: date) -> str:
    """The same for the header's button: `As at 31 Dec 2025`, `Known on 31 Jan 2026`."""
    if as_known is not None:
        at = "" if as_at in (as_known, today) else f", as at {format_date(as_at)}"
        return f"Known on {format_date(as_known)}{at}"
    return "As at today" if as_at == today else f"As at {format_date(as_at)}"
