"""Starts the window: builds everything once and hands it down."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from mhtracker import settings
from mhtracker.ui.bus import Bus
from mhtracker.ui.collector import Collector
from mhtracker.ui.errors import Reporter
from mhtracker.ui.jobs import Jobs
from mhtracker.ui.session_end import SessionEnd
from mhtracker.ui.theme import Theme
from mhtracker.ui.window import Window

if TYPE_CHECKING:
    from mhtracker.settings import ComputerSettings
    from mhtracker.store import Clock

TURN_S = 0.0005
"""So long another thread may keep the interpreter from the window's."""

QUIT_AFTER_FIRST_PAINT = "MHTRACKER_QUIT_AFTER_FIRST_PAINT"
"""Set to 1, the window closes once its first page is painted: for installers, tests and stopwatches."""


def build_window(computer: ComputerSettings, clock: Clock, theme: Theme) -> Window:
    """Everything the window is made of, with nothing open yet. The theme must be on the application already."""
    # The register is counted from on another thread, and the window has to wait for its turn so often as it does
    # anything: half a millisecond each time, in place of five.
    sys.setswitchinterval(TURN_S)
    jobs, bus = Jobs(), Bus()
    window = Window(jobs, bus, theme, computer, clock)
    jobs.setParent(window)
    bus.setParent(window)
    window.restore_size()
    return window


def main_window(
    argv: Sequence[str], address: str | None = None, *, clock: Clock | None = None, first_page: str | None = None
) -> int:
    """Run the window until it is closed: on a register, else the last one, else the start page. Gives the exit code."""
    from mhtracker.store.clock import SystemClock

    app = QApplication.instance() or QApplication(list(argv))
    if not isinstance(app, QApplication):
        raise TypeError("another kind of application is running")
    app.setApplicationName("MHTracker")
    app.setApplicationDisplayName("MHTracker")
    app.setDesktopFileName("mhtracker")
    computer = settings.load()
    theme = Theme(computer.theme, computer.text_size / 100)
    theme.apply(app)
    window = build_window(computer, clock or SystemClock(), theme)
    window.first_page = first_page or window.first_page
    reporter = Reporter(window.happenings.show_error, window)
    reporter.install()
    if os.environ.get(QUIT_AFTER_FIRST_PAINT) == "1":
        window.first_painted.connect(lambda: QTimer.singleShot(0, window.close))
    ending, collector = SessionEnd(app, window), Collector(window)
    begin(window, address)
    window.show()
    try:
        return app.exec()
    finally:
        collector.remove()
        ending.remove()
        reporter.remove()


def begin(window: Window, address: str | None) -> None:
    """Open the register asked for, else the last one if it is still there, else show the start page."""
    last = window.context.computer.last_register
    if address is None and last and ("://" in last or Path(last).exists()):
        address = last
    if address is None:
        window.registers.show_start()
    else:
        window.registers.open(address)


def run_window(address: str | None = None, *, clock: Clock | None = None) -> int:
    """The window on a register, for the command line."""
    return main_window(sys.argv[:1], address, clock=clock)
