"""A date, typed in any usual way and echoed with its weekday. Never Qt's own date field, which alters what is typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.dates import ParsedDate, note_of_year, parse_birth_date, parse_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import DatePrecision
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import IconButton


class DateEdit(LineEdit):
    """`value()` is a date or None. `birth=True` reads dates of birth: never in the future, a year alone is enough.

    `ahead` is a date still to come; a form sets it from its field.

    Ctrl+; writes today, ↑ and ↓ go a day on and back, Alt+↓ opens a calendar. `today` is a date or what gives one.
    """

    def __init__(
        self,
        theme: Theme,
        today: date | Callable[[], date],
        *,
        birth: bool = False,
        approximate: bool = False,
        placeholder: str = "",
        calendar: bool = True,
        ahead: bool = False,
    ) -> None:
        self._today = today if callable(today) else lambda: today
        self._birth, self._approximate, self.ahead = birth, approximate, ahead
        super().__init__(theme, width=170, placeholder=placeholder, longest=60)
        self._button = IconButton(
            theme, "mdi6.calendar-today", "Choose from a calendar (Alt+↓)", self.open_calendar, small=True
        )
        self._button.setParent(self.line)
        # One stop for Tab in each date: the calendar opens with Alt+Down.
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setVisible(calendar)
        self._popup: CalendarPopup | None = None
        self._fit_button()
        self.line.textChanged.connect(lambda _: self._echo())

    def _measure(self) -> None:
        super()._measure()
        if hasattr(self, "_button"):
            self._fit_button()

    def _fit_button(self) -> None:
        side = self.theme.px(24)
        self._button.setGeometry(
            self.line.width() - side - self.theme.px(4), (self.line.height() - side) // 2, side, side
        )
        self.line.setTextMargins(0, 0, side if not self._button.isHidden() else 0, 0)

    def prefer_ahead(self) -> None:
        self.ahead = True

    def read(self) -> ParsedDate | None:
        """What was typed, read; None when nothing was. Raises Invalid({"": words}, {"": dates})."""
        typed = self.line.text().strip()
        if not typed:
            return None
        if self._birth:
            return parse_birth_date(typed, self._today())
        return parse_date(typed, self._today(), allow_approximate=self._approximate, ahead=self.ahead)

    def value(self) -> Any:
        parsed = self.read()
        return parsed.value if parsed is not None else None

    def precision(self) -> DatePrecision:
        """How exactly the date was given."""
        parsed = self.read()
        return parsed.precision if parsed is not None else DatePrecision.DAY

    def set_value(self, value: Any, precision: DatePrecision = DatePrecision.DAY) -> None:
        super().set_value("" if value is None else words_of(value, precision))

    def words_for(self, value: Any) -> str:
        return text.format_date(value, weekday=True)

    def _rest(self) -> None:
        self._echo()

    def _echo(self) -> None:
        """Say under the field what was read; while something unreadable is being typed, say nothing yet."""
        if self._problem:
            return
        try:
            parsed = self.read()
        except Invalid:
            self.note.show_note(self._help)
            return
        if parsed is None:
            self.note.show_note(self._help)
            return
        note = parsed.note
        if not self._birth:
            # The echo shows the whole year; only a birth date's century is a question.
            note = note.replace(note_of_year(parsed.value.year), "").strip()
        if note:
            self.note.show_note(f"{words_of(parsed.value, parsed.precision, weekday=True)}. {note}", "soon")
        else:
            self.note.show_note(words_of(parsed.value, parsed.precision, weekday=True), "in_date")

    def open_calendar(self) -> None:
        """Show a calendar under the field, at the date typed or today."""
        if self.line.isReadOnly():
            return
        self._popup = CalendarPopup(self.theme, self, self._date_or_today(), self._today())
        self._popup.chosen.connect(self._on_chosen)
        self._popup.open_under(self.line)

    def _on_chosen(self, day: date) -> None:
        self._mend(day)

    def _date_or_today(self) -> date:
        try:
            value = self.value()
        except Invalid:
            value = None
        return value if isinstance(value, date) else self._today()

    def _step(self, days: int) -> None:
        base = self._date_or_today()
        if not self.is_empty():
            base += timedelta(days=days)
        self.line.setText(text.format_date(base))
        self._on_edited()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() == QEvent.Type.Resize:
            self._fit_button()
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        if self.line.isReadOnly():
            return False
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if control and event.key() == Qt.Key.Key_Semicolon:
            self.line.setText("today")
            self._on_edited()
        elif event.key() == Qt.Key.Key_Down and alt:
            self.open_calendar()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not alt and not control:
            self._step(1 if event.key() == Qt.Key.Key_Up else -1)
        else:
            return False
        return True


def words_of(day: date, precision: DatePrecision, *, weekday: bool = False) -> str:
    """A date as exactly as it is known: "14 Jul 2026", "Jul 2026", "2026"."""
    if precision == DatePrecision.YEAR:
        return str(day.year)
    if precision == DatePrecision.MONTH:
        return text.format_month(day)
    return text.format_date(day, weekday=weekday)


class CalendarPopup(QFrame):
    """A month to pick a day from. Esc closes it; Enter takes the day."""

    chosen = Signal(date)

    def __init__(self, theme: Theme, parent: QWidget, day: date, today: date) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("box", "popover")
        self.setAccessibleName("Calendar")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(4), theme.px(4), theme.px(4), theme.px(4))
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName("Calendar")
        self.calendar.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        # Qt draws weekends in a red that fails against two of the themes.
        plain = QTextCharFormat()
        plain.setForeground(theme.color("text2"))
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(weekend, plain)
        mark = QTextCharFormat()
        mark.setForeground(theme.color("today"))
        mark.setFontWeight(600)
        self.calendar.setDateTextFormat(QDate(today.year, today.month, today.day), mark)
        for part, icon, words in (
            ("qt_calendar_prevmonth", "mdi6.chevron-left", "Month before"),
            ("qt_calendar_nextmonth", "mdi6.chevron-right", "Month after"),
        ):
            button = self.calendar.findChild(QToolButton, part)
            if isinstance(button, QToolButton):
                button.setIcon(theme.icon(icon, "text2"))
                button.setAccessibleName(words)
        self.calendar.clicked.connect(self._on_day)
        self.calendar.activated.connect(self._on_day)
        column.addWidget(self.calendar)

    def open_under(self, widget: QWidget) -> None:
        self.move(widget.mapToGlobal(QPoint(0, widget.height() + 2)))
        self.show()
        self.calendar.setFocus()

    def _on_day(self, day: QDate) -> None:
        picked = date(day.year(), day.month(), day.day())
        self.close()
        self.chosen.emit(picked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
