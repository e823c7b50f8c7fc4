"""Small things of the import page: its scrolling steps, files dropped on it, and the way Tab goes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from mhtracker.ui.widgets.down_scroll import DownScroll

Step = TypeVar("Step", bound=QWidget)
KINDS = "Spreadsheets (*.xlsx *.xlsm *.xls *.ods *.csv *.tsv *.txt);;All files (*)"


def ask_for_sheet(page: QWidget, folder: str) -> Path | None:
    """Ask for a spreadsheet; None when nothing is chosen."""
    chosen, _ = QFileDialog.getOpenFileName(page, "Choose a spreadsheet", folder, KINDS)
    return Path(chosen) if chosen else None


def ask_where_to_save(page: QWidget, folder: str, file: str) -> Path | None:
    """Ask where the rows put aside of a sheet go; None when nothing is chosen."""
    name = str(Path(folder) / f"{Path(file).stem}, put aside.xlsx")
    chosen, _ = QFileDialog.getSaveFileName(page, "Save the rows put aside", name, "Excel workbook (*.xlsx)")
    path = Path(chosen)
    if not chosen:
        return None
    return path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")


def dropped_files(data: QMimeData) -> Sequence[Path]:
    """The files of this computer among what is carried."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def order_tabs(stops: Sequence[QWidget]) -> None:
    """Let Tab go through these in order, though they were made as they were needed."""
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


class StepStack(QStackedWidget):
    """The page's steps over one another, each in an area that scrolls when the window is too low for it.

    A step is made as it is first shown: all of them at once would hold the window up.
    """

    def __init__(self, steps: int, after: Sequence[QWidget]) -> None:
        """Tab goes through `after` behind any step."""
        super().__init__()
        self._after = after
        for _ in range(steps):
            self.addWidget(DownScroll.around(None, "Step"))

    def put(self, place: int, step: Step) -> Step:
        """Put a step, just made, in its place."""
        area = self.widget(place)
        assert isinstance(area, DownScroll)
        area.setAccessibleName(step.accessibleName())
        area.viewport().setAccessibleName(step.accessibleName())
        step.setProperty("box", "page")
        area.setWidget(step)
        order_tabs([step, *self._after])
        return step
