"""A report of a fault of ours for those who look after MHTracker: types, files and lines, and nothing of anybody's.

The error's own words are left out, because they may quote a name; so are values, and folders that may name a person.
"""

from __future__ import annotations

import platform
import traceback
from pathlib import Path

from mhtracker import __version__

HOME = Path(__file__).resolve().parents[1]
MOST_FRAMES = 40


def build_report(error: BaseException, *beside: str) -> str:
    """Of an error and of what caused it; `beside` names what else there runs, such as Qt with its version."""
    runs = ", ".join((f"Python {platform.python_version()}", *beside, f"{platform.system()} {platform.release()}"))
    lines = [f"MHTracker {__version__}", runs, ""]
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}".removeprefix("builtins."))
        for frame, line in list(traceback.walk_tb(link.__traceback__))[-MOST_FRAMES:]:
            lines.append(f"  {_short(frame.f_code.co_filename)}:{line} in {frame.f_code.co_name}")
        link = link.__cause__ or link.__context__
        if link is not None:
            lines.append("caused by")
    return "\n".join(lines)


def _short(filename: str) -> str:
    """A file's path without the folders that may name a person."""
    path = Path(filename)
    return path.relative_to(HOME).as_posix() if path.is_relative_to(HOME) else "/".join(path.parts[-3:])
