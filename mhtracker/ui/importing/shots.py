"""Pictures of the import page: each step with a small sheet of invented people."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from mhtracker.ui.importing.reading import HowToRead
from mhtracker.ui.shots import Shot, settle

if TYPE_CHECKING:
    from mhtracker.ui.window import Window

SHEET = """Surname,First,DOB,NHS No,Type of placement,Home,Placed,Left,£pw,Keyworker notes
APEERE,Tunde,3/11/1992,999 309 9872,Supported living,Canal View,2/2/2026,,702.10,
DRISHTANT,Sunil,19/8/1977,999 173 4759,Residential care,Larkfield,15/1/2018,,1204.00,likes the garden
FICTLEY,Joan,31/2/60,999 884 7303,Residential care,Larkfield,2/4/2009,,1146.00,
KOWALEX,Piotr,8/5/1984,,Flat,Mill Street,9/1/2023,,644.30,
MOCKFORD,Denise,17/6/1979,999 201 8969,Residential care,Larkfield,20/1/2014,,1310.00,
QAYBSAN,Nimco,29/2/1988,,Flat,Own tenancy,23/11/2025,,71.84,
QAYBSAN,Nimko,29/2/1988,,Independent living,Own tenancy,23/11/2025,,71.84,
TUSIYE,Ayan,11/4/1975,,Residential care,Beech Lodge,9/4/2024,3/3/2024,1198.00,
TESTERBY,Alan,1/4/1971,,Residential care,Larkfeild,9/5/2016,,1198.00,
"""


def page_of(window: Window) -> Any:
    """The import page."""
    return window.navigator.current_page()


def _wait(window: Window) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        settle(app, window)


def _chosen(window: Window) -> None:
    path = Path(tempfile.gettempdir()) / "caseload July 2026.csv"
    path.write_text(SHEET, encoding="utf-8")
    page_of(window).open_file(HowToRead(path))
    _wait(window)


def matched(window: Window) -> None:
    """The columns of the small sheet, matched."""
    _chosen(window)
    page_of(window).on_go_on()
    _wait(window)


def rehearsed(window: Window) -> None:
    """The small sheet, rehearsed."""
    matched(window)
    page_of(window).on_go_on()
    _wait(window)


def _imported(window: Window) -> None:
    rehearsed(window)
    page_of(window).on_go_on()
    _wait(window)


SHOTS = (
    Shot("import", "import"),
    Shot("import-chosen", "import", prepare=_chosen),
    Shot("import-matched", "import", prepare=matched),
    Shot("import-rehearsed", "import", prepare=rehearsed),
    Shot("import-imported", "import", prepare=_imported),
    Shot("import-put-aside", "import", {"part": "put_aside"}),
)
