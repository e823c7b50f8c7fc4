"""A window on its import page, and small sheets of invented people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from mhtracker.ui.importing.reading import HowToRead
from mhtracker.ui.pages.import_people import ImportPage
from mhtracker.ui.window import Window

HEADINGS = "Surname,First,DOB,NHS No,Type of placement,Home,Placed,Left,£pw"
ROWS = {
    "new": "APEERE,Tunde,3/11/1992,,Supported living,Canal View,2/2/2026,,702.10",
    "born": "FICTLEY,Joan,31/2/60,,Residential care,Elm Court,2/4/2009,,1146.00",
    "nhs": "MOCKFORD,Denise,17/6/1979,999 201 8969,Residential care,Elm Court,20/1/2014,,1310.00",
    "word1": "KOWALEX,Piotr,8/5/1984,,Foyer,Mill Street,9/1/2023,,644.30",
    "word2": "NONESUCH,Leroy,5/1/1982,,Foyer,Mill Street,1/6/2020,,1255.00",
    "swap": "TUSIYE,Ayan,11/4/1975,,Residential care,Beech Lodge,9/4/2024,3/3/2024,1198.00",
}


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., Path]:
    """Writes a sheet of the rows named."""

    def write(*names: str, more: str = "", file: str = "caseload.csv") -> Path:
        path = tmp_path / file
        path.write_text("\n".join([HEADINGS, *(ROWS[name] for name in names), *filter(None, [more])]) + "\n", "utf-8")
        return path

    return write


@pytest.fixture
def rest(settled: Callable[[Window], None], qapp: QApplication) -> Callable[[Window], None]:
    def wait(window: Window) -> None:
        settled(window)
        qapp.processEvents()
        settled(window)

    return wait


@pytest.fixture
def page(window: Window, rest: Callable[[Window], None]) -> ImportPage:
    window.open_page("import")
    rest(window)
    found = window.navigator.current_page()
    assert isinstance(found, ImportPage)
    return found


@pytest.fixture
def rehearse(window: Window, page: ImportPage, rest: Callable[[Window], None]) -> Callable[[Path], ImportPage]:
    """Chooses a file and goes on to the rehearsal, with the page's own buttons."""

    def go(path: Path) -> ImportPage:
        page.open_file(HowToRead(path))
        rest(window)
        for _ in range(2):
            page.foot.go_on_button.click()
            rest(window)
        return page

    return go
