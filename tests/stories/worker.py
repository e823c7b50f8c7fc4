"""Somebody at the window, in verbs: what a social worker does with keys and mouse, and what they can read.

Keys go to the window as the system sends them, so that focus, shortcuts and popups decide who gets them. Only the
system's own dialogs are answered for (`chooses_file`).
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QAbstractListModel, QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mhtracker import settings
from mhtracker.store.clock import FixedClock
from mhtracker.ui.app import begin, build_window
from mhtracker.ui.choice_edit import ChoiceEdit
from mhtracker.ui.editors import Editor
from mhtracker.ui.forms import Form
from mhtracker.ui.pages.base import Page
from mhtracker.ui.theme import Theme
from mhtracker.ui.window import Window
from tests.stories.watchdog import Watchdog

CONTROL, ALT, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
PATIENCE_MS = 15_000
SOON_MS = 300


class Worker:
    """One person at one computer. `folder` is theirs; their settings live in it from one start to the next."""

    def __init__(self, qtbot: QtBot, theme: Theme, watchdog: Watchdog, monkeypatch: pytest.MonkeyPatch) -> None:
        self._qtbot, self._theme, self.watchdog = qtbot, theme, watchdog
        self._monkeypatch = monkeypatch
        self._window: Window | None = None

    # Starting and closing

    @property
    def window(self) -> Window:
        assert self._window is not None, "the program is not running"
        return self._window

    def starts(self, day: date, address: Path | str | None = None) -> None:
        """Start the program on a day: on `address`, else as it would begin by itself."""
        with self.watchdog.watching(f"started the program on {day:%d %b %Y}"):
            window = build_window(settings.load(), FixedClock(day), self._theme)
            self._qtbot.addWidget(window, before_close_func=lambda each: each.context.jobs.close())
            begin(window, None if address is None else str(address))
            window.resize(1440, 900)
            window.show()
            window.activateWindow()
        self._window = window
        self.waits_until(lambda: window.at_work or window.registers._start is not None)
        self.waits()

    def closes(self) -> None:
        """Close the program with Ctrl+Q."""
        self.presses("Ctrl+Q")
        assert not self.window.isVisible()
        self._window = None

    def starts_again(self, day: date) -> None:
        """Close the program, and start it on another day as it begins by itself."""
        self.closes()
        self.starts(day)
        assert self.window.at_work

    # Waiting

    def waits_until(self, true: Callable[[], object], patience_ms: int = PATIENCE_MS) -> None:
        with self.watchdog.watching():
            self._qtbot.waitUntil(lambda: bool(true()), timeout=patience_ms)

    def waits(self) -> None:
        """Until everything asked of the register has come home and what follows from it is shown."""
        with self.watchdog.watching():
            for _ in range(2):
                self._qtbot.waitUntil(lambda: self._idle, timeout=PATIENCE_MS)
                QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
                QCoreApplication.processEvents()
                self._come_to_the_front()

    @property
    def _idle(self) -> bool:
        if self._window is None:
            return True
        # What a form works out a moment after it was edited is still to come.
        soon = any(
            timer.isActive() and timer.isSingleShot() and timer.interval() <= SOON_MS
            for timer in self._window.findChildren(QTimer)
        )
        return self._window.context.jobs.idle and not soon

    def _come_to_the_front(self) -> None:
        """As any desktop does when a dialog has gone: the window before it is the active one again."""
        if QApplication.activeWindow() is None and self._window is not None and self._window.isVisible():
            self._front.activateWindow()
            QCoreApplication.processEvents()

    # Keys

    @property
    def _front(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        return popup or QApplication.activeModalWidget() or self.window

    def presses(self, *keys: str) -> None:
        """Press keys by name: "Ctrl+K", "Tab", "Return", "m"."""
        for each in keys:
            *held, name = each.split("+") if each != "+" else [each]
            modifiers = NONE
            for one in held:
                modifiers |= {"Ctrl": CONTROL, "Alt": ALT, "Shift": SHIFT}[one]
            with self.watchdog.watching(f"pressed {each}"):
                if len(name) == 1 and not held:
                    QTest.keyClick(self._handle, name)  # type: ignore[call-overload]
                else:
                    QTest.keyClick(self._handle, getattr(Qt.Key, f"Key_{name.capitalize()}"), modifiers)
            self.waits()

    def tabs(self) -> None:
        """Press Tab, without waiting for anything."""
        with self.watchdog.watching("pressed Tab"):
            QTest.keyClick(self._handle, Qt.Key.Key_Tab)
            QCoreApplication.processEvents()

    def tabs_to_field(self, name: str) -> None:
        """Press Tab until a field of the open form has the keyboard."""
        control = self.field(name).control
        for _ in range(60):
            if control.hasFocus():
                return
            self.tabs()
        raise AssertionError(f"Tab never comes to “{name}”")

    def types(self, words: str) -> None:
        """Type at where the keyboard is."""
        with self.watchdog.watching(f"typed “{words[:20]}”"):
            for letter in words:
                if letter.isascii():
                    QTest.keyClick(self._handle, letter)  # type: ignore[call-overload]
                else:  # QTest knows no key for it, as most keyboards do not: it comes from an input method
                    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, NONE, letter)
                    QCoreApplication.sendEvent(QApplication.focusWidget() or self.window, press)
                QCoreApplication.processEvents()

    @property
    def _handle(self) -> QWindow:
        handle = self._front.window().windowHandle()
        assert handle is not None
        return handle

    @property
    def at(self) -> str:
        """What has the keyboard, as a screen reader would call it."""
        focus = QApplication.focusWidget()
        return focus.accessibleName() if focus is not None else ""

    # The mouse

    def clicks(self, words: str, inside: QWidget | None = None) -> None:
        """Click the one button that says so."""
        button = self.button(words, inside)
        assert button.isEnabled(), f"“{words}” cannot be pressed"
        with self.watchdog.watching(f"clicked “{words}”"):
            self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.waits()

    def button(self, words: str, inside: QWidget | None = None) -> QAbstractButton:
        root = inside or self._front
        found = [
            each
            for each in root.findChildren(QAbstractButton)
            if each.isVisible() and words in (each.text().replace("&&", "&"), each.accessibleName())
        ]
        assert found, f"there is no “{words}” to press in:\n{self.reads(root)}"
        return next((each for each in found if each.isEnabled()), found[0])

    def can_press(self, words: str) -> bool:
        return any(
            each.isVisible() and each.isEnabled() and words in (each.text(), each.accessibleName())
            for each in self._front.findChildren(QAbstractButton)
        )

    # Forms

    @property
    def panel(self) -> Any:
        """The form beside the page."""
        panel = self.window.body.panel
        assert panel is not None, "no form is open"
        return panel

    @property
    def form(self) -> Form:
        self.waits_until(lambda: self.panel.form is not None)
        form: Form = self.panel.form
        return form

    def field(self, name: str) -> Editor:
        """A field by its label."""
        form = self.form
        found = [form.editors[key] for key, label in form.labels.items()
                 if label.text().replace("&&", "&") == name and not form.editors[key].isHidden()]  # fmt: skip
        assert found, f"no field “{name}” among {[label.text() for label in form.labels.values()]}"
        return found[0]

    def enters(self, name: str, words: str) -> None:
        """Type what a dialog's field should hold, in the place of what it holds."""
        field = next(each for each in self.dialog.findChildren(QLineEdit) if each.accessibleName() == name)
        field.setFocus(Qt.FocusReason.MouseFocusReason)
        self.presses("Ctrl+A")
        self.types(words)

    def fills(self, name: str, words: str) -> None:
        """Go to a field, type what it should hold in the place of what it holds, and leave it."""
        editor = self.field(name)
        with self.watchdog.watching(f"filled “{name}”"):
            editor.setFocus(Qt.FocusReason.MouseFocusReason)
            QTest.keyClick(self._handle, Qt.Key.Key_A, CONTROL)
        if isinstance(editor, ChoiceEdit) and not editor.combo.isEditable():
            self.picks(editor, words)
        else:
            self.types(words)
        if QApplication.activePopupWidget() is not None:
            self.presses("Escape")
        self.presses("Tab")
        self.waits()

    def picks(self, editor: ChoiceEdit, words: str) -> None:
        """Go down a closed list with the arrow keys to an entry."""
        entries = [editor.combo.itemText(place) for place in range(editor.combo.count())]
        assert words in entries, f"“{words}” is not among {entries}"
        self.presses("Home")
        while editor.combo.currentText() != words:
            before = editor.combo.currentText()
            self.presses("Down")
            assert editor.combo.currentText() != before, f"the list ends before “{words}”"

    def chooses(self, words: str) -> None:
        """Click a choice that stands open, such as "Planned"."""
        self.clicks(words, self.panel)

    def begins(self, command: str) -> None:
        """Ctrl+K, what is to be done, Enter: its form stands open."""
        self.presses("Ctrl+K")
        self.types(command)
        self.waits()
        self.presses("Return")
        self.waits_until(lambda: self.window.body.panel is not None and self.panel.form is not None)

    def records(self) -> None:
        """Record the open form with Ctrl+Enter; it must close."""
        form, problems = self.panel, self.panel.problems
        self.presses("Ctrl+Return")
        self.waits_until(lambda: self.window.body.panel is not form or problems.text())
        self.waits()
        assert self.window.body.panel is not form, f"not recorded: {self.problems()}"

    def throws_its_draft_away(self, command: str) -> None:
        """Throw away what was typed into the form of a command."""
        self.window.run_command(command)
        self.waits()
        if self.can_press("Start afresh"):
            self.clicks("Start afresh")
        self.presses("Escape")

    def problems(self) -> dict[str, str]:
        """What the open form says is wrong, by the label it stands beside ("" for what belongs to no field)."""
        form = self.form
        found = {form.labels[key].text(): editor.note.words for key, editor in form.editors.items() if editor.problem}
        if not form._general.isHidden():
            found[""] = form._general.words
        return found

    # Finding and going

    @property
    def page(self) -> Page:
        page = self.window.navigator.current_page()
        assert page is not None
        return page

    def finds(self, letters: str, who: str) -> None:
        """Ctrl+K, a few letters, down to the name, Enter."""
        self.presses("Ctrl+K")
        self.types(letters)
        found = self.window.palette_list
        self.waits_until(lambda: any(each.words == who for each in found.model.items))
        for _ in range(30):
            if found.model.items[found.list.currentIndex().row()].words == who:
                break
            self.presses("Down")
        self.presses("Return")
        self.waits_until(lambda: self.page.current_person() is not None and who in self.reads(self.page))

    # Reading

    def reads(self, root: QWidget | None = None) -> str:
        """All that can be read in front of them (or in `root`), lists and tables included."""
        root = root or self._front
        words: list[str] = []
        for each in [root, *root.findChildren(QWidget)]:
            if not each.isVisible():
                continue
            if isinstance(each, QLabel | QAbstractButton | QLineEdit):
                words.append(each.text() or each.accessibleName())
            elif isinstance(each, QComboBox) and not each.isEditable():
                words.append(each.currentText())
            elif isinstance(each, QPlainTextEdit):
                words.append(each.toPlainText())
            elif isinstance(each, QAbstractItemView):
                words += _rows(each)
            elif each.accessibleDescription():
                words.append(each.accessibleDescription())
        return "\n".join(filter(None, words)).replace("&&", "&")

    def sees(self, *words: str) -> None:
        """All of these can be read in front of them, now or in a moment."""
        for each in words:
            with contextlib.suppress(Exception):
                self.waits_until(lambda each=each: each in self.reads())
            assert each in self.reads(), f"“{each}” is not to be read in:\n{self.reads()}"

    @property
    def told(self) -> str:
        """What the toast says."""
        return self.window.toast.words()

    @property
    def dialog(self) -> QDialog:
        """The dialog in front."""
        self.waits_until(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        return dialog

    def asks(self, function: Callable[..., Any], *args: Any) -> Any:
        """What the register holds: for judging the story, not part of it."""
        found: list[Any] = []
        self.window.context.jobs.ask(function, *args, then=found.append)
        self.waits_until(lambda: found)
        return found[0]

    # The system's dialogs

    @contextlib.contextmanager
    def chooses_file(self, path: Path) -> Iterator[None]:
        """Answer the system's file dialogs with `path`."""
        with self._monkeypatch.context() as patch:
            for name in ("getOpenFileName", "getSaveFileName"):
                patch.setattr(QFileDialog, name, lambda *_, **__: (str(path), ""))
            yield


def _rows(view: QAbstractItemView) -> list[str]:
    model = view.model()
    if model is None:
        return []
    found = []
    for row in range(model.rowCount()):
        cells = []
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount()):
            index = model.index(row, column)
            words = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole)
            cells.append(str(words or ""))
        found.append(" | ".join(filter(None, cells)))
    return found


def pages_of(path: Path) -> list[str]:
    """A saved PDF's pages as text."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(path.read_bytes())).pages]
