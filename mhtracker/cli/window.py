"""`mhtracker [FILE]`: the window. Only here does the command line import Qt."""

from __future__ import annotations

import argparse
from pathlib import Path

from mhtracker.domain.errors import Unavailable


def open_window(asked: argparse.Namespace) -> int:
    """Open the window on a register, else on the last one. A file that is not there is said at once."""
    if asked.file and "://" not in asked.file and not Path(asked.file).expanduser().exists():
        path = Path(asked.file).expanduser()
        raise Unavailable(f"There is no file “{path.name}” in {path.absolute().parent}.")
    try:
        from mhtracker.ui.app import run_window
    except ImportError as error:
        raise Unavailable("The window cannot open here: its parts (Qt) are not installed on this computer.") from error
    return run_window(asked.file)
