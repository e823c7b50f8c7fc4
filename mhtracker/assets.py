"""Where the program's own files are."""

from __future__ import annotations

import sys
from pathlib import Path


def path(*parts: str) -> Path:
    """A file or folder under `resources/`, in a checkout, an installed package and the built program alike."""
    return _root().joinpath("resources", *parts)


def guide() -> Path:
    """The folder of the guide for people, in a checkout and the built program. An installed package has none."""
    return _root().joinpath("docs", "guide")


def _root() -> Path:
    # The built program unpacks its files into a folder of its own and names it here.
    built = getattr(sys, "_MEIPASS", None)
    return Path(built) if built else Path(__file__).resolve().parent.parent
