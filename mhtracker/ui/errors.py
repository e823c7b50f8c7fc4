"""What happens to errors: the person's own in plain words, ours in a calm dialog with a report that holds no values."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from mhtracker.domain.errors import UserError
from mhtracker.fault_report import build_report


class ErrorDialog(QDialog):
    """Says that something of ours went wrong, calmly, and offers the report."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("MHTracker")
        self.setAccessibleName("Something went wrong in MHTracker")
        self.report = report
        heading = QLabel("Something went wrong in MHTracker")
        heading.setProperty("role", "panel")
        words = QLabel(
            "What you had recorded is safe, and unfinished forms are kept. You can go on working; if the same thing "
            "happens again, close MHTracker and open it again.\n\n"
            "The report below helps those who look after MHTracker to mend it. It holds no names and nothing you typed."
        )
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName("Report")
        self.copy = QPushButton("Copy report")
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(self.on_copy)
        close = QPushButton("Go on")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy)
        buttons.addStretch()
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        for widget in (heading, words, text):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        self.resize(620, 420)
        close.setFocus()

    @Slot()
    def on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report)
        self.copy.setText("Copied")


class Reporter(QObject):
    """Catches what nothing else did, on any thread, and shows it on the window's, one dialog at a time.

    `show_user_error` tells a `UserError` that escaped, in the window's own way.
    """

    _caught = Signal(object)

    def __init__(self, show_user_error: Callable[[UserError], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._show_user_error = show_user_error
        self._window = parent
        self._dialog: ErrorDialog | None = None
        self._before = (sys.excepthook, threading.excepthook)
        self._caught.connect(self._on_caught, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over `sys.excepthook` and the threads'."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def remove(self) -> None:
        """Put the hooks back as they were."""
        sys.excepthook, threading.excepthook = self._before

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            self._before[0](kind, error, trace)
            return
        if not isinstance(error, UserError) and sys.stderr is not None:  # a windowed program on Windows has none
            sys.stderr.write(build_report(error, f"Qt {qVersion()}") + "\n")
        self._caught.emit(error)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._hook(args.exc_type, args.exc_value, args.exc_traceback)

    @Slot(object)
    def _on_caught(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._show_user_error(error)
        elif self._dialog is None:
            self._dialog = ErrorDialog(build_report(error, f"Qt {qVersion()}"), self._window)
            self._dialog.finished.connect(self._on_closed)
            self._dialog.open()

    @Slot()
    def _on_closed(self) -> None:
        self._dialog = None
