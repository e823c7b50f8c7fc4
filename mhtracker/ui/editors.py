"""What people type into.

Each editor reads a value from what was typed, says under itself what it read or what is wrong, and never changes a
typed word by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.errors import Invalid
from mhtracker.domain.number_limits import MOST_SUM_PENCE, TOO_LARGE_A_SUM
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import IconLabel, Label, breakable, restyle
from mhtracker.ui.widgets.shapes import ShapeMark

LOOK_AGAIN_MS = 20
"""How often it is looked whether the mouse button is still down."""

_CONTROL = dict.fromkeys((*range(9), *range(11, 32), 127))


class NoteLine(QWidget):
    """The line under a field: help, or what was read, or what is wrong with buttons that put it right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("About this field")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(2), 0, 0)
        column.setSpacing(theme.px(4))
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        self._mark = ShapeMark(theme, "in_date", "Read as")
        self._words = Label("", wrap=True)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 1)
        column.addLayout(row)
        self._buttons = FlowLayout(across=theme.px(6), down=theme.px(4))
        column.addLayout(self._buttons)
        self.hide()

    @property
    def words(self) -> str:
        return "" if self.isHidden() else self._words.text()

    @property
    def buttons(self) -> list[Button]:
        items = (self._buttons.itemAt(place) for place in range(self._buttons.count()))
        return [widget for item in items if item is not None and isinstance(widget := item.widget(), Button)]

    def show_note(self, words: str, shape: str = "", mends: Sequence[tuple[str, Callable[[], object]]] = ()) -> None:
        """`shape` "" is help, "in_date" what was read, "soon" something to check, "overdue" a problem."""
        for button in self.buttons:
            self._buttons.removeWidget(button)
            button.hide()
            button.deleteLater()
        for label, act in mends:
            self._buttons.addWidget(Button(self._theme, label, act, small=True))
        self._words.setText(breakable(words))
        self._words.setProperty("role", "strong" if shape else "caption")
        self._words.setProperty("tone", {"in_date": "ok", "overdue": "danger", "soon": "warn"}.get(shape, "text3"))
        restyle(self._words)
        self._mark.setVisible(bool(shape))
        if shape:
            said = {"in_date": "Read as", "soon": "To check"}.get(shape, "To put right")
            self._mark.set_shape(shape, said)
        self.setAccessibleName(words or "About this field")
        self.setVisible(bool(words))


class Editor(QWidget):
    """One field. `edited` at every change, `settled` when it is left or chosen, `judged` when found right or wrong.

    `value()` raises `Invalid({"": words})` for what cannot be read. `text_value` and `restore_text` carry exactly what
    was typed, for drafts.
    """

    edited = Signal()
    settled = Signal()
    judged = Signal()

    def __init__(self, theme: Theme, control: QWidget, width: int = 0) -> None:
        super().__init__()
        self.theme, self.control = theme, control
        self._width = width
        self._help = ""
        self._problem = ""
        self._flow: FlowLayout | None = None
        self.note = NoteLine(theme)
        self.row = QHBoxLayout()
        self.row.setSpacing(theme.px(8))
        self.row.addWidget(control, 0 if width else 1)
        if width:
            self.row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.row)
        column.addWidget(self.note)
        self._let_go = QTimer(self)
        self._let_go.setSingleShot(True)
        self._let_go.setInterval(LOOK_AGAIN_MS)
        self._let_go.timeout.connect(self._on_let_go)
        self.setFocusProxy(control)
        control.installEventFilter(self)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        if self._width:
            self.control.setFixedWidth(self.theme.px(self._width))

    # For each kind of editor to say

    def value(self) -> Any:
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        raise NotImplementedError

    def text_value(self) -> str:
        raise NotImplementedError

    def restore_text(self, typed: str) -> None:
        raise NotImplementedError

    def words_for(self, value: Any) -> str:
        """How a value offered as a mend reads on its button."""
        return str(value)

    # For all

    def is_empty(self) -> bool:
        return not self.text_value().strip()

    def set_name(self, name: str, about: str = "") -> None:
        self.setAccessibleName(name)
        self.control.setAccessibleName(name)
        self.control.setAccessibleDescription(about)

    def prefer_ahead(self) -> None:
        """What is written here is still to come. Only dates can be read in two ways."""

    def set_help(self, words: str) -> None:
        self._help = words
        self._rest()

    def add_beside(self, widget: QWidget) -> None:
        """Put a unit or a second field after this one, on the same line, or under it where there is no room."""
        if self._flow is None and self._width:
            self._flow = FlowLayout(across=self.theme.px(8), down=self.theme.px(6))
            while self.row.takeAt(0) is not None:  # the control, and the room after it, which is the line's now
                continue
            self._flow.addWidget(self.control)
            self.row.insertLayout(0, self._flow, 1)
        (self.row if self._flow is None else self._flow).addWidget(widget)

    @property
    def problem(self) -> str:
        return self._problem

    def show_problem(self, words: str, mends: Sequence[Any] = ()) -> None:
        """Say what is wrong, under the field, and offer values that would be right."""
        self._problem = words
        self._mark_problem(True)
        offers = [(self.words_for(value), lambda value=value: self._mend(value)) for value in mends]
        if offers:
            words = (
                f"{words} Did you mean {'one of these' if len(offers) > 1 else 'this'}?" if "?" not in words else words
            )
        self.note.show_note(words, "overdue", offers)
        self.control.setAccessibleDescription(words)
        self.judged.emit()

    def clear_problem(self) -> None:
        if self._problem:
            self._problem = ""
            self._mark_problem(False)
            self.control.setAccessibleDescription(self._help)
            self._rest()
            self.judged.emit()

    def check(self) -> bool:
        """Read the value and show what is wrong with it, if anything; an empty field is not wrong by itself.

        What the rules had against it stays until it is typed in: reading it says nothing about them.
        """
        try:
            if not self.is_empty():
                self.value()
        except Invalid as wrong:
            self.show_problem(wrong.problems.get("", str(wrong)), wrong.mends.get("", ()))
            return False
        self._rest()
        return True

    def _mend(self, value: Any) -> None:
        self.clear_problem()
        self.set_value(value)
        self.setFocus()
        self.edited.emit()
        self.settled.emit()

    def _mark_problem(self, wrong: bool) -> None:
        self.control.setProperty("problem", "true" if wrong else "false")
        restyle(self.control)

    def _rest(self) -> None:
        """Show what stands under the field while nothing is wrong."""
        if not self._problem:
            self.note.show_note(self._help)

    def _on_edited(self) -> None:
        self.clear_problem()
        self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.control and event.type() == QEvent.Type.FocusOut and self.isEnabled():
            self._leave()
        return False

    def _leave(self) -> None:
        """Judge what was typed; while a mouse button is down, not before it is let go.

        What is then said under the field would move the form beneath the mouse, and the click would land elsewhere.
        """
        if QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self._on_left()
        else:
            self._let_go.start()

    @Slot()
    def _on_let_go(self) -> None:
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._let_go.start()
        elif not self.control.hasFocus():
            self._on_left()

    def _on_left(self) -> None:
        self.check()
        self.settled.emit()


class LineEdit(Editor):
    """One line of text, given back without outer spaces and unseen control characters."""

    def __init__(self, theme: Theme, *, width: int = 0, placeholder: str = "", longest: int = 500) -> None:
        self.line = QLineEdit()
        self.line.setPlaceholderText(placeholder)
        self.line.setMaxLength(longest)
        super().__init__(theme, self.line, width)
        self._lock: IconLabel | None = None
        self._before = 0
        self.line.textEdited.connect(lambda _: self._on_edited())

    def value(self) -> Any:
        return clean(self.line.text())

    def set_value(self, value: Any) -> None:
        self.line.setText("" if value is None else str(value))
        self.clear_problem()
        self._rest()

    def text_value(self) -> str:
        return self.line.text()

    def restore_text(self, typed: str) -> None:
        self.line.setText(typed)
        self.check()

    def set_locked(self, locked: bool, why: str = "") -> None:
        """Show the value without letting it be changed, and say why."""
        self.line.setReadOnly(locked)
        if self._lock is None:
            self._lock = IconLabel(self.theme, "mdi6.lock-outline", "Locked", size=16)
            self._lock.setParent(self.line)
        self._lock.setVisible(locked)
        self._lock.move(self.line.width() - self.theme.px(24), (self.line.height() - self._lock.height()) // 2)
        self._fit_margins()
        self.set_help(why)
        self.control.setAccessibleDescription(f"Locked. {why}".strip() if locked else self._help)

    def _fit_margins(self) -> None:
        """Keep what is typed clear of what stands before it (pixels at 100%) and of the lock."""
        behind = 22 if self.line.isReadOnly() and self._lock is not None else 0
        self.line.setTextMargins(self.theme.px(self._before), 0, self.theme.px(behind), 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() == QEvent.Type.Resize and self._lock is not None:
            self._lock.move(self.line.width() - self.theme.px(24), (self.line.height() - self._lock.height()) // 2)
        return super().eventFilter(watched, event)


class ParsedEdit(LineEdit):
    """A line read by a function. It is shown as it was typed until the field is left, then as `show` writes it."""

    def __init__(
        self,
        theme: Theme,
        read: Callable[[str], Any],
        show: Callable[[Any], str],
        *,
        width: int = 0,
        placeholder: str = "",
    ) -> None:
        self._read, self._show = read, show
        super().__init__(theme, width=width, placeholder=placeholder)

    def value(self) -> Any:
        typed = self.line.text().strip()
        return self._read(typed) if typed else None

    def set_value(self, value: Any) -> None:
        super().set_value("" if value is None else self._show(value))

    def words_for(self, value: Any) -> str:
        return self._show(value)

    def _on_left(self) -> None:
        if self.check() and not self.is_empty():
            self.line.setText(self._show(self.value()))
        self.settled.emit()


class MoneyEdit(ParsedEdit):
    """Pounds and pence; the value is whole pence, or None."""

    def __init__(self, theme: Theme, *, width: int = 104) -> None:
        super().__init__(theme, read_pence, lambda pence: text.format_pence(pence).replace("£", ""), width=width)
        self._sign = QLabel("£", self.line)
        self._sign.setTextFormat(Qt.TextFormat.PlainText)
        self._sign.setAccessibleName("Pounds")
        self._sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._before = 9
        self._fit_margins()
        theme.changed.connect(self._fit_margins)

    def words_for(self, value: Any) -> str:
        return text.format_pence(value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._sign.setGeometry(self.theme.px(9), 0, self.theme.px(12), self.line.height())
        return super().eventFilter(watched, event)


def clean(typed: str) -> str:
    """Text without outer spaces and without control characters, which no screen shows and Excel refuses."""
    return typed.translate(_CONTROL).strip()


def read_pence(typed: str) -> int:
    """Whole pence from "712.50", "£1,234" or "1234.5". Raises Invalid({"": words})."""
    plain = typed.replace("£", "").replace(" ", "").replace("\u00a0", "")
    pounds, dot, pence = plain.partition(".")
    if "," in pounds:
        first, *groups = pounds.split(",")
        if not first or len(first) > 3 or any(len(group) != 3 for group in groups):
            raise Invalid({"": f"“{typed}” could be read two ways. Write pounds and pence like 1,234.50."})
        pounds = first + "".join(groups)
    if not (pounds or pence) or not f"{pounds}{pence}".isascii() or not f"{pounds or 0}{pence or 0}".isdigit():
        raise Invalid({"": f"“{typed}” is not an amount. Write pounds and pence like 712.50."})
    if dot and len(pence) > 2:
        raise Invalid({"": "Pence have two figures, such as 712.50."})
    # So many figures at most, since int() refuses thousands of them with words of its own.
    found = int(pounds or 0) * 100 + int((pence or "0").ljust(2, "0")) if len(pounds) <= 20 else MOST_SUM_PENCE + 1
    if found > MOST_SUM_PENCE:
        raise Invalid({"": TOO_LARGE_A_SUM})
    return found


def is_plain_enter(event: QKeyEvent) -> bool:
    """Enter by itself, which in a line of a form goes on to the next field."""
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
