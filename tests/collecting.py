"""What every test with a window runs under."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from mhtracker.ui.collector import Collector


@pytest.fixture(autouse=True)
def collector(qapp: QApplication) -> Iterator[Collector]:
    """Circles are collected on this thread alone, as in the program: elsewhere Qt's objects bear it badly."""
    found = Collector(qapp)
    yield found
    found.look()
    found.remove()
    found.deleteLater()
