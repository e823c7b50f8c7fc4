"""The other editors: text, check box, radio buttons, NHS number, whole number, time of day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextOption
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QCheckBox, QHBoxLayout, QPlainTextEdit, QRadioButton, QWidget

from mhtracker import text
from mhtracker.domain.errors import Invalid
from mhtracker.domain.nhs import normalise_nhs_number
from mhtracker.ui.editors import Editor, ParsedEdit, clean
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.labels import button_words

LONGEST_TEXT = 1_000_000
LONGEST_WORD = 1_000
_TIME = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))? ?(am|pm)?", re.IGNORECASE)


class _Area(QPlainTextEdit):
    """Takes plain text only, and no more than can be kept."""

    refused = Signal(int)

    def suit(self, words: str) -> None:
        """Choose how lines break: Qt takes minutes to look for a break in one word of a million letters."""
        endless = any(len(word) > LONGEST_WORD for word in words.split())
        mode = QTextOption.WrapMode.WrapAnywhere if endless else QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
        if self.wordWrapMode() != mode:
            self.setWordWrapMode(mode)

    def insertFromMimeData(self, source: QMimeData) -> None:
        pasted = source.text()
        if self.document().characterCount() + len(pasted) > LONGEST_TEXT:
            self.refused.emit(len(pasted))
            return
        self.suit(self.toPlainText() + pasted)
        super().insertFromMimeData(source)


class TextEdit(Editor):
    """Lines of plain text. Tab leaves it; what is pasted loses its formatting."""

    def __init__(self, theme: Theme, *, lines: int = 3, placeholder: str = "") -> None:
        self.area = _Area()
        self.area.setTabChangesFocus(True)
        self.area.setPlaceholderText(placeholder)
        self._lines = lines
        super().__init__(theme, self.area)
        self.area.viewport().setAccessibleName("Text")
        self.area.textChanged.connect(self._on_edited)
        self.area.refused.connect(self._on_refused)

    def _on_refused(self, length: int) -> None:
        self.show_problem(
            f"What you copied is {length:,} characters long and was not put in. Up to {LONGEST_TEXT:,} can be kept."
        )

    def _measure(self) -> None:
        super()._measure()
        line = self.area.fontMetrics().lineSpacing()
        self.area.setFixedHeight(line * self._lines + self.theme.px(10) + 12)

    def set_name(self, name: str, about: str = "") -> None:
        super().set_name(name, about)
        self.area.viewport().setAccessibleName(name)

    def value(self) -> Any:
        words = clean(self.area.toPlainText())
        if len(words) > LONGEST_TEXT:
            raise Invalid({"": f"This is {len(words):,} characters long. Up to {LONGEST_TEXT:,} can be kept."})
        return words

    def set_value(self, value: Any) -> None:
        self.area.blockSignals(True)
        self.area.suit(str(value or ""))
        self.area.setPlainText("" if value is None else str(value))
        self.area.blockSignals(False)
        self.clear_problem()

    def text_value(self) -> str:
        return self.area.toPlainText()

    def restore_text(self, typed: str) -> None:
        self.set_value(typed)


class CheckEdit(Editor):
    """A statement that holds or not."""

    def __init__(self, theme: Theme, words: str) -> None:
        self.box = QCheckBox(button_words(words))
        self._words = words
        super().__init__(theme, self.box)
        self.set_name(words)
        self.box.toggled.connect(lambda _: self._on_edited())

    def set_name(self, name: str, about: str = "") -> None:
        """Its own words are its name where the field beside it has none."""
        super().set_name(name or self._words, about)

    def value(self) -> Any:
        return self.box.isChecked()

    def set_value(self, value: Any) -> None:
        self.box.blockSignals(True)
        self.box.setChecked(bool(value))
        self.box.blockSignals(False)

    def text_value(self) -> str:
        return "yes" if self.box.isChecked() else ""

    def restore_text(self, typed: str) -> None:
        self.set_value(typed == "yes")

    def is_empty(self) -> bool:
        return False


class _Options(QWidget):
    """Takes the keyboard to the chosen option, or the first."""

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[QRadioButton] = []

    def focusInEvent(self, event: QFocusEvent) -> None:
        chosen = next((button for button in self.buttons if button.isChecked()), self.buttons[0])
        chosen.setFocus(event.reason())


class RadioEdit(Editor):
    """A few options, all in sight, of which one holds; None until one is chosen. Options are (value, words)."""

    def __init__(self, theme: Theme, options: Sequence[tuple[Any, str]]) -> None:
        self._options = tuple(options)
        self._box = _Options()
        self._row = row = QHBoxLayout(self._box)
        row.setContentsMargins(0, theme.px(3), 0, theme.px(3))
        row.setSpacing(theme.px(20))
        self._group = QButtonGroup(self._box)
        for number, (_, words) in enumerate(self._options):
            button = QRadioButton(button_words(words))
            button.setAccessibleName(words)
            self._group.addButton(button, number)
            self._box.buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)
        super().__init__(theme, self._box)
        for button in self._box.buttons:
            button.installEventFilter(self)
        self._group.idToggled.connect(self._on_toggled)

    def set_upright(self, spacing: int) -> None:
        """Put the options under one another, for words that are too long to stand side by side."""
        self._row.setDirection(QBoxLayout.Direction.TopToBottom)
        self._row.setSpacing(spacing)

    def set_name(self, name: str, about: str = "") -> None:
        super().set_name(name, about)
        for button, (_, words) in zip(self._box.buttons, self._options, strict=True):
            button.setAccessibleName(f"{name}: {words}")

    def value(self) -> Any:
        number = self._group.checkedId()
        return self._options[number][0] if number >= 0 else None

    def set_value(self, value: Any) -> None:
        self._group.blockSignals(True)
        self._group.setExclusive(False)
        for button, (option, _) in zip(self._box.buttons, self._options, strict=True):
            button.setChecked(value is not None and option == value)
        self._group.setExclusive(True)
        self._group.blockSignals(False)
        self.clear_problem()

    def text_value(self) -> str:
        number = self._group.checkedId()
        return self._options[number][1] if number >= 0 else ""

    def restore_text(self, typed: str) -> None:
        self.set_value(next((value for value, words in self._options if words == typed), None))

    def words_for(self, value: Any) -> str:
        return next((words for option, words in self._options if option == value), str(value))

    def _on_toggled(self, _number: int, on: bool) -> None:
        if on:
            self._on_edited()
            self.settled.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched in self._box.buttons:
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
            if step:
                place = self._box.buttons.index(watched)
                button = self._box.buttons[(place + step) % len(self._box.buttons)]
                button.setChecked(True)
                button.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)


class NhsEdit(ParsedEdit):
    """An NHS number, checked by its last digit and shown 3-3-4; the value is ten digits or None."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, normalise_nhs_number, text.format_nhs, width=150)


class NumberEdit(ParsedEdit):
    """A whole number from `least` to `most`, or None."""

    def __init__(self, theme: Theme, *, least: int = 0, most: int = 99_999, width: int = 72) -> None:
        def read(typed: str) -> int:
            plain = typed.replace(",", "").removesuffix("%").strip()
            if not (plain.isascii() and plain.isdigit()) or not least <= int(plain) <= most:
                raise Invalid({"": f"Write a whole number from {least:,} to {most:,}."})
            return int(plain)

        super().__init__(theme, read, str, width=width)


class DecimalEdit(ParsedEdit):
    """A number from 0 to `most`, with decimals where there are any, or None. Its `sign` may be written after it.

    `wrong` says of what was typed that it is no such number, `outside` that it is too much or too little.
    """

    def __init__(self, theme: Theme, *, most: float, sign: str, wrong: str, outside: str) -> None:
        def read(typed: str) -> float:
            try:
                number = float(typed.replace(",", ".").removesuffix(sign).strip())
            except ValueError as error:
                raise Invalid({"": f"“{typed}” {wrong}"}) from error
            if not 0 <= number <= most:
                raise Invalid({"": outside})
            return number

        super().__init__(theme, read, lambda number: f"{number:g}", width=72)


def hours_edit(theme: Theme) -> DecimalEdit:
    """Hours in a week, halves and quarters too."""
    return DecimalEdit(
        theme, most=168, sign="h", wrong="is not a number of hours. Write it like 4.5.",
        outside="A week has 168 hours. Write those of one worker; a second one has a line of their own.",
    )  # fmt: skip


def percent_edit(theme: Theme) -> DecimalEdit:
    """A share in hundredths."""
    return DecimalEdit(
        theme, most=100, sign="%", wrong="is no share. Write it like 50 or 33.3.",
        outside="A share lies between 0 and 100. Write what part of the cost the NHS pays.",
    )  # fmt: skip


class TimeEdit(ParsedEdit):
    """A time of day: 10:30, 1030, 10.30, 9am. The value is "10:30", or None."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, read_time, str, width=84)


def read_time(typed: str) -> str:
    """The time "10:30" from what people write. Raises Invalid({"": words})."""
    match = _TIME.fullmatch(typed.strip())
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (-1, 0)
    half = (match[3] or "").lower() if match else ""
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif half:
        hour = -1
    if not (0 <= hour <= 23 and 0 <= minute <= 59):
        raise Invalid({"": f"“{typed}” is not a time of day. Write it like 10:30."})
    return f"{hour:02}:{minute:02}"
