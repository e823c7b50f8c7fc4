"""Which typeface the window uses, and the one that figures always have."""

from __future__ import annotations

import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFontDatabase

FIGURE_FAMILY = "Source Sans Pro"
_FACES = ("Regular", "It", "Semibold", "SemiboldIt", "Bold")
_GOOD_ON_LINUX = (
    "Adwaita Sans", "Cantarell", "Ubuntu Sans", "Ubuntu", "Noto Sans", "Open Sans", "Inter", "Segoe UI", "Roboto",
)  # fmt: skip


@cache
def load_figure_fonts() -> tuple[str, ...]:
    """Make Source Sans Pro known to Qt: figures name it, on every system. Gives the families that were found."""
    spec = find_spec("font_source_sans_pro")
    if spec is None or not spec.submodule_search_locations:
        return ()
    folder = Path(spec.submodule_search_locations[0]) / "files"
    found: list[str] = []
    for face in _FACES:
        number = QFontDatabase.addApplicationFont(str(folder / f"SourceSansPro-{face}.ttf"))
        found.extend(QFontDatabase.applicationFontFamilies(number) if number >= 0 else [])
    return tuple(dict.fromkeys(found))


def screen_family() -> str:
    """The system's own typeface; Source Sans Pro where Linux has none that suits a page of text."""
    load_figure_fonts()
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    if sys.platform in ("win32", "darwin"):
        return system
    families = set(QFontDatabase.families())
    if system in families and system in _GOOD_ON_LINUX:
        return system
    return next((family for family in _GOOD_ON_LINUX if family in families), FIGURE_FAMILY)
