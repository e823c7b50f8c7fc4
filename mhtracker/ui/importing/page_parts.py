"""Small things of the import page: its scrolling steps, files dropped on it, and the way Tab goes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def dropped_files(data: QMimeData) -> Sequence[Path]:
    """The files of this computer among what is carried."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def order_tabs(stops: Sequence[QWidget]) -> None:
    """Let Tab go through these in order, though they were made as they were needed."""
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def scrolled(step: QWidget) -> QScrollArea:
    """A step in an area that scrolls when the window is too low for it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(step.accessibleName())
    area.viewport().setAccessibleName(step.accessibleName())
    step.setProperty("box", "page")
    area.setWidget(step)
    return area
