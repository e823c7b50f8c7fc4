"""The window outlives PySide6's fault on Python 3.11."""

import subprocess
import sys

CALLS = """
import mhtracker.ui
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(200_000):
    thing.setObjectName("a")
print("alive")
"""

SIGNALS = """
import mhtracker.ui
from PySide6.QtCore import QObject, Signal
class Bell(QObject):
    rang = Signal(bool)
bell = Bell()
bell.rang.connect(lambda on: None)
for _ in range(100_000):
    bell.rang.emit(True)
    bell.rang.emit(False)
print("alive")
"""


def test_two_hundred_thousand_calls_that_return_nothing_do_not_end_python():
    ran = subprocess.run([sys.executable, "-c", CALLS], capture_output=True, text=True, timeout=60, check=False)
    assert ran.stdout.strip() == "alive", ran.stderr


def test_two_hundred_thousand_signals_do_not_end_python():
    ran = subprocess.run([sys.executable, "-c", SIGNALS], capture_output=True, text=True, timeout=60, check=False)
    assert ran.stdout.strip() == "alive", ran.stderr
