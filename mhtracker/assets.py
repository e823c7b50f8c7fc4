"""Where the program's own files are."""

from __future__ import annotations

import sys
from pathlib import Path


def path(*parts: str) -> Path:
    """A file or folder under `resources/`, in a checkout, an installed package and the built program alike."""
    # The built program unpacks its files into a folder of its own and names it here.
    built = getattr(sys, "_MEIPASS", None)
    root = Path(built) if built else Path(__file__).resolve().parent.parent
    return root.joinpath("resources", *parts)
