"""The end of a session that is nobody's choice here: logging off, shutting down, sleep, a polite kill.

What is being typed goes to the disk first.
"""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Qt, Slot
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from mhtracker.ui.window import Window

_SIGNALS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name)]


class SessionEnd(QObject):
    """Listens for it as long as the program runs."""

    def __init__(self, app: QApplication, window: Window) -> None:
        super().__init__(window)
        self._window = window
        app.commitDataRequest.connect(self._on_logging_off)
        app.aboutToQuit.connect(window.context.jobs.close)
        app.applicationStateChanged.connect(self._on_state)
        # Python runs a signal's handler only between two of its own steps, which an idle window does not take: the
        # number written to this pair of sockets wakes the window.
        self._heard, self._told = socket.socketpair()
        for each in (self._heard, self._told):
            each.setblocking(False)
        self._woken_before = signal.set_wakeup_fd(self._told.fileno(), warn_on_full_buffer=False)
        self._before = {each: signal.signal(each, lambda *_: None) for each in _SIGNALS}
        self._notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)

    def remove(self) -> None:
        """Listen no more."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._woken_before)
        for each, before in self._before.items():
            signal.signal(each, before)
        self._heard.close()
        self._told.close()

    @Slot(object)
    def _on_logging_off(self, _: object) -> None:
        self._window.keep_words()

    @Slot(Qt.ApplicationState)
    def _on_state(self, state: Qt.ApplicationState) -> None:
        # Before the computer sleeps, or somebody turns to another program and forgets this one.
        if state is not Qt.ApplicationState.ApplicationActive:
            self._window.navigator.panels.flush()

    @Slot()
    def _on_signal(self) -> None:
        self._heard.recv(64)
        self._window.close()
